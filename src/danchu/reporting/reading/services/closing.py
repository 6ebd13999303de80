"""Closing the review of a report, opening it again, and cancelling a report taken in by mistake."""

from __future__ import annotations

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.errors import Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.services import cancel_record

from ..models import Decision, ReadDocument
from .deciding import locked_document, tell


def close_review(*, actor: Actor, document_id: int) -> ReadDocument:
    """Say that every figure was decided; from then on nothing changes until it is reopened.

    Needs ``readings.decide``. Raises ``Conflict`` while a figure is undecided.
    """
    with acting_as(actor):
        document = locked_document(actor, document_id)
        left = document.figures.filter(decision=Decision.PENDING).count()
        if left:
            raise Conflict(
                f"Còn {left} số chờ xử lý. Xử lý hết rồi khép rà soát.",
                f"{left} figures are still to be decided. Decide them, then close the review.",
            )
        document.closed_at = now()
        document.save(update_fields=["closed_at"])
        log_action("reading.review_closed", actor=actor, record_id=document.pk, data={})
    return document


def reopen_review(*, actor: Actor, document_id: int) -> ReadDocument:
    """Open a closed review again. Needs ``readings.decide``; ``Conflict`` when it is open."""
    with acting_as(actor):
        document = locked_document(actor, document_id, closed=True)
        if document.closed_at is None:
            raise Conflict("Rà soát đang mở.", "The review is open.")
        document.closed_at = None
        document.save(update_fields=["closed_at"])
        log_action("reading.review_reopened", actor=actor, record_id=document.pk, data={})
    return document


def cancel_reading(*, actor: Actor, document_id: int, reason: str) -> ReadDocument:
    """Cancel a report taken in by mistake or twice; its figures no longer count, its row stays.

    Needs ``readings.decide``. Raises ``BadInput`` (field "reason") without a reason.
    """
    with acting_as(actor):
        document = locked_document(actor, document_id, closed=True)
        periods = document.figures.exclude(period=None).values_list("period_id", flat=True)
        tell(document, *periods.distinct())
        cancel_record(actor=actor, record_id=document.pk, reason=reason, right="readings.decide")
    return document
