"""Multiples and fractions in words, wholes named in another clause, brackets without units: each
sentence once right and once with a planted error, and what is right and easily misread.

The sentences were written for this table; the first half of each list before any was tried.
"""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"

# rule, sentence, what is right there, what is planted
STATEMENTS = [
    (
        "change",
        "Số cuộc đối thoại là 12 cuộc, gấp {} so với cùng kỳ (4 cuộc).",
        "ba lần",
        "bốn lần",
    ),
    ("change", "Năm 2024 có 15 hộ hiến đất, năm 2025 có 30 hộ hiến đất, gấp {}.", "đôi", "ba lần"),
    (
        "change",
        "Tiếp nhận 18 đơn, giảm {} so với cùng kỳ năm trước (36 đơn).",
        "một nửa",
        "một phần ba",
    ),
    (
        "change",
        "Số vụ tranh chấp giảm từ 24 vụ xuống còn 12 vụ, giảm {}.",
        "một nửa",
        "hai phần ba",
    ),
    ("change", "Số ý kiến là 90 ý kiến, tăng gấp {} cùng kỳ (45 ý kiến).", "hai lần", "ba lần"),
    ("change", "Có 20 đơn tồn, chỉ bằng {} so với cùng kỳ (60 đơn).", "một phần ba", "một phần tư"),
    (
        "change",
        "Thu quỹ được 45 triệu đồng, gấp {} mức 30 triệu đồng của năm trước.",
        "rưỡi",
        "ba lần",
    ),
    ("share", "Xã có 12 thôn; đến hết quý II, 9 thôn đã họp dân ({}).", "75%", "65%"),
    ("share", "Phát ra 300 phiếu; sau một tuần thu về 285 phiếu, đạt {}.", "95%", "59%"),
    (
        "share",
        "Cả phường có 40 tổ dân phố, đến nay 34 tổ đã sửa quy ước, đạt tỷ lệ {}.",
        "85%",
        "58%",
    ),
    (
        "share",
        "Toàn xã có 640 hộ. Trong đợt này, 608 hộ nhận phiếu lấy ý kiến, chiếm {}.",
        "95%",
        "92%",
    ),
    ("parts", "Nhận {} đơn (3 xã Bến Mẫu, 2 phường Cầu Mẫu).", "5", "6"),
    ("parts", "Tổ chức {} cuộc giám sát (Mặt trận 7, Ban thanh tra 5).", "12", "13"),
    ("parts", "Có {} hộ hiến đất (thôn Đông 14, thôn Tây 9, thôn Nam 7).", "30", "31"),
    ("parts", "Hòa giải {} vụ (đất đai 8, hôn nhân 3, mâu thuẫn nhỏ 4).", "15", "16"),
    ("parts", "Khen thưởng {} tập thể (5 cấp xã, 3 cấp huyện).", "8", "9"),
    # written after the first were tried
    ("change", "Số mô hình đăng ký tăng từ 8 mô hình lên 24 mô hình, gấp {}.", "ba lần", "hai lần"),
    (
        "change",
        "Thôn Đông họp 6 cuộc (năm trước 18 cuộc), giảm {}.",
        "hai phần ba",
        "một nửa",
    ),
    ("change", "Có 21 đơn quá hạn, giảm {} so với đầu năm (42 đơn).", "một nửa", "một phần tư"),
    (
        "change",
        "Dân góp 80 triệu đồng, bằng {} so với cùng kỳ (160 triệu đồng).",
        "một nửa",
        "hai phần ba",
    ),
    ("change", "Tiếp 150 lượt công dân, gấp {} so với cùng kỳ (100 lượt).", "rưỡi", "ba lần"),
    (
        "change",
        "Năm 2023 có 9 mô hình; năm 2024 có 18 mô hình, gấp {} năm trước.",
        "đôi",
        "năm lần",
    ),
    (
        "change",
        "Số hồ sơ trễ hạn giảm từ 40 hồ sơ xuống 10 hồ sơ, giảm {}.",
        "ba phần tư",
        "một nửa",
    ),
    ("share", "Tổng số 250 hộ của ấp đã được mời, 200 hộ dự họp, đạt {}.", "80%", "28%"),
    ("share", "Triệu tập 60 đại biểu, có mặt 57 đại biểu, đạt {}.", "95%", "59%"),
    ("share", "Hiện có 50 khu phố, 46 khu phố lắp bảng tin, chiếm {}.", "92%", "29%"),
    ("share", "Toàn huyện có 180 thôn; đến ngày 15/6, 171 thôn họp xong, đạt {}.", "95%", "59%"),
    ("parts", "Kiểm tra {} đơn vị (4 cấp huyện, 11 cấp xã).", "15", "16"),
    ("parts", "Có {} hội nghị (2 ở xã Bến Mẫu, 3 ở xã Minh Họa và 1 ở phường Cầu Mẫu).", "6", "7"),
    ("parts", "Giải tỏa {} hộ (thôn Nam 12; thôn Bắc 8).", "20", "24"),
    ("parts", "Tặng quà {} hộ (6 thôn Đông, 7 thôn Tây).", "13", "15"),
]

