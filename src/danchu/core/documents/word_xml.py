"""The few pieces of WordprocessingML that python-docx has no words for, in schema order.

Lengths are millimetres, sizes are points; Word counts in twentieths of a point.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any, Literal

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Align = Literal["left", "center", "right", "both"]

# The earliest moment a zip archive can name: files of the same document are the same bytes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def twips(millimetres: float) -> int:
    """Twentieths of a point in a length."""
    return round(millimetres * 1440 / 25.4)


def element(tag: str, **attributes: str | int | float) -> Any:
    """An element of the main namespace; attributes lose a trailing underscore and get "w:"."""
    found = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        found.set(qn(f"w:{name.rstrip('_')}"), str(value))
    return found


def paragraph_properties(
    *,
    style: str = "",
    keep_next: bool = False,
    keep_lines: bool = False,
    top_rule: bool = False,
    tabs: Iterable[tuple[str, float]] = (),
    before: float | None = None,
    after: float | None = None,
    line: float | None = None,
    line_rule: Literal["auto", "exact", "atLeast"] = "auto",
    left: float | None = None,
    right: float | None = None,
    first: float | None = None,
    align: Align | None = None,
    outline: int | None = None,
) -> Any:
    """``w:pPr``. ``line`` is a multiple for "auto" and points otherwise. A negative ``first`` is a
    hanging indent."""
    found = element("pPr")
    if style:
        found.append(element("pStyle", val=style))
    if keep_next:
        found.append(element("keepNext"))
    if keep_lines:
        found.append(element("keepLines"))
    if top_rule:
        border = element("pBdr")
        border.append(element("top", val="single", sz=6, space=0, color="000000"))
        found.append(border)
    stops = [element("tab", val=kind, pos=twips(at)) for kind, at in tabs]
    if stops:
        holder = element("tabs")
        holder.extend(stops)
        found.append(holder)
    spacing: dict[str, int] = {}
    if before is not None:
        spacing["before"] = round(before * 20)
    if after is not None:
        spacing["after"] = round(after * 20)
    if line is not None:
        spacing["line"] = round(line * (240 if line_rule == "auto" else 20))
    if spacing:
        rule = {} if line is None else {"lineRule": line_rule}
        found.append(element("spacing", **spacing, **rule))
    indent: dict[str, int] = {}
    if left is not None:
        indent["left"] = twips(left)
    if right is not None:
        indent["right"] = twips(right)
    if first is not None:
        indent["firstLine" if first >= 0 else "hanging"] = twips(abs(first))
    if indent:
        found.append(element("ind", **indent))
    if align:
        found.append(element("jc", val=align))
    if outline is not None:
        found.append(element("outlineLvl", val=outline))
    return found


def run_properties(
    *,
    font: str = "",
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool = False,
    black: bool = False,
    size: float | None = None,
) -> Any:
    """``w:rPr``."""
    found = element("rPr")
    if font:
        found.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    for name, wanted in (("b", bold), ("i", italic)):
        if wanted is not None:
            value = {} if wanted else {"val": "0"}
            found.append(element(name, **value))
            found.append(element(f"{name}Cs", **value))
    if black:
        found.append(element("color", val="000000"))
    if size is not None:
        found.append(element("sz", val=round(size * 2)))
        found.append(element("szCs", val=round(size * 2)))
    if underline:
        found.append(element("u", val="single"))
    return found


def text_run(
    text: str,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool = False,
    size: float | None = None,
) -> Any:
    """``w:r``; a tab in the text is a tab, a line break a line break."""
    found = element("r")
    properties = run_properties(bold=bold, italic=italic, underline=underline, size=size)
    if len(properties):
        found.append(properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            found.append(element("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                found.append(element("tab"))
            if piece:
                holder = element("t")
                holder.text = piece
                holder.set(qn("xml:space"), "preserve")
                found.append(holder)
    return found


def paragraph(properties: Any, *runs: Any) -> Any:
    """``w:p``."""
    found = element("p")
    found.append(properties)
    found.extend(runs)
    return found


def page_number(size: float) -> Any:
    """The field that prints the number of the page."""
    found = element("fldSimple", instr="PAGE")
    found.append(text_run("2", size=size))
    return found


def table(
    widths: list[float], rows: Iterable[Any], *, borders: bool, side_margin: float = 0
) -> Any:
    """``w:tbl`` of fixed widths. LibreOffice follows the grid, Word the cells: both are given."""
    found = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblW", w=sum(map(twips, widths)), type="dxa"))
    properties.append(element("jc", val="center"))
    if borders:
        holder = element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            holder.append(element(side, val="single", sz=4, space=0, color="000000"))
        properties.append(holder)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=twips(side_margin), type="dxa"))
    properties.append(margins)
    found.append(properties)
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=twips(width)) for width in widths)
    found.append(grid)
    found.extend(rows)
    return found


def table_row(cells: Iterable[Any], *, header: bool = False, divisible: bool = False) -> Any:
    """``w:tr``; ``header`` rows are repeated on every page."""
    found = element("tr")
    properties = element("trPr")
    if not divisible:
        properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    if len(properties):
        found.append(properties)
    found.extend(cells)
    return found


def table_cell(
    width: float,
    paragraphs: Iterable[Any],
    *,
    span: int = 1,
    merge: Literal["", "restart", "continue"] = "",
    vertical: Literal["", "center", "bottom"] = "",
) -> Any:
    """``w:tc``."""
    found = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    if vertical:
        properties.append(element("vAlign", val=vertical))
    found.append(properties)
    found.extend(paragraphs)
    return found


def same_bytes(data: bytes) -> bytes:
    """The package packed again without the hour at which it was packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(entry))
    return packed.getvalue()
