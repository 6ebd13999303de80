"""The units directly below one in a period, by name; one question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit
from danchu.core.units.selectors.validity import in_force_within


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below as it was last in the period. ``path``: where it stood in the State's tree.

    ``ended_on``: its last day there, where that is before the period's last day.
    """

    unit_id: int
    level: str
    code: str
    name: str
    is_demo: bool
    path: str
    ended_on: dt.date | None


def units_directly_below(unit_id: int, span: PeriodSpan) -> list[Below]:
    """The units whose last place in the period was directly below, in the order of names."""
    last: dict[int, tuple[Any, ...]] = {}
    for row in _PLACES.rows(unit_id, span.start, span.end):
        last[row[0]] = row  # the later place and the later name replace the earlier
    found = [
        (order, Below(unit, level, code, name, is_demo, path, to if to and to < span.end else None))
        for unit, parent, path, to, level, is_demo, code, name, order in last.values()
        if parent == unit_id
    ]
    return [below for _order, below in sorted(found, key=lambda pair: (pair[0], pair[1].code))]


def _places(unit_id: int, start: dt.date, end: dt.date) -> QuerySet[Placement, Any]:
    there = Placement.objects.filter(
        in_force_within(start, end), tree=Placement.Tree.STATE, parent_id=unit_id
    )
    return (
        Placement.objects.filter(
            in_force_within(start, end),
            in_force_within(start, end, "unit__states__"),
            tree=Placement.Tree.STATE,
            unit__in=there.values("unit_id"),
        )
        .order_by(
            F("valid_from").asc(nulls_first=True),
            F("unit__states__valid_from").asc(nulls_first=True),
        )
        .values_list(
            "unit_id",
            "parent_id",
            "path",
            "valid_to",
            "unit__level",
            "unit__is_demo",
            "unit__states__code",
            "unit__states__name",
            "unit__states__sort_key",
        )
    )


_PLACES = Prepared(_places)
ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)
DIVISIONS = (Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE)
