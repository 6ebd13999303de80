"""Styles of a Word document, so that officers go on editing with the right ones at hand.

Names are those an officer looks for ("Trích yếu", "Nơi nhận"); headings are Word's own, so that
its navigation and table of contents work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from .layouts import LayoutSpec
from .word_xml import element, paragraph_properties, run_properties

FONT = "Times New Roman"
LANGUAGE = "vi-VN"

# Kept from python-docx's template: what Word takes for granted.
_KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style: id, name, what it looks like and what follows it."""

    id: str
    name: str
    paragraph: Any
    run: Any
    following: str = ""
    built_in: bool = False


def set_styles(document: Document, spec: LayoutSpec) -> None:
    """Replace the styles of an empty document by those of the layout."""
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT:
            styles.remove(style)
    _set_defaults(styles, spec)
    for style in _styles(spec):
        styles.append(_style_element(style))


def body_line(spec: LayoutSpec) -> dict[str, Any]:
    """Distance of lines in running text, as arguments of ``paragraph_properties``."""
    if spec.line_exact is not None:
        return {"line": spec.line_exact, "line_rule": "exact"}
    return {"line": spec.line_multiple}


def _set_defaults(styles: Any, spec: LayoutSpec) -> None:
    defaults = styles.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    run_default = element("rPrDefault")
    run = run_properties(font=FONT, size=spec.body_size)
    run.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    run_default.append(run)
    paragraph_default = element("pPrDefault")
    paragraph_default.append(paragraph_properties(before=0, after=0, line=1))
    defaults.extend((run_default, paragraph_default))
    normal = next(s for s in styles.findall(qn("w:style")) if s.get(qn("w:styleId")) == "Normal")
    for tag in ("w:pPr", "w:rPr"):
        for old in normal.findall(qn(tag)):
            normal.remove(old)
    normal.append(paragraph_properties(before=0, after=0, line=1))
    normal.append(run_properties(font=FONT, size=spec.body_size))


