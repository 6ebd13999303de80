"""Reading the standings that are kept (``folding.py``): sums by the database, cells of some units.

Whether a rule may fail anybody is asked here, of the catalogue in force.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, Exists, OuterRef, QuerySet, Value

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.law.catalog import Catalogue, Rule
from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit, UnitState
from danchu.core.units.selectors.validity import in_force

from ..clause_states import FAILS, Asked, ClauseCell, ClauseState, UnitRows, as_told
from ..models import ClauseStanding, ClauseYear

_KINDS_KEPT = frozenset({"quarter", "half_year", "year"})

Cells = Mapping[str, ClauseCell]  # clause -> how a unit stands with it


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some units: how many stand how with each clause, who owes something, who needs a hand."""

    columns: Mapping[str, Counter[ClauseState]]
    owing: frozenset[int]
    needing: frozenset[int]


def is_kept(span: PeriodSpan, on: dt.date, known: Catalogue) -> bool:
    """Whether the standings of a period are there, as of the day and by the rules in force."""
    return (
        span.scheme == "cal"
        and span.kind in _KINDS_KEPT
        and (span.start.year, known.version) in _YEARS.rows(on)
    )


def cells_kept(
    unit_ids: Collection[int], span: PeriodSpan, rules: Mapping[str, Rule]
) -> dict[int, dict[str, ClauseCell]]:
    """unit -> clause -> how it stands; one statement. Units that have not begun have none."""
    found: dict[int, dict[str, ClauseCell]] = {unit_id: {} for unit_id in unit_ids}
    if not found:
        return {}
    made: dict[tuple[str, str, int], ClauseCell] = {}
    for unit_id, key, state, n in _CELLS.rows(as_list(unit_ids), span.code):
        if key in rules:
            cell = made.get((key, state, n))
            if cell is None:
                cell = made[key, state, n] = as_told(rules[key], ClauseCell(state, n))
            found[unit_id][key] = cell
    return {unit_id: cells for unit_id, cells in found.items() if cells}


def sums_kept(unit_ids: Collection[int], span: PeriodSpan, rules: Mapping[str, Rule]) -> Sums:
    """The sums over these units, one statement; units that have not begun are in none of them."""
    columns: dict[str, Counter[ClauseState]] = defaultdict(Counter)
    binding = [key for key, rule in rules.items() if rule.can_fail] or [""]
    owing, needing = set(), set()
    rows = _COUNTED_AND_FAILING.rows(as_list(unit_ids), span.code, binding) if unit_ids else ()
    for unit_id, key, state, n in rows:
        if unit_id:
            needing.add(unit_id)
            if state == "missing":
                owing.add(unit_id)
        elif key in rules:
            columns[key][as_told(rules[key], ClauseCell(state)).state] += n
    return Sums(columns, frozenset(owing), frozenset(needing))


def sums_of(cells: Mapping[int, Cells]) -> Sums:
    """The same of cells that were judged just now."""
    columns: dict[str, Counter[ClauseState]] = defaultdict(Counter)
    owing, needing = set(), set()
    for unit_id, its in cells.items():
        for key, cell in its.items():
            columns[key][cell.state] += 1
            if cell.state in FAILS:
                needing.add(unit_id)
                if cell.state == "missing":
                    owing.add(unit_id)
    return Sums(columns, frozenset(owing), frozenset(needing))


def rows_not_begun(unit_ids: Collection[int], asked: Asked) -> dict[int, UnitRows]:
    """What there is of units that wrote nothing down: in which quarters they stood. One statement.

    Of such no standings are kept; a province may have ten that have begun and eighty that have not.
    """
    days = [quarter.start for quarter in asked.quarters]
    if not unit_ids:
        return {}
    if not days:
        return dict.fromkeys(unit_ids, UnitRows())
    return {
        unit_id: UnitRows(stood=dict(zip(days, map(bool, stood), strict=True)))
        for unit_id, *stood in _STOOD.rows(as_list(unit_ids), *days)
    }


