"""Spreadsheets out: XLSX with a frozen head, Vietnamese formats, and never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import xlsxwriter

from danchu.core.errors import BadInput

from .wording import clean, one_line

Kind: TypeAlias = Literal["text", "integer", "decimal", "percent", "date"]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A value with a kind of its own, in a column where the kinds differ: a count, a share."""

    value: int | Decimal
    kind: Kind


_Plain: TypeAlias = str | int | Decimal | dt.date | None
SheetValue: TypeAlias = str | int | Decimal | dt.date | SheetCell | None

NOTES_SHEET = "Ghi chú"
MAX_ROWS = 1_048_575  # rows of a sheet under its head
_LONGEST_TEXT = 32_767
_EPOCH = dt.date(1980, 1, 1)  # no clock here: the day of a file is given or says nothing
# A spreadsheet counts in binary floating point: past this whole numbers change silently.
_EXACT = 2**53
# 42A is Vietnamese: 1.246 and 94,8%.
_FORMATS: dict[Kind, str] = {
    "text": "@",
    "integer": "[$-42A]#,##0",
    "decimal": "[$-42A]#,##0.0##",
    "percent": "[$-42A]0.0#%",
    "date": "dd/mm/yyyy",
}
_LOOKED_AT = 500  # rows whose texts say how wide a column is
_WIDEST = 48  # letters; what is longer wraps
_LINE = 15.75  # points of a line of 12-point letters
_TALLEST = 409  # points; no program shows a taller row
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. ``width`` in letters; 0 chooses it from the head, the kind and what stands in the
    first rows. A percent is a fraction: Decimal("0.948") shows 94,8%."""

    title: str
    kind: Kind = "text"
    width: float = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a head, rows of as many values as columns, notes for the reader.

    A note is a sentence, or a pair of what it is about and the sentence. ``title``: lines above
    the head, what the table is and of whom, for tables that people print; one that programs read
    has none.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[SheetValue, ...], ...]
    notes: tuple[str | tuple[str, str], ...] = ()
    title: tuple[str, ...] = ()

    @property
    def above(self) -> int:
        """Rows above the head: the title and an empty one under it."""
        return len(self.title) + 1 if self.title else 0


def render_xlsx(
    sheets: list[Sheet], *, created: dt.date = _EPOCH, title: str = "", demo_mark: str | None = None
) -> bytes:
    """The sheets as one XLSX file; the same sheets and day ``created`` give the same bytes.

    Notes, and the mark of a demonstration, stand in a last sheet "Ghi chú"; the mark is printed
    at the head of every sheet as well. Text is written as text whatever it begins with. Raises
    ``BadInput`` for a row of the wrong length, a value that does not fit its column's kind, a
    float (a figure is never one), and for more rows than a sheet has.
    """
    _check(sheets)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(out, options)
    midnight = dt.datetime.combine(created, dt.time())
    book.set_properties({"title": one_line(title), "created": midnight})
    base = {"font_name": _FONT, "font_size": 12, "valign": "top", "border": 1}
    head = book.add_format(
        {**base, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    formats = {
        kind: book.add_format({**base, "num_format": code, "text_wrap": kind == "text"})
        for kind, code in _FORMATS.items()
    }
    titles = [
        book.add_format({"font_name": _FONT, "font_size": size, "bold": bold})
        for size, bold in ((14, True), (12, False))
    ]
    mark = one_line(demo_mark or "")
    names: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.name, names))
        for y, line in enumerate(sheet.title):  # runs on over the empty cells beside it
            page.write_string(y, 0, one_line(line), titles[min(y, 1)])
        _fill(page, sheet, head, formats, mark)
    _write_notes(book, sheets, names, mark)
    book.close()
    return out.getvalue()


def _fill(page: Any, sheet: Sheet, head: Any, formats: dict[Kind, Any], mark: str) -> None:
    widths = [
        column.width or _width(column, sheet.rows[:_LOOKED_AT], x)
        for x, column in enumerate(sheet.columns)
    ]
    top = sheet.above
    for x, column in enumerate(sheet.columns):
        page.write_string(top, x, clean(column.title), head)
        page.set_column(x, x, widths[x])
    # Some programs keep the height they are given and print wrapped lines over each other.
    page.set_row(top, _height([column.title for column in sheet.columns], widths, bold=True))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    if len(sheet.columns) > 6:
        page.set_landscape()
    if mark:
        page.set_header(f"&C[ {mark.replace('&', '&&')} ]")
    page.set_footer("&C&P")
    for y, row in enumerate(sheet.rows, top + 1):
        page.set_row(y, _height(row, widths))
        for x, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            plain, kind = _plain(value, column)
            _write(page, y, x, plain, formats[kind])


def _plain(value: SheetValue, column: SheetColumn) -> tuple[_Plain, Kind]:
    """The value itself and the kind it is written as."""
    return (value.value, value.kind) if isinstance(value, SheetCell) else (value, column.kind)


def _write(page: Any, y: int, x: int, value: _Plain, style: Any) -> None:
    if value is None:
        page.write_blank(y, x, None, style)
    elif isinstance(value, str):
        page.write_string(y, x, clean(value)[:_LONGEST_TEXT], style)
    elif isinstance(value, dt.date):
        page.write_datetime(y, x, dt.datetime.combine(value, dt.time()), style)
    elif isinstance(value, int) and abs(value) > _EXACT:
        page.write_string(y, x, str(value), style)
    else:
        page.write_number(y, x, value, style)


def _width(column: SheetColumn, rows: tuple[tuple[SheetValue, ...], ...], x: int) -> float:
    """Room for the longest of the first rows, within what a page can bear."""
    least = {"text": 6, "integer": 11, "decimal": 11, "percent": 10, "date": 12}[column.kind]
    longest = max((len(word) for word in column.title.split()), default=0)
    held = max((_length(row[x]) for row in rows), default=0)
    return max(least, longest + 2, min(len(column.title) / 2, 30), min(held + 2, _WIDEST))


def _length(value: SheetValue) -> int:
    if isinstance(value, str):
        return max((len(line) for line in value.splitlines()), default=0)
    return 12 if isinstance(value, SheetCell) else 0


def _height(cells: Sequence[SheetValue], widths: Sequence[float], *, bold: bool = False) -> float:
    """Points of a row whose texts wrap within these widths."""
    most = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str) and len(cell) > width:
            most = max(most, _lines(cell, width * (1 if bold else 1.1)))
        elif isinstance(cell, str) and "\n" in cell:
            most = max(most, cell.count("\n") + 1)
    return min(_LINE * most + 1.5, _TALLEST)


def _lines(text: str, width: float) -> int:
    """How many lines the text takes, broken between words."""
    count = 0
    for line in text.splitlines() or [""]:
        count += 1
        room = width - 1
        for word in line.split():
            if len(word) > room and room < width - 1:
                count += 1
                room = width - 1
            extra = max(0, math.ceil(len(word) / (width - 1)) - 1)
            count += extra
            room -= len(word) - extra * (width - 1) + 1
    return count


def _write_notes(book: Any, sheets: list[Sheet], names: set[str], mark: str) -> None:
    notes = [
        (sheet.name, note) if isinstance(note, str) else note
        for sheet in sheets
        for note in sheet.notes
    ]
    if mark:
        notes.insert(0, ("", mark))
    if not notes:
        return
    page = book.add_worksheet(_name(NOTES_SHEET, names))
    text = book.add_format({"font_name": _FONT, "font_size": 12, "text_wrap": True})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for y, (name, note) in enumerate(notes):
        page.set_row(y, _height((one_line(name), clean(note)), [24, 90]))
        page.write_string(y, 0, one_line(name), text)
        page.write_string(y, 1, clean(note)[:_LONGEST_TEXT], text)


def _name(wanted: str, taken: set[str]) -> str:
    """A name a workbook accepts: 31 letters, no special signs, not used yet."""
    name = _FORBIDDEN_IN_NAME.sub(" ", one_line(wanted)).strip("' ")[:31].strip() or "Bảng"
    number = 1
    found = name
    while found.lower() in taken:
        number += 1
        suffix = f" ({number})"
        found = name[: 31 - len(suffix)] + suffix
    taken.add(found.lower())
    return found


_FITS: dict[Kind, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "decimal": (int, Decimal),
    "percent": (int, Decimal),
    "date": (dt.date,),
}


def _check(sheets: list[Sheet]) -> None:
    if not sheets:
        raise BadInput("Chưa có bảng nào để xuất.", "There is no sheet to write.", field="sheets")
    for sheet in sheets:
        if len(sheet.rows) > MAX_ROWS - sheet.above:
            raise BadInput(
                f"Bảng “{sheet.name}” có {len(sheet.rows)} dòng, nhiều hơn một trang tính chứa "
                f"được ({MAX_ROWS}). Chia bảng rồi xuất lại.",
                f"The table “{sheet.name}” has {len(sheet.rows)} rows, more than a sheet holds "
                f"({MAX_ROWS}). Divide it and write it again.",
                field="rows",
            )
        for y, row in enumerate(sheet.rows, 1):
            if len(row) != len(sheet.columns):
                raise BadInput(
                    f"Bảng “{sheet.name}”, dòng {y}: có {len(row)} ô, cần {len(sheet.columns)}.",
                    f"Table “{sheet.name}”, row {y}: {len(row)} cells instead of "
                    f"{len(sheet.columns)}.",
                    field="rows",
                )
            for value, column in zip(row, sheet.columns, strict=True):
                # A word may stand in any column ("chưa báo cáo"); a number only where it belongs.
                plain, kind = _plain(value, column)
                if plain is None or isinstance(plain, str):
                    continue
                fits = isinstance(plain, _FITS[kind]) and not isinstance(plain, bool)
                if not fits or (isinstance(plain, Decimal) and not plain.is_finite()):
                    raise BadInput(
                        f"Bảng “{sheet.name}”, dòng {y}, cột “{column.title}”: giá trị {plain} "
                        "không đúng loại.",
                        f"Table “{sheet.name}”, row {y}, column “{column.title}”: the value "
                        f"{plain} is of the wrong kind.",
                        field="rows",
                    )
