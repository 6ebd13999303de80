"""Columns and rows of several parts of a year: each number tells of the part it stands under.

"Quý I | Quý II | Quý III", "6 tháng đầu năm | Quý III | 9 tháng", "Tháng 7 | Tháng 8". Columns of
one part in several years ("6 tháng đầu năm 2023 | 6 tháng đầu năm 2024") are no such: there the
earlier one is the value before (``table_rows``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .model import PeriodKind, PeriodRead
from .table_cells import COMPARED, year_of
from .years import whole

_QUARTERS = {
    word: number
    for number, words in enumerate(
        (("i", "1", "một", "nhất"), ("ii", "2", "hai"), ("iii", "3", "ba"), ("iv", "4", "tư")),
        start=1,
    )
    for word in words
}
_PART = re.compile(
    r"(?<!\w)(?:quý (?:thứ )?(?P<quarter>iv|iii|ii|i|[1-4]|một|nhất|hai|ba|tư)"
    r"|(?:6|06|sáu) tháng (?P<half>đầu|cuối)|nửa (?P<side>đầu|cuối) năm"
    r"|(?P<count>0?[2-9]|1[01]) tháng(?: đầu)?"
    r"|tháng (?P<month>1[0-2]|0?[1-9])(?![\d-])|(?P<all>cả năm))(?!\w)"
)
_ANY_YEAR = 2000
_ALL_OF_IT = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng|chung|cả kỳ)(?!\w)")
_NOT_YET = re.compile(r"(?<!\w)(?:ước|dự kiến|phấn đấu|nhiệm vụ)(?!\w)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: the part of the year it tells of (None: that of the text), and the
    column of the same part a year before.
    """

    place: int
    period: PeriodRead | None = None
    earlier: int | None = None


def part_of_year(words: str, year: int | None) -> PeriodRead | None:
    """The one part of a year that ``words`` name; ``year`` where they name none themselves."""
    year = year_of(words) or year
    if year is None or _NOT_YET.search(words):
        return None
    spans = {_span(match, year) for match in _PART.finditer(words)}
    return spans.pop() if len(spans) == 1 else None


def _span(match: re.Match[str], year: int) -> PeriodRead:
    if match["quarter"]:
        last = _QUARTERS[match["quarter"]] * 3
        return whole("quarter", year, last - 2, last)
    if half := match["half"] or match["side"]:
        first, last = (1, 6) if half == "đầu" else (7, 12)
        return whole("half_year", year, first, last)
    if match["count"]:
        count = int(match["count"])
        kind: PeriodKind = "half_year" if count == 6 else "quarter" if count == 3 else "months"
        return whole(kind, year, 1, count)
    if match["month"]:
        return whole("months", year, int(match["month"]), int(match["month"]))
    return whole("year", year, 1, 12)


def names_a_part(words: str) -> bool:
    """Whether a cell is a heading like "Quý I" or "6 tháng đầu năm", though it holds a number."""
    return part_of_year(words, _ANY_YEAR) is not None


def parts_of_columns(
    headings: Sequence[str], columns: Sequence[int], year: int | None
) -> list[Column]:
    """``columns`` by the parts of a year they are headed by; [] where they are not of several.

    A column under the same part of the year before is the value before of its neighbour.
    """
    spans = {
        column: span
        for column in columns
        if not COMPARED.search(headings[column])
        and (span := part_of_year(headings[column], year)) is not None
    }
    if len({_months(span) for span in spans.values()}) < 2:
        return []
    out = []
    for column in columns:
        span = spans.get(column)
        if span is None:
            if _ALL_OF_IT.match(headings[column]):
                out.append(Column(column))
            continue
        alike = {s.end.year: c for c, s in spans.items() if _months(s) == _months(span)}
        if span.end.year < max(alike):
            continue
        before = [found for found in alike if found < span.end.year]
        out.append(Column(column, span, alike[max(before)] if before else None))
    return out


def are_parts_of_no_year(headings: Sequence[str], year: int | None) -> bool:
    """Whether columns are headed by several parts of a year that nothing names."""
    if year is not None:
        return False
    parts = {part_of_year(words, _ANY_YEAR) for words in headings if year_of(words) is None}
    return len(parts - {None}) > 1


def _months(span: PeriodRead) -> tuple[int, int]:
    return span.start.month, span.end.month
