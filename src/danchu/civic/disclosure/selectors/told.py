"""Where the cells of a matrix come from: standings that are kept, or the records of the day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.law.catalog import Catalogue, Rule, UnitKind
from danchu.core.units.selectors.history import Child

from ..clause_states import Asked, UnitRows, judge
from .clause_rows import read_rows
from .kept import Cells, Sums, cells_kept, is_kept, rows_not_begun, sums_kept, sums_of

AT_ONCE = 40  # units on one page


@dataclass(frozen=True, slots=True)
class Bound:
    """Units bound by the same clauses, in the order of their codes."""

    kind: UnitKind
    rules: tuple[Rule, ...]
    units: Sequence[Child]


class Told:
    """Where the cells of one matrix come from: those that are kept, or judged here and now.

    ``own``: the unit whose matrix it is, where it has clauses of its own; ``below``: the others.
    """

    def __init__(
        self,
        span: PeriodSpan,
        asked: Asked,
        known: Catalogue,
        below: Sequence[Bound],
        own: Sequence[Bound],
        *,
        anew: bool,
    ) -> None:
        self.span, self.asked = span, asked
        self.kept = not anew and is_kept(span, asked.on, known)
        groups = [*below, *own]
        self._rules = {rule.key: rule for group in groups for rule in group.rules}
        self._bound = {one.id: group.rules for group in groups for one in group.units}
        self.own = [one.id for group in own for one in group.units]
        self._below = [one.id for group in below for one in group.units]
        self._known: Mapping[int, Cells] = {}  # of units that are not to be asked for again
        self._asked_for: set[int] = set()
        if not self.kept:
            self._known = self._judge(list(self._bound))
        elif len(self._below) <= AT_ONCE:  # one page has them all: nothing need be summed apart
            self._ask([*self.own, *self._below])

    def sums_below(self) -> Sums:
        """Over all units below."""
        if self.kept and not self._asked_for:
            return sums_kept(self._below, self.span, self._rules)
        found = self._known
        return sums_of({unit_id: found[unit_id] for unit_id in self._below if unit_id in found})

    def cells(self, unit_ids: Collection[int]) -> Mapping[int, Cells]:
        """unit -> clause -> how it stands."""
        if self.kept:
            self._ask([unit_id for unit_id in unit_ids if unit_id not in self._asked_for])
        found = {unit_id: self._known[unit_id] for unit_id in unit_ids if unit_id in self._known}
        others = [unit_id for unit_id in unit_ids if unit_id not in found]
        return found | self._cells(rows_not_begun(others, self.asked))

    def _ask(self, unit_ids: Sequence[int]) -> None:
        self._asked_for |= set(unit_ids)
        self._known = {**self._known, **cells_kept(unit_ids, self.span, self._rules)}

    def _judge(self, unit_ids: Sequence[int]) -> dict[int, Cells]:
        return self._cells(read_rows(unit_ids, self.asked))

    def _cells(self, rows: Mapping[int, UnitRows]) -> dict[int, Cells]:
        made: dict[int, Cells] = {}
        alike: dict[tuple[object, ...], Cells] = {}  # of units that have not begun
        for unit_id, its in rows.items():
            bound = self._bound[unit_id]
            key = None if its.has_begun else (id(bound), *its.stood.values())
            cells = alike.get(key) if key else None
            if cells is None:
                cells = {rule.key: judge(rule, its, self.asked) for rule in bound}
                if key:
                    alike[key] = cells
            made[unit_id] = cells
        return made
