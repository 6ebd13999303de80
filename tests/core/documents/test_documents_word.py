"""Word files: styles an officer can use, sizes and widths of the layout, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from danchu.core.documents import Run, render_docx
from danchu.core.documents.typeface import typeface
from tests.core.documents.papers import PARTY, STATE, big, paragraph, party, state
from tests.core.documents.test_documents_typeface import vietnamese_letters
from tests.timing import times_as_long

TWIPS = 1440 / 25.4


def opened(doc):
    return docx.Document(io.BytesIO(render_docx(doc)))


def all_paragraphs(file) -> list[tuple[str, str]]:
    """(style, text) of every paragraph in order, those in tables as well."""
    found = []
    for element in file.element.body.iter(qn("w:p")):
        style = element.pPr.find(qn("w:pStyle")) if element.pPr is not None else None
        text = "".join(
            {qn("w:t"): node.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag, "")
            for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
            if node.getparent().tag == qn("w:r")
        )
        found.append(("" if style is None else style.get(qn("w:val")), text))
    return found


def style_of(file, identity: str):
    return next(
        s for s in file.styles.element.iter(qn("w:style")) if s.get(qn("w:styleId")) == identity
    )


def size_of(style) -> float:
    return int(style.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val"))) / 2


def test_the_parts_stand_in_order_each_in_its_style():
    paragraphs = [pair for pair in all_paragraphs(opened(STATE)) if pair[1]]
    assert paragraphs[:9] == [
        ("CoQuanBanHanh", "ỦY BAN NHÂN DÂN"),
        ("CoQuanBanHanh", "XÃ BẾN MẪU"),
        ("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TieuNgu", "Độc lập - Tự do - Hạnh phúc"),
        ("SoKyHieu", "Số: 05/BC-UBND"),
        ("DiaDanhNgayThang", "Bến Mẫu, ngày 05 tháng 7 năm 2026"),
        ("TenLoai", "BÁO CÁO"),
        ("TrichYeu", "Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026"),
        ("KinhGui", "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa."),
    ]
    for pair in (
        ("Heading1", "I. CÔNG TÁC CHỈ ĐẠO"),
        ("Heading2", "1. Công khai"),
        ("Heading3", "a) Hình thức"),
        ("GachDauDong", "- Niêm yết: 38 nội dung;"),
        ("Caption", "Bảng 1. Ý kiến theo lĩnh vực"),
        ("GhiChu", "Nguồn: biên bản hội nghị."),
        ("BodyText", "Trên đây là báo cáo của Ủy ban nhân dân xã Bến Mẫu./."),
        ("NoiNhanDau", "Nơi nhận:"),
        ("NoiNhan", "- Lưu: VT, VHXH."),
        ("QuyenHanKy", "TM. ỦY BAN NHÂN DÂN"),
        ("ChucVuKy", "CHỦ TỊCH"),
        ("HoTenKy", "Nguyễn Văn Mẫu"),
        ("PhuLuc", "Phụ lục II"),
    ):
        assert pair in paragraphs


def test_the_party_has_its_own_head_and_foot():
    paragraphs = [pair for pair in all_paragraphs(opened(PARTY)) if pair[1]]
    assert paragraphs[:6] == [
        ("CoQuanCapTren", "TỈNH ỦY MINH HỌA"),
        ("CoQuanBanHanh", "BAN CHỈ ĐẠO THỰC HIỆN"),
        ("CoQuanBanHanh", "DÂN CHỦ Ở CƠ SỞ"),
        ("SoKyHieu", "*"),
        ("QuocHieu", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("SoKyHieu", "Số 45-BC/BCĐ"),
    ]
    texts = [text for _, text in paragraphs]
    assert "-----" in texts
    assert "T/M BAN CHỈ ĐẠO" in texts
    assert not any("Hạnh phúc" in text or "CỘNG HÒA" in text for text in texts)


@pytest.mark.parametrize(
    ("doc", "style", "size"),
    [
        (STATE, "QuocHieu", 13),
        (STATE, "TieuNgu", 14),
        (STATE, "CoQuanBanHanh", 13),
        (STATE, "SoKyHieu", 13),
        (STATE, "DiaDanhNgayThang", 14),
        (STATE, "TenLoai", 14),
        (STATE, "TrichYeu", 14),
        (STATE, "BodyText", 14),
        (STATE, "Heading1", 14),
        (STATE, "NoiNhanDau", 12),
        (STATE, "NoiNhan", 11),
        (PARTY, "QuocHieu", 15),
        (PARTY, "CoQuanCapTren", 14),
        (PARTY, "TenLoai", 16),
        (PARTY, "BodyText", 14),
        (PARTY, "NoiNhanDau", 14),
        (party(layout="party_2018"), "TrichYeu", 15),
    ],
)
def test_styles_have_the_sizes_of_the_layout(doc, style, size):
    assert size_of(style_of(opened(doc), style)) == size


def test_the_face_is_times_new_roman_and_the_language_vietnamese():
    file = opened(STATE)
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))[0]
    assert set(defaults.find(qn("w:rFonts")).attrib.values()) == {"Times New Roman"}
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    heading = style_of(file, "Heading1").find(qn("w:rPr"))
    assert heading.find(qn("w:rFonts")).get(qn("w:ascii")) == "Times New Roman"
    assert heading.find(qn("w:color")).get(qn("w:val")) == "000000"
    assert b"Theme" not in etree.tostring(style_of(file, "Heading2"))


def test_the_body_is_justified_with_the_indent_and_lines_of_the_layout():
    def body(doc):
        found = style_of(opened(doc), "BodyText").find(qn("w:pPr"))
        spacing = found.find(qn("w:spacing"))
        return (
            found.find(qn("w:jc")).get(qn("w:val")),
            int(found.find(qn("w:ind")).get(qn("w:firstLine"))),
            int(spacing.get(qn("w:before"))),
            int(spacing.get(qn("w:line"))),
            spacing.get(qn("w:lineRule")),
        )

    assert body(STATE) == ("both", 720, 120, 276, "auto")
    assert body(PARTY) == ("both", 567, 120, 360, "exact")


def test_the_paper_has_the_margins_of_the_layout():
    section = opened(STATE).sections[0]
    assert [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ] == [210, 297, 20, 20, 30, 15]


def test_the_head_is_one_table_of_given_widths_without_borders():
    table = opened(STATE).tables[0]
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(grid) == pytest.approx(165 * TWIPS, abs=3)
    for row in table._tbl.tr_lst:
        assert [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst] == grid
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    motto = typeface(bold=True).width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13) * 20
    assert grid[-1] > motto + 20


def test_rules_are_as_long_as_they_should_be():
    file = opened(STATE)
    ruled = [
        p
        for p in file.element.body.iter(qn("w:p"))
        if p.pPr is not None and p.pPr.find(qn("w:pBdr")) is not None
    ]
    short, motto, subject = ruled

    def length(rule, width_mm):
        indent = rule.pPr.find(qn("w:ind"))
        sides = int(indent.get(qn("w:left"))) + int(indent.get(qn("w:right")))
        return (width_mm * TWIPS - sides) / 20

    bold = typeface(bold=True)
    assert length(motto, 98) == pytest.approx(
        bold.width("Độc lập - Tự do - Hạnh phúc", 14), abs=0.5
    )
    body = bold.width("ỦY BAN NHÂN DÂN", 13)
    assert body / 3 <= length(short, 63) <= body / 2
    text = bold.width("Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026", 14)
    assert text / 3 <= length(subject, 165) <= text / 2
    party_rules = [
        p
        for p in opened(PARTY).element.body.iter(qn("w:p"))
        if p.pPr is not None and p.pPr.find(qn("w:pBdr")) is not None
    ]
    assert length(party_rules[0], 85) == pytest.approx(
        bold.width("ĐẢNG CỘNG SẢN VIỆT NAM", 15), abs=0.5
    )


def test_page_numbers_begin_on_the_second_page_and_anew_in_each_annex():
    sections = opened(STATE).sections
    assert len(sections) == 3
    for section in sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in etree.tostring(section.header._element, encoding="unicode")
        first = etree.tostring(section.first_page_header._element, encoding="unicode")
        assert "PAGE" not in first
        assert "Dữ liệu minh họa" in first
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert starts[0] is None
    assert [start.get(qn("w:start")) for start in starts[1:]] == ["1", "1"]


def test_the_old_state_layout_numbers_at_the_foot():
    section = opened(state(layout="state_2011")).sections[0]
    foot = etree.tostring(section.footer._element, encoding="unicode")
    assert "PAGE" in foot
    assert 'w:val="right"' in foot
    assert "PAGE" not in etree.tostring(section.header._element, encoding="unicode")


def test_an_annex_on_its_side_is_a_section_of_its_own():
    sections = opened(STATE).sections
    assert [s.orientation for s in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    last = sections[-1]
    assert (round(last.page_width.mm), round(last.top_margin.mm)) == (297, 30)


def test_tables_repeat_their_head_span_cells_and_keep_the_total():
    file = opened(STATE)
    table = file.tables[1]
    rows = table._tbl.tr_lst
    headers = [row for row in rows if row.trPr.find(qn("w:tblHeader")) is not None]
    assert len(headers) == 2
    assert headers[0].tc_lst[2].tcPr.find(qn("w:gridSpan")).get(qn("w:val")) == "2"
    merges = [cell.tcPr.find(qn("w:vMerge")) for cell in headers[1].tc_lst[:2]]
    assert [merge.get(qn("w:val")) for merge in merges] == ["continue", "continue"]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    for row in rows[-3:-1]:
        assert row.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) is not None
    right = rows[2].tc_lst[2].p_lst[0].pPr.find(qn("w:jc")).get(qn("w:val"))
    assert right == "right"
    total = rows[-1].tc_lst[1]
    assert total.p_lst[0].r_lst[0].rPr.find(qn("w:b")) is not None


def test_the_end_of_the_text_stays_with_the_signature():
    file = opened(state(annexes=()))
    last = next(
        p for p in file.element.body.iter(qn("w:p")) if "".join(p.itertext()).startswith("Trên đây")
    )
    assert last.pPr.find(qn("w:keepNext")) is not None
    foot = file.tables[-1]._tbl
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in foot.tr_lst)


def test_several_addressees_are_one_block_and_bold_and_italic_are_kept():
    doc = state(
        addressee=("Sở Nội vụ Minh Họa", "Ủy ban Mẫu"),
        blocks=(paragraph(Run("đậm", bold=True), Run(" nghiêng", italic=True), Run(" & <b>")),),
    )
    paragraphs = all_paragraphs(opened(doc))
    assert ("KinhGuiNhieu", "Kính gửi:\t- Sở Nội vụ Minh Họa;") in paragraphs
    assert ("KinhGuiNhieu", "\t- Ủy ban Mẫu.") in paragraphs
    body = next(p for p in opened(doc).paragraphs if p.text.startswith("đậm"))
    assert [(r.text, r.bold, r.italic) for r in body.runs] == [
        ("đậm", True, None),
        (" nghiêng", None, True),
        (" & <b>./.", None, None),
    ]


def test_the_same_document_gives_the_same_bytes_with_no_hour_in_them():
    first = render_docx(STATE)
    assert render_docx(STATE) == first
    assert render_docx(state(number="6")) != first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        names = package.namelist()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-07-05T00:00:00Z"}
    assert "python-docx" not in core
    assert "Báo cáo Kết quả thực hiện" in core
    assert not [name for name in names if "thumbnail" in name or "WithEffects" in name]


def test_nothing_refers_to_a_style_or_part_that_is_not_there():
    data = render_docx(STATE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        styles = etree.fromstring(package.read("word/styles.xml"))
        known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
        used = set()
        for name in names:
            if name.startswith("word/") and name.endswith(".xml"):
                tree = etree.fromstring(package.read(name))
                used |= {node.get(qn("w:val")) for node in tree.iter(qn("w:pStyle"))}
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {f"word/{relation.get('Target')}" for relation in relations}
        linked = {node.get(qn("w:val")) for node in styles.iter(qn("w:basedOn"), qn("w:next"))}
    assert used <= known
    assert linked <= known
    assert targets <= names


def test_unprintable_characters_do_not_break_the_file():
    doc = state(
        blocks=(paragraph("a\x00\x0b\ud800b 🙂 " + "".join(vietnamese_letters())),),
        title="x\x07y",
        recipients=("\ufffe",),
    )
    text = "\n".join(text for _, text in all_paragraphs(opened(doc)))
    assert "ab 🙂" in text
    assert "".join(vietnamese_letters()) in text
    assert "xy" in text


def test_a_paper_for_reference_has_no_number_and_no_signature():
    doc = state(draft_mark="BẢN THAM KHẢO, không phát hành")
    file = opened(doc)
    text = "\n".join(text for _, text in all_paragraphs(file))
    assert "Số:" not in text
    assert "Nguyễn Văn Mẫu" not in text
    assert "Nơi nhận" not in text
    first = etree.tostring(file.sections[0].first_page_header._element, encoding="unicode")
    assert "BẢN THAM KHẢO, không phát hành" in first


def test_ten_pages_take_time_in_proportion_to_a_quarter():
    ratio = times_as_long(lambda: render_docx(big(4)), lambda: render_docx(big(1)), rounds=3)
    print(f"four quarters against one: {ratio:.2f}")
    assert ratio < 8
