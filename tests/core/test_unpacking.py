"""A part that lies about its size costs no more memory than it declares."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib

import pytest

from danchu.core.unpacking import BoundedZip


def lying(size: int, declared: int) -> bytes:
    """A package whose one part unpacks to ``size`` bytes and declares fewer."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("part", b"\0" * size)
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 16 : at + 20] = zlib.crc32(b"\0" * declared).to_bytes(4, "little")
    data[at + 24 : at + 28] = declared.to_bytes(4, "little")
    return bytes(data)


def test_a_part_is_unpacked_to_its_declared_size_and_no_further():
    data = lying(80_000_000, 1000)
    tracemalloc.start()
    try:
        with BoundedZip(io.BytesIO(data)) as package:
            assert package.read("part") == b"\0" * 1000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    with BoundedZip(io.BytesIO(data)) as package, pytest.raises(KeyError):
        package.read("other")


def test_a_whole_part_is_read_whole():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("part", bytes(range(256)) * 1000)
    with BoundedZip(out) as package:
        assert package.read("part") == bytes(range(256)) * 1000
