"""Parts of a package (XLSX, DOCX, ODT) unpacked to the size they declare and no further."""

from __future__ import annotations

import zipfile

_PIECE = 1 << 16  # bytes


class BoundedZip(zipfile.ZipFile):
    """A package whose parts never take more memory than their declared size.

    ``zipfile`` unpacks a whole part before it cuts it to the size that its entry declares, so a
    part that lies about its size could still fill the memory; read in pieces it cannot.
    """

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a part; raises like ``ZipFile.read``."""
        with self.open(name, "r", pwd) as part:
            return b"".join(iter(lambda: part.read(_PIECE), b""))
