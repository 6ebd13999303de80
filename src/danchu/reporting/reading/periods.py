"""Which period row a period as read stands for."""

from __future__ import annotations

from danchu.core.calendar.periods import containing

from .extraction import PeriodRead


def code_of(period: PeriodRead | None) -> str:
    """The code of the built-in period with exactly these days; "" where there is none.

    The calendar's own periods come first: past reports count from 1 January.
    """
    if period is None:
        return ""
    matching = [
        span.code
        for span in containing(period.start)
        if span.start == period.start and span.end == period.end
    ]
    return next((code for code in matching if ":" not in code), matching[0] if matching else "")
