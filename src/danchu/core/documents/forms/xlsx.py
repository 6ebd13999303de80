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
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from danchu.core.errors import BadInput

from ..wording import clean
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
from .workbook import computing_anew, plain, shared_texts, sheet_parts, unlocked_styles

MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_TEXT = 32_767  # characters of a cell, of the format itself
_DIGITS = Context(prec=15)  # what a spreadsheet keeps of a number

_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\b[^>]*?\bref=["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_ARRAY = re.compile(rb"""<(?:[\w.-]+:)?f\b[^>]*?\bref=["']([A-Z]+\d+)(?::([A-Z]+\d+))?["'][^>]*>""")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_PROTECTION = re.compile(rb"<(?:[\w.-]+:)?sheetProtection\b[^>]*>")


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell as it is shown for mapping. ``rows`` × ``columns`` is its merged range."""

    address: str
    row: int
    column: int
    text: str
    is_text: bool  # words, not a number
    rows: int = 1
    columns: int = 1
    covered_by: str = ""  # the first cell of the merged range that covers this one
    hidden: bool = False
    has_formula: bool = False
    locked: bool = False  # by the protection of its sheet

    @property
    def may_be_filled(self) -> bool:
        """Whether :func:`fill` takes this cell."""
        return not (self.covered_by or self.has_formula or self.locked)


class Form:
    """An XLSX form opened for reading; sheets are named as in the file.

    Raises ``BadInput`` (field "file") for what is no XLSX, is broken, protected as a whole, signed,
    or larger than the limits of this module.
    """

    def __init__(self, data: bytes) -> None:
        with whole():
            self._package = opened(data, "xl/workbook.xml")
            require_self_contained(self._package)
            self._parts = sheet_parts(self._package)
            self._texts: list[str] | None = None
            self._unlocked: frozenset[str] | None = None
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
        self._columns = [attributes_of(m[0]) for m in _COLUMN.finditer(self._xml.head)]
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

    def window(self, top: int, left: int, rows: int, columns: int) -> list[list[FormCell]]:
        """The cells of a part of the sheet, row by row, empty ones too; never past its limits."""
        bottom = min(self.rows, top + rows - 1)
        right = min(self.columns, left + columns - 1)
        ranges = [r for r in self._merged if r[0] <= bottom and r[2] >= top]
        arrays = [r for r in self._arrays if r[0] <= bottom and r[2] >= top]
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
        if not (0 < row <= self.rows and 0 < column <= self.columns):
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
        ranges: list[tuple[int, int, int, int]],
        arrays: list[tuple[int, int, int, int]],
    ) -> FormCell:
        kind = span.attributes.get("t", "n") if span else "n"
        text = span.value if span else ""
        if kind == "s":
            text = self._form.shared_text(int(text)) if text.strip().isdigit() else ""
        inside = _range_of(row, column, ranges)
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
            has_formula=(span is not None and span.has_formula)
            or _range_of(row, column, arrays) is not None,
            locked=self.is_protected and not self._form.is_unlocked(style),
        )

    def _about_column(self, column: int) -> dict[str, str]:
        for about in self._columns:
            if int(about.get("min", 0)) <= column <= int(about.get("max", 0)):
                return about
        return {}

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
            require_fillable(self, self.cell(address))
            place = place_of(address)
            filled[place] = _written(value)
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
    formula; the cell keeps its style. Raises ``BadInput`` for a sheet or a cell that is not
    there, a cell with a formula, one that a merged range covers, and one that is locked; nothing
    is filled then.
    """
    return Form(data).filled(values)


def require_fillable(sheet: FormSheet, cell: FormCell) -> None:
    """Raise ``BadInput`` that says why this cell is not filled."""
    if cell.has_formula:
        raise BadInput(
            f"Ô {cell.address} của “{sheet.name}” có công thức, danchu không ghi đè. Chọn ô khác.",
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


def _range_of(
    row: int, column: int, ranges: list[tuple[int, int, int, int]]
) -> tuple[int, int, int, int] | None:
    for found in ranges:
        if found[0] <= row <= found[2] and found[1] <= column <= found[3]:
            return found
    return None


def _true(value: str | None) -> bool:
    return value in ("1", "true", "on")
