"""The form as a spreadsheet in the office: downloaded, sent back, seen, confirmed, refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from danchu.core.documents.filled_xlsx import MAX_BYTES, read_filled
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import FormValue, Round
from danchu.reporting.rounds.services import accept_submission, submit
from tests.cast import Cast
from tests.making import hold
from tests.reporting.rounds.sheets import filled, value_cell

from .test_entry import PAGE

SHEET, FILE = PAGE + "nhap/", PAGE + "excel/"


@pytest.fixture
def form(cast: Cast, as_person: Any, opened: Round, settle: Any) -> bytes:
    """The form of Bến Mẫu as its reporter downloaded it."""
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    settle()
    answer = as_person(cast.reporter_benmau).get(FILE)
    assert "spreadsheetml" in answer["Content-Type"]
    assert re.search(r'filename="Bieu [A-Za-z0-9 .-]+\.xlsx"', answer["Content-Disposition"])
    return answer.content


def sent(client: Client, data: bytes, page: str = SHEET) -> Any:
    return client.post(page, {"file": SimpleUploadedFile("bieu.xlsx", data)})


def carried(page: str) -> dict[str, str]:
    """What the page carries to the next step."""
    found = dict(re.findall(r'name="(listed|mark)" value="([^"]*)"', page))
    assert "listed" in found
    return found


def count() -> int:
    return FormValue.objects.exclude(state="").count()


def test_the_form_page_offers_the_spreadsheet_to_who_types(
    cast: Cast, as_person: Any, form: bytes
) -> None:
    reporter = as_person(cast.reporter_benmau).get(PAGE).content.decode()
    assert "Tải biểu Excel" in reporter and f'href="{SHEET}"' in reporter
    assert "Tải biểu Excel" not in as_person(cast.leader_benmau).get(PAGE).content.decode()
    for person, out, back in (
        (cast.reporter_benmau, 200, 200),
        (cast.committee_minhhoa, 200, 200),
        (cast.leader_benmau, 200, 403),
        (cast.reporter_caumau, 404, 404),
        (cast.recorder_benmau, 403, 403),
        (cast.viewer, 403, 403),
        (cast.outsider, 403, 403),
    ):
        client = as_person(person)
        assert client.get(FILE).status_code == out, person
        assert client.get(SHEET).status_code == back, person
        for step in ({}, {"viec": "ghi"}, {"viec": "loi"}):
            status = client.post(SHEET, step).status_code
            assert (status == 400) if back == 200 else (status == back), (person, step)
    assert Client().get(FILE).status_code == Client().get(SHEET).status_code == 302
    client = as_person(cast.reporter_benmau)
    assert client.get(SHEET + "?la=1").status_code == client.get(FILE + "?la=1").status_code == 400


def test_what_changes_is_seen_before_it_is_written(cast: Cast, as_person: Any, form: bytes) -> None:
    client = as_person(cast.reporter_benmau)
    given = filled(form, labour_days=1246, dialogues_held=(7, "Thiếu hai cuộc <b>chưa ghi</b>"))
    page = sent(client, given)
    text = page.content.decode()
    assert page.status_code == 200 and count() == 0
    assert "2 ô thay đổi" in text and "1.246" in text and "khác hồ sơ" in text
    assert "Thiếu hai cuộc &lt;b&gt;" in text and value_cell(form, "labour_days") in text
    done = client.post(SHEET, {"viec": "ghi", **carried(text)}, follow=True)
    assert "Đã ghi 2 ô từ tệp Excel" in done.content.decode()
    assert done.redirect_chain[-1][0] == PAGE and count() == 2
    nothing = sent(client, given).content.decode()
    assert "không thay đổi ô nào" in nothing and 'value="ghi"' not in nothing
    english = sent(client, given, "/en" + SHEET)
    assert english.status_code == 200 and 'lang="en"' in english.content.decode()


def test_what_was_typed_meanwhile_is_shown_and_stays(
    cast: Cast, as_person: Any, form: bytes
) -> None:
    client = as_person(cast.reporter_benmau)
    given = filled(form, labour_days=40, cases_resolved=8)
    before = carried(sent(client, given).content.decode())
    enter_value(
        actor=cast.committee_minhhoa,
        round_id=Round.objects.get().pk,
        unit_id=cast.benmau,
        indicator="cases_resolved",
        text="9",
        row_version=0,
    )
    late = client.post(SHEET, {"viec": "ghi", **before})
    text = late.content.decode()
    assert late.status_code == 409 and count() == 1
    assert "Biểu vừa thay đổi sau khi xem trước" in text
    assert "giữ số trên hệ thống" in text and cast.committee_minhhoa.name in text
    client.post(SHEET, {"viec": "ghi", **carried(text)})
    kept = dict(FormValue.objects.values_list("indicator__key", "amount"))
    assert kept == {"cases_resolved": 9, "labour_days": 40}


def test_a_bad_file_is_answered_by_a_page_and_an_error_sheet(
    cast: Cast, as_person: Any, form: bytes
) -> None:
    client = as_person(cast.reporter_benmau)
    cell = value_cell(form, "labour_days")
    for data, words, place in (
        (filled(form, labour_days="mười"), "“mười” không phải số", cell),
        (b"STT,So nop\n1,2\n", "không phải bảng tính", "cả tệp"),
        (b"x" * (MAX_BYTES + 1), "lớn hơn một biểu", "cả tệp"),
    ):
        page = sent(client, data)
        text = page.content.decode()
        assert page.status_code == 400
        assert words in text and place in text and "chưa ghi ô nào" in text
        # An error sheet helps where there are cells to mark in it, else the sentence is all.
        assert ("Tải bảng lỗi" in text) is ('name="listed"' in text) is (place == cell)
        if place == cell:
            answer = client.post(SHEET, {"viec": "loi", **carried(text)})
            assert answer.status_code == 200 and "Loi bieu" in answer["Content-Disposition"]
            listed = next(s for s in read_filled(answer.content) if s.name == "Lỗi cần sửa")
            assert any(words in str(each.value) for row in listed.rows for each in row)
            assert client.post(SHEET, {"viec": "ghi", **carried(text)}).status_code == 400
        english = sent(client, data, "/en" + SHEET).content.decode()
        assert words not in english
    assert (
        "is no number"
        in sent(client, filled(form, labour_days="mười"), "/en" + SHEET).content.decode()
    )
    for broken in ({}, {"listed": ""}, {"listed": "%%%"}, {"listed": "QUJD", "mark": "x" * 100}):
        for step in ("ghi", "loi"):
            assert client.post(SHEET, {"viec": step, **broken}).status_code == 400
    assert sent(client, b"").status_code == 400
    assert count() == 0


def test_an_accepted_form_takes_no_file(cast: Cast, as_person: Any, form: bytes) -> None:
    client = as_person(cast.reporter_benmau)
    given = filled(form, labour_days=40)
    before = carried(sent(client, given).content.decode())
    made = submit(actor=cast.reporter_benmau, round_id=Round.objects.get().pk, unit_id=cast.benmau)
    accept_submission(actor=cast.committee_minhhoa, submission_id=made.pk)
    assert sent(client, given).status_code == 409
    assert client.post(SHEET, {"viec": "ghi", **before}).status_code == 409
    text = client.get(SHEET).content.decode()
    assert "Biểu không nhận thêm số liệu" in text and 'type="file"' not in text
    assert client.get(FILE).status_code == 400
    assert count() == 0
