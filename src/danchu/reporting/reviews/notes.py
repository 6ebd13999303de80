"""Findings that people write for a report: achievements, limitations, causes, tasks, requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_text
from danchu.reporting.figures.begun import require_begun

from .models import Note

MOST_NOTES = 60  # of one kind in one report


@dataclass(frozen=True, slots=True)
class NoteView:
    """One finding as written."""

    note_id: int
    row_version: int
    kind: str
    text: str


def notes_of(viewer: Actor, unit_id: int, period: Period) -> list[NoteView]:
    """The findings written for a unit's report, in their order; for who may read its reports."""
    if not viewer.may("reports.read", unit_id):
        return []
    rows = Note.objects.filter(unit_id=unit_id, period=period, withdrawn_at__isnull=True)
    return [NoteView(n.pk, n.row_version, n.kind, n.text) for n in rows.order_by("kind", "order")]


def write_note(*, actor: Actor, unit_id: int, period: Period, kind: str, text: str) -> Note:
    """Add a finding to the report of a unit and period. Needs ``reports.write``."""
    chosen = clean_choice(kind, Note.Kind.values, "kind", "loại nội dung", "kind of finding")
    words = clean_text(text, "text", "nội dung", "text", limit=2_000, required=True)
    with acting_as(actor):
        require(actor, "reports.write", unit_id)
        require_begun(period.start)
        same = Note.objects.filter(
            unit_id=unit_id, period=period, kind=chosen, withdrawn_at__isnull=True
        )
        if same.count() >= MOST_NOTES:
            raise BadInput(
                f"Một mục ghi nhiều nhất {MOST_NOTES} ý.", f"At most {MOST_NOTES} items."
            )
        if same.filter(text=words).exists():
            raise Conflict("Ý này đã có trong báo cáo.", "The report has this item already.")
        order = (same.aggregate(n=Max("order"))["n"] or 0) + 1
        note = Note.objects.create(
            unit_id=unit_id,
            period=period,
            kind=chosen,
            order=order,
            text=words,
            author_id=actor.actor_id,
        )
        log_action("reviews.note_written", actor=actor, data={"note": note.pk, "kind": chosen})
    return note


def withdraw_note(*, actor: Actor, note_id: int) -> None:
    """Take a finding out of the report; it stays known that it was there."""
    with acting_as(actor):
        note = Note.objects.select_for_update().filter(pk=note_id, withdrawn_at=None).first()
        if note is None:
            raise NotFound("Không tìm thấy ý này.", "There is no such item.")
        require(actor, "reports.write", note.unit_id)
        note.withdrawn_at = now()
        note.save(update_fields=["withdrawn_at"])
        log_action("reviews.note_withdrawn", actor=actor, data={"note": note.pk})
