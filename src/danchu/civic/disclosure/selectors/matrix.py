"""Oversight of disclosure (FEATURES K5): the units below one against the clauses of the law.

In as many statements for a hundred communes as for two. Nothing is ranked; of units the viewer
may not read only their number is told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from danchu.core.accounts.models import Account
from danchu.core.accounts.policy import among, may_under
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.law.catalog import Catalogue, Rule, UnitKind
from danchu.core.law.selectors import current_catalogue
from danchu.core.units.models import Placement
from danchu.core.units.selectors import child_units, holder_on
from danchu.core.units.selectors.named import NamedUnit

from .. import rules
from ..clause_states import (
    CLAUSE_STATES,
    Asked,
    ClauseCell,
    ClauseState,
    UnitRows,
    judge,
    register_quarters,
)
from ..quarters import Quarter
from .clause_rows import read_rows

# A province discloses nothing of its own by these articles; it and the nation are looked through.
_LOOKED_THROUGH = frozenset({"nation", "province", "district"})


@dataclass(frozen=True, slots=True)
class MatrixUnit:
    """A unit with how it stands with each clause of its group, in the group's order."""

    id: int
    code: str
    name: str
    level: str
    cells: tuple[ClauseCell, ...]

    def count(self, *states: ClauseState) -> int:
        """How many of its cells stand so."""
        return sum(cell.state in states for cell in self.cells)


@dataclass(frozen=True)
class MatrixGroup:
    """Units bound by the same clauses: communes, agencies, state enterprises or workplaces."""

    kind: UnitKind
    rules: tuple[Rule, ...]
    units: tuple[MatrixUnit, ...]

    def tally(self) -> Counter[ClauseState]:
        """How many cells of the group stand how."""
        return Counter(cell.state for unit in self.units for cell in unit.cells)

    def column(self, place: int) -> Counter[ClauseState]:
        """How many units stand how with the clause at that place."""
        return Counter(unit.cells[place].state for unit in self.units)


@dataclass(frozen=True)
class Below:
    """A unit below that has a matrix of its own and no clauses: a province."""

    code: str
    name: str


@dataclass(frozen=True)
class Matrix:
    """``own``: the unit's own clauses, None where it has none. ``others``: units that only lead
    on to their own matrix. ``silent``: units below with nothing of their own to disclose in law
    (villages, committees); ``hidden``: below, but not for this viewer. ``day``: the day whose
    standing is told."""

    unit: NamedUnit
    span: PeriodSpan
    asked: Asked
    own: MatrixGroup | None
    groups: tuple[MatrixGroup, ...]
    others: tuple[Below, ...]
    silent: int
    hidden: int

    @property
    def day(self) -> dt.date:
        """The day whose standing is told."""
        return self.asked.day

    def tally(self) -> Counter[ClauseState]:
        """How many cells of the units below stand how, in the order of ``CLAUSE_STATES``."""
        found: Counter[ClauseState] = Counter()
        for group in self.groups:
            found += group.tally()
        return Counter({state: found[state] for state in CLAUSE_STATES if found[state]})


def disclosure_matrix(viewer: Actor, code: str, period: str) -> Matrix:
    """How the units directly below one stand with the clauses of disclosure in a period.

    Units are those of the last day of the period that is not to come. Needs "records.read" over
    the unit; ``NotFound`` for everybody else, as for a unit that is not there. ``BadInput`` for a
    period that is none.
    """
    span = period_span(period)
    asked = _asked(span, today())
    unit = holder_on(code, asked.day)
    _require_seen(viewer, unit, asked)
    below = child_units(unit.unit_id, asked.day)
    readable = _readable(viewer, unit, [one.id for one in below], asked)
    shown = [one for one in below if one.id in readable]
    judged = [
        one
        for one in shown
        if one.level in rules.KIND_OF_LEVEL and one.level not in _LOOKED_THROUGH
    ]
    has_own = unit.level in rules.KIND_OF_LEVEL and unit.level not in _LOOKED_THROUGH
    ids = [one.id for one in judged] + ([unit.unit_id] if has_own else [])
    known = current_catalogue()
    rows = read_rows(ids, asked)
    own = None
    if has_own:
        row = (unit.unit_id, unit.code, unit.name, unit.level)
        own = _group(rules.KIND_OF_LEVEL[unit.level], known, [row], rows, asked)
    by_kind: dict[UnitKind, list[tuple[int, str, str, str]]] = {}
    for one in judged:
        kind = rules.KIND_OF_LEVEL[one.level]
        by_kind.setdefault(kind, []).append((one.id, one.code, one.name, one.level))
    others = [one for one in shown if one.level in _LOOKED_THROUGH]
    return Matrix(
        unit=unit,
        span=span,
        asked=asked,
        own=own,
        groups=tuple(
            _group(kind, known, by_kind[kind], rows, asked)
            for kind in dict.fromkeys(rules.KIND_OF_LEVEL.values())
            if kind in by_kind
        ),
        others=tuple(Below(one.code, one.name) for one in others),
        silent=len(shown) - len(judged) - len(others),
        hidden=len(below) - len(shown),
    )


