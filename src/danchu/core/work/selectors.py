"""Reading tasks: the one table behind "việc hôm nay"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from danchu.core.contracts import Actor

from .models import Task


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task still to do. ``days_late`` is positive when the due day has passed."""

    title: str
    basis: str
    path: str
    starts_on: dt.date
    due_on: dt.date | None
    day_unit: str
    days_late: int
    owner_name: str


def open_tasks(viewer: Actor, unit_id: int, on: dt.date, limit: int = 100) -> list[OpenTask]:
    """The unit's open tasks, most urgent first; nothing for who may not do its tasks."""
    if not viewer.may("tasks.do", unit_id) and not viewer.may("records.read", unit_id):
        return []
    rows = (
        Task.objects.filter(unit_id=unit_id, done_at__isnull=True)
        .select_related("owner")
        .order_by(F("due_on").asc(nulls_last=True), "id")[:limit]
    )
    return [
        OpenTask(
            title=row.title,
            basis=row.basis,
            path=row.path,
            starts_on=row.starts_on,
            due_on=row.due_on,
            day_unit=row.day_unit,
            days_late=(on - row.due_on).days if row.due_on else 0,
            owner_name=row.owner.name if row.owner else "",
        )
        for row in rows
    ]
