"""Batches of reports and how far each file is; reports that stand here twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Count, Q

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import visible_records

from ..models import Batch, BatchFile, Decision, ReadDocument, ReadFigure
from .elsewhere import Elsewhere, elsewhere


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a list: how many files, how many not read yet."""

    public_id: UUID
    made_at: dt.datetime
    files: int
    waiting: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a batch. ``document`` is what was read, ``same_as`` what stood here before."""

    file_id: int
    name: str
    state: str  # waiting, done, duplicate, failed, left_out
    reason_vi: str
    reason_en: str
    document_id: UUID | None
    title: str
    figures: int
    left: int
    same_id: UUID | None
    same_title: str
    other_unit_id: int | None  # the unit it names, for which it may be read
    elsewhere: tuple[Elsewhere, ...]  # the same file or words, taken in for another unit


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its files, in their order."""

    public_id: UUID
    unit_id: int
    made_at: dt.datetime
    files: tuple[FileLine, ...]

    def count(self, *states: str) -> int:
        """How many files are in one of these states."""
        return sum(file.state in states for file in self.files)

    @property
    def waiting(self) -> int:
        """Files not read yet."""
        return self.count("waiting")

    @property
    def to_review(self) -> int:
        """Reports read of which a figure is still to be decided."""
        return sum(file.left > 0 for file in self.files)


def batches(viewer: Actor, unit_id: int, limit: int = 5) -> list[BatchLine]:
    """The newest batches of a unit; nothing for who may not hand reports in for it."""
    if not viewer.may("readings.write", unit_id):
        return []
    return [BatchLine(*row) for row in _newest(limit).rows(unit_id)]


@cache
def _newest(limit: int) -> Prepared:
    return Prepared(
        lambda unit_id: (
            Batch.objects.filter(unit_id=unit_id)
            .annotate(
                n=Count("files"),
                waiting=Count("files", filter=Q(files__state=BatchFile.State.WAITING)),
            )
            .order_by("-made_at", "-pk")
            .values_list("public_id", "made_at", "n", "waiting")[:limit]
        )
    )


def batch(viewer: Actor, public_id: UUID) -> BatchView:
    """One batch with how far each file is; ``NotFound`` for who may not hand in for its unit."""
    found = Batch.objects.filter(public_id=public_id).first()
    if found is None or not viewer.may("readings.write", found.unit_id):
        raise NotFound("Không tìm thấy lô tệp này.", "There is no such batch.")
    rows = list(
        found.files.select_related("document__record", "same_as__record")
        .defer("document__text", "same_as__text")
        .order_by("position")
    )
    counts = {
        pk: (n, left)
        for pk, n, left in ReadFigure.objects.filter(
            document__in=[row.document_id for row in rows if row.document_id]
        )
        .values_list("document_id")
        .annotate(n=Count("pk"), left=Count("pk", filter=Q(decision=Decision.PENDING)))
    }
    beyond = elsewhere(viewer, [row.document_id for row in rows if row.document_id])
    return BatchView(
        public_id=found.public_id,
        unit_id=found.unit_id,
        made_at=found.made_at,
        files=tuple(
            _line(
                row,
                *counts.get(row.document_id or 0, (0, 0)),
                beyond.get(row.document_id or 0, ()),
            )
            for row in rows
        ),
    )


def _line(row: BatchFile, figures: int, left: int, beyond: tuple[Elsewhere, ...]) -> FileLine:
    made, same = row.document, row.same_as
    return FileLine(
        file_id=row.pk,
        name=row.name,
        state=row.state,
        reason_vi=row.reason_vi,
        reason_en=row.reason_en,
        document_id=made.record.public_id if made else None,
        title=made.title if made else "",
        figures=figures,
        left=left,
        same_id=same.record.public_id if same else None,
        same_title=same.title if same else "",
        other_unit_id=row.other_unit_id if row.state == BatchFile.State.OTHER_UNIT else None,
        elsewhere=beyond,
    )


@dataclass(frozen=True, slots=True)
class Twin:
    """Another report of the same unit, period and kind."""

    public_id: UUID
    title: str
    event_date: dt.date | None


def twins(viewer: Actor, document_id: int) -> list[Twin]:
    """Reports of the same unit, period and kind as this one that the viewer may see."""
    own = (
        ReadDocument.objects.filter(record__in=visible_records(viewer, kinds=["reading"]))
        .filter(pk=document_id, period__isnull=False)
        .values_list("record__unit_id", "period_id", "doc_kind")
        .first()
    )
    if own is None:
        return []
    unit_id, period_id, kind = own
    rows = (
        ReadDocument.objects.filter(
            record__in=visible_records(viewer, unit_id=unit_id, kinds=["reading"]),
            record__state="recorded",
            period_id=period_id,
            doc_kind=kind,
        )
        .exclude(pk=document_id)
        .order_by("record_id")
        .values_list("record__public_id", "title", "event_date")
    )
    return [Twin(*row) for row in rows[:10]]
