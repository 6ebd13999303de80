"""A form to be filled in a spreadsheet program: open cells that stand out, the others locked.

The sheet is protected without a password: that keeps a slip of the hand off, and nobody out.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import xlsxwriter

from danchu.core.errors import BadInput

from .forms.sheet_xml import address_of
from .wording import clean, one_line

OutValue: TypeAlias = str | int | Decimal | None
Look: TypeAlias = Literal["place", "text", "number", "open_number", "open_text", "shut", "code"]

_FONT = "Times New Roman"
_NUMBER = "[$-42A]#,##0.###"
_WHOLE = "[$-42A]#,##0"
_LINE = 16.5  # points of one line of text
_LETTERS = 1.1  # of this typeface in one unit of a column's width, which is that of a digit


@dataclass(frozen=True, slots=True)
class OutCell:
    """A cell: ``look`` says what may be done in it and how it is drawn.

    "place" is the number of the line, "text" and "number" are read only;
    "open_number" and "open_text" take what a person writes; "shut" is a number's cell that is
    not filled by hand; "code" is for the machine and stands in a hidden column.
    """

    value: OutValue
    look: Look = "text"
    whole: bool = True  # of a number: no decimals
    note: str = ""  # shown beside the cell by the spreadsheet program


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column: its heading, its width in letters, and whether it is only for the machine."""

    title: str
    width: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class OutForm:
    """A form: lines above the table, the table, and what is only for the machine.

    ``rows``: cells of a line of the table, or the words of a heading over the lines below it.
    ``codes``: rows of a sheet that no program shows; ``codes_name`` is its name.
    ``words``: what an open number's cell takes besides a number; ``ask`` and ``refuse`` are
    what the spreadsheet program says beside such a cell and of anything else written there.
    ``guide``: rows of a last sheet for the reader.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[OutColumn, ...]
    rows: tuple[tuple[OutCell, ...] | str, ...]
    codes_name: str
    codes: tuple[tuple[str | int | Decimal, ...], ...]
    words: tuple[str, ...] = ()
    ask: tuple[str, str] = ("", "")
    refuse: tuple[str, str] = ("", "")
    guide: tuple[tuple[str, str], ...] = ()
    guide_name: str = "Hướng dẫn"
    marks: tuple[str, ...] = field(default=())  # printed at the head of every page

    @property
    def first_row(self) -> int:
        """The row of the table's first line, counted from 1."""
        return len(self.lines) + 4