def unit_of_matrix(code: str, period: str) -> NamedUnit:
    """The unit whose matrix stands under a code and period. ``NotFound`` for a code of nobody."""
    return holder_on(code, _asked(period_span(period), today()).day)


@dataclass(frozen=True)
class ClauseOfUnit:
    """One cell with the unit and the rule it is of. ``without``: of the register of disclosures
    the quarters that are over without theirs."""

    unit: NamedUnit
    rule: Rule
    span: PeriodSpan
    asked: Asked
    cell: ClauseCell
    without: tuple[Quarter, ...] = ()


def clause_of_unit(viewer: Actor, code: str, period: str, rule_key: str) -> ClauseOfUnit:
    """One cell of the matrix, for who may read the unit's records; else ``NotFound``."""
    span = period_span(period)
    asked = _asked(span, today())
    unit = holder_on(code, asked.day)
    _require_seen(viewer, unit, asked)
    kind = rules.KIND_OF_LEVEL.get(unit.level)
    bound = () if kind is None else _clauses(current_catalogue(), kind, asked.day)
    rule = next((one for one in bound if one.key == rule_key), None)
    if rule is None or unit.level in _LOOKED_THROUGH:
        raise NotFound(
            "Đơn vị không có nội dung phải công khai này.", "The unit has no such clause."
        )
    rows = read_rows([unit.unit_id], asked)[unit.unit_id]
    without: tuple[Quarter, ...] = ()
    if rule.key == rules.REGISTER_RULE:
        told = register_quarters(rule, rows, asked)
        without = tuple(quarter for quarter, state in told if state == "missing")
    return ClauseOfUnit(unit, rule, span, asked, judge(rule, rows, asked), without)


def _group(
    kind: UnitKind,
    known: Catalogue,
    units: Sequence[tuple[int, str, str, str]],
    rows: dict[int, UnitRows],
    asked: Asked,
) -> MatrixGroup:
    bound = _clauses(known, kind, asked.day)
    return MatrixGroup(
        kind,
        bound,
        tuple(
            MatrixUnit(*unit, tuple(judge(rule, rows[unit[0]], asked) for rule in bound))
            for unit in units
        ),
    )


def _clauses(known: Catalogue, kind: UnitKind, day: dt.date) -> tuple[Rule, ...]:
    """The plan, then the contents to be disclosed, in catalogue order."""
    bound = known.in_force(kind, day, "inform")
    plan = tuple(rule for rule in bound if rule.key == rules.PLAN_RULE)
    return plan + tuple(
        rule
        for rule in bound
        if rule.group.startswith("cong_khai") and rule.key not in rules.ABOUT_FORMS
    )


def _asked(span: PeriodSpan, on: dt.date) -> Asked:
    """The period with the quarters in which a register is due: those that end in it, and the one
    that runs today."""
    quarters: list[Quarter] = []
    quarter = Quarter.of(span.start)
    while quarter.start <= span.end:
        runs = quarter.start <= on <= quarter.end and span.start <= on <= span.end
        if quarter.end <= span.end or runs:
            quarters.append(quarter)
        quarter = Quarter.of(quarter.end + dt.timedelta(days=1))
    return Asked(span.start, span.end, on, tuple(quarters))


def _require_seen(viewer: Actor, unit: NamedUnit, asked: Asked) -> None:
    if not _is_under(viewer, unit, asked) and not viewer.may("records.read", unit.unit_id):
        raise no_unit(unit.code)


def _is_under(viewer: Actor, unit: NamedUnit, asked: Asked) -> bool:
    """Whether a role of the viewer reaches the unit, and so all below it, in the State's tree.

    Its path is that of the day of the matrix, and access follows today's map.
    """
    return (
        asked.day == asked.on
        and isinstance(viewer, Account)
        and may_under(viewer, "records.read", Placement.Tree.STATE, unit.path or "")
    )


def _readable(viewer: Actor, unit: NamedUnit, below: Collection[int], asked: Asked) -> set[int]:
    """Those of the units below whose records the viewer may read."""
    if _is_under(viewer, unit, asked):
        return set(below)
    return among(viewer, "records.read", below)


def no_unit(code: str) -> NotFound:
    """The refusal for a unit outside what the viewer may read, as for one that is not there."""
    return NotFound(
        f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
        f"There is no unit {code} within this account's scope.",
    )
