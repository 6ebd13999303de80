"""A filled spreadsheet read back: what each line gives, and what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from danchu.core.documents.filled_xlsx import FilledCell, FilledSheet, read_filled
from danchu.core.documents.forms.sheet_xml import address_of
from danchu.core.documents.marked import Mark
from danchu.core.documents.sheets_in import CellIn
from danchu.core.errors import BadInput
from danchu.reporting.figures.dictionary import Definition

from ..form_cells import is_entered
from .cell_values import Given, as_text, not_typed, plain_value, read_value
from .layout import (
    CODES,
    COMPUTED,
    FORMAT,
    HEADINGS,
    KEY,
    NAME,
    NOTHING_RECORDED,
    PERIOD_LINE,
    REASON,
    RECORDED,
    SHEET,
    UNIT,
    UNIT_LINE,
    VALUE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the file must be: the codes of the form it is taken in for."""

    unit: str
    period: str
    round: str
    dictionary: int


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What the file says of one indicator, and what its cell held when the file was made.

    ``value`` is in the unit the indicator is shown in; ``cell`` is the address of that value.
    """

    key: str
    row: int
    value: Given
    reason: str
    held: Given
    held_reason: str
    row_version: int

    @property
    def cell(self) -> str:
        """The address of the value."""
        return address_of(self.row, VALUE)

    @property
    def reason_cell(self) -> str:
        """The address of the reason."""
        return address_of(self.row, REASON)

    @property
    def is_touched(self) -> bool:
        """Whether a person changed anything in this line of the file."""
        return (self.value, self.reason) != (self.held, self.held_reason)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The file as read. With ``faults`` its lines are not to be written.

    ``ignored``: cells that the form locks and a person changed all the same; nothing is taken
    from them. ``read_as``: cells that keep a number as text, and what was read.
    """

    sheet: FilledSheet
    lines: tuple[GivenLine, ...]
    faults: tuple[Mark, ...]
    ignored: tuple[Mark, ...] = ()
    read_as: tuple[Mark, ...] = ()


def read_form(data: bytes, asked: Asked, meanings: Mapping[str, Definition]) -> FilledForm:
    """The filled form in these bytes; every wrong cell is named, and nothing is guessed.

    Raises ``BadInput`` (field "file") for a file that is no form of danchu at all.
    """
    sheets = {sheet.name: sheet for sheet in read_filled(data)}
    sheet, codes = sheets.get(SHEET), sheets.get(CODES)
    if sheet is None or codes is None:
        raise _no_form()
    top = _headings(sheet)
    if top is None:
        raise _no_form()
    known = _codes(codes)
    wrong = _other_form(known, asked)
    if wrong:
        return FilledForm(sheet, (), wrong)
    reader = _Reader(sheet, codes, meanings)
    reader.read(top + 1)
    return FilledForm(
        sheet,
        tuple(reader.lines),
        tuple(reader.faults),
        tuple(reader.ignored),
        tuple(reader.read_as),
    )


def _no_form() -> BadInput:
    return BadInput(
        "Tệp này không phải biểu tải từ danchu, hoặc cột của biểu đã bị thêm, xóa, đổi tên. Tải "
        "biểu Excel ở trang biểu số liệu, điền vào biểu ấy rồi đưa lên.",
        "This file is no form downloaded from danchu, or its columns were added to, deleted or "
        "renamed. Download the Excel form on the page of the form, fill it in and upload it.",
        code="no_form",
        field="file",
    )


def _headings(sheet: FilledSheet) -> int | None:
    """The row of the headings, from 1."""
    for row in sheet.rows[:40]:
        if tuple(cell.value for cell in row[: len(HEADINGS)]) == HEADINGS:
            return row[0].row
    return None


def _codes(sheet: FilledSheet) -> dict[str, str]:
    found = {}
    for row in sheet.rows[:5]:
        name, value = (row[0].value, row[1].value) if len(row) > 1 else (None, None)
        if isinstance(name, str) and not row[1].has_formula:
            found[name] = as_text(value)
    if found.get("danchu") != str(FORMAT):
        raise _no_form()
    return found


