"""The period that an inspection looks at, which is not the days on which its team was there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from .model import PeriodRead
from .sought import Sought
from .years import AHEAD, LATE, YEAR, whole

# "thời kỳ được thanh tra: từ 01/01/2021 đến 30/6/2023", "mốc thời gian kiểm tra từ …"; "thời gian
# kiểm tra" alone is as often the days of the visit.
_LOOKED_AT = Sought(
    r"(?<!\w)(?:thời kỳ|niên độ|mốc(?: thời gian)?|kỳ)(?: được)?"
    r" (?:thanh tra|kiểm tra|kiểm toán|giám sát|xác minh)(?!\w)"
    r"|(?<!\w)(?:thanh tra|kiểm tra|kiểm toán|giám sát|xác minh) [^.;\n]{0,160}?(?:trong )?"
    r"(?:thời kỳ|niên độ|mốc thời gian)(?= (?:từ |năm )?\(?(?:ngày |tháng |năm )?\d)"
)
_REACH = 110
_SENTENCE_ENDS = re.compile(r"[.;](?=\s|$)|\n")
# "từ ngày 11/9 đến ngày 20/10/2023, Đoàn kiểm tra … đã làm việc": the days of the visit
_VISITED = Sought(
    r"(?<!\w)từ (?:ngày )?\d[\d/. -]{0,14}(?:đến|-|–)(?: hết)?(?: ngày)? ?\d[\d/. -]{0,14}"
    r"(?=,? (?:đoàn|tổ) (?:kiểm tra|thanh tra|giám sát|khảo sát|công tác|xác minh|liên ngành))"
)
_SUBJECT = re.compile(r"(?<!\w)(?:thực hiện|kết quả|tình hình|công tác)(?!\w)[^.;\n]{0,140}$")


def looked_at(lead: str) -> str:
    """The words that tell which period was inspected; "" where none do."""
    match = _LOOKED_AT.search(lead)
    if match is None:
        return ""
    words = lead[match.end() : match.end() + _REACH]
    end = _SENTENCE_ENDS.search(words)
    return words[: end.start()] if end else words


def without_visits(lead: str) -> str:
    """``lead`` with blanks for the days on which a team was at work."""
    for match in _VISITED.finditer(lead):
        lead = lead[: match.start()] + " " * (match.end() - match.start()) + lead[match.end() :]
    return lead


def up_to_the_visit(
    lead: str, period: PeriodRead | None, event: dt.date | None
) -> PeriodRead | None:
    """The period of an inspection; of the year that runs no more than up to its day.

    From November on a year is inspected as a whole, unless it is told "from its start until now".
    """
    if period is None or event is None:
        return period
    if event.month < LATE and period == whole("year", event.year, 1, 12):
        return replace(period, end=event)
    of_its_year = period.start == dt.date(event.year, 1, 1) and period.end == event
    return replace(period, kind="year") if of_its_year and _names(lead, event.year) else period


def _names(lead: str, year: int) -> bool:
    """Whether what was inspected is told to be of ``year``."""
    return any(
        int(match["year"]) == year
        and _SUBJECT.search(lead[: match.start()])
        and not AHEAD.search(lead[: match.start()])
        for match in YEAR.finditer(lead)
    )
