"""Reading other work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from danchu.core.contracts import Actor, WorkKind, work_kinds
from danchu.core.errors import NotFound
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .models import OtherWork


@dataclass(frozen=True, slots=True)
class OtherWorkView:
    """A row of other work; ``number`` in the smallest unit of ``kind``."""

    record_id: int
    public_id: UUID
    unit_id: int
    version: int
    occurred_on: dt.date
    cancelled: bool
    cancel_reason: str
    key: str
    kind: WorkKind | None
    base_kind: str
    number: int
    people: int | None
    place: str
    note: str
    written_by: str


def _view(row: OtherWork, kinds: dict[str, WorkKind]) -> OtherWorkView:
    record = row.record
    return OtherWorkView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        version=record.version,
        occurred_on=record.occurred_on,
        cancelled=record.state == Record.State.CANCELLED,
        cancel_reason=record.cancel_reason,
        key=row.kind,
        kind=kinds.get(row.kind),
        base_kind=row.base_kind,
        number=row.number,
        people=row.people,
        place=row.place,
        note=row.note,
        written_by=record.author.name if record.author else "",
    )


def other_work(viewer: Actor, public_id: UUID) -> OtherWorkView:
    """One row, for who may see it; ``NotFound`` for everybody else."""
    row = (
        OtherWork.objects.select_related("record__author")
        .filter(
            record__in=visible_records(viewer, kinds=["otherwork"]), record__public_id=public_id
        )
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy việc này.", "There is no such work.")
    return _view(row, work_kinds())


def other_works(
    viewer: Actor,
    *,
    unit_id: int,
    start: dt.date | None = None,
    end: dt.date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[OtherWorkView], int]:
    """Other work of one unit that the viewer may see, newest first, and how many there are."""
    rows = OtherWork.objects.filter(
        record__in=visible_records(
            viewer, unit_id=unit_id, kinds=["otherwork"], start=start, end=end
        )
    )
    lines = rows.select_related("record__author").order_by("-record__occurred_on", "-record_id")
    kinds = work_kinds()
    return [_view(row, kinds) for row in lines[offset : offset + limit]], rows.count()
