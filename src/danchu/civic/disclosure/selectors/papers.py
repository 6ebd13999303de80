"""Papers that go out: published registers and settled reports, with whom they were sent to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from danchu.core.calendar.words import Phrase
from danchu.core.contracts import Actor
from danchu.core.documents import OfficialDocument
from danchu.core.documents.keeping import from_data
from danchu.core.errors import NotFound
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from ..models import CouncilReport, Dispatch, Notice
from ..quarters import Quarter, reported_span, span_name

_KINDS = ("disclosure", "council_report")


@dataclass(frozen=True, slots=True)
class SentView:
    """That a paper was sent. ``noted_by``: who wrote it down."""

    record_id: int
    public_id: UUID
    sent_on: dt.date
    recipient: str
    way: str
    number: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A published register (``quarter``, ``table``) or a settled report (``document``)."""

    record_id: int
    public_id: UUID
    unit_id: int
    day: dt.date
    number: str
    name: Phrase
    cancelled: bool
    cancel_reason: str
    sent: tuple[SentView, ...]
    quarter: Quarter | None = None
    table: dict[str, Any] | None = None
    period: str = ""
    document: OfficialDocument | None = None


def paper(viewer: Actor, public_id: UUID) -> PaperView:
    """A paper with its sendings, for who may read the unit's records; ``NotFound`` for others."""
    record = visible_records(viewer, kinds=list(_KINDS)).filter(public_id=public_id).first()
    found = None
    if record is not None and viewer.may("records.read", record.unit_id):
        found = _report(record) if record.kind == "council_report" else _register(record)
    if found is None:
        raise NotFound("Không tìm thấy văn bản này.", "There is no such paper.")
    return found


def settled_report(viewer: Actor, unit_id: int, period: str) -> PaperView | None:
    """The report of a period that was settled and stands; None for none the viewer may see."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["council_report"])
    row = CouncilReport.objects.filter(
        record__in=records, record__state=Record.State.RECORDED, period=period
    ).select_related("record")
    found = row.first()
    return None if found is None else _report(found.record)


def _register(record: Record) -> PaperView | None:
    row = Notice.objects.exclude(register_of="").filter(pk=record.pk).first()
    if row is None:
        return None
    quarter = Quarter.kept(row.register_of)
    name = Phrase(
        f"danh mục nội dung đã công khai {quarter.name.vi}",
        f"register of disclosures of {quarter.name.en}",
    )
    return _paper(record, row.document_number, name, quarter=quarter, table=row.table)


def _report(record: Record) -> PaperView:
    row = CouncilReport.objects.get(pk=record.pk)
    span = span_name(reported_span(row.period))
    name = Phrase(
        f"báo cáo Hội đồng nhân dân về công khai {span.vi}",
        f"report to the People's Council on disclosure, {span.en}",
    )
    document = from_data(row.document)
    return _paper(record, row.number, name, period=row.period, document=document)


def _paper(record: Record, number: str, name: Phrase, **own: Any) -> PaperView:
    """What registers and reports have in common, with what is each one's ``own``."""
    return PaperView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        day=record.occurred_on,
        number=number,
        name=name,
        cancelled=record.state == Record.State.CANCELLED,
        cancel_reason=record.cancel_reason,
        sent=_sent(record),
        **own,
    )


def _sent(about: Record) -> tuple[SentView, ...]:
    rows = (
        Dispatch.objects.filter(about=about, record__state=Record.State.RECORDED)
        .order_by("record__occurred_on", "pk")
        .values_list(
            "pk", "record__public_id", "record__occurred_on", "recipient", "way", "number",
            "record__author__name",
        )
    )  # fmt: skip
    return tuple(SentView(*values[:6], values[6] or "") for values in rows)
