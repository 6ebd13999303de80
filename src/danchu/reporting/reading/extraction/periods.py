"""The period a text reports on.

In this order: two days; months, quarters or halves by name; a review of so many years; the years of
the title; a year; "until now", where the day of the event or of the publication is known.
"""

from __future__ import annotations

import datetime as dt
import re

from .days import DAY, LONG_DAY, day_of
from .lately import told_lately, two_years
from .model import PeriodKind, PeriodRead
from .semesters import semester_of
from .sought import Sought
from .spans import school_year, spans_told, up_to_a_day, without
from .years import (
    AHEAD,
    COUNT,
    HEAD_REACH,
    MOST_YEARS,
    PLAN_OF,
    REVIEWED,
    ROMAN,
    TITLE_REACH,
    YEAR,
    YEARS_GONE,
    YEARS_REVIEWED,
    count_of,
    head_end,
    only_year,
    own_years,
    to_a_month,
    to_a_quarter,
    whole,
    whole_year,
    year_gone,
    years_back,
    years_of_title,
    years_reviewed,
)

LEAD_REACH = 1800

ROMAN |= {"nhất": 1, "hai": 2, "ba": 3, "tư": 4}

_TO = r"\s*(?:-|–|đến(?: hết)?(?: ngày)?)\s*"
_RANGES = (
    Sought(
        rf"(?:từ (?:ngày )?|(?:thời gian|số liệu|kỳ)[^\n:]{{0,20}}: ?|\()({DAY.format('a')}){_TO}"
        rf"({DAY.format('b')})"
    ),
    Sought(
        rf"(?:từ|\(|(?:thời gian|số liệu|kỳ)[^\n:]{{0,20}}:) ?{LONG_DAY.format('a')} ?(?:-|–"
        rf"|đến(?: hết)?)"
        rf" ?{LONG_DAY.format('b')}"
    ),
)
_THAT_DAY = Sought(rf"(?<!\w)riêng ngày {DAY.format('x')}(?![\d/])")
_MONTHS = re.compile(
    rf"(?<![\w,.]){COUNT} tháng(?: (?P<half>đầu|cuối))?"
    r"(?: năm(?: (?P<year>\d{4}))?| (?P<y2>\d{4}))?(?P<past> (?:vừa )?qua)?"
)
_HALF = Sought(r"(?<!\w)nửa (?P<half>đầu|cuối) năm(?: (?P<year>\d{4}))?")
_QUARTER = Sought(
    r"(?<!\w)quý (?:thứ )?(?P<q>iv|iii|ii|i|[1-4]|nhất|hai|ba|tư)(?: ?(?:/|năm"
    r"|-) ?(?P<year>\d{4}))?(?!\w)"
)
_MONTH = Sought(r"(?<!\w)tháng (?P<m>\d{1,2})(?: ?(?:/|năm|-) ?(?P<year>20\d{2}|19\d{2}))(?!\w)")
_UP_TO = re.compile(r"(?<!\w)đến (?:hết )?$")
_OF_A_DAY = re.compile(r"\d+ $|ngày \d+ ?$|từ $")
_REPORTED = Sought(r"(?:báo cáo|công tác|kết quả|tình hình|trong)[^\n.]{0,80}$")
_REPORTED_TITLE = Sought(r"(?:báo cáo|kết quả|công tác|sơ kết|tổng kết)[^\n.]{0,60}$")
# "trong gần 9 tháng", "thời hạn 6 tháng": how long, not when
_LENGTH = re.compile(r"(?:gần|hơn|khoảng|trên|suốt|vòng|sau|mỗi|hạn|quá|đủ|mất) (?:là )?$")
_BARE_MONTH = Sought(r"(?<!\w)tháng (?P<m>\d{1,2})(?![\w/])")
_SINCE_YEAR = Sought(r"(?<!\w)từ(?: năm)? (?P<a>20\d{2}) ?(?:-|–|đến) ?nay(?!\w)")
_SINCE_MONTH = Sought(r"(?<!\w)từ tháng (?P<m>\d{1,2}) ?[/-] ?(?P<y>20\d{2}) ?(?:-|–|đến) ?nay")
_SINCE_START = Sought(r"(?<!\w)từ đầu năm(?: (?P<year>20\d{2})| (?:đến|tới) nay)(?!\w)")
_THIS_YEAR = Sought(
    r"(?<!\w)(?<!hai )(?<!ba )(?<!nhất )(?<!tư )(?:trong năm|(?<!quý )(?<!quý i )(?<!quý ii )"
    r"(?<!quý iii )(?<!quý iv )(?<!tháng \d )(?<!tháng \d\d )(?<!cuối )(?<!đầu )năm nay)(?= ?[.,;])"
)
# Days between two days that may be a period, and those of a review of many years.
_LONG, _LONG_REVIEW = 1200, 366 * 16
_SINCE_IT_BEGAN = Sought(
    r"(?<!\w)năm (?P<a>20\d{2}),? (?:khi )?(?:(?:xã|huyện|tỉnh|phường|thị trấn|thị xã) )?"
    r"(?:được chọn|bắt (?:đầu|tay)|bước vào|phát động)"
    r"|(?<!\w)(?:được chọn|bắt (?:đầu|tay)|bước vào|phát động|triển khai|thực hiện)"
    r"(?: [^.;,\n\d]{0,70})? từ (?:đầu |cuối |giữa )?năm (?P<b>20\d{2})(?!\w)"
)
_TO_END_OF_MONTH = Sought(
    r"(?<!\w)(?:đến|tới) (?:hết|cuối|nay là hết) tháng (?P<m>\d{1,2})(?:/(?P<year>20\d\d))?(?!\w)"
)


