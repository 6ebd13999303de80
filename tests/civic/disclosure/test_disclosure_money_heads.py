"""Units in the heads of columns, numbers kept as text, formats that shrink. No database."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from danchu.civic.disclosure.services import (
    ReadAs,
    named_from_xlsx,
    table_from_text,
    table_from_xlsx,
)
from danchu.civic.disclosure.services.money_heads import unit_of_head
from danchu.core.errors import BadInput
from tests.civic.disclosure.made import sheet


@pytest.mark.parametrize(
    ("heading", "key", "in_dong"),
    [
        ("Dự toán (triệu đồng)", "trieu", "Dự toán"),
        ("Dự toán (ĐVT: tr.đ)", "trieu", "Dự toán"),
        ("TỔNG THU [TRIỆU ĐỒNG]", "trieu", "TỔNG THU"),
        ("Dự toán, trđ", "trieu", "Dự toán, đồng"),
        ("Dự toán 2026 triệu đồng", "trieu", "Dự toán 2026 đồng"),
        ("Triệu đồng", "trieu", "Đồng"),
        ("Dự toán (1.000đ)", "nghin", "Dự toán"),
        ("Dự toán 1.000 đồng", "nghin", "Dự toán đồng"),
        ("Đơn giá (ngàn đồng/m2)", "nghin", "Đơn giá (đồng/m2)"),
        ("Vốn (tỷ)", "ty", "Vốn"),
        ("Số tiền (đồng)", "dong", "Số tiền (đồng)"),
        ("Số tiền: đồng", "dong", "Số tiền: đồng"),
        ("Vốn (trăm triệu đồng)", "?", "Vốn (trăm triệu đồng)"),
        ("Vốn (nghìn USD)", "?", "Vốn (nghìn USD)"),
        ("Thu (triệu đồng), chi (đồng)", "?", "Thu (triệu đồng), chi (đồng)"),
    ],
)
def test_the_unit_in_a_head_is_read_and_leaves_it(heading: str, key: str, in_dong: str) -> None:
    found = unit_of_head(heading)
    assert found is not None
    assert (found.key, found.in_dong) == (key, in_dong)


@pytest.mark.parametrize(
    "heading",
    ["Giá trị hợp đồng", "Cộng đồng góp", "Hộ vay trên 5 triệu đồng", "Tỷ lệ (%)", "(d)", "Cột Đ"],
)
def test_words_that_only_look_like_a_unit_are_none(heading: str) -> None:
    assert unit_of_head(heading) is None


def test_a_table_takes_each_unit_from_the_head_of_its_column() -> None:
    head = ("Nội dung", "Dự toán (triệu đồng)", "Thực hiện (nghìn đồng)", "Số hộ", "Đất (m2)")
    row = ("Tổng thu", 150, 90.5, 12, 30)
    expected = {
        "header": ["Nội dung", "Dự toán", "Thực hiện", "Số hộ", "Đất (m2)"],
        "rows": [["Tổng thu", 150_000_000, 90_500, "12", "30"]],
        "money": True,
    }
    typed = "\n".join(";".join(str(cell).replace(".", ",") for cell in one) for one in (head, row))
    assert table_from_xlsx(sheet(head, row)) == table_from_text(typed) == expected
    # A person who says that it is no money is believed: the head and the number still agree.
    plain = table_from_xlsx(sheet(head[:2], row[:2]), money="khong")
    assert plain == {"header": list(head[:2]), "rows": [["Tổng thu", 150]], "money": False}
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(sheet(("Nội dung", "Dự toán (triệu đồng)", "Thực hiện"), ("Thu", 150, 90)))
    assert refused.value.field == "table_file" and "Cột 3 “Thực hiện”" in refused.value.vi


def test_a_head_that_agrees_is_taken_out_and_one_that_differs_is_named() -> None:
    """150 "triệu đồng" under a head of "triệu đồng" stood there as 150.000.000 triệu đồng."""
    head, row = ("Nội dung", "Dự toán (triệu đồng)"), ("Tổng thu", 150)
    scaled = {
        "header": ["Nội dung", "Dự toán"],
        "rows": [["Tổng thu", 150_000_000]],
        "money": True,
    }
    assert table_from_xlsx(sheet(head, row), money="trieu") == scaled
    assert table_from_xlsx(sheet(("Đơn vị tính: triệu đồng",), head, row)) == scaled
    within = sheet(("Nội dung", "Dự toán (ĐVT: triệu đồng)"), row)
    assert table_from_xlsx(within) == scaled, "a head is no line over the table"
    typed = "Nội dung;Dự toán (nghìn đồng)\nTổng thu;150"
    for wrong in (
        lambda: table_from_xlsx(sheet(("Nội dung", "Dự toán (nghìn đồng)"), row), money="trieu"),
        lambda: table_from_text(typed, money="trieu"),
    ):
        with pytest.raises(BadInput) as refused:
            wrong()
        assert refused.value.field == "money"
        assert "Cột 2 “Dự toán (nghìn đồng)”" in refused.value.vi
    other = sheet(("Đơn vị tính: triệu đồng",), (*head, "Thực hiện (nghìn đồng)"), (*row, 90_500))
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(other)
    assert "Cột 3 “Thực hiện (nghìn đồng)”" in refused.value.vi
    with pytest.raises(BadInput) as refused:
        table_from_text("Nội dung;Vốn (USD)\nTổng;5", money="trieu")
    assert "Cột 2 “Vốn (USD)”" in refused.value.vi


def test_a_unit_told_in_the_body_becomes_dong_or_is_refused() -> None:
    rows = (("Nội dung", "ĐVT", "Số"), ("Thu", "triệu đồng", 12), ("Tập huấn", "lượt", 3))
    assert table_from_xlsx(sheet(*rows), money="trieu")["rows"] == [
        ["Thu", "đồng", 12_000_000],
        ["Tập huấn", "lượt", "3"],
    ]
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(sheet(*rows), money="nghin")
    assert "Ô B2" in refused.value.vi


def test_the_row_that_numbers_the_columns_is_no_money() -> None:
    table = table_from_text("Nội dung;Dự toán;Quyết toán\nA;1;2\nThu;5;6", money="trieu")
    assert table is not None
    assert table["rows"] == [["A", "1", "2"], ["Thu", 5_000_000, 6_000_000]]


def test_numbers_kept_as_text_are_read_and_told() -> None:
    told: list[ReadAs] = []
    data = sheet(
        ("Đơn vị tính: triệu đồng",),
        ("TT", "Nội dung", "Dự toán", "Ghi chú"),
        ("1.1", "Thu", "90,5", "12.34"),
        ("1.2", "Chi", "180", "5 triệu"),
        ("1.3", "Khác", "-1.234.567,5", "2025-2026"),
        ("1.4", "Chưa có", "-", None),
        ("1.5", "Số", 7, None),
    )
    rows = table_from_xlsx(data, told=told)["rows"]
    assert [row[2] for row in rows] == [
        90_500_000,
        180_000_000,
        -1_234_567_500_000,
        "-",
        7_000_000,
    ]
    assert [row[0] for row in rows] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert [row[3] for row in rows] == ["12.34", "5 triệu", "2025-2026", "", ""]
    assert told[0] == ReadAs("C3", "90,5", "90,5")
    assert [one.cell for one in told] == ["C3", "C4", "C5"]
    assert table_from_xlsx(data, money="khong")["rows"][0][2] == "90,5", "no money: as it stands"


@pytest.mark.parametrize(
    "text", ["1.234", "1,234", "1.23", "(12)", "0180", "1,234,567", "12 34", "90,5 triệu", "5 tr.đ"]
)
def test_a_number_kept_as_text_that_is_not_certain_is_refused_in_its_cell(text: str) -> None:
    rows = (("Nội dung", "Dự toán"), ("Thu", 150), ("Chi", text))
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(sheet(*rows), money="trieu")
    assert refused.value.field == "table_file"
    assert "Ô B3" in refused.value.vi and f"“{text}”" in refused.value.vi
    assert table_from_xlsx(sheet(*rows), money="khong")["rows"][1] == ["Chi", text]


def test_a_typed_number_against_the_rules_is_refused_in_a_table_of_money() -> None:
    typed = "Nội dung;Dự toán\nThu;1.234\nChi;12.34"
    with pytest.raises(BadInput) as refused:
        table_from_text(typed, money="trieu")
    assert refused.value.field == "table_text" and "Dòng 2, cột 2" in refused.value.vi
    right = table_from_text(typed.replace("12.34", "12,34"), money="trieu")
    assert right is not None
    assert right["rows"] == [["Thu", 1_234_000_000], ["Chi", 12_340_000]]


@pytest.mark.parametrize(
    ("code", "is_scaled"),
    [
        ("#,##0,,", True),
        ("#,##0,", True),
        ("0.0,,", True),
        ("#,##0,.0", True),
        ('#,##0,,"tr"', True),
        ("#,##0,_);(#,##0,)", True),
        ("#,##0", False),
        ("#,##0.00", False),
        ('#,##0", "', False),
        ("General", False),
    ],
)
def test_a_format_that_shows_thousands_or_millions_only_is_refused(
    code: str, is_scaled: bool
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("Nội dung", "Dự toán"))
        page.write_row(1, 0, ("Thu", 1_234_567_000), book.add_format({"num_format": code}))
    if not is_scaled:
        rows = table_from_xlsx(out.getvalue(), money="dong")["rows"]
        assert rows == [["Thu", 1_234_567_000]]
        return
    for read in (table_from_xlsx, named_from_xlsx):
        with pytest.raises(BadInput) as refused:
            read(out.getvalue())
        assert refused.value.code == "scaled" and "Ô B2" in refused.value.vi
