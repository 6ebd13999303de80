"""Tables of money as charts: income and spending never in one, each with its sum. No database."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from danchu.web.design.data_tables import table_shown
from danchu.web.portal.notice_tables import money_charts, side_of


def _table(header: list[str], *rows: list[int | str]) -> dict[str, Any]:
    return {"header": header, "rows": list(rows), "money": True}


def test_income_and_spending_have_each_their_own_chart_and_sentence() -> None:
    charts = money_charts(
        _table(
            ["TT", "Nội dung", "Dự toán"],
            ["A", "Tổng thu ngân sách xã", 9_000],
            ["1", "Các khoản thu hưởng 100%", 4_000],
            ["2", "Bổ sung từ ngân sách cấp trên", 5_000],
            ["B", "Tổng chi ngân sách xã", 8_500],
            ["1", "Chi đầu tư", 3_000],
            ["2", "Sự nghiệp giáo dục", 5_500],
            ["C", "Kết dư ngân sách", 500],
        )
    )
    assert [[bar.label for bar in chart.bars] for chart in charts] == [
        ["Các khoản thu hưởng 100%", "Bổ sung từ ngân sách cấp trên"],
        ["Chi đầu tư", "Sự nghiệp giáo dục"],
    ]
    assert charts[0].sentence == (
        "Phần thu, Dự toán: Tổng thu ngân sách xã là 9.000 đồng; khoản lớn nhất là Bổ sung từ ngân sách "
        "cấp trên, 5.000 đồng."
    )
    assert charts[1].sentence.startswith("Phần chi, Dự toán: Tổng chi ngân sách xã là 8.500 đồng;")


def test_headings_divide_the_rows_and_a_sum_that_nobody_stated_is_added_up() -> None:
    charts = money_charts(
        _table(
            ["Nội dung", "Thực hiện"],
            ["I. THU NGÂN SÁCH", ""],
            ["Phí, lệ phí", 10],
            ["Đóng góp", 30],
            ["II. CHI NGÂN SÁCH", ""],
            ["Đường thôn", 25],
            ["Nhà văn hóa", 5],
            ["Chênh lệch thu, chi", 10],
        )
    )
    assert [chart.sentence for chart in charts] == [
        "Phần thu, Thực hiện: 2 khoản, cộng lại là 40 đồng; lớn nhất là Đóng góp, 30 đồng.",
        "Phần chi, Thực hiện: 2 khoản, cộng lại là 30 đồng; lớn nhất là Đường thôn, 25 đồng.",
    ]
    # Under each chart stands the heading as it was typed, without a word of ours in its quotes.
    assert [chart.column for chart in charts] == ["Thực hiện", "Thực hiện"]


def test_what_was_done_is_drawn_beside_what_was_planned_and_told_as_its_share() -> None:
    charts = money_charts(
        _table(
            ["Nội dung", "Dự toán năm", "Thực hiện quý I"],
            ["Tổng thu ngân sách xã", 12_000, 3_000],
            ["Các khoản thu hưởng 100%", 7_000, 1_000],
            ["Bổ sung từ ngân sách cấp trên", 5_000, 2_000],
            ["Tổng chi ngân sách xã", 0, 2_800],
            ["Chi thường xuyên", 0, 2_000],
            ["Chi đầu tư", 0, 800],
        )
    )
    assert [[bar.amount for bar in chart.bars] for chart in charts] == [
        [1_000, 2_000],
        [2_000, 800],
    ]
    assert "Tổng thu ngân sách xã là 3.000 đồng, bằng 25% dự toán;" in charts[0].sentence
    assert "dự toán" not in charts[1].sentence


def test_decimals_and_shares_stand_with_the_numbers_and_each_cell_knows_its_column() -> None:
    table = {
        "header": ["TT", "Nội dung", "Thực hiện", "Tỷ lệ", "Văn bản"],
        "rows": [
            ["I", "Tổng thu", "12.500,5", "25%", "12"],
            ["II", "Tổng chi", 2_500, "31,5 %", "14/QĐ-UBND"],
        ],
        "money": False,
    }
    shown = table_shown(table, most_rows=1)
    assert [(cell.text, cell.kind, cell.label) for cell in shown.rows[0]] == [
        ("I", "", "TT"),
        ("Tổng thu", "head", "Nội dung"),
        ("12.500,5", "n", "Thực hiện"),
        ("25%", "n", "Tỷ lệ"),
        ("12", "", "Văn bản"),
    ]
    assert shown.left_out == 1
    table["rows"] += [["III", "Chênh lệch", "-10,25", "12.5", "1.5"]]
    with override("en"):  # one convention on a page: amounts kept as words follow it too
        english = table_shown(table)
    assert [[row[n].text for n in (2, 3)] for row in english.rows] == [
        ["12,500.5", "25%"],
        ["2,500", "31.5 %"],
        ["-10.25", "12.5"],  # nobody knows what "12.5" is: it stays as it was typed
    ]
    assert english.rows[2][4].text == "1.5" and table_shown(table).rows[2][2].text == "-10,25"
    assert [numeric for _title, numeric in shown.header] == [False, False, True, True, False]


def test_columns_of_income_and_of_spending_are_two_charts() -> None:
    charts = money_charts(
        _table(["Quỹ", "Thu", "Chi", "Tồn"], ["Khuyến học", 5, 2, 3], ["Vì người nghèo", 9, 9, 0])
    )
    assert [(chart.column, [bar.amount for bar in chart.bars]) for chart in charts] == [
        ("Thu", [5, 9]),
        ("Chi", [2, 9]),
    ]


def test_what_says_neither_is_one_chart_and_too_little_is_none() -> None:
    one = money_charts(_table(["Thôn", "Số tiền"], ["Mẫu Lai", 5], ["Mẫu Đình", 7]))
    assert [chart.column for chart in one] == ["Số tiền"]
    only_spending = money_charts(_table(["Khoản", "Số tiền"], ["Chi A", 5], ["Khác", 7]))
    assert [len(chart.bars) for chart in only_spending] == [2]
    assert money_charts(_table(["Khoản", "Số tiền"], ["Thu", 5], ["Chi", 7])) == ()
    assert money_charts(_table(["Khoản", "Ghi chú"], ["Thu", "a"], ["Chi", "b"])) == ()


BUDGET = _table(
    ["TT", "Nội dung", "Dự toán", "Thực hiện"],
    ["A", "TỔNG THU", 30_000, 20_000],
    ["I", "Các khoản thu 100%", 8_000, 5_000],
    ["1", "Phí, lệ phí", 3_000, 2_000],
    ["2", "Thu khác", 5_000, 3_000],
    ["II", "Thu phân chia theo tỷ lệ", 6_000, 4_000],
    ["", "Trong đó: thuế sử dụng đất", 1_000, 900],
    ["III", "Bổ sung từ ngân sách cấp trên", 15_000, 10_500],
    ["", "- Bổ sung cân đối", 9_000, 6_000],
    ["", "- Bổ sung có mục tiêu", 6_000, 4_500],
    ["IV", "Thu kết dư ngân sách năm trước", 1_000, 500],
    ["B", "TỔNG CHI", 30_000, 18_000],
    ["I", "Chi bảo tồn di tích", 10_000, 8_000],
    ["", "- Thu hồi tạm ứng", 100, 100],
    ["II", "Chi thường xuyên", 20_000, 10_000],
    ["C", "Kết dư", "", 2_000],
)


def test_rows_of_one_level_only_are_drawn_and_the_rest_is_counted() -> None:
    income, spending = money_charts(BUDGET)
    assert [(bar.label, bar.amount) for bar in income.bars] == [
        ("Các khoản thu 100%", 5_000),
        ("Thu phân chia theo tỷ lệ", 4_000),
        ("Bổ sung từ ngân sách cấp trên", 10_500),
        ("Thu kết dư ngân sách năm trước", 500),
    ]
    assert income.left_out == 5  # of ten: one total is told, four rows are drawn
    assert income.sentence.startswith("Phần thu, Thực hiện: TỔNG THU là 20.000 đồng, bằng 66,7%")
    assert [(bar.label, bar.amount) for bar in spending.bars] == [
        ("Chi bảo tồn di tích", 8_000),
        ("Chi thường xuyên", 10_000),
    ]
    assert spending.left_out == 2  # what was recovered, and the balance


def test_a_total_is_never_added_to_its_own_parts() -> None:
    (chart,) = money_charts(
        _table(
            ["Nội dung", "Thực hiện"],
            ["I. Tổng thu", 12_000],
            ["1. Bổ sung từ ngân sách cấp trên", 12_000],
            ["- Bổ sung cân đối", 6_000],
            ["- Bổ sung có mục tiêu", 6_000],
        )
    )
    assert [bar.label for bar in chart.bars] == ["- Bổ sung cân đối", "- Bổ sung có mục tiêu"]
    assert chart.left_out == 1 and "I. Tổng thu là 12.000 đồng;" in chart.sentence
    alone = _table(["Nội dung", "Thực hiện"], ["I. Tổng thu", 9], ["1. Thu 100%", 9])
    assert money_charts(alone) == ()
    unnamed = money_charts(
        _table(["Nội dung", "Số tiền"], ["Năm nay", 30], ["Phí", 10], ["Đóng góp", 20])
    )
    assert unnamed[0].sentence.startswith("Số tiền: Năm nay là 30 đồng; khoản lớn nhất là Đóng góp")


@pytest.mark.parametrize(
    "rows",
    [
        # a row without a mark among marked ones
        [["1. Phí", 10], ["Lệ phí chứng thực", 4], ["2. Đóng góp", 20]],
        # a chapter after the numbers
        [["1. Phí", 10], ["2. Đóng góp", 20], ["I. Khác", 5]],
        # an amount below nought
        [["Phí", 10], ["Đóng góp", 20], ["Hoàn trả", -5]],
        # an amount that the table does not say as a number
        [["1. Phí", 10], ["2. Đóng góp", 20], ["3. Khác", "chưa có"]],
        # what follows "Trong đó" may be within it or not
        [["Phí", 10], ["Trong đó: chứng thực", 4], ["Đóng góp", 20]],
        # the sum above them is another
        [["Được hỗ trợ", 50], ["- Phí", 10], ["- Đóng góp", 20]],
    ],
)
def test_no_sum_is_said_where_the_levels_are_not_certain(rows: list[list[int | str]]) -> None:
    (chart,) = money_charts(_table(["Nội dung", "Số tiền"], *rows))
    assert [bar.amount for bar in chart.bars] == [10, 20]
    assert "cộng lại" not in chart.sentence and chart.left_out == sum(
        isinstance(row[1], int) and row[1] not in (10, 20) for row in rows
    )
    assert chart.sentence.startswith("Số tiền: trong 2 khoản ở biểu đồ, lớn nhất là ")


def test_sums_among_rows_without_marks_are_not_drawn_beside_their_parts() -> None:
    assert not money_charts(
        _table(
            ["Nội dung", "Số tiền"],
            ["Đường thôn", 30],
            ["Cát, đá", 10],
            ["Nhân công", 20],
            ["Nhà văn hóa", 7],
        )
    )


@pytest.mark.parametrize(
    ("label", "side"),
    [
        ("Tổng số thu", "thu"),
        ("1.2. Thu phí", "thu"),
        ("II. CHI THƯỜNG XUYÊN", "chi"),
        ("Đã chi", "chi"),
        ("Thư viện", ""),
        ("Thứ tự", ""),
        ("Chi cục Thuế", ""),
        ("Chỉ tiêu", ""),
        ("Phòng, chống thiên tai", ""),
    ],
)
def test_the_side_is_read_with_its_marks(label: str, side: str) -> None:
    assert side_of(label) == side
