"""What one cell of a filled spreadsheet gives, or what is wrong with it; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from danchu.core.documents.filled_xlsx import FilledCell
from danchu.core.documents.marked import Mark
from danchu.core.documents.number_in_text import number_in_text
from danchu.core.documents.sheets_in import CellIn
from danchu.core.text import format_number
from danchu.reporting.figures.dictionary import Definition

from ..amounts import MOST
from .layout import DOES_NOT_APPLY, NOUGHT

_IN_PERCENT = re.compile(r"-?[0-9.,]+ ?%")

Given: TypeAlias = Decimal | str | None  # a number, the word for "does not apply", nothing


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell gives, in the unit the indicator is shown in; with a ``fault`` it gives nothing.

    ``read_as``: the cell keeps a number as text, and what was read.
    """

    given: Given
    fault: Mark | None = None
    read_as: Mark | None = None


def read_value(meaning: Definition, cell: FilledCell) -> CellValue:
    """The value that a person typed into the cell of an indicator."""
    given, read_as = plain_value(cell.value), None
    if cell.shown_scaled and isinstance(given, Decimal):
        return CellValue(None, _shown_scaled(cell, given))
    if given is None or given == DOES_NOT_APPLY:
        return CellValue(given)
    if isinstance(given, str) and isinstance(cell.value, str):
        found = number_in_text(given)
        if found is None:
            return CellValue(None, _not_a_number(cell))
        if found.value is None:
            return CellValue(None, _either(cell, given, *found.readings))
        read_as = Mark(
            cell.address,
            f"số lưu dạng chữ (“{given[:40]}”), đã đọc là {_number(found.value)}.",
            f"a number kept as text (“{given[:40]}”), read as {_number(found.value)}.",
        )
        given = found.value
    if not isinstance(given, Decimal) or given.is_nan():
        return CellValue(None, _not_a_number(cell))
    return CellValue(given, _not_entered(meaning, cell, given), read_as)


def not_typed(cell: FilledCell) -> Mark | None:
    """Why nothing can be taken from the cell, whatever it says: a formula, a merged range."""
    if cell.has_formula:
        return Mark(
            cell.address,
            "Ô này có công thức; hệ thống không lấy kết quả công thức. Gõ thẳng con số.",
            "This cell holds a formula; results of formulas are not taken. Type the number.",
        )
    if cell.merged:
        return Mark(
            cell.address,
            "Ô này nằm trong vùng gộp, không rõ số thuộc dòng nào. Bỏ gộp ô.",
            "This cell lies in a merged range; it is not clear whose it is. Unmerge it.",
        )
    return None


def plain_value(value: CellIn) -> Given:
    """A cell as one of what a form takes; other words as they stand."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if value is None:
        return None
    word = as_text(value)
    if word.upper() == NOUGHT:
        return Decimal(0)
    return DOES_NOT_APPLY if word.upper() == DOES_NOT_APPLY else word


def as_text(value: CellIn) -> str:
    """A cell as it is told: a date as Vietnamese readers write it, "" for an empty one."""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else " ".join(str(value).split())


def _not_entered(meaning: Definition, cell: FilledCell, given: Decimal) -> Mark | None:
    """Why a number is none that the indicator takes; None for one that it takes."""
    if not given.is_finite() or given * meaning.scale > MOST:
        return Mark(
            cell.address,
            "Số quá lớn. Ghi số từ 0 trở lên, nhiều nhất một triệu tỷ.",
            "The number is too large. Write one from 0 to a thousand million million.",
        )
    if given < 0:
        return Mark(
            cell.address,
            f"Số âm ({_number(given)}). Ghi số từ 0 trở lên.",
            f"The number is negative ({_number(given)}). Write one from 0 up.",
        )
    if not given * meaning.scale % 1:
        return None
    if meaning.scale == 1:
        return Mark(
            cell.address,
            f"Số lẻ ({_number(given)}). Chỉ tiêu này ghi số nguyên.",
            f"{_number(given)} is not whole. This indicator takes whole numbers.",
        )
    return Mark(
        cell.address,
        f"Số lẻ quá nhỏ ({_number(given)}): ghi đến 1/{meaning.scale} {meaning.unit_vi}.",
        f"Too many decimals ({_number(given)}): write down to 1/{meaning.scale} {meaning.unit_en}.",
    )


def _shown_scaled(cell: FilledCell, held: Decimal) -> Mark:
    """The cell shows 1.235 and holds 1234567000: either may be what was meant."""
    return Mark(
        cell.address,
        f"Ô này giữ số {_number(held)} nhưng định dạng chỉ hiện phần nghìn hoặc phần triệu của số "
        "ấy. Đặt lại định dạng số thường rồi gõ lại con số.",
        f"This cell holds {_number(held)}, and its format shows only the thousands or millions of "
        "it. Format it as a plain number and type the figure again.",
    )


def _either(cell: FilledCell, said: str, one: str, other: str) -> Mark:
    return Mark(
        cell.address,
        f"“{said}” có thể là hai số khác nhau: gõ lại {one} hoặc {other}, không kèm dấu "
        "phân cách hàng nghìn.",
        f"“{said}” may be two numbers: type {one} or {other} again, without a separator "
        "of thousands.",
    )


def _not_a_number(cell: FilledCell) -> Mark:
    said = as_text(cell.value)[:40]
    if _IN_PERCENT.fullmatch(said):
        return Mark(
            cell.address,
            f"Ô này ghi tỷ lệ phần trăm ({said}), chỉ tiêu này ghi số. Đặt lại định dạng số rồi gõ "
            "lại con số.",
            f"This cell holds a percentage ({said}); this indicator takes a number. Format it as "
            "a number and type again.",
        )
    if isinstance(cell.value, dt.date):
        return Mark(
            cell.address,
            f"Ô này là ngày ({said}), không phải số. Xóa ô, đặt lại định dạng số rồi gõ lại.",
            f"This cell holds a date ({said}), not a number. Clear it, format it as a number "
            "and type again.",
        )
    return Mark(
        cell.address,
        f"“{said}” không phải số. Gõ số, không kèm chữ; không phát sinh thì gõ 0 hoặc "
        f"{NOUGHT}, không áp dụng thì gõ {DOES_NOT_APPLY}.",
        f"“{said}” is no number. Type a number without words; 0 or {NOUGHT} for what did not "
        f"occur, {DOES_NOT_APPLY} for what does not apply.",
    )


def _number(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -20 < exponent < 20:
        return format_number(Fraction(value))
    return str(value)
