"""The ledger of one unit: what the law asks, what is done, late, next, and on which records.

Read in as many questions for many rules as for one. Who may read the unit's records may read its
ledger; the unit's records themselves are shown by each kind of work to whom they may be shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from danchu.core.calendar.days import WorkCalendar
from danchu.core.calendar.selectors import current_calendar
from danchu.core.contracts import Actor, declared_findables
from danchu.core.errors import BadInput, NotFound
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.units.selectors import holder_on, unit_within

from .facts import unit_facts
from .instances import Instance, Judge, State
from .reading import declared_by_rule, read_instances, rules_of
from .scope import kind_of

AHEAD = dt.timedelta(days=21)  # how far beyond the day a ledger always looks: the week to come
LONGEST = 400  # days of one ledger


@dataclass(frozen=True, slots=True)
class Counts:
    """How many instances stand how.

    ``done``: in time and as long as the law asks; ``done_late``, ``short``: done, but not so.
    ``late`` fail the unit, ``advised`` do not (L1).
    """

    done: int = 0
    done_late: int = 0
    short: int = 0
    late: int = 0
    advised: int = 0
    open: int = 0
    unknown: int = 0

    @property
    def flawed(self) -> int:
        """Those that were done late or did not last."""
        return self.done_late + self.short

    @property
    def due(self) -> int:
        """Those that were asked and can be told."""
        return self.done + self.flawed + self.late + self.advised + self.open


def counts_of(instances: Collection[Instance]) -> Counts:
    """The counts of some instances, each in one of them; one to come is in none."""
    told = [(one.state, one.fails) for one in instances]
    return Counts(
        done=sum(state == "done" for state, _fails in told),
        done_late=sum(state == "done_late" for state, _fails in told),
        short=sum(state == "short" for state, _fails in told),
        late=sum(state == "late" and fails for state, fails in told),
        advised=sum(state == "late" and not fails for state, fails in told),
        open=sum(state == "open" for state, _fails in told),
        unknown=sum(state == "unknown" for state, _fails in told),
    )


@dataclass(frozen=True)
class Line:
    """One rule of the ledger with its instances in the order of time."""

    rule: Rule
    instances: tuple[Instance, ...]

    @cached_property
    def counts(self) -> Counts:
        """The counts of the line."""
        return counts_of(self.instances)

    @cached_property
    def records(self) -> int:
        """How many records stand behind the line."""
        return len({record for one in self.instances for record in one.record_ids})

    @cached_property
    def next(self) -> Instance | None:
        """What is to be done next: the earliest of what is open, else of what is to come."""
        for state in ("open", "ahead"):
            waiting = [one for one in self.instances if one.state == state]
            if waiting:
                return min(waiting, key=lambda one: one.due_on or dt.date.max)
        return None

    @cached_property
    def state(self) -> State:
        """The worst of its states."""
        states = {one.state for one in self.instances}
        order: tuple[State, ...] = ("late", "short", "done_late", "open", "done", "unknown")
        return next((state for state in order if state in states), "ahead")


@dataclass(frozen=True, slots=True)
class LedgerUnit:
    """The unit of a ledger, as it was at the end of its time."""

    id: int
    public_id: str
    level: str
    code: str
    name: str
    kind: str
    is_demo: bool


@dataclass(frozen=True)
class Ledger:
    """The ledger of a unit from ``first`` to ``last``, as it stands ``on`` a day.

    ``kind``: the catalogue's kind of the unit, None where the law lays nothing on such a unit by
    itself. ``untracked``: rules in force that no kind of work shows; they fail nobody.
    ``follows_from``: the day of the unit's first record here, before which nothing is judged.
    ``calendar``: the one its days were counted with.
    """

    unit: LedgerUnit
    kind: UnitKind | None
    first: dt.date
    last: dt.date
    on: dt.date
    lines: tuple[Line, ...]
    untracked: tuple[Rule, ...]
    follows_from: dt.date | None
    calendar: WorkCalendar

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Every instance of every line."""
        return tuple(one for line in self.lines for one in line.instances)

    @cached_property
    def counts(self) -> Counts:
        """The counts of the whole ledger."""
        return counts_of(self.instances)


