"""Writing tasks. Called inside the transaction of the service that creates the need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from danchu.core.clock import now, today
from danchu.core.contracts import Actor
from danchu.core.units.selectors import who_answers

from .models import Task


def assign(
    *,
    key: str,
    unit_id: int,
    kind: str,
    title: str,
    starts_on: dt.date,
    due_on: dt.date | None,
    day_unit: Literal["working", "calendar"] = "calendar",
    basis: str = "",
    path: str = "",
    record_id: int | None = None,
    owner_id: int | None = None,
    inside: bool = False,
) -> Task:
    """Make the task with this key, or bring the open one up to date; once and twice are the same.

    A task of a unit that ended is that of the unit which took over.
    ``due_on`` is the last day to do it, ``path`` the address of the page where it is done,
    ``basis`` the article it rests on. ``inside``: a matter of the unit itself, which is not told
    to people of the units above.
    """
    task, _ = Task.objects.update_or_create(
        key=key,
        defaults={
            "unit_id": who_answers(unit_id, today()),
            "kind": kind,
            "title": title[:300],
            "starts_on": starts_on,
            "due_on": due_on,
            "day_unit": day_unit,
            "basis": basis,
            "path": path,
            "record_id": record_id,
            "owner_id": owner_id,
            "inside": inside,
            "done_at": None,
            "done_by_id": None,
        },
    )
    return task


_WRITTEN = (
    "unit",
    "title",
    "basis",
    "starts_on",
    "due_on",
    "day_unit",
    "path",
    "done_at",
    "done_by",
    "asked_by",
)


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as :func:`assign` takes it, for a unit that stands today."""

    key: str
    unit_id: int
    kind: str
    title: str
    starts_on: dt.date
    due_on: dt.date | None
    day_unit: Literal["working", "calendar"] = "calendar"
    basis: str = ""
    path: str = ""
    asked_by_id: int | None = None  # the person who asks for it


def assign_many(tasks: Sequence[NewTask]) -> int:
    """Make the tasks that are not open yet, in two statements; how many.

    One that was closed is opened anew; an open one stays as it is: nobody is asked twice.
    """
    keys = [task.key for task in tasks]
    there = set(
        Task.objects.filter(key__in=keys, done_at__isnull=True).values_list("key", flat=True)
    )
    new = [
        Task(
            unit_id=task.unit_id,
            kind=task.kind,
            title=task.title[:300],
            starts_on=task.starts_on,
            due_on=task.due_on,
            day_unit=task.day_unit,
            basis=task.basis,
            path=task.path,
            key=task.key,
            asked_by_id=task.asked_by_id,
        )
        for task in tasks
        if task.key not in there
    ]
    Task.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_WRITTEN,
    )
    return len(new)


def move_due_day(*, key: str, due_on: dt.date) -> bool:
    """Give the open task with this key another last day; False when there is none."""
    return bool(Task.objects.filter(key=key, done_at__isnull=True).update(due_on=due_on))


def retitle(*, key: str, title: str) -> bool:
    """Say anew what the open task with this key asks for; False when there is none."""
    return bool(Task.objects.filter(key=key, done_at__isnull=True).update(title=title[:300]))


def complete(*, actor: Actor, key: str) -> bool:
    """Close the open task with this key; False when there is none."""
    return bool(
        Task.objects.filter(key=key, done_at__isnull=True).update(
            done_at=now(), done_by_id=actor.actor_id
        )
    )


def complete_all(*, actor: Actor, keys: Collection[str]) -> int:
    """Close the open tasks with these keys; how many there were."""
    return Task.objects.filter(key__in=list(keys), done_at__isnull=True).update(
        done_at=now(), done_by_id=actor.actor_id
    )


def complete_for_record(*, actor: Actor, record_id: int) -> int:
    """Close every open task that hangs on a record, as when the record is cancelled."""
    return Task.objects.filter(record_id=record_id, done_at__isnull=True).update(
        done_at=now(), done_by_id=actor.actor_id
    )
