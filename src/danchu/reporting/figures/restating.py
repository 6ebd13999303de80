"""Values of former units brought to other units: pure arithmetic (R10, DESIGN decision 1).

How much of a former unit lies within a group of units is an interval of exact fractions: a
part whose share nobody knows is somewhere between nothing and all, and what is split among
units that all belong to the group is whole again. A value follows its unit: whole it is
added, a known share gives an exact fraction of it that is marked estimated, an unknown share
a range. Nothing is apportioned by guess.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Protocol

from .dictionary import Definition

_NONE, _ALL = Fraction(0), Fraction(1)


class Way(Protocol):
    """A line of lineage; ``share`` None where it is not known, 1 for a whole unit."""

    @property
    def predecessor(self) -> int: ...
    @property
    def successor(self) -> int: ...
    @property
    def share(self) -> Fraction | None: ...
    @property
    def on(self) -> dt.date: ...


class Share(NamedTuple):
    """How much of a unit lies within a group: at least ``low``, at most ``high``."""

    low: Fraction
    high: Fraction

    @property
    def known(self) -> bool:
        """Whether it is one fraction."""
        return self.low == self.high

    @property
    def whole(self) -> bool:
        """Whether all of it lies within."""
        return self.low == _ALL

    @property
    def nothing(self) -> bool:
        """Whether none of it can lie within."""
        return self.high == _NONE


class Ways:
    """Lineage up to a day, to be asked how much of a unit came to a group of units."""

    def __init__(self, links: Iterable[Way]) -> None:
        self._onward: dict[int, list[Way]] = defaultdict(list)
        self._back: dict[int, list[Way]] = defaultdict(list)
        for link in links:
            self._onward[link.predecessor].append(link)
            self._back[link.successor].append(link)

    def share(self, unit: int, when: dt.date, members: Collection[int]) -> Share:
        """How much of the unit, as it was on the day ``when``, lies within ``members``."""
        due = [link for link in self._onward[unit] if link.on > when]
        if not due:
            return Share(_ALL, _ALL) if unit in members else Share(_NONE, _NONE)
        change = min(link.on for link in due)
        low = high = given = _NONE
        unknown: list[Share] = []
        for link in due:
            if link.on != change:
                continue
            onward = self.share(link.successor, change, members)
            if link.share is None:
                unknown.append(onward)
                continue
            given += link.share
            low += link.share * onward.low
            high += link.share * onward.high
        rest = max(_ALL - given, _NONE)
        if unknown and rest:
            low += rest * min(share.low for share in unknown)
            high += rest * max(share.high for share in unknown)
        return Share(min(low, _ALL), min(high, _ALL))

    def behind(self, members: Iterable[int]) -> set[int]:
        """The members and every unit of which something may have come to them."""
        found: set[int] = set()
        frontier = set(members)
        while frontier:
            found |= frontier
            frontier = {link.predecessor for unit in frontier for link in self._back[unit]} - found
        return found

    def origins(self, members: Iterable[int]) -> set[int]:
        """Those among the members and the units behind them that were made of no other unit."""
        return {
            unit
            for unit in self.behind(members)
            if all(link.predecessor == unit for link in self._back[unit])
        }

    def changed(self, members: Collection[int], after: dt.date, until: dt.date) -> bool:
        """Whether a change touched these units after one day and until another."""
        return any(
            after < link.on <= until
            for unit in members
            for link in (*self._onward[unit], *self._back[unit])
        )


class Given(NamedTuple):
    """What a unit gave for a period. A rate has its two numbers where both are known."""

    amount: int | None
    numerator: int | None = None
    denominator: int | None = None
    n_given: int = 1  # how many units it stands on
    n_expected: int = 1
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of that day, how much of it counts, and what it gave; None: nothing that is known.

    ``ended``: it was no more at the end of the period and counts with what it gave before.
    """

    unit_id: int
    share: Share
    given: Given | None
    ended: bool = False


class Standing(StrEnum):
    """How far a restated value can be relied on."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    RANGE = "range"
    NOT_COMPARABLE = "not_comparable"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Reason(StrEnum):
    """Why a value cannot be compared."""

    TERRITORY = "territory"  # another territory
    ORIGIN = "origin"  # nobody knows what the unit was made of
    MOVED = "moved"  # units moved in or out
    KIND = "kind"  # values of this kind are neither added nor divided
    NUMBERS = "numbers"  # a rate without its two numbers
    OVER = "over"  # two numbers that do not make a share
    INSIDE = "inside"  # the map changed inside the period


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period in one reading, in the indicator's smallest unit.

    ``low`` and ``high`` are equal but for a range; None where there is no value. A rate is
    ``numerator`` over ``denominator`` instead. ``complete``: every unit gave its value.
    """

    standing: Standing
    low: Fraction | None
    high: Fraction | None
    numerator: int | None
    denominator: int | None
    n: int
    of: int
    complete: bool
    parts: tuple[Part, ...]
    reason: Reason | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is something to print."""
        return self.low is not None or self.numerator is not None


class Kind(StrEnum):
    """What may be done with values of an indicator over units."""

    ADDED = "added"  # counts and sums: added, and divided where the share is known
    SHARE = "share"  # Σ numerators over Σ denominators
    ALONE = "alone"  # stands for its own unit only


def kind_of(meaning: Definition) -> Kind:
    """The rule the dictionary's operators give over units."""
    if meaning.numerator and meaning.denominator:
        return Kind.SHARE
    added = meaning.unit_operator == "sum" and meaning.nature in ("flow", "stock")
    return Kind.ADDED if added else Kind.ALONE


