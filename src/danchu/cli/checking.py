"""``danchu check FILE --unit CODE --period P``: a text against what the database holds."""

from __future__ import annotations

from collections.abc import Callable

from danchu.core.errors import BadInput
from danchu.reporting.reading.extraction import Reading
from danchu.reporting.reading.extraction.model import Check

from .output import tr, warn
from .surroundings import setup_django

Against = Callable[[str, Reading], list[Check]]
"""The checks of one text: its text, and what was read from it."""


def against_nothing(text: str, reading: Reading) -> list[Check]:
    """Where no unit was named there is nothing to hold a text against."""
    return []


def against_database(code: str, period_code: str) -> Against:
    """Holds a text against the figures of this unit and period, and against its earlier reports.

    ``code`` is read on the last day of the period. Raises a ``Refusal`` for an unknown unit or
    period, and when there is no database.
    """
    setup_django()
    from danchu.core.calendar.selectors import known_period, period_span
    from danchu.core.contracts import OPERATOR
    from danchu.core.units.selectors import unit_on
    from danchu.reporting.checks.texts import checks_of_text

    span = period_span(period_code)
    unit = unit_on(code, span.end)
    period = known_period(span.code)
    if period is None:
        warn(
            tr(
                f"Chưa có số liệu nào của kỳ {span.code}: chỉ kiểm tra trong văn bản.",
                f"Nothing is held of the period {span.code}: only the text itself is checked.",
            )
        )
        return against_nothing

    def against(text: str, reading: Reading) -> list[Check]:
        own = reading.period
        if own is not None and (own.start, own.end) != (period.start, period.end):
            warn(
                tr(
                    f"{reading.file}: văn bản nêu kỳ {own.start:%d/%m/%Y} - {own.end:%d/%m/%Y}, "
                    f"đang đối chiếu với kỳ {span.code}.",
                    f"{reading.file}: the text names the period {own.start} to {own.end}; "
                    f"it is held against {span.code}.",
                )
            )
        return checks_of_text(OPERATOR, unit.id, period, text, reading)

    return against


def require_both(unit: str | None, period: str | None) -> bool:
    """Whether a unit and a period are named; ``BadInput`` for one without the other."""
    if (unit is None) != (period is None):
        raise BadInput(
            "Nêu cả --unit và --period, hoặc không nêu tham số nào.",
            "Give both --unit and --period, or neither.",
        )
    return unit is not None
