"""Parts of a package (XLSX, DOCX, ODT) unpacked to the size they declare and no further.

And parts that point outside of it. What stands in them is judged in :mod:`.package_parts`.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable

from danchu.core.errors import BadInput

MAX_PART = 40_000_000  # bytes of one part; a sheet of a million cells has some thirty million
MAX_TOGETHER = 120_000_000  # bytes of all parts; an upload has at most 25 million
MAX_RATIO = 100  # times; the XML of Office files packs ten to forty times
_MAY_SWELL = 10_000_000  # bytes below which no ratio is asked for: they cost nothing
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


class ReadOnce(BoundedZip):
    """A package whose parts are unpacked once, however often they are asked for."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._parts: dict[int, bytes] = {}

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a part; raises like ``ZipFile.read``."""
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        part = self._parts.get(entry.header_offset)
        if part is None:
            part = self._parts[entry.header_offset] = super().read(entry, pwd)
        return part


def require_sober(package: zipfile.ZipFile, size: int) -> None:
    """Raise ``BadInput`` (code "too_large") for a package of ``size`` bytes that would swell.

    Judged by what its entries declare, before anything is unpacked; :class:`BoundedZip` then
    gives no part beyond that. Entries may lie over each other, so all are held against the file.
    """
    together = 0
    for entry in package.infolist():
        together += entry.file_size
        if entry.file_size > MAX_PART or _swells(entry.file_size, entry.compress_size):
            raise swollen()
    if together > MAX_TOGETHER or _swells(together, size):
        raise swollen()


def _swells(unpacked: int, packed: int) -> bool:
    return unpacked > max(_MAY_SWELL, packed * MAX_RATIO)


def require_inside(names: Iterable[str]) -> None:
    """Raise ``BadInput`` for a package one of whose parts points outside of it ("../…")."""
    for name in names:
        path = name.replace("\\", "/")
        if path.startswith("/") or ":" in path.partition("/")[0] or ".." in path.split("/"):
            raise unsafe(
                "có phần trỏ ra ngoài tệp (đường dẫn “../”)",
                "has a part that points outside of it (a path with “../”)",
            )


def swollen() -> BadInput:
    """The refusal of a package with more bytes, parts or markup than any document."""
    return BadInput(
        "Tệp này phình quá lớn khi mở ra nên không nhận được. Tệp không được giữ lại.",
        "This file grows too large when it is opened. It was not kept.",
        code="too_large",
        field="file",
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
