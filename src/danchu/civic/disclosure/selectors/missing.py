"""What the units below owe, and since when they are reminded of it (FEATURES K5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from danchu.core.calendar.selectors import current_calendar
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.law.catalog import Rule
from danchu.core.units.selectors import child_units, holder_on, unit_names
from danchu.core.work.selectors import AskedFor, open_asked

from ..quarters import Quarter
from ..reminders import KIND, task_key
from .matrix import ClauseOfUnit, Matrix, disclosure_matrix, may_remind, no_unit

_DAYS = 5  # working days that are offered: as many as article 12.3 leaves for publishing


@dataclass(frozen=True, slots=True)
class Missing:
    """A clause that a unit below owes. ``sent``: since when and by whom it is reminded of it;
    ``owed``: of the budget the quarters whose execution was not told."""

    unit_id: int
    code: str
    name: str
    rule: Rule
    sent: AskedFor | None
    owed: tuple[Quarter, ...] = ()


@dataclass(frozen=True)
class Missings:
    """What is missing in a matrix, or in one row, column or cell of it.

    ``offered_day``: by when it is asked for unless the sender says otherwise.
    """

    matrix: Matrix
    lines: tuple[Missing, ...]
    offered_day: dt.date

    @property
    def new(self) -> tuple[Missing, ...]:
        """Those nobody was reminded of yet."""
        return tuple(line for line in self.lines if line.sent is None)

    @property
    def last_sent(self) -> AskedFor | None:
        """The newest reminder among them."""
        sent = [line.sent for line in self.lines if line.sent is not None]
        return max(sent, key=lambda one: one.on, default=None)


@dataclass(frozen=True)
class Reminded:
    """What the units below a matrix are reminded of: (unit, clause) -> since when and by whom.

    A reminder is open until the unit publishes; until then it is not sent again.
    """

    sent: Mapping[tuple[int, str], AskedFor]

    @property
    def last(self) -> AskedFor | None:
        """The newest of them."""
        return max(self.sent.values(), key=lambda one: one.on, default=None)

    def of_unit(self, unit_id: int) -> frozenset[str]:
        """The clauses that a unit is reminded of."""
        return frozenset(key for unit, key in self.sent if unit == unit_id)

    def of_rule(self, rule_key: str) -> int:
        """How many units are reminded of a clause."""
        return sum(key == rule_key for _unit, key in self.sent)


def reminded_of(viewer: Actor, matrix: Matrix) -> Reminded:
    """Of which clauses the units of a matrix are reminded, on all its pages.

    For who may remind there; nothing for everybody else.
    """
    if not matrix.unit_ids or not may_remind(viewer, matrix):
        return Reminded({})
    found = open_asked(KIND, matrix.unit_ids)
    told: dict[tuple[int, str], AskedFor] = {}
    for key, asked in found.items():
        _kind, unit_id, rule_key, period = key.split(":", 3)
        if period == matrix.span.code:
            told[int(unit_id), rule_key] = asked
    return Reminded(told)


def reminder_of_cell(
    viewer: Actor, above: str, found: ClauseOfUnit
) -> tuple[bool, AskedFor | None]:
    """Whether the viewer may remind the unit of a cell from the matrix of the unit ``above``, and
    since when and by whom the unit is reminded of it.

    Nothing for a cell where nothing is missing, for who may not remind there, and where the unit
    is not directly below ``above``: from there it is not reminded.
    """
    if found.cell.state != "missing":
        return False, None
    over = holder_on(above, found.asked.day)
    if not viewer.may("units.remind", over.unit_id):
        return False, None
    unit_id = found.unit.unit_id
    if all(one.id != unit_id for one in child_units(over.unit_id, found.asked.day)):
        return False, None
    key = task_key(unit_id, found.rule.key, found.span.code)
    return True, open_asked(KIND, [unit_id]).get(key)


def missing_below(
    viewer: Actor, code: str, period: str, *, unit_code: str = "", rule_key: str = ""
) -> Missings:
    """What the units directly below ``code`` owe; of one unit, of one clause where they are given.

    Needs "units.remind" over the unit above; ``NotFound`` for everybody else. Only what a rule may
    fail a unit by is in it: by a text that nobody here has compared nobody is reminded.
    """
    matrix = disclosure_matrix(viewer, code, period, anew=True)
    if not viewer.may("units.remind", matrix.unit.unit_id):
        raise no_unit(code)
    owed = [
        (unit, rule, cell.owed)
        for group in matrix.groups
        for unit in group.units
        for rule, cell in zip(group.rules, unit.cells, strict=True)
        if cell.state == "missing" and unit_code in ("", unit.code) and rule_key in ("", rule.key)
    ]
    units = {unit.id for unit, _rule, _quarters in owed}
    # A unit that ended since has nobody who could still do it.
    there = unit_names(units, today()) if units else {}
    sent = open_asked(KIND, units) if units else {}
    return Missings(
        matrix,
        tuple(
            Missing(
                unit.id,
                unit.code,
                unit.name,
                rule,
                sent.get(task_key(unit.id, rule.key, matrix.span.code)),
                quarters,
            )
            for unit, rule, quarters in owed
            if unit.id in there
        ),
        current_calendar().add_working_days(today(), _DAYS, "public").date,
    )
