"""What is held back of figures that several units and periods state side by side.

A small count is not had from its own table alone: the unit above less its other units gives it, and
the year less its other half, also by a longer way. Every sum that would is held back; the parts
stay readable. First each sum is held against the parts it is made of, as issued reports are
(``withholding.gives_away``); then whatever still follows from sums and differences of all that is
told (``subtracting``) has the largest of them held back, until nothing follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise, product
from typing import NamedTuple, TypeAlias

from .dictionary import Definition
from .periods_inside import rows_of_periods
from .subtracting import leads_to
from .withholding import HIDDEN_BESIDE, gives_away, withheld

Told: TypeAlias = tuple[int, str]  # an amount and why it is held back, "" where it is told
Reading: TypeAlias = tuple[Told, ...]

_MOST_WAYS = 512  # of reading the parts of one sum together


class Days(NamedTuple):
    """A period by its days, both inclusive: two names of the same days are one period."""

    start: dt.date
    end: dt.date

    def holds(self, other: Days) -> bool:
        """Whether ``other`` lies inside and is shorter."""
        return self != other and self.start <= other.start and other.end <= self.end


Place: TypeAlias = tuple[int, Days]  # a unit and a period
Piece: TypeAlias = tuple[int, object]  # a unit, or what is left of one, and a time
_DAY = dt.timedelta(days=1)


class Across:
    """The figures that anybody may read, and what is held back of them.

    ``amounts``: unit and period -> indicator -> amount in the smallest unit. ``above``: the units
    above a unit in a period, the nearest first. ``below``: all divisions directly below a unit in
    a period, whether they stated anything or not.
    """

    def __init__(
        self,
        meanings: Mapping[str, Definition],
        amounts: Mapping[Place, Mapping[str, int]],
        above: Callable[[int, Days], Sequence[int]],
        below: Callable[[int, Days], Collection[int]],
    ) -> None:
        self._meanings, self._amounts = meanings, amounts
        self._periods = sorted({days for _unit, days in amounts})
        self._held: dict[Place, dict[str, str]] = {}
        self._is_settled = False
        self._known: dict[tuple[int, Days, str], list[Reading]] = {}
        units = {unit for unit, _days in amounts}
        self._below: dict[Place, list[int]] = {}
        for days in self._periods:
            found: dict[int, set[int]] = {}
            for unit in units:
                line = [unit, *above(unit, days)]
                for lower, upper in pairwise(line):
                    found.setdefault(upper, set()).add(lower)
            self._below |= {(upper, days): sorted(lower) for upper, lower in found.items()}
        self._with_rest = {
            (unit, days)
            for (unit, days), known in self._below.items()
            if not (every := set(below(unit, days))) or every - set(known)
        }

    def held(self, unit: int, days: Days) -> dict[str, str]:
        """Indicator -> why its number of this unit and period is held back."""
        if not self._is_settled:
            self._settle()
        return self._held.get((unit, days), {})

    def _settle(self) -> None:
        """Hold back until no number that is held back follows from those told."""
        for place in self._amounts:
            self._by_its_parts(*place)
        self._is_settled = True
        keys = {key for amounts in self._amounts.values() for key in amounts}
        pieces = {key: self._pieces_of(key) for key in keys if self._hides(key)}
        while (more := next(self._that_follow(pieces), None)) is not None:
            place, key = more
            held = {**self._held[place], key: HIDDEN_BESIDE}
            self._held[place] = withheld(self._meanings, self._amounts[place], held)
            for other in self._held[place].keys() & keys - pieces.keys():
                pieces[other] = self._pieces_of(other)

    def _hides(self, key: str) -> bool:
        return any(key in held for held in self._held.values())

    def _that_follow(
        self, pieces: Mapping[str, Mapping[Place, frozenset[Piece]]]
    ) -> Iterator[tuple[Place, str]]:
        """The largest of the told sums that lead to a number held back, and its indicator."""
        for key, of_places in pieces.items():
            told = {p: some for p, some in of_places.items() if key not in self._held[p]}
            for place, wanted in of_places.items():
                if place not in told and (used := leads_to(wanted, told)):
                    yield max(used, key=lambda p: (len(of_places[p]), p)), key

    def _pieces_of(self, key: str) -> dict[Place, frozenset[Piece]]:
        """The smallest pieces of which each number of an indicator is the sum.

        A unit of which not all below stated something has a rest beside those that did. A period
        is cut wherever any begins or ends.
        """
        meaning = self._meanings[key]
        cuts = sorted({day for a in self._periods for day in (a.start, a.end + _DAY)})

        def units(unit: int, days: Days) -> Iterator[int]:
            if (unit, days) not in self._below or (unit, days) in self._with_rest:
                yield unit
            for lower in self._below.get((unit, days), ()):
                yield from units(lower, days)

        def times(days: Days) -> Sequence[object]:
            if meaning.time_operator != "sum":
                return [days]
            return [day for day in cuts if days.start <= day <= days.end]

        return {
            (unit, days): frozenset(
                (one, time)
                for one in (units(unit, days) if meaning.unit_operator == "sum" else (unit,))
                for time in times(days)
            )
            for (unit, days), amounts in self._amounts.items()
            if key in amounts
        }

    def _by_its_parts(self, unit: int, days: Days) -> dict[str, str]:
        place = (unit, days)
        if place not in self._held:
            amounts = self._amounts.get(place, {})
            given = {
                key: HIDDEN_BESIDE
                for key, amount in amounts.items()
                if self._gives_away(unit, days, key, amount)
            }
            self._held[place] = withheld(self._meanings, amounts, given)
        return self._held[place]

    def _gives_away(self, unit: int, days: Days, key: str, amount: int) -> bool:
        meaning = self._meanings[key]
        return any(
            gives_away(amount, parts, meaning.scale, sensitive=meaning.sensitive)
            for parts in self._ways(unit, days, key)
        )

    def _ways(self, unit: int, days: Days, key: str) -> Iterator[Reading]:
        """The ways to put the number together from others: from units below, from periods inside.

        What adds up over neither units nor time is no sum of anything.
        """
        meaning = self._meanings[key]
        if meaning.unit_operator == "sum":
            yield from self._from_below(unit, days, key)
        if meaning.time_operator == "sum":
            for row in self._rows(unit, days, key):
                yield from self._together([self._readings(unit, one, key) for one in row])

    def _from_below(self, unit: int, days: Days, key: str) -> Iterator[Reading]:
        below = [self._readings(one, days, key) for one in self._below.get((unit, days), ())]
        if known := [readings for readings in below if readings]:
            yield from self._together(known)

    def _rows(self, unit: int, days: Days, key: str) -> Iterator[tuple[Days, ...]]:
        inside = [
            one for one in self._periods if days.holds(one) and self._readings(unit, one, key)
        ]
        return rows_of_periods(inside)

    def _readings(self, unit: int, days: Days, key: str) -> list[Reading]:
        """What is said of a part: its own number, else what its own parts come to."""
        asked = (unit, days, key)
        if asked not in self._known:
            amount = self._amounts.get((unit, days), {}).get(key)
            if amount is not None:
                found: list[Reading] = [((amount, self._by_its_parts(unit, days).get(key, "")),)]
            else:
                found = list(islice(self._whole_ways(unit, days, key), _MOST_WAYS))
            self._known[asked] = found
        return self._known[asked]

    def _whole_ways(self, unit: int, days: Days, key: str) -> Iterator[Reading]:
        """The ways of a part that stated nothing itself; periods that leave days out tell less."""
        meaning = self._meanings[key]
        if meaning.time_operator == "sum":
            for row in self._rows(unit, days, key):
                if _fills(days, row):
                    yield from self._together([self._readings(unit, one, key) for one in row])
        if meaning.unit_operator == "sum":
            yield from self._from_below(unit, days, key)

    @staticmethod
    def _together(parts: Sequence[Sequence[Reading]]) -> Iterator[Reading]:
        for chosen in islice(product(*parts), _MOST_WAYS):
            yield tuple(one for reading in chosen for one in reading)


def _fills(days: Days, row: Sequence[Days]) -> bool:
    """Whether periods one after the other leave no day of a longer one out."""
    next_day = days.start
    for one in row:
        if one.start != next_day:
            return False
        next_day = one.end + _DAY
    return next_day == days.end + _DAY
