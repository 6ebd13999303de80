"""The periods that a form tells of: the one that is asked for and those it is held against."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES, PeriodSpan, same_last_year
from danchu.core.calendar.selectors import known_period, previous_span, span_of
from danchu.core.errors import NotYet
from danchu.reporting.figures.selectors import waits_for_first_fold
from danchu.reporting.figures.services import open_period

from .models import CellMapping, FormLayout, OfPeriod, Request


def earlier_period(period: Period, of_period: str) -> Period | None:
    """The period a cell tells of, where it is another than ``period`` and known here."""
    span = _span(period, of_period)
    return known_period(span.code) if span else None


def _span(period: Period, of_period: str) -> PeriodSpan | None:
    span = span_of(period)
    if of_period == OfPeriod.BEFORE:
        return previous_span(span)
    if of_period == OfPeriod.LAST_YEAR and span.scheme in SCHEMES:
        return same_last_year(span)
    return None  # a body's own periods come back on no rule


def open_periods(layout: FormLayout, period: Period) -> None:
    """Have the figures computed of every period that the cells of a form tell of."""
    for of_period in _told(layout):
        span = _span(period, of_period)
        if span is not None:
            open_period(span.code)


def require_computed(request: Request) -> None:
    """Raise ``NotYet`` while one of them is being computed for the first time."""
    earlier = [earlier_period(request.period, told) for told in _told(request.layout)]
    ids = [request.period_id, *(period.pk for period in earlier if period)]
    if waits_for_first_fold(ids):
        raise NotYet(
            "Đang tính lần đầu số liệu của một kỳ trong biểu. Thử lại sau vài giây.",
            "The figures of a period on the form are being computed for the first time. Try again "
            "in a few seconds.",
        )


def _told(layout: FormLayout) -> list[str]:
    cells = CellMapping.objects.filter(layout=layout).exclude(of_period=OfPeriod.THIS)
    return list(cells.values_list("of_period", flat=True).distinct())