def _other_form(known: Mapping[str, str], asked: Asked) -> tuple[Mark, ...]:
    """What makes the file a form of somewhere or some time else."""
    faults = []
    unit, period = known.get("unit", "")[:20], known.get("period", "")[:30]
    if unit != asked.unit:
        faults.append(
            Mark(
                address_of(UNIT_LINE, 1),
                f"Biểu này là của đơn vị mã “{unit}”, không phải đơn vị đang mở (mã {asked.unit}).",
                f"This is the form of the unit with code “{unit}”, not of the unit that is open "
                f"(code {asked.unit}).",
            )
        )
    if period != asked.period or known.get("round") != asked.round:
        faults.append(
            Mark(
                address_of(PERIOD_LINE, 1),
                f"Biểu này là của kỳ “{period}”, không phải kỳ đang mở “{asked.period}”."
                if period != asked.period
                else "Biểu này là của một đợt báo cáo khác trong cùng kỳ.",
                f"This is the form of period “{period}”, not of the period that is open, "
                f"“{asked.period}”."
                if period != asked.period
                else "This is the form of another round of the same period.",
            )
        )
    if not faults and known.get("dictionary") != str(asked.dictionary):
        faults.append(
            Mark(
                address_of(1, 1),
                "Bộ chỉ tiêu đã đổi sau khi biểu này được tải. Tải biểu mới, chép số sang rồi đưa "
                "lên.",
                "The dictionary of indicators has changed since this form was downloaded. Download "
                "a new one, copy the figures over and upload it.",
            )
        )
    return tuple(faults)


