"""The periods in which a periodic duty comes, and the working days of them. Pure.

The catalogue's "yearly", "per month" and "per week" are the calendar's; the cut-offs of Decree
09/2019 are those of reports and move no duty.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danchu.core.calendar.days import CalendarClass, WorkCalendar
from danchu.core.calendar.periods import label_en, label_vi, parse_period
from danchu.core.calendar.words import Phrase
from danchu.core.contracts.duties import Every
from danchu.core.text import english_date

_ONE_DAY = dt.timedelta(days=1)
_CODES: dict[Every, tuple[str, ...]] = {
    "month": tuple(f"M{month:02d}" for month in range(1, 13)),
    "quarter": ("Q1", "Q2", "Q3", "Q4"),
    "half_year": ("H1", "H2"),
    "year": ("",),
}


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a duty; both ends belong to it."""

    start: dt.date
    end: dt.date
    label: Phrase


def spans_ending(every: Every, first: dt.date, last: dt.date) -> list[Span]:
    """The periods whose last day lies in [first, last], in order. Weeks begin on Monday."""
    if every == "week":
        return _weeks(first, last)
    found = []
    for year in range(first.year, last.year + 1):
        for part in _CODES[every]:
            span = parse_period(f"{year:04d}{part}")
            if first <= span.end <= last:
                found.append(Span(span.start, span.end, Phrase(label_vi(span), label_en(span))))
    return found


def span_before(every: Every, span: Span) -> Span:
    """The period before one."""
    day = span.start - _ONE_DAY
    return spans_ending(every, day, day)[0]


def _weeks(first: dt.date, last: dt.date) -> list[Span]:
    sunday = first + dt.timedelta(days=6 - first.weekday())
    found = []
    while sunday <= last:
        monday = sunday - dt.timedelta(days=6)
        words = Phrase(
            f"tuần {monday:%d/%m} đến {sunday:%d/%m/%Y}",
            f"week of {english_date(monday)} to {english_date(sunday)}",
        )
        found.append(Span(monday, sunday, words))
        sunday += dt.timedelta(days=7)
    return found


def last_working_days(
    calendar: WorkCalendar, span: Span, number: int, calendar_class: CalendarClass
) -> tuple[dt.date, ...]:
    """The last ``number`` working days of a period, in order; fewer where it has fewer."""
    found: list[dt.date] = []
    day = span.end
    while day >= span.start and len(found) < number:
        if calendar.is_working_day(day, calendar_class):
            found.append(day)
        day -= _ONE_DAY
    return tuple(reversed(found))
