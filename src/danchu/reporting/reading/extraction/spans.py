"""Periods told by where they begin and end, each in its own way.

"từ 01/7/2025 đến hết năm 2025", "từ tháng 7 đến tháng 12 năm 2025",
"từ đầu năm đến ngày 30/9/2025", "tính đến 30/9/2025", "năm học 2024-2025". Two whole days are read
by ``periods`` itself.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .days import day_of, month_end
from .model import PeriodKind, PeriodRead
from .sought import Sought
from .years import AHEAD, MOST_YEARS, ROMAN

# The end of one side: a day, a month, a quarter, a year; of a month or quarter the year may be told
# by the other side.
_SIDE = (
    r"(?:(?:ngày )?(?P<{0}d>\d{{1,2}})(?: ?[/.-] ?| tháng )(?P<{0}m>\d{{1,2}})"
    r"(?: ?[/.-] ?| năm )(?P<{0}y>20\d\d)"
    r"|tháng (?P<{0}n>\d{{1,2}})(?:(?: ?[/-] ?| năm )(?P<{0}z>20\d\d))?"
    r"|quý (?P<{0}q>iv|iii|ii|i|[1-4])(?:(?: ?[/-] ?| năm )(?P<{0}v>20\d\d))?"
    r"|năm (?P<{0}w>20\d\d))"
)
_SPAN = Sought(
    rf"từ (?:(?P<start>đầu năm(?! 20))|(?:đầu )?{_SIDE.format('a')}) ?"
    rf"(?:-|–|đến|tới)(?: (?:hết|cuối|nay là))* ?(?:(?P<now>nay)|{_SIDE.format('b')})(?![\w/])"
)
_Q = r"(?:iv|iii|ii|i|[1-4])"
# "quý I và quý II năm 2025", "quý I, II, III/2025"
_QUARTERS = Sought(
    rf"(?<!\w)quý (?P<a>{_Q})(?P<more>(?:, ?(?:quý )?{_Q})*)(?P<to>,? và | ?[-,] ?)(?:quý )?"
    rf"(?P<b>{_Q})(?: ?/ ?| năm )(?P<year>20\d\d)(?!\w)"
)
_UP_TO = Sought(
    rf"(?:tính|số liệu|lũy kế)(?: đến| tới)(?: hết| cuối)?"
    rf" {_SIDE.format('b')}(?![\w/])"
)
_SCHOOL_YEAR = Sought(r"năm học (?P<a>20\d\d) ?(?:-|–|/) ?(?P<b>20\d\d)(?!\w)")
_PLANNED = re.compile(r"(?<!\w)(?:sẽ|dự kiến|phấn đấu|mục tiêu|lộ trình)(?!\w)[^.;\n]{0,90}$")
_SCHOOL_YEAR_PAST = Sought(r"(?<!\w)năm học (?:(?:vừa )?qua|vừa rồi|trước)(?!\w)")
# Lessons begin in the first days of September and end by 31 May (the yearly decisions on the
# school calendar); reports on a school year speak of these months.
_SCHOOL = ((9, 1), (5, 31))
_SHORTEST = 20
_NAMED: dict[tuple[int, int], PeriodKind] = {
    (1, 12): "year",
    (1, 6): "half_year",
    (7, 12): "half_year",
    **{(first, first + 2): "quarter" for first in (1, 4, 7, 10)},
}


@dataclass(frozen=True, slots=True)
class Span:
    """A period with the place of the words that tell it."""

    period: PeriodRead
    start: int
    end: int


def spans_told(text: str, until: dt.date | None) -> list[Span]:
    """The periods that ``text`` tells by both ends; ``until`` is the day that "nay" means."""
    found = []
    for match in _SPAN.finditer(text):
        if AHEAD.search(text[: match.start()]) or _PLANNED.search(text[: match.start()]):
            continue
        period = _between(match, until)
        if period is not None:
            found.append(Span(period, match.start(), match.end()))
    return [*found, *_quarters_named(text)]


def _quarters_named(text: str) -> list[Span]:
    """ "quý I và quý II năm 2025": all its quarters, where they follow each other."""
    found = []
    for match in _QUARTERS.finditer(text):
        first, last = ROMAN[match["a"]], ROMAN[match["b"]]
        named = 2 + match["more"].count(",")
        runs = last - first + 1 == named or (named == 2 and "-" in match["to"] and first < last)
        if not runs or AHEAD.search(text[: match.start()]):
            continue
        year = int(match["year"])
        start, end = dt.date(year, first * 3 - 2, 1), month_end(year, last * 3)
        found.append(Span(_of(start, end, whole=True), match.start(), match.end()))
    return found


def up_to_a_day(text: str) -> list[Span]:
    """ "tính đến 30/9/2025": from the first day of that year."""
    found = []
    for match in _UP_TO.finditer(text):
        end = _last(match, "b", None)
        if end is not None and not AHEAD.search(text[: match.start()]):
            period = _of(dt.date(end.year, 1, 1), end, whole=True)
            found.append(Span(period, match.start(), match.end()))
    return found


def school_year(text: str, body: str = "", until: dt.date | None = None) -> PeriodRead | None:
    """ "năm học 2024-2025", from September to May; half of it is told otherwise.

    What is told within its first months, by a ``body`` that looks back on the school year before,
    is told of that one: the conference that opens a school year reports on the last.
    """
    for match in _SCHOOL_YEAR.finditer(text):
        first, last = int(match["a"]), int(match["b"])
        if last == first + 1 and not AHEAD.search(text[: match.start()]):
            (month, day), (to_month, to_day) = _SCHOOL
            if until is not None and until < dt.date(last, 1, 1) and _looks_back(body, first):
                first, last = first - 1, first
            return PeriodRead("year", dt.date(first, month, day), dt.date(last, to_month, to_day))
    return None


def _looks_back(body: str, first: int) -> bool:
    """Whether ``body`` tells of the school year that ended in the year ``first``."""
    return bool(_SCHOOL_YEAR_PAST.search(body)) or any(
        (int(match["a"]), int(match["b"])) == (first - 1, first)
        for match in _SCHOOL_YEAR.finditer(body)
    )


def without(text: str, spans: list[Span]) -> str:
    """``text`` with blanks for ``spans``, which else would be read as months or years."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _between(match: re.Match[str], until: dt.date | None) -> PeriodRead | None:
    end = until if match["now"] else _last(match, "b", _year(match, "a"))
    if end is None:
        return None
    start = dt.date(end.year, 1, 1) if match["start"] else _first(match, "a", end.year)
    if start is None or not _SHORTEST < (end - start).days <= 366 * MOST_YEARS:
        return None
    this_year = match["start"] or match["aw"] == str(end.year)
    if this_year and match["now"]:
        return PeriodRead("months", start, end)
    by_days = match["ad"] is not None or match["bd"] is not None or bool(match["now"])
    return _of(start, end, whole=not by_days or bool(match["start"]))


