"""More ways to say the same arithmetic, each once right and once with a planted error; what is
right and easily misread; and what cannot be tried.

The sentences were written for this table and stand beside those of ``test_reading_arithmetic``.
"""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"

# rule, sentence, what is right there, what is planted
STATEMENTS = [
    ("share", "Có 342 hộ, bằng {} trong tổng số 380 hộ của hai ấp, ký cam kết.", "90%", "95%"),
    ("share", "Đã nộp 5,1 tỷ đồng trên dự toán được giao 6 tỷ đồng, đạt {}.", "85%", "58%"),
    ("share", "Xã thu quỹ được 84 triệu đồng, đạt {} kế hoạch (105 triệu đồng).", "80%", "88%"),
    ("share", "Sáu trong mười hai khu dân cư, tức {}, chưa có tủ sách pháp luật.", "50%", "60%"),
    (
        "share",
        "Bà con chọn phương án một với 216 phiếu trong 270 phiếu thu về, tương đương {}.",
        "80 phần trăm",
        "82 phần trăm",
    ),
    ("share", "{} số khóm (13/20 khóm) có tổ hòa giải kiểu mẫu.", "65%", "56%"),
    ("share", "Hiện {} hộ (189/210 hộ) đã nhận thông báo.", "90%", "98%"),
    (
        "share",
        "Toàn ấp có 250 hộ. Sau một tháng vận động đã có 235 hộ làm cổng rào, đạt {}.",
        "94%",
        "96%",
    ),
    (
        "share",
        "Trong 400 người được hỏi, 356 người trả lời rất hài lòng ({}), 44 người trả lời hài lòng"
        " (11%).",
        "89%",
        "98%",
    ),
    (
        "share",
        "Phát ra 620 phiếu, số phiếu thu về là 600; phương án hai được 471 phiếu, bằng {} số phiếu"
        " thu về.",
        "78,5%",
        "75,97%",
    ),
    (
        "share",
        "Bản Mẫu Trên mới trồng được 3,6 ha trong tổng diện tích 4,5 ha, đạt {}.",
        "80%",
        "8%",
    ),
    ("share", "Họp dân được 9 trên 12 tổ, chiếm {} số tổ.", "75%", "70%"),
    ("share", "Với 160 đoàn viên, đã có 152 đoàn viên góp ý, đạt tỷ lệ {}.", "95%", "96%"),
    (
        "parts",
        "Xã Bến Mẫu nhận 96 đơn; chia theo nội dung: đất đai 51 đơn, môi trường {} đơn, chính sách"
        " 18 đơn.",
        "27",
        "37",
    ),
    (
        "parts",
        "Số hộ hiến đất của ba xóm lần lượt là 17, 24 và 9 hộ, tổng cộng {} hộ.",
        "50",
        "60",
    ),
    (
        "parts",
        "Thôn Đông góp 62 triệu đồng, thôn Tây góp 48 triệu đồng, cộng chung {} triệu đồng.",
        "110",
        "101",
    ),
    (
        "parts",
        "Ba năm qua xã tổ chức 74 hội nghị, trong đó năm 2022 là 21 hội nghị, năm 2023 là"
        " {} hội nghị, năm 2024 là 29 hội nghị.",
        "24",
        "26",
    ),
    (
        "parts",
        "Cuộc họp có 92 đại biểu (nữ {} đại biểu, nam 51 đại biểu) và kéo dài hơn 2 giờ.",
        "41",
        "31",
    ),
    (
        "parts",
        "Trong 180 ý kiến, có 96 ý kiến về giao thông, 52 ý kiến về thủy lợi và {} ý kiến về các"
        " vấn đề khác.",
        "32",
        "42",
    ),
    (
        "parts",
        "Cơ cấu nguồn vốn: ngân sách tỉnh 45%, ngân sách xã 30%, nhân dân đóng góp {}.",
        "25%",
        "35%",
    ),
    (
        "parts",
        "Kết quả thăm dò: đồng ý 81,3%, không đồng ý 12,5%, ý kiến khác {}.",
        "6,2%",
        "9,2%",
    ),
    (
        "parts",
        "Tổ thẩm định gồm bảy người: hai cán bộ xã, {} người dân và một kỹ thuật viên.",
        "bốn",
        "ba",
    ),
    (
        "parts",
        "Phường lập 35 tổ, gồm: 12 tổ ở khu phố 1; {} tổ ở khu phố 2; 8 tổ ở khu phố 3.",
        "15",
        "25",
    ),
    (
        "parts",
        "Xử lý 64 đơn, gồm 40 đơn thuộc thẩm quyền (đã giải quyết 33, đang giải quyết {}) và 24"
        " đơn chuyển cơ quan khác.",
        "7",
        "9",
    ),
    (
        "parts",
        "Cả xã có 26 ban công tác; chia theo kết quả: tốt {} ban, khá 9 ban, trung bình 3 ban.",
        "14",
        "16",
    ),
    ("remainder", "Mời 120 đại biểu, có mặt 113 đại biểu, vắng {} đại biểu.", "7", "17"),
    ("remainder", "Chi bộ được bầu 7 ủy viên, đã bầu 5 ủy viên, còn khuyết {} ủy viên.", "2", "3"),
    (
        "remainder",
        "Trong 58 vụ việc, tổ hòa giải hòa giải thành 49 vụ việc; {} vụ việc còn lại chuyển xã.",
        "9",
        "11",
    ),
    (
        "remainder",
        "Có 31/40 tuyến đường được đặt tên (77,5%), còn lại {} tuyến chờ ý kiến nhân dân.",
        "9",
        "8",
    ),
    (
        "remainder",
        "Thôn thu về 284 phiếu trên tổng số 310 phiếu phát ra. Như vậy còn {} phiếu chưa thu được.",
        "26",
        "36",
    ),
    (
        "remainder",
        "Quỹ khuyến học đầu năm có 32 triệu đồng, ủng hộ thêm 55 triệu đồng, chi học bổng 61 triệu"
        " đồng, còn lại {} triệu đồng.",
        "26",
        "36",
    ),
    (
        "remainder",
        "Tháng trước chuyển sang 12 đơn, tiếp nhận mới 30 đơn, giải quyết 35 đơn, còn {} đơn.",
        "7",
        "17",
    ),
    (
        "remainder",
        "Tổng số 90 cuộc họp được phân công, trong đó 41 cuộc do bí thư chủ trì, 27 cuộc do trưởng"
        " ấp chủ trì, còn lại {} cuộc do đoàn thể chủ trì.",
        "22",
        "32",
    ),
    ("remainder", "Có 88,5% số hộ đồng thuận, {} còn lại xin suy nghĩ thêm.", "11,5%", "12,5%"),
    (
        "remainder",
        "Phải hoàn trả 640 triệu đồng, đã trả 415 triệu đồng, còn nợ {} triệu đồng.",
        "225",
        "252",
    ),
    (
        "change",
        "Năm 2023 xã đối thoại 16 lần với 40 kiến nghị, năm 2024 có 52 kiến nghị, tăng {}"
        " kiến nghị.",
        "12",
        "22",
    ),
    ("change", "Năm 2024 đối thoại 24 cuộc, năm 2025 đối thoại 30 cuộc, tăng {}.", "25%", "20%"),
    ("change", "Chi cho cơ sở 3,9 tỷ đồng, cùng kỳ là 3 tỷ đồng, tăng {}.", "30%", "23%"),
    ("change", "Số vụ vi phạm giảm {} (từ 20 vụ xuống 13 vụ).", "35%", "54%"),
    ("change", "Số khiếu nại từ 45 vụ còn 27 vụ, giảm {} vụ.", "18", "28"),
    (
        "change",
        "Tỷ lệ dự họp tăng từ 71,5% lên 84%, tăng {} điểm phần trăm.",
        "12,5",
        "13,5",
    ),
    ("change", "Mức đóng góp đạt 900 triệu đồng, gấp {} lần năm 2021 (300 triệu đồng).", "3", "2"),
    ("change", "Từ 14 mô hình năm 2022, nay xã có {} mô hình, tăng gấp đôi.", "28", "38"),
    ("change", "Năm 2022 có 64 tổ tự quản; năm sau tăng 9 tổ, lên {} tổ.", "73", "75"),
    (
        "change",
        "Số cuộc họp tăng từ 50 lên 60 cuộc, tức tăng {} so với cùng kỳ.",
        "20%",
        "16,7%",
    ),
    ("change", "Thời gian trả hồ sơ rút từ 12 ngày xuống 9 ngày, giảm {}.", "25%", "33%"),
    (
        "change",
        "Tiếp 75 lượt công dân, bằng {} so với 60 lượt của cùng kỳ năm trước.",
        "125%",
        "120%",
    ),
    (
        "change",
        "Trong quý có 36 đơn kiến nghị (tăng {} đơn so với 30 đơn của quý trước).",
        "6",
        "8",
    ),
]

