"""The years a text reports on, and what its head and its plans say of them."""

from __future__ import annotations

import datetime as dt
import re

from .days import month_end
from .model import PeriodKind, PeriodRead
from .sought import Sought

HEAD_REACH = 260


TITLE_REACH = 700


LEAD_REACH = 1800


_PARAGRAPH = 160


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


_WORDS = {
    word: number
    for number, word in enumerate(
        ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một"), start=2
    )
}


COUNT = r"(?P<count>\d{1,2}|mười một|" + "|".join(_WORDS) + ")"


YEAR = Sought(r"(?<!\w)năm (?P<year>20\d{2}|19\d{2})(?!\w)")


_YEARS = Sought(
    r"(?:giai đoạn|nhiệm kỳ|từ(?: năm)?|\() ?(?P<a>20\d{2}) ?(?:-|–"
    r"|đến(?: năm)?) ?(?P<b>20\d{2})(?!\w)"
)


# "từ năm 2021 đến tháng 3/2025", "giai đoạn 2021 - 3/2025", "từ tháng 6/2022 đến tháng 10/2023"
_TO_A_MONTH = Sought(
    r"(?:giai đoạn|từ(?: đầu)?(?: năm)?|\() ?(?:tháng (?P<am>\d{1,2}) ?(?:/|năm"
    r"|-) ?)?(?P<a>20\d{2}) ?"
    r"(?:-|–|đến)(?: hết| cuối| nay là)*(?: tháng)? ?(?P<bm>\d{1,2}) ?(?:/"
    r"|năm) ?(?P<b>20\d{2})(?!\w)"
)


_OWN_YEARS = re.compile(
    r"(?:^|[.:\n\"] *)(?:\([^)\n]*\) *)?(?:trong |qua |sau |suốt )?(?:giai đoạn (?:từ )?|(?:\w+"
    r"|\d+) năm(?: qua)? \()$"
    r"|(?:trong|qua|sau|suốt) (?:\w+|\d+) năm(?: qua| thực hiện)? \($|(?:trong|qua"
    r"|của) (?:cả )?(?:giai đoạn|nhiệm kỳ) $"
)


YEARS_REVIEWED = Sought(rf"(?<!\w)(?:sơ kết|tổng kết|nhìn lại) {COUNT} năm(?! 20)(?!\w)")


YEARS_GONE = Sought(
    rf"(?<!\w)(?:trong|sau|qua|suốt) (?:hơn |gần )?{COUNT} năm (?:qua|thực hiện|triển khai)(?!\w)"
)


MOST_YEARS = 30


# "từ đầu năm 2021 đến hết quý I/2025"
_TO_A_QUARTER = Sought(
    r"(?<!\w)từ(?: đầu)? năm (?P<a>20\d{2}) ?(?:-|đến) ?(?:hết )?quý (?P<q>iv|iii|ii|i|[1-4])"
    r" ?(?:/|năm|-)? ?(?P<b>20\d{2})(?!\w)"
)


# "tổng kết 5 năm thực hiện … (2016 - 2020)"
_YEARS_OF_REVIEW = Sought(
    rf"(?<!\w)(?:sơ kết|tổng kết|kết quả|đánh giá|nhìn lại) {COUNT} năm(?!\w)[^.]{{0,220}}?"
    r"(?:\(|giai đoạn )(?:từ )?(?:năm )?(?P<a>20\d{2}) ?(?:-|đến) ?(?:năm )?(?P<b>20\d{2})(?!\w)"
)


# A plan or notice for a year speaks of that year, whatever it tells of the one before.
PLAN_OF = re.compile(
    r"(?m)^\W*(?:kế hoạch|chương trình công tác|thông báo)(?! số)[^\n]{0,40}$"
    r"\n(?:(?!tháng|ngày)[^\n]){0,200}?(?<!\w)năm (?P<year>20\d{2})(?!\w)"
)


REVIEWED = Sought(r"(?:sơ kết|tổng kết|báo cáo|kết quả|đánh giá)[^.]{0,200}$")


AHEAD = Sought(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|triển khai|chương trình)(?: [^.;\n\d]{0,60})?$"
)


_YEARS_ALONE = re.compile(
    r"^[^\d.;]{0,25}(?<![\w/.-])(?P<a>20\d{2})"
    r"(?: ?(?:-|–|đến|và)(?: hết)?(?: năm)? ?(?P<b>20\d{2}))?(?![\w/])"
)


_PLANNED = Sought(r"(?<!\w)(?:sẽ|dự kiến|phấn đấu|mục tiêu)(?!\w)[^.;\n]{0,90}$")


_NOT_A_PERIOD = Sought(
    r"(?:tháng \d+ |thành lập[^.]{0,40}|chủ đề công tác |luật[^.;]{0,40}|đến |từ |vào |hết "
    r"|trước |giải|nhiệm kỳ"
    r"|mttq |hiến pháp |quý \w+ |/\d+ |nghị (?:định|quyết)[^.;]{0,20})$"
)