def _of(start: dt.date, end: dt.date, *, whole: bool) -> PeriodRead:
    """The period; ``whole`` where it may be named after the months that it fills."""
    kind: PeriodKind = "range"
    if whole and start.year == end.year and end == month_end(end.year, end.month):
        kind = _NAMED.get((start.month, end.month), "months")
    return PeriodRead(kind, start, end)


def _year(match: re.Match[str], side: str) -> int | None:
    told = next((match[f"{side}{part}"] for part in "yzvw" if match[f"{side}{part}"]), None)
    return int(told) if told else None


def _first(match: re.Match[str], side: str, other: int) -> dt.date | None:
    year = _year(match, side) or other
    if match[f"{side}d"]:
        return day_of(match[f"{side}d"], match[f"{side}m"], year)
    if month := match[f"{side}n"]:
        return day_of("1", month, year)
    if quarter := match[f"{side}q"]:
        return dt.date(year, ROMAN[quarter] * 3 - 2, 1)
    return dt.date(year, 1, 1)


def _last(match: re.Match[str], side: str, other: int | None) -> dt.date | None:
    year = _year(match, side) or other
    if year is None:
        return None
    if match[f"{side}d"]:
        return day_of(match[f"{side}d"], match[f"{side}m"], year)
    if month := match[f"{side}n"]:
        return month_end(year, int(month)) if 1 <= int(month) <= 12 else None
    if quarter := match[f"{side}q"]:
        return month_end(year, ROMAN[quarter] * 3)
    return dt.date(year, 12, 31)
