"""PDF: what stands on the sheets, in which letters, and what the file promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pypdfium2 as pdfium
import pytest

from danchu.core.documents import (
    Annex,
    Column,
    Heading,
    Run,
    Table,
    evidence_annex,
    layout_for,
    render_pdf,
)
from tests.core.documents.papers import (
    BLOCKS,
    LONG,
    PARTY,
    STATE,
    big,
    paragraph,
    party,
    state,
    villages,
)
from tests.core.documents.test_documents_typeface import vietnamese_letters
from tests.timing import times_as_long

MM = 72 / 25.4


_open: list[pdfium.PdfDocument] = []


@pytest.fixture(autouse=True)
def closing():
    yield
    while _open:
        _open.pop().close()


def opened(doc) -> pdfium.PdfDocument:
    _open.append(pdfium.PdfDocument(render_pdf(doc)))
    return _open[-1]


def pages(doc) -> list[str]:
    return [page.get_textpage().get_text_range() for page in opened(doc)]


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in the text one after the other."""
    at = -1
    for part in parts:
        at = text.find(part, at + 1)
        if at < 0:
            return False
    return True


def pieces(page) -> list[tuple[str, str, float, tuple[float, float, float, float]]]:
    """(text, style, size, bounds in mm from the upper left corner) of each piece of a page."""
    found = []
    height = page.get_height()
    for item in page.get_objects(max_depth=10, textpage=page.get_textpage()):
        if isinstance(item, pdfium.PdfTextObj):
            left, bottom, right, top = item.get_bounds()
            name = item.get_font().get_base_name().partition("+")[2]
            box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            found.append((item.extract(), name, round(item.get_font_size(), 1), box))
    return found


def piece(page, text):
    return next(found for found in pieces(page) if text in found[0])


def baseline(page, text) -> float:
    """Height above the lower edge, in millimetres, on which a text stands."""
    reader = page.get_textpage()
    for item in page.get_objects(max_depth=10, textpage=reader):
        if isinstance(item, pdfium.PdfTextObj) and text in item.extract():
            return item.get_matrix().f / MM
    raise AssertionError(text)


def test_a_state_report_has_its_parts_in_order():
    text = "".join(pages(STATE))
    assert in_order(
        text,
        "[ Dữ liệu minh họa ]",
        "ỦY BAN NHÂN DÂN",
        "XÃ BẾN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-UBND",
        "Bến Mẫu, ngày 05 tháng 7 năm 2026",
        "BÁO CÁO",
        "Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026",
        "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa.",
        "I. CÔNG TÁC CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Công khai",
        "a) Hình thức",
        "- Niêm yết: 38 nội dung;",
        "Bảng 1. Ý kiến theo lĩnh vực",
        "Tổng cộng",
        "xã Bến Mẫu./.",
        "Nơi nhận:",
        "- Lưu: VT, VHXH.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
        "Phụ lục I",
        "KẾT QUẢ THEO THÔN",
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 7 năm 2026)",
        "Phụ lục II",
    )


def test_a_party_report_has_no_national_title():
    text = "".join(pages(PARTY))
    assert "CỘNG HÒA" not in text
    assert "Hạnh phúc" not in text
    assert "Số:" not in text
    assert in_order(
        text,
        "TỈNH ỦY MINH HỌA",
        "BAN CHỈ ĐẠO THỰC HIỆN",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 45-BC/BCĐ",
        "Minh Họa, ngày 17 tháng 6 năm 2026",
        "BÁO CÁO",
        "-----",
        "I- CÔNG TÁC CHỈ ĐẠO",
        "xã Bến Mẫu.",
        "Nơi nhận:",
        "T/M BAN CHỈ ĐẠO",
        "TRƯỞNG BAN",
    )
    assert "./." not in text