def years_named(plain: str) -> list[int]:
    """The years that the lead names, in order."""
    return [int(m["year"]) for m in YEAR.finditer(plain[:LEAD_REACH])]


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
    head = plain[: head_end(plain)]
    told = spans_told(lead, until)
    so_far = up_to_a_day(head)
    # "từ tháng 7 đến tháng 12 năm 2025", "tính đến hết tháng 9/2025" name no single month.
    bare = without(lead, [*told, *so_far])
    named = _named(bare[:TITLE_REACH], hint) or _named(bare, hint)
    if explicit is not None:
        days = (explicit.end - explicit.start).days
        if named is not None and abs((named.end - named.start).days - days) < 12:
            return PeriodRead(named.kind, explicit.start, explicit.end)
        if days in (364, 365) and str(explicit.end.year) in {
            m["year"] for m in YEAR.finditer(lead)
        }:
            # "năm 2021 (từ 01/12/2020 đến 30/11/2021)": the year of reporting.
            return PeriodRead("year", explicit.start, explicit.end)
        return explicit
    planned = PLAN_OF.search(head)
    if planned is not None:
        return whole("year", int(planned["year"]), 1, 12)
    titled = [span.period for span in told if span.end <= len(head)]
    if titled:
        return titled[0]
    if semester_of(plain) is not None:
        # The years and months beside it are not its days.
        return None
    return (
        named
        or _so_far(head, [span.period for span in so_far])
        or school_year(head, plain, until)
        or to_a_month(lead)
        or to_a_quarter(lead)
        or next((span.period for span in told), None)
        or years_reviewed(lead[:TITLE_REACH])
        or years_back(YEARS_REVIEWED, lead[:TITLE_REACH], until)
        or years_of_title(plain[: head_end(plain)], until)
        or own_years(lead, until)
        or two_years(lead)
        or told_lately(lead, until)
        or _months_since_start(lead, until)
        or whole_year(lead, until)
        or _until_now(plain, until)
        or _since_it_began(plain, until)
        or only_year(lead, until)
        or (year_gone(lead, until) if until else None)
        or _named_in_body(plain, hint)
    )


def _named_in_body(plain: str, hint: int | None) -> PeriodRead | None:
    """A part of a year told with its year in the body of a text whose lead tells none."""
    told = [part for part in parts_told(plain) if hint in (None, part.end.year)]
    return told[0] if told else None


def parts_told(plain: str) -> list[PeriodRead]:
    """The months, halves and quarters that a text tells with their year, in its order."""
    found = [*_counted_months(plain, None), *_halves(plain, None), *_quarters(plain)]
    return [period for _, period in sorted(found, key=lambda item: item[0])]


def _so_far(head: str, told: list[PeriodRead]) -> PeriodRead | None:
    """ "tính đến 30/9/2025": of a term or a stage from its first day, else from the new year."""
    if not told:
        return None
    years = years_of_title(head, None)
    if years is not None and years.start < told[0].end <= years.end:
        return PeriodRead("range", years.start, told[0].end)
    return told[0]


def _range(lead: str) -> PeriodRead | None:
    matches = [match for pattern in _RANGES for match in pattern.finditer(lead)]
    for match in sorted(matches, key=lambda match: match.start()):
        end = day_of(match["bd"], match["bm"], match["by"])
        if end is None:
            continue
        start = day_of(match["ad"], match["am"], match["ay"] or end.year)
        most = _LONG_REVIEW if REVIEWED.search(lead[: match.start()]) else _LONG
        if start is not None and 20 < (end - start).days < most:
            return PeriodRead("range", start, end)
    return None


# -- months, quarters, halves -------------------------------------------------------------------


