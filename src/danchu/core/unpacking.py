"""Parts of a package (XLSX, DOCX, ODT) unpacked to the size they declare and no further.

And parts that point outside of it. What stands in them is judged in :mod:`.package_parts`.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterable

from danchu.core.errors import BadInput

_PIECE = 1 << 16  # bytes
DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,
    ValueError,
    OSError,
)
"""What a damaged package raises: its directory and each way of packing break in their own words."""

DAMAGE_OR_LACK: tuple[type[Exception], ...] = (*DAMAGE, KeyError)
"""And what one raises that has not the part asked for."""


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
