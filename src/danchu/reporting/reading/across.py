"""What public reports state of several units and periods, and what of it is held back together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from danchu.core.units.models import Placement
from danchu.reporting.figures.across import Across, Days, Place
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.structure import LOWER
from danchu.reporting.figures.withholding import NOT_OPEN

from .models import Decision, ReadFigure
from .stated import LATER_STANDS

_MOST_RANGES = 20  # of units asked for; of more, all that is stated is read
Stood = tuple[int, int | None, str, dt.date | None, dt.date | None]  # unit, parent, path, from, to


def held_across(unit_ids: Collection[int]) -> dict[Place, dict[str, str]]:
    """Unit and days of a period -> indicator -> why it is held back, by all that is stated.

    Of these units and of all below them, over all periods: a sum is held back where it and its
    parts would tell a small count. No texts are read, and no viewer is asked: everybody can do
    this sum. Three statements at most, where anything is stated.
    """
    stated: dict[Place, dict[str, int]] = defaultdict(dict)
    for unit, start, end, key, amount in _stated(unit_ids) if unit_ids else ():
        if amount is not None:
            stated[unit, Days(start, end)][key] = amount
    if not stated:
        return {}
    tree = _Tree({unit for unit, _days in stated})
    across = Across(definitions(), stated, tree.above, tree.below)
    asked = set(unit_ids)
    return {
        (unit, days): held
        for unit, days in stated
        if unit in asked and (held := across.held(unit, days))
    }


def units_told_with(unit_id: int) -> list[int]:
    """The unit and all it ever stood below: what it states may have their sums held back."""
    places = Placement.objects.filter(tree=Placement.Tree.STATE, unit_id=unit_id)
    paths = places.values_list("path", flat=True)
    return sorted({unit_id, *(int(one) for path in paths for one in path.split("/") if one)})


def _stated(unit_ids: Collection[int]) -> QuerySet[ReadFigure, Any]:
    """What public reports state of these units and those below, a later one after an earlier."""
    rows = ReadFigure.objects.filter(
        document__record__kind="reading",
        document__record__state="recorded",
        document__record__visibility="public",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        decided_scope="",
        decided_key__in=_keys(),
        period__isnull=False,
    )
    if len(unit_ids) <= _MOST_RANGES:
        places = Placement.objects.filter(tree=Placement.Tree.STATE, unit_id__in=unit_ids)
        below = Q(document__record__unit_id__in=list(unit_ids))
        for path in set(places.values_list("path", flat=True)):
            inside = Placement.objects.filter(
                tree=Placement.Tree.STATE, path__gt=path, path__lt=f"{path[:-1]}0"
            )
            below |= Q(document__record__unit_id__in=inside.values("unit_id"))
        rows = rows.filter(below)
    return rows.order_by(*LATER_STANDS).values_list(
        "document__record__unit_id",
        "period__start",
        "period__end",
        "decided_key",
        "decided_amount",
    )


def _keys() -> list[str]:
    return _held_with(tuple(definitions().values()))


@lru_cache(maxsize=4)
def _held_with(meanings: tuple[Definition, ...]) -> list[str]:
    """The indicators that may be held back: sensitive ones, their wholes and the parts beside."""
    sensitive = {one.key for one in meanings if one.sensitive}
    wholes = {one.part_of for one in meanings if one.key in sensitive} - {""}
    beside = {one.key for one in meanings if one.part_of in wholes | sensitive}
    return sorted((sensitive | wholes | beside) - NOT_OPEN)


class _Tree:
    """Who stood below whom: of the units that stated something, and what stood beside them."""

    def __init__(self, units: Collection[int]) -> None:
        self._several = len(units) > 1
        self._places = _by_unit(self._stood(Q(unit_id__in=units))) if self._several else {}
        self._beside: Mapping[int, list[Stood]] | None = None

    @staticmethod
    def _stood(which: Q) -> Iterable[Stood]:
        return (
            Placement.objects.filter(which, tree=Placement.Tree.STATE)
            .order_by(F("valid_from").asc(nulls_first=True))
            .values_list("unit_id", "parent_id", "path", "valid_from", "valid_to")
        )

    def above(self, unit: int, days: Days) -> list[int]:
        """The units above, the nearest first, by the place the unit had last in the period."""
        last = _last(self._places.get(unit, ()), days)
        return [int(one) for one in last[2].split("/") if one][-2::-1] if last else []

    def below(self, unit: int, days: Days) -> list[int]:
        """All divisions whose last place in the period was directly below the unit."""
        if self._beside is None:
            uppers = {
                int(one)
                for places in self._places.values()
                for place in places
                for one in place[2].split("/")
                if one
            }
            ever = Placement.objects.filter(tree=Placement.Tree.STATE, parent_id__in=uppers)
            which = Q(unit_id__in=ever.exclude(unit__level__in=LOWER).values("unit_id"))
            self._beside = _by_unit(self._stood(which))
        found = ((one, _last(places, days)) for one, places in self._beside.items())
        return [one for one, last in found if last is not None and last[1] == unit]


def _by_unit(rows: Iterable[Stood]) -> dict[int, list[Stood]]:
    found: dict[int, list[Stood]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return dict(found)


def _last(places: Iterable[Stood], days: Days) -> Stood | None:
    there = [
        place
        for place in places
        if (place[3] is None or place[3] <= days.end)
        and (place[4] is None or place[4] >= days.start)
    ]
    return there[-1] if there else None
