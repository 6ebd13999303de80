"""The period a text reports on and the day of the event it tells of."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from .model import PeriodKind, PeriodRead
from .segments import Document

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}
_DAY = (
    r"(?P<{0}d>\d{{1,2}})\s?[/.-]\s?(?P<{0}m>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}y>\d{{4}}"
    r"|\d{{2}}(?!\d)))?"
)
_LONG_DAY = r"ngày (?P<{0}d>\d{{1,2}}) ?tháng (?P<{0}m>\d{{1,2}})(?: ?năm (?P<{0}y>\d{{4}}))?"

_RANGE = re.compile(
    rf"(?:từ (?:ngày )?|thời gian[^\n:]{{0,20}}: ?|\()({_DAY.format('a')})\s*(?:-"
    rf"|đến(?: hết)?(?: ngày)?)\s*({_DAY.format('b')})"
)
_MONTHS = re.compile(
    r"(?<!\w)(?P<count>3|03|6|06|9|09|ba|sáu|chín) tháng(?: (?P<half>đầu"
    r"|cuối))?(?: năm(?: (?P<year>\d{4}))?| (?P<y2>\d{4}))?"
)
_QUARTER = re.compile(
    r"(?<!\w)quý (?P<q>iv|iii|ii|i|[1-4])(?: ?(?:/|năm|-) ?(?P<year>\d{4}))?(?!\w)"
)
_MONTH = re.compile(
    r"(?<!\w)tháng (?P<m>\d{1,2})(?: ?(?:/|năm|-) ?(?P<year>20\d{2}|19\d{2}))(?!\w)"
)
_OF_A_DAY = re.compile(r"\d+ $|ngày \d+ ?$|từ $")
_REPORTED_MONTH = re.compile(r"(?:báo cáo|công tác|kết quả|tình hình|trong)[^\n.]{0,80}$")
_BARE_MONTH = re.compile(r"(?<!\w)tháng (?P<m>\d{1,2})(?![\w/])")
_YEAR = re.compile(r"(?<!\w)năm (?P<year>20\d{2}|19\d{2})(?!\w)")
_SPAN = re.compile(
    r"(?<!\w)(?:giai đoạn|từ(?: năm)?) (?P<a>20\d{2}) ?(?:-|đến(?: năm)?) ?(?P<b>20\d{2}|nay)(?!\w)"
)
_FROM_START = re.compile(r"(?<!\w)từ đầu năm (?P<year>20\d{2})(?!\w)")
_AHEAD = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|triển khai|chương trình)(?: [^.;\n\d]{0,60})?$"
)
_EVENT = re.compile(
    rf"(?<!\w)(?:(?:sáng|chiều|tối|trưa)(?: nay,| ngày| qua,)? ?|ngày "
    rf"|vừa qua, ngày )(?:{_DAY.format('x')})(?![\d%])"
    rf"|(?<!\w)(?:sáng |chiều |tối )?{_LONG_DAY.format('z')}"
)
_DOCUMENT_DAY = re.compile(
    rf"(?<=, ){_LONG_DAY.format('x')}|(?<!\w)ngày(?: \w+){{1,3}}: ?(?:{_DAY.format('z')})"
)
_ISSUES = re.compile(r"^[^.;]{0,40}(?:ban hành|quy định|có hiệu lực)")
_STAMP = re.compile(r"(?m)^\W*(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{2,4}) \d{1,2}:\d{2}")
_REVIEW = re.compile(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)")
_NOT_A_PERIOD = re.compile(
    r"(?:tháng \d+ |thành lập[^.]{0,40}|chủ đề công tác |luật[^.;]{0,40}|đến |từ |vào |hết "
    r"|trước |giải|nhiệm kỳ"
    r"|mttq |hiến pháp |quý \w+ |/\d+ |nghị (?:định|quyết)[^.;]{0,20})$"
)
_IN_THE_YEAR = re.compile(r"(?:trong |kết quả |cả |của |[.\n(] *)$")
_HEAD_REACH = 260
_TITLE_REACH = 700
_LEAD_REACH = 1800


@dataclass(frozen=True, slots=True)
class Days:
    """What a text says of time."""

    period: PeriodRead | None
    event: dt.date | None


def read_days(document: Document) -> Days:
    """Period and day of the event; None for what the text leaves open."""
    plain = document.plain
    stamp = _stamp(plain)
    lead = plain[:_LEAD_REACH]
    years = [int(m["year"]) for m in _YEAR.finditer(lead)]
    event, open_day = _event(plain)
    known = event if open_day is None else None
    hint = years[0] if years else known.year if known else stamp.year if stamp else None
    period = _period(plain, hint, known or stamp)
    if open_day is not None:
        event = _with_year(open_day, period, stamp, bool(_REVIEW.search(lead)))
    return Days(period, event)


def _day(day: str, month: str, year: str | int | None) -> dt.date | None:
    if year is None:
        return None
    number = int(year)
    number += 2000 if number < 100 else 0
    try:
        return dt.date(number, int(month), int(day)) if 1900 <= number <= 2100 else None
    except ValueError:
        return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _whole(kind: PeriodKind, year: int, first: int, last: int) -> PeriodRead:
    return PeriodRead(kind, dt.date(year, first, 1), _month_end(year, last))


def _stamp(plain: str) -> dt.date | None:
    match = _STAMP.search(plain)
    return _day(match["d"], match["m"], match["y"]) if match else None


_THAT_DAY = re.compile(rf"(?<!\w)riêng ngày {_DAY.format('x')}(?![\d/])")


def named_span(words: str) -> tuple[dt.date, dt.date] | None:
    """The days that a sentence limits its figures to: "từ 16/01 đến 15/02", "riêng ngày 20/02"."""
    span = _range(words)
    if span is not None:
        return span.start, span.end
    match = _THAT_DAY.search(words)
    day = _day(match["xd"], match["xm"], match["xy"]) if match else None
    return (day, day) if day else None


# -- the period ---------------------------------------------------------------------------------


def _period(plain: str, hint: int | None, until: dt.date | None) -> PeriodRead | None:
    lead = plain[:_LEAD_REACH]
    explicit = _range(lead)
    named = _named(lead[:_TITLE_REACH], hint) or _named(lead, hint)
    if explicit is not None:
        days = (explicit.end - explicit.start).days
        if named is not None and abs((named.end - named.start).days - days) < 12:
            return PeriodRead(named.kind, explicit.start, explicit.end)
        return explicit
    return named or _whole_year(plain) or _until_now(plain, until) or _only_year(plain, until)


def _only_year(plain: str, until: dt.date | None) -> PeriodRead | None:
    """The year of the event, where the lead names no other."""
    years = {m["year"] for m in _YEAR.finditer(plain[:_LEAD_REACH])}
    if until is None or years != {str(until.year)}:
        return None
    return _whole("year", until.year, 1, 12)


def _range(lead: str) -> PeriodRead | None:
    for match in _RANGE.finditer(lead):
        end = _day(match["bd"], match["bm"], match["by"])
        if end is None:
            continue
        start = _day(match["ad"], match["am"], match["ay"] or end.year)
        if start is not None and 20 < (end - start).days < 1200:
            return PeriodRead("range", start, end)
    return None


def _named(text: str, hint: int | None) -> PeriodRead | None:
    found: list[tuple[int, PeriodRead]] = []
    for match in _MONTHS.finditer(text):
        if _AHEAD.search(text, 0, match.start()):
            continue
        count = _WORDS.get(match["count"]) or int(match["count"])
        year = match["year"] or match["y2"] or hint
        if year is None or (match["half"] is None and not match["year"] and count == 3):
            continue
        if count == 6 and match["half"] is None and "6 tháng qua" not in text and not match["year"]:
            continue
        if match["half"] == "cuối":
            if count != 6:
                continue
            found.append((match.start(), _whole("half_year", int(year), 7, 12)))
        else:
            kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
            found.append((match.start(), _whole(kind, int(year), 1, count)))
    for match in _QUARTER.finditer(text[:_TITLE_REACH]):
        year = match["year"]
        if year is not None and not _AHEAD.search(text, 0, match.start()):
            quarter = _ROMAN[match["q"]]
            found.append(
                (match.start(), _whole("quarter", int(year), quarter * 3 - 2, quarter * 3))
            )
    for match in _MONTH.finditer(text):
        month = int(match["m"])
        before = text[: match.start()]
        if not 1 <= month <= 12 or _AHEAD.search(before) or _OF_A_DAY.search(before[-10:]):
            continue
        if _REPORTED_MONTH.search(before):
            found.append((match.start(), _whole("months", int(match["year"]), month, month)))
    title = text[:_HEAD_REACH]
    for match in _BARE_MONTH.finditer(title):
        month = int(match["m"])
        if (
            hint
            and 1 <= month <= 12
            and re.search(r"(?:báo cáo|kết quả|công tác)[^\n.]{0,60}$", title[: match.start()])
        ):
            found.append((match.start(), _whole("months", hint, month, month)))
    return min(found, key=lambda item: item[0])[1] if found else None


def _whole_year(plain: str) -> PeriodRead | None:
    """ "trong năm 2018", "kết quả năm 2018", or a year in the title."""
    lead = plain[:_LEAD_REACH]
    fallback: int | None = None
    for match in _YEAR.finditer(lead):
        before = lead[: match.start()]
        if _NOT_A_PERIOD.search(before[-60:]):
            continue
        in_title = match.start() < _HEAD_REACH
        if _AHEAD.search(before):
            fallback = fallback or (int(match["year"]) if in_title else None)
            continue
        if in_title or _IN_THE_YEAR.search(before):
            return _whole("year", int(match["year"]), 1, 12)
    return _whole("year", fallback, 1, 12) if fallback else None


def _until_now(plain: str, until: dt.date | None) -> PeriodRead | None:
    """ "từ đầu năm 2013", "từ năm 2010 đến nay": until the event or the publication."""
    if until is None:
        return None
    match = _FROM_START.search(plain)
    if match and int(match["year"]) == until.year:
        return PeriodRead("months", dt.date(until.year, 1, 1), until)
    span = _SPAN.search(plain)
    if span and span["b"] == "nay" and int(span["a"]) <= until.year:
        return PeriodRead("range", dt.date(int(span["a"]), 1, 1), until)
    if re.search(r"(?<!\w)(?:trong năm|năm nay)(?= ?[.,;])", plain[:_LEAD_REACH]):
        return _whole("year", until.year, 1, 12)
    return None


# -- the event ----------------------------------------------------------------------------------


def _event(plain: str) -> tuple[dt.date | None, tuple[int, int] | None]:
    """The day of the event; when its year is not written, a stand-in and day and month."""
    lead = plain[:_LEAD_REACH]
    for match in _DOCUMENT_DAY.finditer(lead):
        groups = match.groupdict()
        day, month, year = (
            groups.get(f"x{part}") or groups.get(f"z{part}") for part in ("d", "m", "y")
        )
        if year is not None and day and month and (whole := _day(day, month, year)):
            return whole, None
    open_day: tuple[int, int] | None = None
    for match in _EVENT.finditer(lead):
        groups = match.groupdict()
        day, month, year = (
            groups.get(f"x{part}") or groups.get(f"z{part}") for part in ("d", "m", "y")
        )
        if day is None or month is None or _ISSUES.match(lead[match.end() : match.end() + 60]):
            continue
        if _not_the_event(lead, match.start()):
            continue
        if year is not None:
            whole = _day(day, month, year)
            if whole is not None:
                return whole, None
        elif open_day is None and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            open_day = (int(day), int(month))
    if open_day is not None:
        return dt.date(2000, open_day[1], min(open_day[0], 28)), open_day
    return None, None


def _not_the_event(lead: str, start: int) -> bool:
    before = lead[max(0, start - 60) : start]
    return bool(
        re.search(
            r"(?:số liệu[^.\n]{0,50}|chốt |từ |đến |trước |hiệu lực(?: từ)? |kỷ niệm[^.\n]{0,40}"
            r"|nghị định[^.\n]{0,40}"
            r"|quyết định[^.\n]{0,40}|công văn[^.\n]{0,40}|thông báo[^.\n]{0,40}"
            r"|ban hành[^.\n]{0,30}|tính )$",
            before,
        )
    )


def _with_year(
    day: tuple[int, int], period: PeriodRead | None, stamp: dt.date | None, review: bool
) -> dt.date | None:
    """The day with the year that the publication, or the period of a review, leaves for it."""
    if stamp is not None:
        for year in (stamp.year, stamp.year - 1):
            whole = _day(str(day[0]), str(day[1]), year)
            if whole is not None and whole <= stamp and (stamp - whole).days < 60:
                return whole
    if period is None or not review:
        return None
    whole = _day(str(day[0]), str(day[1]), period.end.year)
    # A review is held after its period or shortly before its end.
    if whole is not None and whole < period.end and (period.end - whole).days > 45:
        early_in_year = period.kind == "year" and day[1] <= 4
        return _day(str(day[0]), str(day[1]), period.end.year + 1) if early_in_year else whole
    return whole