def _styles(spec: LayoutSpec) -> list[_Style]:
    line = body_line(spec)
    # Capitals with stacked marks (Ễ, Ở) need more than an exact line gives them.
    heading_line: dict[str, Any] = {**line, "line_rule": "atLeast"} if spec.line_exact else line
    body: dict[str, Any] = {"first": spec.indent, "align": "both", "before": spec.gap, "after": 0}
    centred: dict[str, Any] = {"align": "center", "before": 0, "after": 0}

    def text(id: str, name: str, following: str = "", **run: Any) -> _Style:
        return _Style(
            id,
            name,
            paragraph_properties(**body, **line),
            run_properties(size=spec.body_size, **run),
            following,
        )

    def middle(id: str, name: str, size: float, **more: Any) -> _Style:
        run = {key: more.pop(key) for key in ("bold", "italic") if key in more}
        return _Style(
            id, name, paragraph_properties(**{**centred, **more}), run_properties(size=size, **run)
        )

    def heading(level: int) -> _Style:
        return _Style(
            f"Heading{level}",
            f"heading {level}",
            paragraph_properties(keep_next=True, **body, **heading_line, outline=level - 1),
            run_properties(
                font=FONT, bold=level <= 2, italic=False, black=True, size=spec.body_size
            ),
            "BodyText",
            built_in=True,
        )

    return [
        *(heading(level) for level in (1, 2, 3, 4)),
        _Style(
            "BodyText",
            "Body Text",
            paragraph_properties(**body, **line),
            run_properties(size=spec.body_size),
            built_in=True,
        ),
        text("GachDauDong", "Gạch đầu dòng"),
        text("CanCu", "Căn cứ", "BodyText", italic=spec.basis_italic),
        _Style(
            "GhiChu",
            "Ghi chú",
            paragraph_properties(**{**body, "before": 3, "after": 3}),
            run_properties(italic=True, size=spec.body_size - 2),
            "BodyText",
        ),
        middle("CoQuanCapTren", "Cơ quan cấp trên", spec.parent_size),
        middle("CoQuanBanHanh", "Cơ quan ban hành", spec.issuing_size, bold=True),
        middle("QuocHieu", "Quốc hiệu, tiêu đề", spec.right_title_size, bold=True),
        middle("TieuNgu", "Tiêu ngữ", spec.motto_size, bold=True),
        middle("SoKyHieu", "Số, ký hiệu", spec.number_size),
        middle("DiaDanhNgayThang", "Địa danh, ngày tháng", spec.place_size, italic=True),
        # A rule is the upper border of an empty line of four points.
        _Style(
            "DuongKe",
            "Đường kẻ",
            paragraph_properties(before=4, after=0, line=4, line_rule="exact"),
            run_properties(size=2),
        ),
        middle("TenLoai", "Tên loại văn bản", spec.kind_size, bold=True, before=16, keep_next=True),
        middle("TrichYeu", "Trích yếu", spec.subject_size, bold=True, before=3, keep_next=True),
        middle("KinhGui", "Kính gửi", spec.body_size, before=10, after=6),
        _Style(
            "KinhGuiNhieu",
            "Kính gửi nhiều nơi",
            paragraph_properties(align="left", before=3, after=0),
            run_properties(size=spec.body_size),
        ),
        _Style(
            "Caption",
            "caption",
            paragraph_properties(keep_next=True, align="center", before=8, after=4),
            run_properties(bold=True, italic=False, black=True, size=spec.body_size - 1),
            built_in=True,
        ),
        _Style(
            "OBang",
            "Ô bảng",
            paragraph_properties(before=2, after=2, align="left"),
            run_properties(size=12),
        ),
        middle("QuyenHanKy", "Quyền hạn ký", spec.sign_size, bold=True),
        middle("ChucVuKy", "Chức vụ người ký", spec.sign_size, bold=spec.post_bold),
        # Room for signature and seal stands above the name.
        middle("HoTenKy", "Họ tên người ký", spec.sign_size, bold=True, before=76),
        _Style(
            "NoiNhanDau",
            "Nơi nhận (đầu)",
            paragraph_properties(align="left", before=0, after=0),
            run_properties(
                bold=spec.recipients_title_style == "bold-italic",
                italic=spec.recipients_title_style == "bold-italic",
                underline=spec.recipients_title_style == "underline",
                size=spec.recipients_title_size,
            ),
            "NoiNhan",
        ),
        _Style(
            "NoiNhan",
            "Nơi nhận",
            paragraph_properties(align="left", before=0, after=0, left=2, first=-2),
            run_properties(size=spec.recipients_size),
        ),
        _Style(
            "PhuLuc",
            "Phụ lục",
            paragraph_properties(**centred, keep_next=True, outline=0),
            run_properties(bold=True, size=spec.annex_size),
            "TenPhuLuc",
        ),
        middle("TenPhuLuc", "Tên phụ lục", spec.annex_size, bold=True, before=3, keep_next=True),
        middle("KemTheo", "Kèm theo", spec.annex_size, italic=True, before=3, after=6),
        _Style(
            "Header",
            "header",
            paragraph_properties(before=0, after=0),
            run_properties(size=spec.page_number_size),
            built_in=True,
        ),
        _Style(
            "Footer",
            "footer",
            paragraph_properties(before=0, after=0),
            run_properties(size=spec.page_number_size),
            built_in=True,
        ),
    ]


def _style_element(style: _Style) -> Any:
    attributes: dict[str, Any] = {"type": "paragraph", "styleId": style.id}
    if not style.built_in:
        attributes["customStyle"] = "1"
    found = element("style", **attributes)
    found.append(element("name", val=style.name))
    found.append(element("basedOn", val="Normal"))
    if style.following:
        found.append(element("next", val=style.following))
    found.append(element("uiPriority", val=1))
    found.append(element("qFormat"))
    found.append(style.paragraph)
    found.append(style.run)
    return found
