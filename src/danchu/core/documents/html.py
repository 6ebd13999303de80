"""An official document as one HTML file that needs nothing else: to read, to send, to keep.

The same words as the other formats. Built as a tree, so that nothing a person wrote is ever read
as markup; the style is a constant of this module and no file, font or program is fetched.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET  # only written with, never parsed by

from .model import (
    Block,
    BulletList,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    header_cells,
    runs_of,
)
from .wording import Composed, compose, heading_text

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #eef0ee; color: #000; }
main { background: #fff; max-width: 44rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 6vw, 4rem);
  font: 1.125rem/1.6 "Times New Roman", Tinos, serif; overflow-wrap: break-word; }
p { margin: 0 0 .55rem; text-indent: 1cm; }
.head, .foot { display: flex; flex-wrap: wrap; gap: 1rem 2rem; justify-content: space-between; }
.head p, .foot p, .name p, .mark, .to p { text-indent: 0; margin: 0; }
.head > div, .sign, .name, .mark, .annex-head { text-align: center; }
.head > div { flex: 1 1 14rem; }
.head .rule { width: 40%; border: 0; border-top: 1px solid #000; margin: .2rem auto .5rem; }
.head .whole { width: 75%; }
.mark { font-size: .95rem; margin-bottom: 1rem; }
.name { margin: 1.6rem 0 1rem; font-weight: 700; }
.name h1, .annex-head h2 { font: inherit; font-weight: 700; margin: 0; }
.to { margin-bottom: 1rem; text-align: center; }
.basis { font-style: italic; }
h2, h3, h4, h5 { font: inherit; font-weight: 700; margin: 1rem 0 .4rem; }
h3, h4, h5 { text-indent: 1cm; }
ul { list-style: "- "; margin: 0 0 .55rem; padding-left: 1.6cm; }
.small { font-size: .95rem; }
.table { overflow-x: auto; margin: .6rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.35; }
caption { font-weight: 700; text-align: left; padding-bottom: .3rem; }
th, td { border: 1px solid #555; padding: .25rem .4rem; vertical-align: top; text-align: left; }
th { text-align: center; } .right { text-align: right; } .center { text-align: center; }
.total td { font-weight: 700; }
.foot { margin-top: 1.6rem; } .foot > div { flex: 1 1 12rem; }
.to-whom { font-size: .95rem; line-height: 1.4; } .to-whom .title { font-weight: 700; }
.sign { font-weight: 700; } .sign .who { margin-top: 4.5rem; }
.annex { border-top: 1px solid #999; margin-top: 2.5rem; padding-top: 1.5rem; }
.annex-head { margin-bottom: 1rem; } .annex-head p { text-indent: 0; font-style: italic; }
@media print {
  @page { size: A4; margin: 20mm 15mm 20mm 30mm; }
  body { background: none; }
  main { max-width: none; padding: 0; font-size: 14pt; line-height: 1.3; }
  .annex { break-before: page; border: 0; } h2, h3, h4 { break-after: avoid; }
  thead { display: table-header-group; } tr, .foot { break-inside: avoid; }
}
"""


