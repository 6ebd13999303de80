"""What comes: duties and tasks day by day, and what the absence of one day would break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.contracts import Actor
from danchu.core.work.selectors import DueTask, tasks_due

from .instances import Instance
from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Coming:
    """Something whose last day is ``day``: a duty, or a task of the unit; never both.

    ``last_of``: of a duty, how many working days are left for it from that day on.
    """

    day: dt.date
    duty: Instance | None = None
    task: DueTask | None = None
    last_of: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be done about it any more."""
        return self.duty is not None and self.duty.state in ("done", "done_late", "short")


def week_after(on: dt.date) -> tuple[dt.date, dt.date]:
    """Monday to Sunday of the week after the one of ``on``."""
    monday = on + dt.timedelta(days=7 - on.weekday())
    return monday, monday + dt.timedelta(days=6)


def coming(viewer: Actor, ledger: Ledger, first: dt.date, last: dt.date) -> list[Coming]:
    """What of the ledger and of the unit's open tasks has its last day in [first, last].

    Done duties of those days are told too; a task that is the same thing as a duty of the ledger
    is told once, as the duty. One question.
    """
    duties = [
        Coming(one.due_on, duty=one)
        for one in ledger.instances
        if one.due_on is not None and first <= one.due_on <= last and one.state != "unknown"
    ]
    tasks = tasks_due(viewer, ledger.unit.id, first, last)
    return _in_order([*duties, *_only_tasks(tasks, ledger)])


def broken_by_absence(viewer: Actor, ledger: Ledger, day: dt.date) -> list[Coming]:
    """What can no longer be done in time when nobody works on ``day``; one question.

    A duty that asks for several days of a period breaks on each of the last days it needs, if
    nothing more is done before: two days of reception still to be held in a month break when one
    of its last two working days is lost.
    """
    duties = [
        Coming(day, duty=one, last_of=sum(other >= day for other in one.last_days))
        for one in ledger.instances
        if day in one.last_days and one.state in ("open", "ahead")
    ]
    tasks = tasks_due(viewer, ledger.unit.id, day, day)
    return _in_order([*duties, *_only_tasks(tasks, ledger)])


def _only_tasks(tasks: Sequence[DueTask], ledger: Ledger) -> list[Coming]:
    """The tasks that are no term of the ledger: the same record, the same last day."""
    terms = {
        (record, one.due_on)
        for one in ledger.instances
        for record in one.record_ids
        if one.path and one.state in ("open", "late")
    }
    return [
        Coming(task.due_on, task=task)
        for task in tasks
        if (task.record_id, task.due_on) not in terms
    ]


def _in_order(found: list[Coming]) -> list[Coming]:
    # What the law asks stands before what was promised, what may fail before what advises, and
    # what is done after what asks for a hand.
    return sorted(
        found,
        key=lambda one: (
            one.day,
            one.is_done,
            one.duty is None,
            one.duty is not None and not one.duty.rule.can_fail,
        ),
    )
