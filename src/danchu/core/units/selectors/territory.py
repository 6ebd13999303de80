"""The territory of units over time: what they were made of, and who shares it with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Q

from ..models import Lineage, Placement, Unit, UnitState
from .validity import holds

MOST_UNITS = 1500  # a group that reaches further is not followed
_OVER_COMMUNES = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


class Link(NamedTuple):
    """One line of lineage. ``share``: the exact share that went over; None where unknown."""

    predecessor: int
    successor: int
    share: Fraction | None
    on: dt.date
    basis: str


class NamedState(NamedTuple):
    """What a unit was called from one day to another."""

    unit_id: int
    level: str
    code: str
    name: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None


@dataclass(frozen=True, slots=True)
class Territory:
    """Units of one day with everything they were made of.

    ``links`` leave from every unit whose territory may have come to ``members``; ``states``
    tell each unit that stands in a link or in ``members``. ``whole`` is False for a group
    that was not followed to its end because it reaches too far.
    """

    members: frozenset[int]
    links: tuple[Link, ...]
    states: dict[int, tuple[NamedState, ...]]
    whole: bool = True

    def last_day(self, unit_id: int) -> dt.date | None:
        """The unit's last day; None for one that goes on or is not known."""
        ends = [state.valid_to for state in self.states.get(unit_id, ())]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def state_on(self, unit_id: int, day: dt.date) -> NamedState | None:
        """What the unit was on that day; None where it was not."""
        return next((s for s in self.states.get(unit_id, ()) if holds(s, day)), None)

    def latest(self, unit_id: int) -> NamedState:
        """What the unit is, or was last."""
        return self.states[unit_id][-1]


def territory_of(unit_ids: Collection[int], on: dt.date) -> Territory:
    """The units of that day with all they were made of, in a query for each change and two more."""
    members = frozenset(unit_ids)
    return _with_states(members, _links_into(members, on), whole=True)


def shared_territory(unit_ids: Collection[int], on: dt.date) -> Territory:
    """The smallest group of units of that day that shares no predecessor with units outside.

    It holds ``unit_ids``; what it was made of is, taken together, the same territory before
    and after every change. A unit that ended stands for the units that received any of it.
    """
    known: dict[tuple[int, int, dt.date], Link] = {}
    reached: set[int] = set()
    frontier = set(unit_ids)
    while frontier and len(reached) <= MOST_UNITS:
        reached |= frontier
        touching = Q(predecessor__in=frontier) | Q(successor__in=frontier)
        found = list(_read(Lineage.objects.filter(touching, on__lte=on).values_list(*_COLUMNS)))
        known |= {(link.predecessor, link.successor, link.on): link for link in found}
        frontier = {unit for link in found for unit in link[:2]} - reached
    links = tuple(sorted(known.values(), key=lambda link: (link.on, link[:2])))
    gone = {unit for unit in reached if _moved_on(unit, links)}
    return _with_states(frozenset(reached - gone), links, whole=not frontier)


class Placed(NamedTuple):
    """Where a commune stood from one day to another: the ids of all units above it."""

    unit_id: int
    above: frozenset[int]
    valid_from: dt.date | None
    valid_to: dt.date | None


def communes_ever_below(unit_ids: Collection[int]) -> list[Placed]:
    """Every place of every commune that ever stood below one of these units; two queries."""
    state = Placement.objects.filter(tree=Placement.Tree.STATE)
    under = Q(pk__in=())
    for path in set(state.filter(unit_id__in=unit_ids).values_list("path", flat=True)):
        under |= Q(path__gt=path, path__lt=path[:-1] + "0")  # "0" follows "/"
    communes = state.filter(under, unit__level=Unit.Level.COMMUNE)
    rows = state.filter(unit_id__in=communes.values("unit_id"))
    return [
        Placed(unit, frozenset(int(part) for part in path.split("/") if part), first, last)
        for unit, path, first, last in rows.values_list("unit_id", "path", "valid_from", "valid_to")
    ]


def moved(
    places: Iterable[Placed],
    before: Collection[int],
    then: dt.date,
    now: Collection[int],
    on: dt.date,
) -> set[int]:
    """Communes that stood below ``before`` on the day ``then`` and not below ``now`` on ``on``.

    Or the other way round. Only those that went on from one day to the other: what became of
    the others is told by their lineage.
    """
    stood: dict[int, bool] = {}
    stands: dict[int, bool] = {}
    for place in places:
        if holds(place, then):
            stood[place.unit_id] = not place.above.isdisjoint(before)
        if holds(place, on):
            stands[place.unit_id] = not place.above.isdisjoint(now)
    return {unit for unit in stood.keys() & stands.keys() if stood[unit] != stands[unit]}


def over_communes(level: str) -> bool:
    """Whether a unit of this level is made of communes, so that a commune may move away."""
    return level in _OVER_COMMUNES


_COLUMNS = (
    "predecessor_id",
    "successor_id",
    "part",
    "share_numerator",
    "share_denominator",
    "on",
    "basis",
)


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[Link]:
    for predecessor, successor, part, top, base, on, basis in rows:
        share: Fraction | None = None
        if part == Lineage.Part.WHOLE:
            share = Fraction(1)
        elif top is not None and base:
            share = Fraction(top, base)
        yield Link(predecessor, successor, share, on, basis)


def _links_into(members: Collection[int], on: dt.date) -> tuple[Link, ...]:
    reached: set[int] = set()
    frontier = set(members)
    while frontier:
        reached |= frontier
        rows = Lineage.objects.filter(successor__in=frontier, on__lte=on)
        frontier = set(rows.values_list("predecessor_id", flat=True)) - reached
    rows = Lineage.objects.filter(predecessor__in=reached, on__lte=on).order_by("on", "pk")
    return tuple(_read(rows.values_list(*_COLUMNS)))


def _moved_on(unit: int, links: Iterable[Link]) -> bool:
    """Whether the unit's last change left it no more: nothing of it went to itself."""
    mine = [link for link in links if link.predecessor == unit]
    last = max((link.on for link in mine), default=None)
    return last is not None and all(link.successor != unit for link in mine if link.on == last)


def _with_states(members: frozenset[int], links: tuple[Link, ...], *, whole: bool) -> Territory:
    units = sorted(members | {unit for link in links for unit in link[:2]})
    rows = (
        UnitState.objects.filter(unit_id__in=units)
        .values_list(
            "unit_id", "unit__level", "code", "name", "valid_from", "valid_to", "known_from"
        )
    )  # fmt: skip
    states: dict[int, list[NamedState]] = {}
    for row in rows:
        states.setdefault(row[0], []).append(NamedState(*row))
    return Territory(
        members,
        links,
        {
            unit: tuple(sorted(found, key=lambda state: state.valid_from or dt.date.min))
            for unit, found in states.items()
        },
        whole,
    )
