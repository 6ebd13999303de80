"""The quarters of registers and the half-years of reports to the People's Council."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from danchu.core.calendar.periods import PeriodSpan, label_en, label_vi, parse_period
from danchu.core.calendar.words import Phrase
from danchu.core.clock import today
from danchu.core.errors import BadInput
from danchu.core.records.inputs import EARLIEST

_ROMAN = ("I", "II", "III", "IV")
_REPORTED = re.compile(r"[0-9]{4}(H[12])?")
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year."""

    year: int
    number: int

    @classmethod
    def read(cls, key: str) -> Quarter:
        """The quarter of "2026-Q1". Raises ``BadInput`` for anything else, or one to come."""
        year, mark, number = key.partition("-Q")
        within = {str(one) for one in range(EARLIEST.year, today().year + 1)}
        if mark and year in within and number in ("1", "2", "3", "4"):
            quarter = cls(int(year), int(number))
            if quarter.end >= EARLIEST and quarter.start <= today():
                return quarter
        raise BadInput(
            "Chọn một quý đã bắt đầu.", "Choose a quarter that has begun.", field="quarter"
        )

    @classmethod
    def kept(cls, key: str) -> Quarter:
        """The quarter of a key that was written by :attr:`key`."""
        year, _mark, number = key.partition("-Q")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """The quarter that holds a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def key(self) -> str:
        """As it is stored and addressed: "2026-Q1"."""
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> dt.date:
        """Its last day."""
        after = dt.date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return after - _ONE_DAY

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.start - _ONE_DAY)

    @property
    def after(self) -> Quarter:
        """The quarter after it."""
        return Quarter.of(self.end + _ONE_DAY)

    @property
    def name(self) -> Phrase:
        """As printed: "quý I năm 2026"."""
        return Phrase(
            f"quý {_ROMAN[self.number - 1]} năm {self.year}",
            f"quarter {self.number} of {self.year}",
        )


def reported_span(key: str) -> PeriodSpan:
    """The half-year or year of "2026H1", "2026". Raises ``BadInput`` (field "period") for
    anything else and for one that has not begun."""
    if _REPORTED.fullmatch(key):
        try:
            span = parse_period(key)
        except BadInput:
            span = None
        if span is not None and span.end >= EARLIEST and span.start <= today():
            return span
    raise BadInput(
        "Chọn 6 tháng hoặc năm đã bắt đầu.",
        "Choose a half-year or a year that has begun.",
        field="period",
    )


def still_runs(end: dt.date) -> bool:
    """Whether a quarter or period that ends on this day is not over: its last day belongs to it."""
    return end >= today()


def span_name(span: PeriodSpan) -> Phrase:
    """As printed: "6 tháng đầu năm 2026"."""
    return Phrase(label_vi(span), label_en(span))
