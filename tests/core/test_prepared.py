"""Statements put together once give the rows the ORM gives, whatever the values."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from danchu.core.ledger.models import EntrySalt
from danchu.core.outbox.models import Message
from danchu.core.prepared import Prepared, PreparedInsert
from danchu.core.units.models import Unit, UnitState
from danchu.reporting.figures.models import Cell

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


MESSAGES = PreparedInsert(Message, "topic unit_id day period_id created_at")
AT = dt.datetime(2026, 6, 10, 3, 4, 5, 678, tzinfo=dt.UTC)


def test_a_row_is_written_as_the_orm_writes_it(db: None) -> None:
    Message.objects.all().delete()
    given = {"topic": "here", "unit_id": 7, "day": DAY, "period_id": None}
    number = MESSAGES.write(*given.values(), AT)
    Message.objects.create(**given)  # created_at is the moment's
    rows = Message.objects.order_by("pk").values()
    first, second = [{k: v for k, v in row.items() if k != "id"} for row in rows]
    assert rows[0]["id"] == number and first.pop("created_at") == AT
    second.pop("created_at")
    assert first == second


@pytest.mark.parametrize("many", [0, 1, 2, 50])
def test_many_rows_are_written_like_one(db: None, many: int) -> None:
    Message.objects.all().delete()
    MESSAGES.write_all(("đ'ó\\", unit or None, DAY, 2**40, AT) for unit in range(many))
    found = Message.objects.order_by("pk").values_list(
        "topic", "unit_id", "day", "period_id", "created_at", "form", "attempts", "due_at"
    )
    assert list(found) == [
        ("đ'ó\\", unit or None, DAY, 2**40, AT, "", 0, None) for unit in range(many)
    ]


def test_a_row_that_stands_already_is_passed_over_only_where_that_was_asked(db: None) -> None:
    salts = PreparedInsert(EntrySalt, "number salt")
    keys = PreparedInsert(Unit, "public_id level", unless_there=True)
    salts.write(10**12, "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        salts.write(10**12, "b")
    assert EntrySalt.objects.get(pk=10**12).salt == "a"
    known = uuid.uuid4()
    first = keys.write(known, Unit.Level.VILLAGE)
    assert (first, keys.write(known, "commune")) == (Unit.objects.get(public_id=known).pk, None)
    assert Unit.objects.get(public_id=known).level == "village"


def test_a_row_that_stands_takes_the_new_values_where_that_was_asked(db: None) -> None:
    places = "unit_id period_id layer reach indicator_id dimension"
    cells = PreparedInsert(Cell, f"{places} province_id state amount", once=places)
    cells.write_all([(1, 2, "reported", "all", 7, "", None, "zero", 0)])
    kept = Cell.objects.get(unit_id=1, period_id=2)
    cells.write_all(
        [
            (1, 2, "reported", "all", 7, "", 9, "reported", 5),
            (1, 2, "reported", "own", 7, "", 9, "reported", 4),
        ]
    )
    found = Cell.objects.filter(unit_id=1, period_id=2).order_by("reach")
    assert list(found.values_list("reach", "province_id", "state", "amount")) == [
        ("all", 9, "reported", 5),
        ("own", 9, "reported", 4),
    ]
    assert found[0].pk == kept.pk
