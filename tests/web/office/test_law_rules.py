"""The legal officer's pages: finding a rule, confirming it, withdrawing, the kept copy."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.files.models import StoredFile
from danchu.core.law.models import LocalConfirmation
from danchu.core.law.selectors import obligation
from danchu.core.law.shipped import shipped_catalogue, source_names
from tests.making import entries

LIST = "/office/phap-luat/"
RULE = "/office/phap-luat/xa_dt_nam/"
TYPED = {
    "text_compared": "12/VBHN-VPQH ngày 01/06/2026",
    "on": "10/06/2026",
    "officer": "Bùi Mẫu Liên, Chuyên viên pháp chế",
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.DANCHU_DATA = tmp_path


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_rules_are_found_by_instrument_and_article(cast: Any, as_person: Any) -> None:
    client = as_person(cast.legal_officer)
    first = text_of(client.get(LIST))
    assert "10/2022/QH15" in first and "chưa đối chiếu nên chỉ dùng để nhắc" in first
    one = text_of(client.get(f"{LIST}?van-ban=l10_2022"))
    assert f'href="{RULE}"' in one and "32.1" in one
    assert "đọc ở bản 2022, chưa đối chiếu bản hợp nhất" in one.lower()
    assert RULE not in text_of(client.get(f"{LIST}?van-ban=l10_2022&loai=agency"))
    assert RULE not in text_of(client.get(f"{LIST}?van-ban=l10_2022&tinh-trang=da"))
    old = "/office/phap-luat/xa_dt_77/"
    assert old not in text_of(client.get(f"{LIST}?van-ban=l77_2015"))
    assert old in text_of(client.get(f"{LIST}?van-ban=l77_2015&het=1"))
    assert client.get(f"{LIST}?x=1").status_code == 400
    assert client.get("/office/phap-luat/no_such_rule/").status_code == 404


def test_a_rule_says_in_short_what_it_asks_where_it_was_seen_and_that_it_is_not_the_law(
    cast: Any, as_person: Any
) -> None:
    client = as_person(cast.legal_officer)
    page = text_of(client.get("/office/phap-luat/xa_ck_02/"))
    rule = obligation("xa_ck_02")
    for words in (
        f'<p class="mt-2">{rule.title_vi}.</p>',
        rule.notes,
        "Khoản 2 Điều 11; khoản 3 Điều 12; Điều 13 Luật số 10/2022/QH15",
        source_names()[rule.source],
        "không phải nguyên văn của luật",
    ):
        assert words in page, words
    assert "Đọc ở bản 2022, chưa đối chiếu bản hợp nhất" in page
    recalled = text_of(client.get("/office/phap-luat/nd149_dt/"))
    assert "Nhớ lại, chưa thấy văn bản" in recalled and "phap_dien" not in recalled
    assert as_person(cast.recorder_benmau).get("/office/phap-luat/xa_ck_02/").status_code == 403


def test_every_source_of_the_catalogue_has_a_name() -> None:
    assert {rule.source for rule in shipped_catalogue()} <= {"", *source_names()}


def test_a_rule_is_confirmed_with_its_text_and_withdrawn_with_a_reason(
    cast: Any, as_person: Any
) -> None:
    client = as_person(cast.legal_officer)
    before = text_of(client.get(RULE))
    assert "Chỉ nhắc, không kết luận quá hạn" in before
    assert 'value="Bùi Mẫu Liên, Chuyên viên pháp chế, Sở Nội vụ tỉnh Minh Họa"' in before
    copy = SimpleUploadedFile("vbhn.txt", b"Van ban hop nhat mau.\n", "text/plain")
    assert client.post(RULE, {**TYPED, "file": copy}).status_code == 302
    after = text_of(client.get(RULE))
    assert "Đã đối chiếu, dùng để kết luận" in after and "12/VBHN-VPQH ngày 01/06/2026" in after
    kept = StoredFile.objects.get()
    assert f"/office/tep/{kept.public_id}/" in after
    assert obligation("xa_dt_nam").can_fail
    assert len(entries("law.rule_confirmed")) == 1
    # Sent twice, by two people or one: the second is told that it stands.
    assert "đã được đối chiếu" in text_of(client.post(RULE, TYPED))
    assert client.post(RULE, {"rut": "1", "reason": " "}).status_code == 400
    assert obligation("xa_dt_nam").can_fail
    assert client.post(RULE, {"rut": "1", "reason": "Nhầm bản hợp nhất"}).status_code == 302
    end = text_of(client.get(RULE))
    assert "Đã rút" in end and "Nhầm bản hợp nhất" in end and "Chỉ nhắc" in end
    assert not obligation("xa_dt_nam").can_fail


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text_compared": ""}, "text_compared"),
        ({"text_compared": "x" * 301}, "text_compared"),
        ({"on": "11/06/2026"}, "on"),  # to come
        ({"on": "32/01/2026"}, "on"),
        ({"officer": " "}, "officer"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_is_written(
    cast: Any, as_person: Any, changed: dict[str, str], field: str
) -> None:
    client = as_person(cast.legal_officer)
    answer = client.post(RULE, {**TYPED, **changed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert f"id_{field}" in page and 'aria-invalid="true"' in page
    for name, value in TYPED.items():
        if name not in changed:
            assert value in page
    assert not LocalConfirmation.objects.exists()


def test_a_file_of_another_kind_is_refused_and_not_kept(cast: Any, as_person: Any) -> None:
    wrong = SimpleUploadedFile("vbhn.exe", b"MZ\x00\x01 not a text", "application/pdf")
    answer = as_person(cast.legal_officer).post(RULE, {**TYPED, "file": wrong})
    assert answer.status_code == 400 and "Không nhận loại tệp này" in text_of(answer)
    assert not LocalConfirmation.objects.exists() and not StoredFile.objects.exists()


def test_who_has_not_the_right_neither_sees_nor_confirms(cast: Any, as_person: Any) -> None:
    for person in (cast.recorder_benmau, cast.committee_minhhoa, cast.admin_benmau, cast.outsider):
        client = as_person(person)
        assert client.get(LIST).status_code == 403
        assert client.get(RULE).status_code == 403
        assert client.post(RULE, TYPED).status_code == 403
        assert LIST not in client.get("/office/tai-khoan/").content.decode()
    assert not LocalConfirmation.objects.exists()
    bar = as_person(cast.legal_officer).get("/office/").content.decode()
    assert f'href="{LIST}"' in bar


@pytest.mark.parametrize("address", [LIST, f"{LIST}?van-ban=l10_2022", RULE])
def test_a_page_takes_twelve_queries_at_most(
    cast: Any, as_person: Any, monkeypatch: Any, address: str
) -> None:
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    client = as_person(cast.legal_officer)
    client.post(RULE, TYPED)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:160] for query in asked)