@pytest.mark.parametrize(
    ("doc", "text", "style", "size"),
    [
        (STATE, "CỘNG HÒA XÃ HỘI", "Tinos-Bold", 13),
        (STATE, "Độc lập - Tự do", "Tinos-Bold", 14),
        (STATE, "XÃ BẾN MẪU", "Tinos-Bold", 13),
        (STATE, "Số: 05/BC-UBND", "Tinos", 13),
        (STATE, "Bến Mẫu, ngày 05", "Tinos-Italic", 14),
        (STATE, "BÁO CÁO", "Tinos-Bold", 14),
        (STATE, "I. CÔNG TÁC CHỈ ĐẠO", "Tinos-Bold", 14),
        (STATE, "1. Công khai", "Tinos-Bold", 14),
        (STATE, "a) Hình thức", "Tinos", 14),
        (STATE, "Thực hiện Luật", "Tinos", 14),
        (STATE, "Nơi nhận:", "Tinos-BoldItalic", 12),
        (STATE, "- Lưu: VT", "Tinos", 11),
        (STATE, "CHỦ TỊCH", "Tinos-Bold", 14),
        (PARTY, "ĐẢNG CỘNG SẢN", "Tinos-Bold", 15),
        (PARTY, "TỈNH ỦY MINH HỌA", "Tinos", 14),
        (PARTY, "BAN CHỈ ĐẠO THỰC HIỆN", "Tinos-Bold", 14),
        (PARTY, "Số 45-BC/BCĐ", "Tinos", 14),
        (PARTY, "BÁO CÁO", "Tinos-Bold", 16),
        (PARTY, "Nơi nhận:", "Tinos", 14),
        (PARTY, "TRƯỞNG BAN", "Tinos", 14),
    ],
)
def test_each_part_has_the_letters_of_its_layout(doc, text, style, size):
    found = next(
        hit for page in opened(doc) for hit in pieces(page) if hit[0].strip().startswith(text)
    )
    assert (found[1], found[2]) == (style, size)


def test_margins_head_and_indent_are_where_they_belong():
    page = opened(STATE)[0]
    assert (round(page.get_width() / MM), round(page.get_height() / MM)) == (210, 297)
    boxes = [box for text, _, _, box in pieces(page) if text.strip() and "[" not in text]
    assert min(box[0] for box in boxes) >= 29.5
    assert max(box[2] for box in boxes) <= 195.5
    assert min(box[1] for box in boxes) >= 19.0
    heading = piece(page, "I. CÔNG TÁC")[3]
    assert heading[0] == pytest.approx(42.7, abs=0.5)
    party_heading = piece(opened(PARTY)[0], "I- CÔNG TÁC")[3]
    assert party_heading[0] == pytest.approx(40, abs=0.5)
    # Số and the place stand on one line; quốc hiệu on that of the body.
    assert baseline(page, "Số: 05") == pytest.approx(baseline(page, "Bến Mẫu, ngày"), abs=0.2)
    assert baseline(page, "CỘNG HÒA") == pytest.approx(baseline(page, "ỦY BAN NHÂN"), abs=0.2)


def rules(page) -> list[tuple[float, float, float]]:
    """(left, right, top) of the rules of a page, in millimetres."""
    height = page.get_height()
    found = []
    for item in page.get_objects(max_depth=10):
        if not isinstance(item, pdfium.PdfTextObj):
            left, _, right, top = item.get_bounds()
            found.append((left / MM, right / MM, (height - top) / MM))
    return found


def test_the_rule_of_the_motto_is_as_long_as_the_motto():
    page = opened(state(blocks=(paragraph("Hết."),), annexes=()))[0]
    motto = piece(page, "Độc lập")[3]
    body = piece(page, "XÃ BẾN MẪU")[3]
    lengths = rules(page)
    below = [r for r in lengths if abs(r[0] - motto[0]) < 1 and abs(r[1] - motto[2]) < 1]
    assert len(below) == 1
    assert 0 < below[0][2] - motto[3] < 2.5
    short = next(r for r in lengths if r[1] < 95)
    longest = piece(page, "ỦY BAN NHÂN DÂN")[3]
    share = (short[1] - short[0]) / (longest[2] - longest[0])
    assert 1 / 3 <= share <= 1 / 2
    assert (short[0] + short[1]) / 2 == pytest.approx((body[0] + body[2]) / 2, abs=0.5)


