"""The statement that finds a unit by its code, with the names of the unit above it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from danchu.core.errors import NotFound
from danchu.core.units.models import UnitState
from danchu.core.units.selectors import unit_named_on, unit_on
from danchu.core.units.selectors.named import holders_below_named
from danchu.core.units.selectors.validity import in_force
from tests.core.small_map import CHANGE, EVE, Map


def code(land: Map, name: str) -> str:
    return str(UnitState.objects.get(unit=land[name]).code)


def test_the_unit_above_is_named_as_it_is_on_that_day(land: Map) -> None:
    (unit,) = holders_below_named(code(land, "Bến Mẫu"), CHANGE)
    assert unit.parent_id == land["Minh Họa"].pk
    assert (unit.parent_name, unit.parent_code) == ("Minh Họa", code(land, "Minh Họa"))
    (top,) = holders_below_named(code(land, "nation"), CHANGE)
    assert (top.parent_name, top.parent_code) == (None, None)
    assert holders_below_named(code(land, "Bến Mẫu"), EVE) == []


def test_a_unit_above_that_ended_is_not_named(land: Map) -> None:
    UnitState.objects.filter(unit=land["Ví Dụ"]).update(valid_to=EVE)
    (unit,) = holders_below_named(code(land, "Chợ Mẫu"), CHANGE)
    assert unit.parent_id == land["Ví Dụ"].pk
    assert (unit.parent_name, unit.parent_code) == (None, None)


def test_no_table_is_read_from_end_to_end(land: Map) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever the statement")
    asked: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        holders_below_named(code(land, "Bến Mẫu"), CHANGE)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1][0], asked[-1][1])
        steps = [row[-1] for row in cursor.fetchall()]
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []


def test_one_statement_gives_what_two_give(land: Map) -> None:
    for name in ("Bến Mẫu", "Chợ Mẫu", "Minh Họa", "nation"):
        for day in (EVE, CHANGE):
            held = UnitState.objects.filter(in_force(day), unit=land[name])
            for one in held.values_list("code", flat=True):
                assert unit_named_on(one, day) == unit_on(one, day)
    UnitState.objects.filter(unit=land["Ví Dụ"]).update(valid_to=EVE)
    left_behind = code(land, "Chợ Mẫu")
    assert unit_named_on(left_behind, CHANGE) == unit_on(left_behind, CHANGE)
    with pytest.raises(NotFound):
        unit_named_on("99999", CHANGE)
