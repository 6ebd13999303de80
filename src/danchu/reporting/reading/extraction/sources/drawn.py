"""The rules drawn on a page of a PDF with text, and the rows of cells between them.

A cell of several lines stands beside cells of one line, set in its middle: by their places alone
those are lines of their own. The rules that the page draws tell which words share a row.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from .flow import Piece, page_flow
from .ruled import Box, Rule, Rules

# In points. Wider than a rule is a field of colour, shorter than a cell an underline of a letter.
_THIN, _SHORTEST = 2.5, 6.0
# Rules of one edge lie within this.
_EDGE = 2
# The points of an inch.
_DPI = 72.0
# More than any table has; what draws more is a map or a picture.
_MOST_PATHS, _MOST_RULES = 6_000, 240


def drawn_rules(page: Any) -> Rules | None:
    """The thin straight paths of a page, from its top left; None where they make no cells."""
    height = page.get_height()
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    paths = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
    for number, path in enumerate(paths):
        if number == _MOST_PATHS:
            return None
        left, bottom, right, top = path.get_bounds()
        wide, high = right - left, top - bottom
        if high <= _THIN and wide >= _SHORTEST:
            across.append((height - (bottom + top) / 2, left, right))
        elif wide <= _THIN and high >= _SHORTEST:
            down.append(((left + right) / 2, height - top, height - bottom))
    rules = Rules(_DPI, list(_joined(across)), list(_joined(down)))
    few = len(rules.across) < 3 or len(rules.down) < 2
    if few or len(rules.across) > _MOST_RULES or len(rules.down) > _MOST_RULES:
        return None
    return rules


def _joined(lines: Sequence[tuple[float, float, float]]) -> Iterator[Rule]:
    """Lines along one edge that touch, as one rule: many pages draw the borders cell by cell."""
    edges: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if edges and line[0] - edges[-1][0][0] <= _EDGE:
            edges[-1].append(line)
        else:
            edges.append([line])
    for edge in edges:
        at = round(sum(line[0] for line in edge) / len(edge))
        start, end = None, 0.0
        for _, begin, stop in sorted(edge, key=lambda line: line[1]):
            if start is not None and begin > end + _THIN:
                yield Rule(at, round(start), round(end))
                start = None
            if start is None:
                start, end = begin, stop
            end = max(end, stop)
        if start is not None:
            yield Rule(at, round(start), round(end))


def ruled_flow(pieces: list[Piece], rules: Rules, height: float) -> str:
    """The text of a page of ``height``: rows of ruled tables by their cells, the rest as set."""
    placed = [(piece, _cell_of(piece, rules, height)) for piece in pieces]
    out: list[str] = []
    for in_table, group in itertools.groupby(placed, key=lambda one: one[1] is not None):
        if in_table:
            out.extend(_rows([(piece, cell) for piece, cell in group if cell], rules))
        else:
            out.append(page_flow([piece for piece, _ in group]))
    return "\n".join(text for text in out if text)


def _cell_of(piece: Piece, rules: Rules, height: float) -> Box | None:
    return rules.cell_at((piece.left + piece.right) / 2, height - (piece.bottom + piece.top) / 2)


def _rows(placed: list[tuple[Piece, Box]], rules: Rules) -> Iterator[str]:
    """Rows from the top; the cells of one row parted by bars, empty ones kept."""
    cells: dict[Box, list[Piece]] = defaultdict(list)
    for piece, cell in placed:
        cells[cell].append(piece)
    rows: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for cell in cells:
        rows[cell.top, cell.bottom].append(cell)
    for key in sorted(rows):
        row = rules.row_of(rows[key][0])
        # A cell over several rows stands beside the first of them only.
        row = sorted({*row, *rows[key]}, key=lambda box: box.left)
        texts = [" ".join(page_flow(cells[box]).split()) if box in cells else "" for box in row]
        yield " | ".join(texts).rstrip(" |") if len(row) > 1 else texts[0]
