"""The same figure stated twice, in the text and a table or in two places of the text."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text

HEAD = "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu\n\n"
TABLE = """
STT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Trễ hạn
1 | Hộ tịch | 120 | 118 | 0
2 | Đất đai | 80 | 60 | 3
 | Tổng cộng | 200 | 178 | 3
"""
OPENING = "Trong kỳ, xã đã tổ chức 12 hội nghị đối thoại với nhân dân.\n\nI. KẾT QUẢ\n"


def said(text: str) -> list[tuple[str, list[str]]]:
    """Verdict and stated numbers of each figure told twice."""
    text = HEAD + text
    return [
        (check.verdict, [text[a:b].strip() for a, b in check.spans])
        for check in check_reading(read_text(text))
        if check.rule == "repeat"
    ]


def test_the_total_of_a_table_is_held_against_the_text() -> None:
    told = "1. Một cửa: tiếp nhận {} hồ sơ.\nBiểu kết quả tiếp nhận hồ sơ"
    assert said(told.format(200) + TABLE) == [("ok", ["200", "200"])]
    assert said(told.format(210) + TABLE) == [("fail", ["210", "200"])]


@pytest.mark.parametrize(
    "text",
    [
        "1. Một cửa: trong tháng 5 tiếp nhận 190 hồ sơ.\nBiểu hồ sơ" + TABLE,
        "1. Một cửa: riêng lĩnh vực hộ tịch tiếp nhận 190 hồ sơ.\nBiểu hồ sơ" + TABLE,
        "1. Một cửa: tiếp nhận hơn 190 hồ sơ.\nBiểu hồ sơ" + TABLE,
        "1. Một cửa: tiếp nhận 190 hồ sơ.\nBiểu hồ sơ lĩnh vực đất đai, hộ tịch" + TABLE,
        "1. Một cửa: tiếp nhận 9 hồ sơ.\nBiểu hồ sơ" + TABLE,
        "1. Một cửa: thôn Đông tiếp nhận 190 hồ sơ ở cấp xã.\nBiểu hồ sơ" + TABLE,
        OPENING + "1. Đối thoại: Mặt trận đã tổ chức 11 hội nghị đối thoại.",
        OPENING + "1. Đối thoại: quý II đã tổ chức 8 hội nghị đối thoại.",
        OPENING + "1. Đối thoại: phấn đấu tổ chức 13 hội nghị đối thoại.",
        OPENING + "1. Đối thoại tại doanh nghiệp\nĐã tổ chức 11 hội nghị đối thoại.",
    ],
)
def test_a_figure_of_a_part_is_not_held_against_the_whole(text: str) -> None:
    assert "fail" not in {verdict for verdict, _ in said(text)}


def test_a_figure_that_the_opening_states_otherwise_is_found() -> None:
    told = "1. Đối thoại: đã tổ chức {} hội nghị đối thoại, ghi nhận 40 ý kiến."
    assert said(OPENING + told.format(13)) == [("fail", ["13", "12"])]
    assert said(OPENING + told.format(12)) == []
