"""The text of a PDF: of its pages, or recognised from their pictures when it is a scan."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from danchu.core.errors import BadInput, current_language
from danchu.core.pdf_in import PDFIUM

from .drawn import drawn_rules, ruled_flow
from .flow import Piece, page_flow
from .refusals import damaged, locked
from .scans import page_text
from .tools import ocr_program

PAGES_LIMIT = 500
OCR_PAGES_LIMIT = 40
_OCR_DPI = 200
# A page with less text than this beside a picture is a scan with a stamp or page number on it.
_SCAN_CHARACTERS = 30
_PASSWORD_ERROR = 4

_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.IGNORECASE)
# Far more words than a page holds.
_PIECES_LIMIT = 20_000


def pdf_text(data: bytes, name: str) -> tuple[str, int, tuple[str, ...]]:
    """Text, number of pages and warnings of a PDF; scanned pages go through tesseract."""
    try:
        with PDFIUM:
            document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise locked(name) from None
        raise damaged(name, "PDF") from None
    try:
        return _document_text(document, name)
    except pdfium.PdfiumError:
        raise damaged(name, "PDF") from None
    finally:
        with PDFIUM:
            document.close()


def _document_text(document: Any, name: str) -> tuple[str, int, tuple[str, ...]]:
    count = len(document)
    if count == 0:
        raise damaged(name, "PDF")
    if count > PAGES_LIMIT:
        raise BadInput(
            f"{name}: tệp PDF có {count} trang, quá {PAGES_LIMIT} trang cho một văn bản. "
            "Tách thành từng báo cáo rồi đọc lại.",
            f"{name}: the PDF has {count} pages, more than the {PAGES_LIMIT} of one document. "
            "Split it into single reports.",
            code="too_large",
        )
    pages = [_page_text(document, number) for number in range(count)]
    scanned = [
        number
        for number, text in enumerate(pages)
        if len(text.strip()) < _SCAN_CHARACTERS and _has_picture(document, number)
    ]
    warnings: list[str] = []
    if scanned:
        if len(scanned) > OCR_PAGES_LIMIT:
            raise BadInput(
                f"{name}: bản quét có {len(scanned)} trang, quá {OCR_PAGES_LIMIT} trang cho một "
                "lần nhận dạng chữ. Tách nhỏ tệp rồi đọc lại.",
                f"{name}: the scan has {len(scanned)} pages, more than the {OCR_PAGES_LIMIT} "
                "recognised at a time. Split the file.",
                code="too_large",
            )
        program = ocr_program(name)
        for number in scanned:
            picture, dpi = _picture(document, number)
            pages[number] = _trimmed(page_text(program, picture, dpi, name))
        warnings.append(
            f"{len(scanned)} trang là bản quét, chữ do máy nhận dạng: đối chiếu từng số với bản "
            "gốc."
            if not current_language().startswith("en")
            else f"{len(scanned)} pages are scans and their text was recognised by machine: "
            "compare each figure with the original."
        )
    return "\n".join(text for text in pages if text).strip(), count, tuple(warnings)


def _page_text(document: Any, number: int) -> str:
    with PDFIUM:
        page = document[number]
        try:
            height, rules = page.get_height(), drawn_rules(page)
            textpage = page.get_textpage()
            try:
                raw = _tidy(textpage.get_text_range())
                pieces = _pieces(textpage)
            finally:
                textpage.close()
        finally:
            page.close()
    text = ruled_flow(pieces, rules, height) if rules else page_flow(pieces)
    # Where pdfium cannot tell the boxes of the words, its own order of them is kept.
    if len(re.sub(r"\s|\|", "", text)) * 10 < len(re.sub(r"\s", "", raw)) * 9:
        return _trimmed(raw)
    return _trimmed(text)


def _pieces(textpage: Any) -> list[Piece]:
    pieces: list[Piece] = []
    for index in range(min(textpage.count_rects(), _PIECES_LIMIT)):
        left, bottom, right, top = textpage.get_rect(index)
        text = _tidy(textpage.get_text_bounded(left, bottom, right, top)).replace("\n", " ")
        if text.strip():
            pieces.append(Piece(text, left, bottom, right, top))
    return pieces


def _tidy(text: str) -> str:
    # pdfium writes U+FFFE or U+0002 where it saw a hyphen at the end of a line.
    text = re.sub("[\ufffe\x02]\r?\n?", "", text).replace("\u00ad", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _trimmed(text: str) -> str:
    """Without the page number that stands alone at the head or foot."""
    lines = text.split("\n")
    while lines and (not lines[0].strip() or _PAGE_NUMBER.match(lines[0])):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.match(lines[-1])):
        lines.pop()
    return "\n".join(line.rstrip() for line in lines)


def _has_picture(document: Any, number: int) -> bool:
    with PDFIUM:
        page = document[number]
        try:
            return any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]))
        finally:
            page.close()


def _picture(document: Any, number: int) -> tuple[Image.Image, float]:
    """A page in grey, and its resolution in dots per inch."""
    with PDFIUM:
        page = document[number]
        try:
            width, height = page.get_size()
            # A page of monstrous size would be a picture of monstrous size.
            scale = min(_OCR_DPI / 72, 4000 / max(width, height, 1))
            bitmap = page.render(scale=scale, grayscale=True)
            return bitmap.to_pil().convert("L"), scale * 72
        finally:
            page.close()
