"""A PDF that comes back signed: nothing may be missing, what was added is told."""

from __future__ import annotations

import dataclasses
import io

import pypdfium2 as pdfium
import pytest

from danchu.core.documents import Heading, render_pdf
from danchu.core.documents.signed import Differs, check_signed
from danchu.core.errors import BadInput

from .papers import big, paragraph, state
from .signing import signed


def test_a_file_that_only_grew_is_the_frozen_one():
    frozen = render_pdf(state())
    found = check_signed(frozen, frozen + b"\n% what a signing program appends\n")
    assert (found.verdict, found.signatures, found.added) == ("bytes", 0, ())


def test_the_same_words_set_anew_are_found():
    frozen = render_pdf(state())
    document = pdfium.PdfDocument(frozen)

    again = io.BytesIO()
    document.save(again)
    assert not again.getvalue().startswith(frozen)
    assert check_signed(frozen, again.getvalue()).verdict == "words"


def test_pages_added_behind_are_told_and_pages_left_out_are_refused():
    whole = big()
    short = dataclasses.replace(whole, annexes=())
    found = check_signed(render_pdf(short), render_pdf(whole))
    assert found.verdict == "words"
    assert any("Phụ lục" in text for text in found.added)
    with pytest.raises(Differs):
        check_signed(render_pdf(whole), render_pdf(short))


