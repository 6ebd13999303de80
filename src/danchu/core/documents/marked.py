"""An error sheet: what somebody sent, with the wrong cells marked and what is wrong in words."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from .forms.sheet_xml import place_of
from .sheets_in import CellIn
from .wording import clean, one_line

LIST = "Lỗi cần sửa"  # the first sheet
_FONT = "Times New Roman"
_EXACT = 2**53
_WIDEST, _LEAST = 60, 8  # letters of a column
_TOLD = 60  # of the sentences beside a row
_LINE, _LETTERS = 16.5, 0.95  # points of a line of text; letters in one unit of a column's width


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong: the cell's address ("D14"; "" for the file as a whole), in both languages."""

    cell: str
    vi: str
    en: str


def render_marked(
    name: str,
    rows: Sequence[Sequence[CellIn]],
    marks: Sequence[Mark],
    *,
    title: str,
    sentence: str,
    widths: Mapping[int, float] | None = None,
    about: int = 0,
) -> bytes:
    """An XLSX with a list of the errors and, where ``rows`` were read, the sheet ``name`` of them.

    The list comes first and leads to each cell; ``about``: the column, from 1, that says what a
    row is of. Every cell stands where it stood, as a value and never as a formula; a wrong one is
    red and carries its sentence as a comment, and two columns after the last repeat the sentences
    of the row. ``widths``: column, from 1, -> letters; 0 hides it. The same errors give the same
    bytes.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": one_line(title), "created": dt.datetime(1980, 1, 1)})
    _List(book, name, rows, marks, about).write(title, sentence)
    if rows:
        _Copy(book, name, rows, marks, widths or {}).write()
    book.close()
    return out.getvalue()


class _List:
    """The sheet that lists what is wrong, in the order of the cells."""

    def __init__(
        self,
        book: Any,
        name: str,
        rows: Sequence[Sequence[CellIn]],
        marks: Sequence[Mark],
        about: int,
    ) -> None:
        self._page = book.add_worksheet(LIST)
        plain = {"font_name": _FONT, "font_size": 12, "valign": "top"}
        self._plain = book.add_format(plain)
        self._bold = book.add_format({**plain, "bold": True})
        self._boxed = book.add_format({**plain, "border": 1, "text_wrap": True})
        self._link = book.add_format(
            {**plain, "border": 1, "font_color": "#0B57A4", "underline": 1}
        )
        self._head = book.add_format({**plain, "border": 1, "bold": True, "bg_color": "#E9EEF2"})
        self._name, self._rows, self._marks = name, rows, marks
        self._about = about if rows else 0

    def write(self, title: str, sentence: str) -> None:
        page = self._page
        page.write_string(0, 0, one_line(title), self._bold)
        page.write_string(1, 0, one_line(sentence), self._plain)
        columns = [("Ô", 10), ("Cần sửa", 62), ("To be put right", 62)]
        if self._about:
            columns.insert(1, ("Dòng", 34))
        for x, (words, width) in enumerate(columns):
            page.write_string(3, x, words, self._head)
            page.set_column(x, x, width)
        for y, mark in enumerate(self._marks, 4):
            self._put_address(y, mark)
            said = [mark.vi, mark.en]
            if self._about:
                said.insert(0, self._row_name(mark))
            for x, text in enumerate(said, 1):
                page.write_string(y, x, clean(text), self._boxed)
            widths = [width for _words, width in columns[1:]]
            page.set_row(y, _height(zip(said, widths, strict=True)))
        page.freeze_panes(4, 0)
        page.repeat_rows(3)
        _fit(page)

    def _put_address(self, y: int, mark: Mark) -> None:
        """The address of the cell, which leads to it."""
        if not mark.cell or not self._rows:
            self._page.write_string(y, 0, mark.cell or "cả tệp", self._boxed)
            return
        sheet = self._name.replace("'", "''")
        target = f"internal:'{sheet}'!{mark.cell}"
        self._page.write_url(y, 0, target, self._link, mark.cell)

    def _row_name(self, mark: Mark) -> str:
        if not mark.cell:
            return ""
        y, _x = place_of(mark.cell)
        row = self._rows[y - 1] if 0 < y <= len(self._rows) else ()
        value = row[self._about - 1] if len(row) >= self._about else None
        return "" if value is None else str(value)[:300]


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row, in points, in which these texts are read whole at these widths."""
    lines = [
        sum(max(1, math.ceil(len(line) / (width * _LETTERS))) for line in text.split("\n"))
        for text, width in cells
    ]
    return _LINE * max(lines, default=1)


