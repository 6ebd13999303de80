"""Which unit stands below which in a period.

A unit belongs, for a whole period, to the parent it had last in it; so a commune that moved
from a district to a province on 1 July 2025 is counted once. A unit that ended inside the
period keeps the parent of its last day: facts stay on the unit that reported them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from danchu.core.calendar.models import Period
from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit
from danchu.core.units.selectors.validity import in_force, in_force_within

# Units that answer through a commune or an office of a province.
LOWER = (
    Unit.Level.VILLAGE,
    Unit.Level.AGENCY,
    Unit.Level.STATE_ENTERPRISE,
    Unit.Level.WORKPLACE,
    Unit.Level.COMMITTEE,
)


def standing_below(period: Period, parents: Collection[int] | None = None, of: str = "") -> Q:
    """Places in the State tree within the period, below these units or anywhere.

    ``of`` is the way from the model that is filtered to its placements.
    """
    here = in_force_within(period.start, period.end, of) & Q(**{f"{of}tree": Placement.Tree.STATE})
    return here if parents is None else here & Q(**{f"{of}parent_id__in": parents})


def odd_below(period: Period, parents: Collection[int]) -> set[int]:
    """Lower units below these that had several places in the period or have units below."""
    return {unit for unit, _ in _ODD_BELOW.rows(sorted(parents), period.start, period.end)}


def with_odd_below(period: Period, parents: Collection[int]) -> set[int]:
    """Those of the units below which such a lower unit stood on any day of the period."""
    return {parent for _, parent in _ODD_BELOW.rows(sorted(parents), period.start, period.end)}


def _odd_below(parents: Collection[int], start: dt.date, end: dt.date) -> QuerySet[Placement, Any]:
    period = Period(start=start, end=end)
    places = Placement.objects.filter(standing_below(period))
    # Who stands at one place all the time stands at no other: that need not be looked for.
    # Told true or false, never unknown: PostgreSQL would look for the others all the same.
    came = Q(valid_from__isnull=False, valid_from__gt=start)
    left = Q(valid_to__isnull=False, valid_to__lt=end)
    return (
        Placement.objects.filter(standing_below(period, parents), unit__level__in=LOWER)
        .filter(
            (came | left) & Exists(places.filter(unit=OuterRef("unit")).exclude(pk=OuterRef("pk")))
            | Exists(places.filter(parent=OuterRef("unit")))
        )
        .values_list("unit_id", "parent_id")
    )


_ODD_BELOW = Prepared(_odd_below)


def has_lower(unit_ids: Collection[int]) -> bool:
    """Whether one of these answers through a commune or an office of a province."""
    return bool(set(levels(unit_ids).values()) & set(LOWER))


class Place(NamedTuple):
    """A unit's place in the State tree; ``valid_to``: its last day, None while it stands."""

    unit_id: int
    parent_id: int | None
    valid_to: dt.date | None


def last_placements(period: Period, unit_ids: Iterable[int]) -> dict[int, Place]:
    """unit -> its last place in the State tree within the period."""
    return {place.unit_id: place for place in _places(period, unit_ids)}


def parents_of(period: Period, unit_ids: Iterable[int]) -> dict[int, list[int | None]]:
    """unit -> its parents within the period, the last at the end."""
    found: dict[int, list[int | None]] = defaultdict(list)
    for place in _places(period, unit_ids):
        found[place.unit_id].append(place.parent_id)
    return found


def _places(period: Period, unit_ids: Iterable[int]) -> Iterable[Place]:
    """The places of these units within the period, the last one of each at the end."""
    whole = list(unit_ids)
    rows = _PLACES.rows(as_list(whole), period.start, period.end) if whole else ()
    return map(Place._make, rows)


_PLACES = Prepared(
    lambda units, start, end: (
        Placement.objects.filter(
            Listed("unit_id", units), standing_below(Period(start=start, end=end))
        )
        .order_by(F("valid_from").asc(nulls_first=True))
        .values_list("unit_id", "parent_id", "valid_to")
    )
)


def children(period: Period, unit_id: int) -> list[int]:
    """Units whose last parent in the period is this one."""
    return children_of(period, [unit_id])[unit_id]


def children_of(
    period: Period, unit_ids: Collection[int], *, without_lower: bool = False
) -> dict[int, list[int]]:
    """unit -> the units whose last parent in the period it is, in one query for all.

    ``without_lower``: villages, offices and workplaces are left out.
    """
    last = {
        unit_id: parents[-1]
        for unit_id, parents in ever_children(period, unit_ids, without_lower=without_lower).items()
    }
    return by_parent(last, unit_ids)


def by_parent(parents: Mapping[int, int | None], wanted: Collection[int]) -> dict[int, list[int]]:
    """unit -> those whose parent it is, in order, for each of the units wanted."""
    found: dict[int, list[int]] = {unit_id: [] for unit_id in wanted}
    for unit_id, parent in sorted(parents.items()):
        if parent in found:
            found[parent].append(unit_id)
    return found


