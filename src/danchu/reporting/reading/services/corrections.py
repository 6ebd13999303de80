"""Keeping what people made of readings, to train the reader with."""

from __future__ import annotations

from danchu.core.clock import now

from ..models import Correction, Decision, ReadFigure


def keep_correction(figure: ReadFigure) -> None:
    """Keep what stands of a figure just decided; what was kept of it before is withdrawn.

    Called inside the transaction of the decision. A figure confirmed as read leaves nothing.
    """
    figure.corrections.filter(withdrawn_at=None).update(withdrawn_at=now())
    if figure.by_hand:
        kept = figure.decision in (Decision.CONFIRMED, Decision.CORRECTED)
        kind = Correction.Kind.ADDED
    else:
        kept = figure.decision in (Decision.CORRECTED, Decision.REJECTED)
        kind = (
            Correction.Kind.REJECTED
            if figure.decision == Decision.REJECTED
            else Correction.Kind.CORRECTED
        )
    if not kept:
        return
    start, end = figure.start, figure.end
    if figure.decided_start is not None and figure.decided_end is not None:
        start, end = figure.decided_start, figure.decided_end
    read = not figure.by_hand
    Correction.objects.create(
        document_id=figure.document_id,
        figure=figure,
        kind=kind,
        made_at=now(),
        reader_version=figure.document.reader_version,
        read_key=figure.key if read else "",
        read_amount=figure.amount if read else None,
        read_scope=figure.scope if read else "",
        read_start=figure.start if read else None,
        read_end=figure.end if read else None,
        confidence=figure.confidence if read else 0,
        rule=figure.rule if read else "",
        key=figure.decided_key,
        amount=figure.decided_amount,
        scope=figure.decided_scope if figure.decided_key else "",
        start=start,
        end=end,
    )
