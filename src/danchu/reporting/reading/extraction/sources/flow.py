"""From pieces of text with their places on a page to paragraphs and rows of tables."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

_LIST_START = re.compile(r"^(?:[-–•+*]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]+[.\-)]\s)")
_OPEN_HYPHEN = re.compile(r"\w-$")
# In heights of the letters: a wider gap may part the cells of a row, a narrower one words.
_CELL_GAP = 0.5
_WORD_GAP = 0.12
# A line that ends this far before the margin, as a share of the page, ends its paragraph.
_SHORT_LINE = 0.1
_PARAGRAPH_GAP = 1.45
# A line that begins this far inside the margin, as a share of the page, begins a paragraph.
_INDENT = 0.025
# Edges of cells in one column differ by less than this many points.
_ALIGNED = 4.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a page in its box, in points from the bottom left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of its letters; never zero."""
        return max(self.top - self.bottom, 1.0)


@dataclass(slots=True)
class _Cell:
    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def in_column_of(self, other: _Cell) -> bool:
        """Whether the two share an edge or the middle, as cells of one column do."""
        return (
            abs(self.left - other.left) < _ALIGNED
            or abs(self.right - other.right) < _ALIGNED
            or abs(self.middle - other.middle) < _ALIGNED
        )


@dataclass(slots=True)
class _Line:
    cells: list[_Cell]
    bottom: float
    top: float

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def text(self) -> str:
        return " ".join(" ".join(cell.text for cell in self.cells).split())


def page_flow(pieces: list[Piece]) -> str:
    """The text of a page: paragraphs joined over their lines, rows of tables parted by bars."""
    lines = _lines(pieces)
    if not lines:
        return ""
    rows = _rows(lines)
    usual = median(line.top - line.bottom for line in lines)
    gaps = [above.middle - below.middle for above, below in itertools.pairwise(lines)]
    steps = [gap for gap in gaps if 0 < gap < usual * 4]
    step = median(steps) if steps else usual * 1.5
    edge = max(line.right for line in lines)
    width = edge - min(line.left for line in lines) or 1.0
    margin = _margin(lines, width)
    out: list[str] = []
    reached = False
    above: _Line | None = None
    first: _Line | None = None
    for index, line in enumerate(lines):
        text = rows.get(index) or line.text
        near = above is not None and 0 < above.middle - line.middle <= step * _PARAGRAPH_GAP
        begins = _LIST_START.match(text) or _is_indented(line, first, margin, width)
        goes_on = reached and near and index not in rows and not begins
        if out and goes_on:
            out[-1] = _joined(out[-1], text)
        else:
            out.append(text)
            first = line
        reached = index not in rows and line.right >= edge - width * _SHORT_LINE
        above = line
    return "\n".join(out)


def _margin(lines: list[_Line], width: float) -> float:
    """The leftmost place where more than a few lines begin."""
    step = width * _INDENT / 2 or 1.0
    often = Counter(round(line.left / step) for line in lines)
    few = max(1, len(lines) // 8)
    return min((place for place, count in often.items() if count > few), default=0) * step


def _is_indented(line: _Line, first: _Line | None, margin: float, width: float) -> bool:
    """Whether a line stands in from the margin; ``first`` is the first line of the paragraph
    before, below which the lines of a list may hang.
    """
    if first is None or line.left - margin < width * _INDENT:
        return False
    return not (_LIST_START.match(first.text) and line.left > first.left + 1)


def _lines(pieces: list[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    for piece in pieces:
        line = lines[-1] if lines else None
        if line is None or not _beside(line, piece):
            cell = _Cell(piece.text, piece.left, piece.right)
            lines.append(_Line([cell], piece.bottom, piece.top))
            continue
        gap = piece.left - line.right
        if gap > piece.height * _CELL_GAP:
            line.cells.append(_Cell(piece.text, piece.left, piece.right))
        else:
            last = line.cells[-1]
            last.text += (" " if gap > piece.height * _WORD_GAP else "") + piece.text
            last.right = max(last.right, piece.right)
        line.bottom, line.top = min(line.bottom, piece.bottom), max(line.top, piece.top)
    return lines


def _beside(line: _Line, piece: Piece) -> bool:
    shared = min(line.top, piece.top) - max(line.bottom, piece.bottom)
    return shared > 0.5 * min(piece.height, line.top - line.bottom) and (
        piece.left >= line.right - piece.height
    )


def _rows(lines: list[_Line]) -> dict[int, str]:
    """Lines that are rows of tables, by their place, as cells parted by bars.

    Wide gaps in set text fall anywhere; those of a table stand below each other.
    """
    out: dict[int, str] = {}
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and run and _continues(lines[run[-1]], lines[index]):
            run.append(index)
            continue
        widest = max((lines[i] for i in run), key=lambda line: len(line.cells), default=None)
        if widest is not None and len(run) >= 2 and len(widest.cells) >= 3:
            out.update((i, _in_columns(lines[i], widest)) for i in run)
        run = [index] if index < len(lines) and len(lines[index].cells) >= 2 else []
    return out


def _continues(above: _Line, line: _Line) -> bool:
    if len(line.cells) < 2 or line.middle >= above.middle:
        return False
    aligned = sum(any(cell.in_column_of(other) for other in above.cells) for cell in line.cells)
    return aligned >= 2


def _in_columns(line: _Line, widest: _Line) -> str:
    """The cells of a row under those of the widest one, so that an empty cell keeps its place."""
    columns = [""] * len(widest.cells)
    for cell in line.cells:
        place = min(
            range(len(columns)),
            key=lambda i: (
                not cell.in_column_of(widest.cells[i]),
                abs(cell.middle - widest.cells[i].middle),
            ),
        )
        columns[place] = f"{columns[place]} {cell.text.strip()}".strip()
    return " | ".join(columns)


def _joined(before: str, text: str) -> str:
    # "bê-" and "tông" belong together; "kinh tế -" and "xã hội" keep their space.
    joint = "" if _OPEN_HYPHEN.search(before) and text[:1].islower() else " "
    return f"{before}{joint}{text}"
