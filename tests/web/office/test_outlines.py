"""The pages of the outlines: for whom they are, changing each part, looking, using, going back."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.reporting.reviews.models import OutlineDraft, OutlineVersion
from danchu.reporting.reviews.outlines.content import as_file, shipped_content
from tests.making import hold
from tests.reporting.folding import open_periods

LIST = "/office/de-cuong/"
ONE = f"{LIST}state/commune/"
DRAFT = f"{ONE}soan/"
NOW = "nd09:2026H1"


def fields(page: str) -> dict[str, str]:
    """What the page's forms would send, as a browser reads it."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        area = ""
        chosen = ""

        def handle_starttag(self, tag, attributes):
            given = dict(attributes)
            name = given.get("name") or ""
            kind = given.get("type", "text")
            ticked = kind not in ("checkbox", "radio", "submit", "file") or "checked" in given
            if tag == "input" and name and ticked:
                found[name] = given.get("value") or ""
            elif tag == "textarea":
                self.area = name
                found[name] = ""
            elif tag == "select":
                self.chosen = name
            elif tag == "option" and self.chosen and "selected" in given:
                found[self.chosen] = given.get("value") or ""

        def handle_endtag(self, tag):
            if tag == "textarea":
                found[self.area] = found[self.area].removeprefix("\n")
                self.area = ""

        def handle_data(self, data):
            if self.area:
                found[self.area] += data

    Reader().feed(page)
    return found


@pytest.fixture
def admin(cast, as_person):
    return as_person(cast.admin)


@pytest.fixture
def begun(admin):
    assert admin.post(ONE, {"viec": "soan", "soan-start": "0"}).status_code == 302
    return admin


def test_the_pages_are_for_administrators_of_the_installation(cast, as_person, begun):
    addresses = (LIST, ONE, f"{ONE}ban/0/", DRAFT, f"{DRAFT}xem-thu/", f"{DRAFT}khung/")
    addresses += (f"{DRAFT}phu-luc/", f"{DRAFT}muc/", f"{DRAFT}muc/0/")
    for person in (cast.admin_benmau, cast.reporter_benmau, cast.committee_minhhoa, cast.outsider):
        client = as_person(person)
        for address in addresses:
            assert client.get(address).status_code == 403, address
            assert client.post(address, {"viec": "bo", "ban": "0"}).status_code == 403, address
        assert "de-cuong" not in client.get("/office/").content.decode()
    for address in addresses:
        assert begun.get(address).status_code == 200, address
        assert begun.get(f"/en{address}").status_code == 200, address
    assert LIST in begun.get("/office/bao-cao/").content.decode()
    for address in (f"{LIST}bao/commune/", f"{LIST}state/nation/", f"{ONE}ban/7/"):
        assert begun.get(address).status_code == 404, address
    assert begun.get(f"{DRAFT}muc/9-9/").status_code == 404
    assert begun.get(f"{DRAFT}muc/a/").status_code == 400
    assert begun.get(f"{LIST}?x=1").status_code == 400
    assert OutlineDraft.objects.count() == 1


def test_saving_what_a_form_shows_changes_nothing(begun):
    kept = OutlineDraft.objects.get().content
    assert kept == shipped_content("state", "commune")
    for part in ("muc/1/", "muc/1-5/", "muc/1-4/", "muc/2-0/", "khung/", "phu-luc/"):
        typed = fields(begun.get(f"{DRAFT}{part}").content.decode())
        typed.pop("cho-under", None)
        answer = begun.post(f"{DRAFT}{part}", {**typed, "viec": "luu"})
        assert answer.status_code == 302, (part, answer.content.decode())
        assert OutlineDraft.objects.get().content == kept, part