def test_the_title_of_the_party_has_a_rule_of_its_length():
    page = opened(party(blocks=(paragraph("Hết."),), annexes=()))[0]
    title = piece(page, "ĐẢNG CỘNG SẢN")[3]
    assert any(abs(r[0] - title[0]) < 1 and abs(r[1] - title[2]) < 1 for r in rules(page))


def test_only_the_shipped_typeface_is_used_and_it_is_embedded():
    for page in opened(STATE):
        for item in page.get_objects(max_depth=10):
            if isinstance(item, pdfium.PdfTextObj):
                font = item.get_font()
                assert font.get_family_name() == "Tinos"
                assert font.is_embedded


def test_the_file_says_it_is_an_accessible_archive_file_with_a_title():
    data = render_pdf(STATE)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    opened_file = opened(STATE)
    assert opened_file.is_tagged()
    about = opened_file.get_metadata_dict()
    assert about["Title"] == "Báo cáo Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026"
    assert about["Author"] == "Ủy ban nhân dân xã Bến Mẫu"
    assert "20260705" in about["CreationDate"]
    assert [mark.get_title().replace("\n", " ") for mark in opened_file.get_toc()][:2] == [
        "I. CÔNG TÁC CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
    ]


def test_the_same_document_gives_the_same_bytes():
    first = render_pdf(STATE)
    render_pdf(PARTY)
    assert render_pdf(STATE) == first
    assert render_pdf(state(number="6")) != first


def test_what_people_write_is_never_markup():
    evil = (
        '1. #panic("x") *đậm* _nghiêng_ @ref <nhãn> $x$ `mã` \\ // chú thích /* */ = Tiêu đề '
        '#sys.inputs "nháy" [x] {y}'
    )
    table = Table(columns=(Column(), Column()), header=((evil, "b"),), rows=((evil, "- c"),))
    doc = state(
        title=evil,
        issuing_body=evil,
        addressee=(evil, evil),
        basis=(evil,),
        recipients=(evil,),
        blocks=(paragraph(evil), Heading(1, "I", evil), table, paragraph("Hết.")),
        annexes=(Annex(evil, (table,)),),
    )
    text = " ".join(" ".join(pages(doc)).split())
    assert text.count('#panic("x") *đậm* _nghiêng_ @ref <nhãn> $x$ `mã` \\ //') >= 5


def test_every_vietnamese_letter_can_be_read_back():
    letters = "".join(vietnamese_letters())
    text = "".join(pages(state(blocks=(paragraph(letters), paragraph(Run(letters, bold=True))))))
    for letter in letters:
        assert text.count(letter) >= 2


def test_letters_the_typeface_does_not_have_become_squares_not_an_error():
    text = "".join(pages(state(blocks=(paragraph("khẩu hiệu 🙂 中文 ភាសា\x07 \ud800 hết"),))))
    assert "khẩu hiệu □ □□" in text
    assert "hết./." in text


def test_a_token_without_spaces_stays_on_the_sheet():
    page = opened(state(blocks=(paragraph("x" * 900),), annexes=()))[0]
    assert max(box[2] for text, _, _, box in pieces(page) if text.strip()) <= 195.5


def test_pages_are_numbered_from_the_second_and_anew_in_each_annex():
    doc = state(blocks=BLOCKS + (paragraph(LONG * 12),) * 2, annexes=(villages(60), villages(3)))
    heads = [text.split("\r\n")[0] for text in pages(doc)]
    text_pages = next(i for i, text in enumerate(pages(doc)) if "Phụ lục I" in text)
    assert heads[0] == "[ Dữ liệu minh họa ]"
    assert [head.split()[0] for head in heads[1:text_pages]] == [
        str(n) for n in range(2, text_pages + 1)
    ]
    assert heads[text_pages].startswith("[")
    assert heads[text_pages + 1].split()[0] == "2"
    assert heads[-1].startswith("[")
    assert all("Dữ liệu minh họa" in head for head in heads)


def test_the_old_state_layout_numbers_its_pages_at_the_foot():
    doc = state(layout="state_2011", blocks=(paragraph(LONG * 20),), annexes=())
    second = opened(doc)[1]
    number = next(p for p in pieces(second) if p[0].strip() == "2")
    assert number[3][1] > 277
    assert number[3][2] == pytest.approx(195, abs=0.5)


