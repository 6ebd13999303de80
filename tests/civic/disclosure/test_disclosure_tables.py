"""Tables and lists with names, from a spreadsheet or typed. No database."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from danchu.civic.disclosure.services import (
    NamedRow,
    named_from_text,
    named_from_xlsx,
    table_from_text,
    table_from_xlsx,
)
from danchu.civic.disclosure.services.named import has_name_column
from danchu.core.errors import BadInput
from tests.civic.disclosure.made import sheet


def test_a_sheet_becomes_a_table_of_whole_numbers_and_text() -> None:
    data = sheet(
        ("Dự toán năm 2026",),
        ("TT", "Năm", "Nội dung", "Số người"),
        (1, 2026, "Tập huấn", 1200),
        (),
        (2, 2026, "Đối thoại", 12.5),
    )
    table = table_from_xlsx(data)
    assert table == {
        "header": ["TT", "Năm", "Nội dung", "Số người"],
        "rows": [["1", "2026", "Tập huấn", 1200], ["2", "2026", "Đối thoại", "12,5"]],
        "money": False,
    }


def test_money_is_kept_in_dong_exactly() -> None:
    data = sheet(("Nội dung", "Dự toán"), ("Tổng thu", 1234.5), ("Tổng chi", 7))
    assert table_from_xlsx(data, money="trieu")["rows"] == [
        ["Tổng thu", 1_234_500_000],
        ["Tổng chi", 7_000_000],
    ]
    assert table_from_xlsx(data, money="trieu")["money"] is True
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(data, money="dong")
    assert refused.value.field == "table_file"
    assert "Dòng 1, cột 2" in refused.value.vi


@pytest.mark.parametrize(
    ("said", "dong"),
    [
        ("Đơn vị tính: đồng", 1),
        ("ĐVT: 1.000 đồng", 1_000),
        ("(Đơn vị tính: Nghìn đồng)", 1_000),
        ("Đơn vị: triệu đồng", 1_000_000),
        ("ĐVT: tr.đ", 1_000_000),
        ("Đơn vị tính: Tỷ đồng.", 1_000_000_000),
        # What states no unit of money leaves the numbers as they are.
        ("Đơn vị tính: người", 0),
        ("Đơn vị: Đồng Tâm", 0),
        ("Đơn vị tính: triệu đồng/người", 0),
        ("Biểu số 1", 0),
    ],
)
def test_the_unit_of_money_that_a_sheet_states_over_its_table_is_read(said: str, dong: int) -> None:
    data = sheet(
        ("Dự toán ngân sách xã năm 2026",),
        (None, None, said),
        ("Nội dung", "Năm", "Dự toán"),
        ("Tổng thu", 2026, 12),
    )
    table = table_from_xlsx(data)
    assert table["money"] is bool(dong)
    assert table["rows"] == [["Tổng thu", "2026", 12 * (dong or 1)]]


def test_a_unit_is_never_guessed_and_never_put_upon_what_is_no_money() -> None:
    head, row = ("Nội dung", "Dự toán"), ("Tổng thu", 12)
    beside = sheet(("UBND xã Bến Mẫu", "Đơn vị tính: triệu đồng"), head, row)
    assert table_from_xlsx(beside)["header"] == list(head)
    two = sheet(("Đơn vị tính: đồng",), ("Đơn vị tính: triệu đồng",), head, row)
    assert table_from_xlsx(two)["money"] is False
    named = sheet(("Nội dung", "ĐVT", "Số"), ("Tổng thu", "triệu đồng", 12))
    assert table_from_xlsx(named) == {
        "header": ["Nội dung", "ĐVT", "Số"],
        "rows": [["Tổng thu", "triệu đồng", 12]],
        "money": False,
    }
    mixed = sheet(
        ("Đơn vị tính: triệu đồng",),
        head,
        row,
        ("Số hộ đóng góp", 120),
        ("So với dự toán (%)", 98.5),
        ("Chi bằng 5% quỹ", 2),
    )
    assert table_from_xlsx(mixed)["rows"] == [
        ["Tổng thu", 12_000_000],
        ["Số hộ đóng góp", "120"],
        ["So với dự toán (%)", "98,5"],
        ["Chi bằng 5% quỹ", 2_000_000],
    ]


def test_a_share_that_the_sheet_shows_in_percent_keeps_its_sign() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page, percent = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
        page.write(0, 0, "Đơn vị tính: triệu đồng")
        for n, row in enumerate(
            (("Nội dung", "Tỷ lệ", "Dự toán"), ("Thu", 0.9512, 12), ("Số hộ", 0.5, 120)), start=1
        ):
            page.write_row(n, 0, row)
            if n > 1:
                page.write(n, 1, row[1], percent)
    data = out.getvalue()
    rows = [["Thu", "95,1%", 12_000_000], ["Số hộ", "50%", "120"]]
    assert table_from_xlsx(data)["rows"] == rows
    assert table_from_xlsx(data, money="khong")["rows"] == [
        ["Thu", "95,1%", 12],
        ["Số hộ", "50%", 120],
    ]
    plain = table_from_xlsx(sheet(("Nội dung", "Hệ số"), ("Thu", 0.9512)))
    assert plain["rows"] == [["Thu", "0,9512"]], "what is no percent gets no sign"


def test_a_percent_sign_in_the_name_of_a_row_leaves_its_cells_money() -> None:
    names = [
        "1. Các khoản thu 100%",
        "Thu xã hưởng 100 %",
        "- Các khoản thu phân chia theo tỷ lệ phần trăm (%)",
        "Thu phân chia theo tỷ lệ %",
        "Các khoản thu phân chia (%)",
        "Tiết kiệm 10% (chi thường xuyên)",
        "Tiền lương, trích 23,5%",
    ]
    data = sheet(
        ("Đơn vị tính: triệu đồng",),
        ("Nội dung", "Dự toán", "Thực hiện", "Ghi chú"),
        *((name, 3200, 2420.5, "Tỷ lệ điều tiết giữ như năm trước (%)") for name in names),
    )
    rows = table_from_xlsx(data)["rows"]
    assert [row[:3] for row in rows] == [[name, 3_200_000_000, 2_420_500_000] for name in names]
    typed = table_from_text("Nội dung;Số tiền\nThu xã hưởng 100%;1.260", money="trieu")
    assert typed is not None and typed["rows"] == [["Thu xã hưởng 100%", 1_260_000_000]]


@pytest.mark.parametrize(
    "name",
    [
        "Tỷ lệ thực hiện (%)",
        "II. Tỷ lệ thu so với dự toán",
        "% thực hiện",
        "Thực hiện/Dự toán (%)",
        "Thu đạt (%)",
        "So sánh với cùng kỳ (%)",
        "1. Số hộ đã nộp 100%",
    ],
)
def test_a_row_that_is_a_share_or_a_count_itself_is_no_money(name: str) -> None:
    data = sheet(
        ("Đơn vị tính: triệu đồng",), ("Nội dung", "Thực hiện"), ("Tổng thu", 12), (name, 98)
    )
    assert table_from_xlsx(data)["rows"] == [["Tổng thu", 12_000_000], [name, "98"]]


@pytest.mark.parametrize(
    ("heading", "is_money"),
    [
        ("%", False),
        ("Tỷ lệ", False),
        ("So sánh", False),
        ("So sánh QT/DT (%)", False),
        ("Tỷ lệ % so với 100% dự toán", False),
        ("So sánh tuyệt đối", True),
        ("Thu xã hưởng 100%", True),
        ("Thu phân chia theo tỷ lệ (%)", True),
        ("Năm 2026", True),
        ("Năm bắt đầu", False),
    ],
)
def test_a_column_is_a_rate_by_its_heading_only(heading: str, is_money: bool) -> None:
    table = table_from_text(f"Nội dung;{heading}\nTổng thu;12\nThu khác;98%", money="trieu")
    assert table is not None
    assert table["rows"] == [["Tổng thu", 12_000_000 if is_money else "12"], ["Thu khác", "98%"]]


def test_what_was_chosen_and_what_the_sheet_states_must_agree() -> None:
    data = sheet(("Đơn vị tính: nghìn đồng",), ("Nội dung", "Dự toán"), ("Tổng thu", 12))
    assert table_from_xlsx(data, money="nghin")["rows"] == [["Tổng thu", 12_000]]
    assert table_from_xlsx(data, money="khong") == {
        "header": ["Nội dung", "Dự toán"],
        "rows": [["Tổng thu", 12]],
        "money": False,
    }
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(data, money="trieu")
    assert refused.value.field == "money" and "nghìn đồng" in refused.value.vi


def test_a_typed_table_reads_vietnamese_numbers() -> None:
    table = table_from_text("Khoản; Số tiền\nThu; 1.234.567\nChi; -2,5\nKhác; 12.34")
    assert table is not None
    assert table["rows"] == [["Thu", 1234567], ["Chi", "-2,5"], ["Khác", "12.34"]]
    assert table_from_text("  \n ") is None
    typed = table_from_text("Khoản\tSố tiền\nThu; phí\t7", money="nghin")
    assert typed is not None
    assert typed["rows"] == [["Thu; phí", 7000]]


@pytest.mark.parametrize("data", [b"", b"khong phai xlsx", sheet(("một ô",)), sheet()])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        table_from_xlsx(data)
    assert refused.value.field == "table_file"


def test_a_table_too_long_or_with_only_a_header_is_refused() -> None:
    with pytest.raises(BadInput):
        table_from_text("Khoản; Số tiền")
    with pytest.raises(BadInput):
        table_from_text("a;b\n" + "1;2\n" * 501)
    with pytest.raises(BadInput):
        table_from_text(";".join("c" * 21) + "\n" + ";".join("1" * 21))


def test_a_list_with_names_has_four_columns_in_any_order() -> None:
    rows = (NamedRow("Đoàn Mẫu Một", "thôn Mẫu Lai", "", "Hộ nghèo"),)
    data = sheet(
        ("DANH SÁCH",), ("STT", "Diện", "Họ và tên", "Thôn"), (1, "Hộ nghèo", "Đoàn Mẫu Một", "thôn Mẫu Lai")
    )  # fmt: skip
    assert named_from_xlsx(data) == rows
    assert named_from_text("Đoàn Mẫu Một; thôn Mẫu Lai;; Hộ nghèo") == rows
    assert named_from_text("Họ và tên\tThôn\tDiện\nĐoàn Mẫu Một\tthôn Mẫu Lai\tHộ nghèo") == rows
    assert named_from_text("") == ()


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Số CCCD", "số định danh"),
        ("Căn cước", "số định danh"),
        ("Năm sinh", "ngày, năm sinh"),
        (["Ngày tháng năm sinh", " ngày sinh"][1], "ngày, năm sinh"),
        ("Bệnh", "tình trạng sức khỏe"),
        ("Dạng khuyết tật", "tình trạng sức khỏe"),
        ("Địa chỉ", "địa chỉ nhà"),
        ("Số điện thoại", "số liên lạc"),
        ("Dân tộc", "dân tộc"),
        ("Tài khoản", "tài khoản"),
    ],
)
def test_a_column_that_tells_too_much_is_refused_and_named(column: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        named_from_xlsx(sheet(("Họ và tên", column), ("Đoàn Mẫu Một", "x")))
    assert (refused.value.code, refused.value.field) == ("too_much", "names_file")
    assert said in refused.value.vi
    with pytest.raises(BadInput):
        named_from_text(f"Họ và tên;{column}\nĐoàn Mẫu Một;x")


@pytest.mark.parametrize(
    "column", ["Số tiền còn nợ", "Chưa nộp", "Lý do từ chối", "Số tiền nợ thuế"]
)
def test_lists_of_debt_and_refusal_are_refused(column: str) -> None:
    with pytest.raises(BadInput) as refused:
        named_from_text(f"Họ và tên;{column}\nĐoàn Mẫu Một;x")
    assert refused.value.code == "debtors"


@pytest.mark.parametrize(
    "level", ["chưa đóng góp", "Nợ tiền quỹ", "không chấp hành", "trốn nghĩa vụ"]
)
def test_a_level_that_shames_is_refused_and_lawful_ones_are_not(level: str) -> None:
    with pytest.raises(BadInput) as refused:
        named_from_text(f"Đoàn Mẫu Một; thôn Mẫu Lai;; {level}")
    assert refused.value.code == "debtors"
    for lawful in ("Tạm hoãn", "Miễn", "Không đủ điều kiện", "Hộ nghèo", "Được gọi nhập ngũ"):
        assert named_from_text(f"Đoàn Mẫu Một; thôn Mẫu Nọ;; {lawful}")


@pytest.mark.parametrize(
    "line",
    [
        "Đoàn Mẫu Một 079123456789; thôn Mẫu Lai",
        "Đoàn Mẫu Một; 0912 345 678",
        "Đoàn Mẫu Một (01/02/1950)",
        "; thôn Mẫu Lai",
        "a;b;c;d;e",
        "Đoàn Mẫu Một; " + "x" * 121,
    ],
)
def test_a_line_with_a_number_of_a_person_or_without_a_name_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        named_from_text(line)
    assert refused.value.field == "names_text"


def test_an_unknown_column_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput) as refused:
        named_from_text("Họ và tên;Trường\nĐoàn Mẫu Một;x")
    assert "Trường" in refused.value.vi
    with pytest.raises(BadInput):
        named_from_xlsx(sheet(("Nội dung", "Số"), ("a", 1)))


def test_shares_and_counts_of_a_table_of_money_stay_as_they_are() -> None:
    table = table_from_text(
        "Nội dung;Thực hiện;So với dự toán (%);Số hộ\nTổng thu;3.120;28,02;12", money="trieu"
    )
    assert table is not None
    assert table["rows"] == [["Tổng thu", 3_120_000_000, "28,02", "12"]]


def test_a_column_of_people_is_told_by_any_of_its_names() -> None:
    for header in ("Chủ hộ", "Họ và tên người hưởng", "Người được hưởng", "Tên hộ"):
        assert has_name_column(["TT", header]), header
    assert not has_name_column(["TT", "Tên công trình", "Nội dung"])


def test_hidden_rows_and_columns_of_a_sheet_are_not_published() -> None:
    def sheet_with(hide: Any) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        page = book.add_worksheet()
        for n, row in enumerate((("Nội dung", "Ghi chú nội bộ"), ("Thu", "a"), ("Chi", "b"))):
            page.write_row(n, 0, row)
        hide(page)
        book.close()
        return out.getvalue()

    assert table_from_xlsx(sheet_with(lambda page: None))["header"][1] == "Ghi chú nội bộ"
    for hide in (
        lambda page: page.set_column("B:B", None, None, {"hidden": True}),
        lambda page: page.set_row(2, None, None, {"hidden": True}),
        lambda page: page.set_column("B:B", 0),
        lambda page: page.set_row(2, 0.5),
        lambda page: page.set_default_row(hide_unused_rows=True),
    ):
        with pytest.raises(BadInput) as refused:
            table_from_xlsx(sheet_with(hide))
        assert (refused.value.code, refused.value.field) == ("hidden", "table_file")


@pytest.mark.parametrize(
    "column",
    [
        b'<col min="2" max="2" hidden="&#49;"/>',
        b"<col min='2' max='2' hidden=' true '/>",
        b'<x:col xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" min="2" '
        b'max="2" hidden="1"/>',
        b'<col min="2" max="2" width="0" customWidth="1"/>',
        b'<col min="2" max="2" width="0"/>',
        b'<col min="2" max="2" note=">" hidden="1"/>',
    ],
)
def test_a_hidden_column_is_seen_however_it_is_written_and_wherever_its_part_lies(
    column: bytes,
) -> None:
    whole = sheet(("Nội dung", "Ghi chú"), ("Thu", "a"))

    def with_column(written: bytes, place: str = "xl/worksheets/sheet1.xml") -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    part = part.replace(b"<sheetData>", b"<cols>" + written + b"</cols><sheetData>")
                    name = place
                elif place != "xl/worksheets/sheet1.xml":
                    part = part.replace(b"worksheets/sheet1.xml", place[3:].encode())
                new.writestr(name, part)
        return out.getvalue()

    for place in ("xl/worksheets/sheet1.xml", "xl/khac/a.xml"):
        shown = with_column(b'<col min="1" max="2" width="20" hidden="0"/>', place)
        assert table_from_xlsx(shown)["header"] == ["Nội dung", "Ghi chú"]
        with pytest.raises(BadInput) as refused:
            table_from_xlsx(with_column(column, place))
        assert refused.value.code == "hidden"
