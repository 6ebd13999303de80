"""Word documents that officers can go on editing: real styles, the same words as the PDF.

The face is Times New Roman, which every office has; :mod:`.typeface` measures with Tinos, whose
letters have the same widths.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from . import word_xml as x
from .layouts import PAGE_HEIGHT, PAGE_WIDTH, LayoutSpec
from .model import Block, BulletList, Heading, Note, OfficialDocument, Paragraph, Run
from .typeface import typeface
from .word_styles import LANGUAGE, set_styles
from .word_tables import block_table
from .wording import Composed, ComposedAnnex, compose, heading_text

_POINTS = 25.4 / 72  # millimetres in a point
_HEADER_DISTANCE = 10.0
_SHORT_RULE = 0.4
_UNUSED = {"stylesWithEffects", "customXml", "numbering", "thumbnail", "extended-properties"}


def render_docx(doc: OfficialDocument) -> bytes:
    """The document as DOCX; the same document gives the same bytes."""
    composed = compose(doc)
    document = docx.Document()
    set_styles(document, composed.spec)
    _set_settings(document)
    _drop_unused(document)
    _set_properties(document, composed, doc.date)
    _set_page(document.sections[0], composed, landscape=False)
    body = _Body(document)
    _head(body, composed)
    _opening(body, composed)
    _text(body, composed.blocks, composed, composed.spec.width_of(landscape=False))
    if composed.has_foot:
        _hold(body.last_paragraph())
        body.add(_foot(composed))
        body.add(_tiny())
    for annex in composed.annexes:
        _annex(document, body, annex, composed)
    saved = io.BytesIO()
    document.save(saved)
    return x.same_bytes(saved.getvalue())


class _Body:
    """The end of the document's body, before its last section."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body

    def add(self, element: Any) -> None:
        self._body.insert(len(self._body) - 1, element)

    def last_paragraph(self) -> Any | None:
        """The last element when it is a paragraph."""
        if len(self._body) < 2 or self._body[-2].tag != qn("w:p"):
            return None
        return self._body[-2]


# ---- the package ---------------------------------------------------------------------------


def _set_properties(document: Document, composed: Composed, day: dt.date) -> None:
    """Properties of the file: no hour but midnight of the document's own day."""
    midnight = dt.datetime.combine(day, dt.time())
    properties = document.core_properties
    properties.title = composed.metadata_title[:255]
    properties.author = composed.author[:255]
    properties.last_modified_by = composed.author[:255]
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = midnight
    properties.modified = midnight
    properties.revision = 1