# Right as they stand; a reader in haste takes numbers together that do not belong together.
RIGHT = [
    "Tổ giám sát có 12 thành viên, trong đó 5 nữ và 9 đảng viên.",
    "Trong 30 cơ sở, có 22 cơ sở lập tổ đối thoại, 27 cơ sở có hòm thư góp ý và 25 cơ sở mở hội nghị.",
    "Toàn xã có 3.100 hộ. Trong kỳ đã hỗ trợ 48 hộ nghèo sửa nhà, đạt 96%.",
    "Xã tổ chức 20 cuộc họp, ngoài ra còn tổ chức 6 cuộc họp chuyên đề.",
    "Có 40 hộ đóng góp, trong đó hộ góp nhiều nhất 5 triệu đồng, hộ ít nhất 200.000 đồng.",
    "Quỹ có 20 triệu đồng, thu thêm 15 triệu đồng, chi 12 triệu đồng, còn 23 triệu đồng.",
    "Năm 2023 có 18 mô hình, năm 2024 có 21 mô hình, năm 2025 có 26 mô hình, tăng 8 mô hình.",
    "Tiếp 60 lượt công dân, tăng 10 lượt so với quý I, giảm 5 lượt so với quý II.",
    "Đã lấy phiếu 200 hộ: 150 hộ đồng ý (75%), 30 hộ không đồng ý (15%), 20 hộ chưa rõ (10%).",
    "Đạt 92% kế hoạch năm, vượt 2% so với cùng kỳ.",
    "Tập huấn cho 40 người (nam 25 người, nữ 15 người), đạt 100%.",
    "Trong 3 năm, 14 thôn tổ chức 42 cuộc họp, bình quân 3 cuộc mỗi thôn.",
    "Hội nghị có 85 đại biểu, trong đó có 12 đại biểu phát biểu, 8 đại biểu gửi ý kiến bằng văn bản.",
    "Nhận 15 đơn, giải quyết 15 đơn, đạt 100%; cùng kỳ nhận 18 đơn, giải quyết 17 đơn, đạt 94,4%.",
    "Thôn có 210 hộ, 845 nhân khẩu, 6 tổ liên gia; 198 hộ dự họp.",
    "Phải có trên 50% số hộ dự họp; thôn có 120 hộ, 85 hộ dự họp.",
    "Xã có 9 thôn, trong đó thôn 1 có 150 hộ, thôn 2 có 180 hộ.",
    "Tỷ lệ hài lòng lần lượt là 95%, 93% và 97%.",
    "Giao 3 phòng kiểm tra 12 đơn vị, gồm 4 xã, 5 trường học và 3 trạm y tế.",
    "Số đơn giảm từ 40 đơn xuống 30 đơn, giảm 25%; số vụ việc tăng từ 8 lên 10 vụ, tăng 25%.",
    "Tỷ lệ hồ sơ trực tuyến tăng từ 60% lên 75%, tăng 15%.",
    "Đầu năm còn 6 đơn, trong năm nhận 20 đơn, giải quyết 22 đơn, còn 4 đơn.",
    "Có 25 ý kiến, trong đó 10 ý kiến về đường, 6 ý kiến về điện.",
    "Bầu 5 người; ông thứ nhất được 180 phiếu, ông thứ hai được 172 phiếu trong 190 phiếu hợp lệ.",
    "Vốn đối ứng chiếm 20%, vốn vay chiếm 35% tổng mức đầu tư.",
    "Tổng cộng 45 người dự, đạt 90% số người được mời; các tổ trưởng dự 12 người.",
    "Cả năm trả lời 120 kiến nghị, riêng quý IV trả lời 45 kiến nghị, còn 3 kiến nghị trễ hạn.",
    "Mức thu mỗi hộ 200.000 đồng, năm trước 150.000 đồng, tăng 50.000 đồng.",
]

