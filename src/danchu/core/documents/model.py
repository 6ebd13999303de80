"""An official document as it is, before it is a PDF, a Word file or a page.

The parts are those of Nghị định 30/2020/NĐ-CP Điều 8 for the State and of the guidance of Văn
phòng Trung ương Đảng for the Party. Nothing here knows a format: :mod:`.pdf`, :mod:`.word` and
:mod:`.plain` print the same object, and so may the web. What a layout adds by itself ("Số:",
quốc hiệu, "I-", "Lưu …;") is in :mod:`.wording`, so that all formats say the same words.

Texts are plain text. A line break is "\\n" where several lines are natural (names of bodies, the
subject, the authority); anywhere else it is printed as a space.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from danchu.core.errors import BadInput

Layout: TypeAlias = Literal["state", "party_2018", "party_2026", "state_2011"]
Align: TypeAlias = Literal["left", "center", "right"]

REFERENCE_MARK = "BẢN THAM KHẢO, không phát hành"
DEMONSTRATION_MARK = "Dữ liệu minh họa"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text. ``figure_ref`` is the number under which the evidence of the
    figure printed here is listed in the annex; it leaves no trace in the text itself."""

    text: str
    bold: bool = False
    italic: bool = False
    figure_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: 1 a section ("I"), 2 an item ("1"), 3 a point ("a"), 4 a dash.

    ``number`` is the bare number; the layout writes "I. " or "I- ", "1. ", "a) ".
    """

    level: int
    number: str
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise BadInput(
                "Cấp đề mục chỉ từ 1 đến 4.", "A heading has a level from 1 to 4.", field="level"
            )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A justified paragraph with an indented first line."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Paragraphs that begin with a dash."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are set, and its share of the width."""

    align: Align = "left"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the head of a table that spans columns or rows."""

    text: str
    colspan: int = 1
    rowspan: int = 1


Cell: TypeAlias = str | Run


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page.

    ``header`` is one row or more; a plain string is a cell of one column and one row. Every row
    of ``rows``, and ``total`` when given, has one cell for each column. ``font_size`` is in
    points; when it is not given the size is chosen from the number of columns.
    """

    columns: tuple[Column, ...]
    header: tuple[tuple[str | HeaderCell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    total: tuple[Cell, ...] | None = None
    font_size: float | None = None

    def __post_init__(self) -> None:
        width = len(self.columns)
        body = self.rows if self.total is None else (*self.rows, self.total)
        wrong = next((i for i, row in enumerate(body, 1) if len(row) != width), None)
        if width == 0 or wrong is not None or any(column.weight <= 0 for column in self.columns):
            raise BadInput(
                f"Bảng “{self.caption}” có dòng {wrong or 0} không đủ {width} ô.",
                f"In the table “{self.caption}” row {wrong or 0} does not have {width} cells.",
                field="rows",
            )
        if not self.header and not body:
            raise BadInput(
                f"Bảng “{self.caption}” chưa có dòng nào.",
                f"The table “{self.caption}” has no row.",
                field="rows",
            )
        if self.header and not _header_fits(self.header, width):
            raise BadInput(
                f"Đầu bảng “{self.caption}” không khớp {width} cột.",
                f"The head of the table “{self.caption}” does not fit its {width} columns.",
                field="header",
            )


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark under a paragraph or a table."""

    text: str


Block: TypeAlias = Heading | Paragraph | BulletList | Table | Note


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. ``authority``: "TM. ỦY BAN NHÂN DÂN", a second line "KT. CHỦ TỊCH" where there
    is one; ``post``: "CHỦ TỊCH"; ``name`` is None until it is known."""

    authority: str
    post: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on a page of its own. ``label`` replaces "Phụ lục I" where a receiver's own outline
    names it differently."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document in one layout.

    ``number`` is the bare number of the register ("5" prints "05") or None while there is none;
    ``symbol`` is "BC-UBND" for the State and "BC/BCĐ" for the Party. ``date`` is the day of the
    document and, whatever is printed, the only clock of the files made from it; with
    ``day_open`` the day and the month are left blank for the hand that gives the number.

    ``draft_mark`` makes a paper for reference only: it is printed without number, recipients
    and signature (see :func:`danchu.core.documents.wording.compose`). ``annex_reference`` prints
    "(Kèm theo …)" under the title of an annex, for copies on paper (NĐ 30/2020, Phụ lục I);
    ``issuer_name`` is the issuing body as that line names it, "Ủy ban nhân dân xã Bến Mẫu".
    """

    layout: Layout
    issuing_body: str
    symbol: str
    place: str
    date: dt.date
    title: str
    blocks: tuple[Block, ...]
    parent_body: str = ""
    number: str | None = None
    kind: str = "BÁO CÁO"
    addressee: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    signatory: Signatory | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    draft_mark: str | None = None
    demo_mark: str | None = None
    language: str = "vi"
    metadata_title: str = ""
    day_open: bool = False
    annex_reference: bool = True
    issuer_name: str = ""


def runs_of(cell: Cell) -> Run:
    """A cell of a table as a run."""
    return cell if isinstance(cell, Run) else Run(cell)


def header_cells(table: Table) -> list[tuple[str, int, int, int, int]]:
    """(text, column, row, colspan, rowspan) of each cell of the head of a table."""
    taken: set[tuple[int, int]] = set()
    return [
        (text, x, y, colspan, rowspan)
        for y, row in enumerate(table.header)
        for text, x, colspan, rowspan in placed(row, y, taken, len(table.columns))
    ]


def column_widths(table: Table, width: float) -> list[float]:
    """Widths of the columns, in the unit of ``width``, which they fill."""
    total = sum(column.weight for column in table.columns)
    return [round(width * column.weight / total, 4) for column in table.columns]


def table_font_size(table: Table) -> float:
    """Points of the letters of a table: 12 for up to six columns, 11 up to nine, 10 above."""
    if table.font_size is not None:
        return table.font_size
    columns = len(table.columns)
    return 12 if columns <= 6 else 11 if columns <= 9 else 10


def _header_fits(header: tuple[tuple[str | HeaderCell, ...], ...], width: int) -> bool:
    """Whether the cells of the head, with their spans, fill a grid of ``width`` columns."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(header):
        for _, x, colspan, rowspan in placed(row, y, taken, width):
            if x + colspan > width or y + rowspan > len(header):
                return False
    return len(taken) == width * len(header)


def placed(
    row: tuple[str | HeaderCell, ...], y: int, taken: set[tuple[int, int]], width: int
) -> list[tuple[str, int, int, int]]:
    """(text, column, colspan, rowspan) of each cell of head row ``y``.

    ``taken`` holds the places filled so far, (row, column), and is added to; a cell goes to the
    first free place, as in HTML.
    """
    found: list[tuple[str, int, int, int]] = []
    x = 0
    for cell in row:
        while (y, x) in taken and x < width:
            x += 1
        head = cell if isinstance(cell, HeaderCell) else HeaderCell(cell)
        spot = {(y + i, x + j) for i in range(head.rowspan) for j in range(head.colspan)}
        if spot & taken:
            x = width  # it has no room: past the edge, where the check of the head finds it
        taken |= spot
        found.append((head.text, x, head.colspan, head.rowspan))
        x += head.colspan
    return found
