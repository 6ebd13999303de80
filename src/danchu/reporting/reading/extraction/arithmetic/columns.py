"""Columns of a table against the row that adds them up, whatever they count; shares with their
two numbers in the cell beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..model import Check
from ..printing import printed, rounded
from ..segments import Document
from ..tables import Cell, Table
from .amounts import Amount
from .saying import sum_check, total

_TOTAL = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|huyện|tỉnh))(?: chung)?\W*$")
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_DECIMAL = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,3}")
_NUMBERING = re.compile(r"^\W*(?:stt|tt|số tt)\W*$")
_NUMBER_OF_ROW = re.compile(r"^\d{1,3}[.)]?$")
# Columns that nobody adds up.
_NOT_ADDED = re.compile(
    r"%|(?<!\w)(?:tỷ lệ|tỉ lệ|bình quân|trung bình|điểm|hạng|xếp|năm|ngày|đơn giá|mức|mã|số hiệu"
    r"|so sánh|so với|tăng|giảm|chênh lệch|lũy kế)(?!\w)"
)
_WITHIN = re.compile(r"^\W*(?:trong đó|[-+–•]|riêng)|^[ivx]+\W*$|^[a-zđ]\W*$|^\d+\.\d")
_LEAST, _MOST = Fraction(1, 2), Fraction(2)
# "96,3% | tính từ 1.008 và 1.047"
_BASIS = re.compile(
    r"(?P<share>\d{1,3}(?:,(?P<digits>\d{1,2}))?)%[ \t]*[|\t(;,][ \t]*tính từ (?P<part>[\d.]+)"
    r" và (?P<whole>\d[\d.]*\d|\d)"
)


def columns(tables: Sequence[Table]) -> Iterator[Check]:
    """A check for each column of whole numbers that ends with a row of totals."""
    for table in tables:
        yield from _of_table(table)


def bases(document: Document) -> Iterator[Check]:
    """A check for each share that says in its own words what it is computed from."""
    if "tính từ " not in document.plain:
        return
    for found in _BASIS.finditer(document.plain):
        part, whole = (int(found[name].replace(".", "")) for name in ("part", "whole"))
        if not whole:
            continue
        decimals = len(found["digits"] or "")
        stated = Fraction(found["share"].replace(",", "."))
        exact = 100 * Fraction(part, whole)
        fits = rounded(exact, decimals) == stated
        shown = f"{printed(part)}/{printed(whole)} = {printed(rounded(exact, max(decimals, 2)))}%"
        said = printed(stated, decimals)
        yield Check(
            rule="share",
            message_vi=f"Tỷ lệ {said}% khớp với {shown}."
            if fits
            else f"Tỷ lệ nêu {said}% không khớp: {shown}.",
            message_en=f"The share {said}% agrees with {shown}."
            if fits
            else f"The stated share {said}% does not agree: {shown}.",
            verdict="ok" if fits else "fail",
            stated=stated,
            computed=rounded(exact, max(decimals, 2)),
            spans=(
                (found.start("share"), found.end("share") + 1),
                found.span("part"),
                found.span("whole"),
            ),
        )


def _of_table(table: Table) -> Iterator[Check]:
    head = next((i for i, row in enumerate(table.rows) if _is_data(row)), None)
    if not head:
        return
    begin = head
    for place in range(head, len(table.rows)):
        if not _is_total(table.rows[place]):
            continue
        rows, begin = table.rows[begin:place], place + 1
        if len(rows) >= 2 and not any(_WITHIN.match(_label(row)) for row in rows):
            yield from _columns(table.rows[:head], rows, table.rows[place])


def _columns(
    head: Sequence[tuple[Cell, ...]],
    rows: Sequence[tuple[Cell, ...]],
    last: tuple[Cell, ...],
) -> Iterator[Check]:
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return
    if len(last) == width - 1 and _NUMBER_OF_ROW.match(rows[0][0].words):
        # "Cộng" reaches over the number of the row and the name.
        last = (Cell(last[0].start, last[0].start, ""), *last)
    if len(last) != width:
        return
    for column in range(1, width):
        heading = " ".join(row[column].words for row in head if column < len(row))
        if not heading.strip() or _NOT_ADDED.search(heading) or _NUMBERING.match(heading):
            continue
        whole = _amount(last[column])
        parts = [_amount(row[column]) for row in rows]
        if whole is None or not whole.value or any(part is None for part in parts):
            continue
        known = [part for part in parts if part is not None]
        if _LEAST * whole.value <= total(known) <= _MOST * whole.value:
            yield sum_check(whole, known)


def _amount(cell: Cell) -> Amount | None:
    """The number of a cell that holds nothing else."""
    words = cell.words.strip()
    if words in ("-", "–", "không", "0"):
        value = Fraction(0)
    elif _WHOLE.fullmatch(words):
        value = Fraction(words.replace(".", ""))
    elif _DECIMAL.fullmatch(words):
        value = Fraction(words.replace(".", "").replace(",", "."))
    else:
        return None
    return Amount(
        value=int(value) if value.denominator == 1 else value,
        whole=None,
        unit="",
        noun="",
        kind="",
        approx=False,
        decimals=0,
        start=cell.start,
        end=cell.end,
        after=cell.end,
    )


def _label(row: tuple[Cell, ...]) -> str:
    """The name of a row: its first cell that is no number."""
    return next((c.words for c in row if c.words and not _NUMBER_OF_ROW.match(c.words)), "")


def _is_total(row: tuple[Cell, ...]) -> bool:
    return bool(_TOTAL.match(_label(row)))


def _is_data(row: tuple[Cell, ...]) -> bool:
    return any(_amount(cell) is not None for cell in row[1:])