def test_a_section_is_changed_and_a_bad_sentence_named(begun):
    address = f"{DRAFT}muc/1-0/"
    typed = fields(begun.get(address).content.decode())
    added = {**typed, "cau-5-vi": "Tổ chức {khong_co} cuộc.", "title_vi": "Công khai <mới>"}
    refused = begun.post(address, added)
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "Mục “Công khai &lt;mới&gt;”, câu 6: không có chỉ tiêu “khong_co”" in page
    assert "Tổ chức {khong_co} cuộc." in page
    assert OutlineDraft.objects.get().row_version == 0
    good = {
        **added,
        "cau-5-vi": "Nhận {hotline_messages} tin[[, {hotline_calls} cuộc gọi]].",
        "cau-5-order": "1",
        **{f"cau-{n}-order": str(n + 2) for n in range(5)},
        "cau-5-nought": "own",
        "cau-5-none_vi": "Chưa có tin nhắn",
    }
    assert begun.post(address, good).status_code == 302
    row = OutlineDraft.objects.get().content["sections"][1]["children"][0]
    assert row["title_vi"] == "Công khai <mới>" and row["id"] == "disclosure"
    assert [s["id"] for s in row["sentences"]][:2] == ["cau_1", "postings"]
    assert row["sentences"][0]["needs"] == ["hotline_messages"]
    assert row["sentences"][0]["none_vi"] == "Chưa có tin nhắn"
    # The figures now stand in two places: the draft says so and does not take effect.
    page = begun.get(DRAFT).content.decode()
    assert "Phải sửa trước khi áp dụng" in page and "được in hai lần" in page
    # The same page sent again is of an older draft.
    late = begun.post(address, good)
    assert late.status_code == 400 and "người khác thay đổi" in late.content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_too_many_rows_are_told_in_our_words_and_none_is_lost(begun, language):
    before = OutlineDraft.objects.get().content
    told = ("thiếu số dòng", "Ghi nhiều nhất") if not language else ("", "")
    for part, row, most in (
        ("muc/1-0/", "cau-{}-vi", 80),
        ("khung/", "subject-{}-vi", 30),
        ("phu-luc/", "bieu-{}-title_vi", 40),
    ):
        address = f"{language}{DRAFT}{part}"
        typed = fields(begun.get(address).content.decode())
        count = row.partition("-")[0] + "-TOTAL_FORMS"
        assert count in typed
        lines = {row.format(n): f"Dòng {n}" for n in range(most + 21)}
        too_many = {**typed, **lines, count: str(len(lines))}
        for sent, sentence in zip(({**typed, count: ""}, too_many), told, strict=True):
            answer = begun.post(address, {**sent, "viec": "luu"})
            page = answer.content.decode()
            assert answer.status_code == 400 and sentence in page, part
            assert not re.search("Please submit|ManagementForm|Hãy gửi", page)
            assert fields(page)[row.format(0)] == sent[row.format(0)]
    assert OutlineDraft.objects.get().content == before


def test_sections_are_moved_added_and_left_out(begun):
    def order():
        return [row["id"] for row in OutlineDraft.objects.get().content["sections"]]

    first = order()
    begun.post(DRAFT, {"viec": "xuong", "muc": "0", "ban": "0"})
    assert order() == [first[1], first[0], *first[2:]]
    begun.post(DRAFT, {"viec": "len", "muc": "1", "ban": "1"})
    assert order() == first
    refused = begun.post(DRAFT, {"viec": "len", "muc": "1", "ban": "0"})
    assert refused.status_code == 409 or refused.status_code == 400
    itself = {"viec": "chuyen", "cho-under": "1-0", "ban": "2"}
    assert begun.post(f"{DRAFT}muc/1/", itself).status_code == 400
    moved = {"viec": "chuyen", "cho-under": "0", "ban": "2"}
    assert begun.post(f"{DRAFT}muc/1-0/", moved).status_code == 302
    content = OutlineDraft.objects.get().content
    assert content["sections"][0]["children"][-1]["id"] == "disclosure"
    new = fields(begun.get(f"{DRAFT}muc/?trong=0").content.decode())
    answer = begun.post(
        f"{DRAFT}muc/?trong=0", {**new, "title_vi": "Mục thêm", "empty_vi": "Chưa."}
    )
    assert answer.status_code == 302
    assert (
        OutlineDraft.objects.get().content["sections"][0]["children"][-1]["title_vi"] == "Mục thêm"
    )
    begun.post(DRAFT, {"viec": "bo-muc", "muc": "0-4", "ban": "4"})
    assert len(OutlineDraft.objects.get().content["sections"][0]["children"]) == 4
    assert begun.post(DRAFT, {"viec": "la", "muc": "0", "ban": "5"}).status_code == 400


