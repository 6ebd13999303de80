"""Oversight of disclosure (FEATURES K5): the units below one against the clauses of the law.

In as many statements for a hundred communes as for two, over the standings that are kept
(``folding.py``); other periods are judged here and now. Nothing is ranked; of units the viewer may
not read only their number is told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
from danchu.core.units.selectors.history import Child
from danchu.core.units.selectors.named import NamedUnit

from .. import rules
from ..asked import KIND_ASKED, LOOKED_THROUGH, asked_of, clauses_of
from ..clause_states import (
    CLAUSE_STATES,
    Asked,
    ClauseCell,
    ClauseState,
    Disclosed,
    LateQuarter,
    judge,
    late_quarters,
    register_quarters,
)
from ..quarters import Quarter
from ..views import NoticeLine
from .clause_rows import read_rows
from .kept import (
    Cells,
    Sums,
    SumsBelow,
    sums_below,
    sums_of,
)
from .late_notices import told_late
from .told import AT_ONCE, Bound, Told


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
    """Units bound by the same clauses: communes, agencies, state enterprises or workplaces.

    ``units``: those of this page; ``number``: of the group in all; ``columns``: by clause, how
    many of all stand how, those left out that have not begun here.
    """

    kind: UnitKind
    rules: tuple[Rule, ...]
    units: tuple[MatrixUnit, ...]
    number: int
    columns: tuple[Counter[ClauseState], ...]

    def tally(self) -> Counter[ClauseState]:
        """How many cells of the group stand how."""
        return sum(self.columns, Counter())

    def column(self, place: int) -> Counter[ClauseState]:
        """How many units stand how with the clause at that place."""
        return self.columns[place]


@dataclass(frozen=True)
class Below:
    """A unit below that has a matrix of its own and no clauses: a province, a former district.

    ``communes``: how many are below it; ``columns``: by clause, how many of these need a hand, and
    how. None where nobody has counted: the period is not among those that are kept.
    """

    code: str
    name: str
    communes: int
    columns: tuple[Counter[ClauseState], ...] | None


@dataclass(frozen=True)
class Matrix:
    """``own``: the unit's own clauses, None where it has none. ``others``: units that lead on to
    their own matrix, with the ``clauses`` that are told of the communes below them. ``silent``:
    units below with nothing of their own to disclose in law (villages, committees); ``hidden``:
    below, but not for this viewer.

    Sums are of all units, whichever page is shown: ``number`` there are, ``owing`` lack something,
    ``needing`` need a hand; ``listed`` are told of on all pages together; ``unit_ids``: of all.
    """

    unit: NamedUnit
    span: PeriodSpan
    asked: Asked
    own: MatrixGroup | None
    groups: tuple[MatrixGroup, ...]
    others: tuple[Below, ...]
    clauses: tuple[Rule, ...]
    silent: int
    hidden: int
    owing: int
    needing: int
    listed: int
    page: int
    unit_ids: tuple[int, ...]

    @property
    def day(self) -> dt.date:
        """The day whose standing is told."""
        return self.asked.day

    @property
    def number(self) -> int:
        """How many units below have clauses of their own."""
        return sum(group.number for group in self.groups)

    def tally(self) -> Counter[ClauseState]:
        """How many cells of the units below stand how, in the order of ``CLAUSE_STATES``."""
        found: Counter[ClauseState] = Counter()
        for group in self.groups:
            found += group.tally()
        return Counter({state: found[state] for state in CLAUSE_STATES if found[state]})


def disclosure_matrix(
    viewer: Actor,
    code: str,
    period: str,
    *,
    page: int | None = None,
    needing: bool = False,
    anew: bool = False,
) -> Matrix:
    """How the units directly below one stand with the clauses of disclosure in a period.

    Units are those of the last day of the period that is not to come. ``page``: only those of a
    page of ``AT_ONCE``, the last one for a number beyond it; None for all. ``needing``: only
    those that need a hand. ``anew``: judged here and now, whatever is kept, for somebody acts upon
    it. Needs "records.read" over the unit; ``NotFound`` for everybody else, as for a unit that is
    not there. ``BadInput`` for a period that is none.
    """
    span = period_span(period)
    asked = asked_of(span, today())
    unit = holder_on(code, asked.day)
    below = child_units(unit.unit_id, asked.day)
    readable = _readable(viewer, unit, [unit.unit_id, *(one.id for one in below)], asked)
    if unit.unit_id not in readable:
        raise no_unit(unit.code)
    shown = [one for one in below if one.id in readable]
    through = [one for one in shown if one.level in LOOKED_THROUGH]
    known = current_catalogue()
    bound = _bound(shown, known, asked.day)
    own = _own(unit, known, asked.day)
    told = Told(span, asked, known, bound, own, anew=anew)
    sums = told.sums_below()
    listed = [
        one for group in bound for one in group.units if not needing or one.id in sums.needing
    ]
    number = 1 if page is None else max(1, min(page, -(-len(listed) // AT_ONCE)))
    here = listed if page is None else listed[(number - 1) * AT_ONCE : number * AT_ONCE]
    cells = told.cells([*told.own, *(one.id for one in here)])
    its = {unit_id: cells[unit_id] for unit_id in told.own}
    communes = clauses_of(known, "commune", asked.day) if through else ()
    return Matrix(
        unit=unit,
        span=span,
        asked=asked,
        own=_group(own[0], its, sums_of(its)) if own else None,
        groups=tuple(_group(group, cells, sums) for group in bound),
        others=_others(through, told, communes),
        clauses=communes,
        silent=len(shown) - sum(len(group.units) for group in bound) - len(through),
        hidden=len(below) - len(shown),
        owing=len(sums.owing),
        needing=len(sums.needing),
        listed=len(listed),
        page=number,
        unit_ids=tuple(one.id for group in bound for one in group.units),
    )


def _bound(shown: Sequence[Child], known: Catalogue, day: dt.date) -> list[Bound]:
    by_kind: dict[UnitKind, list[Child]] = {}
    for one in shown:
        if one.level in KIND_ASKED:
            by_kind.setdefault(KIND_ASKED[one.level], []).append(one)
    return [
        Bound(kind, clauses_of(known, kind, day), sorted(by_kind[kind], key=lambda one: one.code))
        for kind in dict.fromkeys(KIND_ASKED.values())
        if kind in by_kind
    ]


def _own(unit: NamedUnit, known: Catalogue, day: dt.date) -> list[Bound]:
    """The unit itself with its own clauses; nothing where it has none."""
    if unit.level not in KIND_ASKED:
        return []
    itself = Child(unit.unit_id, unit.code, unit.name, unit.kind, unit.level, unit.valid_from)
    return _bound([itself], known, day)


def _group(bound: Bound, cells: Mapping[int, Cells], sums: Sums) -> MatrixGroup:
    keys = [rule.key for rule in bound.rules]
    return MatrixGroup(
        bound.kind,
        bound.rules,
        tuple(
            MatrixUnit(
                one.id, one.code, one.name, one.level, tuple([cells[one.id][key] for key in keys])
            )
            for one in bound.units
            if one.id in cells
        ),
        len(bound.units),
        tuple(sums.columns.get(key, Counter()) for key in keys),
    )


def _others(through: Sequence[Child], told: Told, rules: Sequence[Rule]) -> tuple[Below, ...]:
    """The units that are looked through, with sums of the communes below them."""
    known = {rule.key: rule for rule in rules}
    nothing = SumsBelow(0, {})
    sums: Mapping[int, SumsBelow] = {}
    if told.kept:
        sums = sums_below([one.id for one in through], told.span, told.asked.day, known)
    return tuple(
        Below(
            one.code,
            one.name,
            sums.get(one.id, nothing).number,
            tuple(sums.get(one.id, nothing).columns.get(key, Counter()) for key in known)
            if told.kept
            else None,
        )
        for one in sorted(through, key=lambda one: one.code)
    )


def may_remind(viewer: Actor, matrix: Matrix) -> bool:
    """Whether the viewer may remind the units below; asks nothing for who has a role above."""
    unit = matrix.unit
    return _is_under(viewer, unit, matrix.asked, "units.remind") or viewer.may(
        "units.remind", unit.unit_id
    )


def unit_of_matrix(code: str, period: str) -> NamedUnit:
    """The unit whose matrix stands under a code and period. ``NotFound`` for a code of nobody."""
    return holder_on(code, asked_of(period_span(period), today()).day)


@dataclass(frozen=True)
class ClauseOfUnit:
    """One cell with the unit and the rule it is of. ``without``: of the register of disclosures
    the quarters that are over without theirs; ``late``: the quarters told of too late; ``after``:
    of what makes the cell late the notices that were published only after the period;
    ``within``: the records of those published in it, which may be in time by their paper's day."""

    unit: NamedUnit
    rule: Rule
    span: PeriodSpan
    asked: Asked
    cell: ClauseCell
    without: tuple[Quarter, ...] = ()
    late: tuple[LateQuarter, ...] = ()
    after: tuple[NoticeLine, ...] = ()
    within: frozenset[int] = frozenset()


