"""Rounds: who is expected is frozen, what is handed in never changes, versions follow."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.units.services import register_demo_unit
from danchu.core.work.models import Task
from danchu.reporting.figures.services import confirm_states
from danchu.reporting.rounds.models import (
    ExpectedReporter,
    Round,
    Submission,
    SubmissionValue,
)
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)
from tests.cast import TODAY, Cast
from tests.making import DAY, cut_off, entries, hold, refused, work
from tests.reporting.folding import open_periods


def asked(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A lawful call for the half-year that holds today."""
    (period,) = open_periods("nd09:2026H1").values()
    return {
        "unit_id": cast.minhhoa,
        "period": period,
        "title": "Sơ kết 6 tháng đầu năm 2026",
        "cut_off": dt.date(2026, 6, 14),
        "due_on": dt.date(2026, 6, 16),
        **changes,
    }


@pytest.fixture
def opened(cast: Cast) -> Round:
    return open_round(actor=cast.committee_minhhoa, **asked(cast))


def values(made: Submission) -> dict[str, tuple[str, int | None]]:
    rows = SubmissionValue.objects.filter(submission=made)
    return {v.indicator.key: (v.state, v.amount) for v in rows.select_related("indicator")}


def task(opened: Round, unit: int) -> Task:
    return Task.objects.get(key=f"round.submit:{opened.pk}:{unit}")


def hand_in(cast: Cast, opened: Round, **more: Any) -> Submission:
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau, **more)


def test_the_committee_opens_a_round_and_nobody_else(cast: Cast) -> None:
    given = asked(cast)
    for stranger in (
        cast.committee_maunguyen,
        cast.leader_minhhoa,
        cast.viewer,
        cast.reporter_benmau,
        cast.leader_benmau,
        cast.outsider,
        NOBODY,
    ):
        refused(NotAllowed, open_round, actor=stranger, **given)
    opened = open_round(actor=cast.committee_minhhoa, **given)
    expected = ExpectedReporter.objects.filter(round=opened)
    assert {e.unit_id for e in expected} == {cast.benmau, cast.caumau}
    assert {e.due_on for e in expected} == {dt.date(2026, 6, 16)}
    assert opened.structure_on == TODAY
    for unit, code in ((cast.benmau, "9A001"), (cast.caumau, "9A002")):
        given_task = task(opened, unit)
        assert given_task.due_on == dt.date(2026, 6, 16)
        assert given_task.path == f"/office/bao-cao/{code}/nd09:2026H1/"
    assert entries("round.opened")
    refused(Conflict, open_round, actor=cast.committee_minhhoa, **asked(cast))


def test_a_commune_asks_its_villages_and_workplaces_and_nobody_else(cast: Cast) -> None:
    given = asked(cast, unit_id=cast.benmau)
    made = open_round(actor=cast.committee_minhhoa, **given)
    expected = set(made.expected.values_list("unit_id", flat=True))
    assert expected >= {cast.maulai, cast.maudinh, cast.workplace}
    assert not expected & {cast.benmau, cast.to_dan_pho, cast.committee_of_benmau, cast.agency}
    village = submit(actor=OPERATOR, round_id=made.pk, unit_id=cast.maulai)
    assert village.state == "submitted"
    refused(NotFound, submit, actor=OPERATOR, round_id=made.pk, unit_id=cast.to_dan_pho)
    refused(NotAllowed, open_round, actor=cast.reporter_benmau, **given)


def test_a_call_that_cannot_be_is_refused(cast: Cast) -> None:
    who = cast.committee_minhhoa
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"letter": "x" * 201}, "letter"),
        ({"due_on": dt.date(2026, 6, 13)}, "due_on"),
        ({"excused": {cast.benmau: ""}}, "excused"),
        ({"excused": {cast.benmau: "x" * 301}}, "excused"),
        ({"excused": {cast.mautrung: "Tỉnh khác"}}, "excused"),
        ({"unit_id": cast.maulai}, ""),
    ):
        actor = OPERATOR if "unit_id" in wrong else who
        refusal = refused(BadInput, open_round, actor=actor, **asked(cast, **wrong))
        assert refusal.field == field


