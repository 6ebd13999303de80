"""Kinds of error that trials found missed or wrongly told: each once as it is right and once
with the error.

The sentences were written for this table.
"""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text
from danchu.reporting.reading.extraction.model import Check

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"

# sentence, what is right there, what is planted
STATEMENTS = [
    ("Thu hồi 1,2 ha ({}) đất công ích.", "12.000 m2", "1.200 m2"),
    ("Nhân dân đóng góp 2,5 tỷ đồng ({}) làm đường.", "2.500 triệu đồng", "250 triệu đồng"),
    ("Cứng hóa 3,5 km, tức {} đường thôn.", "3.500 m", "350 m"),
    (
        "Có 1.500 lượt người dự, trong đó nữ 800 người, nam {} người.",
        "700",
        "900",
    ),
    ("Có 20 kiến nghị, đã trả lời 3/4 số kiến nghị, tức {} kiến nghị.", "15", "16"),
    ("Trong 40 ý kiến có 2/5 về đất đai, tức {}.", "16", "18"),
    ("Đã mở 10 hội nghị với 400 lượt người dự, bình quân {} lượt người.", "40", "45"),
    ("Tổ chức 8 hội nghị với 420 lượt, bình quân mỗi hội nghị {}.", "52,5", "62,5"),
    ("Hai phần ba ({} hộ) đã ký cam kết.", "160/240", "140/240"),
    ("Hơn một phần hai số hộ, ba phần tư ({} hộ) đồng ý.", "180/240", "150/240"),
    (
        "Có 100 ý kiến; 60 ý kiến thuộc thẩm quyền xã, 30 ý kiến thuộc huyện, {} ý kiến thuộc tỉnh.",
        "10",
        "15",
    ),
    ("Có 60 ý kiến năm 2024 và 80 ý kiến năm 2025, tăng {}.", "33,3%", "25%"),
    ("Số đơn thư giảm {} đơn (38 đơn so với 45 đơn).", "7", "5"),
    ("Số ý kiến giảm 10 ý kiến (cùng kỳ 50), giảm {}.", "20%", "25%"),
    ("Số cuộc họp tăng 5 cuộc (cùng kỳ 20 cuộc), tăng {}.", "25%", "20%"),
    ("Mức độ hài lòng {} với 480/500 phiếu.", "96%", "97%"),
    (
        "Kế hoạch giao 15 cuộc đối thoại, thực hiện 10 cuộc, đạt {} kế hoạch.",
        "66,7%",
        "76,7%",
    ),
    ("Tỷ lệ hồ sơ đúng hạn | {} | tính từ 1.008 và 1.047", "96,3%", "91,2%"),
    (
        "Tổng số 22 ý kiến (01 ý kiến kỳ trước chuyển sang, 21 ý kiến phát sinh trong kỳ); đã trả"
        " lời 21 ý kiến, trong đó 02 ý kiến chuyển cơ quan có thẩm quyền; còn {} ý kiến.",
        "01",
        "03",
    ),
]

NOT_BLAMED = [
    "Thực hiện 102% kế hoạch (204/200 cuộc).",
    "Số hộ dự họp vượt chỉ tiêu, đạt 102% (204/200 hộ).",
    "Có 1.500 lượt người dự, trong đó nữ 900 người, nam 500 người.",
    "Chi 2,5 tỷ đồng (250 triệu đồng mỗi thôn).",
    "Huy động 300 triệu đồng (250 triệu đồng).",
    "Đầu tư 2,5 tỷ đồng (khoảng 2.520 triệu đồng).",
    "Làm 1,2 km (1.234 m) đường thôn.",
    "Hơn hai phần ba (170/240 hộ) đồng ý.",
    "Có 3/4 thôn tổ chức, 20 hộ dự, tức 16 hộ đồng ý.",
    "Đã mở 3 hội nghị với 100 lượt người, bình quân 33 lượt người.",
    "Có 60 ý kiến; cấp xã 30 ý kiến, cấp tỉnh 10 ý kiến.",
    "Tổ có 11 người, trong đó 5 nữ và 7 đảng viên.",
]

TABLE = "Thôn | Số cây trồng | Số cột đèn\nThôn Một | 30 | 12\nThôn Hai | 45 | 13\n{} | {} | 25\n"


def _checks(sentence: str) -> list[Check]:
    return check_reading(read_text(HEAD + sentence))


def _verdicts(sentence: str) -> set[str]:
    return {check.verdict for check in _checks(sentence)}


@pytest.mark.parametrize(("sentence", "right", "wrong"), STATEMENTS)
def test_what_agrees_is_told_so_and_what_does_not_is_found(
    sentence: str, right: str, wrong: str
) -> None:
    assert _verdicts(sentence.format(right)) == {"ok"}
    assert "fail" in _verdicts(sentence.format(wrong))


@pytest.mark.parametrize("sentence", NOT_BLAMED)
def test_what_may_well_be_so_is_not_blamed(sentence: str) -> None:
    assert "fail" not in _verdicts(sentence)


def test_more_than_all_there_are_is_an_error_and_more_than_a_plan_is_none() -> None:
    wrong = [c for c in _checks("Đạt 102% (204/200) số hộ.") if c.verdict == "fail"]
    assert [c.rule for c in wrong] == ["share"]
    assert "204" in wrong[0].message_vi
    assert _verdicts("Thực hiện 102% kế hoạch (204/200 cuộc).") == {"ok"}


@pytest.mark.parametrize("name", ["Cộng", "Tổng cộng", "Tổng số"])
def test_a_column_is_added_up_whatever_it_counts(name: str) -> None:
    assert _verdicts(TABLE.format(name, 75)) == {"ok"}
    (wrong,) = [c for c in _checks(TABLE.format(name, 85)) if c.verdict == "fail"]
    assert "30 + 45 = 75" in wrong.message_vi
    assert wrong.rule == "parts"


def test_columns_that_nobody_adds_up_and_rows_within_rows_are_left_alone() -> None:
    for table in (
        TABLE.replace("Số cây trồng", "Tỷ lệ cây sống").format("Cộng", 40),
        TABLE.replace("Thôn Hai", "Trong đó: tổ").format("Cộng", 40),
        TABLE.replace("45", "").format("Cộng", 40),
    ):
        assert not [c for c in _checks(table) if c.verdict == "fail"]
    assert [c for c in _checks(TABLE.format("Cộng", 85)) if c.verdict == "fail"]


def test_ballots_are_missed_only_of_shares_that_are_taken_from_ballots() -> None:
    def said(sentence: str) -> str:
        return " ".join(check.message_vi for check in _checks(sentence))

    assert "số phiếu" in said("Tỷ lệ người dân hài lòng đạt 96%.")
    assert "số phiếu" not in said("Đơn thư giảm 12% so với cùng kỳ.")
    assert "số phiếu" not in said("Tỷ lệ giải quyết đạt 90%.")
