"""Looking into a PDF that came from outside."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from danchu.core.errors import BadInput

# PDFium may be entered by one thread at a time, whoever in the process uses it.
PDFIUM = threading.RLock()
MOST_PAGES = 1000


def pdf_pages(data: bytes) -> tuple[list[str], int]:
    """The text of each page, and how many digital signatures the file says it carries.

    Annotations, the picture of a signature among them, are not part of a page's text. Raises
    ``BadInput`` (field "file") for a PDF that cannot be opened or has too many pages.
    """
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            raise _unreadable() from None
        try:
            if len(document) > MOST_PAGES:
                raise BadInput(
                    f"Tệp PDF có {len(document)} trang, nhiều nhất {MOST_PAGES} trang.",
                    f"The PDF has {len(document)} pages, at most {MOST_PAGES} are taken in.",
                    field="file",
                )
            texts = []
            for number in range(len(document)):
                page = document[number]
                texts.append(page.get_textpage().get_text_range())
                page.close()
            return texts, max(0, raw.FPDF_GetSignatureCount(document.raw))
        except pdfium.PdfiumError:
            raise _unreadable() from None
        finally:
            document.close()


def _unreadable() -> BadInput:
    return BadInput(
        "Không mở được tệp PDF này: tệp hỏng, có mật khẩu hoặc chưa tải lên hết.",
        "This PDF cannot be opened: it is damaged, locked or cut off.",
        field="file",
    )