# "kết quả thực hiện kế hoạch năm 2022" is told of, not planned
_RESULT_OF = Sought(r"(?<!\w)(?:kết quả|đánh giá|tổng kết|sơ kết)(?!\w)[^.;,\n]{0,90}$")


# "năm 2018, con số này là 97", "năm 2020 là 84,9 điểm": told to compare.
_COMPARED = re.compile(
    r",? (?:(?:con số|tỷ lệ|chỉ số) (?:này|đó|ấy)|(?:chỉ |mới |đã )?(?:là|đạt|có|được) \d"
    r"|(?:chỉ|mới) |trở về trước)"
)


# "trong khi sáu tháng đầu năm 2022 chỉ làm được 17 km"
COMPARED_WITH = re.compile(
    r"(?<!\w)(?:so với|so sánh với|trong khi|cùng kỳ|hơn hẳn|bằng)(?: cùng kỳ| của| kết quả| cả)*"
    r"(?: \w+ tháng(?: đầu| cuối)?)? $"
)
# "lùi sang quý I/2024", "xong trước tháng 6/2024"
_LATER = re.compile(
    r"(?<!\w)(?:sang|chậm nhất|muộn nhất|xong|hoàn thành)(?: trong| vào| trước| là)? $"
)


_OPENS = re.compile(r"(?:^|[.\n:] *)$")


# "tổng kết công tác năm": at its end, or early in the next
_YEAR_REVIEWED = Sought(
    r"(?<!\w)(?:hội nghị|họp|tổ chức|đã|buổi|lễ) tổng kết(?: công tác| hoạt động| cuối)? năm"
    r"(?= ?[.,;\n]| và (?:triển khai|bàn|phương))"
)


# Conferences of the year before are held until the end of April.
_EARLY = 4
# What is told of "the past year" from November on is told of the year that ends.
LATE = 11
_YEAR_PAST = Sought(
    r"(?<!\w)(?<!nhiều )(?<!những )(?:năm|một năm) (?:vừa )?(?:qua|rồi)(?!\w)|(?<!\w)năm ngoái"
)


_IN_THE_YEAR = re.compile(r"(?:trong |kết quả |cả |của |[.\n(] *)$")


# "Theo Mặt trận tỉnh, năm 2023 các cấp đã tổ chức …": behind a comma only with what was done.
_BEHIND_A_COMMA = re.compile(r", $")
_DONE = re.compile(r",? (?:[^.,;:\n\d]{0,60} )?đã ")


def not_told_of(before: str) -> bool:
    """Whether what stands behind ``before`` is ahead, or told to compare."""
    near = before[-40:]
    return bool(AHEAD.search(before) or COMPARED_WITH.search(near) or _LATER.search(near))


def head_end(plain: str) -> int:
    """Where the head of a text ends: before its first line that is a paragraph."""
    at = 0
    for line in plain[:TITLE_REACH].split("\n"):
        if len(line.strip()) > _PARAGRAPH:
            break
        at += len(line) + 1
    return max(HEAD_REACH, min(at, TITLE_REACH))


def whole(kind: PeriodKind, year: int, first: int, last: int) -> PeriodRead:
    """The months ``first`` to ``last`` of a year."""
    return PeriodRead(kind, dt.date(year, first, 1), month_end(year, last))


def count_of(match: re.Match[str]) -> int:
    """The number of the group ``count``, in figures or words."""
    return _WORDS.get(match["count"]) or int(match["count"])


def years_back(pattern: Sought, text: str, until: dt.date | None) -> PeriodRead | None:
    """ "sơ kết 5 năm", "trong bốn năm qua": so many years back from the day of telling."""
    if until is None:
        return None
    for match in pattern.finditer(text):
        if 2 <= count_of(match) <= MOST_YEARS:
            return PeriodRead("range", dt.date(until.year - count_of(match), 1, 1), until)
    return None


def years_of_title(title: str, until: dt.date | None) -> PeriodRead | None:
    """ "kết quả giai đoạn 2021 - 2025"; of a programme or a plan it is not the period."""
    for match in _YEARS.finditer(title):
        first, last, before = int(match["a"]), int(match["b"]), title[: match.start()]
        if not 0 < last - first <= MOST_YEARS or (until is not None and last > until.year):
            continue
        if REVIEWED.search(before) and not AHEAD.search(before):
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return None


def to_a_month(lead: str) -> PeriodRead | None:
    """ "từ năm 2021 đến tháng 3/2025": the first year or month to the end of the last month."""
    for match in _TO_A_MONTH.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        start, end = int(match["am"] or 1), int(match["bm"])
        if not (1 <= start <= 12 and 1 <= end <= 12 and 0 <= last - first <= MOST_YEARS):
            continue
        if AHEAD.search(lead[: match.start()]) or (first, start) >= (last, end):
            continue
        return PeriodRead("range", dt.date(first, start, 1), month_end(last, end))
    return None


