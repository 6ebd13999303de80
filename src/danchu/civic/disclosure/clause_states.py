"""How a unit stands with one clause in one period. Pure.

It says what the ledger of duties says of the same records (``duties.py``, ``reporting.duties``),
and beside it what the plan has and nobody disclosed. A test holds the two against each other: the
ledger judges record by record, this one from a few sums of a unit and clause. Both look for the
execution of the budget quarter by quarter (article 11.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from danchu.core.calendar.words import Phrase
from danchu.core.law.catalog import Rule

from .budget_quarters import BUDGET_RULE
from .quarters import Quarter
from .rules import ALWAYS, PLAN_RULE, REGISTER_RULE

# missing: due and not there; late: published after its last day; short: published, and nowhere did
# it hang its least days or does it still; hanging: its days run; done; planned: due later; none:
# nothing was decided under it that anybody wrote down; unknown: before the first record here;
# unconfirmed: one of the first three, by a rule whose text nobody here has compared (L1).
ClauseState = Literal[
    "missing", "late", "short", "unconfirmed", "hanging", "done", "planned", "none", "unknown", "na"
]
CLAUSE_STATES: tuple[ClauseState, ...] = (
    "missing", "late", "short", "unconfirmed", "hanging", "done", "planned", "none", "unknown",
    "na",
)  # fmt: skip
STATE_NAMES: dict[ClauseState, Phrase] = {
    "missing": Phrase("thiếu", "missing"),
    "late": Phrase("muộn", "late"),
    "short": Phrase("chưa đủ ngày", "days not full"),
    "unconfirmed": Phrase("chưa xác nhận quy tắc", "rule not confirmed"),
    "hanging": Phrase("đang niêm yết", "being posted"),
    "done": Phrase("đủ", "complete"),
    "planned": Phrase("chưa đến hạn", "not due yet"),
    "none": Phrase("chưa ghi nhận phát sinh", "nothing recorded"),
    "unknown": Phrase("chưa theo dõi", "not followed"),
    "na": Phrase("không áp dụng", "does not apply"),
}
FAILS: frozenset[ClauseState] = frozenset({"missing", "late", "short"})


def clause_number(rule: Rule) -> str:
    """The clause as a table calls it: "11.2", "64.1.đ"; articles about its term are left out."""
    return rule.article.partition(";")[0].strip()


@dataclass(frozen=True, slots=True)
class ClauseCell:
    """A unit and a clause. ``n``: what was published under it in the period; ``owed``: quarters
    whose execution of the budget was to be told by now and was not."""

    state: ClauseState
    n: int = 0
    owed: tuple[Quarter, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The sums of the notices of one unit under one clause.

    ``last_on``: the latest day of publication that was read, in the period or outside. Of those of
    the period: ``n`` in all, ``late``, ``hanging`` (the days of a posting run), ``short``.
    """

    last_on: dt.date | None = None
    n: int = 0
    late: int = 0
    hanging: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the plan: the days in which the content is to be made known."""

    from_on: dt.date
    to_on: dt.date


@dataclass(frozen=True, slots=True)
class UnitRows:
    """What was read of one unit.

    ``hangs``: clauses that hang all the time and do so on the day; ``plans``: the days of its plan
    of the year, one at most; ``registers``: quarter -> the day on which its register was published;
    ``executions``: the first day of a quarter -> the day on which its execution of the budget was
    told. ``begun`` and ``stood``: of the first day of each quarter, whether the unit had written
    anything down by then and whether it stood; ``has_begun`` of the day itself.
    """

    disclosed: Mapping[str, Disclosed] = field(default_factory=dict)
    planned: Mapping[str, Sequence[Planned]] = field(default_factory=dict)
    plans: Sequence[dt.date] = ()
    hangs: frozenset[str] = frozenset()
    registers: Mapping[str, dt.date] = field(default_factory=dict)
    executions: Mapping[dt.date, dt.date] = field(default_factory=dict)
    begun: Mapping[dt.date, bool] = field(default_factory=dict)
    stood: Mapping[dt.date, bool] = field(default_factory=dict)
    has_begun: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that is looked at, as it stands ``on`` a day of it or after it."""

    start: dt.date
    end: dt.date
    on: dt.date
    quarters: tuple[Quarter, ...]

    @property
    def day(self) -> dt.date:
        """The day of the period whose standing is told: today, or its last one."""
        return max(min(self.on, self.end), self.start)


def judge(rule: Rule, rows: UnitRows, asked: Asked) -> ClauseCell:
    """How the unit stands with the clause. A rule that only advises fails nobody."""
    return as_told(rule, stands(rule, rows, asked))


def as_told(rule: Rule, cell: ClauseCell) -> ClauseCell:
    """The cell as it is shown: by a rule that nobody here has compared nobody fails."""
    if cell.state in FAILS and not rule.can_fail:
        return ClauseCell("unconfirmed", cell.n, cell.owed)
    return cell


