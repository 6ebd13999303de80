"""Tables of a notice: whole numbers or text, from a spreadsheet or typed (K7).

Money is kept in đồng as exact whole numbers, whatever unit the paper prints.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from danchu.core.documents.forms.sheet_xml import address_of
from danchu.core.documents.sheets_in import CellIn, is_error, read_xlsx
from danchu.core.errors import BadInput
from danchu.core.text import at_the_door, fold, format_date, format_number, parse_number
from danchu.core.text.secrecy import refuse_secret

from .money_cells import ReadAs, amount_in_text, holds_amounts, numbers_the_columns, read_as
from .money_columns import MONEY_UNITS, UNIT_NAMES, money_columns
from .money_heads import heads_units, unit_of_cell, unit_of_head
from .money_rates import row_is_no_money
from .money_said import is_head, states_a_unit, unit_stated

MOST_ROWS = 500
MOST_COLUMNS = 20
MOST_LETTERS = 400
LARGEST = 10**17  # đồng; a hundred times the budget of the State

_NOTES = ("ghi chu", "noi dung", "dien giai")  # words, whatever they look like

Cell = int | str
Table = dict[str, Any]  # {"header": [str], "rows": [[int | str]], "money": bool}

# Columns whose numbers are names of things and not amounts.
_LABELS = (
    *("tt", "stt", "so tt", "so thu tu", "muc", "chuong", "loai", "khoan", "tieu muc"),
    *("nam", "ma", "ma so", "so hieu", "so quyet dinh"),
)


def table_from_xlsx(
    data: bytes,
    *,
    money: str = "",
    field: str = "table_file",
    told: list[ReadAs] | None = None,
) -> Table:
    """The first sheet that holds anything, as the table of a notice.

    Rows before the first with two filled cells are titles and left out; that row is the header.
    ``money``: a key of :data:`MONEY_UNITS`, the unit in which amounts are printed; "" for the one
    that the sheet states over its table or in the heads of columns, if it states one. ``told``
    takes the numbers kept as text that were read as amounts. Raises ``BadInput`` naming ``field``,
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
        while rows and _is_above(rows):
            above.append(rows.pop(0))
        if len(rows) > 1:
            stated = unit_stated(above)
            _require_agreed(money, stated)
            return _table(rows, money, stated, field, above=len(above), told=told)
    raise BadInput(
        "Trang tính không có bảng: cần một dòng tên cột và ít nhất một dòng số liệu.",
        "The sheet has no table: it needs a row of column names and at least one row below.",
        field=field,
    )


def _is_above(rows: Sequence[Sequence[CellIn]]) -> bool:
    """Whether the first of these rows stands over the table."""
    if sum(cell is not None for cell in rows[0]) < 2:
        return True
    return states_a_unit(rows[0]) and not is_head(rows[0], rows[1] if len(rows) > 1 else ())


def _require_agreed(chosen: str, stated: str) -> None:
    """A thousandfold error is told, not published."""
    if stated and chosen in UNIT_NAMES and chosen != stated:
        (chosen_vi, chosen_en), (vi, en) = UNIT_NAMES[chosen], UNIT_NAMES[stated]
        raise BadInput(
            f"Tệp ghi đơn vị tính là {vi}, đã chọn {chosen_vi}. Chọn lại cho khớp, hoặc sửa dòng "
            "“Đơn vị tính” trong tệp.",
            f"The file states its unit as {en}, {chosen_en} was chosen. Choose the same, or "
            "correct the unit in the file.",
            field="money",
        )


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
    return _table([[*row, *[None] * (width - len(row))] for row in rows], money, "", field)


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


