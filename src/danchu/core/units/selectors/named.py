"""Units as they are on one day with their parents, in statements that are kept."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery, Value

from danchu.core.prepared import Prepared

from ..models import Placement, Unit, UnitState
from .validity import in_force


class NamedUnit(NamedTuple):
    """A row of the statement: a state that holds the day, its unit and its parent's names.

    ``parent_name`` None with a ``parent_id``: the parent ended and the unit was not moved yet.
    """

    state_id: int
    unit_id: int
    public_id: uuid.UUID
    level: str
    code: str
    name: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str
    is_demo: bool
    path: str | None  # asked for by code only
    parent_id: int | None
    parent_name: str | None = None
    parent_code: str | None = None


def named_units(
    by: Literal["unit_id", "code", "parent_id"], values: Sequence[Any], day: dt.date
) -> list[NamedUnit]:
    """The units in force on ``day`` with these ids, these codes, or directly below these.

    Those below a unit come in the order of their names. Two statements, one where the parents
    are among the units; nothing asked, none.
    """
    return _with_parents(_ASKED[by].rows(values, day), day)


def holders(code: str, day: dt.date) -> list[NamedUnit]:
    """The units that hold a code on ``day``, their parents not named yet; one statement."""
    return [NamedUnit(*row) for row in _ASKED["code"].rows([code], day)]


def holders_below_named(code: str, day: dt.date) -> list[NamedUnit]:
    """The same with their parents named in that one statement.

    It takes longer than the two of :func:`named_units`: for a page that asks much beside it.
    """
    return [NamedUnit._make(row) for row in _WITH_PARENT.rows([code], day)]


def with_above(unit: NamedUnit, day: dt.date) -> list[NamedUnit]:
    """A unit of :func:`holders` and those above it, from the root down; one statement."""
    ids = [int(part) for part in (unit.path or "").split("/") if part]
    rows = {row[_ID]: row for row in _ASKED["unit_id"].rows(ids[:-1], day)}
    rows[unit.unit_id] = unit[: _PARENT + 1]
    return _with_parents([rows[id] for id in (ids or [unit.unit_id]) if id in rows], day)


def _with_parents(rows: Sequence[tuple[Any, ...]], day: dt.date) -> list[NamedUnit]:
    names = {row[_ID]: (row[_NAME], row[_CODE]) for row in rows}
    above = {row[_PARENT] for row in rows if row[_PARENT] is not None} - names.keys()
    names |= names_on(sorted(above), day)
    return [NamedUnit._make((*row, *names.get(row[_PARENT], (None, None)))) for row in rows]


def names_on(ids: Sequence[int], day: dt.date) -> dict[int, tuple[str, str]]:
    """id -> (name, code) of those units that are in force on ``day``; one statement."""
    return {unit_id: (name, code) for unit_id, name, code in _NAMES.rows(ids, day)}


def names_ever_borne() -> frozenset[str]:
    """The names of all units at any time, without their kind, in lower case: "lê lợi"."""
    rows = UnitState.objects.order_by().values_list("name", "kind").distinct()
    return frozenset(name.lower().removeprefix(f"{kind} ".lower()) for name, kind in rows)


def _named(
    by: str, values: Sequence[Any], day: dt.date, *more: Subquery
) -> QuerySet[UnitState, Any]:
    places = Placement.objects.filter(in_force(day), tree=Placement.Tree.STATE)
    rows = UnitState.objects.filter(in_force(day))
    if by == "parent_id":
        below = places.filter(parent_id__in=values).values("unit_id")
        rows = rows.filter(unit_id__in=below).order_by("sort_key", "code")
    else:
        rows = rows.filter(**{f"{by}__in": values})
    place = places.filter(unit_id=OuterRef("unit_id"))
    path: Any = Subquery(place.values("path")[:1]) if by == "code" else Value("")
    named = rows.annotate(path=path, above_id=Subquery(place.values("parent_id")[:1]))
    return named.values_list(*(_COLUMNS_OF_ONE if by == "code" else _COLUMNS), *more)


def _of_one(column: str) -> str | Subquery:
    """A code has one holder, seldom two: to weigh a join takes longer than to ask each column."""
    unit = Unit.objects.filter(pk=OuterRef("unit"))
    _, of_unit, name = column.partition("unit__")
    return Subquery(unit.values(name)[:1]) if of_unit else column


def _with_parent(codes: Sequence[str], day: dt.date) -> QuerySet[UnitState, Any]:
    # From the place on, not by the id of a list within a list: for that SQLite reads every state.
    above = Placement.objects.filter(
        in_force(day),
        in_force(day, "parent__states__"),
        tree=Placement.Tree.STATE,
        unit_id=OuterRef("unit_id"),
    )
    return _named(
        "code",
        codes,
        day,
        Subquery(above.values("parent__states__name")[:1]),
        Subquery(above.values("parent__states__code")[:1]),
    )


def _names(ids: Sequence[int], day: dt.date) -> QuerySet[UnitState, Any]:
    return UnitState.objects.filter(in_force(day), unit_id__in=ids).values_list(
        "unit_id", "name", "code"
    )


_COLUMNS = (
    "id",
    "unit_id",
    "unit__public_id",
    "unit__level",
    "code",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "known_from",
    "basis",
    "unit__is_demo",
    "path",
    "above_id",
)
_COLUMNS_OF_ONE = tuple(map(_of_one, _COLUMNS))
_ID, _CODE, _NAME, _PARENT = 1, 4, 5, 13  # of them
_ASKED = {by: Prepared(partial(_named, by)) for by in ("unit_id", "code", "parent_id")}
_NAMES = Prepared(_names)
_WITH_PARENT = Prepared(_with_parent)