def test_a_draft_is_looked_at_then_used_and_given_back(cast, begun, as_person, settle):
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    typed = fields(begun.get(f"{DRAFT}muc/1-4/").content.decode())
    begun.post(f"{DRAFT}muc/1-4/", {**typed, "title_vi": "Đối thoại theo đề cương mới"})
    report = f"/office/bao-cao/9A001/{NOW}/"
    reporter = as_person(cast.reporter_benmau)
    assert "Đối thoại theo đề cương mới" not in reporter.get(report).content.decode()
    look = begun.get(f"{DRAFT}xem-thu/", {"unit": "9A001", "period": NOW}).content.decode()
    assert "Đối thoại theo đề cương mới" in look and "BẢN THAM KHẢO" in look
    wrong = begun.get(f"{DRAFT}xem-thu/", {"unit": "9A", "period": NOW})
    assert wrong.status_code == 400 and "thuộc cấp của đề cương" in wrong.content.decode()
    assert begun.get(f"{DRAFT}xem-thu/", {"unit": "zz9", "period": NOW}).status_code == 400
    use = {"viec": "ap-dung", "ban": "1", "dung-basis": "", "dung-valid_from": "14/6/2026"}
    assert begun.post(DRAFT, use).status_code == 400
    use["dung-basis"] = "Công văn số 12-CV/BCĐ"
    assert begun.post(DRAFT, use).status_code == 302
    page = reporter.get(report).content.decode()
    assert "Đối thoại theo đề cương mới" in page and "Lập theo đề cương bản 1" in page
    page = begun.get(ONE).content.decode()
    assert "Công văn số 12-CV/BCĐ" in page and "Kỳ này dùng bản 1" in page
    taken = begun.get(f"{ONE}ban/1/?tep=1")
    assert json.loads(taken.content) == OutlineVersion.objects.get().content
    back = {"viec": "khoi-phuc", "ve-basis": "Thôi", "ve-valid_from": "14/06/2026"}
    assert begun.post(ONE, {**back, "ve-basis": ""}).status_code == 400
    assert begun.post(ONE, back).status_code == 302
    assert "Đối thoại theo đề cương mới" not in reporter.get(report).content.decode()
    assert "Dùng lại" not in re.sub(r"\s+", " ", begun.get(ONE).content.decode())


def test_a_draft_begins_from_a_file_and_a_bad_file_keeps_nothing(admin):
    bad = SimpleUploadedFile("x.json", b'{"sections": [{"id": "a", "title_vi": ""}]}')
    answer = admin.post(ONE, {"viec": "soan", "soan-start": "0", "soan-file": bad})
    assert answer.status_code == 400
    assert "Mục thứ 1 ở cấp 1: chưa có tên mục" in answer.content.decode()
    assert not OutlineDraft.objects.exists()
    content = shipped_content("state", "commune")
    content["sections"][0]["title_vi"] = "TỪ TỆP"
    good = SimpleUploadedFile("x.json", as_file(content))
    assert (
        admin.post(ONE, {"viec": "soan", "soan-start": "0", "soan-file": good}).status_code == 302
    )
    assert OutlineDraft.objects.get().content == content
    assert "TỪ TỆP" in admin.get(DRAFT).content.decode()
    assert admin.post(DRAFT, {"viec": "bo", "ban": "0"}).status_code == 302
    assert not OutlineDraft.objects.exists() and admin.get(DRAFT).status_code == 404


