"""The process that reads a PDF for :mod:`.pdf_in`: the file comes in, one JSON goes out."""

from __future__ import annotations

import json
import sys
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_DPI = 40
_MOST_PIXELS = 2000  # of the longer side of a page's picture
_MOST_PICTURES = 60


def seen(data: bytes, most: int, pictures: bool) -> dict[str, Any]:
    """What ``pdf_in.PdfSeen`` holds, or {"error": …}."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    try:
        texts, shown = [], []
        for number in range(min(most, len(document))):
            page = document[number]
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            if pictures and number < _MOST_PICTURES:
                shown.append(_picture(page))
            page.close()
        return {
            "pages": len(document),
            "texts": texts,
            "pictures": shown,
            "signatures": max(0, raw.FPDF_GetSignatureCount(document.raw)),
            "signers": _signers(document, data),
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


def _picture(page: Any) -> tuple[int, int, str]:
    width, height = page.get_size()
    scale = min(_DPI / 72, _MOST_PIXELS / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    rows = bytes(bitmap.buffer)
    grey = b"".join(
        rows[line * bitmap.stride : line * bitmap.stride + bitmap.width]
        for line in range(bitmap.height)
    )
    return bitmap.width, bitmap.height, grey.hex()


if __name__ == "__main__":
    found = seen(sys.stdin.buffer.read(), int(sys.argv[1]), sys.argv[2] == "1")
    json.dump(found, sys.stdout)