def test_who_is_expected_stays_who_was_when_the_round_opened(cast: Cast, opened: Round) -> None:
    new = register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A077",
        name="xã Mẫu Mới",
        kind="xã",
        parent_id=cast.minhhoa,
        valid_from=dt.date(2026, 6, 11),
    ).pk
    with on_day(dt.date(2026, 6, 15)):
        expected = {e.unit_id for e in ExpectedReporter.objects.filter(round=opened)}
        assert expected == {cast.benmau, cast.caumau}
        refused(NotFound, submit, actor=OPERATOR, round_id=opened.pk, unit_id=new)
    # A round over a period before the change of the map asks the units of that map.
    (old,) = open_periods("nd09:2025H1").values()
    town = open_round(
        actor=OPERATOR,
        unit_id=cast.old_district,
        period=old,
        title="Kỳ trước",
        cut_off=old.end,
        due_on=old.end,
    )
    assert town.structure_on == old.end
    assert ExpectedReporter.objects.filter(round=town).count() == 4


def test_the_excused_are_not_asked(cast: Cast) -> None:
    opened = open_round(
        actor=cast.committee_minhhoa,
        **asked(cast, excused={cast.caumau: "Không thuộc diện báo cáo kỳ này"}),
    )
    assert not Task.objects.filter(key=f"round.submit:{opened.pk}:{cast.caumau}").exists()
    assert task(opened, cast.benmau)
    refused(NotFound, submit, actor=cast.reporter_caumau, round_id=opened.pk, unit_id=cast.caumau)