def ever_children(
    period: Period, unit_ids: Collection[int], *, without_lower: bool = False
) -> dict[int, list[int | None]]:
    """unit -> its parents within the period, the last at the end; of all that ever stood below
    one of these in it."""
    children = _UPPER_CHILDREN if without_lower else _CHILDREN
    found: dict[int, list[int | None]] = defaultdict(list)
    for unit_id, parent in children.rows(sorted(unit_ids), period.start, period.end):
        found[unit_id].append(parent)
    return found


def moved(parents: Mapping[int, Sequence[int | None]]) -> dict[int, Sequence[int | None]]:
    """Those of the units that had more than one parent."""
    return {unit_id: some for unit_id, some in parents.items() if len(set(some)) > 1}


def _children(unit_ids: Collection[int], start: dt.date, end: dt.date) -> QuerySet[Placement, Any]:
    period = Period(start=start, end=end)
    places = Placement.objects.filter(
        standing_below(period), unit__in=ever_below(period, unit_ids)
    ).order_by(F("valid_from").asc(nulls_first=True))
    return places.values_list("unit_id", "parent_id")


_CHILDREN = Prepared(_children)
_UPPER_CHILDREN = Prepared(lambda *asked: _children(*asked).exclude(unit__level__in=LOWER))


def ever_below(period: Period, unit_ids: Collection[int]) -> QuerySet[Placement, Any]:
    """The units that stood directly below one of these on any day of the period."""
    return Placement.objects.filter(standing_below(period, unit_ids)).values("unit_id")


def ancestors(
    period: Period, unit_ids: Iterable[int], former: set[int] | None = None
) -> dict[int, list[int]]:
    """unit -> its ancestors in the period, nearest first.

    ``former``: takes the parents that one of them had within the period and left.
    """
    wanted = set(unit_ids)
    parents: dict[int, int | None] = {}
    frontier = set(wanted)
    while frontier:
        places = parents_of(period, frontier)
        for uid in frontier:
            some = places.get(uid, [None])
            parents[uid] = some[-1]
            if former is not None:
                former |= {p for p in some if p is not None and p != some[-1]}
        frontier = {p for uid in frontier if (p := parents[uid]) is not None} - set(parents)
    chains: dict[int, list[int]] = {}
    for uid in wanted:
        chain: list[int] = []
        parent = parents.get(uid)
        while parent is not None:
            chain.append(parent)
            parent = parents.get(parent)
        chains[uid] = chain
    return chains


def provinces(
    chains: Mapping[int, Sequence[int]], levels: Mapping[int, str]
) -> dict[int, int | None]:
    """unit -> the province it stands in (itself when it is one), or None above provinces."""
    found: dict[int, int | None] = {}
    for uid, chain in chains.items():
        line = [uid, *chain]
        for position, member in enumerate(line):
            if member not in found:
                above = (m for m in line[position:] if levels[m] == Unit.Level.PROVINCE)
                found[member] = next(above, None)
    return found


def levels(unit_ids: Collection[int]) -> dict[int, str]:
    """unit -> its level, which never changes."""
    return dict(_LEVELS.rows(as_list(unit_ids))) if unit_ids else {}


_LEVELS = Prepared(
    lambda units: Unit.objects.filter(Listed("id", units)).values_list("pk", "level")
)


def communes_by_child(period: Period, unit_id: int) -> dict[int, int]:
    """child -> how many communes it holds (one when it is one itself), for those that hold any.

    On the period's last day; for a unit that ended before, on its own last day.
    """
    place = last_placements(period, [unit_id]).get(unit_id)
    if place is None:
        return {}
    on = min(period.end, place.valid_to) if place.valid_to else period.end
    found: dict[int, int] = Counter()
    through: dict[int, int | None] = {unit_id: None}  # unit -> the child it stands below
    while through:
        asked = sorted(through)
        deeper: set[int] = set()
        for parent, level, number in _LEVELS_BELOW.rows(asked, on):
            child = through[parent]
            if level in LOWER:
                continue
            if level != Unit.Level.COMMUNE:
                deeper.add(parent)
            elif child is not None:
                found[child] += number
            else:
                found |= dict.fromkeys((below for below, _ in _COMMUNES.rows([parent], on)), 1)
        divisions = _DIVISIONS.rows(sorted(deeper), on)
        through = {below: through[parent] or below for below, parent in divisions}
    return found


def _standing_on(parents: Collection[int], on: dt.date) -> QuerySet[Placement, Any]:
    return Placement.objects.filter(in_force(on), tree=Placement.Tree.STATE, parent_id__in=parents)


# Down the tree step by step: the whole range of a nation holds sixty villages for each commune.
# Communes are counted by the database, for below a nation there are some thousand.
_LEVELS_BELOW = Prepared(
    lambda parents, on: (
        _standing_on(parents, on)
        .values("parent_id", "unit__level")
        .annotate(number=Count("pk"))
        .values_list("parent_id", "unit__level", "number")
    )
)
_COMMUNES = Prepared(
    lambda parents, on: (
        _standing_on(parents, on)
        .filter(unit__level=Unit.Level.COMMUNE)
        .values_list("unit_id", "parent_id")
    )
)
_DIVISIONS = Prepared(
    lambda parents, on: (
        _standing_on(parents, on)
        .exclude(unit__level__in=(*LOWER, Unit.Level.COMMUNE))
        .values_list("unit_id", "parent_id")
    )
)
