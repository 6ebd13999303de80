"""Reading tasks: the one table behind "việc hôm nay"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.db.models import F, Q

from danchu.core.accounts.policy import works_in
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared

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
    """The unit's open tasks, most urgent first; nothing for who may not do its tasks.

    What is a matter of the unit itself is shown to people with a role over the unit only.
    """
    if not viewer.may("tasks.do", unit_id) and not viewer.may("records.read", unit_id):
        return []
    return [
        OpenTask(
            title,
            basis,
            path,
            starts_on,
            due_on,
            unit,
            (on - due_on).days if due_on else 0,
            owner or "",
        )
        for title, basis, path, starts_on, due_on, unit, owner in _open(
            limit, works_in(viewer, "records.read", unit_id)
        ).rows(unit_id)
    ]


@dataclass(frozen=True, slots=True)
class DueTask:
    """An open task with its last day and the record it hangs on."""

    title: str
    basis: str
    path: str
    due_on: dt.date
    record_id: int | None


def tasks_due(viewer: Actor, unit_id: int, first: dt.date, last: dt.date) -> list[DueTask]:
    """The unit's open tasks whose last day lies in [first, last], in order.

    For who may see its tasks, as in :func:`open_tasks`.
    """
    if not viewer.may("tasks.do", unit_id) and not viewer.may("records.read", unit_id):
        return []
    rows = Task.objects.filter(unit_id=unit_id, done_at__isnull=True, due_on__range=(first, last))
    if not works_in(viewer, "records.read", unit_id):
        rows = rows.filter(inside=False)
    told = rows.order_by("due_on", "id")
    return [
        DueTask(title, basis, path, due_on, record_id)
        for title, basis, path, due_on, record_id in told.values_list(
            "title", "basis", "path", "due_on", "record_id"
        )
        if due_on is not None
    ]


def open_task_title(key: str) -> str:
    """The title of the open task with this key; "" when there is none. Asked by its own pages."""
    title = Task.objects.filter(key=key, done_at__isnull=True).values_list("title", flat=True)
    return title.first() or ""


def open_since(key: str) -> dict[str, dt.date]:
    """key -> first day of the open tasks whose key begins so; for the services that close them."""
    rows = Task.objects.filter(key__startswith=key, done_at__isnull=True)
    return dict(rows.values_list("key", "starts_on"))


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An open task that somebody asked for: since when, and who ("" where nobody is told)."""

    on: dt.date
    by: str


def open_asked(kind: str, unit_ids: Collection[int]) -> dict[str, AskedFor]:
    """key -> who asked for the open tasks of a kind of these units; for its own pages."""
    rows = Task.objects.filter(kind=kind, unit_id__in=unit_ids, done_at__isnull=True)
    found = rows.values_list("key", "starts_on", "asked_by__name")
    return {key: AskedFor(on, by or "") for key, on, by in found}


@cache
def _open(limit: int, inside: bool) -> Prepared:
    told = Q() if inside else Q(inside=False)
    return Prepared(
        lambda unit_id: (
            Task.objects.filter(told, unit_id=unit_id, done_at__isnull=True)
            .order_by(F("due_on").asc(nulls_last=True), "id")
            .values_list(
                "title", "basis", "path", "starts_on", "due_on", "day_unit", "owner__name"
            )[:limit]
        )
    )
