"""What an Office file tells of its writer besides its text, taken out without a change to the text.

Parts about people, machines and templates go with the relations that lead to them; pictures lose
what the camera wrote and stay pixel for pixel as they were.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Final

from lxml import etree

# Elements whose text names a person or their machine, by local name, in the parts that hold them.
_PERSONAL = {
    "docprops/core.xml": {"creator", "lastModifiedBy"},
    "docprops/app.xml": {"Manager", "Company"},
    "meta.xml": {"initial-creator", "creator", "printed-by", "user-defined"},
}
# Relations to parts that nobody reads: properties of one's own, names of who worked on it, the
# picture of an earlier state, a template on somebody's disk, the printer.
_UNREAD = frozenset(
    {"custom-properties", "people", "thumbnail", "attachedTemplate", "printerSettings"}
)
_POINTS_THERE = frozenset({"attachedTemplate"})
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ORIENTATION: Final = 0x0112


def without_metadata(package: zipfile.ZipFile, *, for_everybody: bool) -> dict[str, bytes | None]:
    """The parts of a package that change, by name; None for a part that goes.

    A template is only let go of ``for_everybody``: rooms that fill a document in refuse one from
    afar, and have to see it.

    Raises what lxml raises for a part that is no XML where one must be.
    """
    changed: dict[str, bytes | None] = {}
    for name in package.namelist():
        if name.lower().endswith(".rels"):
            _let_go(package, name, _UNREAD if for_everybody else _UNREAD - _POINTS_THERE, changed)
    if any(part is None for part in changed.values()):
        _forget_types(package, changed)
    for name in package.namelist():
        if changed.get(name, b"") is None:
            continue
        personal = _PERSONAL.get(name.lower())
        if personal is not None:
            root = _parsed(package.read(name))
            for element in root.iter("{*}*"):
                if etree.QName(element).localname in personal:
                    element.text = None
            changed[name] = _written(root)
        elif name.lower().endswith((".jpg", ".jpeg", ".jpe", ".jfif", ".png")):
            given = package.read(name)
            bare = bare_jpeg(given) if given.startswith(b"\xff\xd8") else bare_png(given)
            if bare != given:
                changed[name] = bare
    return changed


def _let_go(
    package: zipfile.ZipFile, rels: str, unread: frozenset[str], changed: dict[str, bytes | None]
) -> None:
    """Take the relations to what nobody reads out of ``rels``, with the parts they lead to."""
    given = package.read(rels)
    if not any(kind.encode() in given for kind in unread) and b"\x00" not in given[:200]:
        return
    root = _parsed(given)
    gone: set[str] = set()
    source = posixpath.dirname(posixpath.dirname(rels))
    for relation in root.findall("{*}Relationship"):
        kind = (relation.get("Type") or "").strip().rpartition("/")[2]
        if kind not in unread:
            continue
        gone.add(relation.get("Id") or "")
        root.remove(relation)  # the relations of a part stand in one list
        if (relation.get("TargetMode") or "").strip().lower() != "external":
            target = posixpath.normpath(posixpath.join("/", source, relation.get("Target") or ""))
            for name in package.namelist():
                if f"/{name}".lower() == target.lower():
                    changed[name] = None
    if not gone:
        return
    changed[rels] = _written(root)
    owner = posixpath.join(source, posixpath.basename(rels)[: -len(".rels")])
    if owner in package.namelist():
        _take_out_pointers(package, owner, gone, changed)


def _take_out_pointers(
    package: zipfile.ZipFile, owner: str, gone: set[str], changed: dict[str, bytes | None]
) -> None:
    """What points at a relation that is gone, in the part whose relation it was."""
    root = _parsed(package.read(owner))
    dropped = False
    for element in list(root.iter("{*}attachedTemplate", "{*}pageSetup")):
        for key in (_RELATION, _STRICT_RELATION):
            if element.get(key) not in gone:
                continue
            dropped = True
            parent = element.getparent()
            if etree.QName(element).localname in _POINTS_THERE and parent is not None:
                parent.remove(element)
                break
            del element.attrib[key]
    if dropped:
        changed[owner] = _written(root)


def _forget_types(package: zipfile.ZipFile, changed: dict[str, bytes | None]) -> None:
    name = "[Content_Types].xml"
    if name not in package.namelist():
        return
    gone = {f"/{part}".lower() for part, kept in changed.items() if kept is None}
    root = _parsed(package.read(name))
    for override in root.findall("{*}Override"):
        if (override.get("PartName") or "").lower() in gone:
            root.remove(override)
    changed[name] = _written(root)


def bare_jpeg(given: bytes) -> bytes:
    """A JPEG without place, time, maker and second pictures; how it is turned stays.

    What cannot be followed to its end is given back as it is.
    """
    out, at, turned = [given[:2]], 2, b""
    while at + 4 <= len(given) and given[at] == 0xFF:
        marker, size = given[at + 1], int.from_bytes(given[at + 2 : at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        segment = given[at : at + 2 + size]
        at += 2 + size
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = turned or _turned(segment)
        elif (
            marker in (0xE0, 0xEE)
            or (marker == 0xE2 and segment[4:15] == b"ICC_PROFILE")
            or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        ):
            out.append(segment)
        if marker == 0xDA:
            found = _NEXT_MARKER.search(given, at)
            if found is None:
                return given
            out.append(given[at : found.start()])
            at = found.start()
            if given[at + 1] == 0xD9:
                first = 2 if len(out) > 1 and out[1][1] == 0xE0 else 1  # JFIF stands first
                return b"".join([*out[:first], turned, *out[first:], b"\xff\xd9"])
    return given


# In the packed points a sign of 255 is followed by 0 or a sign to begin anew.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _turned(segment: bytes) -> bytes:
    """An Exif segment that says nothing but how the picture is turned; empty for upright."""
    body = segment[10:]
    order = {b"II": "little", b"MM": "big"}.get(body[:2])
    if order is None:
        return b""

    def number(at: int, size: int) -> int:
        return int.from_bytes(body[at : at + size], "little" if order == "little" else "big")

    start = number(4, 4)
    for n in range(min(number(start, 2), 100)):
        entry = start + 2 + 12 * n
        if number(entry, 2) == _ORIENTATION:
            value = number(entry + 8, 2)
            if not 2 <= value <= 8:
                return b""
            told = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"
            told += bytes([value]) + b"\x00\x00" + b"\x00" * 4
            return b"\xff\xe1" + (len(told) + 8).to_bytes(2, "big") + b"Exif\x00\x00" + told
    return b""


def bare_png(given: bytes) -> bytes:
    """A PNG without its texts, times and Exif; given back as it is where it is not whole."""
    if not given.startswith(b"\x89PNG\r\n\x1a\n"):
        return given
    out, at = [given[:8]], 8
    while at + 12 <= len(given):
        size, kind = int.from_bytes(given[at : at + 4], "big"), given[at + 4 : at + 8]
        if kind not in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"):
            out.append(given[at : at + 12 + size])
        at += 12 + size
        if kind == b"IEND":
            return b"".join(out)
    return given


_AUTHOR = re.compile(rb"/(?:Author|Company|Manager|LastModifiedBy)\s*([(<])(?!<)")
_AUTHOR_XMP = re.compile(
    rb"<(dc:creator|pdf:Author|xmp:Author|pdfx:Company)\b[^>]*>(.{0,4000}?)</\1>", re.DOTALL
)
_SAID = re.compile(rb">[^<>]+<|\A[^<>]+|[^<>]+\Z")


def without_author(given: bytes) -> bytes:
    """An unsigned PDF with blanks for the names of who wrote it, each byte else in its place.

    Only what stands in plain sight; packed properties stay (docs/en/operating.md).
    """
    out = bytearray(given)
    for found in _AUTHOR.finditer(given):
        start = found.end()
        end = _closed(given, start) if found[1] == b"(" else given.find(b">", start)
        if 0 < end - start <= 4000:
            blanks = b" " if found[1] == b"(" else b"20"  # in hexadecimal
            out[start:end] = (blanks * (end - start))[: end - start]
    for found in _AUTHOR_XMP.finditer(given):
        out[found.start(2) : found.end(2)] = _SAID.sub(_blank, found[2])
    return bytes(out)


def _blank(found: re.Match[bytes]) -> bytes:
    return bytes(sign if sign in b"<>" else 0x20 for sign in found[0])


def _closed(given: bytes, at: int) -> int:
    """Where a text in round brackets ends; -1 for one that does not."""
    depth, end = 1, min(len(given), at + 4001)
    while at < end:
        sign = given[at]
        if sign == 0x5C:
            at += 1
        elif sign in (0x28, 0x29):
            depth += 1 if sign == 0x28 else -1
            if not depth:
                return at
        at += 1
    return -1


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
