"""Tables in a text: rows of cells parted by bars, tabs, semicolons or wide gaps under headings.

A table that lost its marks is known by its rows, a name and the same number of figures in each,
and by the capitals that begin its headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from danchu.core.text.numbers import Exact, find_numbers, in_base

from .commas import thousands
from .matching import UPPER
from .segments import Document

_RULE_LINE = re.compile(r"^[\s|+:=\-–—_]*$")
_NOTHING = re.compile(r"^(?:không có|không)$")
_BETWEEN_GAPS = re.compile(r"[^\s|]+(?: [^\s|]+)*")
# What is wider is a dump of data; a form of the State has some thirty columns.
_MOST_COLUMNS = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the text; ``words`` is its text in the form to match against."""

    start: int
    end: int
    words: str
    gapped: bool = False
    """Whether only wide gaps part it from its neighbours."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``start`` and ``end`` are the place of the table in the text."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(document: Document) -> list[Table]:
    """The tables of ``document`` that have at least three columns and two rows."""
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    for line in [*document.lines, None]:
        cells = _cells(document, line.start, line.end) if line else ()
        if line and rows and _RULE_LINE.match(document.text[line.start : line.end]):
            continue
        if cells and (not rows or abs(len(cells) - len(rows[0])) <= 2):
            rows.append(cells)
            continue
        if len(rows) >= 2:
            found.append(Table(rows[0][0].start, rows[-1][-1].end, _aligned(rows)))
        rows = [cells] if cells else []
    return found or _unmarked(document)


def _aligned(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows that wide gaps part lose their empty first cells; their figures end together."""
    width = len(rows[0])
    out = []
    for row in rows:
        missing = width - len(row)
        # A first cell left empty has no width of its own: "   Cộng  120  118".
        if 0 < missing <= 2 and row[0].gapped and value_of(row[-1].words, "") is not None:
            empty = Cell(row[0].start, row[0].start, "")
            row = (empty,) * missing + row
        out.append(row)
    return tuple(out)


_FIGURES = re.compile(
    r"\s*(?P<number>(?:\d{1,2}|[IVX]{1,4})[.)]? +)?(?P<label>[^\W\d_][^\d\n;:|]{1,70}?)"
    r" +(?P<figures>(?:\d[\d.,]*%?|không|-)(?: +(?:\d[\d.,]*%?|không|-)){1,14})\s*$"
)


def _unmarked(document: Document) -> list[Table]:
    """Tables that lost every mark: rows of a name and figures under a line of headings."""
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    head: tuple[Cell, ...] = ()
    for place, line in enumerate([*document.lines, None]):
        cells = _figure_row(document, line.start, line.end) if line else ()
        if cells and not rows:
            above = document.lines[place - 1] if place else None
            head = _headings_of(document, above.start, above.end, len(cells)) if above else ()
            if not head:
                continue
        if cells and (not rows or len(cells) == len(rows[0])):
            rows.append(cells)
            continue
        if len(rows) >= 2:
            found.append(Table(head[0].start, rows[-1][-1].end, (head, *rows)))
        rows = []
    return found


def _figure_row(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    match = _FIGURES.match(document.text, start, end)
    if match is None:
        return ()
    spans = [match.span("label")]
    spans += [
        (match.start("figures") + one.start(), match.start("figures") + one.end())
        for one in re.finditer(r"\S+", match["figures"])
    ]
    return tuple(Cell(a, b, document.plain[a:b].rstrip()) for a, b in spans)


def _headings_of(document: Document, start: int, end: int, width: int) -> tuple[Cell, ...]:
    """The headings of ``width`` columns, each beginning with a capital; () where they are not."""
    text = document.text[start:end]
    if any(c.isdigit() for c in text) or text.rstrip().endswith((".", ":", ",")):
        return ()
    begins = [m.start() for m in re.finditer(rf"(?:(?<=\s)|^)[{UPPER}](?=\w)", text)]
    # "TT", and the heading over the names.
    for names in (0, 1):
        if len(begins) == width + names:
            begins = begins[names:]
            stops = [*begins[1:], len(text)]
            return tuple(
                Cell(
                    start + a,
                    start + a + len(text[a:b].rstrip()),
                    document.plain[start + a : start + b].strip(),
                )
                for a, b in zip(begins, stops, strict=True)
            )
    return ()


def _cells(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    text = document.text[start:end]
    for mark, least in (("|", 2), ("\t", 2), (";", 3)):
        if text.count(mark) >= least:
            break
    else:
        return _gapped(document, start, end)
    cells: list[Cell] = []
    offset = start
    for piece in text.split(mark):
        stripped = piece.strip()
        begin = offset + len(piece) - len(piece.lstrip()) if stripped else offset
        cells.append(
            Cell(begin, begin + len(stripped), document.plain[begin : begin + len(stripped)])
        )
        offset += len(piece) + 1
    if mark == ";" and (max(len(c.words) for c in cells) > 60 or text.rstrip().endswith(".")):
        return ()
    if mark == "|" and text.lstrip().startswith("|") and text.rstrip().endswith("|"):
        # Drawn borders, as antiword prints them; an empty first cell has no bar before it.
        cells = cells[1:]
    while len(cells) > 1 and not cells[-1].words:
        cells.pop()
    return tuple(cells) if 3 <= len(cells) <= _MOST_COLUMNS else ()


def _gapped(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a line that wide gaps part."""
    pieces = list(_BETWEEN_GAPS.finditer(document.text, start, end))
    if not 3 <= len(pieces) <= _MOST_COLUMNS:
        return ()
    return tuple(
        Cell(piece.start(), piece.end(), document.plain[piece.start() : piece.end()], True)
        for piece in pieces
    )


def value_of(words: str, unit: str) -> tuple[Exact, Exact | None, bool] | None:
    """Value, denominator and approximation of a cell that holds nothing but a number."""
    if _NOTHING.match(words):
        return 0, None, False
    if not any(c.isdigit() for c in words):
        return None
    counted = unit == "" and "%" not in words
    if counted and (read := thousands(words.strip())) is not None:
        return *read, False
    suffix = unit if unit not in ("", "%", "tỷ lệ", "điểm") else "người"
    bare = words.rstrip("% ").strip()
    found = [f for f in find_numbers(f"có {bare} {suffix}") if f.kind == "quantity"]
    if len(found) != 1 or found[0].lead > 3 or found[0].end < 3 + len(bare):
        return None
    number = in_base(found[0].number)
    return number.value, number.denominator, number.approx