# Right, and easily misread.
RIGHT = [
    "Diện tích sân gấp đôi sân cũ, bà con có chỗ họp.",
    "Một nửa số thôn đã có tủ sách; xã có 12 thôn.",
    "Có 12 cuộc giám sát (vượt 2 so với kế hoạch).",
    "Họp 8 thôn (3 thôn họp hai lần, 5 lần có đại diện huyện).",
    "Xã có 12 thôn; 9 hộ nghèo được hỗ trợ, đạt 100% kế hoạch.",
    "Toàn xã có 640 hộ. Đã thu 608 triệu đồng, đạt 95% dự toán.",
    "Tiếp 40 lượt công dân (quý I 18, quý II 22), không có đoàn đông người.",
    "Phường có 40 tổ dân phố; 6 chi bộ họp đủ, 80% đảng viên dự.",
    "Mức góp mới bằng một nửa mức cũ, dân đồng tình.",
    "Số đơn giảm một nửa nhờ đối thoại sớm.",
    "Nhận 20 đơn (Điều 12, khoản 3 của Luật), đã trả lời hết.",
    "Chia 3 tổ (tổ 1, tổ 2 và tổ 3) đi từng nhà.",
    "Trồng 500 cây (dài 3 km, hai bên đường).",
    "Lấy ý kiến 2 lần: lần một 120 phiếu, lần hai gấp ba lần đầu, có 360 phiếu.",
    # written after the first were tried
    "Số mô hình gần gấp đôi năm trước (17 so với 9 mô hình).",
    "Giảm một nửa thời gian chờ; có 18 lượt giao dịch (36 phút một lượt).",
    "Trên một nửa số hộ, 120 hộ, chọn phương án hai trong tổng số 200 hộ.",
    "Nhận 12 đơn (3 xã đã trả lời, 2 xã chưa).",
    "Họp 9 cuộc (2 xã Bến Mẫu dự).",
    "Lập 20 tổ (15 thôn trong xã đều có), 5 tổ do phụ nữ làm tổ trưởng.",
    "Khen 10 người (3 cấp).",
    "Mời 60 đại biểu, có mặt 57 đại biểu, trong đó 20 đại biểu là nữ, chiếm 35,1%.",
    "Cả phường có 40 tổ dân phố, 34 tổ họp hai lần, đạt 100% kế hoạch quý.",
    "Toàn xã có 500 hộ, 450 hộ làm nông nghiệp, thu nhập tăng 12%.",
    "Toàn xã có 12 thôn, 4 thôn vùng cao, đạt 19 tiêu chí; hộ nghèo chiếm 3%.",
    "Tổng vốn 6 tỷ đồng, dân góp 2 tỷ đồng, chiếm một phần ba.",
    "Số vụ giảm hơn một nửa, từ 30 vụ xuống 12 vụ.",
    "Năm 2025 có 22 hộ hiến đất, gần gấp ba năm 2024 (8 hộ).",
    "Có 30 thôn (điểm cầu 12 thôn Đông), dự họp đầy đủ.",
    "Mức thưởng gấp rưỡi, 300.000 đồng một người, cho 20 người.",
]


def verdicts(sentence: str) -> list[tuple[str, str]]:
    checks = check_reading(read_text(HEAD + sentence))
    return [(check.rule, check.verdict) for check in checks]


@pytest.mark.parametrize(("rule", "sentence", "right", "planted"), STATEMENTS)
def test_the_planted_error_is_found_and_the_right_one_is_not_blamed(
    rule: str, sentence: str, right: str, planted: str
) -> None:
    said = verdicts(sentence.format(right))
    assert (rule, "ok") in said and "fail" not in {verdict for _, verdict in said}
    assert (rule, "fail") in verdicts(sentence.format(planted))


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_is_not_blamed(sentence: str) -> None:
    assert "fail" not in {verdict for _, verdict in verdicts(sentence)}
