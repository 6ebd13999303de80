"""Tables of money as charts: income and spending never in one, each with its sum. No database."""

from __future__ import annotations

from typing import Any

import pytest

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
