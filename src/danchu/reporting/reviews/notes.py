"""Findings that people write for a report: achievements, limitations, causes, tasks, requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_line, clean_text
from danchu.core.units.models import Unit
from danchu.reporting.figures.begun import require_begun

from .models import Note

MOST_NOTES = 60  # of one kind in one report
CHANGED = "note_changed"  # code of the refusal where somebody else was first


@dataclass(frozen=True, slots=True)
class NoteView:
    """One finding as written."""

    note_id: int
    row_version: int
    kind: str
    text: str
    reason: str


def notes_of(viewer: Actor, unit_id: int, period: Period) -> list[NoteView]:
    """The findings written for a unit's report, in their order; for who may read its reports."""
    if not viewer.may("reports.read", unit_id):
        return []
    rows = Note.objects.filter(unit_id=unit_id, period=period, withdrawn_at__isnull=True)
    return [
        NoteView(n.pk, n.row_version, n.kind, n.text, n.reason)
        for n in rows.order_by("kind", "order")
    ]


def write_note(
    *, actor: Actor, unit_id: int, period: Period, kind: str, text: str, reason: str = ""
) -> Note:
    """Add a finding to the report of a unit and period. Needs ``reports.write``.

    ``reason``: why a number stands in it that danchu does not have; not printed.
    """
    chosen = clean_choice(kind, Note.Kind.values, "kind", "loại nội dung", "kind of finding")
    words, why = _said(text, reason)
    with acting_as(actor):
        require(actor, "reports.write", unit_id)
        require_begun(period.start)
        # One by one: sent twice at once, the second sees what the first wrote.
        Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
        same = Note.objects.filter(
            unit_id=unit_id, period=period, kind=chosen, withdrawn_at__isnull=True
        )
        if same.count() >= MOST_NOTES:
            raise BadInput(
                f"Một mục ghi nhiều nhất {MOST_NOTES} ý.", f"At most {MOST_NOTES} items."
            )
        if same.filter(text=words).exists():
            raise _twice()
        order = (same.aggregate(n=Max("order"))["n"] or 0) + 1
        note = Note.objects.create(
            unit_id=unit_id,
            period=period,
            kind=chosen,
            order=order,
            text=words,
            reason=why,
            author_id=actor.actor_id,
        )
        log_action("reviews.note_written", actor=actor, data={"note": note.pk, "kind": chosen})
    return note


def edit_note(*, actor: Actor, note_id: int, seen: int, text: str, reason: str = "") -> Note:
    """Word a finding anew. ``seen``: the row version of the one the person saw.

    Needs ``reports.write``. Raises ``NotFound``, ``Conflict`` (code "note_changed" when somebody
    else was first; nothing is kept then), ``BadInput``.
    """
    words, why = _said(text, reason)
    with acting_as(actor):
        note = _locked(actor, note_id)
        if note.row_version != seen:
            raise Conflict(
                "Ý này vừa được người khác sửa; câu của bạn chưa được lưu. Xem câu hiện nay, rồi "
                "lưu lại.",
                "Somebody else changed this item just now; yours was not saved. Look at it as it "
                "is now, then save again.",
                code=CHANGED,
            )
        if _same_kind(note).filter(text=words).exclude(pk=note.pk).exists():
            raise _twice()
        note.text, note.reason = words, why
        note.row_version += 1
        note.save(update_fields=["text", "reason", "row_version"])
        log_action(
            "reviews.note_edited",
            actor=actor,
            data={"note": note.pk, "version": note.row_version},
        )
    return note


def move_note(*, actor: Actor, note_id: int, up: bool) -> None:
    """Exchange a finding with the one before or after it of its kind; at the end it stays.

    Needs ``reports.write``. Raises ``NotFound``.
    """
    with acting_as(actor):
        note = Note.objects.filter(pk=note_id).first()
        if note is None:
            raise _unknown()
        require(actor, "reports.write", note.unit_id)
        # In one order for everybody, so that two who move at once wait and do not block.
        rows = list(_same_kind(note).select_for_update().order_by("order", "pk"))
        at = next((n for n, row in enumerate(rows) if row.pk == note_id), None)
        if at is None:
            raise _unknown()
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for order, row in enumerate(rows, start=1):
            if row.order != order:
                row.order = order
                row.save(update_fields=["order"])
        log_action("reviews.note_moved", actor=actor, data={"note": note.pk, "up": up})


def withdraw_note(*, actor: Actor, note_id: int) -> None:
    """Take a finding out of the report; it stays known that it was there."""
    with acting_as(actor):
        note = _locked(actor, note_id)
        note.withdrawn_at = now()
        note.save(update_fields=["withdrawn_at"])
        log_action("reviews.note_withdrawn", actor=actor, data={"note": note.pk})


def _said(text: str, reason: str) -> tuple[str, str]:
    words = clean_text(text, "text", "nội dung", "text", limit=2_000, required=True)
    return words, clean_line(reason, "reason", "lý do", "reason", limit=500, required=False)


def _locked(actor: Actor, note_id: int) -> Note:
    note = Note.objects.select_for_update().filter(pk=note_id, withdrawn_at=None).first()
    if note is None:
        raise _unknown()
    require(actor, "reports.write", note.unit_id)
    return note


def _same_kind(note: Note) -> QuerySet[Note, Note]:
    return Note.objects.filter(
        unit_id=note.unit_id, period_id=note.period_id, kind=note.kind, withdrawn_at__isnull=True
    )


def _twice() -> Conflict:
    return Conflict("Ý này đã có trong báo cáo.", "The report has this item already.")


def _unknown() -> NotFound:
    return NotFound("Không tìm thấy ý này.", "There is no such item.")
