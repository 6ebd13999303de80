"""What every kind of form rests on: the package opened and packed again, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeAlias

from lxml import etree

from danchu.core.errors import BadInput
from danchu.core.unpacking import DAMAGE, BoundedZip, doctype, require_inside

Filling: TypeAlias = int | Fraction | str

MAX_UNPACKED = 200_000_000  # bytes of all parts


def opened(data: bytes, main: str) -> BoundedZip:
    """The package of a form whose main part has this name.

    Raises ``BadInput`` for what has no such part, is broken, signed or larger than
    ``MAX_UNPACKED``; call it inside :func:`whole`.
    """
    package = BoundedZip(io.BytesIO(data))
    names = package.namelist()
    require_inside(names)
    if main not in names or len(set(names)) != len(names):
        raise broken()
    if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
        raise too_large("200 MB khi mở ra", "200 MB when unpacked")
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise signed()
    return package


def repacked(package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The package with these parts in the place of its own; all others keep their bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in package.infolist():
            fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            if entry.compress_type == zipfile.ZIP_STORED:
                fresh.compress_type = zipfile.ZIP_STORED
            fresh.external_attr = entry.external_attr
            kept = changed.get(entry.filename)
            target.writestr(fresh, package.read(entry) if kept is None else kept)
    return out.getvalue()


@contextmanager
def whole() -> Iterator[None]:
    """What goes wrong inside is the file's fault: zip, deflate and XML each break in own ways."""
    try:
        yield
    except (*DAMAGE, etree.XMLSyntaxError, LookupError) as error:
        raise broken() from error


def parsed(package: zipfile.ZipFile, part: str) -> etree._Element:
    """The root of a part; ``BadInput`` for one with a document type."""
    root = etree.fromstring(package.read(part), parser())
    if root.getroottree().docinfo.doctype:
        raise doctype()
    return root


def encoded_anew(content: bytes) -> bytes:
    """A part in UTF-8: as it came, unless it is written in another encoding."""
    head = content[:200].lower()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]
    if wide or (b"encoding=" in head and b"utf-8" not in head):
        root = etree.fromstring(content, parser())
        plain: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return plain
    return content


def parser() -> etree.XMLParser:
    """A parser that fetches nothing and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )


def broken() -> BadInput:
    """The refusal of what is no form that can be opened."""
    return BadInput(
        "Không mở được biểu mẫu: tệp hỏng hoặc không phải .xlsx, .docx. Mở bằng chương trình bảng "
        "tính hay soạn thảo, lưu thành .xlsx, .docx rồi gửi lại. Tệp không được giữ lại.",
        "The form cannot be opened: it is damaged or neither .xlsx nor .docx. Open it, save it as "
        "one of these and send it again. It was not kept.",
        code="broken_file",
        field="file",
    )


def too_large(vi: str, en: str) -> BadInput:
    """The refusal of a form over this limit."""
    return BadInput(
        f"Biểu mẫu vượt giới hạn {vi}. Xóa phần trống hoặc tách tệp rồi gửi lại. "
        "Tệp không được giữ lại.",
        f"The form is over the limit of {en}. Delete the empty part or divide it and send it "
        "again. It was not kept.",
        code="too_large",
        field="file",
    )


def signed() -> BadInput:
    """The refusal of a form that its sender signed."""
    return BadInput(
        "Biểu mẫu này có chữ ký số; điền vào sẽ làm hỏng chữ ký. Xin nơi gửi bản không ký để điền.",
        "This form carries a digital signature that filling would break. Ask the sender for an "
        "unsigned copy to fill.",
        code="signed",
        field="file",
    )
