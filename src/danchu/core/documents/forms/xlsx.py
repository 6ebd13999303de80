"""Somebody else's form: an XLSX of any layout, opened to be mapped, filled and sent back.

Only the filled cells change. Styles, merged ranges, formulas, hidden parts, texts kept once for
all cells and every other part of the package keep their bytes. Where the form has formulas, the
results stored beside them are those of the empty form: they are taken out, because LibreOffice
and the viewers of phones would go on showing them, and the workbook asks to be computed anew.

What a hostile file may try is refused where files are taken in (``core.files``); this module
asks again only for what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from danchu.core.errors import BadInput

from ..wording import clean
from .blanks import blank_in, into_blank
from .common import Filling, opened, repacked, too_large, whole
from .outside import require_self_contained
from .sheet_xml import (
    CellSpan,
    SheetXml,
    address_of,
    attributes_of,
    place_of,
    require_whole,
    without_results,
)
from .workbook import (
    computing_anew,
    percent_styles,
    plain,
    scaled_styles,
    shared_texts,
    sheet_parts,
    unlocked_styles,
)
from .xlsx_cells import FormCell as FormCell

MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_RANGES = 50_000  # merged ranges and formulas over several cells, each
ROOM = 2  # empty columns and rows after the last written one that may be filled all the same
MAX_TEXT = 32_767  # characters of a cell, of the format itself
_DIGITS = Context(prec=15)  # what a spreadsheet keeps of a number

_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\b[^<>]*?\bref=["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_ARRAY = re.compile(
    rb"""<(?:[\w.-]+:)?f\b[^<>]*?\bref=["']([A-Z]+\d+)(?::([A-Z]+\d+))?["'][^<>]*>"""
)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^<>]*>")
_PROTECTION = re.compile(rb"<(?:[\w.-]+:)?sheetProtection\b[^<>]*>")

Range: TypeAlias = tuple[int, int, int, int]  # top, left, bottom, right


class Form:
    """An XLSX form opened for reading; sheets are named as in the file.

    Raises ``BadInput`` (field "file") for what is no XLSX, is broken, protected as a whole, signed,
    or larger than the limits of this module.
    """

    kind = "xlsx"

    def __init__(self, data: bytes) -> None:
        with whole():
            self._package = opened(data, "xl/workbook.xml")
            require_self_contained(self._package)
            self._parts = sheet_parts(self._package)
            self._texts: list[str] | None = None
            self._unlocked: frozenset[str] | None = None
            self._in_percent = percent_styles(self._package)
            self._scaled = scaled_styles(self._package)
            self.sheets = {name: self._sheet(name) for name in self._parts}

    def _sheet(self, name: str) -> FormSheet:
        part, hidden = self._parts[name]
        return FormSheet(self, name, part, hidden, plain(self._package.read(part)))

    def sheet(self, name: str) -> FormSheet:
        """The sheet of this name. Raises ``BadInput`` when there is none."""
        found = self.sheets.get(name)
        if found is None:
            raise BadInput(
                f"Biểu mẫu không có trang tính “{name[:60]}”.",
                f"The form has no sheet “{name[:60]}”.",
                code="no_sheet",
            )
        return found

    @property
    def has_formulas(self) -> bool:
        """Whether any sheet computes anything."""
        return any(sheet.has_formulas for sheet in self.sheets.values())

    def shared_text(self, index: int) -> str:
        """A text kept once for all cells, "" for an index that is not there."""
        if self._texts is None:
            self._texts = shared_texts(self._package)
        return self._texts[index] if 0 <= index < len(self._texts) else ""

    def is_unlocked(self, style: str) -> bool:
        """Whether cells of this style may be filled in a protected sheet."""
        if self._unlocked is None:
            self._unlocked = unlocked_styles(self._package)
        return (style or "0") in self._unlocked

    def is_in_percent(self, style: str) -> bool:
        """Whether a number in cells of this style is shown a hundred times as large, with "%"."""
        return (style or "0") in self._in_percent

    def is_shown_scaled(self, style: str) -> bool:
        """Whether a number in cells of this style is shown in thousands or millions."""
        return (style or "0") in self._scaled

    def filled(self, values: Mapping[str, Mapping[str, Filling]]) -> bytes:
        """The package with these cells; see :func:`fill`."""
        changed: dict[str, bytes] = {}
        for name, cells in values.items():
            if cells:
                sheet = self.sheet(name)
                changed[sheet.part] = sheet.with_values(cells)
        if self.has_formulas and changed:
            for sheet in self.sheets.values():
                if sheet.has_formulas:
                    content = changed.get(sheet.part, sheet.content)
                    changed[sheet.part] = without_results(content)
            workbook = "xl/workbook.xml"
            changed[workbook] = computing_anew(self._package.read(workbook))
        return repacked(self._package, changed)


