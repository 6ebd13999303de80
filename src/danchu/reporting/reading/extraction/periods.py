"""The period a text reports on.

In this order: two days; months, quarters or halves by name; a review of so many years; the years of
the title; a year; "until now", where the day of the event or of the publication is known.
"""

from __future__ import annotations

import datetime as dt
import re

from .days import DAY, LONG_DAY, day_of, month_end
from .model import PeriodKind, PeriodRead

HEAD_REACH = 260
TITLE_REACH = 700
LEAD_REACH = 1800

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WORDS = {
    word: number
    for number, word in enumerate(
        ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một"), start=2
    )
}
_COUNT = r"(?P<count>\d{1,2}|mười một|" + "|".join(_WORDS) + ")"

_TO = r"\s*(?:-|–|đến(?: hết)?(?: ngày)?)\s*"
_RANGES = (
    re.compile(
        rf"(?:từ (?:ngày )?|thời gian[^\n:]{{0,20}}: ?|\()({DAY.format('a')}){_TO}"
        rf"({DAY.format('b')})"
    ),
    re.compile(
        rf"(?:từ|\(|thời gian[^\n:]{{0,20}}:) ?{LONG_DAY.format('a')} ?(?:-|–|đến(?: hết)?)"
        rf" ?{LONG_DAY.format('b')}"
    ),
)
_THAT_DAY = re.compile(rf"(?<!\w)riêng ngày {DAY.format('x')}(?![\d/])")
_MONTHS = re.compile(
    rf"(?<![\w,.]){_COUNT} tháng(?: (?P<half>đầu|cuối))?"
    r"(?: năm(?: (?P<year>\d{4}))?| (?P<y2>\d{4}))?(?P<past> (?:vừa )?qua)?"
)
_HALF = re.compile(r"(?<!\w)nửa (?P<half>đầu|cuối) năm(?: (?P<year>\d{4}))?")
_QUARTER = re.compile(
    r"(?<!\w)quý (?P<q>iv|iii|ii|i|[1-4])(?: ?(?:/|năm|-) ?(?P<year>\d{4}))?(?!\w)"
)
_MONTH = re.compile(
    r"(?<!\w)tháng (?P<m>\d{1,2})(?: ?(?:/|năm|-) ?(?P<year>20\d{2}|19\d{2}))(?!\w)"
)
_OF_A_DAY = re.compile(r"\d+ $|ngày \d+ ?$|từ $")
_REPORTED = re.compile(r"(?:báo cáo|công tác|kết quả|tình hình|trong)[^\n.]{0,80}$")
_REPORTED_TITLE = re.compile(r"(?:báo cáo|kết quả|công tác)[^\n.]{0,60}$")
# "trong gần 9 tháng", "thời hạn 6 tháng": how long, not when
_LENGTH = re.compile(r"(?:gần|hơn|khoảng|trên|suốt|vòng|sau|mỗi|hạn|quá|đủ|mất) (?:là )?$")
_BARE_MONTH = re.compile(r"(?<!\w)tháng (?P<m>\d{1,2})(?![\w/])")
_YEAR = re.compile(r"(?<!\w)năm (?P<year>20\d{2}|19\d{2})(?!\w)")
_YEARS = re.compile(
    r"(?:giai đoạn|từ(?: năm)?|\() ?(?P<a>20\d{2}) ?(?:-|–|đến(?: năm)?) ?(?P<b>20\d{2})(?!\w)"
)
_SINCE_YEAR = re.compile(r"(?<!\w)từ(?: năm)? (?P<a>20\d{2}) ?(?:-|–|đến) ?nay(?!\w)")
_SINCE_MONTH = re.compile(r"(?<!\w)từ tháng (?P<m>\d{1,2}) ?[/-] ?(?P<y>20\d{2}) ?(?:-|–|đến) ?nay")
_SINCE_START = re.compile(r"(?<!\w)từ đầu năm(?: (?P<year>20\d{2})| (?:đến|tới) nay)(?!\w)")
_THIS_YEAR = re.compile(r"(?<!\w)(?:trong năm|năm nay)(?= ?[.,;])")
_YEARS_REVIEWED = re.compile(rf"(?<!\w)(?:sơ kết|tổng kết|nhìn lại) {_COUNT} năm(?! 20)(?!\w)")
_YEARS_GONE = re.compile(
    rf"(?<!\w)(?:trong|sau|qua|suốt) (?:hơn |gần )?{_COUNT} năm (?:qua|thực hiện|triển khai)(?!\w)"
)
_MOST_YEARS = 30
_REVIEWED = re.compile(r"(?:sơ kết|tổng kết|báo cáo|kết quả|đánh giá)[^.]{0,200}$")
_AHEAD = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|triển khai|chương trình)(?: [^.;\n\d]{0,60})?$"
)
_PLANNED = re.compile(r"(?<!\w)(?:sẽ|dự kiến|phấn đấu|mục tiêu)(?!\w)[^.;\n]{0,90}$")
_NOT_A_PERIOD = re.compile(
    r"(?:tháng \d+ |thành lập[^.]{0,40}|chủ đề công tác |luật[^.;]{0,40}|đến |từ |vào |hết "
    r"|trước |giải|nhiệm kỳ"
    r"|mttq |hiến pháp |quý \w+ |/\d+ |nghị (?:định|quyết)[^.;]{0,20})$"
)
_IN_THE_YEAR = re.compile(r"(?:trong |kết quả |cả |của |[.\n(] *)$")


