"""Who handed in what, who is late, who is missing; never more than all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.units.services import register_demo_unit
from danchu.reporting.rounds.following import rounds_to_follow
from danchu.reporting.rounds.models import Round
from danchu.reporting.rounds.selectors import (
    asked_of,
    round_of,
    rounds_of,
)
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)
from tests.cast import TODAY, Cast
from tests.making import hold
from tests.reporting.folding import amount, cell, of, open_periods, sound

DUE = dt.date(2026, 6, 16)


def opened(cast: Cast, **more: Any) -> Round:
    (period,) = open_periods("nd09:2026H1").values()
    return open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=dt.date(2026, 6, 14),
        due_on=DUE,
        **more,
    )


def states(cast: Cast, found: Round, on: dt.date = TODAY) -> dict[str, str]:
    seen = round_of(cast.committee_minhhoa, cast.minhhoa, found.period, on)
    assert seen is not None
    assert 0 <= len(seen.missing) <= seen.expected
    return {line.code: line.state for line in seen.reporters}


def test_each_unit_stands_where_its_newest_version_stands(cast: Cast) -> None:
    found = opened(cast)
    assert states(cast, found) == {"9A001": "missing", "9A002": "missing"}
    assert states(cast, found, DUE) == {"9A001": "missing", "9A002": "missing"}
    late = DUE + dt.timedelta(1)
    assert states(cast, found, late) == {"9A001": "late", "9A002": "late"}
    first = submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    assert states(cast, found, late) == {"9A001": "submitted", "9A002": "late"}
    return_submission(actor=cast.committee_minhhoa, submission_id=first.pk, reason="Thiếu")
    assert states(cast, found) == {"9A001": "returned", "9A002": "missing"}
    second = submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    accept_submission(actor=cast.committee_minhhoa, submission_id=second.pk)
    assert states(cast, found) == {"9A001": "accepted", "9A002": "missing"}
    seen = round_of(cast.committee_minhhoa, cast.minhhoa, found.period, TODAY)
    assert seen is not None
    assert [(m.name, m.state) for m in seen.missing] == [("phường Cầu Mẫu", "missing")]
    assert (seen.expected, seen.reporters[0].number) == (2, 2)


def test_the_excused_are_neither_missing_nor_expected(cast: Cast) -> None:
    found = opened(cast, excused={cast.caumau: "Chính quyền không làm việc trên địa bàn"})
    assert states(cast, found) == {"9A001": "missing", "9A002": "excused"}
    seen = round_of(cast.committee_minhhoa, cast.minhhoa, found.period, DUE + dt.timedelta(9))
    assert seen is not None
    assert seen.expected == 1
    assert [m.code for m in seen.missing] == ["9A001"]
    excused = next(line for line in seen.reporters if line.state == "excused")
    assert excused.reason == "Chính quyền không làm việc trên địa bàn"


def test_a_round_is_read_by_who_reads_its_reports(cast: Cast) -> None:
    found = opened(cast)
    for viewer in (cast.viewer, cast.committee_minhhoa, cast.leader_minhhoa, OPERATOR):
        assert round_of(viewer, cast.minhhoa, found.period, TODAY)
        assert len(rounds_of(viewer, cast.minhhoa, TODAY)) == 1
    for viewer in (NOBODY, cast.outsider, cast.reporter_benmau, cast.committee_maunguyen):
        assert round_of(viewer, cast.minhhoa, found.period, TODAY) is None
        assert rounds_of(viewer, cast.minhhoa, TODAY) == []
    assert round_of(cast.viewer, cast.benmau, found.period, TODAY) is None


def test_a_unit_reads_what_is_asked_of_it_and_its_own_versions(cast: Cast) -> None:
    found = opened(cast, letter="12/CV-BCĐ ngày 02/6/2026")
    first = submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    return_submission(actor=cast.committee_minhhoa, submission_id=first.pk, reason="Thiếu")
    submit(actor=cast.leader_benmau, round_id=found.pk, unit_id=cast.benmau)
    seen = asked_of(cast.viewer_benmau, cast.benmau, found.period)
    assert seen is not None
    assert (seen.asked_by, seen.due_on, seen.excused) == (cast.minhhoa, DUE, "")
    assert [(n, state, why) for n, state, _, why in seen.versions] == [
        (2, "submitted", ""),
        (1, "returned", "Thiếu"),
    ]
    for viewer in (NOBODY, cast.reporter_caumau, cast.committee_maunguyen):
        assert asked_of(viewer, cast.benmau, found.period) is None
    assert asked_of(cast.viewer, cast.mautrung, found.period) is None


def test_the_list_of_rounds_costs_the_same_however_many_units(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9A1{n:02d}",
            name=f"xã Mẫu {n}",
            kind="xã",
            parent_id=cast.minhhoa,
            valid_from=dt.date(2025, 7, 1),
        )
    found = opened(cast)
    viewer = cast.viewer
    viewer.may("reports.read", cast.minhhoa)
    with django_assert_max_num_queries(8):
        seen = round_of(viewer, cast.minhhoa, found.period, TODAY)
    assert seen is not None
    assert seen.expected == 22


def test_what_was_handed_in_is_a_layer_of_its_own(cast: Cast, settle: Any) -> None:
    found = opened(cast, excused={})
    period = found.period
    hold(cast.recorder_benmau, cast.benmau)
    made = submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)  # after handing in
    settle()

    def handed(unit: int) -> int | None:
        return amount(unit, period, "dialogues_held", layer="reported")

    assert (handed(cast.benmau), handed(cast.minhhoa)) == (1, 1)
    assert amount(cast.minhhoa, period, "dialogues_held") == 2
    assert of(cell(cast.minhhoa, period, "dialogues_held", layer="reported")) == (1, 0, 0, 1, 2)
    # What was not reported is handed in as not reported, and is no nought.
    assert cell(cast.benmau, period, "documents_issued", layer="reported") is None
    sound()
    return_submission(actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu")
    settle()
    assert (handed(cast.benmau), handed(cast.minhhoa)) == (None, None)
    submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    settle()
    assert (handed(cast.benmau), handed(cast.minhhoa)) == (2, 2)
    sound()


@pytest.mark.parametrize("excused", [True, False])
def test_the_rate_stands_on_those_expected(cast: Cast, settle: Any, excused: bool) -> None:
    reasons = {cast.caumau: "Không thuộc diện"} if excused else {}
    found = opened(cast, excused=reasons)
    hold(cast.recorder_benmau, cast.benmau)
    submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    settle()
    expected = (1, 0, 0, 0, 1) if excused else (1, 0, 0, 1, 2)
    handed = cell(cast.minhhoa, found.period, "dialogues_held", layer="reported")
    assert of(handed) == expected
    sound()


def test_what_is_left_of_a_round_is_told_unit_by_unit(cast: Cast) -> None:
    found = opened(cast)
    viewer, late = cast.committee_minhhoa, DUE + dt.timedelta(5)

    def left(on: dt.date) -> tuple[list[str], ...]:
        (one,) = rounds_to_follow(viewer, cast.minhhoa, on).rounds
        groups = (one.to_check, one.late, one.awaited)
        return tuple([line.code for line in group] for group in groups)

    assert left(DUE) == ([], [], ["9A001", "9A002"])
    assert left(late) == ([], ["9A001", "9A002"], [])
    first = submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    assert left(late) == (["9A001"], ["9A002"], [])
    return_submission(actor=viewer, submission_id=first.pk, reason="Thiếu")
    assert left(late) == ([], ["9A001", "9A002"], [])
    (one,) = rounds_to_follow(viewer, cast.minhhoa, late).rounds
    assert [(r.name, r.days_late, r.number) for r in one.late] == [
        ("xã Bến Mẫu", 5, 1),
        ("phường Cầu Mẫu", 5, 0),
    ]
    for actor, unit in ((cast.reporter_benmau, cast.benmau), (cast.reporter_caumau, cast.caumau)):
        made = submit(actor=actor, round_id=found.pk, unit_id=unit)
        accept_submission(actor=viewer, submission_id=made.pk)
    done = rounds_to_follow(viewer, cast.minhhoa, late)
    assert (done.rounds, done.period_codes) == ((), {"nd09:2026H1"})


def test_rounds_are_followed_by_who_reads_their_reports(cast: Cast) -> None:
    found = opened(cast, excused={cast.caumau: "Chính quyền không làm việc trên địa bàn"})
    for viewer in (cast.viewer, cast.committee_minhhoa, OPERATOR):
        seen = rounds_to_follow(viewer, cast.minhhoa, TODAY)
        (one,) = seen.rounds
        assert (one.title, one.expected, one.accepted) == ("Sơ kết", 1, 0)
        assert [line.code for line in one.awaited] == ["9A001"]
        assert seen.period_codes == {found.period.code}
    for viewer in (NOBODY, cast.outsider, cast.reporter_benmau, cast.committee_maunguyen):
        seen = rounds_to_follow(viewer, cast.minhhoa, TODAY)
        assert (seen.rounds, seen.period_codes) == ((), frozenset())