def _table(
    rows: Sequence[Sequence[CellIn]],
    money: str,
    stated: str,
    field: str,
    *,
    above: int | None = None,
    told: list[ReadAs] | None = None,
) -> Table:
    """``above``: the rows of a sheet over these, None for a table that was typed."""
    if money not in MONEY_UNITS:
        raise BadInput("Chọn đơn vị tiền.", "Choose the unit of money.", field="money")
    width = max(
        (n for row in rows for n, cell in enumerate(row, start=1) if cell is not None), default=0
    )
    held = [n for n, row in enumerate(rows) if n and any(cell is not None for cell in row)]
    body = [rows[n][:width] for n in held]
    if len(body) > MOST_ROWS or width > MOST_COLUMNS:
        raise BadInput(
            f"Bảng có {len(body)} dòng, {width} cột; nhiều nhất {MOST_ROWS} dòng, "
            f"{MOST_COLUMNS} cột.",
            f"The table has {len(body)} rows and {width} columns; at most {MOST_ROWS} and "
            f"{MOST_COLUMNS} are shown.",
            field=field,
        )
    header = [_words(cell, 0, n, field) for n, cell in enumerate(rows[0][:width], start=1)]
    labels = {n for n, name in enumerate(header) if is_label(name) or (not n and not name)}
    columns = money_columns(header, body, labels, chosen=money, stated=stated, field=field)
    amounts = {
        n
        for n, name in enumerate(header)
        if unit_of_head(name) is not None
        or (n and fold(name) not in _NOTES and holds_amounts([row[n] for row in body]))
    }
    table_rows: list[list[Cell]] = []
    for line, (at, row) in enumerate(zip(held, body, strict=True), start=1):
        counted = columns is not None and _is_no_money(header, row, first=line == 1)
        cells: list[Cell] = []
        for n, cell in enumerate(row):
            if columns is None:
                named = n in labels and is_label(header[n])
                cells.append((_words if named else _plain)(cell, line, n + 1, field))
                continue
            if isinstance(cell, str):
                address = address_of(above + at + 1, n + 1) if above is not None else ""
                place = _Place(line, n + 1, address)
                cell = _text_in_money(
                    cell, columns.units[n], place, field, told, reads=not counted and n in amounts
                )
            if counted or not columns.units[n]:
                cells.append(_words(cell, line, n + 1, field))
            else:
                scale = MONEY_UNITS[columns.units[n]]
                cells.append(_cell(cell, line, n + 1, scale, field))
        table_rows.append(cells)
    said = header if columns is None else columns.header
    return {"header": said, "rows": table_rows, "money": columns is not None}


def _is_no_money(header: Sequence[str], row: Sequence[CellIn], *, first: bool) -> bool:
    """Whether a row of a table of money holds none: by its name, its unit, or as it only counts
    the columns."""
    return (
        row_is_no_money(row)
        or (first and numbers_the_columns(row))
        or any(
            isinstance(cell, str) and heads_units(name) and unit_of_head(cell) is None
            for name, cell in zip(header, row, strict=True)
        )
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell, as it is told: by its address in a sheet, by row and column of a typed table."""

    row: int
    column: int
    address: str

    @property
    def said(self) -> tuple[str, str]:
        if self.address:
            return f"Ô {self.address}", f"Cell {self.address}"
        return f"Dòng {self.row}, cột {self.column}", f"Row {self.row}, column {self.column}"


def _text_in_money(
    text: str,
    unit: str,
    place: _Place,
    field: str,
    told: list[ReadAs] | None,
    *,
    reads: bool,
) -> CellIn:
    """A text of a table of money: an amount kept as text, a unit told in the body, or words.

    ``reads``: numbers of its row and column are amounts.
    """
    within = unit_of_cell(text)
    if within is not None:
        if within.key == (unit or within.key) and (unit or within.key == "dong"):
            return within.in_dong
        vi, en = place.said
        raise BadInput(
            f"{vi} ghi đơn vị “{text[:40]}” khác đơn vị của cột. Ghi đơn vị vào tên cột hoặc dòng "
            "“Đơn vị tính” trên bảng, cho khớp.",
            f"{en} tells the unit “{text[:40]}”, which is not that of its column. Put the unit "
            "into the head or over the table, so that they agree.",
            code="unit_of_column",
            field=field,
        )
    if not reads or not unit:
        return text
    value = amount_in_text(text, place.said, field)
    if value is None:
        return text
    if told is not None:
        told.append(read_as(place.address, text, value))
    return value


def _plain(cell: CellIn, row: int, column: int, field: str) -> Cell:
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) <= LARGEST:
        return cell
    return _words(cell, row, column, field)


def _cell(cell: CellIn, row: int, column: int, scale: int, field: str) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
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