class FormSheet:
    """One sheet of a form. Rows and columns are counted from 1."""

    def __init__(self, form: Form, name: str, part: str, hidden: bool, content: bytes) -> None:
        self.name, self.part, self.hidden = name, part, hidden
        self._form = form
        self.content = content
        self._xml = SheetXml(content)
        self._columns = _by_column(self._xml.head)
        self._merged = [
            (*place_of(m[1].decode()), *place_of(m[2].decode()))
            for m in _MERGED.finditer(self._xml.tail)
        ]
        protection = _PROTECTION.search(self._xml.tail)
        self.is_protected = protection is not None and _true(
            attributes_of(protection[0]).get("sheet")
        )
        self.has_formulas = _FORMULA.search(content) is not None
        self._arrays = []
        for match in _ARRAY.finditer(content) if self.has_formulas else ():
            if attributes_of(match[0]).get("t") in ("array", "dataTable"):
                first = match[1].decode()
                last = match[2].decode() if match[2] else first
                self._arrays.append((*place_of(first), *place_of(last)))
        merged_to = [(row, column) for _top, _left, row, column in self._merged]
        self.rows = max([self._xml.last_row, *(row for row, _column in merged_to)])
        self.columns = max([self._xml.last_column(), *(column for _row, column in merged_to)])
        if self.rows > MAX_ROWS:
            raise too_large(f"{MAX_ROWS} dòng", f"{MAX_ROWS} rows")
        if self.columns > MAX_COLUMNS:
            raise too_large(f"{MAX_COLUMNS} cột", f"{MAX_COLUMNS} columns")
        for ranges in (self._merged, self._arrays):
            _require_apart(ranges, self.rows, self.columns)

    @property
    def open_rows(self) -> int:
        """The last row that may be filled: the answers may belong below all that is written."""
        return min(MAX_ROWS, self.rows + ROOM)

    @property
    def open_columns(self) -> int:
        """The last column that may be filled: one left wholly empty is written nowhere."""
        return min(MAX_COLUMNS, self.columns + ROOM)

    def window(self, top: int, left: int, rows: int, columns: int) -> list[list[FormCell]]:
        """The cells of a part of the sheet, row by row, empty ones too; never past its limits."""
        bottom = min(self.open_rows, top + rows - 1)
        right = min(self.open_columns, left + columns - 1)
        ranges = _in_window(self._merged, top, left, bottom, right)
        arrays = _in_window(self._arrays, top, left, bottom, right)
        found = []
        with whole():
            for row in range(top, bottom + 1):
                written = {cell.column: cell for cell in self._xml.cells(row)}
                line = []
                for column in range(left, right + 1):
                    line.append(self._cell(row, column, written.get(column), ranges, arrays))
                found.append(line)
        return found

    def cell(self, address: str) -> FormCell:
        """The cell of an address. Raises ``BadInput`` for one outside of the sheet's limits."""
        try:
            row, column = place_of(address)
        except ValueError:
            row = column = 0
        if not (0 < row <= self.open_rows and 0 < column <= self.open_columns):
            raise BadInput(
                f"Trang tính “{self.name}” không có ô {address[:12]}.",
                f"Sheet “{self.name}” has no cell {address[:12]}.",
                code="no_cell",
            )
        return self.window(row, column, 1, 1)[0][0]

    def _cell(
        self,
        row: int,
        column: int,
        span: CellSpan | None,
        ranges: Mapping[tuple[int, int], Range],
        arrays: Mapping[tuple[int, int], Range],
    ) -> FormCell:
        kind = span.attributes.get("t", "n") if span else "n"
        text = span.value if span else ""
        if kind == "s":
            text = self._form.shared_text(int(text)) if text.strip().isdigit() else ""
        inside = ranges.get((row, column))
        covered, height, width = "", 1, 1
        if inside is not None:
            top, left, bottom, right = inside
            if (row, column) == (top, left):
                height, width = bottom - top + 1, right - left + 1
            else:
                covered = address_of(top, left)
        style = span.attributes.get("s", "") if span else self._style(row, column)
        return FormCell(
            address=address_of(row, column),
            row=row,
            column=column,
            text=clean(text).strip(),
            is_text=kind in ("s", "str", "inlineStr") and bool(text.strip()),
            rows=height,
            columns=width,
            covered_by=covered,
            hidden=self._hidden(row, column),
            has_formula=(span is not None and span.has_formula) or (row, column) in arrays,
            locked=self.is_protected and not self._form.is_unlocked(style),
            in_percent=self._form.is_in_percent(style),
            shown_scaled=self._form.is_shown_scaled(style),
        )

    def _about_column(self, column: int) -> dict[str, str]:
        return self._columns.get(column, {})

    def _hidden(self, row: int, column: int) -> bool:
        about = self._xml.rows.get(row)
        return _true(self._about_column(column).get("hidden")) or (
            about is not None and _true(about.attributes.get("hidden"))
        )

    def _style(self, row: int, column: int) -> str:
        """The style of a cell that is not written: that of its row, else of its column."""
        about = self._xml.rows.get(row)
        if about is not None and _true(about.attributes.get("customFormat")):
            return about.attributes.get("s", "")
        return self._about_column(column).get("style", "")

    def with_values(self, cells: Mapping[str, Filling]) -> bytes:
        """The sheet's XML with these values. Raises ``BadInput`` as :func:`fill` does."""
        filled: dict[tuple[int, int], Decimal | str] = {}
        styles: dict[tuple[int, int], str] = {}
        for address, value in cells.items():
            cell, place = self.cell(address), place_of(address)
            require_fillable(self, cell)
            written = _written(value)
            among_words = cell.has_letters and blank_in(cell.text) is not None
            filled[place] = into_blank(cell.text, written) if among_words else written
            styles[place] = self._style(*place)
        with whole():
            content = self._xml.with_cells(filled, styles)
            require_whole(content)
        return content


