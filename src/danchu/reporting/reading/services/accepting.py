"""Accepting all figures above a confidence in one act, and taking that act back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action

from ..checks import disagreements_of
from ..models import Decision, ReadFigure
from ..together import above, one_by_one
from .deciding import locked_document, tell


@dataclass(frozen=True, slots=True)
class Accepted:
    """An act of accepting: how many figures it took, and how many are still to be decided."""

    act: uuid.UUID
    count: int
    left: int


def accept_above(*, actor: Actor, document_id: int, level: int) -> Accepted:
    """Accept every undecided figure read with at least ``level`` thousandths of confidence.

    Figures that contradict one another, that stand where the text does not add up, or whose period
    is not known stay for a person. Needs ``readings.decide``. Raises ``BadInput`` for a level
    outside 1 to 1000, ``Conflict`` when there is none to accept, or when the review was closed.
    """
    if isinstance(level, bool) or not 1 <= level <= 1000:
        raise BadInput("Chọn mức độ tin cậy.", "Choose the level of confidence.", field="level")
    act = uuid.uuid4()
    with acting_as(actor):
        document = locked_document(actor, document_id)
        figures = list(document.figures.select_for_update().order_by("position"))
        taken = above(figures, level, one_by_one(figures, disagreements_of(document)))
        if not taken:
            raise Conflict(
                "Không có số nào đạt mức này mà nhận cùng lúc được.",
                "No figure reaches this level and can be accepted with others.",
            )
        ids = [figure.pk for figure in taken]
        ReadFigure.objects.filter(pk__in=ids).update(
            decision=Decision.CONFIRMED,
            decided_key=F("key"),
            decided_amount=F("amount"),
            decided_by_id=actor.actor_id,
            decided_at=now(),
            accepted_in=act,
            row_version=F("row_version") + 1,
        )
        tell(document, *(figure.period_id for figure in taken))
        log_action(
            "reading.figures_accepted",
            actor=actor,
            record_id=document.pk,
            data={"act": act, "level": level, "figures": sorted(ids)},
        )
    left = sum(figure.decision == Decision.PENDING for figure in figures) - len(ids)
    return Accepted(act, len(ids), left)


def undo_acceptance(*, actor: Actor, document_id: int, act: uuid.UUID) -> int:
    """Put the figures of an act back, those nobody decided since; how many there were.

    ``Conflict`` when there is none left, or when the review was closed.
    """
    with acting_as(actor):
        document = locked_document(actor, document_id)
        figures = document.figures.select_for_update().filter(accepted_in=act)
        periods = {figure.pk: figure.period_id for figure in figures}
        if not periods:
            raise Conflict(
                "Lần nhận này đã được hoàn tác, hoặc từng số đã được xử lý lại.",
                "This was taken back before, or each of its figures was decided anew.",
            )
        ReadFigure.objects.filter(pk__in=list(periods)).update(
            decision=Decision.PENDING,
            decided_key="",
            decided_amount=None,
            decided_by=None,
            decided_at=None,
            accepted_in=None,
            row_version=F("row_version") + 1,
        )
        tell(document, *periods.values())
        log_action(
            "reading.acceptance_undone",
            actor=actor,
            record_id=document.pk,
            data={"act": act, "figures": sorted(periods)},
        )
    return len(periods)