def test_a_scan_is_left_to_a_person_and_a_broken_file_is_refused():
    frozen = render_pdf(state())
    blank = pdfium.PdfDocument.new()
    for _ in pdfium.PdfDocument(frozen):
        blank.new_page(595, 842)

    scan = io.BytesIO()
    blank.save(scan)
    assert check_signed(frozen, scan.getvalue()).verdict == "unread"
    short = pdfium.PdfDocument.new()
    short.new_page(595, 842)
    one = io.BytesIO()
    short.save(one)
    with pytest.raises(Differs):  # one empty sheet is no scan of three
        check_signed(frozen, one.getvalue())
    for wrong in (b"", b"%PDF-1.7 cut", frozen[: len(frozen) // 3]):
        with pytest.raises(BadInput):
            check_signed(frozen, wrong)


def test_one_swapped_digit_is_seen():
    paper = state(blocks=(Heading(1, "I", "Kết quả"), paragraph("Tổ chức 43 hội nghị.")))
    forged = state(blocks=(Heading(1, "I", "Kết quả"), paragraph("Tổ chức 34 hội nghị.")))
    with pytest.raises(Differs) as told:
        check_signed(render_pdf(paper), render_pdf(forged))
    assert told.value.where == ((1, "43", "34"),)


def grown(frozen: bytes, *objects: bytes, root: int) -> bytes:
    """The file with objects appended as an incremental update, as a signing program does."""
    offsets, body = {}, bytearray(frozen)
    for number, content in enumerate(objects, start=9000):
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    before = int(frozen.rsplit(b"startxref", 1)[1].split()[0])
    body += b"xref\n9000 %d\n" % len(objects)
    for offset in offsets.values():
        body += b"%010d 00000 n \n" % offset
    body += b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (9000 + len(objects), root, before)
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)


def test_a_file_that_grew_by_other_pages_is_not_the_frozen_one():
    frozen = render_pdf(state())
    words = b"BT /F1 12 Tf 72 700 Td (Nhan 999 y kien, da tra loi 999) Tj ET"
    forged = grown(
        frozen,
        b"<</Type/Catalog/Pages 9001 0 R>>",
        b"<</Type/Pages/Count 1/Kids[9002 0 R]>>",
        b"<</Type/Page/Parent 9001 0 R/MediaBox[0 0 595 842]/Contents 9003 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        root=9000,
    )
    assert forged.startswith(frozen)
    assert pdfium.PdfDocument(forged)[0].get_textpage().get_text_range().startswith("Nhan 999")
    with pytest.raises(Differs):
        check_signed(frozen, forged)


def test_what_is_laid_over_a_page_is_told():
    paper = state()
    frozen = render_pdf(paper)
    document = pdfium.PdfDocument(frozen)
    page = document[0]
    box = pdfium.raw.FPDFPageObj_CreateNewRect(60, 300, 480, 200)
    pdfium.raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    pdfium.raw.FPDFPath_SetDrawMode(box, pdfium.raw.FPDF_FILLMODE_WINDING, 0)
    pdfium.raw.FPDFPage_InsertObject(page.raw, box)
    page.gen_content()
    covered = io.BytesIO()
    document.save(covered)
    found = check_signed(frozen, covered.getvalue())
    assert (found.verdict, found.pictures) == ("words", (1,))
    assert check_signed(frozen, frozen).pictures == ()


def test_long_additions_are_told_whole_or_said_to_be_cut():
    paper = state()
    more = dataclasses.replace(paper, annexes=(*paper.annexes, *big().annexes))
    found = check_signed(render_pdf(paper), render_pdf(more))
    assert any(text.endswith("[…]") for text in found.added)


def test_who_signed_when_and_what_of_the_file_is_told_as_it_stands_there():
    frozen = render_pdf(state())
    once = signed(frozen)
    found = check_signed(frozen, once)
    assert (found.verdict, found.signatures) == ("bytes", 1)
    (told,) = found.signers
    assert (told.subject, told.issuer) == ("Trần Mẫu Hòa", "Cơ quan chứng thực Mẫu")
    assert told.signed_at == "2026-06-15T03:11:12+00:00"
    assert told.valid_from.startswith("2026-01-01") and told.valid_to.startswith("2028-12-31")
    assert told.covers == "whole"
    # The file grew after the signing: the signature speaks of an earlier state of it.
    (later,) = check_signed(frozen, once + b"\n% more\n").signers
    assert later.covers == "earlier" and later.subject == told.subject


def test_a_signature_that_leaves_a_part_out_or_says_nothing_is_told_so():
    frozen = render_pdf(state())
    good = signed(frozen)
    place = good.index(b"/ByteRange[0 ") + len(b"/ByteRange[0 ")
    shorter = int(good[place : place + 10]) - 500
    gap = good[:place] + b"%010d" % shorter + good[place + 10 :]
    (told,) = check_signed(frozen, gap).signers
    assert told.covers == "unclear"
    (told,) = check_signed(frozen, signed(frozen, contents=b"\x30\x82\xff\xff nonsense")).signers
    assert (told.subject, told.issuer, told.covers) == ("", "", "whole")
    (told,) = check_signed(frozen, signed(frozen, subject="A\x07<b>" + "x" * 40)).signers
    assert "\x07" not in told.subject
    assert check_signed(frozen, frozen).signers == ()


def laid_over(frozen: bytes) -> bytes:
    """The file with a white box over a part of its first page."""
    document = pdfium.PdfDocument(frozen)
    page = document[0]
    box = pdfium.raw.FPDFPageObj_CreateNewRect(60, 300, 480, 200)
    pdfium.raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    pdfium.raw.FPDFPath_SetDrawMode(box, pdfium.raw.FPDF_FILLMODE_WINDING, 0)
    pdfium.raw.FPDFPage_InsertObject(page.raw, box)
    page.gen_content()
    covered = io.BytesIO()
    document.save(covered)
    return covered.getvalue()


def blank_place(frozen: bytes) -> tuple[int, int, int, int]:
    """A place of 100 by 40 on the first page with no word in it."""
    textpage = pdfium.PdfDocument(frozen)[0].get_textpage()
    for bottom in range(20, 780, 20):
        if not textpage.get_text_bounded(300, bottom, 400, bottom + 40).strip():
            return (300, bottom, 400, bottom + 40)
    raise AssertionError("the page is full")


def test_only_the_issued_pages_grown_by_signatures_alone_need_nobody_to_look() -> None:
    frozen = render_pdf(state())
    place = blank_place(frozen)
    assert check_signed(frozen, signed(frozen)).only_signed
    seal = check_signed(frozen, signed(frozen, box=place))
    assert seal.only_signed and seal.pictures == (1,)
    for wrong, why in (
        (frozen, "no signature at all"),
        (signed(frozen) + b"\n% more\n", "grown after the signing"),
        (signed(frozen, contents=b"\x30\x82\xff\xff nonsense"), "nobody's signature"),
        (signed(frozen, box=(0, 0, 595, 842)), "a picture over the whole page"),
        (signed(frozen, box=(60, 300, 300, 420)), "a picture over words"),
        (laid_over(frozen), "a box over words"),
    ):
        found = check_signed(frozen, wrong)
        assert not found.only_signed, why
