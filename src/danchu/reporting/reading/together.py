"""Which figures may be accepted many at once, and which a person has to look at one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .models import Decision, ReadFigure

# Thousandths a person may choose from, the surest first.
LEVELS = (950, 900, 850, 800, 700, 600, 500)


def contradicting(figures: Iterable[ReadFigure]) -> set[int]:
    """Figures of which the text states another value for the same indicator, place and period."""
    values: dict[tuple[str, str, int | None], dict[int, int]] = {}
    for figure in figures:
        if figure.decision == Decision.REJECTED:
            continue
        decided = figure.decided_amount is not None
        key = figure.decided_key if decided else figure.key
        amount = figure.decided_amount if decided else figure.amount
        place = (key, figure.decided_scope, figure.period_id)
        assert amount is not None
        values.setdefault(place, {})[figure.pk] = amount
    return {pk for amounts in values.values() if len(set(amounts.values())) > 1 for pk in amounts}


def one_by_one(figures: Sequence[ReadFigure], disagreements: Iterable[dict[str, Any]]) -> set[int]:
    """Figures never accepted with others.

    Those that contradict one another, that stand where the text does not add up, or whose
    period is not known.
    """
    spans = [span for one in disagreements for span in one["spans"]]
    return contradicting(figures) | {
        figure.pk
        for figure in figures
        if figure.period_id is None
        or any(figure.start < end and start < figure.end for start, end in spans)
    }


def above(figures: Sequence[ReadFigure], level: int, apart: set[int]) -> list[ReadFigure]:
    """The undecided figures that are accepted together from this confidence on (thousandths)."""
    return [
        figure
        for figure in figures
        if figure.decision == Decision.PENDING
        and figure.confidence >= level
        and figure.pk not in apart
    ]
