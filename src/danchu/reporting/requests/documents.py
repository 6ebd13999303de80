"""A form in Word as a page on which places are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from danchu.core.contracts import Actor
from danchu.core.documents.forms.docx import WordForm
from danchu.core.documents.forms.word_blocks import (
    RUNNING_TEXT,
    Block,
    WordCell,
    WordParagraph,
    WordPlace,
    WordTable,
)
from danchu.core.errors import BadInput, NotFound
from danchu.reporting.figures.selectors import definitions

from .filling import form_of
from .layouts import Headers, suggestions, word_headers
from .models import CellMapping, Request
from .selectors import READ

WINDOW_LINES = 80  # paragraphs and rows of tables on one page

_Mapped: TypeAlias = Mapping[tuple[int, str], CellMapping]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A piece of a paragraph; ``place`` when it is one to choose."""

    text: str
    place: WordPlace | None
    mapping: CellMapping | None


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph in its pieces."""

    pieces: tuple[ShownPiece, ...]


@dataclass(frozen=True, slots=True)
class ShownWordCell:
    """A cell of a table; ``rows`` is as much of its merged range as the page shows."""

    cell: WordCell
    rows: int
    mapping: CellMapping | None
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table, or the rows of it that the page shows."""

    number: int
    rows: tuple[tuple[ShownWordCell, ...], ...]


ShownBlock: TypeAlias = ShownParagraph | ShownTable


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A window of a document. ``top``: its first line, from 1; ``lines``: how many there are."""

    top: int
    lines: int
    blocks: tuple[ShownBlock, ...]
    number: int
    chosen: WordPlace | None
    mapping: CellMapping | None
    headers: Headers | None
    suggested: tuple[str, ...]


def is_document(request: Request) -> bool:
    """Whether the form of a request is a document and not a workbook."""
    return request.form.media_type.endswith("wordprocessingml.document")


def document_page(
    viewer: Actor, request: Request, *, number: int = 1, top: int = 1, cell: str = ""
) -> DocumentPage:
    """A window of the form, with the place that is being mapped.

    ``number``: 1 for the running text, 2 for the first table; ``cell``: the place in it. Raises
    ``BadInput`` for a place that is not there, ``NotFound`` for who may not read and for a form
    of another kind.
    """
    form = form_of(request) if viewer.may(READ, request.unit_id) else None
    if not isinstance(form, WordForm):
        raise NotFound("Không tìm thấy yêu cầu này.", "There is no such request.")
    if not 1 <= number <= len(form.tables) + 1:
        raise BadInput("Biểu mẫu không có bảng này.", "The form has no such table.")
    chosen = form.place(number, cell) if cell else None
    rows = CellMapping.objects.filter(layout_id=request.layout_id).select_related("indicator")
    mapped = {(row.sheet, row.cell): row for row in rows}
    lines = [
        (block, row)
        for block in form.blocks
        for row in (range(len(block.rows)) if isinstance(block, WordTable) else (0,))
    ]
    top = max(1, min(top, len(lines)))
    headers = word_headers(form, chosen) if chosen else None
    return DocumentPage(
        top=top,
        lines=len(lines),
        blocks=tuple(_window(lines[top - 1 : top - 1 + WINDOW_LINES], mapped)),
        number=number,
        chosen=chosen,
        mapping=mapped.get((chosen.sheet, chosen.address)) if chosen else None,
        headers=headers,
        suggested=tuple(suggestions(headers, definitions()))
        if headers and chosen and not chosen.locked
        else (),
    )


def _window(lines: list[tuple[Block, int]], mapped: _Mapped) -> list[ShownBlock]:
    found: list[ShownBlock] = []
    at = 0
    while at < len(lines):
        block, first = lines[at]
        if isinstance(block, WordParagraph):
            found.append(_paragraph(block, mapped))
            at += 1
            continue
        many = sum(1 for other, _row in lines[at:] if other is block)
        found.append(_table(block, first, first + many, mapped))
        at += many
    return [block for block in found if isinstance(block, ShownTable) or block.pieces]


def _paragraph(paragraph: WordParagraph, mapped: _Mapped) -> ShownParagraph:
    return ShownParagraph(
        tuple(
            ShownPiece(text, place, mapped.get((RUNNING_TEXT, place.address)) if place else None)
            for text, place in paragraph.pieces
        )
    )


def _table(table: WordTable, first: int, last: int, mapped: _Mapped) -> ShownTable:
    rows = []
    for row in table.rows[first:last]:
        line = []
        for cell in row:
            rest = last - cell.row + 1
            if cell.covered_by:
                if row is not table.rows[first] or cell.covered_by in {c.address for c in row}:
                    continue
                # A cell that began above the window goes on in its first row.
                top = next(
                    (c for r in table.rows[:first] for c in r if c.address == cell.covered_by), cell
                )
                rest = min(top.row + top.rows - 1, last) - first
            blocks = () if cell.covered_by else _blocks(cell.blocks, mapped)
            line.append(
                ShownWordCell(
                    cell,
                    max(1, rest if cell.covered_by else min(cell.rows, rest)),
                    mapped.get((table.number + 1, cell.address)),
                    blocks,
                )
            )
        rows.append(tuple(line))
    return ShownTable(table.number, tuple(rows))


def _blocks(blocks: list[Block], mapped: _Mapped) -> tuple[ShownBlock, ...]:
    return tuple(
        _paragraph(block, mapped)
        if isinstance(block, WordParagraph)
        else _table(block, 0, len(block.rows), mapped)
        for block in blocks
    )
