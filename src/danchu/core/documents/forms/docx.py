"""Somebody else's form in Word: opened to be mapped, filled and sent back.

Only the text of the filled places changes; the formatting of their runs stays, and so does every
byte of the other parts of the package. Two things go with a filled place, because they would undo
it: a merge field becomes the text it shows, and a content control is no longer bound to data kept
elsewhere. Fields that compute lose the result of the empty form and are computed anew.

Places in text boxes, headers, footers and notes are not offered.
"""

from __future__ import annotations

from collections.abc import Mapping

from danchu.core.errors import BadInput

from .common import broken, encoded_anew, opened, parsed, repacked, too_large, whole
from .outside import require_self_contained
from .word_blocks import (
    RUNNING_TEXT,
    Block,
    BlockReader,
    WordCell,
    WordParagraph,
    WordPlace,
    WordTable,
    paragraphs_of,
    require_small,
)
from .word_filling import cuts_of
from .word_xml import MAX_BYTES, cut, read_tree

MAIN = "word/document.xml"
_SETTINGS = "word/settings.xml"


class WordForm:
    """A DOCX form opened for reading. ``blocks`` are its paragraphs and tables in their order.

    Raises ``BadInput`` (field "file") for what is no DOCX, is broken, signed, larger than the
    limits, runs something or fetches something when it is opened.
    """

    kind = "docx"

    def __init__(self, data: bytes) -> None:
        with whole():
            self._package = opened(data, MAIN)
            if self._package.getinfo(MAIN).file_size > 2 * MAX_BYTES:
                raise too_large("16 MB chữ", "16 MB of text")
            require_self_contained(self._package)
            self._content = encoded_anew(self._package.read(MAIN))
            require_small(self._content)
            root = read_tree(self._content)
            body = root.first("body")
            if root.tag != "document" or body is None:
                raise broken()
            edit = self._protection()
            reader = BlockReader(
                body, locked=edit in ("readOnly", "comments"), fields_only=edit == "forms"
            )
        self.blocks: list[Block] = reader.blocks
        self.tables: list[WordTable] = reader.tables
        self.running: list[WordPlace] = reader.running
        self.has_formulas = any(said.said.computed for said in paragraphs_of(self.blocks))
        self._cells = {
            (table.number + 1, cell.address): cell
            for table in reader.tables
            for row in table.rows
            for cell in row
        }

    def _protection(self) -> str:
        """What the sender lets others change: "forms", "readOnly", "comments", "" for all."""
        if _SETTINGS not in self._package.namelist():
            return ""
        about = parsed(self._package, _SETTINGS).find("{*}documentProtection")
        if about is None:
            return ""
        said = {name.rpartition("}")[2]: value for name, value in about.attrib.items()}
        return said.get("edit", "") if said.get("enforcement") in ("1", "true", "on") else ""

    def cell(self, sheet: int, address: str) -> WordCell | None:
        """The cell of a table, a covered one as the cell that covers it; None for none."""
        found = self._cells.get((sheet, address))
        if found is not None and found.covered_by:
            return self._cells.get((sheet, found.covered_by))
        return found

    def cell_around(self, place: WordPlace) -> tuple[int, WordCell] | None:
        """The number and the cell of the table in which a place of the running text stands."""
        for (sheet, _address), cell in self._cells.items():
            for block in cell.blocks:
                if isinstance(block, WordParagraph) and block.said is place.said:
                    return sheet, cell
        return None

    def place(self, sheet: int, address: str) -> WordPlace:
        """The place of this address (:class:`WordPlace`). Raises ``BadInput`` when there is
        none, and says why where a cell is no place."""
        if sheet == RUNNING_TEXT:
            if address.isdecimal() and 0 < int(address[:6]) <= len(self.running):
                found = self.running[int(address[:6]) - 1]
                if found.address == address:
                    return found
            raise _no_place()
        cell = self.cell(sheet, address)
        if cell is None:
            raise _no_place()
        if cell.place is None:
            raise BadInput(
                f"Ô {address[:12]} của bảng {sheet - 1} có chữ hoặc công thức, hệ thống không ghi "
                "đè. Chọn ô khác hoặc chỗ trống trong ô.",
                f"Cell {address[:12]} of table {sheet - 1} holds words or a formula and is not "
                "overwritten. Choose another cell or a blank in it.",
                code="words",
                field="cell",
            )
        return cell.place

    def require_fillable(self, sheet: int, address: str) -> None:
        """Raise ``BadInput`` that says why nothing is filled there."""
        place = self.place(sheet, address)
        if place.address != address:
            raise BadInput(
                f"Ô {address[:12]} nằm trong vùng gộp. Chọn ô {place.address}.",
                f"Cell {address[:12]} lies inside a merged range. Choose cell {place.address}.",
                code="merged",
                field="cell",
            )
        if place.locked:
            raise BadInput(
                "Chỗ này bị nơi gửi khóa. Chọn chỗ được phép điền.",
                "This place was locked by the sender. Choose one that may be filled.",
                code="locked",
                field="cell",
            )

    def filled(self, values: Mapping[tuple[int, str], str]) -> bytes:
        """The package with these texts: (sheet, address) -> what is written there.

        Raises ``BadInput`` for a place that is not there or not for filling; nothing is filled
        then.
        """
        changes = []
        for (sheet, address), text in values.items():
            self.require_fillable(sheet, address)
            changes.append((self.place(sheet, address), text))
        if not changes:
            return repacked(self._package, {})
        with whole():
            cuts = cuts_of(self._content, changes, paragraphs_of(self.blocks))
            content = cut(self._content, cuts)
            read_tree(content)
        return repacked(self._package, {MAIN: content})


def _no_place() -> BadInput:
    return BadInput(
        "Biểu mẫu không có chỗ này.", "The form has no such place.", code="no_cell", field="cell"
    )
