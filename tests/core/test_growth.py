"""A file four times as long takes about four times as long, whatever it is made of.

Small files once kept a server busy for minutes: a pattern or a list was walked again for every
sign in them. What grows with the square of its length takes sixteen times as long here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from danchu.core.documents.filled_xlsx import read_filled
from danchu.core.documents.forms.opening import open_form
from danchu.core.documents.sheets_in import read_xlsx
from danchu.core.documents.wording import one_line
from danchu.core.errors import BadInput
from danchu.core.files.services import check_upload
from tests.core.documents.word_form import paragraph, word_form
from tests.core.files import samples
from tests.timing import times_as_long

MOST = 12  # times as long for four times as much; sixteen would be its square
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BOOK = samples.xlsx_of("a")
_CORNER = b'<row r="40"><c r="AZ40"/></row>'


def book(inside: bytes = b"", *, head: bytes = b"", tail: bytes = b"", **parts: bytes) -> bytes:
    """A workbook with this in its one sheet: before, in and after what holds the cells."""
    sheet = b"<worksheet %s>%s<sheetData>%s</sheetData>%s</worksheet>" % (_MAIN, head, inside, tail)
    return samples.repacked(_BOOK, xl__worksheets__sheet1_dot_xml=sheet, **parts)


def row(inside: bytes) -> bytes:
    return b'<row r="1"><c r="A1">%s</c></row>' % inside


def document(inside: str) -> bytes:
    return word_form(paragraph(inside))


def marks(*kinds: str) -> str:
    return "".join(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in kinds)


ASKS = (
    marks("begin") + "<w:instrText>MERGEFIELD a</w:instrText>" + marks("separate") + "<w:t>a</w:t>"
)
LOCKED = (
    '<w:sdt><w:sdtPr><w:text/><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>'
    "<w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>"
)
BOOKS: dict[str, Callable[[int], bytes]] = {
    "servers of a command": lambda n: book(row(b"<f>" + b"a|" * n + b"</f>")),
    "quotes in a formula": lambda n: book(row(b"<f>" + b"|'\"" * n + b"</f>")),
    "tags of cells without an end": lambda n: book(b"<?x " + b"<c " * n + b"?>"),
    "quotes without an end": lambda n: book(b"<?x " + b'<c a="' * n + b"?>"),
    "tags of merged ranges without an end": lambda n: book(tail=b"<?x " + b"<mergeCell " * n + b"?>"),
    "tags of columns without an end": lambda n: book(head=b"<?x " + b"<col " * n + b"?>"),
    "tags of formulas without an end": lambda n: book(b"<?x " + b'<f ref="A1" ' * n + b"?>"),
    "columns over each other": lambda n: book(
        _CORNER, head=b"<cols>" + b'<col min="1" max="1"/>' * n + b"</cols>"
    ),
    "ranges over each other": lambda n: book(
        _CORNER, tail=b"<mergeCells>" + b'<mergeCell ref="A1:AZ1"/>' * n + b"</mergeCells>"
    ),
    "lines in a text": lambda n: book(row(b"<v>" + b"\n" * n + b"</v>")),
    "lists of texts": lambda n: book(
        xl__sharedStrings_dot_xml=b"<sst>" + b"<si/>" * n + b"</sst>",
        **{f"xl__a{i}_dot_xml": b"<a/>" for i in range(n // 100)},
    ),
}  # fmt: skip
DOCUMENTS: dict[str, Callable[[int], bytes]] = {
    "fields in fields": lambda n: document(f"<w:r>{marks('begin') * n}</w:r>"),
    "fields that ask": lambda n: document(f"<w:r>{(ASKS + marks('end')) * n}</w:r>"),
    "locked controls": lambda n: document(LOCKED * n),
    "texts in one run": lambda n: document(f"<w:r>{'<w:t> </w:t>' * n}</w:r>"),
    "pieces of a code": lambda n: document(
        f"<w:r>{marks('begin')}{'<w:instrText>MERGEFIELD a</w:instrText>' * n}</w:r>"
    ),
    "lines in one text": lambda n: document(f"<w:r><w:t>{chr(10) * 10 * n}</w:t></w:r>"),
    "pieces of one text": lambda n: document(f"<w:r><w:t>{('a' * 60 + '<w:a/>') * n}</w:t></w:r>"),
    "slashes of a code": lambda n: document(
        '<w:fldSimple w:instr="INCLUDETEXT ' + "\\" * 10 * n + '"/>'
    ),
}


def growth(make: Callable[[int], bytes], read: Callable[[bytes], object], size: int) -> float:
    """How many times as long four times as much takes."""

    def run(data: bytes) -> None:
        with contextlib.suppress(BadInput):
            read(data)

    small, large = make(size), make(4 * size)
    return times_as_long(lambda: run(large), lambda: run(small), rounds=2)


def as_evidence(data: bytes) -> object:
    return check_upload(data, "tep")


@pytest.mark.parametrize("read", [read_xlsx, open_form, read_filled, as_evidence])
@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_is_read_in_the_time_of_its_length(
    name: str, read: Callable[[bytes], object]
) -> None:
    assert growth(BOOKS[name], read, 4000) < MOST


@pytest.mark.parametrize("read", [open_form, as_evidence])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_in_the_time_of_its_length(
    name: str, read: Callable[[bytes], object]
) -> None:
    assert growth(DOCUMENTS[name], read, 3000) < MOST


@pytest.mark.parametrize("piece", ["a \n", " ", ". ", "a.;"])
def test_a_line_is_made_in_the_time_of_its_length(piece: str) -> None:
    assert growth(lambda n: piece.encode() * n, lambda data: one_line(data.decode()), 9000) < MOST


def test_what_could_grow_is_still_read_as_it_was() -> None:
    data = book(
        b'<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c t="s" r="B1" s="0"><v>0</v></c></row>'
        b'<row r="2"><c r="A2"><f>SUM(B1:B9)</f><v>7</v></c></row>',
        head=b'<cols><col min="1" max="2" hidden="1"/><col min="2" max="9"/></cols>',
        tail=b'<mergeCells><mergeCell ref="A3:B4"/></mergeCells>',
    )
    (sheet,) = read_xlsx(data)
    assert sheet.rows == (("#DIV/0!", "a"), (7, None))
    form = open_form(data).sheets["Mẫu"]
    assert form.cell("A2").has_formula and not form.cell("A1").has_formula
    assert (form.cell("A3").rows, form.cell("B4").covered_by) == (2, "A3")
    assert [form.cell(place).hidden for place in ("A1", "B1")] == [True, True]
    assert check_upload(data, "a.xlsx").kind == "xlsx"
