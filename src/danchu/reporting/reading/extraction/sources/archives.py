"""The text of DOCX and ODT: archives of XML, read part by part within fixed bounds.

The XML is walked here rather than through a document library so that nothing but the wanted parts
is unpacked, text boxes and content controls are not lost, and deleted text does not come back.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from danchu.core.errors import BadInput
from danchu.core.unpacking import DAMAGE, DAMAGE_OR_LACK, require_inside

from .refusals import damaged, locked

# Far above any real report, far below what would exhaust a small server.
UNPACKED_LIMIT = 200 * 2**20
PART_LIMIT = 40 * 2**20
RATIO_LIMIT = 200
ENTRIES_LIMIT = 5000
REPEATED_LIMIT = 2_000_000  # characters that repeated cells of one table may come to

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

# A cell of a table, as the paragraphs it holds.
Cell = list[str]


def docx_text(data: bytes, name: str) -> tuple[str, str]:
    """The text of a DOCX, and apart from it that of its page headers (stamps stand there)."""
    with _opened(data, name, "DOCX") as archive:
        body = _part(archive, "word/document.xml", name, "DOCX")
        names = archive.namelist()
        headers = [n for n in names if n.startswith("word/header") and n.endswith(".xml")]
        head = [_part(archive, part, name, "DOCX") for part in sorted(headers)[:20]]
        notes = (
            [_part(archive, "word/footnotes.xml", name, "DOCX")]
            if "word/footnotes.xml" in names
            else []
        )
    lines = list(_docx_blocks(body))
    for root in notes:
        lines.extend(_docx_blocks(root))
    return _joined(lines), _joined([line for root in head for line in _docx_blocks(root)])


def odt_text(data: bytes, name: str) -> tuple[str, str]:
    """The text of an ODT, and apart from it that of its page headers."""
    with _opened(data, name, "ODT") as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names:
            manifest = _bytes(archive, "META-INF/manifest.xml", name, "ODT")
            if b"encryption-data" in manifest:
                raise locked(name)
        body = _part(archive, "content.xml", name, "ODT")
        styles = [_part(archive, "styles.xml", name, "ODT")] if "styles.xml" in names else []
    office_text = body.find(f".//{_OFFICE}text")
    if office_text is None:
        raise damaged(name, "ODT")
    return (
        _joined(list(_odt_blocks(office_text))),
        _joined([line for root in styles for line in _odt_blocks(root)]),
    )


def _opened(data: bytes, name: str, called: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE:
        raise damaged(name, called) from None
    infos = archive.infolist()
    try:
        require_inside(archive.namelist())
    except BadInput:
        archive.close()
        raise
    unpacked = sum(info.file_size for info in infos)
    packed = max(len(data), 1)
    if len(infos) > ENTRIES_LIMIT or unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * packed:
        archive.close()
        raise _bomb(name, called, unpacked)
    if any(info.flag_bits & 1 for info in infos):
        archive.close()
        raise locked(name)
    return archive


def _bomb(name: str, called: str, unpacked: int) -> BadInput:
    size = unpacked // 2**20
    return BadInput(
        f"{name}: tệp {called} bung ra quá lớn ({size} MB) so với một văn bản nên không mở. "
        "Lưu lại văn bản từ phần mềm soạn thảo rồi đọc lại.",
        f"{name}: the {called} file unpacks to far more ({size} MB) than a document holds and "
        "was not opened. Save it again from a word processor.",
        code="bomb",
    )


def _bytes(archive: zipfile.ZipFile, part: str, name: str, called: str) -> bytes:
    try:
        with archive.open(part) as stream:
            content = stream.read(PART_LIMIT + 1)
    except DAMAGE_OR_LACK:
        raise damaged(name, called) from None
    if len(content) > PART_LIMIT:
        raise _bomb(name, called, PART_LIMIT)
    return content


def _part(archive: zipfile.ZipFile, part: str, name: str, called: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(_bytes(archive, part, name, called), parser)
    except etree.XMLSyntaxError:
        raise damaged(name, called) from None


def _joined(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        line = line.rstrip()
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


# -- DOCX ---------------------------------------------------------------------------------------


def _docx_blocks(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}p":
            yield from _docx_paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from table_lines(list(_docx_rows(child)))
        elif child.tag in (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}sdtPr"):
            continue
        elif isinstance(child.tag, str):
            yield from _docx_blocks(child)


def _docx_paragraph(paragraph: etree._Element) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[str] = []
    _docx_runs(paragraph, pieces, boxes)
    yield from "".join(pieces).split("\n")
    yield from boxes


def _docx_runs(element: etree._Element, pieces: list[str], boxes: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            if element.tag == f"{_W}r":
                pieces.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{_W}txbxContent":
            boxes.extend(_docx_blocks(child))
        elif tag in (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText"):
            continue
        elif isinstance(tag, str):
            _docx_runs(child, pieces, boxes)


def _docx_rows(table: etree._Element) -> Iterator[list[Cell]]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl"), None) is not table:
            continue
        cells: list[Cell] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr"), None) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = span.get(f"{_W}val", "1") if span is not None else "1"
            cells.append([line.strip() for line in _docx_blocks(cell) if line.strip()])
            cells.extend([] for _ in range(_times(width, 64) - 1))
        yield cells


# -- ODT ----------------------------------------------------------------------------------------


def _odt_blocks(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            pieces: list[str] = []
            boxes: list[str] = []
            _odt_inline(child, pieces, boxes)
            yield from "".join(pieces).split("\n")
            yield from boxes
        elif child.tag == f"{_TABLE}table":
            yield from table_lines(list(_odt_rows(child)))
        elif child.tag in (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation"):
            continue
        elif isinstance(child.tag, str):
            yield from _odt_blocks(child)


def _odt_inline(element: etree._Element, pieces: list[str], boxes: list[str]) -> None:
    # White space of an ODT paragraph collapses; wanted spaces are elements of their own.
    pieces.append(" ".join((element.text or "").split("\n")))
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            pieces.append(" " * _times(count, 200))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag == f"{_OFFICE}annotation":
            pass
        elif isinstance(child.tag, str) and child.find(f"{_TEXT}p") is not None:
            boxes.extend(_odt_blocks(child))
        elif isinstance(child.tag, str):
            _odt_inline(child, pieces, boxes)
        pieces.append(" ".join((child.tail or "").split("\n")))


def _odt_rows(table: etree._Element) -> Iterator[list[Cell]]:
    left = REPEATED_LIMIT
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), None) is not table:
            continue
        cells: list[Cell] = []
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            repeat = cell.get(f"{_TABLE}number-columns-repeated", "1")
            lines = [line.strip() for line in _odt_blocks(cell) if line.strip()]
            # A cell repeated beyond what is left of the bound stands once; tables in its cells
            # would otherwise multiply.
            times = _times(repeat, 64)
            left -= (times - 1) * (1 + sum(map(len, lines)))
            cells.extend(lines for _ in range(times if left >= 0 else 1))
        yield cells


def _times(stated: str, most: int) -> int:
    """How often something is repeated, as a file states it; 1 where it states no number."""
    if not (stated.isascii() and stated.isdigit()):
        return 1
    return most if len(stated) > 6 else min(int(stated), most)


# -- tables -------------------------------------------------------------------------------------


def table_lines(rows: list[list[Cell]]) -> list[str]:
    """A table as text: rows of cells parted by ``|``, or plain paragraphs where it is layout.

    Letterheads and signatures are laid out with tables; a table is data when a column after the
    first holds a figure.
    """
    figures = any(c.isdigit() for row in rows for cell in row[1:] for line in cell for c in line)
    if not figures or _is_layout(rows):
        return [line for row in rows for cell in row for line in cell]
    lines = []
    for row in rows:
        cells = [" ".join(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append(" | ".join(cells))
    return lines


_LAYOUT_WORDS = ("cộng hòa xã hội", "cộng hoà xã hội", "đảng cộng sản", "nơi nhận:", "độc lập -")


def _is_layout(rows: list[list[Cell]]) -> bool:
    text = " ".join(line for row in rows[:4] for cell in row for line in cell).lower()
    return any(words in text for words in _LAYOUT_WORDS)
