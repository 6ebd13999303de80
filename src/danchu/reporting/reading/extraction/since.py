"""Periods that run "until now": from the new year, from a month, from when something began."""

from __future__ import annotations

import datetime as dt
import re

from .model import PeriodRead
from .sought import Sought
from .years import LEAD_REACH, MOST_YEARS, YEARS_GONE, whole, year_gone, years_back

_SINCE_YEAR = Sought(r"(?<!\w)từ(?: năm)? (?P<a>20\d{2}) ?(?:-|–|đến) ?nay(?!\w)")
_SINCE_MONTH = Sought(r"(?<!\w)từ tháng (?P<m>\d{1,2}) ?[/-] ?(?P<y>20\d{2}) ?(?:-|–|đến) ?nay")
SINCE_START = Sought(r"(?<!\w)từ đầu năm(?: (?P<year>20\d{2})| (?:đến|tới) nay)(?!\w)")
_THIS_YEAR = Sought(
    r"(?<!\w)(?<!hai )(?<!ba )(?<!nhất )(?<!tư )(?:trong năm|(?<!quý )(?<!quý i )(?<!quý ii )"
    r"(?<!quý iii )(?<!quý iv )(?<!tháng \d )(?<!tháng \d\d )(?<!cuối )(?<!đầu )năm nay)(?= ?[.,;])"
)
# "vụ lúa năm nay" is one harvest, no year of work.
_SEASON = re.compile(r"(?<!\w)(?:vụ|mùa|tết|lễ|dịp|hè|xuân|đông)(?: \w+){0,2} $")
_BEGAN = r"(?:được chọn|bắt (?:đầu|tay)|bước vào|phát động)"
_PLACE = (
    r"(?:(?:xã|huyện|tỉnh|phường|thị trấn|thị xã|thành phố|thôn|bản|ấp|xóm|khóm|buôn)"
    r"(?: [^.;,\n\d]{1,30})? )?"
)
_SINCE_IT_BEGAN = Sought(
    rf"(?<!\w)(?:năm |tháng (?P<am>\d{{1,2}}) ?(?:/|-|năm) ?)(?P<a>20\d{{2}}),? (?:khi )?"
    rf"{_PLACE}{_BEGAN}"
    rf"|(?<!\w)(?:được chọn|bắt (?:đầu|tay)|bước vào|phát động|triển khai|thực hiện)"
    r"(?: [^.;,\n\d]{0,70})? từ (?:đầu |cuối |giữa )?"
    r"(?:năm |tháng (?P<bm>\d{1,2}) ?(?:/|-|năm) ?)(?P<b>20\d{2})(?!\w)"
)
# What began is told up to now where the text goes on to how things stand.
_AND_NOW = re.compile(r"[^\n]{0,240}?(?<!\w)(?:(?:đến|tới) nay|bây giờ|giờ đây)(?!\w)")
_TO_END_OF_MONTH = Sought(
    r"(?<!\w)(?:đến|tới) (?:hết|cuối|nay là hết) tháng (?P<m>\d{1,2})(?:/(?P<year>20\d\d))?(?!\w)"
)


def since_it_began(
    plain: str, until: dt.date | None, *, and_now: bool = False
) -> PeriodRead | None:
    """ "bắt tay xây dựng nông thôn mới từ năm 2010": from then to the day of telling.

    ``and_now``: only where the text goes on to how things stand now.
    """
    if until is None:
        return None
    match = _SINCE_IT_BEGAN.search(plain, 0, LEAD_REACH)
    if match is None or (and_now and not _AND_NOW.match(plain, match.end())):
        return None
    first, month = int(match["a"] or match["b"]), int(match["am"] or match["bm"] or 1)
    if not (0 < until.year - first <= MOST_YEARS and 1 <= month <= 12):
        return None
    return PeriodRead("range", dt.date(first, month, 1), until)


def months_since_start(lead: str, until: dt.date | None) -> PeriodRead | None:
    """ "từ đầu năm 2014 …, tính đến hết tháng 9": the months of that year."""
    for since in SINCE_START.finditer(lead):
        year = since["year"] or (until.year if until else None)
        match = _TO_END_OF_MONTH.search(lead, since.end())
        if match is None or year is None or not 1 <= int(match["m"]) <= 12:
            continue
        if match["year"] in (None, str(year)):
            return whole("months", int(year), 1, int(match["m"]))
    return None


def until_now(plain: str, until: dt.date | None) -> PeriodRead | None:
    """ "từ đầu năm", "từ tháng 9/2023 đến nay": until the event or the publication."""
    if until is None:
        return None
    for match in SINCE_START.finditer(plain):
        if int(match["year"] or until.year) == until.year:
            return PeriodRead("months", dt.date(until.year, 1, 1), until)
    for match in _SINCE_MONTH.finditer(plain):
        if 1 <= int(match["m"]) <= 12:
            start = dt.date(int(match["y"]), int(match["m"]), 1)
            if start < until:
                return PeriodRead("range", start, until)
    for match in _SINCE_YEAR.finditer(plain):
        if int(match["a"]) <= until.year:
            return PeriodRead("range", dt.date(int(match["a"]), 1, 1), until)
    if (began := since_it_began(plain, until, and_now=True)) is not None:
        return began
    lead = plain[:LEAD_REACH]
    if any(not _SEASON.search(lead[: match.start()]) for match in _THIS_YEAR.finditer(lead)):
        return year_gone(lead, until) or whole("year", until.year, 1, 12)
    return years_back(YEARS_GONE, lead, until)
