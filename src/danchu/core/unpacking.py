"""Parts of a package (XLSX, DOCX, ODT) unpacked to the size they declare and no further.

And what no honest package has: parts that point outside it, a document type, cells and fields
that call a program where they are opened.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable

from danchu.core.errors import BadInput

_PIECE = 1 << 16  # bytes

# DDE: a server and a topic, "cmd|' /C calc'!A0". As a formula, as a link of the workbook, or as a
# field of Word. A text that looks like one stays a text, here and in what the house writes.
_COMMANDS = re.compile(
    rb"<(?:[\w.-]+:)?f\b[^>]*>[^<]*[\w.]\|(?:(?!&quot;)[^<\"])*!"
    rb"|<(?:[\w.-]+:)?ddeLink\b"
    rb"|instrText\b[^>]*>\s*DDE(?:AUTO)?\b"
    rb"|\binstr\s*=\s*[\"']\s*DDE(?:AUTO)?\b",
    re.IGNORECASE,
)


class BoundedZip(zipfile.ZipFile):
    """A package whose parts never take more memory than their declared size.

    ``zipfile`` unpacks a whole part before it cuts it to the size that its entry declares, so a
    part that lies about its size could still fill the memory; read in pieces it cannot.
    """

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a part; raises like ``ZipFile.read``."""
        with self.open(name, "r", pwd) as part:
            return b"".join(iter(lambda: part.read(_PIECE), b""))


def require_inside(names: Iterable[str]) -> None:
    """Raise ``BadInput`` for a package one of whose parts points outside of it ("../…")."""
    for name in names:
        path = name.replace("\\", "/")
        if path.startswith("/") or ":" in path.partition("/")[0] or ".." in path.split("/"):
            raise unsafe(
                "có phần trỏ ra ngoài tệp (đường dẫn “../”)",
                "has a part that points outside of it (a path with “../”)",
            )


def require_no_commands(part: bytes) -> None:
    """Raise ``BadInput`` for a part of a package with a cell or field that calls a program."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in part[:4]:
        part = part.decode("utf-16", "ignore").encode()
    if _COMMANDS.search(part):
        raise unsafe(
            "có công thức hoặc trường gọi chương trình trên máy (DDE, ví dụ “=cmd|…”)",
            "has a formula or field that calls a program on the machine (DDE, such as “=cmd|…”)",
        )


def unsafe(vi: str, en: str) -> BadInput:
    """The refusal of a package that is not damaged but means no good; says why."""
    return BadInput(
        f"Tệp này không an toàn nên không nhận: {vi}. Bỏ phần đó, lưu lại rồi gửi. "
        "Tệp không được giữ lại.",
        f"This file is not safe and is not taken in: it {en}. Remove that, save it and send it "
        "again. It was not kept.",
        code="unsafe",
        field="file",
    )


def doctype() -> BadInput:
    """The refusal of a package with a document type, which Office files never have."""
    return unsafe(
        "có khai báo kiểu tài liệu (DOCTYPE) trong tệp",
        "declares a document type (DOCTYPE)",
    )
