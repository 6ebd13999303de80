"""Plain text, and the annex that says where figures can be looked up."""

from __future__ import annotations

from danchu.core.documents import (
    BulletList,
    Column,
    Heading,
    Run,
    Table,
    evidence_annex,
    figure_references,
    plain_text,
)
from tests.core.documents.papers import BLOCKS, PARTY, STATE, paragraph, state


def test_plain_text_reads_in_the_order_of_the_parts():
    text = plain_text(STATE)
    lines = text.splitlines()
    assert lines[0] == "Dữ liệu minh họa"
    assert lines[2:6] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN",
        "XÃ BẾN MẪU",
    ]
    for line in (
        "Số: 05/BC-UBND",
        "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa.",
        "II. KẾT QUẢ THỰC HIỆN",
        "- Loa: 31",
        "1 | Đất đai | 21 | 20",
        " | Tổng cộng | 36 | 35",
        "- Lưu: VT, VHXH.",
        "Phụ lục I",
    ):
        assert line in lines
    assert lines.index("Nguyễn Văn Mẫu") < lines.index("Phụ lục I")


def test_plain_text_of_the_party_begins_with_the_body():
    lines = plain_text(PARTY).splitlines()
    assert lines[2:7] == [
        "TỈNH ỦY MINH HỌA",
        "BAN CHỈ ĐẠO THỰC HIỆN",
        "DÂN CHỦ Ở CƠ SỞ",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]
    assert "I- CÔNG TÁC CHỈ ĐẠO" in lines


def test_parts_that_are_not_there_leave_no_gap():
    bare = state(blocks=(), annexes=(), recipients=(), signatory=None, addressee=(), demo_mark=None)
    text = plain_text(bare)
    assert "\n\n\n" not in text
    assert text.endswith("năm 2026\n")


def test_each_figure_is_listed_with_its_section_its_words_and_its_address():
    annex = evidence_annex(BLOCKS, {"1": "minhhoa.vn/s/7KQ2"})
    table = annex.blocks[0]
    assert table.rows == (
        ("1", "I", "03", "Đã ban hành 03 kế hoạch", "minhhoa.vn/s/7KQ2"),
        ("9", "II.1.a", "20", "Bảng 1. Ý kiến theo lĩnh vực: Đất đai", "chưa có địa chỉ"),
    )
    assert figure_references(BLOCKS) == ("1", "9")


def test_a_text_without_figures_has_no_annex_of_them():
    assert evidence_annex((paragraph("Không có số liệu."),), {}) is None


def test_long_sentences_are_cut_at_words_and_decimals_do_not_end_one():
    long = "từ " * 40
    blocks = (
        Heading(1, "II", "Kết quả"),
        Heading(2, "3", "Đối thoại"),
        paragraph(f"Câu đầu. {long}đạt ", Run("94,8%", figure_ref="7"), f" {long}; câu sau."),
        BulletList(((Run("tiếp "), Run("1.187", figure_ref="8"), Run(" lượt.")),)),
        Heading(1, "III", "Khác"),
        Table(columns=(Column(),), header=(), rows=(("1",),), total=(Run("2", figure_ref="a"),)),
    )
    rows = evidence_annex(blocks, {}).blocks[0].rows
    assert rows[0][1] == "II.3"
    assert "đạt 94,8% từ" in rows[0][3]
    assert rows[0][3].startswith("…từ")
    assert rows[0][3].endswith("từ…")
    assert len(rows[0][3]) < 110
    assert rows[1][3] == "tiếp 1.187 lượt"
    assert rows[2][1] == "III"
