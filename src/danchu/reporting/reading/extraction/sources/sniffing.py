"""What a file is, told from its bytes: names lie, and a wrong reader can be attacked."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from danchu.core.unpacking import DAMAGE, BoundedZip


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file: its media type, and how a person calls it."""

    code: str
    media_type: str
    vi: str
    en: str


def _kind(code: str, media_type: str, vi: str, en: str) -> Kind:
    return Kind(code, media_type, vi, en)


DOCX = _kind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "tệp DOCX",
    "DOCX file",
)
ODT = _kind("odt", "application/vnd.oasis.opendocument.text", "tệp ODT", "ODT file")
PDF = _kind("pdf", "application/pdf", "tệp PDF", "PDF file")
DOC = _kind("doc", "application/msword", "tệp DOC", "DOC file")
HTML = _kind("html", "text/html", "trang HTML", "HTML page")
TEXT = _kind("txt", "text/plain", "tệp văn bản thuần", "plain text file")
JPEG = _kind("jpeg", "image/jpeg", "ảnh JPEG", "JPEG picture")
PNG = _kind("png", "image/png", "ảnh PNG", "PNG picture")
LOCKED_OFFICE = _kind(
    "locked", "application/x-ole-storage", "tệp Office có mật khẩu", "Office file with a password"
)
BROKEN_ZIP = _kind("broken_zip", "application/zip", "tệp nén bị hỏng", "damaged archive")
UNKNOWN = _kind("unknown", "application/octet-stream", "tệp nhị phân không rõ loại", "binary file")

READABLE = {kind.code: kind for kind in (DOCX, ODT, PDF, DOC, HTML, TEXT, JPEG, PNG)}

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n", PNG),
    (b"GIF8", _kind("gif", "image/gif", "ảnh GIF", "GIF picture")),
    (b"II*\x00", _kind("tiff", "image/tiff", "ảnh TIFF", "TIFF picture")),
    (b"MM\x00*", _kind("tiff", "image/tiff", "ảnh TIFF", "TIFF picture")),
    (b"RIFF", _kind("riff", "application/octet-stream", "tệp ảnh hoặc âm thanh", "media file")),
    (b"{\\rtf", _kind("rtf", "application/rtf", "tệp RTF", "RTF file")),
    (b"Rar!", _kind("rar", "application/vnd.rar", "tệp nén RAR", "RAR archive")),
    (b"7z\xbc\xaf", _kind("7z", "application/x-7z-compressed", "tệp nén 7z", "7z archive")),
    (b"\x1f\x8b", _kind("gzip", "application/gzip", "tệp nén GZIP", "GZIP archive")),
    (b"MZ", _kind("exe", "application/octet-stream", "tệp chương trình", "program file")),
    (b"\x7fELF", _kind("exe", "application/octet-stream", "tệp chương trình", "program file")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS = _kind("xls", "application/vnd.ms-excel", "bảng tính XLS", "XLS workbook")
_OTHER_OLE = _kind("ole", "application/x-ole-storage", "tệp Office cũ khác DOC", "Office file")
_XLSX = _kind(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bảng tính XLSX",
    "XLSX workbook",
)
_ZIP = _kind("zip", "application/zip", "tệp nén ZIP", "ZIP archive")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span)[\s>/]", re.IGNORECASE
)
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def sniff(data: bytes) -> Kind:
    """The type of ``data`` from its content alone; :data:`UNKNOWN` for binary of no known kind."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (signature != b"MZ" or b"\x00" in data[:256]):
            return kind
    head = data[:8192]
    if head.startswith(_UNICODE_MARKS):
        return HTML if _MARKUP.search(head.replace(b"\x00", b"")) else TEXT
    if b"\x00" in head:
        return UNKNOWN
    controls = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in head)
    # TCVN3 keeps letters among the control codes, so a few of them are still text.
    if controls * 10 > len(head):
        return UNKNOWN
    return HTML if _MARKUP.search(head) else TEXT


def _sniff_zip(data: bytes) -> Kind:
    try:
        with BoundedZip(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "mimetype" in names and "content.xml" in names:
                info = archive.getinfo("mimetype")
                if info.file_size < 200 and archive.read(info).startswith(
                    ODT.media_type.encode("ascii")
                ):
                    return ODT
            return _XLSX if "xl/workbook.xml" in names else _ZIP
    except DAMAGE:
        return BROKEN_ZIP


def _sniff_ole(data: bytes) -> Kind:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("WordDocument"):
        return DOC
    if holds("EncryptedPackage"):
        return LOCKED_OFFICE
    return _XLS if holds("Workbook") or holds("Book") else _OTHER_OLE
