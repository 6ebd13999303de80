"""Half a school year: a period whose days no text can be relied on to mean.

The yearly decisions of the Ministry on the school calendar name only the day before which the
first half ends; each province fixes the days of its own schools. A report on "học kỳ I" has
therefore the days that it tells, or none.
"""

from __future__ import annotations

import re

from danchu.core.errors import current_language

from .years import AHEAD, head_end

_HALF = re.compile(r"(?<!\w)(?:học kỳ |hk ?)(?P<number>iii|ii|i|[123]|một|hai|nhất)(?!\w)")
_ORDER = {"một": "i", "nhất": "i", "hai": "ii", "1": "i", "2": "ii", "3": "iii"}
_OF_YEARS = re.compile(r"[ ,(]*(?:của )?(?:năm học )?\(?20\d\d ?[-/] ?20\d\d(?!\d)")
_AFTER_YEARS = re.compile(r"năm học 20\d\d ?[-/] ?20\d\d[ ,(:-]*$")
_REPORTED = re.compile(
    r"(?<!\w)(?:báo cáo|kết quả|công tác|tình hình|sơ kết|tổng kết)(?!\w)[^\n.;]*$"
)


def semester_of(plain: str) -> tuple[int, int] | None:
    """Where the head of a text names the half of a school year that it reports on.

    None where both halves are named: then the report is on the year.
    """
    head = plain[: head_end(plain)]
    found: dict[str, tuple[int, int]] = {}
    for match in _HALF.finditer(head):
        before = head[: match.start()]
        if AHEAD.search(before):
            continue
        number = _ORDER.get(match["number"], match["number"])
        years = _OF_YEARS.match(head, match.end())
        if years or _AFTER_YEARS.search(before) or _REPORTED.search(before):
            found.setdefault(number, (match.start(), years.end() if years else match.end()))
        else:
            found.setdefault(number, (-1, -1))
    if len(found) != 1:
        return None
    (span,) = found.values()
    return span if span[0] >= 0 else None


def without_its_days(text: str, plain: str) -> list[str]:
    """The warning that the half of a school year has no days, in the language of the request."""
    span = semester_of(plain)
    if span is None:
        return []
    words = " ".join(text[slice(*span)].split())
    words += ")" if "(" in words else ""
    if current_language().startswith("en"):
        return [
            f"The report is on half a school year (“{words}”) and tells neither its first nor its "
            "last day. They differ from province to province: enter the period yourself."
        ]
    return [
        f"Báo cáo của “{words}”, không ghi ngày đầu và ngày cuối. Thời gian học kỳ do từng tỉnh "
        "quy định; cần tự chọn kỳ báo cáo."
    ]