def duty_ledger(
    viewer: Actor, code: str, first: dt.date, last: dt.date, on: dt.date, *, only: str = ""
) -> Ledger:
    """The ledger of the unit that held ``code`` last in [first, last], as it stands on ``on``.

    ``only``: the one rule that is asked for; the others are not read.

    Needs "records.read" over the unit as the map is today; ``NotFound`` for everybody else, as for
    a unit that is not there. Raises ``BadInput`` for days in the wrong order or a time too long.
    """
    if not 0 <= (last - first).days <= LONGEST:
        raise BadInput(
            "Sổ nghĩa vụ xem được từng khoảng không quá một năm.",
            "A ledger of duties covers a year at most.",
        )
    unit = _unit(code, first, last)
    if not viewer.may("records.read", unit.id):
        raise no_such_unit(code)
    catalogue = current_catalogue()
    facts = unit_facts({unit.id: unit.kind})[unit.id]
    until = max(last, on + AHEAD) if first <= on <= last else last
    rules = [
        rule
        for rule in rules_of(catalogue, unit.level, unit.kind, first, until)
        if only in ("", rule.key)
    ]
    calendar = current_calendar()
    found = read_instances([facts], lambda _unit: rules, Judge(calendar, on), first, until)[unit.id]
    day = min(max(on, first), last)
    lines = [Line(rule, tuple(found[rule.key])) for rule in rules if rule.key in found]
    return Ledger(
        unit=unit,
        kind=kind_of(unit.level),
        first=first,
        last=last,
        on=on,
        lines=tuple(line for line in lines if line.instances or line.rule.applies_on(day)),
        untracked=_untracked(rules, day),
        follows_from=facts.begun,
        calendar=calendar,
    )


def _unit(code: str, first: dt.date, last: dt.date) -> LedgerUnit:
    """Who holds the code on the last day, in one question; else who held it last before."""
    if "@" not in code:
        try:
            held = holder_on(code, last)
        except NotFound:
            pass
        else:
            return LedgerUnit(
                held.unit_id, str(held.public_id), held.level, held.code, held.name, held.kind,
                held.is_demo,
            )  # fmt: skip
    unit = unit_within(code, first, last)
    return LedgerUnit(
        unit.id, str(unit.public_id), unit.level, unit.code, unit.name, unit.kind, unit.is_demo
    )


def _untracked(rules: Sequence[Rule], day: dt.date) -> tuple[Rule, ...]:
    declared = declared_by_rule()
    return tuple(rule for rule in rules if rule.key not in declared and rule.applies_on(day))


def no_such_unit(code: str) -> NotFound:
    """The refusal for a unit outside what the viewer may read, as for one that is not there."""
    return NotFound(
        f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
        f"There is no unit {code} within this account's scope.",
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records behind an instance: (title, address) of those shown, and how many are not."""

    shown: tuple[tuple[str, str], ...]
    hidden: int


def evidence_of(viewer: Actor, line: Line) -> list[tuple[Instance, Evidence]]:
    """Each instance of a line with its records: linked where the viewer may see them.

    A question for the kinds of the records and one or two for each kind.
    """
    ids = sorted({record for one in line.instances for record in one.record_ids})
    kinds: dict[str, list[int]] = {}
    if ids:
        for record, kind in Record.objects.filter(pk__in=ids).values_list("pk", "kind"):
            kinds.setdefault(kind, []).append(record)
    findables = declared_findables()
    seen: dict[int, tuple[str, str]] = {}
    for kind, records in kinds.items():
        if kind in findables:
            seen |= findables[kind].visible(viewer, records)
    return [
        (
            one,
            Evidence(
                tuple(seen[record] for record in one.record_ids if record in seen),
                sum(record not in seen for record in one.record_ids),
            ),
        )
        for one in line.instances
    ]


def line_of(ledger: Ledger, key: str) -> Line:
    """The line of a rule; ``NotFound`` for a rule that the ledger does not follow."""
    for line in ledger.lines:
        if line.rule.key == key:
            return line
    raise NotFound("Sổ của đơn vị này không có nghĩa vụ đó.", "The unit's ledger has no such duty.")