def to_a_quarter(lead: str) -> PeriodRead | None:
    """ "từ đầu năm 2021 đến hết quý I/2025"."""
    for match in _TO_A_QUARTER.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        if 0 <= last - first <= MOST_YEARS and not AHEAD.search(lead[: match.start()]):
            end = month_end(last, ROMAN[match["q"]] * 3)
            return PeriodRead("range", dt.date(first, 1, 1), end)
    return None


def years_reviewed(text: str) -> PeriodRead | None:
    """ "tổng kết 5 năm … (2016 - 2020)": the years named, where they are as many."""
    for match in _YEARS_OF_REVIEW.finditer(text):
        first, last = int(match["a"]), int(match["b"])
        if last - first in (count_of(match), count_of(match) - 1):
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return None


def years_in(words: str) -> PeriodRead | None:
    """The years that ``words`` begin with: "năm 2021 - 2023", "2022"."""
    match = _YEARS_ALONE.search(words)
    if match is None:
        return None
    first, last = int(match["a"]), int(match["b"] or match["a"])
    if not 0 <= last - first <= MOST_YEARS:
        return None
    kind: PeriodKind = "year" if first == last else "range"
    return PeriodRead(kind, dt.date(first, 1, 1), dt.date(last, 12, 31))


def own_years(lead: str, until: dt.date | None) -> PeriodRead | None:
    """ "Giai đoạn 2021 - 2025, …" that opens a sentence, "qua 4 năm (2017 - 2020)"."""
    for match in _YEARS.finditer(lead):
        first, last = int(match["a"]), int(match["b"])
        if not 0 < last - first <= MOST_YEARS or (until is not None and last > until.year):
            continue
        if _OWN_YEARS.search(lead[: match.start("a")]):
            return PeriodRead("range", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return None


def _year_before(lead: str, until: dt.date) -> bool:
    """Whether an early event of the year tells what the year before brought."""
    return until.month <= _EARLY and any(
        int(match["year"]) == until.year - 1
        and (_IN_THE_YEAR.search(lead[: match.start()]) or _OPENS.search(lead[: match.start()]))
        and not _NOT_A_PERIOD.search(lead[max(0, match.start() - 60) : match.start()])
        for match in YEAR.finditer(lead)
    )


def _just_reviewed(lead: str, until: dt.date) -> bool:
    """Whether an early event reviewed the year that ended, which it does not name."""
    return until.month <= _EARLY and bool(_YEAR_REVIEWED.search(lead))


def whole_year(lead: str, until: dt.date | None) -> PeriodRead | None:
    """ "trong năm 2018", "kết quả năm 2018", or a year in the title."""
    fallback: int | None = None
    head = head_end(lead)
    if until is not None and (_year_before(lead, until) or _just_reviewed(lead, until)):
        return whole("year", until.year - 1, 1, 12)
    for match in YEAR.finditer(lead):
        before, year = lead[: match.start()], int(match["year"])
        if _NOT_A_PERIOD.search(before[-60:]) or _PLANNED.search(before):
            continue
        if COMPARED_WITH.search(before[-40:]):
            continue
        if _COMPARED.match(lead, match.end()):
            continue
        in_title = match.start() < head
        if AHEAD.search(before) and not _RESULT_OF.search(before):
            fallback = fallback or (year if in_title else None)
            continue
        # What is told of a year long past is history.
        recent = until is None or year >= until.year - 1
        if recent and (in_title or _IN_THE_YEAR.search(before) or _done_in(lead, match)):
            return whole("year", year, 1, 12)
    return whole("year", fallback, 1, 12) if fallback else None


def _done_in(lead: str, match: re.Match[str]) -> bool:
    """Whether a year behind a comma opens what was done in it."""
    behind = _BEHIND_A_COMMA.search(lead[: match.start()][-2:])
    return bool(behind and _DONE.match(lead, match.end()))


def year_gone(lead: str, until: dt.date) -> PeriodRead | None:
    """ "trong năm", "năm qua": until April the year before, where it is meant; late the same."""
    named = {int(match["year"]) for match in YEAR.finditer(lead)}
    past = _YEAR_PAST.search(lead) is not None
    if until.month <= _EARLY and (past or until.year - 1 in named) and until.year not in named:
        return whole("year", until.year - 1, 1, 12)
    if past and until.month >= LATE:
        return whole("year", until.year, 1, 12)
    return None


def only_year(lead: str, until: dt.date | None) -> PeriodRead | None:
    """The year of the event, where the lead names no other."""
    matches = list(YEAR.finditer(lead))
    if until is None or {m["year"] for m in matches} != {str(until.year)}:
        return None
    if all(_PLANNED.search(lead[: m.start()]) for m in matches):
        return None
    return whole("year", until.year, 1, 12)
