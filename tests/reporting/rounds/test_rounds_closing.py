"""Closing a round: the missing are named, versions counted are kept, an amendment is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.work.models import Task
from danchu.reporting.rounds.closing import changes_between, close_round, reopen_round
from danchu.reporting.rounds.models import ClosingLine, Round, Submission
from danchu.reporting.rounds.selectors import asked_of, round_of
from danchu.reporting.rounds.services import (
    accept_submission,
    return_submission,
    submit,
)
from tests.cast import TODAY, Cast
from tests.making import DAY, entries, hold, refused

WHY = "Xã đính chính số người dự"


def hand_in(cast: Cast, opened: Round) -> Submission:
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)


def accepted(cast: Cast, opened: Round) -> Submission:
    return accept_submission(actor=cast.committee_minhhoa, submission_id=hand_in(cast, opened).pk)


def close(cast: Cast, opened: Round, *missing: int) -> Any:
    return close_round(actor=cast.committee_minhhoa, round_id=opened.pk, missing=missing)


def test_a_round_closes_on_accepted_versions_and_names_the_missing(
    cast: Cast, opened: Round
) -> None:
    made = accepted(cast, opened)
    closing = close(cast, opened, cast.caumau)
    lines = dict(ClosingLine.objects.values_list("unit_id", "submission_id"))
    assert lines == {cast.benmau: made.pk, cast.caumau: None}
    seen = round_of(cast.viewer, cast.minhhoa, opened.period, TODAY)
    assert seen is not None
    assert seen.closed_at is not None
    assert [(c.number, c.counted, c.missing) for c in seen.closings] == [(1, 1, 1)]
    assert [line.name for line in seen.missing] == ["phường Cầu Mẫu"]
    own = asked_of(cast.viewer_benmau, cast.benmau, opened.period)
    assert own is not None and own.closed_at == closing.closed_at
    assert len(entries("round.closed")) == 1
    # Nobody is asked any more, and nothing comes in afterwards.
    assert not Task.objects.filter(kind="round.submit", done_at=None).exists()
    refused(Conflict, submit, actor=cast.reporter_caumau, round_id=opened.pk, unit_id=cast.caumau)
    who = cast.committee_minhhoa
    refused(Conflict, return_submission, actor=who, submission_id=made.pk, reason="Sai")
    assert Submission.objects.get(pk=made.pk).state == "accepted"
    refused(Conflict, close_round, actor=who, round_id=opened.pk, missing=[cast.caumau])


def test_a_round_is_closed_and_opened_again_by_who_opens_rounds(cast: Cast, opened: Round) -> None:
    accepted(cast, opened)
    strangers = (
        cast.committee_maunguyen,
        cast.leader_minhhoa,
        cast.viewer,
        cast.reporter_benmau,
        cast.outsider,
        NOBODY,
    )
    for stranger in strangers:
        refused(NotAllowed, close_round, actor=stranger, round_id=opened.pk, missing=[cast.caumau])
    close(cast, opened, cast.caumau)
    for stranger in strangers:
        refused(NotAllowed, reopen_round, actor=stranger, round_id=opened.pk, reason=WHY)
    refused(NotFound, close_round, actor=OPERATOR, round_id=10**9, missing=[])
    refused(NotFound, reopen_round, actor=OPERATOR, round_id=10**9, reason=WHY)


def test_nobody_closes_over_what_was_not_looked_at(cast: Cast, opened: Round) -> None:
    # Handed in meanwhile: the list of the missing that was shown no longer holds.
    refused(Conflict, close_round, actor=OPERATOR, round_id=opened.pk, missing=[cast.benmau])
    made = hand_in(cast, opened)
    both = [cast.benmau, cast.caumau]
    refused(Conflict, close_round, actor=OPERATOR, round_id=opened.pk, missing=both)
    refused(Conflict, close_round, actor=OPERATOR, round_id=opened.pk, missing=[cast.caumau])
    return_submission(actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu")
    refused(Conflict, close_round, actor=OPERATOR, round_id=opened.pk, missing=[cast.caumau])
    closing = close(cast, opened, *both)  # what was returned does not stand
    assert not closing.lines.filter(submission__isnull=False).exists()


def test_a_closed_round_is_opened_again_for_an_amendment(cast: Cast, opened: Round) -> None:
    hold(cast.recorder_benmau, cast.benmau)
    first = accepted(cast, opened)
    close(cast, opened, cast.caumau)
    who = cast.committee_minhhoa
    refused(BadInput, reopen_round, actor=who, round_id=opened.pk, reason=" ")
    refused(
        BadInput, reopen_round, actor=who, round_id=opened.pk, reason=WHY, units=[cast.mautrung]
    )
    later = dt.date(2026, 7, 20)
    with on_day(later):
        reopen_round(actor=who, round_id=opened.pk, reason=WHY, units=[cast.benmau])
        refused(Conflict, reopen_round, actor=who, round_id=opened.pk, reason=WHY)
        first.refresh_from_db()
        assert (first.state, first.reason) == ("returned", WHY)
        task = Task.objects.get(key=f"round.submit:{opened.pk}:{cast.benmau}")
        assert (task.done_at, task.due_on) == (None, later)
        hold(cast.recorder_benmau, cast.benmau, on=DAY)
        second = accepted(cast, opened)
        close(cast, opened, cast.caumau)
    assert second.number == 2
    changes = changes_between(who, opened.pk, 1, 2)
    told = {c.indicator: (c.unit_id, c.before, c.after) for c in changes}
    assert told["dialogues_held"] == (cast.benmau, 1, 2)
    assert {c.unit_id for c in changes} == {cast.benmau}
    assert {(c.version_before, c.version_after) for c in changes} == {(1, 2)}
    assert changes_between(who, opened.pk, 1, 1) == []
    assert changes_between(cast.reporter_benmau, opened.pk, 1, 2) == []
    # What the first closing counted is still there to be counted again.
    assert ClosingLine.objects.get(closing__number=1, unit_id=cast.benmau).submission == first


def test_a_unit_that_was_missing_and_hands_in_later_is_told_as_a_change(
    cast: Cast, opened: Round
) -> None:
    close(cast, opened, cast.benmau, cast.caumau)
    who = cast.committee_minhhoa
    reopen_round(actor=who, round_id=opened.pk, reason="Xã nộp bổ sung", units=[cast.benmau])
    hold(cast.recorder_benmau, cast.benmau)
    accepted(cast, opened)
    close(cast, opened, cast.caumau)
    change = next(
        c for c in changes_between(who, opened.pk, 1, 2) if c.indicator == "dialogues_held"
    )
    assert (change.before, change.after, change.version_before) == (None, 1, None)
