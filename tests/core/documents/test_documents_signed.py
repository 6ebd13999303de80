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
    blank.new_page(595, 842)

    scan = io.BytesIO()
    blank.save(scan)
    assert check_signed(frozen, scan.getvalue()).verdict == "unread"
    for wrong in (b"", b"%PDF-1.7 cut", frozen[: len(frozen) // 3]):
        with pytest.raises(BadInput):
            check_signed(frozen, wrong)


def test_one_swapped_digit_is_seen():
    paper = state(blocks=(Heading(1, "I", "Kết quả"), paragraph("Tổ chức 43 hội nghị.")))
    forged = state(blocks=(Heading(1, "I", "Kết quả"), paragraph("Tổ chức 34 hội nghị.")))
    with pytest.raises(Differs) as told:
        check_signed(render_pdf(paper), render_pdf(forged))
    assert told.value.where == ((1, "43", "34"),)