def render_html(doc: OfficialDocument) -> bytes:
    """The document as one HTML file in UTF-8; the same document gives the same bytes."""
    composed = compose(doc)
    page = ET.Element("html", lang=doc.language)
    head = ET.SubElement(page, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _text(head, "title", composed.metadata_title)
    _text(head, "style", _STYLE)
    main = ET.SubElement(ET.SubElement(page, "body"), "main")
    if composed.mark:
        _text(main, "p", f"[ {composed.mark} ]", "mark")
    _head(main, composed)
    _name(main, composed)
    for line in composed.basis:
        _text(main, "p", line, "basis" if composed.spec.basis_italic else "")
    _blocks(main, composed.blocks, composed)
    if composed.has_foot:
        _foot(main, composed)
    for annex in composed.annexes:
        section = ET.SubElement(main, "section", {"class": "annex"})
        title = ET.SubElement(section, "div", {"class": "annex-head"})
        heading = _text(title, "h2", annex.label)
        ET.SubElement(heading, "br").tail = annex.title
        if annex.reference:
            _text(title, "p", annex.reference)
        _blocks(section, annex.blocks, composed)
    written: bytes = ET.tostring(page, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + written + b"\n"


def _text(parent: ET.Element, tag: str, text: str, style: str = "") -> ET.Element:
    made = ET.SubElement(parent, tag, {"class": style} if style else {})
    made.text = text
    return made


def _head(main: ET.Element, composed: Composed) -> None:
    both = ET.SubElement(main, "header", {"class": "head"})
    left, right = (ET.SubElement(both, "div") for _ in range(2))
    for line in composed.parent:
        _text(left, "p", line)
    for line in composed.issuing:
        _text(_text(left, "p", ""), "b", line)
    if composed.star:
        _text(left, "p", composed.star)
    else:
        ET.SubElement(left, "hr", {"class": "rule"})
    if composed.number:
        _text(left, "p", composed.number)
    for line in filter(None, (composed.right_title, composed.motto)):
        _text(_text(right, "p", ""), "b", line)
    ET.SubElement(right, "hr", {"class": "rule whole"})
    if composed.place_date:
        _text(_text(right, "p", ""), "i", composed.place_date)


def _name(main: ET.Element, composed: Composed) -> None:
    name = ET.SubElement(main, "div", {"class": "name"})
    title = _text(name, "h1", composed.kind)
    for line in composed.subject:
        ET.SubElement(title, "br").tail = line
    if composed.subject_mark:
        _text(name, "p", composed.subject_mark)
    if composed.addressee:
        to = ET.SubElement(main, "div", {"class": "to"})
        one = composed.addressee[0] if len(composed.addressee) == 1 else ""
        _text(to, "p", f"{composed.addressee_label} {one}".strip())
        for line in composed.addressee if not one else ():
            _text(to, "p", line)


def _foot(main: ET.Element, composed: Composed) -> None:
    both = ET.SubElement(main, "footer", {"class": "foot"})
    left = ET.SubElement(both, "div", {"class": "to-whom"})
    if composed.recipients:
        _text(left, "p", composed.recipients_title, "title")
    for line in composed.recipients:
        _text(left, "p", line)
    right = ET.SubElement(both, "div", {"class": "sign"})
    for line in (*composed.authority, composed.post):
        if line:
            _text(right, "p", line)
    if composed.name:
        _text(right, "p", composed.name, "who")


def _blocks(parent: ET.Element, blocks: tuple[Block, ...], composed: Composed) -> None:
    for block in blocks:
        match block:
            case Heading():
                _text(parent, f"h{block.level + 1}", heading_text(composed.spec, block))
            case Paragraph():
                _runs(ET.SubElement(parent, "p"), block.runs)
            case BulletList():
                points = ET.SubElement(parent, "ul")
                for item in block.items:
                    _runs(ET.SubElement(points, "li"), item)
            case Note():
                _text(parent, "p", block.text, "small")
            case Table():
                _table(parent, block)


def _runs(parent: ET.Element, runs: tuple[Run, ...]) -> None:
    for run in runs:
        inner = parent
        if run.bold:
            inner = ET.SubElement(inner, "b")
        if run.italic:
            inner = ET.SubElement(inner, "i")
        if inner is not parent:
            inner.text = run.text
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + run.text
        else:
            parent.text = (parent.text or "") + run.text


def _table(parent: ET.Element, table: Table) -> None:
    box = ET.SubElement(parent, "div", {"class": "table"})
    made = ET.SubElement(box, "table")
    if table.caption:
        _text(made, "caption", table.caption)
    if table.header:
        head = ET.SubElement(made, "thead")
        lines = [ET.SubElement(head, "tr") for _ in table.header]
        for text, _x, y, colspan, rowspan in header_cells(table):
            title = _text(lines[y], "th", text)
            for name, span in (("colspan", colspan), ("rowspan", rowspan)):
                if span > 1:
                    title.set(name, str(span))
    body = ET.SubElement(made, "tbody")
    rows = table.rows if table.total is None else (*table.rows, table.total)
    for row in rows:
        line = ET.SubElement(body, "tr", {"class": "total"} if row is table.total else {})
        for cell, column in zip(row, table.columns, strict=True):
            style = "" if column.align == "left" else column.align
            _runs(ET.SubElement(line, "td", {"class": style} if style else {}), (runs_of(cell),))