def test_the_pages_take_few_queries(begun, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    for address, most in ((LIST, 9), (ONE, 11), (DRAFT, 9)):
        begun.get(address)
        with django_assert_max_num_queries(most):
            assert begun.get(address).status_code == 200


def test_what_was_typed_against_an_older_draft_stays_and_theirs_stands_beside_it(begun):
    address = f"{DRAFT}muc/1-0/"
    typed = fields(begun.get(address).content.decode()) | {"title_vi": "Tên tôi gõ"}
    theirs = fields(begun.get(address).content.decode()) | {"title_vi": "Tên người khác đặt"}
    assert begun.post(address, theirs).status_code == 302
    late = begun.post(address, typed)
    page = late.content.decode()
    assert late.status_code == 400 and "Tải lại trang" not in page
    assert "Bản hiện nay của người khác" in page and "<li>Tên người khác đặt</li>" in page
    again = fields(page)
    assert again["title_vi"] == "Tên tôi gõ"
    # Having seen theirs, saving once more means it.
    assert begun.post(address, again).status_code == 302
    assert "Tên tôi gõ" in begun.get(address).content.decode()


def test_a_section_that_moved_away_is_not_overwritten_by_its_place(begun):
    address = f"{DRAFT}muc/1-0/"
    typed = fields(begun.get(address).content.decode()) | {"title_vi": "Tên tôi gõ"}
    begun.post(DRAFT, {"viec": "xuong", "muc": "1-0", "ban": typed["ban"]})
    kept = OutlineDraft.objects.get().content
    for _ in range(2):
        late = begun.post(address, typed)
        page = late.content.decode()
        assert late.status_code == 400 and "đã chuyển chỗ" in page
        typed = fields(page)
        assert typed["title_vi"] == "Tên tôi gõ"
    assert OutlineDraft.objects.get().content == kept


def test_the_frame_and_the_annexes_keep_what_was_typed_too(begun):
    for part in ("khung/", "phu-luc/"):
        typed = fields(begun.get(f"{DRAFT}{part}").content.decode())
        draft = OutlineDraft.objects.get()
        draft.row_version += 1
        draft.save()
        late = begun.post(f"{DRAFT}{part}", typed)
        page = late.content.decode()
        assert late.status_code == 400 and "Bản hiện nay của người khác" in page, part
        assert begun.post(f"{DRAFT}{part}", fields(page)).status_code == 302, part


def test_days_of_lines_are_typed_as_they_are_read(begun):
    draft = OutlineDraft.objects.get()
    draft.content["basis"][0]["valid_from"] = "2026-07-01"
    draft.save()
    page = begun.get(f"{DRAFT}khung/").content.decode()
    assert 'value="01/07/2026"' in page and "2026-07-01" not in page


def test_a_file_that_is_no_outline_or_has_an_id_twice_is_refused_with_the_reason(admin):
    shipped = shipped_content("state", "commune")
    twice = json.loads(as_file(shipped))
    twice["sections"][1]["id"] = twice["sections"][0]["id"]
    sentences = json.loads(as_file(shipped))
    told = [s for row in sentences["sections"] for c in row["children"] for s in c["sentences"]]
    told[1]["id"] = told[0]["id"]
    for content, why in (
        ({}, "không có mục nào"),
        (twice, f"hai mục cùng mã “{twice['sections'][0]['id']}”"),
        (sentences, f"hai câu cùng mã “{told[0]['id']}”"),
    ):
        file = SimpleUploadedFile("a.json", json.dumps(content).encode())
        answer = admin.post(ONE, {"viec": "soan", "soan-start": "0", "soan-file": file})
        assert answer.status_code == 400 and why in answer.content.decode(), why
    assert not OutlineDraft.objects.exists()


def test_the_unit_of_a_preview_is_found_by_name_with_or_without_accents(begun, cast, settle):
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    preview = f"{DRAFT}xem-thu/"
    for text in ("9A001", "xã Bến Mẫu", "ben mau"):
        page = begun.get(preview, {"unit": text, "period": NOW}).content.decode()
        assert 'class="paper"' in page, text
    several = begun.get(preview, {"unit": "mau", "period": NOW})
    page = several.content.decode()
    assert several.status_code == 400 and 'class="paper"' not in page
    assert "?unit=9A001&amp;period=" in page
    assert begun.get(preview, {"unit": "khongco", "period": NOW}).status_code == 400
