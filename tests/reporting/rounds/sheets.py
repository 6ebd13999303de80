"""A form's spreadsheet in the hands of people and programs: filled, broken, made up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache
from unittest.mock import patch

from danchu.core.documents.filled_xlsx import FilledSheet, read_filled
from danchu.core.documents.forms.common import Filling
from danchu.core.documents.forms.xlsx import fill
from danchu.reporting.rounds.spreadsheet.layout import CODES, KEY, REASON, SHEET, VALUE

MAIN, HIDDEN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"


@lru_cache(maxsize=8)
def sheet(data: bytes, name: str = SHEET) -> FilledSheet:
    (found,) = (each for each in read_filled(data) if each.name == name)
    return found


def row_of(data: bytes, key: str) -> int:
    (row,) = (
        cells[0].row
        for cells in sheet(data).rows
        if len(cells) >= KEY and cells[KEY - 1].value == key
    )
    return row


def value_cell(data: bytes, key: str) -> str:
    return sheet(data).cell(row_of(data, key), VALUE).address


def reason_cell(data: bytes, key: str) -> str:
    return sheet(data).cell(row_of(data, key), REASON).address


def filled(data: bytes, **given: Filling | tuple[Filling, str]) -> bytes:
    """The form with numbers, words, and (number, reason) by indicator, as a person types them."""
    cells: dict[str, Filling] = {}
    for key, value in given.items():
        what, why = value if isinstance(value, tuple) else (value, None)
        cells[value_cell(data, key)] = what
        if why is not None:
            cells[reason_cell(data, key)] = why
    # A person types where danchu would not: over words, too.
    with patch("danchu.core.documents.forms.xlsx.require_fillable"):
        return fill(data, {SHEET: cells})


def rewritten(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The package with the text of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                changed = change(content.decode())
                assert changed != content.decode(), "nothing was changed"
                content = changed.encode()
            target.writestr(entry.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_cell(data: bytes, address: str, inside: str, attributes: str = "") -> bytes:
    """The form with this XML as the cell of the address."""

    def change(text: str) -> str:
        return re.sub(
            rf'<c r="{address}"[^>]*?(/>|>.*?</c>)',
            f'<c r="{address}"{attributes}>{inside}</c>',
            text,
        )

    return rewritten(data, MAIN, change)


def with_code(data: bytes, name: str, value: str) -> bytes:
    """The form whose hidden code of this name is another."""
    codes = sheet(data, CODES)
    (row,) = (cells[0].row for cells in codes.rows if cells[0].value == name)

    def change(text: str) -> str:
        return re.sub(
            rf'<c r="B{row}"[^>]*?>.*?</c>',
            f'<c r="B{row}" t="inlineStr"><is><t>{value}</t></is></c>',
            text,
        )

    return rewritten(data, HIDDEN, change)