def counted(meaning: Definition, parts: Iterable[Part]) -> list[Part]:
    """The parts that count for a period, by the indicator's operator over time.

    What ended inside the period counts on top of what stood at its end, and only with what it
    gave: an event stays with the unit that had it. Of what is read on a last day it does not.
    """
    found = [part for part in parts if not part.share.nothing]
    if meaning.time_operator == "last" and kind_of(meaning) != Kind.SHARE:
        return [part for part in found if not part.ended]
    return [part for part in found if not part.ended or part.given is not None]


def restate(meaning: Definition, parts: Sequence[Part], *, same_territory: bool = False) -> Point:
    """One value from the parts that :func:`counted` left.

    ``same_territory``: only where every part lies within whole.
    """
    kind = kind_of(meaning)
    if kind == Kind.SHARE:
        point = _share(parts)
    elif kind == Kind.ADDED:
        point = _added(parts)
    else:
        point = _alone(parts, inside=any(part.ended for part in parts))
    if same_territory and any(not part.share.whole for part in parts):
        return without_value(parts, Reason.TERRITORY)
    return point


def without_value(parts: Sequence[Part], reason: Reason) -> Point:
    """A point that says why there is no value to compare."""
    return Point(Standing.NOT_COMPARABLE, None, None, None, None, *_n(parts), tuple(parts), reason)


def _n(parts: Sequence[Part]) -> tuple[int, int, bool]:
    n = sum(part.given.n_given for part in parts if part.given is not None)
    of = sum(part.given.n_expected if part.given is not None else 1 for part in parts)
    return n, of, all(part.given is not None for part in parts) and n >= of


def _point(
    parts: Sequence[Part],
    standing: Standing,
    low: Fraction | None = None,
    high: Fraction | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
) -> Point:
    return Point(standing, low, high, numerator, denominator, *_n(parts), tuple(parts))


def _empty(parts: Sequence[Part]) -> Point:
    """Nothing was given, or only that the question does not apply."""
    told = [part.given for part in parts if part.given is not None]
    if told and all(given.not_applicable for given in told):
        return _point(parts, Standing.NOT_APPLICABLE)
    return _point(parts, Standing.MISSING)


def _added(parts: Sequence[Part]) -> Point:
    low = high = _NONE
    known = False
    standing = Standing.EXACT
    for part in parts:
        if part.given is None or part.given.amount is None:
            continue
        known = True
        amount = part.given.amount
        if amount == 0:
            continue  # a share of nothing is nothing, whatever it is
        if amount < 0 and not part.share.whole:
            return without_value(parts, Reason.KIND)
        low += amount * part.share.low
        high += amount * part.share.high
        if not part.share.known:
            standing = Standing.RANGE
        elif not part.share.whole and standing == Standing.EXACT:
            standing = Standing.ESTIMATED
    return _point(parts, standing, low, high) if known else _empty(parts)


def _share(parts: Sequence[Part]) -> Point:
    paired = [
        part if part.given is None or part.given.not_applicable or _has_both(part.given)
        else Part(part.unit_id, part.share, None, part.ended)
        for part in parts
    ]  # fmt: skip
    given = [part for part in paired if part.given is not None and _has_both(part.given)]
    if not given:
        alone = _alone(parts, inside=False)
        if alone.standing == Standing.NOT_COMPARABLE:
            return without_value(parts, Reason.NUMBERS)
        return alone
    if any(not part.share.whole for part in paired):
        return without_value(paired, Reason.TERRITORY)
    top = sum(part.given.numerator or 0 for part in given if part.given is not None)
    base = sum(part.given.denominator or 0 for part in given if part.given is not None)
    if not base:
        return _point(paired, Standing.MISSING)
    if not 0 <= top <= base:
        return without_value(paired, Reason.OVER)
    return _point(paired, Standing.EXACT, numerator=top, denominator=base)


def _has_both(given: Given) -> bool:
    return given.numerator is not None and given.denominator is not None


def _alone(parts: Sequence[Part], *, inside: bool) -> Point:
    told = [p for p in parts if p.given is not None and p.given.amount is not None]
    if not told:
        return _empty(parts)
    if len(parts) > 1:
        return without_value(parts, Reason.INSIDE if inside else Reason.KIND)
    only = told[0]
    if not only.share.whole:
        return without_value(parts, Reason.KIND)
    assert only.given is not None and only.given.amount is not None
    amount = Fraction(only.given.amount)
    return _point(parts, Standing.EXACT, amount, amount)


def best(candidates: Mapping[str, Point], own: str) -> str:
    """Which of several ways to cover the same territory is read: by communes, or by districts.

    Levels are never mixed, or a district and its communes would count twice. The level of the
    unit itself comes first; a level above only where it alone has a value, or where it alone
    has it whole and exact.
    """

    def order(level: str) -> tuple[bool, bool, bool, bool, str]:
        point = candidates[level]
        sure = point.complete and point.standing == Standing.EXACT
        told = point.n > 0
        return (not sure, not point.has_value, not told, level != own, level)

    return min(candidates, key=order)