def open_form(data: bytes) -> Form:
    """The form in these bytes, for reading and filling; raises as :class:`Form` does."""
    return Form(data)


def fill(data: bytes, values: Mapping[str, Mapping[str, Filling]]) -> bytes:
    """The form with these values: sheet -> address -> whole number, fraction or text.

    A number is written as a number (a fraction with 15 digits), a text as a text and never as a
    formula; the cell keeps its style, and its words where it fills their blank. Raises
    ``BadInput`` for a sheet or a cell that is not there, a cell with words or a formula, one that
    a merged range covers, and one that is locked; nothing is filled then.
    """
    return Form(data).filled(values)


def require_fillable(sheet: FormSheet, cell: FormCell) -> None:
    """Raise ``BadInput`` that says why this cell is not filled."""
    if cell.has_formula:
        raise BadInput(
            f"Ô {cell.address} của “{sheet.name}” có công thức, hệ thống không ghi đè. "
            "Chọn ô khác.",
            f"Cell {cell.address} of “{sheet.name}” holds a formula and is not overwritten. "
            "Choose another cell.",
            code="formula",
            field="cell",
        )
    if cell.covered_by:
        raise BadInput(
            f"Ô {cell.address} của “{sheet.name}” nằm trong vùng gộp. Chọn ô {cell.covered_by}.",
            f"Cell {cell.address} of “{sheet.name}” lies inside a merged range. "
            f"Choose cell {cell.covered_by}.",
            code="merged",
            field="cell",
        )
    if cell.holds_words:
        said = " ".join(cell.text.split())
        said = said if len(said) <= 60 else f"{said[:59]}…"
        raise BadInput(
            f"Ô {cell.address} của “{sheet.name}” có chữ “{said}”, hệ thống không ghi đè chữ của "
            "biểu. Chọn ô trống.",
            f"Cell {cell.address} of “{sheet.name}” holds the words “{said}”; words of a form are "
            "not overwritten. Choose an empty cell.",
            code="words",
            field="cell",
        )
    if cell.locked:
        raise BadInput(
            f"Ô {cell.address} của “{sheet.name}” bị nơi gửi khóa. Chọn ô được phép điền.",
            f"Cell {cell.address} of “{sheet.name}” was locked by the sender. "
            "Choose a cell that may be filled.",
            code="locked",
            field="cell",
        )


def _written(value: Filling) -> Decimal | str:
    if isinstance(value, bool):
        raise TypeError("a cell takes a number or a text")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Fraction):
        return _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    text = clean(value)
    if len(text) > MAX_TEXT:
        raise BadInput(
            f"Một ô ghi nhiều nhất {MAX_TEXT} ký tự.", f"A cell takes at most {MAX_TEXT} letters."
        )
    return text


def _by_column(head: bytes) -> dict[int, dict[str, str]]:
    """What is said of each column, by its number. Raises ``ValueError`` where columns are told
    of more often than there are any: no program writes that."""
    found: dict[int, dict[str, str]] = {}
    told = 0
    for match in _COLUMN.finditer(head):
        about = attributes_of(match[0])
        first = max(1, int(about.get("min", 0)))
        last = min(MAX_COLUMNS, int(about.get("max", 0)))
        told += first <= last
        if told > MAX_COLUMNS:
            raise ValueError("columns lie over each other")
        for column in range(first, last + 1):
            found.setdefault(column, about)
    return found


def _require_apart(ranges: list[Range], rows: int, columns: int) -> None:
    """Refuse ranges that lie over each other again and again: a window walks every cell."""
    if len(ranges) > MAX_RANGES:
        raise too_large(f"{MAX_RANGES} vùng gộp", f"{MAX_RANGES} merged ranges")
    covered = sum(
        max(0, min(bottom, rows) - top + 1) * max(0, min(right, columns) - left + 1)
        for top, left, bottom, right in ranges
    )
    if covered > 2 * rows * columns:
        raise ValueError("ranges lie over each other")


def _in_window(
    ranges: list[Range], top: int, left: int, bottom: int, right: int
) -> dict[tuple[int, int], Range]:
    """For each place of a window the first range that covers it."""
    found: dict[tuple[int, int], Range] = {}
    for one in ranges:
        if one[0] <= bottom and one[2] >= top:
            for row in range(max(top, one[0]), min(bottom, one[2]) + 1):
                for column in range(max(left, one[1]), min(right, one[3]) + 1):
                    found.setdefault((row, column), one)
    return found


def _true(value: str | None) -> bool:
    return value in ("1", "true", "on")
