"""Blanks within the words of a cell: filled where there is one, left alone otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from danchu.core.documents.forms.blanks import blank_in, into_blank


@pytest.mark.parametrize(
    ("text", "value", "filled"),
    [
        ("Tên đơn vị: ……………", "xã Bến Mẫu", "Tên đơn vị: xã Bến Mẫu"),
        ("Tên đơn vị:.........", "xã Bến Mẫu", "Tên đơn vị: xã Bến Mẫu"),
        ("ĐƠN VỊ ______", "XÃ BẾN MẪU", "ĐƠN VỊ XÃ BẾN MẪU"),
        ("Đơn vị: …", "xã Bến Mẫu", "Đơn vị: xã Bến Mẫu"),
        ("Tổng số: . . . . .cuộc", Decimal(1246), "Tổng số: 1.246 cuộc"),
        ("Đạt ......%", Decimal("95.8"), "Đạt 95,8%"),
        ("(Kèm theo: ………)", "Biểu 1", "(Kèm theo: Biểu 1)"),
    ],
)
def test_a_value_goes_into_the_blank_as_between_words(text, value, filled):
    assert into_blank(text, value) == filled


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị:",
        "Hội nghị, tọa đàm, v.v...",
        "Khác…",
        "Số liệu (dự kiến).",
        "Ngày … tháng … năm ……",
        "Từ ……… đến ………",
        "a_b",
    ],
)
def test_words_without_one_clear_blank_have_none(text):
    assert blank_in(text) is None
    with pytest.raises(ValueError, match="without a blank"):
        into_blank(text, "x")
