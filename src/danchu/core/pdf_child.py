"""The process that reads a PDF for :mod:`.pdf_in`: the file comes in, one JSON goes out."""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_DPI = 40
_MOST_PIXELS = 2000  # of the longer side of a page's picture
_MOST_PICTURES = 60


def seen(data: bytes, most: int, pictures: bool, whole: bool) -> dict[str, Any]:
    """What ``pdf_in.PdfSeen`` holds, or {"error": …}. ``whole``: with ``notes``, ``active``."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    try:
        if pictures:
            document.init_forms()  # else the picture of a signature is not drawn
        texts, shown, bare = [], [], []
        notes: list[str] = []
        laid: list[tuple[int, bool, float, bool]] = []
        for number in range(min(most, len(document))):
            page = document[number]
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            if pictures and number < _MOST_PICTURES:
                shown.append(_picture(page))
                bare.append(_picture(page, annotations=False))
                laid += [(number + 1, *one) for one in _laid(page, textpage)]
            if whole:
                notes += _notes(page)
            textpage.close()
            page.close()
        return {
            "pages": len(document),
            "texts": texts,
            "pictures": shown,
            "bare": bare,
            "laid": laid,
            "signatures": max(0, raw.FPDF_GetSignatureCount(document.raw)),
            "signers": _signers(document, data),
            "notes": notes,
            "active": _active(document, data) if whole else [],
            "locked": raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1,
            "scripts": raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0,
        }
    except pdfium.PdfiumError:
        return {"error": "damaged"}


def _signers(document: Any, data: bytes) -> list[dict[str, Any]]:
    if raw.FPDF_GetSignatureCount(document.raw) <= 0:
        return []
    from .pdf_signatures import signers  # what reads certificates is loaded where there are some

    return signers(document, data)


def _active(document: Any, data: bytes) -> list[str]:
    from .pdf_active import found_in

    return found_in(document, data)


def _notes(page: Any) -> list[str]:
    """What annotations of a page say and fields of a form hold."""
    said = []
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        if note:
            said += [_string(note, key, longest=200_000) for key in (b"Contents", b"V", b"T")]
            raw.FPDFPage_CloseAnnot(note)
    return [text for text in said if text.strip()]


def _laid(page: Any, textpage: Any) -> list[tuple[bool, float, bool]]:
    """Of each annotation of a page: a signature's field, its share of the page, over words."""
    width, height = page.get_size()
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            found.append((False, 1.0, True))
            continue
        box = raw.FS_RECTF()
        drawn = raw.FPDFAnnot_GetRect(note, box)
        left, right = sorted((box.left, box.right))
        bottom, top = sorted((box.bottom, box.top))
        signature = (
            drawn
            and raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET
            and _string(note, b"FT") == "Sig"
        )
        raw.FPDFPage_CloseAnnot(note)
        share = (right - left) * (top - bottom) / max(width * height, 1)
        words = share > 0 and textpage.get_text_bounded(left, bottom, right, top).strip()
        found.append((bool(signature), share, bool(words)))
    return found


def _string(note: Any, key: bytes, longest: int = 64) -> str:
    """A string or name of an annotation of at most ``longest`` bytes, else ""."""
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= longest:
        return ""
    room = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR)), len(room)
    )
    return room.raw[: size - 2].decode("utf-16-le", "replace")


def _picture(page: Any, *, annotations: bool = True) -> tuple[int, int, str]:
    width, height = page.get_size()
    scale = min(_DPI / 72, _MOST_PIXELS / max(width, height, 1))
    bitmap = page.render(
        scale=scale, grayscale=True, may_draw_forms=annotations, draw_annots=annotations
    )
    rows = bytes(bitmap.buffer)
    grey = b"".join(
        rows[line * bitmap.stride : line * bitmap.stride + bitmap.width]
        for line in range(bitmap.height)
    )
    return bitmap.width, bitmap.height, grey.hex()


if __name__ == "__main__":
    found = seen(sys.stdin.buffer.read(), int(sys.argv[1]), sys.argv[2] == "1", sys.argv[3] == "1")
    json.dump(found, sys.stdout)