def years_named(plain: str) -> list[int]:
    """The years that the lead names, in order."""
    return [int(m["year"]) for m in _YEAR.finditer(plain[:LEAD_REACH])]


def named_span(words: str) -> tuple[dt.date, dt.date] | None:
    """The days that a sentence limits its figures to: "từ 16/01 đến 15/02", "riêng ngày 20/02"."""
    span = _range(words)
    if span is not None:
        return span.start, span.end
    match = _THAT_DAY.search(words)
    day = day_of(match["xd"], match["xm"], match["xy"]) if match else None
    return (day, day) if day else None


def read_period(plain: str, hint: int | None, until: dt.date | None) -> PeriodRead | None:
    """The period of a text. ``hint`` is the year it most likely speaks of, ``until`` the day of
    the event or of the publication.
    """
    lead = plain[:LEAD_REACH]
    explicit = _range(lead)
    if hint is None and explicit is not None:
        hint = explicit.end.year
    named = _named(lead[:TITLE_REACH], hint) or _named(lead, hint)
    if explicit is not None:
        days = (explicit.end - explicit.start).days
        if named is not None and abs((named.end - named.start).days - days) < 12:
            return PeriodRead(named.kind, explicit.start, explicit.end)
        return explicit
    return (
        named
        or _years_back(_YEARS_REVIEWED, lead[:TITLE_REACH], until)
        or _years_of_title(plain[:HEAD_REACH], until)
        or _whole_year(lead, until)
        or _until_now(plain, until)
        or _only_year(lead, until)
    )


def _whole(kind: PeriodKind, year: int, first: int, last: int) -> PeriodRead:
    return PeriodRead(kind, dt.date(year, first, 1), month_end(year, last))


def _count(match: re.Match[str]) -> int:
    return _WORDS.get(match["count"]) or int(match["count"])


def _range(lead: str) -> PeriodRead | None:
    matches = [match for pattern in _RANGES for match in pattern.finditer(lead)]
    for match in sorted(matches, key=lambda match: match.start()):
        end = day_of(match["bd"], match["bm"], match["by"])
        if end is None:
            continue
        start = day_of(match["ad"], match["am"], match["ay"] or end.year)
        if start is not None and 20 < (end - start).days < 1200:
            return PeriodRead("range", start, end)
    return None


# -- months, quarters, halves -------------------------------------------------------------------


