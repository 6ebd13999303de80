"""The unit in which a form wants a figure, read from its words; money is never guessed."""

from __future__ import annotations

import pytest

from danchu.reporting.requests.layouts import Headers, said_factor


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("Số tiền đã thu hồi (triệu đồng)", "VND", 1_000_000),
        ("Kinh phí, tr.đồng", "VND", 1_000_000),
        ("nghìn đồng", "VND", 1_000),
        ("Giá trị (1.000 đồng)", "VND", 1_000),
        ("Tỷ đồng", "VND", 1_000_000_000),
        ("Đơn vị tính: đồng", "VND", 1),
        ("Tỷ lệ đóng góp của cộng đồng", "VND", None),
        ("Hội đồng nhân dân, hợp đồng", "VND", None),
        ("Diện tích (ha)", "m2", 10_000),
        ("Diện tích, m²", "m2", 1),
        ("Hà Nội, hạ tầng", "m2", None),
        ("Lượt người (nghìn lượt)", "person", 1_000),
        ("Triệu đồng", "person", None),
    ],
)
def test_the_words_of_a_cell_tell_its_unit(text, unit, factor):
    assert said_factor(Headers((), (text,)), unit) == factor


def test_the_nearest_words_are_believed_first():
    headers = Headers(("Nghìn đồng",), ("Số tiền (triệu đồng)",), ("Đơn vị tính: tỷ đồng",))
    assert said_factor(headers, "VND") == 1_000_000
    assert said_factor(Headers(("Nghìn đồng",), (), headers.notes), "VND") == 1_000
    assert said_factor(Headers((), (), headers.notes), "VND") == 1_000_000_000
