"""A part that lies about its size costs no more memory than it declares."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib

import pytest

from danchu.core.errors import BadInput
from danchu.core.package_parts import require_no_commands
from danchu.core.unpacking import BoundedZip, require_inside


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


@pytest.mark.parametrize(
    "part",
    [
        b"<c><f>cmd|'/C calc'!A0</f></c>",
        b"<x:c><x:f t=\"normal\">MSEXCEL|'\\..\\..\\cmd.exe'!''</x:f></x:c>",
        b'<externalLink><ddeLink ddeService="cmd"/></externalLink>',
        b'<w:instrText xml:space="preserve"> DDEAUTO c:\\cmd.exe "/k" </w:instrText>',
        b'<w:fldSimple w:instr="dde cmd"/>',
        "<c><f>cmd|'/C calc'!A0</f></c>".encode("utf-16"),
        b"<c><f>cmd&#124;'/C \"calc\"'!A0</f></c>",
        b"<c><f><![CDATA[cmd|'/C calc']]>!A0</f></c>",
        b"<c><f>'cmd|/C calc'!A0</f></c>",
        b"<a><definedName name=\"a\">cmd|'/C calc'!A0</definedName></a>",
        b"<a><cfRule><formula>cmd|'/C calc'!A0</formula></cfRule></a>",
        b"<w:p><w:instrText>DDE</w:instrText><w:instrText>AUTO c:</w:instrText></w:p>",
        b'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> D</w:instrText></w:r>'
        b"<w:r><w:instrText>DE cmd</w:instrText></w:r></w:p>",
        b"<text:a><text:dde-connection-decl/></text:a>",
        b"<!--" + b"a" * 5000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    ],
)
def test_a_cell_or_field_that_calls_a_program_is_refused_as_unsafe(part: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        require_no_commands(part)
    assert refused.value.code == "unsafe" and "không an toàn" in refused.value.vi


@pytest.mark.parametrize(
    "part",
    [
        b'<c><f>A1&amp;"|"&amp;Sheet2!B1</f></c>',
        b'<c><f>"a|b"&amp;Sheet2!B1</f></c>',
        b"<c><f>SUM(Sheet2!B1:B9)</f></c>",
        b'<c><f>IF(A1="co|khong!",Sheet2!B1,1)</f></c>',
        b"<si><t>Co | khong! &lt;!DOCTYPE a&gt;</t></si>",
        b"<w:p><w:instrText> PAGE | </w:instrText><w:t>!</w:t></w:p>",
        b"<!-- <!DOCTYPE a> --><a/>",
        b"<si><t>=cmd|' /C calc'!A0</t></si>",
        b"<w:p><w:instrText> PAGE </w:instrText><w:t>DDE la gi?</w:t></w:p>",
    ],
)
def test_formulas_and_texts_of_every_day_are_taken(part: bytes) -> None:
    require_no_commands(part)


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../a", "..\\a", "/etc/passwd", "C:/a", "word\\..\\..\\a"]
)
def test_a_part_that_points_outside_is_refused_as_unsafe(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_inside(["word/document.xml", name])
    assert refused.value.code == "unsafe" and "không an toàn" in refused.value.vi
    require_inside(["[Content_Types].xml", "xl/worksheets/sheet1.xml", "a..b/c", "Bảng.xml"])