def _fit(page: Any) -> None:
    """A4 across, as wide as the sheet."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)


class _Copy:
    """The sheet that was sent, cell by cell."""

    def __init__(
        self,
        book: Any,
        name: str,
        rows: Sequence[Sequence[CellIn]],
        marks: Sequence[Mark],
        widths: Mapping[int, float],
    ) -> None:
        plain = {"font_name": _FONT, "font_size": 12, "valign": "top", "text_wrap": True}
        self._page = book.add_worksheet(name)
        self._plain = book.add_format(plain)
        self._over = book.add_format({**plain, "text_wrap": False})
        red = {**plain, "border": 2, "border_color": "#B3261E", "bg_color": "#FBE3E1"}
        self._wrong = book.add_format(red)
        self._said = book.add_format({**plain, "font_color": "#8C1D18"})
        self._head = book.add_format({**plain, "bold": True, "font_color": "#8C1D18"})
        self._rows, self._widths = rows, widths
        self._wide = max((len(row) for row in rows), default=0)
        self._marks: dict[tuple[int, int], list[Mark]] = defaultdict(list)
        for mark in marks:
            if mark.cell:
                self._marks[place_of(mark.cell)].append(mark)

    def write(self) -> None:
        page = self._page
        _fit(page)
        for x in range(self._wide):
            width = self._widths.get(x + 1)
            hidden = {"hidden": width == 0}
            page.set_column(x, x, width or self._letters(x), None, hidden)
        page.set_column(self._wide, self._wide + 1, _TOLD)
        for y, row in enumerate(self._rows, 1):
            # A title or a heading runs on over the empty cells beside it.
            alone = sum(value is not None for value in row) == 1
            for x, value in enumerate(row, 1):
                style = self._over if alone else self._plain
                style = self._wrong if (y, x) in self._marks else style
                self._put(y - 1, x - 1, value, style)
        first = min(self._marks, default=None)
        for (y, x), marks in self._marks.items():
            words = "\n".join(f"{mark.vi}\n{mark.en}" for mark in marks)
            page.write_comment(y - 1, x - 1, clean(words), {"x_scale": 2, "author": "danchu"})
            if y > len(self._rows) or x > self._wide:
                page.write_blank(y - 1, x - 1, None, self._wrong)
        by_row: dict[int, list[Mark]] = defaultdict(list)
        for (y, _x), marks in sorted(self._marks.items()):
            by_row[y] += marks
        for y, marks in by_row.items():
            vi = "\n".join(f"{mark.cell}: {mark.vi}" for mark in marks)
            en = "\n".join(f"{mark.cell}: {mark.en}" for mark in marks)
            page.set_row(y - 1, _height([(vi, _TOLD), (en, _TOLD), *self._beside(y)]))
            page.write_string(y - 1, self._wide, clean(vi), self._said)
            page.write_string(y - 1, self._wide + 1, clean(en), self._said)
        if 1 not in by_row:
            page.write_string(0, self._wide, "Lỗi", self._head)
            page.write_string(0, self._wide + 1, "Error", self._head)
        if first is not None:
            page.set_selection(first[0] - 1, first[1] - 1, first[0] - 1, first[1] - 1)

    def _beside(self, y: int) -> list[tuple[str, float]]:
        """The words of a row with the widths of their columns."""
        row = self._rows[y - 1] if y <= len(self._rows) else ()
        return [
            (value, self._widths.get(x) or self._letters(x - 1))
            for x, value in enumerate(row, 1)
            if isinstance(value, str) and self._widths.get(x) != 0
        ]

    def _letters(self, x: int) -> float:
        longest = max(
            (len(str(row[x])) for row in self._rows if x < len(row) and row[x]), default=0
        )
        return min(_WIDEST, max(_LEAST, longest + 2))

    def _put(self, y: int, x: int, value: CellIn, style: Any) -> None:
        page = self._page
        if value is None:
            page.write_blank(y, x, None, style)
        elif isinstance(value, bool):
            page.write_boolean(y, x, value, style)
        elif isinstance(value, dt.datetime):
            page.write_string(y, x, f"{value:%d/%m/%Y %H:%M}", style)
        elif isinstance(value, dt.date):
            page.write_string(y, x, f"{value:%d/%m/%Y}", style)
        elif isinstance(value, int | Decimal) and _fits(value):
            page.write_number(y, x, value, style)
        else:
            page.write_string(y, x, clean(str(value))[:32_767], style)


def _fits(value: int | Decimal) -> bool:
    """Whether a spreadsheet shows the number as it is."""
    return Decimal(value).is_finite() and -_EXACT <= value <= _EXACT