def _named(text: str, hint: int | None) -> PeriodRead | None:
    found = [
        *_counted_months(text, hint),
        *_halves(text, hint),
        *_quarters(text[:TITLE_REACH]),
        *_quarter_of_title(text[:HEAD_REACH], hint),
        *_months(text),
        *_month_of_title(text[:HEAD_REACH], hint),
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


_Found = list[tuple[int, PeriodRead]]


def _counted_months(text: str, hint: int | None) -> _Found:
    found: _Found = []
    for match in _MONTHS.finditer(text):
        count, year = count_of(match), match["year"] or match["y2"] or hint
        before = text[: match.start()]
        if not 2 <= count <= 11 or year is None or AHEAD.search(before):
            continue
        if not (match["half"] or match["year"] or match["y2"]) and not _is_when(match, before):
            continue
        if match["half"] == "cuối":
            if count == 6:
                found.append((match.start(), whole("half_year", int(year), 7, 12)))
            continue
        kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
        found.append((match.start(), whole(kind, int(year), 1, count)))
    return found


def _is_when(match: re.Match[str], before: str) -> bool:
    """Whether "9 tháng" alone means the first nine of the year, and no length of time."""
    if _LENGTH.search(before[-20:]) or (_SINCE_START.search(before) and not match["past"]):
        return False
    if match["past"]:
        return count_of(match) in (6, 9)
    return count_of(match) in (6, 9) and bool(_REPORTED_TITLE.search(before[-90:]))


def _halves(text: str, hint: int | None) -> _Found:
    found: _Found = []
    for match in _HALF.finditer(text):
        year = match["year"] or hint
        if match["year"] is None and text.endswith("(", 0, match.start()):
            # "theo Nghị định … (nửa đầu năm)": a part of what is told.
            continue
        if year is not None and not AHEAD.search(text[: match.start()]):
            first, last = (1, 6) if match["half"] == "đầu" else (7, 12)
            found.append((match.start(), whole("half_year", int(year), first, last)))
    return found


def _quarters(text: str) -> _Found:
    found: _Found = []
    for match in _QUARTER.finditer(text):
        before = text[: match.start()]
        if _UP_TO.search(before):
            continue
        if match["year"] is not None and not AHEAD.search(before):
            last = ROMAN[match["q"]] * 3
            found.append((match.start(), whole("quarter", int(match["year"]), last - 2, last)))
    return found


def _months(text: str) -> _Found:
    found: _Found = []
    for match in _MONTH.finditer(text):
        month, before = int(match["m"]), text[: match.start()]
        if not 1 <= month <= 12 or AHEAD.search(before) or _OF_A_DAY.search(before[-10:]):
            continue
        if _REPORTED.search(before):
            found.append((match.start(), whole("months", int(match["year"]), month, month)))
    return found


def _month_of_title(title: str, hint: int | None) -> _Found:
    return [
        (match.start(), whole("months", hint, int(match["m"]), int(match["m"])))
        for match in _BARE_MONTH.finditer(title)
        if hint
        and 1 <= int(match["m"]) <= 12
        and not _OF_A_DAY.search(title[max(0, match.start() - 10) : match.start()])
        and _REPORTED_TITLE.search(title[: match.start()])
    ]


def _quarter_of_title(title: str, hint: int | None) -> _Found:
    """ "Kết quả công tác quý III" of the year that the text is of."""
    return [
        (match.start(), whole("quarter", hint, last - 2, last))
        for match in _QUARTER.finditer(title)
        if hint
        and match["year"] is None
        and (last := ROMAN[match["q"]] * 3)
        and not _UP_TO.search(title[: match.start()])
        and not AHEAD.search(title[: match.start()])
        and _REPORTED_TITLE.search(title[: match.start()])
    ]


# -- years --------------------------------------------------------------------------------------


# -- until now ----------------------------------------------------------------------------------


def _since_it_began(plain: str, until: dt.date | None) -> PeriodRead | None:
    """ "bắt tay xây dựng nông thôn mới từ năm 2010": from that year to the day of telling."""
    match = _SINCE_IT_BEGAN.search(plain, 0, LEAD_REACH) if until is not None else None
    if match is None or until is None:
        return None
    first = int(match["a"] or match["b"])
    if not 0 < until.year - first <= MOST_YEARS:
        return None
    return PeriodRead("range", dt.date(first, 1, 1), until)


def _months_since_start(lead: str, until: dt.date | None) -> PeriodRead | None:
    """ "từ đầu năm 2014 …, tính đến hết tháng 9": the months of that year."""
    for since in _SINCE_START.finditer(lead):
        year = since["year"] or (until.year if until else None)
        match = _TO_END_OF_MONTH.search(lead, since.end())
        if match is None or year is None or not 1 <= int(match["m"]) <= 12:
            continue
        if match["year"] in (None, str(year)):
            return whole("months", int(year), 1, int(match["m"]))
    return None


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
    lead = plain[:LEAD_REACH]
    if _THIS_YEAR.search(lead):
        return year_gone(lead, until) or whole("year", until.year, 1, 12)
    return years_back(YEARS_GONE, lead, until)
