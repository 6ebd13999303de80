"""The page of a version: looked at, accepted, returned with comments; answered in the form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from danchu.core.errors import Conflict
from danchu.core.work.selectors import OpenTask, open_tasks
from danchu.demo.load import settle as settle_all
from danchu.reporting.rounds.asking_back import ask_for_return
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import clear_value, enter_value
from danchu.reporting.rounds.models import (
    CellComment,
    CommentAnswer,
    FormValue,
    Round,
    Submission,
)
from danchu.reporting.rounds.services import accept_submission, submit
from tests.cast import TODAY, Cast

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


@pytest.mark.parametrize("page", [PAGE, f"/office/bao-cao/9A/{PERIOD}/dot/"])
def test_a_nul_in_the_reason_of_a_return_is_told_and_nothing_typed_is_lost(
    cast: Cast, as_person: Any, sent: Submission, page: str
) -> None:
    committee = as_person(cast.committee_minhhoa)
    answer = committee.post(page, decision("tra", sent, **{"ly-do": "Xem lại\x00 ngày công"}))
    text = answer.content.decode()
    assert answer.status_code == 400 and "ký tự không đọc được" in text
    assert "Xem lại\ufffd ngày công" in text and "Yêu cầu không hợp lệ" not in text
    assert Submission.objects.get().state == "submitted"
    assert committee.post(page, decision("tra", sent, **{"ly-do": "Xem lại"})).status_code == 302
    assert Submission.objects.get().state == "returned"


def test_a_nul_in_a_comment_or_its_answer_is_told_where_it_stands(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    committee = as_person(cast.committee_minhhoa)
    answer = committee.post(PAGE, decision("tra", sent, **{DAYS: "Thấp\x00 hơn sổ"}))
    text = answer.content.decode()
    assert answer.status_code == 400 and "ký tự không đọc được" in text
    assert "Thấp\ufffd hơn sổ" in text and not CellComment.objects.exists()
    number = returned(as_person, cast, sent).pk
    said = {"viec": "tl", "nx": str(number), f"tl.{number}": "Đã\x00 xem", f"bt.{number}": "0"}
    answer = as_person(cast.reporter_benmau).post(FORM, said)
    assert answer.status_code == 400 and "ký tự không đọc được" in answer.json()["sentence"]
    assert not CommentAnswer.objects.exists()


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
    assert 'id="xem-can"' in checked and "Chỉ 1 chỉ tiêu khác hồ sơ" in checked
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


def test_a_corrected_figure_without_an_answer_is_told_as_corrected(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    returned(as_person, cast, sent)
    reporter = as_person(cast.reporter_benmau)
    step = FORM.replace("bieu/", "nop/")
    assert "đã sửa số, chưa ghi ý kiến trả lời" not in reporter.get(step).content.decode()
    key = DAYS.removeprefix("nx.")
    version = FormValue.objects.get(indicator__key=key).row_version
    fields = {f"so.{key}": "41", f"ly.{key}": "", f"bv.{key}": str(version)}
    saved = reporter.post(FORM, {"viec": "o", "khoa": key, **fields})
    assert saved.status_code == 200
    assert "đã sửa số, chưa ghi ý kiến trả lời" in reporter.get(step).content.decode()
    assert reporter.post(step).status_code == 302
    checked = as_person(cast.committee_minhhoa).get(PAGE).content.decode()
    assert "đã sửa số, chưa ghi ý kiến trả lời" in checked
    assert "Đơn vị đã sửa số" in checked and "Đơn vị chưa trả lời" not in checked


def test_a_unit_asks_its_accepted_version_back_and_hands_in_another(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    ask = {"viec": "xin-lai", "ly-do": "Sót 02 cuộc họp thôn."}
    form = as_person(cast.reporter_benmau)
    early = form.post(FORM, ask)
    assert early.status_code == 409  # nothing is accepted yet
    above = as_person(cast.committee_minhhoa)
    assert "Chưa đến ngày chốt số liệu 14/06/2026" in above.get(PAGE).content.decode()
    above.post(PAGE, decision("nhan", sent))
    assert "Đề nghị trả lại để nộp bản mới" in form.get(FORM).content.decode()
    for wrong in ("", "x" * 201):
        answer = form.post(FORM, ask | {"ly-do": wrong})
        assert answer.status_code == 400
        assert not open_tasks_about_return(cast)
    for person in (cast.recorder_benmau, cast.reporter_caumau):
        assert as_person(person).post(FORM, ask).status_code in (403, 404)
    assert form.post(FORM, ask).status_code == 302
    assert form.post(FORM, ask).status_code == 302  # again: still one task
    (task,) = open_tasks_about_return(cast)
    assert task.title == "xã Bến Mẫu đề nghị trả lại bản 1: Sót 02 cuộc họp thôn."
    assert task.title in above.get(task.path).content.decode()
    assert "Đã gửi nơi mở đợt" in form.get(FORM).content.decode()
    answer = above.post(PAGE, decision("tra", sent, seen="accepted", **{"ly-do": "Bổ sung"}))
    assert answer.status_code == 302
    assert not open_tasks_about_return(cast)
    where = {"actor": cast.reporter_benmau, "round_id": sent.round_id, "unit_id": cast.benmau}
    assert submit(**where).number == 2


def test_what_was_asked_back_is_settled_when_the_round_closes(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    accept_submission(actor=cast.committee_minhhoa, submission_id=sent.pk)
    where = {"actor": cast.reporter_benmau, "round_id": sent.round_id, "unit_id": cast.benmau}
    ask_for_return(**where, reason="Sót số.")
    close_round(actor=cast.committee_minhhoa, round_id=sent.round_id, missing=[cast.caumau])
    assert not open_tasks_about_return(cast)
    with pytest.raises(Conflict):
        ask_for_return(**where, reason="Sót số.")


def test_comments_on_figures_are_reason_enough_to_return(
    cast: Cast, as_person: Any, sent: Submission
) -> None:
    above = as_person(cast.committee_minhhoa)
    assert above.post(PAGE, decision("tra", sent, **{"ly-do": ""})).status_code == 400
    answer = above.post(PAGE, decision("tra", sent, **{"ly-do": " ", DAYS: "Thấp hơn sổ."}))
    assert answer.status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("returned", "Có nhận xét ở 01 chỉ tiêu.")


def open_tasks_about_return(cast: Cast) -> list[OpenTask]:
    found = open_tasks(cast.committee_minhhoa, cast.minhhoa, TODAY)
    return [task for task in found if "đề nghị trả lại" in task.title]


def test_what_is_in_the_form_is_not_asked_for_again_on_the_report(
    cast: Cast, as_person: Any, opened: Round
) -> None:
    where = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    page = f"/office/bao-cao/9A001/{PERIOD}/"
    asked = 'name="chi-tieu" value="labour_days"'
    officer = as_person(cast.reporter_benmau)
    officer.get(page)
    settle_all()
    assert asked in officer.get(page).content.decode()
    enter_value(**where, indicator="labour_days", row_version=0, text="40")
    told = "1 chỉ tiêu đã điền trong biểu, có trong báo cáo khi nộp."
    html = officer.get(page).content.decode()
    assert told in html and asked not in html
    # A value taken away again is asked for again; once handed in it is in the report.
    clear_value(**where, indicator="labour_days", row_version=1)
    html = officer.get(page).content.decode()
    assert told not in html and asked in html
    enter_value(**where, indicator="labour_days", row_version=2, text="40")
    submit(**where)
    settle_all()
    html = officer.get(page).content.decode()
    assert told not in html and asked not in html
