"""Statements put together once give the rows the ORM gives, whatever the values."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.prepared import Prepared
from danchu.core.units.models import Unit, UnitState

DAY = dt.date(2026, 6, 10)


def _held(ids, code, day):
    return (
        UnitState.objects.filter(unit_id__in=ids, code__lte=code, valid_from__lte=day)
        .order_by("unit_id", "valid_from")
        .values_list("unit_id", "unit__public_id", "valid_from", "unit__is_demo")
    )


def test_the_rows_are_those_of_the_orm(cast) -> None:
    held = Prepared(_held)
    ids = sorted(cast.units.values())
    for some in (ids[:1], ids[:3], ids[:5], ids):
        for code, day in (("9A002", DAY), ("9Z", dt.date(2025, 7, 1)), ("9Z", dt.date(2000, 1, 1))):
            assert held.rows(some, code, day) == list(_held(some, code, day))
    assert held.rows(ids, "9Z", DAY)
    assert held.rows([], "9Z", DAY) == []


def test_a_statement_is_put_together_once_for_lengths_up_to_a_power_of_two(cast) -> None:
    calls = []

    def build(ids):
        calls.append(len(ids))
        return Unit.objects.filter(pk__in=ids).values_list("pk")

    ids = sorted(cast.units.values())
    prepared = Prepared(build)
    for length in (3, 4, 3, 5, 8, 7):
        assert sorted(prepared.rows(ids[:length])) == [(unit,) for unit in ids[:length]]
    assert calls == [4, 8]


def test_a_value_that_would_be_frozen_into_the_statement_is_refused(cast) -> None:
    day_of_building = Prepared(lambda day: Unit.objects.filter(pk__gt=day.year).values_list("pk"))
    with pytest.raises(RuntimeError):
        day_of_building.rows(DAY)
