"""The duties of the units below: counts with the units behind them, in a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.reporting.duties.below import DutiesBelow, RuleBelow, duties_below
from tests.cast import TODAY
from tests.making import hold, receive

D = dt.date


def below(viewer: Any, code: str = "9A") -> DutiesBelow:
    return duties_below(viewer, code, D(2026, 1, 1), D(2026, 12, 31), TODAY)


def of(found: DutiesBelow, key: str) -> RuleBelow:
    return next(line for line in found.lines if line.rule.key == key)


def test_a_province_sees_which_of_its_units_did_what(cast):
    hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20))
    receive(cast.recorder_caumau, cast.caumau, on=D(2026, 5, 4))
    found = below(cast.committee_minhhoa)
    assert (found.units, found.hidden) == (5, 0)  # two communes, an agency, two enterprises
    held = of(found, "xa_dt_nam")
    tally = dict.fromkeys(("late", "advised", "flawed", "unknown", "idle"), 0)
    assert dict(held.tally) == {**tally, "open": 1, "done": 1}
    assert [unit.code for unit in held.standing("done")] == ["9A001"]
    assert [unit.code for unit in held.standing("open")] == ["9A002"]
    result = of(found, "xa_dt_72_kq")
    assert [unit.code for unit in result.standing("advised")] == ["9A001"]
    weekly = of(found, "tcd_xa_cu")
    assert [(unit.code, unit.counts.late) for unit in weekly.standing("late")] == [
        ("9A001", 2),
        ("9A002", 5),
    ]
    assert "Mẫu Trung" not in str(found)  # of another province
    # Cầu Mẫu held no dialogue: the rule binds it all the same, and the row adds up.
    assert [unit.code for unit in result.standing("idle")] == ["9A002"]
    for line in found.lines:
        assert sum(n for _standing, n in line.tally) == len(line.units)
        assert {unit.code for unit in line.units} <= {
            "9A001",
            "9A002",
            "9A.SNV",
            "9A.CN",
            "9A001.MAY",
        }
    assert len(held.units) == 2, "communes alone are bound by it"
    keys = [line.rule.key for line in found.lines]
    assert "cq_ck_01" not in keys, "what asks nothing of anybody yet is no line"


def test_who_may_not_read_the_unit_sees_nothing_of_those_below(cast):
    for viewer in (cast.recorder_benmau, cast.committee_maunguyen, cast.outsider, NOBODY):
        with pytest.raises(NotFound):
            below(viewer)
    own = below(cast.recorder_benmau, "9A001")
    assert own.units == 1  # its workplace; villages have no duties of their own
    with pytest.raises(NotFound):
        below(cast.recorder_caumau, "9A001")


def test_more_units_and_records_take_no_more_queries(cast):
    def asked() -> int:
        viewer = type(cast.committee_minhhoa).objects.get(pk=cast.committee_minhhoa.pk)
        with CaptureQueriesContext(connection) as found:
            below(viewer)
        return len(found)

    few = asked()
    for day in (4, 11, 18, 25):
        hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, day))
        hold(cast.recorder_caumau, cast.caumau, on=D(2026, 5, day))
        receive(
            cast.recorder_caumau, cast.caumau, on=D(2026, 5, day), form="periodic", receiver="head"
        )
    assert asked() == few <= 12