def render_form(form: OutForm, *, created: dt.date) -> bytes:
    """The form as XLSX; the same form and day give the same bytes.

    Numbers are numbers, texts are texts whatever they begin with, and no cell holds a formula.
    Raises ``BadInput`` for a line of the wrong length.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    midnight = dt.datetime.combine(created, dt.time())
    book.set_properties({"title": one_line(form.title), "created": midnight})
    page = book.add_worksheet(form.name)
    _Table(book, page, form).write()
    if form.guide:
        _write_guide(book, form)
    codes = book.add_worksheet(form.codes_name)
    for y, row in enumerate(form.codes):
        for x, value in enumerate(row):
            if isinstance(value, str):
                codes.write_string(y, x, value)
            else:
                codes.write_number(y, x, value)
    codes.very_hidden()
    page.activate()
    book.close()
    return out.getvalue()


class _Table:
    """The sheet that a person fills."""

    def __init__(self, book: Any, page: Any, form: OutForm) -> None:
        self._page, self._form = page, form
        plain = {"font_name": _FONT, "font_size": 12, "valign": "top"}
        boxed = {**plain, "border": 1, "border_color": "#8A8A8A"}
        entry = {**boxed, "locked": False, "bg_color": "#FFF7DB", "border": 1}
        number = {"align": "right"}
        self._plain = book.add_format(plain)
        self._title = book.add_format({**plain, "bold": True, "font_size": 14})
        self._head = book.add_format(
            {
                **boxed,
                "bold": True,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "bg_color": "#E9EEF2",
            }
        )
        band = {**plain, "bold": True, "bg_color": "#F4F6F8", "top": 1, "bottom": 1}
        band |= {"top_color": "#8A8A8A", "bottom_color": "#8A8A8A"}
        self._heading = book.add_format(band)  # no line between its cells: the words run on
        self._looks: dict[tuple[Look, bool], Any] = {}
        for whole in (True, False):
            code = _WHOLE if whole else _NUMBER
            styles: dict[Look, dict[str, Any]] = {
                "place": {**boxed, "align": "center"},
                "text": {**boxed, "text_wrap": True},
                "number": {**boxed, **number, "num_format": code},
                "open_number": {**entry, **number, "num_format": code},
                "open_text": {**entry, "text_wrap": True, "num_format": "@"},
                "shut": {**boxed, **number, "bg_color": "#E4E4E4"},
                "code": plain,
            }
            for look, style in styles.items():
                self._looks[look, whole] = book.add_format(style)

    def write(self) -> None:
        page, form = self._page, self._form
        page.write_string(0, 0, one_line(form.title), self._title)
        for y, line in enumerate(form.lines, 1):
            page.write_string(y, 0, one_line(line), self._plain)
        top = form.first_row - 2  # of the headings, from 0
        for x, column in enumerate(form.columns):
            page.write_string(top, x, clean(column.title), self._head)
            page.set_column(x, x, column.width, None, {"hidden": column.hidden})
        page.set_row(top, 2 * _LINE + 4)
        for y, row in enumerate(form.rows, top + 1):
            if isinstance(row, str):
                self._write_heading(y, row)
            else:
                self._write_row(y, row)
        self._arrange(top)

    def _write_heading(self, y: int, words: str) -> None:
        page = self._page
        shown = [x for x, column in enumerate(self._form.columns) if not column.hidden]
        for x in shown:
            page.write_blank(y, x, None, self._heading)
        page.write_string(y, 0, one_line(words), self._heading)
        page.set_row(y, _LINE + 2)

    def _write_row(self, y: int, row: tuple[OutCell, ...]) -> None:
        page, columns = self._page, self._form.columns
        if len(row) != len(columns):
            raise BadInput(
                f"Dòng {y + 1} của biểu có {len(row)} ô, cần {len(columns)}.",
                f"Row {y + 1} of the form has {len(row)} cells instead of {len(columns)}.",
                field="rows",
            )
        lines = 1
        for x, (cell, column) in enumerate(zip(row, columns, strict=True)):
            style = self._looks[cell.look, cell.whole]
            if cell.value is None or cell.value == "":
                page.write_blank(y, x, None, style)
            elif isinstance(cell.value, str):
                page.write_string(y, x, clean(cell.value), style)
                if not column.hidden:
                    lines = max(lines, -(-len(cell.value) // max(1, int(column.width * _LETTERS))))
            else:
                page.write_number(y, x, cell.value, style)
            if cell.look == "open_number":
                self._let_in(y, x)
            if cell.note:
                page.write_comment(y, x, clean(cell.note), {"x_scale": 2, "y_scale": 1.4})
        page.set_row(y, lines * _LINE + 2)

    def _let_in(self, y: int, x: int) -> None:
        form, place = self._form, address_of(y + 1, x + 1)
        words = "".join(f',UPPER({place})="{word}"' for word in form.words)
        self._page.data_validation(
            y,
            x,
            y,
            x,
            {
                "validate": "custom",
                "value": f"=OR(AND(ISNUMBER({place}),{place}>=0){words})",
                "input_title": form.ask[0][:32],
                "input_message": form.ask[1][:255],
                "error_title": form.refuse[0][:32],
                "error_message": form.refuse[1][:255],
            },
        )

    def _arrange(self, top: int) -> None:
        page, form = self._page, self._form
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        last = max(x for x, column in enumerate(form.columns) if not column.hidden)
        page.print_area(0, 0, top + len(form.rows), last)
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        if form.marks:
            said = " · ".join(one_line(mark) for mark in form.marks).replace("&", "&&")
            page.set_header(f"&C{said}")
        page.set_footer("&L&A&CTrang &P/&N")
        # No password: whoever must change the rest can; the codes are read, not trusted.
        page.protect("", {"format_columns": True, "format_rows": True})
        first_open = next(
            (
                (y, x)
                for y, row in enumerate(form.rows, top + 1)
                if not isinstance(row, str)
                for x, cell in enumerate(row)
                if cell.look == "open_number"
            ),
            None,
        )
        if first_open is not None:
            page.set_selection(*first_open, *first_open)


def _write_guide(book: Any, form: OutForm) -> None:
    page = book.add_worksheet(form.guide_name)
    style = {"font_name": _FONT, "font_size": 12, "valign": "top", "text_wrap": True}
    bold, text = book.add_format({**style, "bold": True}), book.add_format(style)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 92)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for y, (about, sentence) in enumerate(form.guide):
        page.write_string(y, 0, clean(about), bold)
        page.write_string(y, 1, clean(sentence), text)
        page.set_row(y, -(-len(sentence) // 88) * _LINE + 3)
    page.protect("", {"format_columns": True, "format_rows": True})
