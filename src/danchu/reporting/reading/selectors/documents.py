"""Lists of the reports that were taken in, and what of them goes into a report of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from danchu.core.accounts.policy import reach
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.records.selectors import seen_in_reach, visible_records
from danchu.reporting.figures.telling import quoted

from ..models import Decision, ReadDocument, ReadFigure, ReadFinding
from .stated import held_over_time


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A report in a list."""

    public_id: UUID
    title: str
    unit_id: int
    period_code: str
    event_date: dt.date | None
    figures: int
    waiting: int


def documents(
    viewer: Actor, *, unit_id: int | None = None, limit: int = 50, offset: int = 0
) -> tuple[list[DocumentLine], int]:
    """Reports taken in that the viewer may see, newest first, and how many there are."""
    held = reach(viewer, "records.read") if unit_id is None else None
    if held is not None and offset < _PAGES_KEPT * limit:
        shown = _page_in_reach(limit, offset).rows(*held)
        total = shown[0][-1] if shown else 0
        if shown or not offset:
            return _lines([row[:-1] for row in shown]), total
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    if unit_id is None:
        rows = _gone_through(records)
    else:
        rows = ReadDocument.objects.filter(record__in=records, record__state="recorded")
        rows = told_documents(viewer, unit_id, rows)
    shown = list(_page(rows, limit, offset))
    total = shown[0][-1] if shown else rows.count() if offset else 0
    return _lines([row[:-1] for row in shown]), total


def _gone_through(records: QuerySet[Record]) -> QuerySet[ReadDocument]:
    """Reports are few beside all records: they are gone through, not the records."""
    return ReadDocument.objects.filter(
        Exists(records.filter(pk=OuterRef("pk"))), record__state="recorded"
    )


def _page(rows: QuerySet[ReadDocument], limit: int, offset: int) -> QuerySet[ReadDocument, Any]:
    newest = rows.order_by("-record__created_at", "-record_id").values_list(*_LINE)
    return newest.annotate(total=Window(Count("*")))[offset : offset + limit]


_PAGES_KEPT = 8  # of the list of all reports: further ones are asked for seldom


@lru_cache(maxsize=64)
def _page_in_reach(limit: int, offset: int) -> Prepared:
    def page(*held: Any) -> QuerySet[ReadDocument, Any]:
        records = Record.objects.filter(seen_in_reach(*held), kind="reading")
        return _page(_gone_through(records), limit, offset)

    return Prepared(page)


def told_documents(
    viewer: Actor, unit_id: int, rows: QuerySet[ReadDocument]
) -> QuerySet[ReadDocument]:
    """Those whose very words the viewer may read: who may not read the unit's figures is not
    shown a report of a period of which a number is held back."""
    if viewer.may("records.read", unit_id):
        return rows
    held = {period for _unit, period in held_over_time(viewer, [unit_id])}
    if not held:
        return rows
    return rows.exclude(Exists(ReadFigure.objects.filter(document=OuterRef("pk"), period__in=held)))


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[DocumentLine]:
    """A line for each report. The figures are counted for these alone, and no text is read."""
    counts = {
        document: (figures, waiting)
        for document, figures, waiting in _COUNTS.rows([row[0] for row in rows])
    }
    return [
        DocumentLine(public_id, title, unit_id, code or "", day, *counts.get(pk, (0, 0)))
        for pk, public_id, title, unit_id, code, day in rows
    ]


_LINE = ("pk", "record__public_id", "title", "record__unit_id", "period__code", "event_date")
_COUNTS = Prepared(
    lambda documents: (
        ReadFigure.objects.filter(document__in=documents)
        .values_list("document_id")
        .annotate(n=Count("pk"), waiting=Count("pk", filter=Q(decision=Decision.PENDING)))
    )
)


def waiting_documents(viewer: Actor, unit_id: int, limit: int = 5) -> list[DocumentLine]:
    """Reports of one unit with figures still to be decided; nothing for who may not read it."""
    if not viewer.may("records.read", unit_id):
        return []
    return _lines(_waiting(limit).rows(unit_id))


@cache
def _waiting(limit: int) -> Prepared:
    pending = ReadFigure.objects.filter(document=OuterRef("pk"), decision=Decision.PENDING)
    return Prepared(
        lambda unit_id: (
            ReadDocument.objects.filter(
                Exists(pending),
                record__unit_id=unit_id,
                record__kind="reading",  # known, but it leads the database to the right index
                record__state="recorded",
            )
            .order_by("record_id")
            .values_list(*_LINE)[:limit]
        )
    )


def findings_of(viewer: Actor, unit_id: int, period: Period) -> dict[str, list[str]]:
    """Findings of the unit's reports of a period that were kept, by kind, in their own words."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    rows = ReadFinding.objects.filter(
        document__record__in=records,
        document__record__state="recorded",
        document__period=period,
        decision=Decision.CONFIRMED,
    ).order_by("document_id", "start")
    held = held_over_time(viewer, [unit_id]).get((unit_id, period.pk), {})
    found: dict[str, list[str]] = {}
    for row in rows:
        if quoted(row.surface, held):
            found.setdefault(row.kind, []).append(row.surface)
    return found


def sources_of(viewer: Actor, unit_id: int, period: Period) -> list[tuple[UUID, str, str]]:
    """Reports of the period the viewer may see: public id, title, where it was published."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    rows = ReadDocument.objects.filter(
        record__in=records, record__state="recorded", period=period
    ).select_related("record")
    held = held_over_time(viewer, [unit_id]).get((unit_id, period.pk), {})
    return [
        (row.record.public_id, quoted(row.title, held), quoted(row.source_note, held))
        for row in rows
    ]