class _Reader:
    """Reads line after line and never stops at a fault."""

    def __init__(
        self, sheet: FilledSheet, codes: FilledSheet, meanings: Mapping[str, Definition]
    ) -> None:
        self._sheet, self._meanings = sheet, meanings
        self._held = _held_by(codes, meanings)
        self._recorded = _recorded_by(codes)
        self._computed: set[str] = set()
        self._seen: dict[str, int] = {}
        self.lines: list[GivenLine] = []
        self.faults: list[Mark] = []
        self.ignored: list[Mark] = []
        self.read_as: list[Mark] = []

    def read(self, first: int) -> None:
        """Take every row from this one on."""
        for row in range(first, len(self._sheet.rows) + 1):
            self._take(row)
        for key in self._held:
            if key not in self._seen:
                meaning = self._meanings[key]
                self._wrong(
                    address_of(first - 1, NAME),
                    f"Biểu thiếu dòng “{meaning.name_vi}”. Tải lại biểu hoặc chép lại dòng ấy từ "
                    "bản gốc.",
                    f"The form lacks the line “{meaning.name_en}”. Download it again or copy the "
                    "line back.",
                )

    def _wrong(self, cell: str, vi: str, en: str) -> None:
        self.faults.append(Mark(cell, vi, en))

    def _take(self, row: int) -> None:
        value, reason = self._sheet.cell(row, VALUE), self._sheet.cell(row, REASON)
        code = self._sheet.cell(row, KEY)
        key = code.value
        if key is None and not code.has_formula:
            if value.value is not None or reason.value is not None or value.has_formula:
                at = value if value.value is not None or value.has_formula else reason
                self._wrong(
                    at.address,
                    "Dòng này không có mã chỉ tiêu, không rõ là số gì. Ghi vào dòng của biểu.",
                    "This row carries no indicator. Write into the rows of the form.",
                )
            return
        if not isinstance(key, str) or code.has_formula or code.merged:
            self._unknown(code)
        elif key in self._seen:
            self._wrong(
                value.address,
                f"Chỉ tiêu này đã có ở dòng {self._seen[key]}. Giữ một dòng, xóa dòng kia.",
                f"Row {self._seen[key]} holds the same indicator. Keep one row, delete the other.",
            )
        elif key in self._held:
            self._seen[key] = row
            self._locked(row, key)
            self._line(key, value, reason)
        elif key not in self._meanings or is_entered(self._meanings[key]):
            self._unknown(code)
        elif key not in self._computed:
            self._computed.add(key)
            self._locked(row, key)
            self._not_taken(
                value, COMPUTED, "dòng này hệ thống tự tính", "the system computes this line"
            )

    def _locked(self, row: int, key: str) -> None:
        """Note what was changed in the cells of a line that only say what is asked."""
        meaning = self._meanings[key]
        for column, words in ((NAME, meaning.name_vi), (UNIT, meaning.unit_vi)):
            cell = self._sheet.cell(row, column)
            self._not_taken(cell, words, "ô này chỉ để đọc", "this cell is only to be read")
        held = self._recorded.get(key)
        if held is not None:
            self._not_taken(
                self._sheet.cell(row, RECORDED),
                None if held == NOTHING_RECORDED else held,
                f"đây là số tính từ hồ sơ; nộp số khác thì ghi ở cột “{HEADINGS[VALUE - 1]}” kèm "
                "lý do",
                f"this is what the records give; another number goes into “{HEADINGS[VALUE - 1]}” "
                "with its reason",
            )

    def _not_taken(self, cell: FilledCell, held: CellIn, vi: str, en: str) -> None:
        if not cell.has_formula and plain_value(cell.value) == plain_value(held):
            return
        said = "công thức" if cell.has_formula else f"“{as_text(cell.value)[:40]}”"
        said_en = "a formula" if cell.has_formula else f"“{as_text(cell.value)[:40]}”"
        if not cell.has_formula and cell.value is None:
            said, said_en = "ô trống", "nothing"
        self.ignored.append(
            Mark(
                cell.address,
                f"Tệp ghi {said}, không lấy: {vi}.",
                f"The file says {said_en}, which is not taken: {en}.",
            )
        )

    def _unknown(self, code: FilledCell) -> None:
        self._wrong(
            code.address,
            f"Mã chỉ tiêu “{as_text(code.value)[:60]}” không có trong biểu này.",
            f"The indicator “{as_text(code.value)[:60]}” is not in this form.",
        )

    def _line(self, key: str, value: FilledCell, reason: FilledCell) -> None:
        before = len(self.faults)
        self.faults += filter(None, map(not_typed, (value, reason)))
        if len(self.faults) > before:
            return
        read = read_value(self._meanings[key], value)
        if read.read_as is not None:
            self.read_as.append(read.read_as)
        if read.fault is not None:
            self.faults.append(read.fault)
            return
        held, held_reason, version = self._held[key]
        self.lines.append(
            GivenLine(
                key,
                value.row,
                read.given,
                as_text(reason.value),
                plain_value(held),
                held_reason,
                version,
            )
        )


def _held_by(
    codes: FilledSheet, meanings: Mapping[str, Definition]
) -> dict[str, tuple[CellIn, str, int]]:
    """key -> value and reason of the cell when the file was made, and the version it had."""
    found: dict[str, tuple[CellIn, str, int]] = {}
    for row in codes.rows[5:]:
        cells = [cell.value for cell in row] + [None] * 4
        key, version = cells[0], cells[1]
        if not isinstance(key, str) or not isinstance(version, int) or key in found:
            raise _no_form()
        if key not in meanings or any(cell.has_formula for cell in row):
            raise _no_form()
        if is_entered(meanings[key]):
            found[key] = (cells[2], as_text(cells[3]), version)
    return found


def _recorded_by(codes: FilledSheet) -> dict[str, CellIn]:
    """key -> what the records gave when the file was made; nothing in older files."""
    return {
        str(row[0].value): row[4].value
        for row in codes.rows[5:]
        if len(row) > 4 and row[4].value is not None
    }
