"""A change of the map beside somebody who writes: one waits, and what is written fits the map."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from typing import Any

import pytest

from danchu.core.acting import acting_as
from danchu.core.changes.models import MapChange
from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.errors import BadInput, Refusal
from danchu.core.records.models import Record
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.models import Round
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import TODAY, Cast
from tests.making import hold
from tests.reporting.folding import open_periods

BASIS = "Nghị quyết số 01/NQ-HĐND (mẫu)"


def merging(cast: Cast, *, slow: bool = False) -> Any:
    """Bến Mẫu and Cầu Mẫu become one commune today, as confirmed on the dry run."""
    new = NewUnit("xã Hợp Mẫu", "xã", "9A010")
    wanted = Wanted(ChangeKind.MERGE, (cast.benmau, cast.caumau), TODAY, BASIS, into=(new,))
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    act = partial(carry_out_map_change, actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)

    def merge() -> Any:
        with acting_as(OPERATOR):
            made = act()
            if slow:
                time.sleep(1)
            return made

    return merge


def test_nothing_is_recorded_of_a_day_on_which_the_unit_is_no_more(
    committed_cast: Cast, at_once: Any
) -> None:
    cast = committed_cast

    def write() -> Any:
        time.sleep(0.4)  # the form was read while the unit stood
        return hold(cast.recorder_benmau, cast.benmau, on=TODAY)

    made, told = at_once(merging(cast, slow=True), write)
    assert isinstance(made, MapChange), made
    assert isinstance(told, BadInput), told
    assert told.field == "occurred_on"
    (left,) = at_once(lambda: Record.objects.filter(unit_id=cast.benmau, kind="dialogue").count())
    assert left == 0


def the_round(cast: Cast) -> Round:
    (period,) = open_periods("nd09:2026H1").values()
    return open_round(
        actor=OPERATOR,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )


@pytest.mark.parametrize("beside", ["hand in", "close"])
def test_a_merger_beside_a_hand_in_or_a_closing_ends_in_no_deadlock(
    committed_cast: Cast, request: pytest.FixtureRequest, beside: str
) -> None:
    cast = committed_cast
    opened = the_round(cast)
    at_once = request.getfixturevalue("at_once")
    other = {
        "hand in": partial(submit, actor=OPERATOR, round_id=opened.pk, unit_id=cast.benmau),
        "close": partial(
            close_round, actor=OPERATOR, round_id=opened.pk, missing=[cast.benmau, cast.caumau]
        ),
    }[beside]
    came = at_once(merging(cast), other)
    for one in came:
        assert not isinstance(one, Exception) or isinstance(one, Refusal), came
        assert getattr(one, "code", "") != "try_again", came
    assert any(not isinstance(one, Exception) for one in came), came


def test_of_two_rounds_over_the_same_days_opened_at_once_one_is_told_of_the_other(
    committed_cast: Cast, request: pytest.FixtureRequest
) -> None:
    cast = committed_cast
    periods = open_periods("nd09:2026H1", "2026H1")
    at_once = request.getfixturevalue("at_once")
    came = at_once(
        *(
            partial(
                open_round,
                actor=OPERATOR,
                unit_id=cast.minhhoa,
                period=period,
                title="Sơ kết",
                cut_off=TODAY,
                due_on=TODAY,
            )
            for period in periods.values()
        )
    )
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "Round"], came
