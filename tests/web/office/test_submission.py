"""The page of a version: looked at, accepted, returned with comments; answered in the form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import CellComment, CommentAnswer, Round, Submission
from danchu.reporting.rounds.services import accept_submission, submit
from tests.cast import Cast

PERIOD = "nd09:2026H1"
PAGE = f"/office/bao-cao/9A001/{PERIOD}/kiem-tra/"
FORM = f"/office/bao-cao/9A001/{PERIOD}/bieu/"
DAYS = "nx.labour_days"


@pytest.fixture
def sent(cast: Cast, opened: Round) -> Submission:
    """Version 1 of Bến Mẫu, with forty working days."""
    where = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    enter_value(**where, indicator="labour_days", row_version=0, text="40")
    return submit(**where)


def decision(
    what: str, version: Submission, seen: str = "submitted", **more: str
) -> dict[str, str]:
    return {"viec": what, "ban-nop": str(version.pk), "da-thay": seen, **more}


def returned(as_person: Any, cast: Cast, version: Submission) -> CellComment:
    said = {DAYS: "Thấp hơn sổ của thôn.", "ly-do": "Xem lại một số"}
    answer = as_person(cast.committee_minhhoa).post(PAGE, decision("tra", version, **said))
    assert answer.status_code == 302
    return CellComment.objects.get()


def test_the_page_is_for_who_reads_the_unit_s_reports_and_acts_for_who_decides(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    for person, status in (
        (cast.committee_minhhoa, 200),
        (cast.leader_minhhoa, 200),
        (cast.viewer, 200),
        (cast.reporter_benmau, 200),
        (cast.reporter_caumau, 404),
        (cast.committee_maunguyen, 404),
        (cast.outsider, 404),
    ):
        page = as_person(person).get(PAGE)
        assert page.status_code == status, person
        decides = person in (cast.committee_minhhoa, cast.leader_minhhoa)
        assert (DAYS in page.content.decode()) == decides, person
    committee = as_person(cast.committee_minhhoa)
    for none in ("?ban=2", "?ban=0", "?la=1", "?ban=x"):
        assert committee.get(PAGE + none).status_code in (400, 404), none
    assert committee.get(PAGE.replace(PERIOD, "nd09:2025H2")).status_code == 404
    refused = as_person(cast.reporter_benmau).post(PAGE, decision("nhan", sent))
    assert refused.status_code == 403
    assert Submission.objects.get().state == "submitted"


def test_a_return_takes_its_comments_along_or_keeps_them_typed(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    committee = as_person(cast.committee_minhhoa)
    for wrong in (
        decision("tra", sent, **{DAYS: "Thấp hơn sổ của thôn."}),  # without the reason
        decision("tra", sent, **{DAYS: "Thấp hơn sổ của thôn.", "nx.la": "x", "ly-do": "Sai"}),
        decision("nhan", sent, **{DAYS: "Thấp hơn sổ của thôn."}),  # accepted, they would be lost
        decision("", sent, **{DAYS: "Thấp hơn sổ của thôn."}),
    ):
        page = committee.post(PAGE, wrong)
        assert page.status_code == 400, wrong
        assert "Thấp hơn sổ của thôn." in page.content.decode()
    assert not CellComment.objects.exists()
    long = committee.post(PAGE, decision("tra", sent, **{DAYS: "x" * 501, "ly-do": "Sai"}))
    assert long.status_code == 400 and "501 ký tự" in long.content.decode()
    comment = returned(as_person, cast, sent)
    assert comment.text == "Thấp hơn sổ của thôn."
    again = committee.get(PAGE).content.decode()
    assert "Đã trả lại ngày" in again and DAYS not in again


def test_the_second_of_two_officers_is_told(cast: Cast, as_person: Any, sent: Submission) -> None:
    accept_submission(actor=cast.leader_minhhoa, submission_id=sent.pk)
    late = decision("tra", sent, **{DAYS: "Thấp hơn sổ của thôn.", "ly-do": "Xem lại"})
    page = as_person(cast.committee_minhhoa).post(PAGE, late)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Người khác vừa nhận bản này" in text and "Thấp hơn sổ của thôn." in text
    assert 'name="da-thay" value="accepted"' in text  # sent again, it is meant
    board = f"/office/bao-cao/9A/{PERIOD}/dot/"
    quick = as_person(cast.committee_minhhoa).post(board, decision("tra", sent, **{"ly-do": "x"}))
    assert quick.status_code == 400 and "Người khác vừa nhận" in quick.content.decode()
    assert Submission.objects.get().state == "accepted"


def test_the_unit_sees_the_comment_at_its_cell_and_answers_without_a_script(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    number = returned(as_person, cast, sent).pk
    reporter = as_person(cast.reporter_benmau)
    page = reporter.get(FORM).content.decode()
    assert page.count("Thấp hơn sổ của thôn.") == 2  # in the list above, and at the cell
    assert f'name="tl.{number}"' in page and "Số khi nhận xét: 40." in page
    assert "Thấp hơn sổ" in as_person(cast.leader_benmau).get(FORM).content.decode()
    section = {"viec": "muc", "muc": "contributions", f"bt.{number}": "0", f"ct.{number}": "|"}
    assert reporter.post(FORM, section | {f"tl.{number}": ""}).status_code == 302
    assert not CommentAnswer.objects.exists()  # nothing was changed
    long = section | {f"tl.{number}": "x" * 501}
    kept = reporter.post(FORM, long)
    assert kept.status_code == 400 and "x" * 501 in kept.content.decode()
    said = section | {f"tl.{number}": "Đã đối chiếu", f"xl.{number}": "on"}
    assert "Đã lưu 1 ô" in reporter.post(FORM, said, follow=True).content.decode()
    # Another officer who had the page open is told what stands, and may put hers over it.
    other = section | {f"tl.{number}": "Giữ nguyên"}
    second = as_person(cast.committee_minhhoa).post(FORM, other)
    assert second.status_code == 409
    text = second.content.decode()
    assert "Đã đối chiếu" in text and 'value="Giữ nguyên"' in text
    assert f'name="bt.{number}" value="1"' in text
    step = reporter.get(FORM.replace("bieu/", "nop/")).content.decode()
    assert "Đã trả lời 1/1 nhận xét" in step
    reporter.post(FORM.replace("bieu/", "nop/"))
    checked = as_person(cast.committee_minhhoa).get(PAGE).content.decode()
    assert "Đơn vị đã xử lý" in checked and "Đã đối chiếu" in checked
    assert "bản này vẫn thế" in checked


def test_an_answer_saves_itself_with_a_small_answer(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    number = returned(as_person, cast, sent).pk
    reporter = as_person(cast.reporter_benmau)
    alone = {"viec": "tl", "nx": str(number), f"bt.{number}": "0", f"tl.{number}": "Đúng"}
    answer = reporter.post(FORM, alone)
    found = json.loads(answer.content)
    assert (found["version"], found["mark"]) == (1, "|Đúng") and len(answer.content) < 500
    late = as_person(cast.committee_minhhoa).post(FORM, alone | {f"tl.{number}": "Sai"})
    assert late.status_code == 409
    told = json.loads(late.content)
    assert told["version"] == 1 and "Đúng" in told["sentence"]
    for wrong in ({"nx": "x"}, {"nx": str(number + 9)}, {f"bt.{number}": ""}):
        assert reporter.post(FORM, alone | wrong).status_code == 400, wrong
    assert as_person(cast.leader_benmau).post(FORM, alone).status_code == 403
    assert as_person(cast.reporter_caumau).post(FORM, alone).status_code == 404
