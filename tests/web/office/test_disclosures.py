"""Disclosure in the office: the clause, the one form, the page of a notice and its steps."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.civic.disclosure.budget_quarters import (
    execution_title,
    field_of_another,
    titles_offered,
)
from danchu.civic.disclosure.models import Notice, Posting
from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import (
    BroadcastInput,
    add_broadcast,
    cancel_notice,
)
from danchu.core.files.models import StoredFile
from danchu.core.records.models import Record
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    document,
    photo,
    publish,
    publish_names,
    publish_register_now,
    sheet,
)
from tests.making import DAY

NEW = "/office/ghi-viec/cong-khai/moi/"
BUDGET = f"{NEW}?khoan=xa_ck_02"


HEAD, LAI, DINH, PORTAL, NEW_PLACE = range(5)  # the rows of the commune's form


def _typed(**changes):
    """What an officer types: two places ticked, each with its day; the rest as it was offered."""
    rows = (
        ("headquarters", "Trụ sở UBND xã", "True"),
        ("culture_house", "Nhà văn hóa thôn Mẫu Lai", "True"),
        ("culture_house", "Nhà văn hóa thôn Mẫu Đình", "True"),
        ("portal", "", "True"),
        ("culture_house", "", ""),
    )
    places = {"noi-TOTAL_FORMS": str(len(rows)), "noi-INITIAL_FORMS": str(len(rows))}
    for n, (kind, place, known) in enumerate(rows):
        places |= {
            f"noi-{n}-kind": kind,
            f"noi-{n}-place": place,
            f"noi-{n}-known": known,
            f"noi-{n}-day": "10/06/2026",
        }
    return {
        "client_key": str(uuid.uuid4()),
        "title": "Dự toán thu, chi ngân sách xã",
        "document_number": "12/QĐ-UBND",
        "decided_on": "08/06/2026",
        "occurred_on": "09/06/2026",
        "text": "Tóm tắt.",
        **places,
        **_row(HEAD, posted="on", day="09/06/2026"),
        **_row(LAI, posted="on"),
        **changes,
    }


def _row(number, **changes):
    return {f"noi-{number}-{name}": value for name, value in changes.items()}


def _docx(*lines):
    return SimpleUploadedFile("quyet-dinh.docx", document(*lines))


def _kept(page, name):
    """What the page carries of a file that was taken in."""
    found = re.search(rf'name="{name}_kept" value="([^"]+)"', page)
    assert found, name
    return html.unescape(found[1])


def _jpeg(data=None):
    return SimpleUploadedFile("treo.jpg", data or photo(), "image/jpeg")


def test_the_clauses_of_the_unit_are_offered_with_their_days(cast, as_person):
    page = as_person(cast.recorder_benmau).get(NEW).content.decode()
    assert "khoan=xa_ck_02" in page and "khoan=xa_ck_13" in page
    assert "ít nhất 30 ngày liên tục" in page and "loa 3 ngày liên tục" in page
    assert "cq_ck" not in page
    assert as_person(cast.viewer_benmau).get(NEW).status_code == 403
    assert as_person(cast.recorder_caumau).get(f"{NEW}?don-vi=9A001").status_code == 404
    assert as_person(cast.village_head).get(NEW).status_code == 400
    for wrong in ("khoan=cq_ck_03", "khoan=xa_ck_so", "khoan=x", "dinh-chinh=x", "la=1"):
        assert as_person(cast.recorder_benmau).get(f"{NEW}?{wrong}").status_code in (400, 404)


def test_a_correction_of_a_register_leads_to_its_own_page(cast, as_person):
    who = cast.recorder_benmau
    publish(who, cast.benmau)
    made = publish_register_now(actor=who, unit_id=cast.benmau, quarter=Quarter(2026, 2))
    answer = as_person(who).get(f"{NEW}?don-vi=9A001&dinh-chinh={made.record.public_id}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/office/cong-khai/van-ban/{made.record.public_id}/"


def test_the_form_begins_with_what_the_law_prescribes_and_no_place_ticked(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(BUDGET).content.decode()
    assert "Nhà văn hóa thôn Mẫu Lai" in page  # of the villages below
    assert "Trụ sở Ủy ban nhân dân xã Bến Mẫu" in page
    assert "Khoản 2 Điều 11" in page and "Điều 13 Luật số 10/2022/QH15" in page
    assert 'capture="environment"' in page
    assert not re.search(r"<input[^>]*-posted[^>]* checked", page)
    assert "village_heads" not in page
    assert "Nơi khác (2)" in page  # no two boxes of one name
    assert "village_heads" in client.get(f"{NEW}?khoan=xa_ck_07").content.decode()
    permanent = client.get(f"{NEW}?khoan=xa_ck_13").content.decode()
    assert "Nhà văn hóa thôn" not in permanent
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    assert "Trụ sở UBND xã" in client.get(BUDGET).content.decode()
    agency = as_person(cast.admin).get(f"{NEW}?don-vi=9A.SNV&khoan=cq_ck_03").content.decode()
    assert "Ủy ban nhân dân" not in re.findall(r'name="noi-0-place" value="([^"]*)"', agency)[0]


def test_the_unit_in_a_head_and_numbers_kept_as_text_are_published_in_dong(cast, as_person):
    client = as_person(cast.recorder_benmau)

    def sent(head, amount):
        book = sheet(("Nội dung", head), ("Tổng thu", 150), ("Tổng chi", amount))
        file = SimpleUploadedFile("t.xlsx", book)
        return client.post(BUDGET, _typed(table_file=file, money="trieu"), follow=True)

    for head, amount, said in (
        ("Dự toán (nghìn đồng)", 7, "Cột 2 “Dự toán (nghìn đồng)” ghi nghìn đồng"),
        ("Dự toán (triệu đồng)", "1.234", "Ô B3: “1.234” lưu dạng chữ"),
    ):
        assert said in sent(head, amount).content.decode()
        assert not Notice.objects.exists()
    page = sent("Dự toán (triệu đồng)", "90,5").content.decode()
    assert "B3 “90,5” là 90,5" in page
    assert "150.000.000" in page and "90.500.000" in page and "(triệu đồng)" not in page
    assert Notice.objects.get().table == {
        "header": ["Nội dung", "Dự toán"],
        "rows": [["Tổng thu", 150_000_000], ["Tổng chi", 90_500_000]],
        "money": True,
    }


def test_one_sending_publishes_posts_and_proves_what_was_ticked(cast, as_person):
    client = as_person(cast.recorder_benmau)
    answer = client.post(
        BUDGET,
        _typed(
            documents=[_docx()],
            table_file=SimpleUploadedFile("t.xlsx", sheet(("Khoản", "Số tiền"), ("Thu", 1.5))),
            money="trieu",
            **_row(HEAD, photo=_jpeg()),
            **_row(DINH, photo=_jpeg(), posted="on"),
            **_row(PORTAL, posted="on", link="https://benmau.example/du-toan"),
            **_row(NEW_PLACE, posted="on", kind="community_point", place="Chợ Mẫu"),
        ),
    )
    assert answer.status_code == 302, answer.content.decode()
    made = Notice.objects.get()
    assert answer.url == f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    assert made.table["rows"] == [["Thu", 1_500_000]]
    placed = made.postings.select_related("record").order_by("pk")
    assert [(one.kind, one.place, one.record.occurred_on.day) for one in placed] == [
        ("headquarters", "Trụ sở UBND xã", 9),
        ("culture_house", "Nhà văn hóa thôn Mẫu Lai", 10),
        ("culture_house", "Nhà văn hóa thôn Mẫu Đình", 10),
        ("portal", "benmau.example", 10),
        ("community_point", "Chợ Mẫu", 10),
    ]
    proven = made.postings.filter(evidence__isnull=False).order_by("pk")
    assert [one.place for one in proven] == ["Trụ sở UBND xã", "Nhà văn hóa thôn Mẫu Đình"]
    assert proven[0].evidence.get().taken_place == "10,76262; 106,66017"
    page = client.get(answer.url).content.decode()
    for words in ("1.500.000", "10,76262", "đúng hạn", "Còn 29 ngày", "quyet-dinh.docx"):
        assert words in page, words


def test_a_place_counts_only_if_ticked_and_only_with_its_own_day(cast, as_person):
    client = as_person(cast.recorder_benmau)
    typed = {**_typed(), **_row(HEAD, posted=""), **_row(LAI, posted="", day="x")}
    assert client.post(BUDGET, typed).status_code == 302
    made = Notice.objects.get()
    assert made.postings.count() == 0
    page = client.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    halls = re.search(r"Chưa niêm yết tại (nhà văn hóa [^.]+)\.", page)
    assert halls is not None and {"Mẫu Lai", "Mẫu Đình"} <= set(re.findall("Mẫu \\w+", halls[1]))
    assert "đúng hạn" not in page and "đã đăng trên trang này, chưa niêm yết nơi nào" in page
    for row, sentence in (
        (_row(LAI, day=""), "Ghi ngày niêm yết tại Nhà văn hóa thôn Mẫu Lai."),
        (_row(LAI, day="x"), "Ghi ngày, tháng, năm bằng số"),
        (_row(LAI, day="11/06/2026"), "chưa đến"),
        (_row(LAI, day="07/06/2026"), "không thể trước ngày 09/06/2026"),
        (_row(DINH, photo=_jpeg()), "Đánh dấu ô này nếu đã niêm yết"),
        (_row(NEW_PLACE, place="Chợ Mẫu"), "Đánh dấu ô này nếu đã niêm yết"),
        (_row(NEW_PLACE, posted="on"), "Nhập tên nơi niêm yết"),
        (_row(PORTAL, posted="on"), "đường dẫn"),
    ):
        answer = client.post(BUDGET, _typed(**row))
        assert answer.status_code == 400 and sentence in answer.content.decode(), sentence
    assert Notice.objects.count() == 1


def _at_once(**changes):
    """Pictures chosen together, no place ticked by itself and none with a day of its own."""
    free = {f"noi-{n}-{what}": "" for n in range(5) for what in ("posted", "day")}
    pictures = [SimpleUploadedFile(f"{n}.jpg", photo(), "image/jpeg") for n in range(2)]
    return _typed(**{**free, "posted_on": "10/06/2026", "photos": pictures, **changes})


def test_one_act_ticks_all_places_and_one_day_is_of_all(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(BUDGET).content.decode()
    assert "mọi nhà văn hóa" in page and re.search(r'name="posted_on" value="10/06/2026"', page)
    one_hall = as_person(cast.recorder_benmau).get(f"{NEW}?khoan=xa_ck_13").content.decode()
    assert 'name="posted_at"' not in one_hall, "nothing to tick at once where one place is listed"
    for chosen, places in (("halls", 2), ("all", 3), ("each", 0)):
        sent = _at_once(posted_at=chosen, photos=[], text=f"Tóm tắt {places}.")
        assert client.post(BUDGET, sent).status_code == 302
        made = Notice.objects.latest("pk")
        assert made.postings.count() == places
        assert {one.record.occurred_on.day for one in made.postings.all()} <= {10}
    own = _at_once(posted_at="halls", photos=[], **_row(DINH, day="09/06/2026"))
    client.post(BUDGET, own)
    days = Notice.objects.latest("pk").postings.values_list("record__occurred_on", flat=True)
    assert sorted(day.day for day in days) == [9, 10]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("x", "Ghi ngày, tháng, năm"), ("01/06/2026", "không thể trước"), ("", "Ghi ngày niêm yết")],
)
def test_what_is_wrong_with_the_day_of_all_places_is_told(cast, as_person, day, sentence):
    sent = _at_once(posted_at="all", posted_on=day, photos=[])
    answer = as_person(cast.recorder_benmau).post(BUDGET, sent)
    page = answer.content.decode()
    assert answer.status_code == 400 and sentence in page and not Notice.objects.exists()
    assert (f"Còn {3 if not day else 1} chỗ cần sửa") in page, "one day is told once"


def test_pictures_chosen_together_are_dealt_in_order_and_shown_before_they_count(cast, as_person):
    client = as_person(cast.recorder_benmau)
    first = client.post(BUDGET, _at_once(posted_at="halls"))
    page = first.content.decode()
    assert first.status_code == 200 and "Ảnh đã được chia cho các nơi" in page
    assert not Notice.objects.exists() and "cần sửa" not in page
    kept = re.findall(r'name="photos_kept" value="([^"]+)"', page)
    dealt = [
        re.search(rf'name="noi-{row}-which".*?value="(\w+)" selected', page, re.S)[1]
        for row in (LAI, DINH)
    ]
    assert len(kept) == 2 and len(set(dealt)) == 2
    # Looked at, exchanged, and sent without choosing a file again.
    again = {"photos": [], "photos_kept": kept, **_row(LAI, posted="on"), **_row(DINH, posted="on")}
    changed = {**again, **_row(LAI, which=dealt[1]), **_row(DINH, which=dealt[0])}
    assert client.post(BUDGET, _at_once(**changed)).status_code == 302
    found = Notice.objects.get().postings.order_by("pk")
    assert [one.evidence.get().file.name for one in found] == ["1.jpg", "0.jpg"]
    assert found[0].evidence.get().file.public_id.hex == dealt[1]


def test_a_page_that_dealt_the_pictures_itself_publishes_at_once(cast, as_person):
    client = as_person(cast.recorder_benmau)
    rows = {**_row(LAI, posted="on"), **_row(DINH, posted="on")}
    done = _at_once(**rows, **{"noi-1-which": "n1", "noi-2-which": "n0"})
    assert client.post(BUDGET, done).status_code == 302
    found = Notice.objects.get().postings.order_by("pk")
    assert [one.evidence.get().file.name for one in found] == ["1.jpg", "0.jpg"]
    for which, sentence in (
        (("n0", "n0"), "Ảnh này đã chọn cho nơi khác."),
        (("n0", ""), "Chưa chia cho nơi nào: “1.jpg”."),
    ):
        sent = _at_once(**rows, **{"noi-1-which": which[0], "noi-2-which": which[1]})
        refused = client.post(BUDGET, sent)
        assert refused.status_code == 400 and sentence in refused.content.decode()
    none = client.post(BUDGET, _at_once())
    assert none.status_code == 400 and "“0.jpg”, “1.jpg”" in none.content.decode()
    bad = SimpleUploadedFile("x.exe", b"MZ")
    both = client.post(BUDGET, _at_once(posted_at="halls", photos=[bad, _jpeg()]))
    assert both.status_code == 400 and "“x.exe”" in both.content.decode()
    portal = _at_once(photos=[_jpeg()], **_row(PORTAL, posted="on", link="https://a.example"))
    assert client.post(BUDGET, portal).status_code == 400, "a portal takes no picture"
    assert Notice.objects.count() == 1


def test_the_form_begins_with_no_quarter_and_tells_which_are_owed(cast, as_person):
    def begun():
        page = as_person(cast.recorder_benmau).get(BUDGET).content.decode()
        assert not re.search(r'name="budget_period"[^>]* checked', page), "none is guessed"
        title = re.search(r'<textarea[^>]*name="title"[^>]*>\s*([^<]*)<', page)
        assert title[1].strip() == "" and "quý IV năm 2025" in html.unescape(
            re.search(r'data-titles="([^"]*)"', page)[1]
        ).encode().decode("unicode_escape")
        return "Chưa công khai: quý IV năm 2025." in page

    assert not begun(), "nothing is owed before the unit wrote anything down"
    began = dt.date(2025, 12, 20)
    publish(cast.recorder_benmau, cast.benmau, on=began, decided_on=began, title="Dự toán 2026")
    assert begun()
    told = execution_title("xã Bến Mẫu", "quý IV năm 2025")
    publish(cast.recorder_benmau, cast.benmau, title=told)
    assert not begun()


def test_sending_twice_writes_once_and_keeps_one_picture(cast, as_person):
    client, key = as_person(cast.recorder_benmau), str(uuid.uuid4())
    first = client.post(BUDGET, _typed(client_key=key, **_row(HEAD, photo=_jpeg())))
    second = client.post(BUDGET, _typed(client_key=key, **_row(HEAD, photo=_jpeg())))
    assert first.url == second.url
    assert (Notice.objects.count(), Posting.objects.count()) == (1, 2)
    assert StoredFile.objects.exclude(record=None).count() == 1


@pytest.mark.parametrize(
    ("address", "changes", "sentence"),
    [
        (BUDGET, {"title": ""}, "Điền “Tên nội dung công khai”"),
        (BUDGET, {"text": "", "documents": []}, "Nội dung công khai còn trống"),
        (BUDGET, {"decided_on": "10/06/2026"}, "trước ngày của văn bản"),
        (BUDGET, {"decided_on": "08/06/2022"}, "không áp dụng ngày 08/06/2022"),
        (BUDGET, {"occurred_on": "31/02/2026"}, "Không có ngày"),
        (BUDGET, _row(DINH, posted="on", place="Nhà văn hóa thôn Mẫu Lai"), "đã niêm yết tại"),
        (BUDGET, _row(LAI, day="08/06/2026"), "không thể trước ngày 09/06/2026"),
        (BUDGET, _row(PORTAL, posted="on", link="benmau"), "Đường dẫn phải bắt đầu bằng"),
        (BUDGET, {"table_text": "a;b"}, "một dòng tên cột"),
        (BUDGET, {"table_file": ("bang.xlsx", b"khong phai")}, "Chọn lại tệp “bang.xlsx”"),
        (BUDGET, {"names_file": ("ten.xlsx", b"khong phai")}, "Chọn lại tệp “ten.xlsx”"),
        (BUDGET, {"names_text": "Họ và tên;Số CCCD\nĐoàn Mẫu;1"}, "số định danh"),
        (BUDGET, {"names_text": "Đoàn Mẫu Một;;;còn nợ tiền"}, "danh sách người nợ"),
        (BUDGET, {"title": "Danh sách hộ còn phải nộp quỹ"}, "danh sách người nợ"),
        (BUDGET, {"text": "Tóm tắt. Gọi 0912345678"}, "số điện thoại cá nhân"),
        (BUDGET, {"documents": ("a.docx", b"khong phai")}, "Tệp “a.docx”:"),
        (BUDGET, {"documents": ("a.exe", b"MZ\x00\x00")}, "Không nhận loại tệp này"),
        (BUDGET, _row(HEAD, photo=("treo.jpg", photo()[:200])), "Tệp “treo.jpg”: "),
        (BUDGET, _row(HEAD, photo=("treo.jpg", b"")), "Tệp rỗng"),
        (f"{NEW}?khoan=cq_ck_03", {}, "không phải nội dung công khai của xã, phường, đặc khu"),
        (f"{NEW}?khoan=pl34_ck_01", {}, "không áp dụng ngày 08/06/2026"),
        (f"{NEW}?khoan=xa_ck_so", {}, "Vào Danh mục công khai, chọn quý rồi công khai"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_or_chosen_is_lost(
    cast, as_person, address, changes, sentence
):
    """Wrong files, dates before the decision, overlapping postings, clauses of other units."""
    sent = {
        name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
        for name, value in changes.items()
    }
    client = as_person(cast.recorder_benmau)
    typed = _typed(**{"documents": [_docx()], **_row(DINH, posted="on", photo=_jpeg()), **sent})
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in html.unescape(page)
    assert not Notice.objects.exists() and not StoredFile.objects.exclude(record=None).exists()
    for name, value in typed.items():
        if isinstance(value, str) and len(value) > 2 and "TOTAL" not in name:
            assert html.escape(value) in page, name
    kept = {"noi-2-photo_kept": _kept(page, "noi-2-photo")}
    if "documents" not in changes:
        kept["documents_kept"] = _kept(page, "documents")
    # Sent again with the fault mended and no file chosen anew, all of it is there.
    mended = {**_typed(), **_row(DINH, posted="on"), **kept}
    assert client.post(BUDGET, mended).status_code == 302
    made = Notice.objects.get()
    assert made.postings.get(place="Nhà văn hóa thôn Mẫu Đình").evidence.count() == 1
    assert made.documents.count() == len(kept) - 1


def test_everything_that_is_wrong_is_told_in_one_round_each_beside_its_field(cast, as_person):
    """A bad file hides neither the dates nor the rules, the names or the places."""
    client = as_person(cast.recorder_benmau)
    answer = client.post(
        BUDGET,
        _typed(
            title="Danh sách hộ còn phải nộp quỹ",
            document_number="Đoàn Mẫu",
            decided_on="10/06/2026",
            text="Gọi 0912345678",
            documents=[_docx(), SimpleUploadedFile("a.exe", b"MZ\x00\x00")],
            table_text="a;b",
            names_text="Họ và tên;Số CCCD\nĐoàn Mẫu;1",
            **_row(HEAD, day="01/06/2026", photo=_jpeg()),
            **_row(LAI, day="31/02/2026"),
            **_row(DINH, posted="on", place="Trụ sở UBND xã", kind="headquarters"),
            **_row(PORTAL, posted="on", link="benmau"),
            **_row(NEW_PLACE, posted="on"),
        ),
    )
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400 and not Notice.objects.exists()
    wrong = (
        ("title", "danh sách người nợ"),
        ("document_number", "chưa đúng dạng số, ký hiệu"),
        ("occurred_on", "trước ngày của văn bản"),
        ("text", "số điện thoại cá nhân"),
        ("documents", "Tệp “a.exe”: "),
        ("table_text", "một dòng tên cột"),
        ("names_text", "số định danh"),
        ("noi-0-day", "không thể trước ngày 09/06/2026"),
        ("noi-1-day", "Không có ngày"),
        ("noi-2-posted", "đã niêm yết tại"),
        ("noi-3-link", "Đường dẫn phải bắt đầu bằng"),
        ("noi-4-place", "Nhập tên nơi niêm yết"),
    )
    for field, sentence in wrong:
        beside = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</p>', page, re.S)
        assert beside is not None and sentence in beside[1], field
    assert f"Còn {len(wrong)} chỗ cần sửa" in page, "nothing that only follows from the rest"
    kept = {
        "documents_kept": _kept(page, "documents"),
        "noi-0-photo_kept": _kept(page, "noi-0-photo"),
    }
    assert client.post(BUDGET, _typed(text="", **kept)).status_code == 302
    assert Notice.objects.get().documents.count() == 1


def test_a_correction_is_told_of_everything_at_once_too(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    client = as_person(cast.recorder_benmau)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/sua/"
    typed = {
        "rule_key": "xa_ck_02",
        "version": "1",
        "title": "Danh sách hộ còn phải nộp quỹ",
        "decided_on": "10/06/2026",
        "occurred_on": "09/06/2026",
        "documents": [SimpleUploadedFile("a.exe", b"MZ\x00\x00")],
    }
    page = client.post(address, typed).content.decode()
    for sentence in ("danh sách người nợ", "trước ngày của văn bản", "“a.exe”", "Lý do sửa"):
        assert sentence in html.unescape(page), sentence
    assert "còn trống" not in page


def test_a_kept_file_is_of_who_chose_it_and_can_be_left_out(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.post(BUDGET, _typed(title="", documents=[_docx()])).content.decode()
    token = _kept(page, "documents")
    assert "Đã nhận tệp “quyet-dinh.docx”" in page
    other = as_person(cast.recorder_caumau).post(
        BUDGET, _typed(documents_kept=token, **_row(LAI, posted=""))
    )
    assert other.status_code == 400 and "đã hết hạn; chọn lại" in other.content.decode()
    assert client.post(BUDGET, _typed(documents_kept="bua")).status_code == 400
    assert client.post(BUDGET, _typed()).status_code == 302  # its tick was taken away
    assert Notice.objects.get().documents.count() == 0


def test_what_a_sheet_held_stays_when_something_else_is_wrong(cast, as_person):
    for wrong in ({"decided_on": "10/06/2026"}, {"title": ""}):
        answer = as_person(cast.recorder_benmau).post(
            BUDGET,
            _typed(
                table_file=SimpleUploadedFile("t.xlsx", sheet(("Khoản", "Số tiền"), ("Thu", 1.5))),
                names_file=SimpleUploadedFile("d.xlsx", sheet(("Họ và tên",), ("Đoàn Mẫu Một",))),
                money="trieu",
                **wrong,
            ),
        )
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Thu\t1500000" in page and "Đoàn Mẫu Một" in page
        assert '<option value="dong" selected' in page
        assert "Đã đọc tệp “t.xlsx” vào ô bên dưới" in page


def test_a_sheet_is_read_once_whether_it_is_right_or_wrong(cast, as_person, monkeypatch):
    from danchu.web.office import disclosure_forms

    read, true = [], disclosure_forms.named_from_xlsx
    monkeypatch.setattr(
        disclosure_forms, "named_from_xlsx", lambda data: read.append(1) or true(data)
    )
    right = sheet(("Họ và tên",), ("Đoàn Mẫu Một",))
    for data in (right, b"khong phai"):
        read.clear()
        typed = _typed(names_file=SimpleUploadedFile("d.xlsx", data), decided_on="10/06/2026")
        page = as_person(cast.recorder_benmau).post(BUDGET, typed).content.decode()
        assert len(read) == 1
        assert ("Đoàn Mẫu Một" in page) is (data == right)


def test_a_list_with_names_and_the_village_heads_go_in_one_form(cast, as_person):
    client = as_person(cast.recorder_benmau)
    answer = client.post(
        f"{NEW}?khoan=xa_ck_07",
        _typed(names_text="Đoàn Mẫu Một; thôn Mẫu Lai; 15/QĐ; Hộ nghèo", village_heads="on"),
    )
    made = Notice.objects.get()
    assert (made.has_names, made.forms_used.get().form) == (True, "d")
    page = client.get(answer.url).content.decode()
    assert "Đoàn Mẫu Một" in page and "sau đó tên được xóa" in page


def test_a_notice_in_english_speaks_english(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    page = as_person(cast.recorder_benmau).get(
        f"/en/office/ghi-viec/cong-khai/{made.record.public_id}/"
    )
    assert "Not posted yet: nhà văn hóa thôn" in page.content.decode()
    # "if there is one" stands before what only some have, and is not said again after it.
    assert "Not on the web portal yet.</li>" in page.content.decode()


def _act(client, made, act, posting=None, **typed):
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/viec/"
    sent, prefix = {"viec": act}, act
    if posting is not None:
        version = Record.objects.get(pk=posting.pk).version
        sent |= {"niem-yet": str(posting.pk), "version": str(version)}
        prefix = f"{act}-{posting.pk}"
    return client.post(address, sent | {f"{prefix}-{name}": v for name, v in typed.items()})


@pytest.mark.parametrize("key", ["khong_co", "cq_ck_01", "dn_ck_01", "tctt_saisot"])
def test_a_clause_that_the_unit_does_not_have_loses_nothing_and_another_is_chosen(
    cast, as_person, key
):
    client = as_person(cast.recorder_benmau)
    address = f"{NEW}?khoan={key}"
    assert client.get(address).status_code == 404
    for changes in ({}, {"rule_key": "khong_co"}):
        answer = client.post(address, _typed(**changes))
        page = answer.content.decode()
        assert answer.status_code == 400 and "Tóm tắt." in page and "12/QĐ-UBND" in page
        assert 'id="id_rule_key_error"' in page and 'value="xa_ck_02"' in page
        assert not Notice.objects.exists()
    assert client.post(address, _typed(rule_key="xa_ck_02")).status_code == 302
    assert Notice.objects.get().rule_key == "xa_ck_02"


def test_the_same_content_by_another_form_is_asked_of_once(cast, as_person):
    client = as_person(cast.recorder_benmau)
    assert client.post(BUDGET, _typed()).status_code == 302
    asked = client.post(BUDGET, _typed())
    page = asked.content.decode()
    assert asked.status_code == 400 and Notice.objects.count() == 1
    assert "Đã có nội dung giống hệt, công khai ngày 09/06/2026" in page
    assert "Vẫn ghi thêm một nội dung giống hệt" in page and "Tóm tắt." in page
    standing = Notice.objects.get().record.public_id
    assert f'/cong-khai/{standing}/">Mở nội dung đã có</a>' in page
    assert client.post(BUDGET, _typed(alike="on")).status_code == 302
    assert Notice.objects.count() == 2
    other = client.post(BUDGET, _typed(text="Tóm tắt khác."))
    assert other.status_code == 302 and Notice.objects.count() == 3


def test_a_form_gone_back_to_is_told_of_and_its_next_sending_is_new(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 6, 8))
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/viec/"
    lai = {"dan-kind": "culture_house", "dan-place": "Thôn Lai", "dan-starts_on": "09/06/2026"}
    sent = {"viec": "dan", "client_key": str(uuid.uuid4()), **lai}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302, "the same twice is one"
    other = {**sent, "dan-place": "Thôn Đình"}
    answer = client.post(address, other)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Phiếu này đã được gửi trước đó" in page
    assert "Thôn Đình" in page and made.postings.count() == 1
    assert sent["client_key"] not in page, "sent once more it is new"
    fresh = re.search(r'name="client_key" value="([^"]+)"', page)[1]
    assert client.post(address, {**other, "client_key": fresh}).status_code == 302
    assert made.postings.count() == 2


def test_an_hour_that_has_not_come_is_refused_beside_its_line(cast, as_person, monkeypatch):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 6, 8))
    evening = dt.datetime(2026, 6, 10, 13, 41, tzinfo=dt.UTC)  # 20:41 in Viet Nam
    monkeypatch.setattr("danchu.core.clock.now", lambda: evening)
    before = {"station": "Đài xã", "on": "09/06/2026", "at": "7:00", "on1": "07/06/2026"}
    page = _act(client, made, "phat", **before).content.decode()
    beside = re.search(r'id="id_phat-on1_error"[^>]*>(.*?)</p>', page, re.S)
    told = "Dòng 2: ngày phát 07/06/2026 trước ngày công khai 08/06/2026"
    assert beside is not None and told in beside[1]
    two = {"station": "Đài xã", "on": "09/06/2026", "at": "23:59", "on1": "10/06/2026"}
    page = _act(client, made, "phat", **two).content.decode()
    beside = re.search(r'id="id_phat-at1_error"[^>]*>(.*?)</p>', page, re.S)
    assert beside is not None and "Dòng 2: 23:59 hôm nay chưa đến" in beside[1]
    assert not made.broadcasts.exists()
    assert _act(client, made, "phat", **two, at1="20:41").status_code == 302


def test_a_week_of_broadcasts_goes_into_the_log_by_one_form(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 6, 8))
    three = {
        "station": "Đài truyền thanh xã",
        "minutes": "8",
        "on": "08/06/2026",
        "at": "5:30, 17h30",
        "on1": "09/06/2026",  # the times of the line above
        "on2": "10/06/2026",
        "at2": "18",
    }
    wrong = {**three, "at1": "25:00", "at2": "18", "on3": "", "at3": "6:00"}
    page = _act(client, made, "phat", **wrong).content.decode()
    assert "ví dụ 17:30" in page and "Ghi ngày phát của dòng này" in page and "25:00" in page
    late = {**three, "on1": "07/06/2026", "on2": "11/06/2026"}
    page = _act(client, made, "phat", **late).content.decode()
    for field, sentence in (("on1", "Dòng 2: ngày phát 07/06"), ("on2", "chưa đến")):
        beside = re.search(rf'id="id_phat-{field}_error"[^>]*>(.*?)</p>', page, re.S)
        assert beside is not None and beside[1].count(sentence) == 1, field
    assert not made.broadcasts.exists(), "all of them or none"
    assert _act(client, made, "phat", **three).status_code == 302
    found = made.broadcasts.order_by("record__occurred_on", "at")
    assert [(one.record.occurred_on.day, f"{one.at:%H:%M}") for one in found] == [
        (8, "05:30"), (8, "17:30"), (9, "05:30"), (9, "17:30"), (10, "18:00"),
    ]  # fmt: skip
    page = client.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    assert "3 ngày liên tục" in page
    again = _act(client, made, "phat", **three)
    assert again.status_code == 400 and "Dòng 1: lần phát này đã được ghi" in again.content.decode()
    assert _act(as_person(cast.viewer_benmau), made, "phat", **three).status_code == 403


def test_an_interruption_alone_is_corrected_and_taken_back_on_the_page(cast, as_person):
    client, viewer = as_person(cast.recorder_benmau), as_person(cast.viewer_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    began = {"from_on": "01/06/2026", "reason": "Mưa bão"}
    assert _act(client, made, "gian-doan", posting, **began).status_code == 302
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"

    def about(who, act, day, **typed):
        version = Record.objects.get(pk=posting.pk).version
        sent = {"viec": act, "niem-yet": str(posting.pk), "version": str(version), "tu": day}
        prefix = f"{act}-{posting.pk}-{day.replace('-', '')}"
        return who.post(f"{address}viec/", sent | {f"{prefix}-{k}": v for k, v in typed.items()})

    page = client.get(address).content.decode()
    assert "Sửa gián đoạn từ" in page and "Hủy gián đoạn từ" in page
    page = viewer.get(address).content.decode()
    assert "Mưa bão" in page and "Sửa gián đoạn từ" not in page
    new = {"from_on": "02/06/2026", "to_on": "03/06/2026", "reason": "Bảng đổ"}
    wrong = about(client, "sua-gd", "2026-06-01", **new, why="")
    assert wrong.status_code == 400 and "Bảng đổ" in wrong.content.decode()
    assert about(client, "sua-gd", "2026-05-01", **new, why="Nhầm").status_code == 404
    assert about(client, "sua-gd", "2026-06-01", **new, why="Nhầm ngày").status_code == 302
    assert posting.interruptions.get().reason == "Bảng đổ"
    assert about(viewer, "huy-gd", "2026-06-02", reason="Nhầm nơi").status_code == 403
    assert posting.interruptions.exists()
    assert about(client, "huy-gd", "2026-06-02", reason="").status_code == 400
    assert about(client, "huy-gd", "2026-06-02", reason="Nhầm nơi").status_code == 302
    assert not posting.interruptions.exists() and posting.record.state == "recorded"
    assert "Bảng đổ" not in client.get(address).content.decode()


def test_a_posting_is_proven_interrupted_put_up_again_and_taken_down(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    wrong = _act(client, made, "anh", posting, moment="start")
    assert wrong.status_code == 400 and "Chụp hoặc chọn ảnh" in wrong.content.decode()
    assert _act(client, made, "anh", posting, moment="start", photo=_jpeg()).status_code == 302
    early = _act(client, made, "gian-doan", posting, from_on="01/05/2026", reason="Mưa bão")
    assert early.status_code == 400 and "Mưa bão" in early.content.decode()
    told = "Hộ ông Đoàn Mẫu Một không đồng ý"
    names = _act(client, made, "gian-doan", posting, from_on="01/06/2026", reason=told)
    kept = names.content.decode()
    assert names.status_code == 400 and "trong lý do gián đoạn" in kept
    assert told in kept and "01/06/2026" in kept, "what was typed stays"
    done = _act(client, made, "gian-doan", posting, from_on="01/06/2026", reason="Mưa bão")
    assert done.url.endswith(f"#ny-{posting.pk}")
    page = client.get(done.url).content.decode()
    assert "đang gián đoạn" in page and "Mưa bão" in page
    assert _act(client, made, "lai", posting, on="03/06/2026").status_code == 302
    page = client.get(done.url).content.decode()
    assert "Ngày đếm lại từ đầu" in page and "Còn 23 ngày" in page
    asked = _act(client, made, "go", posting, on="09/06/2026", photo=_jpeg())
    page = asked.content.decode()
    assert asked.status_code == 400 and "Vẫn gỡ" in page
    assert "Niêm yết mới được 6 ngày, luật yêu cầu ít nhất 30 ngày liên tục" in page
    assert "sớm nhất là 03/07/2026" in page
    kept = _kept(page, f"go-{posting.pk}-photo")
    # Without the box it is asked again; nothing is written down before it is ticked.
    assert _act(client, made, "go", posting, on="09/06/2026", photo_kept=kept).status_code == 400
    assert posting.evidence.count() == 1
    sent = _act(client, made, "go", posting, on="09/06/2026", photo_kept=kept, early="on")
    assert sent.status_code == 302
    page = client.get(done.url).content.decode()
    assert "Gỡ sớm, 6/30 ngày." in page
    assert "Có minh chứng khi gỡ" in page
    assert _act(client, made, "treo-lai", posting, reason="Ghi nhầm").status_code == 302
    assert (
        _act(
            client,
            made,
            "sua",
            posting,
            kind="culture_house",
            place="NVH Mẫu Đình",
            starts_on="21/05/2026",
            reason="Nhầm nơi",
        ).status_code
        == 302
    )
    assert _act(client, made, "bo", posting, reason="Nhập trùng").status_code == 302
    assert "Nhập trùng" in client.get(done.url).content.decode()


def test_a_title_of_another_quarter_is_refused_beside_it_with_all_that_was_typed(cast, as_person):
    client = as_person(cast.recorder_benmau)
    title = "Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025"
    sent = {**_typed(), "title": title, "budget_period": "q3"}
    refused = client.post(BUDGET, sent)
    page = refused.content.decode()
    assert refused.status_code == 400 and not Notice.objects.exists()
    assert 'href="#id_title"' in page and "mà kỳ đã chọn là thực hiện quý III" in page
    assert title in page and "12/QĐ-UBND" in page
    assert re.search(r'value="q3"[^>]* checked', page)
    assert client.post(BUDGET, {**sent, "budget_period": "q4"}).status_code == 302
    made = Notice.objects.get()
    change = f"/office/ghi-viec/cong-khai/{made.record.public_id}/sua/"
    wrong = {**_typed(), "title": title, "budget_period": "q2", "reason": "Nhầm kỳ"}
    told = client.post(change, {**wrong, "rule_key": "xa_ck_02", "version": "1", "public": "on"})
    assert told.status_code == 400 and "mà kỳ đã chọn là thực hiện quý II." in told.content.decode()


def test_each_title_offered_for_a_period_is_one_the_service_takes_for_it(cast):
    owed = execution_title("xã Bến Mẫu", "quý IV năm 2025")
    offered = titles_offered("xã Bến Mẫu", dt.date(2026, 6, 10))
    assert offered["q4"] == owed and set(offered) == {"q1", "q2", "q3", "q4", "h1", "m9", "year"}
    assert offered["q1"].endswith("quý I năm 2026") and offered["h1"].endswith("năm 2025")
    for chosen, title in offered.items():
        assert field_of_another(title, "", chosen) == ("", "")
        assert all(field_of_another(title, "", one)[0] for one in offered if one != chosen)


def test_of_a_content_on_the_budget_the_officer_says_of_which_period_it_is(cast, as_person):
    client = as_person(cast.recorder_benmau)
    assert "Thực hiện quý IV" in client.get(BUDGET).content.decode()
    assert "Thực hiện quý IV" not in client.get(f"{NEW}?khoan=xa_ck_05").content.decode()
    assert client.post(BUDGET, {**_typed(), "budget_period": "q9"}).status_code == 400
    assert client.post(BUDGET, {**_typed(), "budget_period": "q1"}).status_code == 302
    made = Notice.objects.get()
    assert made.budget_period == "q1"
    old = publish(cast.recorder_benmau, cast.benmau, title="Quyết toán ngân sách xã năm 2025")
    for one, value in ((made, "q1"), (old, "final")):
        address = f"/office/ghi-viec/cong-khai/{one.record.public_id}/sua/"
        page = client.get(address).content.decode()
        assert re.search(rf'value="{value}"[^>]* checked', page), value


def test_each_hall_where_it_does_not_hang_is_named(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    page = as_person(cast.recorder_benmau).get(address).content.decode()
    halls = re.search(r"Chưa niêm yết tại (nhà văn hóa [^.]+)\.", page)
    assert halls is not None and "nhà văn hóa thôn Mẫu Đình" in halls[1]
    assert "Mẫu Lai" not in halls[1] and "đúng hạn" in page


def test_a_picture_of_another_day_or_used_twice_is_told_to_officers(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    house, hall = made.postings.order_by("pk")
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    late, same_day = photo(taken="2026:05:30 07:31:05"), photo()
    _act(client, made, "anh", house, moment="start", photo=_jpeg(same_day))
    page = client.get(address).content.decode()
    assert "Ảnh chụp" not in page and "đã dùng cho nơi khác" not in page
    _act(client, made, "anh", hall, moment="start", photo=_jpeg(late))
    page = client.get(address).content.decode()
    assert "Ảnh chụp 30/05/2026, sau ngày niêm yết 20/05/2026 là 10 ngày." in page
    assert "đã dùng cho nơi khác" not in page
    _act(client, made, "anh", house, moment="check", photo=_jpeg(late))
    page = client.get(address).content.decode()
    assert page.count("Ảnh này đã dùng cho nơi khác.") == 2
    assert page.count("Ảnh chụp 30/05/2026") == 1, "a later look at it proves no first day"


def test_somebody_who_saw_an_old_page_is_told(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/viec/"
    stale = client.post(
        address,
        {
            "viec": "go",
            "niem-yet": str(posting.pk),
            "version": "7",
            f"go-{posting.pk}-on": "09/06/2026",
        },
    )
    assert stale.status_code == 400
    assert "Có người vừa sửa" in stale.content.decode()
    for sent in ({"viec": "x"}, {"viec": "go", "niem-yet": "1", "version": "1"}):
        assert client.post(address, sent).status_code == 404


def test_a_step_that_is_refused_says_why_on_the_page_even_where_its_form_is_gone(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    down = _act(client, made, "go", posting, on="01/05/2026", photo=_jpeg())
    page = down.content.decode()
    assert down.status_code == 400 and "không thể trước ngày 20/05/2026" in page
    assert page.index("Còn 1 chỗ cần sửa") < page.index('id="niem-yet"')  # told at the top too
    name = f"go-{posting.pk}-photo"
    kept = _kept(page, name)
    again = _act(client, made, "go", posting, on="09/06/2026", photo_kept=kept, early="on")
    assert again.status_code == 302
    assert posting.evidence.get().moment == "end"
    twice = _act(client, made, "go", posting, on="10/06/2026")
    assert twice.status_code == 400 and "Đã ghi gỡ ngày 09/06/2026" in twice.content.decode()
    gap = _act(client, made, "lai", posting, on="10/06/2026")
    assert gap.status_code == 400 and "không đang bị gián đoạn" in gap.content.decode()
    cancel_notice(actor=cast.recorder_benmau, record_id=made.pk, reason="Ghi nhầm")
    late = _act(client, made, "dan", kind="headquarters", place="x", starts_on="09/06/2026")
    assert late.status_code == 400
    assert "Không tìm thấy nội dung công khai này" in late.content.decode()


def test_documents_are_added_and_taken_back_on_the_page(cast, as_person, client):
    officer = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    empty = _act(officer, made, "tep")
    assert empty.status_code == 400 and "Chưa chọn tệp nào." in empty.content.decode()
    wrong = _act(officer, made, "tep", documents=SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))
    assert wrong.status_code == 400 and "Tệp “a.pdf”:" in wrong.content.decode()
    done = _act(officer, made, "tep", documents=_docx("Dự toán."))
    assert done.url == f"{address}#tep"
    assert "quyet-dinh.docx" in officer.get(address).content.decode()
    board = f"/dia-phuong/9A001-xa-ben-mau/cong-khai/{made.record.public_id}/"
    assert f"{board}tep-1.docx" in client.get(board).content.decode()
    taken = client.get(f"{board}tep-1.docx")
    assert taken.status_code == 200 and "attachment" in taken["Content-Disposition"]
    assert b"Ng" not in b"".join(taken.streaming_content)[:200]
    back = {"viec": "go-tep", "tep": "1", "go-tep-1-order": "1"}
    why = officer.post(f"{address}viec/", back)
    assert why.status_code == 400 and "Điền “Lý do”" in why.content.decode()
    assert officer.post(f"{address}viec/", {**back, "go-tep-1-reason": "Nhầm"}).status_code == 302
    assert client.get(f"{board}tep-1.docx").status_code == 404
    assert "tep-1.docx" not in client.get(board).content.decode()
    assert "Đã gỡ: Nhầm" in officer.get(address).content.decode()
    reader = as_person(cast.viewer_benmau)
    assert _act(reader, made, "tep", documents=_docx()).status_code == 403


def test_what_is_taken_down_early_is_told_so_everywhere_on_the_same_day(cast, as_person, client):
    officer = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    public = f"/dia-phuong/9A001-xa-ben-mau/cong-khai/{made.record.public_id}/"
    assert "được niêm yết tại" in client.get(public + "bai-doc.txt").content.decode()
    down = _act(officer, made, "go", made.postings.get(), on="10/06/2026", early="on")
    assert down.status_code == 302
    inside = officer.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    assert "Gỡ sớm, 21/30 ngày." in inside and "Còn 9 ngày" not in inside
    board = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
    for address in (public, board):
        told = client.get(address).content.decode()
        assert "Gỡ sớm" in told and "21/30 ngày" in told, address
        assert "còn 9 ngày" not in told
    assert "được niêm yết tại" not in client.get(public + "bai-doc.txt").content.decode()
    hanging = client.get(board + "?tinh-trang=dang-niem-yet").content.decode()
    assert made.title not in hanging


def test_a_dark_list_is_shown_again_on_the_page_with_a_reason(cast, as_person):
    officer = as_person(cast.recorder_benmau)
    made = publish_names(cast.recorder_benmau, cast.benmau, HALL)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    assert "hien-ten" not in officer.get(address).content.decode()
    _act(officer, made, "go", made.postings.get(), on="01/06/2026", early="on")
    _act(officer, made, "dan", kind="headquarters", place="Trụ sở", starts_on="10/06/2026")
    page = officer.get(address).content.decode()
    assert "Đoàn Mẫu Một" not in page and "Danh sách thôi hiện sau ngày 01/06/2026" in page
    refused_ = _act(officer, made, "hien-ten", reason=" ")
    assert refused_.status_code == 400 and "Điền “Lý do”" in refused_.content.decode()
    assert _act(officer, made, "hien-ten", reason="Niêm yết chưa đủ ngày").status_code == 302
    assert "Đoàn Mẫu Một" in officer.get(address).content.decode()


def test_places_broadcasts_and_forms_are_added_and_lines_cancelled(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, rule_key="xa_ck_07")
    typed = {"kind": "culture_house", "place": "NVH Mẫu Lai", "starts_on": "09/06/2026"}
    assert _act(client, made, "dan", **typed).status_code == 302
    assert _act(client, made, "dan", **typed).status_code == 400
    said = {"on": "09/06/2026", "at": "17:30", "station": "Đài xã", "minutes": "10"}
    assert _act(client, made, "phat", **said).status_code == 302
    assert _act(client, made, "phat", **{**said, "at": "x"}).status_code == 400
    used = {"form": "d", "on": "09/06/2026", "note": "7 trưởng thôn"}
    assert _act(client, made, "hinh-thuc", **used).status_code == 302
    page = client.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    for words in ("NVH Mẫu Lai", "17 giờ 30", "7 trưởng thôn", "1 ngày liên tục/3"):
        assert words in page, words
    line = made.broadcasts.get()
    cancel = f"/office/ghi-viec/cong-khai/{made.record.public_id}/huy/"
    empty = client.post(cancel, {"dong": str(line.pk), "reason": ""}, follow=True)
    assert "Nêu lý do hủy" in empty.content.decode()
    assert Record.objects.get(pk=line.pk).state == "recorded"
    assert client.post(cancel, {"dong": str(line.pk), "reason": "Nhầm giờ"}).status_code == 302
    assert Record.objects.get(pk=line.pk).state == "cancelled"
    other = add_broadcast(
        actor=cast.recorder_benmau,
        notice_id=publish(cast.recorder_benmau, cast.benmau).pk,
        content=BroadcastInput(DAY, dt.time(6), "Đài xã"),
    )
    strange = client.post(cancel, {"dong": str(other.pk), "reason": "x"}, follow=True)
    assert "Không tìm thấy dòng này" in strange.content.decode()
    assert Record.objects.get(pk=other.pk).state == "recorded"
    assert client.post(cancel, {"reason": "Nhập nhầm"}).status_code == 302
    assert Record.objects.get(pk=made.pk).state == "cancelled"


def test_a_slip_is_corrected_and_a_wrong_content_gets_a_correction(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish_names(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/sua/"
    page = client.get(address).content.decode()
    assert "Để trống thì danh sách đang có được giữ nguyên" in page
    typed = {
        "version": "1",
        "rule_key": "xa_ck_08",
        "title": "Kết quả hỗ trợ thiên tai",
        "decided_on": "18/05/2026",
        "occurred_on": "20/05/2026",
        "public": "on",
        "reason": "Nhầm khoản",
    }
    assert client.post(address, {**typed, "reason": ""}).status_code == 400
    assert client.post(address, typed).status_code == 302
    made.refresh_from_db()
    assert (made.rule_key, made.named.count()) == ("xa_ck_08", 2)
    assert client.post(address, typed).status_code == 400  # the version is an old one
    correction = f"{NEW}?dinh-chinh={made.record.public_id}"
    page = client.get(correction).content.decode()
    assert "Đính chính: Kết quả hỗ trợ thiên tai" in page
    assert client.post(correction, _typed(title="Đính chính: Kết quả")).status_code == 302
    assert Notice.objects.get(corrects=made).rule_key == "xa_ck_08"
    assert "Đã được đính chính bởi" in client.get(address.replace("sua/", "")).content.decode()


def test_who_may_only_read_is_offered_nothing_and_a_neighbour_sees_the_public_face(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    for person in (cast.viewer_benmau, cast.recorder_caumau):
        page = as_person(person).get(address)
        assert page.status_code == 200
        assert 'name="viec"' not in page.content.decode()
    assert as_person(cast.viewer_benmau).post(f"{address}viec/", {"viec": "dan"}).status_code == 403
    assert as_person(cast.viewer_benmau).post(f"{address}sua/", {}).status_code == 403
    other = as_person(cast.recorder_caumau).post(
        f"{address}viec/",
        {
            "viec": "dan",
            "dan-kind": "headquarters",
            "dan-place": "x",
            "dan-starts_on": "09/06/2026",
        },
    )
    assert other.status_code in (400, 403, 404)
    assert made.postings.count() == 1


def test_the_public_page_the_poster_and_the_script_are_a_click_away_where_there_are_any(
    cast, as_person, client
):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    outside = f"/dia-phuong/9A001-xa-ben-mau/cong-khai/{made.record.public_id}/"
    officer = as_person(cast.recorder_benmau)
    page = officer.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    for part in ("", "to-dan-a4.pdf", "to-dan-a3.pdf", "bai-doc.txt"):
        assert f'href="{outside}{part}"' in page, part
        assert client.get(outside + part).status_code == 200, part
    publish(
        cast.recorder_benmau, cast.benmau, HEADQUARTERS, title="Đính chính", corrects_id=made.pk
    )
    page = officer.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    assert f'href="{outside}"' in page and "to-dan" not in page and "bai-doc" not in page
    hidden = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    page = officer.get(f"/office/ghi-viec/cong-khai/{hidden.record.public_id}/").content.decode()
    assert "không hiện" in page and "/dia-phuong/9A001-xa-ben-mau/cong-khai/" not in page


def test_the_records_list_and_today_have_the_button(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    client = as_person(cast.recorder_benmau)
    page = client.get("/office/ghi-viec/?loai=disclosure").content.decode()
    assert made.title in page and NEW in page
    assert NEW in client.get("/office/").content.decode()
    village = as_person(cast.village_head).get("/office/ghi-viec/").content.decode()
    assert NEW not in village


def test_the_same_form_with_another_content_is_kept_and_published_only_when_sent_again(
    cast, as_person
):
    client, key = as_person(cast.recorder_benmau), str(uuid.uuid4())
    assert client.post(BUDGET, _typed(client_key=key)).status_code == 302
    other = _typed(client_key=key, title="Quyết toán ngân sách xã", text="Tóm tắt thứ hai.")
    answer = client.post(BUDGET, other)
    page = answer.content.decode()
    assert answer.status_code == 400 and "chưa được lưu và chưa công khai" in page
    assert "Quyết toán ngân sách xã" in page and "Tóm tắt thứ hai." in page
    assert Notice.objects.count() == 1
    new_key = re.search(r'name="client_key" value="([^"]+)"', page)[1]
    assert new_key != key
    assert client.post(BUDGET, {**other, "client_key": new_key}).status_code == 302
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_nul_and_a_missing_count_are_told_and_nothing_typed_is_lost(cast, as_person, language):
    client = as_person(cast.recorder_benmau)
    sentences = (
        ("ký tự không đọc được", "thiếu số dòng") if not language else ("", "")
    )  # the catalogue is made last
    for changes, sentence in zip(
        ({"text": "Tóm\x00tắt riêng"}, {"noi-TOTAL_FORMS": ""}), sentences, strict=True
    ):
        answer = client.post(language + BUDGET, _typed(**changes))
        page = answer.content.decode()
        assert answer.status_code == 400 and sentence in page
        assert "Dự toán thu, chi ngân sách xã" in page and "12/QĐ-UBND" in page
        assert "Nhà văn hóa thôn Mẫu Lai" in page
        assert "ManagementForm" not in page and "Null characters" not in page
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "link",
    [
        "https://ai:matkhau@benmau.example/", "https://ai@benmau.example/", "http://10.0.0.1/a",
        "https://203.0.113.7/", "http://127.1/", "http://[::1.2]/", "http://may.local/",
    ],
)  # fmt: skip
def test_a_link_with_a_sign_in_or_to_a_machine_without_a_name_is_refused(cast, as_person, link):
    client = as_person(cast.recorder_benmau)
    answer = client.post(BUDGET, _typed(**_row(PORTAL, posted="on", link=link)))
    assert answer.status_code == 400 and html.escape(link) in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_sending_of_too_many_parts_is_told_with_the_way_back(cast, as_person, settings):
    client = as_person(cast.recorder_benmau)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    for language, sentences in (
        ("", ("Nội dung gửi lên quá nhiều", "Bấm nút Quay lại của trình duyệt")),
        ("/en", ()),  # the catalogue is made last
    ):
        answer = client.post(language + BUDGET, _typed())
        page = answer.content.decode()
        assert answer.status_code == 400
        assert all(sentence in page for sentence in sentences)
        assert "Không đọc được yêu cầu này" not in page
    assert not Notice.objects.exists()
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
    assert client.post(BUDGET, _typed()).status_code == 302