def stands(rule: Rule, rows: UnitRows, asked: Asked) -> ClauseCell:
    """How the unit stands with the clause by what was written down, whoever compared the rule."""
    if not rule.applies_on(asked.day):
        return ClauseCell("na")
    disclosed = rows.disclosed.get(rule.key, Disclosed())
    if rule.key == PLAN_RULE:
        there = any(day <= asked.on for day in rows.plans)
        cell = ClauseCell(_there(there, rows), len(rows.plans))
    elif rule.key in ALWAYS:
        cell = ClauseCell(_there(rule.key in rows.hangs, rows), disclosed.n)
    elif rule.key == REGISTER_RULE:
        cell = ClauseCell(_register(rule, rows, asked), disclosed.n)
    else:
        cell = ClauseCell(_term(disclosed, rows.planned.get(rule.key, ()), asked), disclosed.n)
        if rule.key == BUDGET_RULE:
            cell = _with_quarters(cell, rule, rows, asked)
    return cell


def _there(there: bool, rows: UnitRows) -> ClauseState:
    if there:
        return "done"
    return "missing" if rows.has_begun else "unknown"


def register_quarters(
    rule: Rule, rows: UnitRows, asked: Asked
) -> tuple[tuple[Quarter, ClauseState], ...]:
    """How the unit stands with the register of each quarter asked of it (article 13.2)."""
    found: list[tuple[Quarter, ClauseState]] = []
    for quarter in _quarters(rule, rows, asked):
        published = rows.registers.get(quarter.key)
        state: ClauseState
        if published is None:
            state = _not_there(quarter, rows, asked)
        else:
            state = "late" if published > quarter.end else "done"
        found.append((quarter, state))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LateQuarter:
    """What was told of a quarter only after the day ``by`` which it had to be."""

    quarter: Quarter
    told_on: dt.date
    by: dt.date


def late_quarters(rule: Rule, rows: UnitRows, asked: Asked) -> tuple[LateQuarter, ...]:
    """The registers (article 13.2) and executions of the budget (11.2) that make a cell late."""
    found: list[LateQuarter] = []
    for quarter in _quarters(rule, rows, asked):
        if rule.key == REGISTER_RULE:
            of, told_on = quarter, rows.registers.get(quarter.key)
        elif rule.key == BUDGET_RULE:
            of, told_on = quarter.before, rows.executions.get(quarter.before.start)
        else:
            break
        if told_on is not None and told_on > quarter.end:
            found.append(LateQuarter(of, told_on, quarter.end))
    return tuple(found)


def _register(rule: Rule, rows: UnitRows, asked: Asked) -> ClauseState:
    found = {state for _quarter, state in register_quarters(rule, rows, asked)}
    order: tuple[ClauseState, ...] = ("missing", "late", "planned", "done", "unknown")
    return next((state for state in order if state in found), "na")


def _quarters(rule: Rule, rows: UnitRows, asked: Asked) -> Iterator[Quarter]:
    """The quarters that a unit is asked of: one it did not see from its first day on is none."""
    begins, ends = rule.applies_from, rule.applies_to
    for quarter in asked.quarters:
        whole = (begins is None or begins <= quarter.start) and (
            ends is None or quarter.end <= ends
        )
        if whole and rows.stood.get(quarter.start, False):
            yield quarter


def _not_there(quarter: Quarter, rows: UnitRows, asked: Asked) -> ClauseState:
    """A quarter that was over before the unit's first record here is not judged."""
    if asked.on <= quarter.end:
        return "planned"
    return "missing" if rows.begun.get(quarter.start, False) else "unknown"


# Of what was published and what was to be told by quarter the first of these is the cell's.
_BUDGET_ORDER: tuple[ClauseState, ...] = (
    "missing", "late", "short", "hanging", "planned", "done", "unknown", "none",
)  # fmt: skip


def _with_quarters(cell: ClauseCell, rule: Rule, rows: UnitRows, asked: Asked) -> ClauseCell:
    """Article 11.2: in each quarter that has begun the execution of the one before."""
    found, owed = {cell.state}, list[Quarter]()
    for quarter in _quarters(rule, rows, asked):
        if asked.on < quarter.start:
            break
        told_on = rows.executions.get(quarter.before.start)
        if told_on is not None:
            found.add("done" if told_on <= quarter.end else "late")
            continue
        state = _not_there(quarter, rows, asked)
        found.add(state)
        if state == "missing":
            owed.append(quarter.before)
    state = next(state for state in _BUDGET_ORDER if state in found)
    return ClauseCell(state, cell.n, tuple(owed))


def _term(disclosed: Disclosed, lines: Sequence[Planned], asked: Asked) -> ClauseState:
    over = [
        line for line in lines if asked.start <= line.to_on <= asked.end and line.to_on < asked.on
    ]
    last = disclosed.last_on
    if any(last is None or last < line.from_on for line in over):
        return "missing"
    if disclosed.late:
        return "late"
    if disclosed.short:
        return "short"
    if disclosed.hanging:
        return "hanging"
    if disclosed.n:
        return "done"
    # What the plan had for the period was published only after it.
    if last is not None and last > asked.end and any(line.to_on < last for line in over):
        return "late"
    if asked.on < asked.start:  # what will arise in it nobody can know yet
        return "planned"
    if any(line.from_on <= asked.end and line.to_on >= asked.day for line in lines):
        return "planned"
    return "none"