def _set_settings(document: Document) -> None:
    """Word of today, not a compatibility mode: else it would set justified lines differently."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _drop_unused(document: Document) -> None:
    """Leave out the parts of python-docx's template that this document does not use: another
    set of styles, lists tied to styles that are gone, a picture of an empty page."""
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del holder.rels[key]


def _set_page(section: Section, composed: Composed, *, landscape: bool) -> None:
    spec = composed.spec
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = Mm(PAGE_HEIGHT if landscape else PAGE_WIDTH)
    section.page_height = Mm(PAGE_WIDTH if landscape else PAGE_HEIGHT)
    # A sheet laid on its side is bound at its upper edge: the margins turn with it.
    margins = (spec.margin_top, spec.margin_right, spec.margin_bottom, spec.margin_left)
    top, right, bottom, left = (*margins[3:], *margins[:3]) if landscape else margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(_HEADER_DISTANCE)
    section.different_first_page_header_footer = True
    width = spec.width_of(landscape=landscape)
    for part in (section.header, section.first_page_header, section.footer):
        part.is_linked_to_previous = False
    first = section.first_page_header
    _fill(first, x.paragraph_properties(style="Header", align="center"), *_mark(composed))
    tabs = (("center", width / 2), ("right", width))
    number = [x.page_number(spec.page_number_size)]
    on_top = spec.page_number == "top-center"
    _fill(
        section.header,
        x.paragraph_properties(style="Header", tabs=tabs),
        x.text_run("\t"),
        *(number if on_top else []),
        x.text_run("\t"),
        *_mark(composed),
    )
    foot = x.paragraph_properties(style="Footer", align="right")
    _fill(section.footer, foot, *([] if on_top else number))


def _mark(composed: Composed) -> list[Any]:
    if not composed.mark:
        return []
    return [x.text_run(f"[ {composed.mark} ]", bold=composed.draft or None, size=11)]


def _fill(part: Any, properties: Any, *runs: Any) -> None:
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(x.paragraph(properties, *runs))


# ---- head ----------------------------------------------------------------------------------


def _head(body: _Body, composed: Composed) -> None:
    spec = composed.spec
    left, right = spec.head_left, spec.head_right
    sides = (
        [
            *(_line("CoQuanCapTren", text) for text in composed.parent),
            *(_line("CoQuanBanHanh", text) for text in composed.issuing),
            _line("SoKyHieu", composed.star)
            if composed.star
            else _rule(composed.issuing, spec.issuing_size, left, _SHORT_RULE),
        ],
        [
            _line("QuocHieu", composed.right_title),
            *([_line("TieuNgu", composed.motto)] if composed.motto else []),
            _rule(
                (composed.motto or composed.right_title,),
                spec.motto_size if composed.motto else spec.right_title_size,
                right,
                1,
            ),
        ],
    )
    below = (
        [_line("SoKyHieu", composed.number)],
        [_line("DiaDanhNgayThang", composed.place_date)],
    )
    # The column between holds nothing: it keeps a long name off quốc hiệu.
    widths = [left, spec.head_gap, right]
    rows = []
    for (here, there), foot in ((sides, False), (below, True)):
        columns = (here, [_line("SoKyHieu", "")], there)
        rows.append(
            x.table_row(
                [
                    x.table_cell(w, c, vertical="bottom" if foot else "")
                    for w, c in zip(widths, columns, strict=True)
                ]
            )
        )
    body.add(x.table(widths, rows, borders=False))


def _opening(body: _Body, composed: Composed) -> None:
    """Name, subject, addressee and basis."""
    spec = composed.spec
    width = spec.width_of(landscape=False)
    body.add(_line("TenLoai", composed.kind))
    if composed.subject:
        body.add(_line("TrichYeu", "\n".join(composed.subject)))
        if composed.subject_mark:
            body.add(_line("SoKyHieu", composed.subject_mark))
        else:
            body.add(_rule(composed.subject, spec.subject_size, width, _SHORT_RULE))
    if len(composed.addressee) == 1:
        text = f"{composed.addressee_label} {composed.addressee[0]}"
        body.add(_line("KinhGui", text))
    elif composed.addressee:
        for paragraph in _addressees(composed, width):
            body.add(paragraph)
    for line in composed.basis:
        body.add(_line("CanCu", line))


def _addressees(composed: Composed, width: float) -> list[Any]:
    """ "Kính gửi:" and the names below each other, as one block in the middle of the page."""
    face = typeface()
    size = composed.spec.body_size
    label = face.width(composed.addressee_label + " ", size) * _POINTS
    names = max(face.width(name, size) for name in composed.addressee) * _POINTS
    indent = max((width - label - names) / 2, 0)
    found = []
    for index, name in enumerate(composed.addressee):
        text = f"{composed.addressee_label if index == 0 else ''}\t{name}"
        properties = x.paragraph_properties(
            style="KinhGuiNhieu",
            tabs=[("left", indent + label)],
            before=10 if index == 0 else None,
            left=indent + label,
            first=-label,
        )
        found.append(x.paragraph(properties, x.text_run(text)))
    return found


def _line(style: str, text: str) -> Any:
    return x.paragraph(x.paragraph_properties(style=style), *([x.text_run(text)] if text else []))


def _rule(lines: tuple[str, ...], size: float, width: float, share: float) -> Any:
    """A rule as long as ``share`` of the longest bold line above it, in the middle of ``width``."""
    face = typeface(bold=True)
    longest = max((face.width(line, size) for line in lines), default=0) * _POINTS
    side = (width - min(longest, width) * share) / 2
    properties = x.paragraph_properties(style="DuongKe", top_rule=True, left=side, right=side)
    return x.paragraph(properties)


def _tiny() -> Any:
    """The paragraph Word wants after a table, as low as can be."""
    return x.paragraph(x.paragraph_properties(style="DuongKe", before=0, line=1, line_rule="exact"))


# ---- text ----------------------------------------------------------------------------------


def _text(body: _Body, blocks: tuple[Block, ...], composed: Composed, width: float) -> None:
    for block in blocks:
        for element in _elements(block, composed.spec, width):
            body.add(element)


def _elements(block: Block, spec: LayoutSpec, width: float) -> list[Any]:
    match block:
        case Heading():
            return [_line(f"Heading{block.level}", heading_text(spec, block))]
        case Paragraph():
            return [_runs("BodyText", block.runs)]
        case BulletList():
            return [_runs("GachDauDong", (Run("- "), *item)) for item in block.items]
        case Note():
            return [_line("GhiChu", block.text)]
    caption = [_line("Caption", block.caption) if block.caption else _tiny()]
    # Two tables that touch would become one in Word.
    return [*caption, block_table(block, width), _tiny()]


def _runs(style: str, runs: tuple[Run, ...]) -> Any:
    return x.paragraph(
        x.paragraph_properties(style=style),
        *(
            x.text_run(run.text, bold=run.bold or None, italic=run.italic or None)
            for run in runs
            if run.text
        ),
    )


def _hold(paragraph: Any | None) -> None:
    """Keep the end of the text on the page of the signature."""
    if paragraph is not None:
        style = paragraph.pPr.find(qn("w:pStyle"))
        style.addnext(x.element("keepNext"))


# ---- foot and annexes ----------------------------------------------------------------------


def _foot(composed: Composed) -> Any:
    width = composed.spec.width_of(landscape=False)
    widths = [width * 0.45, width * 0.55]
    recipients = [
        *([_line("NoiNhanDau", composed.recipients_title)] if composed.recipients_title else []),
        *(_line("NoiNhan", line) for line in composed.recipients),
    ]
    signature = [
        *(_line("QuyenHanKy", line) for line in composed.authority),
        *([_line("ChucVuKy", composed.post)] if composed.post else []),
        *([_line("HoTenKy", composed.name)] if composed.authority or composed.post else []),
    ]
    empty = [_line("NoiNhan", "")]
    gap = x.table_row([x.table_cell(w, [_tiny()]) for w in widths])
    for cell in gap.findall(qn("w:tc")):
        spacing = cell.find(qn("w:p")).pPr.find(qn("w:spacing"))
        spacing.set(qn("w:line"), str(12 * 20))
        cell.find(qn("w:p")).pPr.find(qn("w:pStyle")).addnext(x.element("keepNext"))
    row = x.table_row(
        [
            x.table_cell(w, side or empty)
            for w, side in zip(widths, (recipients, signature), strict=True)
        ]
    )
    return x.table(widths, [gap, row], borders=False)


def _annex(document: Document, body: _Body, annex: ComposedAnnex, composed: Composed) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, composed, landscape=annex.landscape)
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = x.element("pgNumType")
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)
    numbering.set(qn("w:start"), "1")
    body.add(_line("PhuLuc", annex.label))
    if annex.title:
        body.add(_line("TenPhuLuc", annex.title))
    if annex.reference:
        body.add(_line("KemTheo", annex.reference))
    _text(body, annex.blocks, composed, composed.spec.width_of(landscape=annex.landscape))
