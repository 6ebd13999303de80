"""Which figures may be accepted many at once, and which a person has to look at one by one."""

from __future__ import annotations

from bisect import bisect_right
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
    wrong = _apart(tuple(span) for one in disagreements for span in one["spans"])
    ends = [end for _, end in wrong]

    def is_wrong(figure: ReadFigure) -> bool:
        place = bisect_right(ends, figure.start)
        return place < len(wrong) and wrong[place][0] < figure.end

    return contradicting(figures) | {
        figure.pk for figure in figures if figure.period_id is None or is_wrong(figure)
    }


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def above(figures: Sequence[ReadFigure], level: int, apart: set[int]) -> list[ReadFigure]:
    """The undecided figures that are accepted together from this confidence on (thousandths)."""
    return [
        figure
        for figure in figures
        if figure.decision == Decision.PENDING
        and figure.confidence >= level
        and figure.pk not in apart
    ]
