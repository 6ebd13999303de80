"""Small files of every kind, whole and hostile, made here so that none is kept in the tree."""

from __future__ import annotations

import hashlib
import io
import zipfile

import docx
import xlsxwriter
from PIL import Image

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def jpeg(size: tuple[int, int] = (40, 30)) -> bytes:
    """A photo as a phone writes it: turned, with place, time, maker and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "MaySanXuat"
    exif[0x9003] = "2026:02:03 07:08:09"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.5)
    out = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(
        out, "JPEG", exif=exif, comment=b"GhiChuRieng", icc_profile=b"HoSoMau" * 20
    )
    return out.getvalue()


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "TacGiaRieng")
    out = io.BytesIO()
    Image.new("RGBA", size, (1, 2, 3, 100)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "WEBP")
    return out.getvalue()


def bomb() -> bytes:
    """Ten kilobytes that unfold to ninety million pixels."""
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return out.getvalue()


def docx_of(*lines: str, author: str = "NguoiSoanRieng", header: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_of(*cells: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": "NguoiSoanRieng", "company": "NguoiSoanRieng"})
    sheet = book.add_worksheet("Mẫu")
    for row, cell in enumerate(cells):
        sheet.write_string(row, 0, cell)
    book.close()
    return out.getvalue()


def odt_of(*lines: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    dc = "http://purl.org/dc/elements/1.1/"
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:text="{text}">'
            f"<office:body>{body}</office:body></office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f'<office:document-meta xmlns:office="{office}" xmlns:dc="{dc}"><office:meta>'
            "<dc:creator>NguoiSoanRieng</dc:creator></office:meta></office:document-meta>",
        )
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A zip with parts added or replaced; "__" in a keyword stands for "/", "_dot_" for "."."""
    named = {k.replace("_dot_", ".").replace("__", "/"): v for k, v in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename not in named:
                new.writestr(entry, old.read(entry))
        for name, content in named.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ole(*texts: str, flags: int = 0) -> bytes:
    """As much of an old Word file as is looked at: header, directory names, text."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[26:32] = b"\x03\x00\xfe\xff\x09\x00"
    document = bytearray(512)
    document[:2] = b"\xec\xa5"
    document[11] = flags
    names = "".join(texts).encode("utf-16-le")
    return bytes(header) + bytes(document) + names.ljust(1024, b"\x00")


def pdf(*, script: bool = False, locked: str | None = None) -> bytes:
    """A PDF with one empty page; ``locked`` "" opens without a password but is protected."""
    catalog = "<</Type/Catalog/Pages 2 0 R"
    if script:
        catalog += "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>"
    objects = [
        (catalog + ">>").encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    trailer = b"/Root 1 0 R"
    if locked is not None:
        owner, identity, allowed = b"\x01" * 32, b"0123456789abcdef", -4
        padded = (locked.encode() + _PAD)[:32]
        key = hashlib.md5(
            padded + owner + allowed.to_bytes(4, "little", signed=True) + identity
        ).digest()[:5]
        objects.append(
            b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>"
            % (owner.hex().encode(), _rc4(key, _PAD).hex().encode(), allowed)
        )
        name = identity.hex().encode()
        trailer += b"/Encrypt 4 0 R/ID[<%s><%s>]" % (name, name)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
