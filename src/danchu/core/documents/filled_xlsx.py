"""A form that was sent out as a spreadsheet and comes back filled: each cell as it was written.

A form of an office has some hundred rows. What is larger than any form is refused before it is
laid out, so that neither a sheet of a million rows nor a swollen package costs memory.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from danchu.core.errors import BadInput
from danchu.core.unpacking import DAMAGE, BoundedZip

from .forms.sheet_xml import address_of
from .forms.xlsx import FormCell, open_form
from .sheets_in import CellIn, read_xlsx
from .wording import clean

MAX_BYTES = 1_000_000
MAX_UNPACKED = 10_000_000
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_CELLS = 40_000  # written ones, of all sheets

_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell as it came back.

    ``value`` of a cell with a formula is what was stored beside it: it proves nothing.
    ``merged``: the cell lies in a merged range. ``shown_scaled``: its format shows a number in
    thousands or millions, without saying so.
    """

    row: int
    column: int
    value: CellIn
    has_formula: bool = False
    merged: bool = False
    shown_scaled: bool = False

    @property
    def address(self) -> str:
        """ "D14"."""
        return address_of(self.row, self.column)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet as it came back, rows and columns from the first on."""

    name: str
    hidden: bool
    rows: tuple[tuple[FilledCell, ...], ...]

    def cell(self, row: int, column: int) -> FilledCell:
        """The cell of a row and a column, both from 1; an empty one where nothing is written."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return FilledCell(row, column, None)


def read_filled(data: bytes) -> list[FilledSheet]:
    """The sheets of an XLSX file in its order, every cell with its formula and merging.

    Numbers, days and texts come as :func:`read_xlsx` gives them. Raises ``BadInput`` (field
    "file") for a file that is broken, locked, of another kind, signed, or larger than a form.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    _require_small(data)
    try:
        values = {sheet.name: sheet.rows for sheet in read_xlsx(data)}
        form = open_form(data)
    except BadInput as refusal:
        raise too_large() if refusal.code == "too_large" else refusal from None
    found = []
    for name, sheet in form.sheets.items():
        if sheet.rows > MAX_ROWS or sheet.columns > MAX_COLUMNS:
            raise too_large()
        rows = values.get(clean(name), ())
        window = sheet.window(1, 1, sheet.rows, sheet.columns)
        found.append(
            FilledSheet(
                clean(name),
                sheet.hidden,
                tuple(tuple(_cell(cell, rows) for cell in line) for line in window),
            )
        )
    return found


def _require_small(data: bytes) -> None:
    """Refuse what is large before it is read for good: counting costs a hundredth of it."""
    try:
        with BoundedZip(io.BytesIO(data)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise too_large()
            parts = [package.read(entry) for entry in entries]
    except DAMAGE:
        return  # what it is instead, the reader says
    if any(sum(1 for _ in _ROW.finditer(part)) > MAX_ROWS for part in parts):
        raise too_large()
    if sum(1 for part in parts for _ in _CELL.finditer(part)) > MAX_CELLS:
        raise too_large()


def _cell(cell: FormCell, rows: tuple[tuple[CellIn, ...], ...]) -> FilledCell:
    line = rows[cell.row - 1] if cell.row <= len(rows) else ()
    value = line[cell.column - 1] if cell.column <= len(line) else None
    return FilledCell(
        row=cell.row,
        column=cell.column,
        # What the reader gives nothing for is what stands in the cell.
        value=cell.text or None if value is None else value,
        has_formula=cell.has_formula,
        merged=bool(cell.covered_by) or cell.rows > 1 or cell.columns > 1,
        shown_scaled=cell.shown_scaled,
    )


def too_large() -> BadInput:
    """The refusal of a file that is larger than any form."""
    return BadInput(
        "Tệp lớn hơn một biểu: nhiều nhất 1 MB, 2.000 dòng, 60 cột. Tải lại biểu, điền vào biểu "
        "ấy và không thêm dòng, ảnh hay trang tính.",
        "The file is larger than a form: at most 1 MB, 2,000 rows, 60 columns. Download the form "
        "again, fill that one in, and add no rows, pictures or sheets.",
        code="too_large",
        field="file",
    )