NOT_CHECKABLE = [
    "Số ý kiến đóng góp tăng gấp ba lần so với năm trước.",
    "Tiếp nhận 52 đơn, giảm 6 đơn so với cùng kỳ.",
    "Có 310 hộ đồng ý, đạt 88,6%.",
    "Qua thăm dò, 91,2% cử tri tin tưởng vào kết quả giải quyết.",
    "Số lượt truy cập tăng hơn gấp đôi so với quý trước.",
    "So với năm 2022, số cuộc đối thoại tăng 18%.",
]


def _verdicts(sentence: str) -> list[str]:
    return [check.verdict for check in check_reading(read_text(HEAD + sentence))]


def test_the_table_has_enough_of_everything() -> None:
    assert len(STATEMENTS) >= 30
    assert len(RIGHT) >= 20
    assert {rule for rule, *_ in STATEMENTS} == {"share", "parts", "remainder", "change"}


@pytest.mark.parametrize(("rule", "sentence", "right", "wrong"), STATEMENTS)
def test_the_planted_error_is_found_and_the_right_one_agrees(
    rule: str, sentence: str, right: str, wrong: str
) -> None:
    verdicts = _verdicts(sentence.format(right))
    assert "fail" not in verdicts
    assert "ok" in verdicts
    assert "fail" in _verdicts(sentence.format(wrong))


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_is_not_blamed(sentence: str) -> None:
    assert "fail" not in _verdicts(sentence)


@pytest.mark.parametrize("sentence", NOT_CHECKABLE)
def test_what_cannot_be_tried_is_said_to_be_so(sentence: str) -> None:
    assert set(_verdicts(sentence)) == {"not_checkable"}