def _named(text: str, hint: int | None) -> PeriodRead | None:
    found = [
        *_counted_months(text, hint),
        *_halves(text, hint),
        *_quarters(text[:TITLE_REACH]),
        *_months(text),
        *_month_of_title(text[:HEAD_REACH], hint),
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


_Found = list[tuple[int, PeriodRead]]


def _counted_months(text: str, hint: int | None) -> _Found:
    found: _Found = []
    for match in _MONTHS.finditer(text):
        count, year = _count(match), match["year"] or match["y2"] or hint
        before = text[: match.start()]
        if not 2 <= count <= 11 or year is None or _AHEAD.search(before):
            continue
        if not (match["half"] or match["year"] or match["y2"]) and not _is_when(match, before):
            continue
        if match["half"] == "cuối":
            if count == 6:
                found.append((match.start(), _whole("half_year", int(year), 7, 12)))
            continue
        kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
        found.append((match.start(), _whole(kind, int(year), 1, count)))
    return found


def _is_when(match: re.Match[str], before: str) -> bool:
    """Whether "9 tháng" alone means the first nine of the year, and no length of time."""
    if _LENGTH.search(before[-20:]):
        return False
    if match["past"]:
        return _count(match) in (6, 9)
    return _count(match) in (6, 9) and bool(_REPORTED_TITLE.search(before[-90:]))


def _halves(text: str, hint: int | None) -> _Found:
    found: _Found = []
    for match in _HALF.finditer(text):
        year = match["year"] or hint
        if year is not None and not _AHEAD.search(text[: match.start()]):
            first, last = (1, 6) if match["half"] == "đầu" else (7, 12)
            found.append((match.start(), _whole("half_year", int(year), first, last)))
    return found


def _quarters(text: str) -> _Found:
    found: _Found = []
    for match in _QUARTER.finditer(text):
        if match["year"] is not None and not _AHEAD.search(text[: match.start()]):
            last = _ROMAN[match["q"]] * 3
            found.append((match.start(), _whole("quarter", int(match["year"]), last - 2, last)))
    return found


def _months(text: str) -> _Found:
    found: _Found = []
    for match in _MONTH.finditer(text):
        month, before = int(match["m"]), text[: match.start()]
        if not 1 <= month <= 12 or _AHEAD.search(before) or _OF_A_DAY.search(before[-10:]):
            continue
        if _REPORTED.search(before):
            found.append((match.start(), _whole("months", int(match["year"]), month, month)))
    return found


def _month_of_title(title: str, hint: int | None) -> _Found:
    return [
        (match.start(), _whole("months", hint, int(match["m"]), int(match["m"])))
        for match in _BARE_MONTH.finditer(title)
        if hint and 1 <= int(match["m"]) <= 12 and _REPORTED_TITLE.search(title[: match.start()])
    ]


# -- years --------------------------------------------------------------------------------------


def _years_back(pattern: re.Pattern[str], text: str, until: dt.date | None) -> PeriodRead | None:
    """ "sơ kết 5 năm", "trong bốn năm qua": so many years back from the day of telling."""
    if until is None:
        return None
    for match in pattern.finditer(text):
        if 2 <= _count(match) <= _MOST_YEARS:
            return PeriodRead("range", dt.date(until.year - _count(match), 1, 1), until)
    return None


def _years_of_title(title: str, until: dt.date | None) -> PeriodRead | None:
    """ "kết quả giai đoạn 2021 - 2025"; of a programme or a plan it is not the period."""
    for match in _YEARS.finditer(title):
        first, last, before = int(match["a"]), int(match["b"]), title[: match.start()]
        if not 0 < last - first <= _MOST_YEARS or (until is not None and last > until.year):
            continue
        if _REVIEWED.search(before) and not _AHEAD.search(before):
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return None


def _whole_year(lead: str, until: dt.date | None) -> PeriodRead | None:
    """ "trong năm 2018", "kết quả năm 2018", or a year in the title."""
    fallback: int | None = None
    for match in _YEAR.finditer(lead):
        before, year = lead[: match.start()], int(match["year"])
        if _NOT_A_PERIOD.search(before[-60:]) or _PLANNED.search(before):
            continue
        in_title = match.start() < HEAD_REACH
        if _AHEAD.search(before):
            fallback = fallback or (year if in_title else None)
            continue
        # What is told of a year long past is history.
        recent = until is None or year >= until.year - 1
        if recent and (in_title or _IN_THE_YEAR.search(before)):
            return _whole("year", year, 1, 12)
    return _whole("year", fallback, 1, 12) if fallback else None


def _only_year(lead: str, until: dt.date | None) -> PeriodRead | None:
    """The year of the event, where the lead names no other."""
    matches = list(_YEAR.finditer(lead))
    if until is None or {m["year"] for m in matches} != {str(until.year)}:
        return None
    if all(_PLANNED.search(lead[: m.start()]) for m in matches):
        return None
    return _whole("year", until.year, 1, 12)


# -- until now ----------------------------------------------------------------------------------


def _until_now(plain: str, until: dt.date | None) -> PeriodRead | None:
    """ "từ đầu năm", "từ tháng 9/2023 đến nay": until the event or the publication."""
    if until is None:
        return None
    for match in _SINCE_START.finditer(plain):
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
    if _THIS_YEAR.search(plain[:LEAD_REACH]):
        return _whole("year", until.year, 1, 12)
    return _years_back(_YEARS_GONE, plain[:LEAD_REACH], until)