@dataclass(frozen=True, slots=True)
class SumsBelow:
    """Of the communes below a unit: how many there are, and how many fail which clause how."""

    number: int
    columns: Mapping[str, Counter[ClauseState]]


def sums_below(
    parents: Iterable[int], span: PeriodSpan, day: dt.date, rules: Mapping[str, Rule]
) -> dict[int, SumsBelow]:
    """unit -> the sums of the communes below it on the day, by way of districts too.

    Three statements, for a nation as for one province. Only what needs a hand is counted.
    """
    above = {unit_id: unit_id for unit_id in parents}
    if not above:
        return {}
    for district, parent in _THROUGH.rows(as_list(above), day):
        above[district] = above[parent]
    every = as_list(above)
    numbers: Counter[int] = Counter()
    for parent, n in _COMMUNES.rows(every, day):
        numbers[above[parent]] += n
    columns: dict[int, dict[str, Counter[ClauseState]]] = defaultdict(lambda: defaultdict(Counter))
    told = {
        (key, state): as_told(rule, ClauseCell(state)).state
        for key, rule in rules.items()
        for state in FAILS
    }
    for parent, key, state, n in _BELOW.rows(every, day, span.code):
        if key in rules:
            columns[above[parent]][key][told[key, state]] += n
    return {unit_id: SumsBelow(n, columns[unit_id]) for unit_id, n in numbers.items()}


def _rows(units: str, period: str) -> QuerySet[ClauseStanding]:
    return ClauseStanding.objects.filter(Listed("unit_id", units), period=period).order_by()


def _stood(units: str, *days: dt.date) -> QuerySet[Unit, Any]:
    there = UnitState.objects.filter(unit_id=OuterRef("pk"))
    stood = {f"stood_{n}": Exists(there.filter(in_force(day))) for n, day in enumerate(days)}
    return Unit.objects.filter(Listed("id", units)).annotate(**stood).values_list("pk", *stood)


def _places(parents: str, day: dt.date, **of_unit: Any) -> QuerySet[Placement]:
    """The places directly below these units on the day, in the State's tree."""
    state = Placement.Tree.STATE
    return Placement.objects.filter(
        in_force(day), Listed("parent_id", parents), tree=state, **of_unit
    ).order_by()


_THROUGH = Prepared(
    lambda parents, day: _places(parents, day, unit__level="district").values_list(
        "unit_id", "parent_id"
    )
)
_COMMUNES = Prepared(
    lambda parents, day: (
        _places(parents, day, unit__level="commune")
        .values_list("parent_id")
        .annotate(number=Count("pk"))
    )
)
_BELOW = Prepared(
    lambda parents, day, period: (
        _places(
            parents,
            day,
            unit__level="commune",
            unit__clause_standings__period=period,
            unit__clause_standings__state__in=sorted(FAILS),
        )
        .values_list(
            "parent_id", "unit__clause_standings__rule_key", "unit__clause_standings__state"
        )
        .annotate(number=Count("pk"))
    )
)
_STOOD = Prepared(_stood)
_YEARS = Prepared(
    lambda on: ClauseYear.objects.filter(judged_on=on).values_list("year", "catalogue")
)
_CELLS = Prepared(
    lambda units, period: _rows(units, period).values_list("unit_id", "rule_key", "state", "n")
)


def _counted_and_failing(units: str, period: str, keys: Sequence[str]) -> QuerySet[Any, Any]:
    """0, clause, state and how many units stand so; then each unit that fails by one of ``keys``
    and how, without clause and number. One statement of two questions."""
    number = BigIntegerField()
    counted = _rows(units, period).annotate(of=Value(0, number)).values("of", "rule_key", "state")
    failing = _rows(units, period).filter(state__in=sorted(FAILS), rule_key__in=keys)
    each = failing.annotate(key=Value("", CharField()), number=Value(0, number))
    return counted.annotate(number=Count("pk")).union(
        each.values_list("unit_id", "key", "state", "number").distinct(), all=True
    )


_COUNTED_AND_FAILING = Prepared(_counted_and_failing)
