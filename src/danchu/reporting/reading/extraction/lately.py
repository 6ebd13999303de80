"""Periods told without their year: "tháng 8 vừa qua", "trong quý II", "mười tháng qua".

Their year is that of the telling, which must have come soon after them.
"""

from __future__ import annotations

import datetime as dt
import re

from .model import PeriodKind, PeriodRead
from .sought import Sought
from .years import COUNT, MOST_YEARS, ROMAN, count_of, whole

# What ended longer ago than this many days is not told of without its year.
_SOON = 100
_OPENS = r"(?m:(?:^|(?<=[.:\"”]))[ \t]*(?:trong |riêng |cả )?"
_MONTH = re.compile(rf"{_OPENS}tháng (?P<m>\d{{1,2}})(?: (?:vừa )?qua| này)?,)")
_QUARTER = re.compile(rf"{_OPENS}quý (?P<q>iv|iii|ii|i|[1-4])(?: (?:vừa )?qua| này)?,)")
_MONTHS = re.compile(rf"(?<!\w){COUNT} tháng(?: đầu năm)? (?:vừa )?qua(?!\w)")
_MONTHS_OF_NOW = Sought(
    r"(?<!\w)từ tháng (?P<a>\d{1,2}) (?:đến|tới)(?: hết)? tháng (?P<b>\d{1,2}) năm nay(?!\w)"
)
_TERM = Sought(
    r"(?<!\w)từ (?:đầu )?nhiệm kỳ (?:đại hội )?\(?(?P<a>20\d\d) ?[-–] ?20\d\d\)? (?:đến|tới) nay"
)
# "trong 2 năm 2022 và 2023", "hai năm 2022 - 2023"
_TWO_YEARS = Sought(
    r"(?<!\w)(?:2|hai) năm(?: qua)?,? \(?(?:năm )?(?P<a>20\d\d)(?: và(?: năm)? |, | ?[-–] ?)"
    r"(?P<b>20\d\d)(?!\w)"
)
# "trong ba năm 2021, 2022, 2023", "các năm 2021, 2022 và 2023"
_YEARS_LISTED = Sought(
    r"(?<!\w)(?:3|ba|4|bốn|các) năm (?P<a>20\d\d)(?P<more>(?:, ?20\d\d)+)?"
    r"(?:, ?| và(?: năm)? )(?P<b>20\d\d)(?!\w)"
)


def years_listed(lead: str) -> PeriodRead | None:
    """ "trong hai năm 2022 và 2023", "ba năm 2021, 2022, 2023": all of them."""
    for match in _TWO_YEARS.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        if last == first + 1:
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    for match in _YEARS_LISTED.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        if last - first == 1 + (match["more"] or "").count(","):
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return None


def told_lately(lead: str, until: dt.date | None) -> PeriodRead | None:
    """The part of a year that ``lead`` tells without its year, told on the day ``until``."""
    if until is None:
        return None
    for match in _TERM.finditer(lead):
        if 0 <= until.year - int(match["a"]) <= MOST_YEARS:
            return PeriodRead("range", dt.date(int(match["a"]), 1, 1), until)
    for match in _MONTHS_OF_NOW.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        if 1 <= first < last <= until.month:
            return whole("months", until.year, first, last)
    for match in _MONTHS.finditer(lead):
        count = count_of(match)
        if 2 <= count <= 11 and until.month - count in (0, 1):
            kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
            return whole(kind, until.year, 1, count)
    for match in _QUARTER.finditer(lead):
        last = ROMAN[match["q"]] * 3
        if (found := _soon("quarter", last - 2, last, until)) is not None:
            return found
    for match in _MONTH.finditer(lead):
        month = int(match["m"])
        if 1 <= month <= 12 and (found := _soon("months", month, month, until)) is not None:
            return found
    return None


def _soon(kind: PeriodKind, first: int, last: int, until: dt.date) -> PeriodRead | None:
    """The months, of the year in which they ended soon before ``until`` or were going on."""
    for year in (until.year, until.year - 1):
        period = whole(kind, year, first, last)
        if period.start <= until and (until - period.end).days <= _SOON:
            return period
    return None
