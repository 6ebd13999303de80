"""The text of a PDF: of its pages, or recognised from their pictures when it is a scan."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2 as pdfium

from danchu.core.errors import BadInput, current_language

from .archives import damaged, locked
from .tools import ocr_page, ocr_program

PAGES_LIMIT = 500
OCR_PAGES_LIMIT = 40
_OCR_DPI = 200
# A page with less text than this beside a picture is a scan with a stamp or page number on it.
_SCAN_CHARACTERS = 30
_PASSWORD_ERROR = 4

_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.IGNORECASE)
_LIST_START = re.compile(r"^(?:[-–•+*]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]+[.\-)]\s)")
_OPEN_HYPHEN = re.compile(r"\w-$")


def pdf_text(data: bytes, name: str) -> tuple[str, int, tuple[str, ...]]:
    """Text, number of pages and warnings of a PDF; scanned pages go through tesseract."""
    try:
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
    pages = [_page_lines(document, number) for number in range(count)]
    scanned = [
        number
        for number, lines in enumerate(pages)
        if sum(map(len, lines)) < _SCAN_CHARACTERS and _has_picture(document, number)
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
            recognised = ocr_page(program, _picture(document, number), name)
            pages[number] = [line.strip() for line in recognised.splitlines()]
        warnings.append(
            f"{len(scanned)} trang là bản quét, chữ do máy nhận dạng: đối chiếu từng số với bản "
            "gốc."
            if not current_language().startswith("en")
            else f"{len(scanned)} pages are scans and their text was recognised by machine: "
            "compare each figure with the original."
        )
    return "\n".join(_flow(lines) for lines in pages if lines).strip(), count, tuple(warnings)


def _page_lines(document: Any, number: int) -> list[str]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            raw = textpage.get_text_range()
        finally:
            textpage.close()
    finally:
        page.close()
    # pdfium writes U+FFFE or U+0002 where it saw a hyphen at the end of a line.
    raw = re.sub("[\ufffe\x02]\r?\n?", "", raw).replace("\u00ad", "")
    lines = [line.rstrip() for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while lines and (not lines[0].strip() or _PAGE_NUMBER.match(lines[0])):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.match(lines[-1])):
        lines.pop()
    return lines


def _has_picture(document: Any, number: int) -> bool:
    page = document[number]
    try:
        return any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]))
    finally:
        page.close()


def _picture(document: Any, number: int) -> bytes:
    page = document[number]
    try:
        width, height = page.get_size()
        # A page of monstrous size would be a picture of monstrous size.
        scale = min(_OCR_DPI / 72, 4000 / max(width, height, 1))
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        body = b"".join(
            rows[line * bitmap.stride : line * bitmap.stride + bitmap.width]
            for line in range(bitmap.height)
        )
        return b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height) + body
    finally:
        page.close()


def _flow(lines: list[str]) -> str:
    """Lines of a page as paragraphs: a line that reaches the margin goes on in the next one."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    margin = lengths[int((len(lengths) - 1) * 0.9)] * 0.75 if lengths else 0
    paragraphs: list[str] = []
    reached = False
    for line in lines:
        text = line.strip()
        if text and reached and "|" not in text and not _LIST_START.match(text):
            before = paragraphs[-1]
            # "bê-" and "tông" belong together; "kinh tế -" and "xã hội" keep their space.
            joint = "" if _OPEN_HYPHEN.search(before) and text[0].islower() else " "
            paragraphs[-1] = f"{before}{joint}{text}"
        elif text:
            paragraphs.append(text)
        reached = bool(text) and len(text) >= margin and "|" not in text
    return "\n".join(paragraphs)
