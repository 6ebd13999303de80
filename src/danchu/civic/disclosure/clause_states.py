"""How a unit stands with one clause in one period. Pure.

It says what the ledger of duties says of the same records (``duties.py``, ``reporting.duties``),
and beside it what the plan has and nobody disclosed. A test holds the two against each other: the
ledger judges record by record, this one from a few sums of a unit and clause. Quarter by quarter
the execution of the budget (article 11.2) is looked for in the ledger alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from danchu.core.calendar.words import Phrase
from danchu.core.law.catalog import Rule

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
    "none": Phrase("chưa phát sinh", "nothing arose"),
    "unknown": Phrase("chưa theo dõi", "not followed"),
    "na": Phrase("không áp dụng", "does not apply"),
}
FAILS: frozenset[ClauseState] = frozenset({"missing", "late", "short"})


def clause_number(rule: Rule) -> str:
    """The clause as a table calls it: "11.2", "64.1.đ"; articles about its term are left out."""
    return rule.article.partition(";")[0].strip()


@dataclass(frozen=True, slots=True)
class ClauseCell:
    """A unit and a clause. ``n``: what was published under it in the period."""

    state: ClauseState
    n: int = 0


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
    of the year, one at most; ``registers``: days on which one was published. ``begun`` and
    ``stood``: of the first day of each quarter, whether the unit had written anything down by then
    and whether it stood; ``has_begun`` of the day itself.
    """

    disclosed: Mapping[str, Disclosed] = field(default_factory=dict)
    planned: Mapping[str, Sequence[Planned]] = field(default_factory=dict)
    plans: Sequence[dt.date] = ()
    hangs: frozenset[str] = frozenset()
    registers: Sequence[dt.date] = ()
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
        return ClauseCell("unconfirmed", cell.n)
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
    return cell


def _there(there: bool, rows: UnitRows) -> ClauseState:
    if there:
        return "done"
    return "missing" if rows.has_begun else "unknown"


def _register(rule: Rule, rows: UnitRows, asked: Asked) -> ClauseState:
    """Article 13.2: in each quarter; one that the unit did not see from its first day on is not
    asked, nor one that was over before its first record here judged."""
    found: set[ClauseState] = set()
    for quarter in asked.quarters:
        begins, ends = rule.applies_from, rule.applies_to
        whole = (begins is None or begins <= quarter.start) and (
            ends is None or quarter.end <= ends
        )
        if not whole or not rows.stood.get(quarter.start, False):
            continue
        if any(quarter.start <= day <= quarter.end for day in rows.registers):
            found.add("done")
        elif asked.on <= quarter.end:
            found.add("planned")
        else:
            found.add("missing" if rows.begun.get(quarter.start, False) else "unknown")
    order: tuple[ClauseState, ...] = ("missing", "planned", "done", "unknown")
    return next((state for state in order if state in found), "na")


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
    if any(line.from_on <= asked.end and line.to_on >= asked.day for line in lines):
        return "planned"
    return "none"
