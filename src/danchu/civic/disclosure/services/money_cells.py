"""Numbers kept as text in a table of money: read as they are written, or refused in their cell.

Left as text, "90,5" would stand beside 150.000.000 and be read as ninety đồng.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from danchu.core.documents.number_in_text import number_in_text
from danchu.core.documents.sheets_in import CellIn
from danchu.core.errors import BadInput
from danchu.core.text import format_number

# Digits and what is written among and around them; "2025-2026" and "1/2026" are no amounts.
_LIKE = re.compile(r"[(\s+\-−–'’]*\d(?:[\d.,\s'’]*\d)?[.,\s)*'’]*")
# The same with a unit of money behind it.
_WITH_UNIT = re.compile(
    r"[(\s+\-−–]*\d(?:[\d.,\s]*\d)?\s*(?:(?:ngh[iì]n|ng[aà]n|tri[eệ]u|t[yỷiỉ]|tr)(?!\w)|đ(?!\w)"
    r"|đồng|vn[dđ]|trđ|tr\.)(?:\s*(?:đồng|đ|vn[dđ]))?[\s.)*]*",
    re.IGNORECASE,
)
_MINUS = re.compile(r"\s*[-−–]\s*")
_SPACED = re.compile(r"\d{1,3}(?:\s\d{3})+(?:,\d+)?|\S+")
_ORDER = re.compile(r"\(?(?:[A-ZĐ]|\d{1,2}|\d{1,2}\s*=.*)\)?")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A number kept as text: where, as it stands, and what was read."""

    cell: str
    text: str
    number: str


def looks_like_a_number(text: str) -> bool:
    """Whether a text is written as a number, however wrongly."""
    return _LIKE.fullmatch(text.strip()) is not None


def holds_amounts(cells: Sequence[CellIn]) -> bool:
    """Whether a column is one of numbers: some are, or at least half of its texts look like one."""
    if any(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in cells):
        return True
    texts = [cell for cell in cells if isinstance(cell, str) and any(c.isalnum() for c in cell)]
    like = sum(looks_like_a_number(cell) or bool(_WITH_UNIT.fullmatch(cell)) for cell in texts)
    return like > 0 and 2 * like >= len(texts)


def amount_in_text(text: str, where: tuple[str, str], field: str) -> Decimal | None:
    """The amount that a text in a column of money is; None for words.

    ``where``: the cell, as it is told in Vietnamese and in English. Raises ``BadInput`` for what
    may be one number or another, or is a number with its own unit.
    """
    said = text.strip()
    if _WITH_UNIT.fullmatch(said):
        raise BadInput(
            f"{where[0]}: “{said[:40]}” ghi kèm đơn vị. Chỉ gõ con số, theo đơn vị của cột.",
            f"{where[1]}: “{said[:40]}” carries a unit of its own. Type the number only, in the "
            "unit of its column.",
            code="number_in_text",
            field=field,
        )
    if not looks_like_a_number(said):
        return None
    minus = _MINUS.match(said)
    bare = said[minus.end() :] if minus else said
    leading_nought = len(bare) > 1 and bare.isdigit() and bare.startswith("0")
    found = None if leading_nought or not _SPACED.fullmatch(bare) else number_in_text(bare)
    if found is None or found.value is None:
        either = (
            (f" Gõ lại {found.readings[0]} hoặc {found.readings[1]}.",
             f" Type {found.readings[0]} or {found.readings[1]} again.")
            if found is not None
            else (" Gõ lại như 1234567 hoặc 1234,5; số âm có dấu trừ ở trước.",
                  " Type it like 1234567 or 1234,5, with a minus before it where it is negative.")
        )  # fmt: skip
        raise BadInput(
            f"{where[0]}: “{said[:40]}” lưu dạng chữ và không chắc là số nào, nên không đổi ra "
            f"đồng được.{either[0]}",
            f"{where[1]}: “{said[:40]}” is kept as text, and which number it is is not certain, so "
            f"that it cannot be told in đồng.{either[1]}",
            code="number_in_text",
            field=field,
        )
    return -found.value if minus else found.value


def read_as(cell: str, text: str, value: Decimal) -> ReadAs:
    """What is told of a number that was read from text."""
    return ReadAs(cell, text.strip()[:40], format_number(Fraction(value)))


def numbers_the_columns(row: Sequence[CellIn]) -> bool:
    """Whether a row under the heads only counts the columns: "A | B | 1 | 2 | 3=2/1"."""
    told = [str(cell).strip() for cell in row if cell is not None]
    numbers = [int(found[0]) for cell in told if (found := re.search(r"\d+", cell))]
    return (
        len(told) > 1
        and all(_ORDER.fullmatch(cell) for cell in told)
        and len(numbers) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] == 1
    )
