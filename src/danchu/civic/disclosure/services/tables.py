"""Tables of a notice: whole numbers or text, from a spreadsheet or typed (K7).

Money is kept in đồng as exact whole numbers, whatever unit the paper prints.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from danchu.core.documents.sheets_in import CellIn, is_error, read_xlsx
from danchu.core.errors import BadInput
from danchu.core.text import at_the_door, fold, format_date, format_number, parse_number
from danchu.core.text.secrecy import refuse_secret

from .money_rates import column_is_no_money, row_is_no_money
from .money_said import states_a_unit, unit_stated

MOST_ROWS = 500
MOST_COLUMNS = 20
MOST_LETTERS = 400
LARGEST = 10**17  # đồng; a hundred times the budget of the State

Cell = int | str
Table = dict[str, Any]  # {"header": [str], "rows": [[int | str]], "money": bool}

# đồng in one printed unit
NO_MONEY = "khong"  # said by a person: a sheet that states a unit is not asked
MONEY_UNITS: dict[str, int] = {
    "": 0,
    NO_MONEY: 0,
    "dong": 1,
    "nghin": 1_000,
    "trieu": 1_000_000,
    "ty": 1_000_000_000,
}
_UNIT_NAMES = {
    "dong": ("đồng", "đồng"),
    "nghin": ("nghìn đồng", "thousand đồng"),
    "trieu": ("triệu đồng", "million đồng"),
    "ty": ("tỷ đồng", "billion đồng"),
}
# Columns whose numbers are names of things and not amounts.
_LABELS = ("tt", "stt", "so tt", "nam", "ma", "ma so", "so hieu", "so quyet dinh")


def table_from_xlsx(data: bytes, *, money: str = "", field: str = "table_file") -> Table:
    """The first sheet that holds anything, as the table of a notice.

    Rows before the first with two filled cells are titles and left out; that row is the header.
    ``money``: a key of :data:`MONEY_UNITS`, the unit in which amounts are printed; "" for the one
    that the sheet states over its table, if it states one. Raises ``BadInput`` naming ``field``,
    or "money" where what was chosen and what the sheet states differ.
    """
    try:
        found = read_xlsx(data, all_shown=True)
        sheets = [sheet for sheet in found if not sheet.hidden and sheet.rows]
    except BadInput as refusal:
        refusal.field = field
        raise
    for sheet in sheets:
        rows = [list(row) for row in sheet.rows]
        above: list[list[CellIn]] = []
        while rows and (sum(cell is not None for cell in rows[0]) < 2 or states_a_unit(rows[0])):
            above.append(rows.pop(0))
        if len(rows) > 1:
            return _table(rows, _unit(money, unit_stated(above)), field)
    raise BadInput(
        "Trang tính không có bảng: cần một dòng tên cột và ít nhất một dòng số liệu.",
        "The sheet has no table: it needs a row of column names and at least one row below.",
        field=field,
    )


def _unit(chosen: str, stated: str) -> str:
    """The unit of the amounts; a thousandfold error is told, not published."""
    if not chosen:
        return stated
    if stated and chosen in _UNIT_NAMES and chosen != stated:
        (chosen_vi, chosen_en), (vi, en) = _UNIT_NAMES[chosen], _UNIT_NAMES[stated]
        raise BadInput(
            f"Tệp ghi đơn vị tính là {vi}, đã chọn {chosen_vi}. Chọn lại cho khớp, hoặc sửa dòng "
            "“Đơn vị tính” trong tệp.",
            f"The file states its unit as {en}, {chosen_en} was chosen. Choose the same, or "
            "correct the unit in the file.",
            field="money",
        )
    return chosen


def table_from_text(text: str, *, money: str = "", field: str = "table_text") -> Table | None:
    """A typed table: one row a line, cells divided by a tab or a semicolon; None for nothing."""
    lines = [line for line in at_the_door(text).splitlines() if line.strip()]
    if not lines:
        return None
    refuse_secret("\n".join(lines))
    if len(lines) < 2:
        raise BadInput(
            "Bảng cần một dòng tên cột và ít nhất một dòng số liệu; các ô cách nhau bằng dấu "
            "chấm phẩy.",
            "A table needs a line of column names and at least one line below; cells are divided "
            "by semicolons.",
            field=field,
        )
    rows: list[list[CellIn]] = [[_typed(cell) for cell in split_line(line)] for line in lines]
    width = max(len(row) for row in rows)
    return _table([[*row, *[None] * (width - len(row))] for row in rows], money, field)


def split_line(line: str) -> list[str]:
    """The cells of a typed line: divided by tabs where there are any, else by semicolons."""
    return [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]


_OF_A_YEAR = re.compile(r"nam (?:\d{4}|truoc|nay|bao cao|ke hoach)")


def is_label(column: str) -> bool:
    """Whether the numbers of such a column name things: years, running numbers, codes."""
    name = fold(column).strip(" .:")
    # "Năm 2026" heads what is of that year, "Năm sinh" heads years.
    return name in _LABELS or (name.startswith("nam ") and not _OF_A_YEAR.match(name))


def _typed(cell: str) -> CellIn:
    """A number where the cell is nothing but one, else the text."""
    bare = cell.replace(".", "").replace(",", "").removeprefix("-")
    if not bare.isascii() or not bare.isdigit():
        return cell or None
    if len(cell) > 1 and cell.isdigit() and cell.startswith("0"):
        return cell  # a number that names something: its nought is part of it
    try:
        value = parse_number(cell).value
    except BadInput:
        return cell
    if isinstance(value, int):
        return value
    return Decimal(value.numerator) / Decimal(value.denominator)


def _table(rows: Sequence[Sequence[CellIn]], money: str, field: str) -> Table:
    if money not in MONEY_UNITS:
        raise BadInput("Chọn đơn vị tiền.", "Choose the unit of money.", field="money")
    width = max(
        (n for row in rows for n, cell in enumerate(row, start=1) if cell is not None), default=0
    )
    body = [row[:width] for row in rows[1:] if any(cell is not None for cell in row)]
    if len(body) > MOST_ROWS or width > MOST_COLUMNS:
        raise BadInput(
            f"Bảng có {len(body)} dòng, {width} cột; nhiều nhất {MOST_ROWS} dòng, "
            f"{MOST_COLUMNS} cột.",
            f"The table has {len(body)} rows and {width} columns; at most {MOST_ROWS} and "
            f"{MOST_COLUMNS} are shown.",
            field=field,
        )
    header = [_words(cell, 0, n, field) for n, cell in enumerate(rows[0][:width], start=1)]
    scale = MONEY_UNITS[money]
    labels = {
        n for n, name in enumerate(header) if is_label(name) or (scale and column_is_no_money(name))
    }
    table_rows: list[list[Cell]] = []
    for line, row in enumerate(body, start=1):
        counted = bool(scale) and row_is_no_money(row)
        table_rows.append(
            [
                _words(cell, line, n + 1, field)
                if n in labels or counted
                else _cell(cell, line, n + 1, scale, field)
                for n, cell in enumerate(row)
            ]
        )
    return {"header": header, "rows": table_rows, "money": bool(scale)}


def _cell(cell: CellIn, row: int, column: int, scale: int, field: str) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return _words(cell, row, column, field)
    if not scale:
        if isinstance(cell, int) and abs(cell) <= LARGEST:
            return cell
        return _words(cell, row, column, field)
    amount = Decimal(cell) * scale
    if amount != amount.to_integral_value():
        raise BadInput(
            f"Dòng {row}, cột {column}: {format_number(_exact(cell))} không phải số đồng nguyên. "
            "Kiểm tra lại đơn vị tiền hoặc số.",
            f"Row {row}, column {column}: {cell} is no whole number of đồng. Check the unit of "
            "money or the number.",
            field=field,
        )
    if abs(amount) > LARGEST:
        raise BadInput(
            f"Dòng {row}, cột {column}: số tiền quá lớn. Kiểm tra lại đơn vị tiền.",
            f"Row {row}, column {column}: the amount is too large. Check the unit of money.",
            field=field,
        )
    return int(amount)


def _words(cell: CellIn, row: int, column: int, field: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, dt.datetime):
        return format_date(cell.date())
    if isinstance(cell, dt.date):
        return format_date(cell)
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, Decimal):
        return format_number(_exact(cell))
    if is_error(cell):
        raise BadInput(
            f"Dòng {row}, cột {column} của bảng tính đang báo lỗi {cell}. Sửa công thức rồi gửi "
            "lại.",
            f"Row {row}, column {column} of the sheet shows the error {cell}. Repair the formula "
            "and send it again.",
            field=field,
        )
    text = " ".join(at_the_door(cell).split())
    if len(text) > MOST_LETTERS:
        raise BadInput(
            f"Dòng {row}, cột {column} dài {len(text)} ký tự; nhiều nhất {MOST_LETTERS}.",
            f"Row {row}, column {column} has {len(text)} characters; at most {MOST_LETTERS}.",
            field=field,
        )
    return text


def _exact(cell: int | Decimal) -> Any:
    from fractions import Fraction

    return cell if isinstance(cell, int) else Fraction(cell)
