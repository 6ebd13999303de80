"""Which kinds of file are taken in, and how each is told from its first bytes.

The content decides, never the name: a name that says otherwise is refused.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from danchu.core.unpacking import DAMAGE, BoundedZip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. ``media_type`` is what it is served as, always as a download or a picture."""

    key: str
    name: str
    media_type: str
    extensions: tuple[str, ...]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("jpeg", "JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
        Kind("png", "PNG", "image/png", ("png",)),
        Kind("webp", "WebP", "image/webp", ("webp",)),
        Kind("pdf", "PDF", "application/pdf", ("pdf",)),
        Kind(
            "docx",
            "Word (DOCX)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
        ),
        Kind(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("xlsx",),
        ),
        Kind("odt", "ODT", "application/vnd.oasis.opendocument.text", ("odt",)),
        Kind("doc", "Word (DOC)", "application/msword", ("doc",)),
        Kind("txt", "TXT, CSV", "text/plain; charset=utf-8", ("txt", "csv")),
        # Served as plain text: a page somebody else wrote is never run in our origin.
        Kind("html", "HTML", "text/plain; charset=utf-8", ("html", "htm")),
    )
}
PICTURES = frozenset({"jpeg", "png", "webp"})
DEFAULT = frozenset(KINDS)
# What the page names where a file is attached to a record.
EVIDENCE = PICTURES | {"pdf", "docx", "xlsx", "txt"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(data: bytes) -> str | None:
    """The key of the kind these bytes are, "ole" for an old or locked Office file, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OLE):
        return "doc" if _utf16("WordDocument") in data else "ole"
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    return _sniff_text(data)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _sniff_zip(data: bytes) -> str | None:
    try:
        with BoundedZip(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                mimetype = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((k.key for k in KINDS.values() if k.media_type == mimetype), None)
    except DAMAGE:
        return None
    return None


def _sniff_text(data: bytes) -> str | None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not data or (b"\x00" in data and not wide):
        return None
    sample = data[:4096]
    # Some control codes are letters in old Vietnamese encodings; a binary file has many more.
    if not wide and 50 * sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample):
        return None
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if head.startswith((b"<!doctype html", b"<html", b"<!--")) else "txt"


def extension_of(name: str) -> str:
    """The extension of a file's name in lower case, "" for none."""
    _stem, dot, extension = name.rpartition(".")
    return extension.strip().lower() if dot else ""
