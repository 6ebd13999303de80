"""Spreadsheets in: XLSX read by calamine, after proof that it cannot ask for all the memory.

The reader lays a sheet out as a full rectangle up to its last cell, so one cell in the far corner
of a tiny file costs gigabytes. Each sheet is therefore walked first, and only the parts that
hold cells, packed anew, reach the reader: nothing it sees differs from what was counted.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any, TypeAlias

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from danchu.core.errors import BadInput
from danchu.core.package_parts import parser_of_parts, require_quiet_package
from danchu.core.unpacking import ReadOnce, require_inside, require_sober

from .percent_cells import first_shown_scaled, percent_styles, scaled_styles, shown_in_percent
from .wording import clean

CellIn: TypeAlias = str | int | Decimal | bool | dt.date | dt.datetime | None

MAX_BYTES = 20_000_000
MAX_SHEETS = 50
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
MAX_LETTERS = 50_000_000

_EXACT = 2**53
_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_NEEDED = re.compile(r"\.(xml|rels)$", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# A cell that holds an error. The reader gives nothing for it; as a text it comes as it stands.
_ERROR_CELL = re.compile(
    rb"""(<(?:[\w.-]+:)?c\s(?:[^<>"']|"[^<"]*"|'[^<']*')*?\bt=["'])e(?=["'])"""
)
# What measures a row or column: the least that can be read (points, letters), and its attributes.
_MEASURES: dict[str, tuple[float | str, ...]] = {
    "row": (1.5, "ht"),
    "col": (0.3, "width"),
    "sheetFormatPr": (0.3, "defaultColWidth", "defaultRowHeight"),
}
_ERROR = re.compile(r"#(?:[A-Z]+[!?]|DIV/0!|N/A|GETTING_DATA)")


@dataclass(frozen=True, slots=True)
class SheetIn:
    """A sheet as read: rows from the first on, each as wide as the sheet; empty cells are None."""

    name: str
    rows: tuple[tuple[CellIn, ...], ...]
    hidden: bool = False


def read_xlsx(data: bytes, *, all_shown: bool = False) -> list[SheetIn]:
    """The sheets of an XLSX file, in its order.

    ``all_shown``: for what is published; hidden rows or columns are refused (code "hidden"),
    because people hide exactly what is not meant for everybody, and so are numbers whose format
    shows only their thousands or millions (code "scaled"): readers would be given another number.

    Whole numbers come back as ``int``, other numbers as the ``Decimal`` that was written, days
    as dates; text is in NFC, trimmed. A formula comes back as the value stored with it, an error
    as the text that is shown ("#DIV/0!", :func:`is_error`), and so does a number that is shown in
    percent ("95%"). Raises ``BadInput`` for a file that
    is broken, protected by a password, of another kind, or larger than the limits of this module.
    """
    packed = _checked(data, all_shown)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(packed)) as book:
            return [
                SheetIn(
                    name=clean(about.name),
                    rows=_rows(book.get_sheet_by_index(index)),
                    hidden=about.visible != SheetVisibleEnum.Visible,
                )
                for index, about in enumerate(book.sheets_metadata)
            ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is not an Exception
        raise _broken() from error


def is_error(value: object) -> bool:
    """Whether a spreadsheet shows this in the place of a value that it could not compute."""
    return isinstance(value, str) and _ERROR.fullmatch(value) is not None


def _rows(sheet: Any) -> tuple[tuple[CellIn, ...], ...]:
    rows = [tuple(_value(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return tuple(rows)


def _value(cell: Any) -> CellIn:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) <= _EXACT:
            return int(cell)
        return Decimal(repr(cell))
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else cell
    if isinstance(cell, int | dt.date):
        return cell
    return clean(str(cell)).strip() or None


# ---- before reading ------------------------------------------------------------------------


def _checked(data: bytes, all_shown: bool) -> bytes:
    """The file packed anew with only what holds cells, or the reason why it is not read."""
    if len(data) > MAX_BYTES:
        raise _too_large(f"{MAX_BYTES // 1_000_000} MB")
    if data.startswith(_OLD_OFFICE):
        raise BadInput(
            "Tệp này là .xls cũ hoặc có mật khẩu. Mở bằng chương trình bảng tính, bỏ mật khẩu, "
            "lưu thành .xlsx rồi gửi lại.",
            "This file is an old .xls or has a password. Open it, remove the password, save it "
            "as .xlsx and send it again.",
            code="not_xlsx",
            field="file",
        )
    packed = io.BytesIO()
    try:
        with (
            ReadOnce(data) as source,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target,
        ):
            require_sober(source, len(data))
            _copy(source, target, all_shown)
    except (BadInput, MemoryError):
        raise
    except Exception as error:  # zip, deflate and XML each have their own ways to be broken
        raise _broken() from error
    return packed.getvalue()


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile, all_shown: bool) -> None:
    require_inside(source.namelist())
    entries = [entry for entry in source.infolist() if _NEEDED.search(entry.filename)]
    names = [entry.filename.lower() for entry in entries]
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise _broken()
    require_quiet_package(source)
    contents = [source.read(entry) for entry in entries]
    in_percent = percent_styles(contents)
    scaled = scaled_styles(contents) if all_shown else frozenset()
    for entry, content in zip(entries, contents, strict=True):
        shown = shown_in_percent(_ERROR_CELL.sub(rb"\1str", content), in_percent)
        target.writestr(entry.filename, shown)
        address = first_shown_scaled(content, scaled)
        if address is not None:
            raise _scaled(address)
    # A sheet or a list of texts may have any name: what is in a part counts, not where it lies.
    lengths: list[int] = []
    for content in contents:
        here = _string_lengths(content)
        lengths[: len(here)] = [
            max(same) for same in zip_longest(here, lengths[: len(here)], fillvalue=0)
        ]
    sheets = cells = letters = 0
    for content in contents:
        walk = _Walk(lengths)
        walk.parse(content)
        if all_shown and walk.hides:
            raise _hidden()
        sheets += walk.sheets
        cells += (walk.last_row + 1) * (walk.last_column + 1)
        letters += walk.letters
        if sheets > MAX_SHEETS:
            raise _too_large(f"{MAX_SHEETS} trang tính")
        if cells > MAX_CELLS:
            raise _too_large(f"{MAX_CELLS} ô")
        if letters > MAX_LETTERS:
            raise _too_large(f"{MAX_LETTERS // 1_000_000} triệu chữ")


class _Walk:
    """One walk over a part: its sheet's last row and column, and the letters of shared texts."""

    def __init__(self, lengths: list[int]) -> None:
        self.sheets = 0
        self.last_row = -1
        self.last_column = -1
        self.letters = 0
        self.hides = False
        self._lengths = lengths
        self._row = self._column = -1
        self._cells = 0
        self._shared = False
        self._index: list[str] | None = None

    def parse(self, content: bytes) -> None:
        parser = parser_of_parts()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in _MEASURES and _hides(tag, attributes):
            self.hides = True
        if tag == "sheetData":
            self.sheets += 1
        elif not self.sheets:
            return
        elif tag == "row":
            number = attributes.get("r")
            self._row = int(number) - 1 if number else self._row + 1
            self._column = -1
            self._note()
        elif tag == "c":
            reference = attributes.get("r")
            if reference:
                self._column, self._row = _place(reference)
            else:
                self._column += 1
            self._cells += 1
            self._shared = attributes.get("t") == "s"
            self._note()
        elif tag == "v" and self._shared:
            self._index = []

    def _note(self) -> None:
        self.last_row = max(self.last_row, self._row)
        self.last_column = max(self.last_column, self._column)
        if self.last_row >= MAX_ROWS:
            raise _too_large(f"{MAX_ROWS} dòng")
        if self.last_column >= MAX_COLUMNS:
            raise _too_large(f"{MAX_COLUMNS} cột")
        if self._cells > MAX_CELLS:
            raise _too_large(f"{MAX_CELLS} ô")

    def _text(self, text: str) -> None:
        if self._index is not None:
            self._index.append(text)

    def _end(self, name: str) -> None:
        if self._index is not None and name.rpartition(":")[2] == "v":
            index = int("".join(self._index).strip() or -1)
            if 0 <= index < len(self._lengths):
                self.letters += self._lengths[index]
            self._index = None


def _hides(tag: str, attributes: dict[str, str]) -> bool:
    """Whether nobody sees what stands in such a row or column: hidden, or of no size."""
    if any(attributes.get(name, "").strip() in ("1", "true") for name in ("hidden", "zeroHeight")):
        return True
    least, *names = _MEASURES[tag]
    for name in names:
        try:
            if float(attributes.get(str(name), least)) < float(least):
                return True
        except ValueError:
            return True
    return False


def _string_lengths(content: bytes) -> list[int]:
    """The number of letters of each shared text."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = parser_of_parts()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(content, True)
    return lengths


def _place(reference: str) -> tuple[int, int]:
    """Column and row, from 0, of "B7"."""
    match = _REFERENCE.match(reference)
    if match is None:
        raise _broken()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(match[2]) - 1


def _hidden() -> BadInput:
    return BadInput(
        "Trang tính có dòng hoặc cột bị ẩn hoặc thu hẹp đến không đọc được. Bỏ ẩn nếu muốn công "
        "khai, hoặc xóa đi, rồi gửi lại; chưa có gì được lưu.",
        "The sheet has rows or columns that are hidden or too narrow to be read. Show them if "
        "they are to be published, or delete them, and send it again; nothing was saved.",
        code="hidden",
        field="file",
    )


def _scaled(address: str) -> BadInput:
    where = (f"Ô {address}", f"Cell {address}") if address else ("Một ô", "A cell")
    return BadInput(
        f"{where[0]} có định dạng số chỉ hiện phần nghìn hoặc phần triệu (như #,##0,), nên số "
        "trong ô lớn hơn số nhìn thấy. Đặt lại định dạng số thường cho mọi ô như vậy, xem lại con "
        "số và đơn vị rồi gửi lại; chưa có gì được lưu.",
        f"{where[1]} has a format that shows only thousands or millions (like #,##0,), so that it "
        "holds a larger number than is seen. Format all such cells as plain numbers, look at the "
        "numbers and their unit, and send it again; nothing was saved.",
        code="scaled",
        field="file",
    )


def _broken() -> BadInput:
    return BadInput(
        "Không đọc được tệp: tệp hỏng hoặc không phải bảng tính .xlsx. Mở bằng chương trình bảng "
        "tính, lưu thành .xlsx rồi gửi lại.",
        "The file cannot be read: it is damaged or not an .xlsx sheet. Open it, save it as .xlsx "
        "and send it again.",
        code="broken_file",
        field="file",
    )


_IN_ENGLISH = (
    (" trang tính", " sheets"),
    (" dòng", " rows"),
    (" cột", " columns"),
    (" ô", " cells"),
    (" triệu chữ", " million letters"),
)


def _too_large(limit: str) -> BadInput:
    english = limit
    for vietnamese, word in _IN_ENGLISH:
        english = english.replace(vietnamese, word)
    return BadInput(
        f"Tệp vượt giới hạn {limit}. Chia nhỏ hoặc xóa phần trống rồi gửi lại.",
        f"The file is over the limit of {english}. Divide it or delete the empty part and send "
        "it again.",
        code="too_large",
        field="file",
    )