def clause_of_unit(viewer: Actor, code: str, period: str, rule_key: str) -> ClauseOfUnit:
    """One cell of the matrix, for who may read the unit's records; else ``NotFound``."""
    span = period_span(period)
    asked = asked_of(span, today())
    unit = holder_on(code, asked.day)
    _require_seen(viewer, unit, asked)
    kind = KIND_ASKED.get(unit.level)
    bound = () if kind is None else clauses_of(current_catalogue(), kind, asked.day)
    rule = next((one for one in bound if one.key == rule_key), None)
    if rule is None:
        raise NotFound(
            "Đơn vị không có nội dung phải công khai này.", "The unit has no such clause."
        )
    rows = read_rows([unit.unit_id], asked)[unit.unit_id]
    without: tuple[Quarter, ...] = ()
    if rule.key == rules.REGISTER_RULE:
        told = register_quarters(rule, rows, asked)
        without = tuple(quarter for quarter, state in told if state == "missing")
    cell, late = judge(rule, rows, asked), late_quarters(rule, rows, asked)
    days = {one.told_on for one in late}
    last = rows.disclosed.get(rule.key, Disclosed()).last_on
    if cell.state in ("late", "unconfirmed") and not cell.n and not late and last is not None:
        days.add(last)  # what the plan had for the period
    within, after = told_late(
        viewer, unit.unit_id, rule.key, asked, days, [one.quarter for one in late]
    )
    return ClauseOfUnit(unit, rule, span, asked, cell, without, late, after, within)


def _require_seen(viewer: Actor, unit: NamedUnit, asked: Asked) -> None:
    if not _is_under(viewer, unit, asked) and not viewer.may("records.read", unit.unit_id):
        raise no_unit(unit.code)


def _is_under(viewer: Actor, unit: NamedUnit, asked: Asked, right: str = "records.read") -> bool:
    """Whether a role of the viewer reaches the unit, and so all below it, in the State's tree.

    Its path is that of the day of the matrix, and access follows today's map.
    """
    return (
        asked.day == asked.on
        and isinstance(viewer, Account)
        and may_under(viewer, right, Placement.Tree.STATE, unit.path or "")
    )


def _readable(viewer: Actor, unit: NamedUnit, asked_of: Collection[int], asked: Asked) -> set[int]:
    """Those of the unit and the units below it whose records the viewer may read."""
    if _is_under(viewer, unit, asked):
        return set(asked_of)
    return among(viewer, "records.read", asked_of)


def no_unit(code: str) -> NotFound:
    """The refusal for a unit outside what the viewer may read, as for one that is not there."""
    return NotFound(
        f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
        f"There is no unit {code} within this account's scope.",
    )
