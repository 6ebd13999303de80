"""Names of periods, and the period a report is compared with."""

from __future__ import annotations

from danchu.core.calendar.periods import (
    SCHEMES,
    PeriodSpan,
    label_en,
    label_vi,
    same_last_year,
)
from danchu.core.calendar.selectors import previous_span


def period_name(span: PeriodSpan, language: str) -> str:
    """What the period is called; a committee's own is called by its code."""
    if span.scheme not in SCHEMES:
        return span.code
    return label_en(span) if language == "en" else label_vi(span)


def compared_period(span: PeriodSpan) -> PeriodSpan | None:
    """The same period of the year before; of a committee's own scheme, the one before."""
    if span.scheme in SCHEMES:
        return same_last_year(span)
    return previous_span(span)
