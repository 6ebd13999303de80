"""The parts of an XLSX package that speak of all its sheets: which there are, texts, styles."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath

from lxml import etree

from ..percent_cells import percent_styles as styles_in_percent
from ..percent_cells import scaled_styles as styles_scaled
from .common import broken, parsed, parser, too_large
from .sheet_xml import require_whole

MAX_SHEETS = 50

_CALCULATION = re.compile(rb"<((?:[\w.-]+:)?)calcPr\b[^<>]*>")
# What may stand before calcPr in a workbook, the last one first.
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


def plain(content: bytes) -> bytes:
    """The sheet as UTF-8 without comments or CDATA: as it came, unless it has any."""
    require_whole(content)
    head = content[:200].lower()
    if (
        b"<!--" in content
        or b"<![CDATA[" in content
        or content.startswith((b"\xff\xfe", b"\xfe\xff"))
        or (b"encoding=" in head and b"utf-8" not in head)
    ):
        root = etree.fromstring(content, parser())
        plain: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return plain
    return content


def sheet_parts(package: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """The sheets with cells, in their order: name -> (part, whether hidden)."""
    targets = {}
    for link in parsed(package, "xl/_rels/workbook.xml.rels").iter("{*}Relationship"):
        if link.get("Type", "").endswith("/worksheet"):
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[link.get("Id")] = path
    found: dict[str, tuple[str, bool]] = {}
    for sheet in parsed(package, "xl/workbook.xml").iter("{*}sheet"):
        link_id = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        if link_id in targets:
            found[sheet.get("name", "")] = (
                targets[link_id],
                sheet.get("state", "visible") != "visible",
            )
    if not found:
        raise broken()
    if len(found) > MAX_SHEETS:
        raise too_large(f"{MAX_SHEETS} trang tính", f"{MAX_SHEETS} sheets")
    return found


def shared_texts(package: zipfile.ZipFile) -> list[str]:
    """The texts kept once for all cells, by their index."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    found = []
    for item in parsed(package, "xl/sharedStrings.xml").iter("{*}si"):
        pieces = []
        for piece in item.iter("{*}t"):
            above = piece.getparent()
            # How a name is pronounced stands beside it and is no part of it.
            if above is None or etree.QName(above).localname != "rPh":
                pieces.append(piece.text or "")
        found.append("".join(pieces))
    return found


def unlocked_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The styles whose cells may be filled in a protected sheet, by their index."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    formats = parsed(package, "xl/styles.xml").find("{*}cellXfs")
    found = set()
    for number, style in enumerate(formats if formats is not None else ()):
        protection = style.find("{*}protection")
        if protection is not None and protection.get("locked") in ("0", "false"):
            found.add(str(number))
    return frozenset(found)


def percent_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The styles whose cells show a number in percent, by their index."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    return frozenset(styles_in_percent([package.read("xl/styles.xml")]))


def scaled_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The styles whose cells show a number in thousands or millions, by their index."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    return styles_scaled([package.read("xl/styles.xml")])


def computing_anew(workbook: bytes) -> bytes:
    """The workbook that asks to have its formulas computed when it is opened."""
    found = _CALCULATION.search(workbook)
    if found is not None:
        tag = re.sub(rb"""\sfullCalcOnLoad=("[^"]*"|'[^']*')""", b"", found[0])
        tag = tag.replace(b"calcPr", b'calcPr fullCalcOnLoad="1"', 1)
        changed = workbook[: found.start()] + tag + workbook[found.end() :]
    else:
        for name in _BEFORE_CALCULATION:
            ends = re.search(
                rb"</((?:[\w.-]+:)?)%s\s*>|<((?:[\w.-]+:)?)%s\b[^<>]*/>"
                % (name.encode(), name.encode()),
                workbook,
            )
            if ends is not None:
                break
        else:
            raise broken()
        prefix = ends[1] if ends[1] is not None else ends[2]
        tag = b'<%scalcPr fullCalcOnLoad="1"/>' % prefix
        changed = workbook[: ends.end()] + tag + workbook[ends.end() :]
    require_whole(changed)
    return changed
