"""Figures made from words that a person marked in the text: new ones, and corrected ones."""

from __future__ import annotations

from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.errors import Conflict
from danchu.core.ledger.services import log_action
from danchu.reporting.figures.selectors import definition

from ..models import Decision, ReadFigure
from ..words import marked
from .corrections import keep_correction
from .deciding import Made, apply, locked_document, locked_figure, tell


def add_figure(*, actor: Actor, document_id: int, key: str, start: int, end: int) -> ReadFigure:
    """Add a figure that the reader passed over: the number in ``text[start:end]``.

    It counts at once, for a person read it. Needs ``readings.decide``. Raises ``BadInput`` for
    words without one number of the indicator's unit, ``Conflict`` when the same words already give
    this indicator, or when the review was closed.
    """
    with acting_as(actor):
        document = locked_document(actor, document_id)
        words = marked(document.text, start, end, definition(key))
        same = document.figures.exclude(decision=Decision.REJECTED).filter(
            start__lt=words.end, end__gt=words.start, key=key, amount=words.amount
        )
        if same.exists():
            raise Conflict(
                "Số này đã có trong danh sách, đọc từ chính đoạn này.",
                "This figure is in the list already, read from these words.",
            )
        last = document.figures.aggregate(last=Max("position"))["last"]
        figure = ReadFigure.objects.create(
            document=document,
            position=0 if last is None else last + 1,
            key=key,
            amount=words.amount,
            stated=words.stated,
            denominator=words.denominator,
            surface=words.surface,
            start=words.start,
            end=words.end,
            approx=words.approx,
            by_hand=True,
            decision=Decision.CONFIRMED,
            decided_key=key,
            decided_amount=words.amount,
            decided_by_id=actor.actor_id,
            decided_at=now(),
            period_id=document.period_id,
        )
        keep_correction(figure)
        tell(document)
        log_action(
            "reading.figure_added",
            actor=actor,
            record_id=document.pk,
            data={"figure": figure.pk, "amount": figure.amount},
        )
    return figure


def correct_from_words(
    *, actor: Actor, figure_id: int, row_version: int, start: int, end: int, key: str = ""
) -> ReadFigure:
    """Correct a figure to the number in ``text[start:end]``; ``key`` "" keeps its indicator.

    Refuses like ``add_figure`` and like ``decide_figure``. What was read stays beside it.
    """
    with acting_as(actor):
        figure = locked_figure(actor, figure_id, row_version)
        meaning = definition(key or figure.key)
        words = marked(figure.document.text, start, end, meaning)
        before = figure.period_id
        made = Made(key, words.amount, None, None, (words.start, words.end))
        apply(figure, actor, Decision.CORRECTED, made, "")
        keep_correction(figure)
        tell(figure.document, before, figure.period_id)
        log_action(
            "reading.figure_decided",
            actor=actor,
            record_id=figure.document.record_id,
            data={"figure": figure.pk, "decision": "corrected", "amount": figure.decided_amount},
        )
    return figure
