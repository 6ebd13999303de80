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
from danchu.core.documents import short_date
from danchu.core.text import english_date

_ORDINALS = ("first", "second", "third", "fourth")


def period_name(span: PeriodSpan, language: str) -> str:
    """What the period is called; a committee's own is called by its code."""
    if span.scheme not in SCHEMES:
        return span.code
    return label_en(span) if language == "en" else label_vi(span)


def period_title(span: PeriodSpan, language: str) -> str:
    """What a paper calls the period, without its days; a committee's own is called by them."""
    if span.scheme not in SCHEMES:
        if language == "en":
            return f"the period from {english_date(span.start)} to {english_date(span.end)}"
        first, last = short_date(span.start), short_date(span.end)
        return f"kỳ từ ngày {first} đến ngày {last}"
    if language != "en":
        return label_vi(span).partition(" (")[0]
    name = label_en(span).partition(" (")[0]
    if span.kind == "quarter":
        return f"{_ORDINALS[int(name[1]) - 1]} quarter of {name.partition(' ')[2]}"
    return {"year": "year ", "month": "month of "}.get(span.kind, "") + name


def period_days(span: PeriodSpan, language: str) -> str:
    """The days of the period as the opening gives them; "" where its name says them already."""
    if span.scheme not in SCHEMES:
        return ""
    if language == "en":
        return f" (from {english_date(span.start)} to {english_date(span.end)})"
    first, last = short_date(span.start), short_date(span.end)
    return f" (từ ngày {first} đến ngày {last})"


def ahead(span: PeriodSpan, language: str) -> str:
    """The time the tasks of the report are for."""
    english = language == "en"
    year = span.end.year
    if span.kind == "half_year" and span.end.month <= 6:
        return f"the last six months of {year}" if english else f"6 tháng cuối năm {year}"
    if span.kind in ("half_year", "year"):
        return f"{year + 1}" if english else f"năm {year + 1}"
    return "the time ahead" if english else "thời gian tới"


def compared_period(span: PeriodSpan) -> PeriodSpan | None:
    """The same period of the year before; of a committee's own scheme, the one before."""
    if span.scheme in SCHEMES:
        return same_last_year(span)
    return previous_span(span)
