"""A version is returned with comments on its cells; the next one answers them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.reporting.rounds.commenting import AnswerTaken, answer_comment
from danchu.reporting.rounds.comments import Comment, comments_on, comments_to_answer
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import CellComment, CommentAnswer, Round, Submission
from danchu.reporting.rounds.services import accept_submission, return_submission, submit
from danchu.reporting.rounds.spreadsheet.writing import form_sheet
from danchu.reporting.rounds.version import VersionLine, version_of
from tests.cast import Cast
from tests.making import cut_off, entries, refused
from tests.reporting.rounds.sheets import sheet, value_cell

ON_DAYS = {("labour_days", ""): "Số ngày công thấp hơn sổ của thôn."}


def type_in(cast: Cast, opened: Round, key: str, number: str, version: int = 0) -> None:
    enter_value(
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
        indicator=key,
        text=number,
        row_version=version,
    )


def hand_in(cast: Cast, opened: Round) -> Submission:
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)


def send_back(cast: Cast, version: Submission, comments: Any = None) -> Submission:
    return return_submission(
        actor=cast.committee_minhhoa,
        submission_id=version.pk,
        reason="Xem lại số ngày công",
        comments=ON_DAYS if comments is None else comments,
    )


@pytest.fixture
def first(cast: Cast, opened: Round) -> Submission:
    """Version 1 with forty working days, returned with a comment on them."""
    type_in(cast, opened, "labour_days", "40")
    return send_back(cast, hand_in(cast, opened))


def waiting(cast: Cast, opened: Round) -> list[Comment]:
    return comments_to_answer(cast.reporter_benmau, opened.pk, cast.benmau)


def answer(cast: Cast, comment: Comment, version: int = 0, **more: Any) -> CommentAnswer:
    given = {"dealt_with": True, "text": "Đã cộng thêm thôn Mẫu Đình", **more}
    return answer_comment(
        actor=cast.reporter_benmau, comment_id=comment.comment_id, row_version=version, **given
    )


def line(cast: Cast, opened: Round, viewer: Any, number: int | None = None) -> VersionLine:
    found = version_of(viewer, cast.benmau, opened.period, number)
    assert found is not None
    return next(one for one in found.lines if one.meaning.key == "labour_days")


def test_a_comment_goes_down_to_its_cell_and_its_answer_up_with_the_next_version(
    cast: Cast, opened: Round, first: Submission
) -> None:
    (said,) = waiting(cast, opened)
    assert (said.number, said.indicator, said.dimension) == (1, "labour_days", "")
    assert (said.text, said.state, said.amount) == (*ON_DAYS.values(), "reported", 40)
    assert said.said_by == cast.committee_minhhoa.name
    type_in(cast, opened, "labour_days", "55", 1)
    answer(cast, said)
    # A draft is the unit's own until it hands in.
    (above,) = comments_on(cast.committee_minhhoa, opened.pk, cast.benmau)
    assert above.answer is None
    second = hand_in(cast, opened)
    assert waiting(cast, opened) == []
    checked = line(cast, opened, cast.committee_minhhoa)
    assert (checked.before, checked.amount, checked.changed) == (("reported", 40), 55, True)
    (kept,) = checked.comments
    assert kept.amount == 40 and kept.answer is not None
    assert (kept.answer.number, kept.answer.dealt_with) == (2, True)
    assert kept.answer.text == "Đã cộng thêm thôn Mẫu Đình"
    # What was returned stands as it was.
    old = line(cast, opened, cast.committee_minhhoa, number=1)
    assert (old.amount, old.before, len(old.comments)) == (40, None, 1)
    accept_submission(actor=cast.committee_minhhoa, submission_id=second.pk)


def test_what_was_said_never_changes(cast: Cast, opened: Round, first: Submission) -> None:
    (said,) = waiting(cast, opened)
    answer(cast, said)
    second = hand_in(cast, opened)
    given = {"actor": cast.reporter_benmau, "comment_id": said.comment_id, "row_version": 1}
    refused(Conflict, answer_comment, **given, text="Khác")
    refused(
        Conflict,
        return_submission,
        actor=cast.committee_minhhoa,
        submission_id=first.pk,
        reason="x",
        comments={("labour_days", ""): "Khác"},
    )
    # A second return has comments of its own; the answered one does not come back.
    send_back(cast, second, {("labour_days", ""): "Vẫn thiếu một thôn."})
    (again,) = waiting(cast, opened)
    assert (again.number, again.text) == (2, "Vẫn thiếu một thôn.")
    told = comments_on(cast.committee_minhhoa, opened.pk, cast.benmau)
    assert [(c.number, c.answer is not None) for c in told] == [(1, True), (2, False)]


def test_a_comment_left_unanswered_waits_on(cast: Cast, opened: Round, first: Submission) -> None:
    (said,) = waiting(cast, opened)
    row = answer(cast, said)
    answer(cast, said, row.row_version, dealt_with=False, text=" ")  # taken back
    second = hand_in(cast, opened)
    assert [c.comment_id for c in waiting(cast, opened)] == [said.comment_id]
    assert not CommentAnswer.objects.exclude(submission=None).exists()
    (checked,) = line(cast, opened, cast.committee_minhhoa).comments
    assert checked.answer is None
    send_back(cast, second, {})
    answer(cast, said, 2)
    hand_in(cast, opened)
    assert waiting(cast, opened) == []


def test_who_comes_second_is_told_what_was_answered(
    cast: Cast, opened: Round, first: Submission
) -> None:
    (said,) = waiting(cast, opened)
    answer(cast, said)
    other = {"actor": cast.committee_minhhoa, "comment_id": said.comment_id}
    refusal = refused(AnswerTaken, answer_comment, **other, row_version=0, text="Giữ nguyên")
    assert refusal.theirs.text == "Đã cộng thêm thôn Mẫu Đình"
    assert answer(cast, said).row_version == 1  # the same twice is no change
    assert answer_comment(**other, row_version=1, text="Giữ nguyên").row_version == 2


def test_only_who_decides_comments_only_who_fills_the_form_answers_and_neighbours_read_nothing(
    cast: Cast, opened: Round
) -> None:
    type_in(cast, opened, "labour_days", "40")
    version = hand_in(cast, opened)
    given = {"submission_id": version.pk, "reason": "Thiếu", "comments": ON_DAYS}
    for stranger in (cast.committee_maunguyen, cast.leader_benmau, cast.viewer, NOBODY):
        refused(NotAllowed, return_submission, actor=stranger, **given)
    return_submission(actor=cast.leader_minhhoa, **given)
    (said,) = waiting(cast, opened)
    reply = {"comment_id": said.comment_id, "row_version": 0, "text": "Đúng"}
    for stranger in (cast.reporter_caumau, cast.leader_benmau, cast.viewer, NOBODY):
        refused(NotAllowed, answer_comment, actor=stranger, **reply)
    refused(NotFound, answer_comment, actor=cast.reporter_benmau, **{**reply, "comment_id": 10**9})
    for stranger in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider, NOBODY):
        assert comments_on(stranger, opened.pk, cast.benmau) == []
        assert comments_to_answer(stranger, opened.pk, cast.benmau) == []
        assert version_of(stranger, cast.benmau, opened.period) is None
    assert comments_to_answer(cast.viewer_benmau, opened.pk, cast.benmau) == []
    assert len(comments_on(cast.viewer_benmau, opened.pk, cast.benmau)) == 1


def test_a_wrong_comment_returns_nothing(cast: Cast, opened: Round) -> None:
    version = hand_in(cast, opened)
    given = {"actor": cast.committee_minhhoa, "submission_id": version.pk, "reason": "Thiếu"}
    for wrong, field in (
        ({("labour_days", ""): "x" * 501}, "labour_days"),
        ({("no_such", ""): "Sai"}, "no_such"),
        ({("labour_days", "land"): "Sai"}, "labour_days"),
        ({("labour_days", ""): 5}, "labour_days"),
    ):
        refusal = refused(BadInput, return_submission, **given, comments=wrong)
        assert refusal.field == field
    return_submission(**given, comments={("labour_days", ""): "  "})
    assert not CellComment.objects.exists()


def test_the_ledger_knows_which_cells_and_never_the_words(
    cast: Cast, opened: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from danchu.core.ledger import chain

    told: list[Any] = []
    digest = chain.digest_of
    monkeypatch.setattr(chain, "digest_of", lambda s, d: told.append(d) or digest(s, d))
    version = hand_in(cast, opened)
    send_back(cast, version)
    assert told[-1]["cells"] == [("labour_days", "")]
    (said,) = waiting(cast, opened)
    before = Entry.objects.count()
    answer(cast, said)
    assert Entry.objects.count() == before  # a draft, as all that is typed into a form
    second = hand_in(cast, opened)
    assert told[-1]["answers"] == 1
    assert "ngày công" not in str(told) and "Mẫu Đình" not in str(told)
    assert entries("submission.returned")[-1].record_id == version.pk
    given = {"actor": cast.committee_minhhoa, "submission_id": second.pk, "reason": "Thiếu"}
    cut_off(monkeypatch, return_submission, **given, comments=ON_DAYS)


def test_who_decides_on_what_somebody_else_accepted_meanwhile_is_told(
    cast: Cast, opened: Round
) -> None:
    version = hand_in(cast, opened)
    accept_submission(actor=cast.leader_minhhoa, submission_id=version.pk, seen="submitted")
    given = {"actor": cast.committee_minhhoa, "submission_id": version.pk, "reason": "Thiếu"}
    refusal = refused(Conflict, return_submission, **given, comments=ON_DAYS, seen="submitted")
    assert "Người khác vừa nhận" in refusal.vi
    return_submission(**given, seen="accepted")  # knowingly


def test_the_spreadsheet_shows_the_comment_at_its_cell_and_is_taken_back_with_it(
    cast: Cast, opened: Round, first: Submission
) -> None:
    data = form_sheet(cast.reporter_benmau, cast.benmau, opened.period, {})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = package.read("xl/comments1.xml").decode()
    assert "Nhận xét bản 1: Số ngày công thấp hơn" in notes
    assert f'ref="{value_cell(data, "labour_days")}"' in notes
    assert sheet(data).rows
    assert data == form_sheet(cast.reporter_benmau, cast.benmau, opened.period, {})
