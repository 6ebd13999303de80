"""Tables of figures in Word: head repeated, rows kept whole, the total never alone on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from . import word_xml as x
from .model import Run, Table, column_widths, header_cells, runs_of, table_font_size

_SIDE_MARGIN = 1.6
# A row with more letters than this in a cell might not fit on one page and may be divided.
_DIVISIBLE = 1200
# Rows that stay with the total on its page.
_WITH_TOTAL = 2


def block_table(block: Table, width: float) -> Any:
    """``w:tbl`` of the block, ``width`` millimetres wide."""
    widths = column_widths(block, width)
    size = table_font_size(block)
    rows = _header_rows(block, widths, size)
    last = len(block.rows) - 1
    for index, row in enumerate(block.rows):
        hold = block.total is not None and index > last - _WITH_TOTAL
        rows.append(_row(block, widths, [runs_of(cell) for cell in row], size, hold=hold))
    if block.total is not None:
        cells = [runs_of(cell) for cell in block.total]
        rows.append(_row(block, widths, cells, size, bold=True))
    return x.table(widths, rows, borders=True, side_margin=_SIDE_MARGIN)


def _row(
    block: Table,
    widths: list[float],
    cells: list[Run],
    size: float,
    *,
    hold: bool = False,
    bold: bool = False,
) -> Any:
    found = [
        x.table_cell(
            width,
            [_text(run, column.align, size, hold=hold, bold=bold or run.bold)],
            vertical="center",
        )
        for width, column, run in zip(widths, block.columns, cells, strict=True)
    ]
    return x.table_row(found, divisible=any(len(run.text) > _DIVISIBLE for run in cells))


def _text(
    run: Run,
    align: Literal["left", "center", "right"],
    size: float,
    *,
    hold: bool = False,
    bold: bool = False,
) -> Any:
    properties = x.paragraph_properties(style="OBang", keep_next=hold, align=align)
    if not run.text:
        return x.paragraph(properties)
    text = x.text_run(run.text, bold=bold or None, italic=run.italic or None, size=size)
    return x.paragraph(properties, text)


def _header_rows(block: Table, widths: list[float], size: float) -> list[Any]:
    """Rows of the head. A cell that spans rows begins in its first and goes on in the others."""
    rows = []
    cells = header_cells(block)
    for y in range(len(block.header)):
        here = sorted(cell for cell in _standing(cells, y))
        found = []
        for column, text, top, colspan, rowspan in here:
            merge: Literal["", "restart", "continue"] = ""
            if rowspan > 1:
                merge = "restart" if top == y else "continue"
            shown = Run(text if top == y else "")
            found.append(
                x.table_cell(
                    sum(widths[column : column + colspan]),
                    [_text(shown, "center", size, hold=True, bold=True)],
                    span=colspan,
                    merge=merge,
                    vertical="center",
                )
            )
        rows.append(x.table_row(found, header=True))
    return rows


def _standing(
    cells: list[tuple[str, int, int, int, int]], y: int
) -> Iterable[tuple[int, str, int, int, int]]:
    """(column, text, first row, colspan, rowspan) of the cells that stand in head row ``y``."""
    for text, column, top, colspan, rowspan in cells:
        if top <= y < top + rowspan:
            yield column, text, top, colspan, rowspan