def test_an_annex_may_lie_on_its_side():
    sizes = [(page.get_width(), page.get_height()) for page in opened(STATE)]
    assert sizes[0][0] < sizes[0][1]
    assert sizes[-1][0] > sizes[-1][1]


def test_the_head_of_a_table_is_on_every_page_and_the_total_never_alone():
    for rows in range(33, 40):
        sheets = [text for text in pages(state(annexes=(villages(rows),))) if "Số hộ" in text]
        for sheet in sheets:
            assert "Địa chỉ" in sheet
        last = sheets[-1]
        assert "Tổng cộng" in last
        assert f"Thôn Mẫu {rows}" in last
        assert f"Thôn Mẫu {rows - 1}" in last


@pytest.mark.parametrize(
    ("rows", "lines", "landscape"),
    [(1, 25, False), (2, 25, False), (3, 24, False), (3, 13, True), (5, 12, True)],
)
def test_the_total_of_a_short_table_is_not_alone_either(rows, lines, landscape):
    annex = villages(rows)
    above = tuple(paragraph("Một dòng.") for _ in range(lines))
    annex = replace(annex, blocks=(*above, *annex.blocks), landscape=landscape)
    last = pages(state(blocks=(), annexes=(annex,)))[-1]
    assert "Tổng cộng" in last
    for number in range(max(1, rows - 1), rows + 1):
        assert f"Thôn Mẫu {number}" in last


def test_the_signature_is_never_alone_on_a_page():
    for lines in range(12, 22):
        text = tuple(paragraph("Một dòng.") for _ in range(lines))
        ending = paragraph(LONG * 2)
        sheets = pages(state(blocks=(*text, ending), annexes=()))
        signed = next(sheet for sheet in sheets if "Nguyễn Văn Mẫu" in sheet)
        assert "TM. ỦY BAN NHÂN DÂN" in signed
        assert len(signed.partition("Nơi nhận:")[0].splitlines()) >= 3


def test_a_paper_for_reference_cannot_be_taken_for_an_issued_one():
    text = "".join(pages(state(draft_mark="BẢN THAM KHẢO, không phát hành")))
    assert "BẢN THAM KHẢO, không phát hành" in text
    for absent in ("Số:", "Nơi nhận", "TM. ỦY BAN", "Nguyễn Văn Mẫu", "Kèm theo"):
        assert absent not in text


def test_figures_leave_no_trace_in_the_text_and_are_listed_in_the_annex():
    annex = evidence_annex(BLOCKS, {"1": "minhhoa.vn/s/7KQ2"})
    sheets = pages(state(annexes=(annex,)))
    assert "Đã ban hành 03 kế hoạch." in " ".join(sheets[0].split())
    assert "7KQ2" not in sheets[0]
    assert "minhhoa.vn/s/7KQ2" in sheets[-1]
    assert "chưa có địa chỉ" in sheets[-1]


def test_headings_that_skip_a_level_and_empty_documents_are_printed():
    skipping = (Heading(3, "a", "Bỏ cấp"), Heading(1, "I", "Lớn"), Heading(4, "", "Ý"))
    assert "a) Bỏ cấp" in "".join(pages(state(blocks=skipping)))
    bare = state(
        title="", kind="", blocks=(), annexes=(), recipients=(), signatory=None, addressee=()
    )
    assert len(pages(bare)) == 1


def test_every_layout_prints():
    for layout in ("state", "state_2011", "party_2018", "party_2026"):
        assert pages(state(layout=layout))
    assert layout_for("state", STATE.date) == STATE.layout


def test_ten_pages_take_time_in_proportion_to_a_quarter():
    numbers = count()

    def of(quarters: int) -> Callable[[], object]:
        # A number of its own: what was rendered once is kept.
        return lambda: render_pdf(big(quarters, number=str(next(numbers))))

    assert len(opened(big())) >= 10
    ratio = times_as_long(of(4), of(1), rounds=3)
    print(f"four quarters against one: {ratio:.2f}")
    assert ratio < 8
