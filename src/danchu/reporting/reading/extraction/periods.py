"""The period a text reports on.

In this order: two days; months, quarters or halves by name; a review of so many years; the years of
the title; a year; "until now", where the day of the event or of the publication is known.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .days import DAY, LONG_DAY, day_of
from .inspected import looked_at, without_visits
from .lately import told_lately, years_listed
from .model import PeriodKind, PeriodRead
from .semesters import semester_of
from .since import SINCE_START, months_since_start, since_it_began, until_now
from .sought import Sought
from .spans import Span, school_year, spans_told, up_to_a_day, without
from .years import (
    COUNT,
    HEAD_REACH,
    LATE,
    LEAD_REACH,
    PLAN_OF,
    REVIEWED,
    ROMAN,
    TITLE_REACH,
    YEAR,
    YEARS_REVIEWED,
    count_of,
    head_end,
    not_told_of,
    only_year,
    own_years,
    to_a_month,
    to_a_quarter,
    whole,
    whole_year,
    year_gone,
    years_back,
    years_in,
    years_of_title,
    years_reviewed,
)

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
# A part of a year is reviewed within so many days of its end.
_REVIEWED_WITHIN = 200
_REPORTED = Sought(r"(?:báo cáo|công tác|kết quả|tình hình|trong)[^\n.]{0,80}$")
_REPORTED_TITLE = Sought(
    r"(?:báo cáo|kết quả|công tác|sơ kết|tổng kết|giao ban|đánh giá|kiểm điểm)[^\n.]{0,60}$"
)
_REVIEW_OF = re.compile(r"(?<!\w)(?:báo cáo|kết quả|sơ kết|giao ban|đánh giá)(?: công tác)? $")
# "sơ kết 6 tháng vận hành mô hình": how long something has been tried
_TRIED = re.compile(
    r" (?:đầu )?(?:thí điểm|vận hành|đi vào hoạt động|đầu tiên"
    r"|(?:triển khai|thực hiện) (?:thí điểm|mô hình|chính quyền))(?!\w)"
)
_QUARTERS_COUNTED = Sought(r"(?<!\w)(?P<count>2|3|hai|ba) quý đầu năm(?: (?P<year>20\d{2}))?(?!\w)")
# "trong gần 9 tháng", "thời hạn 6 tháng": how long, not when
_LENGTH = re.compile(r"(?:gần|hơn|khoảng|trên|suốt|vòng|sau|mỗi|hạn|quá|đủ|mất) (?:là )?$")
_BARE_MONTH = Sought(r"(?<!\w)tháng (?P<m>\d{1,2})(?![\w/])")
# Days between two days that may be a period, and those of a review of many years.
_LONG, _LONG_REVIEW = 1200, 366 * 16


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
    lead = without_visits(plain[:LEAD_REACH])
    plain = lead + plain[LEAD_REACH:]
    if (words := looked_at(lead)) and (inspected := _inspected(words, until)) is not None:
        return inspected
    explicit = _range(lead)
    if hint is None and explicit is not None:
        hint = explicit.end.year
    head = plain[: head_end(plain)]
    told = spans_told(lead, until)
    so_far = up_to_a_day(head)
    # "từ tháng 7 đến tháng 12 năm 2025", "tính đến hết tháng 9/2025" name no single month.
    bare = without(lead, [*told, *so_far])
    told_in = _Year(hint, until)
    named = _named(bare[:TITLE_REACH], told_in) or _named(bare, told_in)
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
        or _of_its_year(without(head, so_far), so_far, until)
        or _so_far(head, [span.period for span in so_far])
        or school_year(head, plain, until)
        or to_a_month(lead)
        or to_a_quarter(lead)
        or next((span.period for span in told), None)
        or years_reviewed(lead[:TITLE_REACH])
        or years_back(YEARS_REVIEWED, lead[:TITLE_REACH], until)
        or years_of_title(plain[: head_end(plain)], until)
        or own_years(lead, until)
        or years_listed(lead)
        or told_lately(lead, until)
        or months_since_start(lead, until)
        or whole_year(lead, until)
        or until_now(plain, until)
        or since_it_began(plain, until)
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
    found = [
        *_counted_months(plain, _Year(None, None)),
        *_halves(plain, _Year(None, None)),
        *_quarters(plain),
    ]
    return [period for _, period in sorted(found, key=lambda item: item[0])]


def _inspected(words: str, until: dt.date | None) -> PeriodRead | None:
    """What follows "thời kỳ được kiểm tra": two days, two months, years, or a named period."""
    words = f"thời kỳ{words}"
    part, years = _named(words, _Year(None, None)), years_in(words)
    if part is not None and years is not None and years.start.year < part.start.year:
        # "năm 2022 và 6 tháng đầu năm 2023"
        years = PeriodRead("range", years.start, part.end)
    return (
        _range(words)
        or next((span.period for span in spans_told(words, until)), None)
        or to_a_month(words)
        or years
        or part
    )


def _of_its_year(head: str, so_far: list[Span], until: dt.date | None) -> PeriodRead | None:
    """ "năm 2023 (số liệu đến 30/11/2023)": the year, whose figures are closed before its end."""
    year = whole_year(head, until) if so_far else None
    if year is None or so_far[0].period.end.year != year.end.year:
        return None
    return year if so_far[0].period.end.month >= LATE else None


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


@dataclass(frozen=True, slots=True)
class _Year:
    """The year of what is told without one."""

    hint: int | None
    """The year the text most likely speaks of."""
    until: dt.date | None

    def of(self, first: int, last: int) -> int | None:
        """The year whose months ``first`` to ``last`` had begun and ended soon before the telling.

        "sơ kết nửa đầu năm" told in July is of that year, whatever year is named to compare.
        """
        if self.until is None:
            return self.hint
        for year in (self.until.year, self.until.year - 1):
            part = whole("months", year, first, last)
            if part.start <= self.until and (self.until - part.end).days <= _REVIEWED_WITHIN:
                return year
        return self.hint

    def just_over(self, count: int) -> bool:
        """Whether so many months of the year were just over: "sơ kết 10 tháng" in November."""
        return self.until is not None and count > 3 and self.until.month - count in (0, 1)


# -- months, quarters, halves -------------------------------------------------------------------


def _named(text: str, told: _Year) -> PeriodRead | None:
    found = [
        *_counted_months(text, told),
        *_halves(text, told),
        *_quarters(text[:TITLE_REACH]),
        *_quarters_counted(text[:TITLE_REACH], told),
        *_quarter_of_title(text[:HEAD_REACH], told),
        *_months(text),
        *_month_of_title(text[:HEAD_REACH], told),
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


_Found = list[tuple[int, PeriodRead]]


def _counted_months(text: str, told: _Year) -> _Found:
    found: _Found = []
    for match in _MONTHS.finditer(text):
        count, before = count_of(match), text[: match.start()]
        if not 2 <= count <= 11 or not_told_of(before):
            continue
        last_half = match["half"] == "cuối" and count == 6
        first, last = (7, 12) if last_half else (1, count)
        year = match["year"] or match["y2"] or told.of(first, last)
        if year is None:
            continue
        if not (match["year"] or match["y2"]) and _TRIED.match(text, match.end()):
            continue
        if not (match["half"] or match["year"] or match["y2"]) and not (
            _is_when(match, before) or (told.just_over(count) and _REVIEW_OF.search(before[-30:]))
        ):
            continue
        if match["half"] == "cuối":
            if last_half:
                found.append((match.start(), whole("half_year", int(year), first, last)))
            continue
        kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
        found.append((match.start(), whole(kind, int(year), 1, count)))
    return found


def _is_when(match: re.Match[str], before: str) -> bool:
    """Whether "9 tháng" alone means the first nine of the year, and no length of time."""
    if _LENGTH.search(before[-20:]) or (SINCE_START.search(before) and not match["past"]):
        return False
    if match["past"]:
        return count_of(match) in (6, 9)
    return count_of(match) in (6, 9) and bool(_REPORTED_TITLE.search(before[-90:]))


def _quarters_counted(text: str, told: _Year) -> _Found:
    """ "hai quý đầu năm": the first half of the year."""
    found: _Found = []
    for match in _QUARTERS_COUNTED.finditer(text):
        last = count_of(match) * 3
        before, year = text[: match.start()], match["year"] or told.of(1, last)
        if year is not None and not not_told_of(before):
            kind: PeriodKind = "half_year" if last == 6 else "months"
            found.append((match.start(), whole(kind, int(year), 1, last)))
    return found


def _halves(text: str, told: _Year) -> _Found:
    found: _Found = []
    for match in _HALF.finditer(text):
        first, last = (1, 6) if match["half"] == "đầu" else (7, 12)
        year = match["year"] or told.of(first, last)
        if match["year"] is None and text.endswith("(", 0, match.start()):
            # "theo Nghị định … (nửa đầu năm)": a part of what is told.
            continue
        before = text[: match.start()]
        if year is not None and not not_told_of(before):
            found.append((match.start(), whole("half_year", int(year), first, last)))
    return found


def _quarters(text: str) -> _Found:
    found: _Found = []
    for match in _QUARTER.finditer(text):
        before = text[: match.start()]
        if match["year"] is not None and not (_UP_TO.search(before) or not_told_of(before)):
            last = ROMAN[match["q"]] * 3
            found.append((match.start(), whole("quarter", int(match["year"]), last - 2, last)))
    return found


def _months(text: str) -> _Found:
    found: _Found = []
    for match in _MONTH.finditer(text):
        month, before = int(match["m"]), text[: match.start()]
        if not 1 <= month <= 12 or not_told_of(before) or _OF_A_DAY.search(before[-10:]):
            continue
        if _REPORTED.search(before):
            found.append((match.start(), whole("months", int(match["year"]), month, month)))
    return found


def _month_of_title(title: str, told: _Year) -> _Found:
    return [
        (match.start(), whole("months", year, int(match["m"]), int(match["m"])))
        for match in _BARE_MONTH.finditer(title)
        if 1 <= int(match["m"]) <= 12
        and (year := told.of(int(match["m"]), int(match["m"])))
        and not _OF_A_DAY.search(title[max(0, match.start() - 10) : match.start()])
        and _REPORTED_TITLE.search(title[: match.start()])
    ]


def _quarter_of_title(title: str, told: _Year) -> _Found:
    """ "Kết quả công tác quý III" of the year that the text is of."""
    return [
        (match.start(), whole("quarter", year, last - 2, last))
        for match in _QUARTER.finditer(title)
        if match["year"] is None
        and (last := ROMAN[match["q"]] * 3)
        and (year := told.of(last - 2, last))
        and not _UP_TO.search(title[: match.start()])
        and not not_told_of(title[: match.start()])
        and _REPORTED_TITLE.search(title[: match.start()])
    ]
