"""A Word document as it is read: paragraphs and tables in their order, and every place in them.

The tables are counted through the document, those inside of others too. A cell that says nothing
in words is a place; in a cell with words the blanks between them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from .common import too_large
from .sheet_xml import address_of
from .word_text import (
    CELL,
    TAB,
    Span,
    Text,
    TextReader,
    is_locked,
    shows_placeholder,
)
from .word_xml import Element, number_in

MAX_TABLES = 300
MAX_CELLS = 20_000
MAX_COLUMNS = 100
MAX_NESTED = 6  # tables in tables
MAX_PLACES = 5_000  # in the running text
MAX_PARAGRAPHS = 30_000  # in tables and between them
RUNNING_TEXT = 1  # the number under which the places between words are counted

_WRAPS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


@dataclass(slots=True, eq=False)
class WordPlace:
    """A place to be filled: in the running text counted from 1, in a table the cell's address.

    ``sheet``: 1 for the running text, 2 for the first table, 3 for the second. ``text`` is what
    stands in it.
    """

    sheet: int
    address: str
    kind: str
    text: str
    said: Text
    span: Span | None = None
    cell: WordCell | None = None
    locked: bool = False

    @property
    def may_be_filled(self) -> bool:
        """Whether the sender left it open."""
        return not self.locked


@dataclass(slots=True, eq=False)
class WordParagraph:
    """A paragraph with the places in it, in their order."""

    said: Text
    places: list[WordPlace] = field(default_factory=list)

    @property
    def pieces(self) -> list[tuple[str, WordPlace | None]]:
        """The text cut at its places; the dots of a blank belong to the place."""
        found: list[tuple[str, WordPlace | None]] = []
        at = 0
        for place in self.places:
            span = place.span
            if span is None:
                continue
            found += [(self.said.text[at : span.start], None), (place.text, place)]
            at = span.end
        found.append((self.said.text[at:], None))
        return [(text, place) for text, place in found if text or place]


@dataclass(slots=True, eq=False)
class WordCell:
    """A cell of a table. ``rows`` × ``columns`` is what it covers; row and column from 1."""

    element: Element
    row: int
    column: int
    columns: int
    rows: int = 1
    covered_by: str = ""
    control: Element | None = None
    blocks: list[Block] = field(default_factory=list)
    place: WordPlace | None = None

    @property
    def address(self) -> str:
        """ "C5", as in a spreadsheet."""
        return address_of(self.row, self.column)

    @property
    def text(self) -> str:
        """What the cell says itself, a line for every paragraph."""
        lines = [block.said.text for block in self.blocks if isinstance(block, WordParagraph)]
        return "\n".join(lines).strip()

    @property
    def has_formula(self) -> bool:
        """Whether a field in it computes."""
        return any(
            bool(block.said.computed) for block in self.blocks if isinstance(block, WordParagraph)
        )


@dataclass(slots=True, eq=False)
class WordTable:
    """A table; ``number`` counts from 1 through the document."""

    number: int
    rows: list[list[WordCell]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """How many columns its grid has."""
        return max((cell.column + cell.columns - 1 for row in self.rows for cell in row), default=0)


Block: TypeAlias = WordParagraph | WordTable


_CELL = re.compile(rb"<(?:[\w.-]+:)?tc[\s/>]")
_PARAGRAPH = re.compile(rb"<(?:[\w.-]+:)?p[\s/>]")


def require_small(content: bytes) -> None:
    """Refuse what is larger than any form before it is read: counting costs a hundredth of it.

    Raises ``BadInput``.
    """
    if sum(1 for _ in _CELL.finditer(content)) > MAX_CELLS:
        raise too_large(f"{MAX_CELLS} ô", f"{MAX_CELLS} cells")
    if sum(1 for _ in _PARAGRAPH.finditer(content)) > MAX_PARAGRAPHS:
        raise too_large(f"{MAX_PARAGRAPHS} đoạn", f"{MAX_PARAGRAPHS} paragraphs")


class BlockReader:
    """Reads the body of a document; ``places`` and ``tables`` are those of all of it."""

    def __init__(self, body: Element, *, locked: bool, fields_only: bool) -> None:
        self.tables: list[WordTable] = []
        self._locked, self._fields_only = locked, fields_only
        self._reader = TextReader()
        self._cells = self._nested = 0
        self.blocks = self._read(body)
        self.running = [place for said in paragraphs_of(self.blocks) for place in said.places]
        if len(self.running) > MAX_PLACES:
            raise too_large(f"{MAX_PLACES} chỗ trống", f"{MAX_PLACES} blanks")
        for number, place in enumerate(self.running, 1):
            place.address = str(number)

    def _read(self, parent: Element, control: Element | None = None) -> list[Block]:
        found: list[Block] = []
        for child in parent.children:
            if child.tag == "p":
                found.append(self._paragraph(child, control))
            elif child.tag == "tbl":
                found.append(self._table(child))
            elif child.tag == "sdt":
                content = child.first("sdtContent")
                if content is not None:
                    only = [each.tag for each in content.children] == ["p"]
                    before, self._locked = self._locked, self._locked or is_locked(child)
                    found += self._read(content, child if only else None)
                    self._locked = before
            elif child.tag in _WRAPS:
                found += self._read(child)
        return found

    def _paragraph(self, element: Element, control: Element | None) -> WordParagraph:
        paragraph = WordParagraph(self._reader.read(element, control))
        for span in paragraph.said.spans:
            place = WordPlace(
                RUNNING_TEXT,
                "",
                span.kind,
                "" if span.kind == TAB else paragraph.said.text[span.start : span.end],
                paragraph.said,
                span=span,
                locked=self._is_locked(span),
            )
            paragraph.places.append(place)
        return paragraph

    def _is_locked(self, span: Span) -> bool:
        """By the sender: the whole document, all but its form fields, or a content control."""
        asks = span.control is not None or (span.field and span.field.kind == "FORMTEXT")
        return span.locked or self._locked or (self._fields_only and not asks)

    def _table(self, element: Element) -> WordTable:
        table = WordTable(len(self.tables) + 1)
        self.tables.append(table)
        if len(self.tables) > MAX_TABLES:
            raise too_large(f"{MAX_TABLES} bảng", f"{MAX_TABLES} tables")
        above: dict[int, WordCell] = {}  # the cell that goes on downwards, by column
        self._nested += 1
        if self._nested > MAX_NESTED:
            raise too_large(f"{MAX_NESTED} bảng lồng nhau", f"{MAX_NESTED} tables in tables")
        for row, _control in _within(element, "tr"):
            line = self._row(table, row, above)
            if row.first("trPr", "del") is None:  # a row that was deleted is not shown
                table.rows.append(line)
        self._nested -= 1
        for line in table.rows:
            for cell in line:
                self._offer(table, cell)
        return table

    def _row(self, table: WordTable, row: Element, above: dict[int, WordCell]) -> list[WordCell]:
        column = 1 + number_in(row.value("trPr", "gridBefore"))
        line: list[WordCell] = []
        for element, control in _within(row, "tc"):
            about = element.first("tcPr")
            width = max(1, number_in(element.value("tcPr", "gridSpan")))
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise too_large(f"{MAX_CELLS} ô", f"{MAX_CELLS} cells")
            if column + width - 1 > MAX_COLUMNS:
                raise too_large(f"{MAX_COLUMNS} cột", f"{MAX_COLUMNS} columns")
            cell = WordCell(element, len(table.rows) + 1, column, width, control=control)
            if about is not None:
                _merge(cell, about, above, line)
            cell.blocks = self._read(element)
            line.append(cell)
            column += width
        return line

    def _offer(self, table: WordTable, cell: WordCell) -> None:
        """Make a cell a place when it says nothing in words."""
        paragraphs = [block for block in cell.blocks if isinstance(block, WordParagraph)]
        if cell.covered_by or len(paragraphs) != len(cell.blocks) or not paragraphs:
            return
        control = cell.control
        hint = control is not None and shows_placeholder(control)
        for block in paragraphs:
            said = block.said
            plain = all(span.kind == "blank" for span in said.spans)
            if not plain or said.fields or said.has_objects:
                return
        numbered = paragraphs[0].said.paragraph.first("pPr", "numPr") is not None
        if (any(letter.isalpha() for letter in cell.text) and not hint) or numbered:
            return
        cell.place = WordPlace(
            table.number + 1,
            cell.address,
            CELL,
            cell.text,
            paragraphs[0].said,
            cell=cell,
            locked=self._locked
            or (self._fields_only and control is None)
            or (control is not None and is_locked(control)),
        )
        for block in paragraphs:
            block.places = []  # its dots are no places of their own


def paragraphs_of(blocks: list[Block]) -> Iterator[WordParagraph]:
    """Every paragraph in the order of the document, those in tables too."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_of(cell.blocks)


def _merge(
    cell: WordCell, about: Element, above: dict[int, WordCell], line: list[WordCell]
) -> None:
    """Note which cell covers this one: one above, or one before it in its row."""
    down, across = about.value("vMerge"), about.value("hMerge")
    first = above.get(cell.column)
    if down is not None and down != "restart" and first is not None:
        first.rows += 1
        cell.covered_by = first.address
        return
    for column in range(cell.column, cell.column + cell.columns):
        above.pop(column, None)
    if down == "restart":
        above[cell.column] = cell
    if across is not None and across != "restart" and line:
        start = next((c for c in line if c.address == line[-1].covered_by), line[-1])
        start.columns += cell.columns
        cell.covered_by = start.address


def _within(
    parent: Element, tag: str, control: Element | None = None
) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table or the cells of a row, with the content control around each."""
    for child in parent.children:
        if child.tag == tag:
            yield child, control
        elif child.tag == "sdt":
            content = child.first("sdtContent")
            if content is not None:
                yield from _within(content, tag, child)
        elif child.tag in _WRAPS:
            yield from _within(child, tag, control)
