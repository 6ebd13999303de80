"""The day of the event a text tells of, and with it the period it reports on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .days import DAY, LONG_DAY, day_of
from .model import PeriodRead
from .periods import named_span, parts_told, read_period, years_named
from .segments import Document
from .sought import Sought
from .stamps import Stamp, stamps_of
from .years import LEAD_REACH

__all__ = ["Days", "named_span", "read_days"]

_EVENT = Sought(
    rf"(?<!\w)(?:(?:sáng|chiều|tối|trưa)(?: nay,?| hôm nay,?| ngày| qua,?)? ?\(?(?:ngày )?"
    rf"|ngày |hôm (?:nay|qua),? ?\(?(?:ngày )?|vừa qua, ngày )(?:{DAY.format('x')})(?![\d%])"
    rf"|(?<!\w)(?:sáng |chiều |tối )?{LONG_DAY.format('z')}"
)
_DOCUMENT_DAY = Sought(
    rf"(?<=, ){LONG_DAY.format('x')}|(?<!\w)ngày(?: \w+){{1,3}}: ?(?:{DAY.format('z')})"
    rf"|(?m:(?<=, )ngày (?:{DAY.format('v')})[ .]*$)"
    rf"|(?<!\w)lập (?:báo cáo |biểu )?ngày (?:{DAY.format('w')})"
)
_ISSUES = re.compile(r"^[^.;]{0,40}(?:ban hành|quy định|có hiệu lực)")
_REVIEW = Sought(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)")
_NOT_THE_EVENT = re.compile(
    r"(?:số liệu[^.\n]{0,50}|chốt |từ |(?:đến|tới)(?: hết| cuối)? (?:ngày )?|trước "
    r"|hiệu lực(?: từ)? |k[ỷỉ] niệm[^.\n]{0,40}"
    r"|nghị định[^.\n]{0,40}"
    r"|quyết định[^.\n]{0,40}|công văn[^.\n]{0,40}|thông báo[^.\n]{0,40}"
    # the day of a paper that is cited by its number
    r"|(?<!\w)số \d\S*,? |\d[\w/-]*[/-][^\W\d][\w/-]*,? "
    r"|ban hành[^.\n]{0,30}|tính "
    # the day of a law that the paper rests on
    r"|(?<!\w)(?:luật|pháp lệnh|hiến pháp) [^.,;\n]{0,60}|(?<!\w)căn cứ [^.,;\n]{0,80})$"
)
_CITED_REACH = 100
# The issuing of a paper may itself be what the text tells of.
_JUST_ISSUED = Sought(
    r"(?<!\w)(?:vừa|mới) (?:ký|ban hành|thông qua|có)(?!\w)[^.\n]*$|\((?:trích|kèm theo) [^.\n]*$"
    # an appendix is of the day of the paper that it goes with
    r"|(?<!\w)(?:phụ lục|biểu|bảng)(?: [^.\n]{0,40})? kèm(?: theo)? báo cáo [^.\n]*$"
)
# What looks ahead to the tasks of a year was held at its beginning or at the end of the one before.
_NEXT_TASKS = Sought(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|triển khai)(?!\w)[^.;\n\d]{0,60}"
    r"(?<!\w)năm (?P<year>20\d\d)(?!\w)"
)
# "từ đầu năm 2020 đến nay": now is in that year
_SINCE_ITS_START = Sought(r"(?<!\w)từ đầu năm (?P<year>20\d\d) (?:đến|tới) nay(?!\w)")
# Figures of part of a year are told within so many days of its end.
_SOON = 100
# "kỷ niệm 87 năm ngày truyền thống (15-10-1930 - 15-10-2017)"
_ANNIVERSARY = Sought(
    rf"k[ỷỉ] niệm[^.\n]{{0,120}}\({DAY.format('a')} ?(?:-|–|đến) ?{DAY.format('b')}\)"
)
# A day is celebrated, and an event told of, within so many days.
_CELEBRATED, _TOLD = 45, 60
# Months by which, and from which, the work of a year is reviewed.
_EARLY, _LATE = 4, 11


@dataclass(frozen=True, slots=True)
class Days:
    """What a text says of time."""

    period: PeriodRead | None
    event: dt.date | None
    told: dt.date | None = None
    """When it was told: the day of the event, or that of the publication."""


def read_days(document: Document) -> Days:
    """Period and day of the event; None for what the text leaves open."""
    plain = document.plain
    stamps = stamps_of(plain)
    stamp = stamps[0].day if stamps else None
    lead = plain[:LEAD_REACH]
    event, open_day = _event(_without(lead, stamps))
    if open_day is not None:
        event = _told_before(open_day, stamp) or _celebrated(open_day, lead)
    years = years_named(plain)
    hint = years[0] if years else event.year if event else stamp.year if stamp else None
    period = read_period(plain, hint, event or stamp)
    if event is None and open_day is not None:
        event = _before_its_tasks(open_day, period, lead)
        if event is None and (_REVIEW.search(lead) or _soon_told(open_day, period, lead)):
            event = _after_its_period(open_day, period)
        if event is None:
            event = _soon_after_a_part(open_day, period, plain)
            if event is not None and _SINCE_ITS_START.search(plain):
                period = read_period(plain, hint, event)
    return Days(period, event, event or stamp)


def _without(lead: str, stamps: list[Stamp]) -> str:
    """``lead`` with blanks for the stamps of publication."""
    for stamp in stamps:
        if stamp.start < len(lead):
            blank = " " * (min(stamp.end, len(lead)) - stamp.start)
            lead = lead[: stamp.start] + blank + lead[stamp.end :]
    return lead


def _event(lead: str) -> tuple[dt.date | None, tuple[int, int] | None]:
    """The day of the event; where its year is not written, only day and month."""
    for match in _DOCUMENT_DAY.finditer(lead):
        day, month, year = _parts(match)
        if year is not None and (whole := day_of(day, month, year)):
            return whole, None
    open_day: tuple[int, int] | None = None
    for match in _EVENT.finditer(lead):
        day, month, year = _parts(match)
        if _ISSUES.match(lead[match.end() : match.end() + 60]):
            continue
        before = lead[max(0, match.start() - _CITED_REACH) : match.start()]
        if _NOT_THE_EVENT.search(before) and not _JUST_ISSUED.search(before):
            continue
        if year is not None:
            whole = day_of(day, month, year)
            if whole is not None:
                return whole, None
        elif open_day is None and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            open_day = (int(day), int(month))
    return None, open_day


def _parts(match: re.Match[str]) -> tuple[str, str, str | None]:
    groups = match.groupdict()
    day, month, year = (
        next((found for group in "xzwv" if (found := groups.get(f"{group}{part}"))), None)
        for part in "dmy"
    )
    return day or "", month or "", year


def _in_year(day: tuple[int, int], year: int) -> dt.date | None:
    return day_of(str(day[0]), str(day[1]), year)


def _told_before(day: tuple[int, int], stamp: dt.date | None) -> dt.date | None:
    """The day with the year that the publication leaves for it."""
    if stamp is None:
        return None
    for year in (stamp.year, stamp.year - 1):
        whole = _in_year(day, year)
        if whole is not None and whole <= stamp and (stamp - whole).days < _TOLD:
            return whole
    return None


def _celebrated(day: tuple[int, int], lead: str) -> dt.date | None:
    """The day with the year of the anniversary that it celebrates."""
    for match in _ANNIVERSARY.finditer(lead):
        last = day_of(match["bd"], match["bm"], match["by"])
        same = (match["ad"], match["am"]) == (match["bd"], match["bm"])
        whole = _in_year(day, last.year) if last is not None and same else None
        if whole is not None and last is not None and abs((whole - last).days) <= _CELEBRATED:
            return whole
    return None


def _before_its_tasks(day: tuple[int, int], period: PeriodRead | None, lead: str) -> dt.date | None:
    """The day with the year that the tasks named beside the results leave for it.

    "kết quả năm 2018, nhiệm vụ năm 2019": by April the year of the tasks, from November the year
    before it.
    """
    if period is None or period.kind != "year":
        return None
    for match in _NEXT_TASKS.finditer(lead):
        if int(match["year"]) != period.end.year + 1:
            continue
        if day[1] <= _EARLY:
            return _in_year(day, period.end.year + 1)
        return _in_year(day, period.end.year) if day[1] >= _LATE else None
    return None


def _soon_told(day: tuple[int, int], period: PeriodRead | None, lead: str) -> bool:
    """Whether a part of a year with its year written ended shortly before the day."""
    if period is None or period.kind not in ("half_year", "quarter", "months"):
        return False
    whole = _in_year(day, period.end.year)
    named = f"{period.end.year}" in lead
    return whole is not None and named and 0 <= (whole - period.end).days <= _SOON


def _soon_after_a_part(
    day: tuple[int, int], period: PeriodRead | None, plain: str
) -> dt.date | None:
    """The day with the year of the one part of a year told in the text that ended shortly before.

    "Ngày 10/7, …" with "6 tháng đầu năm 2020" anywhere in the text; not with what is ahead of its
    period, as "lùi sang quý I/2024" in a report on 2023.
    """
    years = {
        part.end.year
        for part in parts_told(plain)
        if _ended_before(day, part) and (period is None or part.start <= period.end)
    }
    years |= {int(match["year"]) for match in _SINCE_ITS_START.finditer(plain)}
    return _in_year(day, years.pop()) if len(years) == 1 else None


def _ended_before(day: tuple[int, int], part: PeriodRead) -> bool:
    whole = _in_year(day, part.end.year)
    return whole is not None and 0 <= (whole - part.end).days <= _SOON


def _after_its_period(day: tuple[int, int], period: PeriodRead | None) -> dt.date | None:
    """The day with the year that the period of a review leaves for it."""
    if period is None:
        return None
    whole = _in_year(day, period.end.year)
    # A review is held after its period or shortly before its end.
    if whole is not None and whole < period.end and (period.end - whole).days > 45:
        early_in_year = period.kind == "year" and period.end.month == 12 and day[1] <= 4
        return _in_year(day, period.end.year + 1) if early_in_year else whole
    return whole
