"""A PDF is read in a process of its own, which may not take for ever."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest

from danchu.core import pdf_in
from danchu.core.errors import BadInput


def paper(words: bytes) -> bytes:
    """A one-page PDF with this content stream."""
    body = bytearray(b"%PDF-1.7\n")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
    )
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 5\n0000000000 65535 f \n"
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(body)


def test_a_page_is_read_with_its_picture():
    seen = pdf_in.look_into(paper(b"BT /F1 12 Tf 72 700 Td (Xin chao) Tj ET"), pictures=True)
    assert (seen.pages, seen.texts, seen.signatures) == (1, ("Xin chao",), 0)
    ((width, height, grey),) = seen.pictures
    assert len(grey) == 2 * width * height
    assert len(set(bytes.fromhex(grey))) > 1, "the letters are drawn"


def test_a_page_that_takes_too_long_is_refused_and_the_server_goes_on(monkeypatch):
    monkeypatch.setattr(pdf_in, "MOST_SECONDS", 1)
    line = b"BT /F1 1 Tf 1 0 0 1 9 9 Tm " + b"(ab ) Tj " * 1_000_000 + b"ET"
    with pytest.raises(BadInput) as told:
        pdf_in.look_into(paper(line))
    assert told.value.code == "too_complex"
    monkeypatch.undo()
    assert pdf_in.look_into(paper(b"BT /F1 12 Tf 9 9 Td (Sau do) Tj ET")).texts == ("Sau do",)


def test_what_is_no_pdf_is_refused():
    empty = io.BytesIO()
    pdfium.PdfDocument.new().save(empty)
    for wrong in (b"", b"no pdf", b"%PDF-1.7 cut", empty.getvalue()):
        with pytest.raises(BadInput) as told:
            pdf_in.look_into(wrong)
        assert told.value.field == "file"