def test_figures_are_handed_in_as_they_stand_and_never_change(
    cast: Cast, opened: Round, settle: Any
) -> None:
    hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    hold(cast.village_head, cast.maulai)
    given = {"round_id": opened.pk, "unit_id": cast.benmau}
    for stranger in (
        cast.reporter_caumau,
        cast.recorder_benmau,
        cast.viewer_benmau,
        cast.committee_minhhoa,
        cast.village_head,
        cast.outsider,
        NOBODY,
    ):
        refused(NotAllowed, submit, actor=stranger, **given)
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=opened.period,
        keys=["social_criticism_held"],
        state="zero",
    )
    made = hand_in(cast, opened, justifications={"dialogues_held": "Đã đối chiếu biên bản"})
    # What was written down a moment ago belongs to it, here and in the village.
    first = values(made)
    assert first["dialogues_held"] == ("reported", 2)
    assert first["opinions_received"] == ("reported", 1)
    assert first["social_criticism_held"] == ("zero", 0)
    assert first["documents_issued"] == ("missing", None)  # asked, and not reported
    assert "officials_rotated" not in first  # not asked of everybody
    value = SubmissionValue.objects.get(submission=made, indicator__key="dialogues_held")
    assert (value.recorded_amount, value.reason) == (2, "Đã đối chiếu biên bản")
    assert (made.number, made.state) == (1, "submitted")
    assert task(opened, cast.benmau).done_by_id == cast.reporter_benmau.pk
    assert entries("submission.submitted")[-1].record_id == made.pk
    # Later records leave it alone and enter with the next version.
    work(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    assert values(made) == first
    second = hand_in(cast, opened)
    assert second.number == 2
    assert values(second)["dialogues_held"] == ("reported", 3)
    assert values(second)["trainings_held"] == ("reported", 2)
    assert values(made) == first


def test_what_cannot_be_handed_in_is_refused(cast: Cast, opened: Round) -> None:
    who = cast.reporter_benmau
    given = {"actor": who, "round_id": opened.pk, "unit_id": cast.benmau}
    refused(NotFound, submit, **{**given, "round_id": 10**9})
    refused(BadInput, submit, **given, justifications={"no_such_key": "x"})
    refused(BadInput, submit, **given, justifications={"dialogues_held": "x" * 301})
    refused(NotFound, submit, **{**given, "actor": OPERATOR, "unit_id": cast.mautrung})


def test_sending_twice_makes_one_version(cast: Cast, opened: Round) -> None:
    key = uuid.uuid4()
    first = hand_in(cast, opened, client_key=key)
    assert hand_in(cast, opened, client_key=key).pk == first.pk
    assert Submission.objects.count() == 1
    other = open_round(
        actor=cast.committee_minhhoa,
        **asked(cast, period=open_periods("2026H1")["2026H1"], overlaps_seen=True),
    )
    refused(
        Conflict,
        submit,
        actor=cast.reporter_benmau,
        round_id=other.pk,
        unit_id=cast.benmau,
        client_key=key,
    )


def test_a_form_sent_again_after_its_version_was_returned_hands_nothing_in_and_says_so(
    cast: Cast, opened: Round
) -> None:
    key = uuid.uuid4()
    first = hand_in(cast, opened, client_key=key)
    return_submission(actor=cast.committee_minhhoa, submission_id=first.pk, reason="Thiếu")
    again = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    refused(Conflict, submit, **again, client_key=key)
    second = hand_in(cast, opened, client_key=(other := uuid.uuid4()))
    refused(Conflict, submit, **again, client_key=key)  # a newer one stands
    accept_submission(actor=cast.committee_minhhoa, submission_id=second.pk)
    assert hand_in(cast, opened, client_key=other).pk == second.pk
    assert Submission.objects.count() == 2


def test_a_version_is_returned_handed_in_again_and_accepted(
    cast: Cast, opened: Round, settle: Any
) -> None:
    first = hand_in(cast, opened)
    committee = cast.committee_minhhoa
    for stranger in (
        cast.committee_maunguyen,
        cast.leader_benmau,
        cast.reporter_benmau,
        cast.viewer,
        cast.outsider,
        NOBODY,
    ):
        refused(NotAllowed, accept_submission, actor=stranger, submission_id=first.pk)
        refused(
            NotAllowed, return_submission, actor=stranger, submission_id=first.pk, reason="Thiếu"
        )
    refused(NotFound, accept_submission, actor=committee, submission_id=10**9)
    for wrong in ("", "x" * 501):
        refusal = refused(
            BadInput, return_submission, actor=committee, submission_id=first.pk, reason=wrong
        )
        assert refusal.field == "reason"
    return_submission(actor=committee, submission_id=first.pk, reason="Thiếu số liệu tiếp dân")
    first.refresh_from_db()
    assert (first.state, first.reason, first.decided_by_id) == (
        "returned",
        "Thiếu số liệu tiếp dân",
        committee.pk,
    )
    again = task(opened, cast.benmau)
    assert again.done_at is None
    assert again.title.startswith("Nộp lại")
    refused(Conflict, accept_submission, actor=committee, submission_id=first.pk)
    refused(Conflict, return_submission, actor=committee, submission_id=first.pk, reason="x")

    second = hand_in(cast, opened)
    assert second.number == 2
    assert task(opened, cast.benmau).done_at is not None
    refused(Conflict, accept_submission, actor=committee, submission_id=first.pk)  # a newer one
    accept_submission(actor=cast.leader_minhhoa, submission_id=second.pk)
    second.refresh_from_db()
    assert second.state == "accepted"
    refused(Conflict, accept_submission, actor=committee, submission_id=second.pk)
    settle()
    refused(
        Conflict,
        submit,
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
    )
    # Accepted by mistake, it may still be returned, and a third follows.
    return_submission(actor=committee, submission_id=second.pk, reason="Nhận nhầm")
    assert hand_in(cast, opened).number == 3
    assert len(entries("submission.returned")) == 2
    assert len(entries("submission.accepted")) == 1


def test_only_the_newest_version_is_decided(cast: Cast, opened: Round) -> None:
    first, second = hand_in(cast, opened), hand_in(cast, opened)
    committee = cast.committee_minhhoa
    refused(Conflict, accept_submission, actor=committee, submission_id=first.pk)
    refused(Conflict, return_submission, actor=committee, submission_id=first.pk, reason="Thiếu")
    accept_submission(actor=committee, submission_id=second.pk)
    first.refresh_from_db()
    assert first.state == "submitted"


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, opened: Round, monkeypatch: pytest.MonkeyPatch, settle: Any
) -> None:
    settle()
    period = open_periods("2026H1")["2026H1"]
    committee, reporter = cast.committee_minhhoa, cast.reporter_benmau
    cut_off(
        monkeypatch, open_round, actor=committee, **asked(cast, period=period, overlaps_seen=True)
    )
    hold(cast.recorder_benmau, cast.benmau, on=DAY)
    settle()
    given = {"round_id": opened.pk, "unit_id": cast.benmau}
    cut_off(monkeypatch, submit, actor=reporter, **given)
    made = submit(actor=reporter, **given)
    cut_off(monkeypatch, accept_submission, actor=committee, submission_id=made.pk)
    cut_off(monkeypatch, return_submission, actor=committee, submission_id=made.pk, reason="Thiếu")
    made.refresh_from_db()
    assert (made.state, made.number) == ("submitted", 1)
