"""What is no figure of the period, and what may be read in two ways, is not taken for certain."""

from __future__ import annotations

from fractions import Fraction

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text
from danchu.reporting.reading.extraction.model import Indicator
from danchu.reporting.reading.together import LEVELS

TITLE = "Xã Bến Mẫu\nBáo cáo thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024\n"


def read(text: str) -> list[Indicator]:
    return list(read_text(TITLE + text).indicators)


def only(text: str) -> Indicator:
    (figure,) = read(text)
    return figure


def in_doubt(figure: Indicator) -> bool:
    """Whether no level of accepting in bulk takes it."""
    return figure.confidence * 1000 < min(LEVELS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Qua đối thoại tiếp nhận 2,000 ý kiến.", 2000),
        ("Tiếp 3,471 lượt công dân.", 3471),
        ("Tiếp nhận 15,000 hồ sơ thủ tục hành chính.", 15000),
        ("Nhân dân đóng góp 1,320 ngày công.", 1320),
    ],
)
def test_a_comma_before_three_digits_of_a_count_groups_thousands(text: str, value: int) -> None:
    figure = only(text)
    assert figure.value == value and not in_doubt(figure)
    reading = read_text(f"{TITLE}{text} Tỷ lệ hài lòng đạt 93,4%.")
    counted = next(i for i in reading.indicators if i.key == figure.key)
    assert counted.value == value and in_doubt(counted)
    assert any(counted.surface in warning for warning in reading.warnings)


def test_a_ratio_of_counts_groups_thousands_on_both_sides() -> None:
    figure = only("Giải quyết đúng hạn 2,104/2,250 hồ sơ.")
    assert (figure.value, figure.denominator) == (2104, 2250)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nhân dân hiến 7,000 m2 đất.", 7),
        ("Nhân dân hiến 2,375 ha đất.", 23_750),
        ("Nhân dân đóng góp 1,750 tỷ đồng.", 1_750_000_000),
    ],
)
def test_a_measure_keeps_its_decimals_and_its_doubt(text: str, value: int) -> None:
    reading = read_text(TITLE + text)
    (figure,) = reading.indicators
    assert figure.value == value and in_doubt(figure)
    assert "dấu phẩy trước ba chữ số" in reading.warnings[0]
    shorter = only(text.replace(",000", ",5").replace(",375", ",37").replace(",750", ",75"))
    assert not in_doubt(shorter)


def test_cells_group_thousands_as_the_text_does() -> None:
    rows = "STT | Chỉ tiêu | Giá trị\n1 | Lượt công dân được tiếp (lượt) | 1,306\n2 | Cuộc đối thoại | 4\n"
    figures = read(rows)
    assert [i.value for i in figures] == [1306, 4]
    assert not any(in_doubt(i) for i in figures)
    land = read(rows.replace("Lượt công dân được tiếp (lượt)", "Diện tích đất hiến (m2)"))
    assert land[0].value == Fraction(1306, 1000) and in_doubt(land[0])


def test_arithmetic_is_tried_with_thousands() -> None:
    reading = read_text(
        TITLE + "Tiếp 2,300 lượt công dân, tăng 300 lượt so với cùng kỳ (2,000 lượt)."
    )
    assert [check.verdict for check in check_reading(reading)] == ["ok"]


def test_all_of_a_unit_is_no_scope_in_its_own_report() -> None:
    told = "Toàn xã tiếp 90 lượt công dân, trong đó 60 lượt do Chủ tịch tiếp, 30 lượt tại thôn."
    whole, *parts = read(told)
    assert (whole.value, whole.scope, whole.part_of) == (90, None, None)
    assert [(i.value, i.part_of) for i in parts] == [
        (60, "citizens_received"),
        (30, "citizens_received"),
    ]
    other = read_text("UBND tỉnh Minh Họa\nBáo cáo năm 2024\nToàn ngành tiếp 90 lượt công dân.")
    assert [i.scope for i in other.indicators] == ["toàn ngành"]


def test_parts_without_a_noun_are_parts() -> None:
    whole, *parts = read("Ghi nhận 140 ý kiến, trong đó 95 về đất đai, 45 về môi trường.")
    assert (whole.value, whole.part_of) == (140, None)
    assert {(i.value, i.part_of, i.denominator) for i in parts} == {
        (95, "opinions_received", 140),
        (45, "opinions_received", 140),
    }


def test_two_thirds_of_a_number_not_told_are_no_two() -> None:
    assert read("Đã trả lời 2/3 ý kiến.") == []
    told = read("Tiếp nhận 3 ý kiến, đã trả lời 2/3 ý kiến.")
    assert [(i.key, i.value) for i in told] == [("opinions_received", 3), ("opinions_resolved", 2)]
    assert only("Đã trả lời 02/03 ý kiến.").value == 2
    assert only("Đã trả lời 48/64 ý kiến.").denominator == 64


@pytest.mark.parametrize(
    "plan", ["Kế hoạch giao", "Chỉ tiêu được giao", "Kế hoạch năm 2024 giao xã tổ chức"]
)
def test_what_a_plan_assigns_did_not_come_about(plan: str) -> None:
    assert read(f"{plan} 18 cuộc đối thoại.") == []
    assert only(f"{plan} 18 cuộc đối thoại, đã tổ chức 13 cuộc đối thoại.").value == 13


def test_the_sum_of_a_term_is_no_figure_of_the_period() -> None:
    text = TITLE + "Lũy kế từ đầu nhiệm kỳ đến nay, xã đã tổ chức 72 cuộc đối thoại."
    reading = read_text(text)
    assert all(in_doubt(i) for i in reading.indicators)
    assert "nhiệm kỳ" in reading.warnings[0]
    assert not in_doubt(only("Trong kỳ, xã đã tổ chức 12 cuộc đối thoại."))
