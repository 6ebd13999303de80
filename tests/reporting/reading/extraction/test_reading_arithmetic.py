"""Statements of every kind of arithmetic, each once as it is right and once with a planted error.

The sentences were written for this table. What they count is mostly unknown to every rule: the
words of the sentence alone say which numbers belong together.
"""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"

# rule, sentence, what is right there, what is planted
STATEMENTS = [
    (
        "share",
        "Toàn xã có 1.250 hộ, trong đó 1.187 hộ đã ký cam kết thực hiện hương ước, đạt {}.",
        "94,96%",
        "97,5%",
    ),
    (
        "share",
        "Đã tổ chức lấy ý kiến 2.340/2.600 hộ dân về phương án sắp xếp thôn, đạt {}.",
        "90%",
        "92%",
    ),
    (
        "share",
        "Có 18/24 thôn hoàn thành hội nghị nhân dân bàn việc nghĩa trang, đạt tỷ lệ {}.",
        "75%",
        "72%",
    ),
    ("share", "Bê tông hóa được 2,5/4 km đường liên thôn, đạt {} kế hoạch.", "62,5%", "65,2%"),
    (
        "share",
        "Trong kỳ tiếp nhận 4.215 hồ sơ, giải quyết đúng hạn 4.173 hồ sơ, chiếm {}.",
        "99%",
        "98%",
    ),
    (
        "share",
        "Số phiếu thu về 312/350 phiếu, đạt {}; kết quả được công khai tại nhà văn hóa thôn.",
        "89,14%",
        "91,14%",
    ),
    (
        "share",
        "Đã chi trả 36,4 tỷ đồng trên tổng số 40 tỷ đồng tiền bồi thường, đạt {}.",
        "91%",
        "93%",
    ),
    ("share", "Thu hồi 1.200 m2 trên tổng số 1.600 m2 đất phải thu hồi, đạt {}.", "75%", "78%"),
    ("share", "Trong 96 kiến nghị của cử tri, đã trả lời 84 kiến nghị, bằng {}.", "87,5%", "85,7%"),
    (
        "share",
        "Có 7/9 cơ quan, đơn vị tổ chức hội nghị cán bộ, công chức đúng thời gian quy định, đạt {}.",
        "77,8%",
        "77,7%",
    ),
    (
        "share",
        "Đã giải quyết 29 vụ việc khiếu nại trên tổng số 32 vụ việc thuộc thẩm quyền, đạt {}.",
        "90,6%",
        "96,0%",
    ),
    (
        "share",
        "Tỷ lệ doanh nghiệp tổ chức đối thoại tại nơi làm việc đạt {} (57/68 doanh nghiệp).",
        "83,8%",
        "88,3%",
    ),
    (
        "parts",
        "Tổ chức 42 cuộc đối thoại, gồm 30 cuộc ở cấp xã và {} cuộc ở cơ quan, đơn vị.",
        "12",
        "14",
    ),
    (
        "parts",
        "Tiếp {} lượt công dân, trong đó tiếp thường xuyên 118 lượt, tiếp định kỳ 36 lượt, tiếp đột xuất 6 lượt.",
        "160",
        "166",
    ),
    (
        "parts",
        "Đã công khai 245 nội dung, trong đó niêm yết 120 nội dung, trên cổng thông tin 85 nội dung, qua loa truyền thanh {} nội dung.",
        "40",
        "45",
    ),
    (
        "parts",
        "Tổng số đơn tiếp nhận là {} đơn (17 đơn khiếu nại, 3 đơn tố cáo, 61 đơn kiến nghị, phản ánh).",
        "81",
        "83",
    ),
    (
        "parts",
        "Huy động 3,2 tỷ đồng làm đường, trong đó ngân sách 2 tỷ đồng, nhân dân đóng góp {} tỷ đồng.",
        "1,2",
        "1,5",
    ),
    (
        "parts",
        "Nhân dân hiến 5.400 m2 đất, trong đó đất vườn 2.150 m2, đất ruộng {} m2.",
        "3.250",
        "3.350",
    ),
    (
        "parts",
        "Ban Thanh tra nhân dân thực hiện 26 cuộc giám sát: 15 cuộc theo kế hoạch, {} cuộc đột xuất.",
        "11",
        "13",
    ),
    ("parts", "Thành lập {} tổ công tác, gồm 4 tổ của cấp xã và 19 tổ của thôn.", "23", "24"),
    (
        "parts",
        "Có 58 ý kiến phát biểu, trong đó 21 ý kiến về đất đai, 17 ý kiến về giao thông, 20 ý kiến về chế độ chính sách; cộng {} ý kiến.",
        "58",
        "56",
    ),
    (
        "parts",
        "Toàn tỉnh đăng ký 310 mô hình “Dân vận khéo”: kinh tế 96, văn hóa - xã hội 121, quốc phòng - an ninh 43, xây dựng hệ thống chính trị {}.",
        "50",
        "60",
    ),
    (
        "parts",
        "Mở 14 lớp tập huấn với {} người tham dự, gồm 480 cán bộ xã và 395 trưởng thôn, tổ trưởng tổ dân phố.",
        "875",
        "885",
    ),
    (
        "parts",
        "Tổng kinh phí 850 triệu đồng, trong đó ngân sách huyện 500 triệu đồng, ngân sách xã 200 triệu đồng, xã hội hóa {} triệu đồng.",
        "150",
        "170",
    ),
    (
        "remainder",
        "Tiếp nhận 74 đơn thuộc thẩm quyền, đã giải quyết 66 đơn, còn {} đơn đang giải quyết.",
        "8",
        "6",
    ),
    (
        "remainder",
        "Tổng số 128 kiến nghị của cử tri; đã trả lời 119 kiến nghị, còn lại {} kiến nghị.",
        "9",
        "11",
    ),
    (
        "remainder",
        "Trong 215 hộ phải di dời, đã bàn giao mặt bằng 198 hộ, còn {} hộ chưa bàn giao.",
        "17",
        "27",
    ),
    (
        "remainder",
        "Kế hoạch 20 cuộc kiểm tra, đã thực hiện 13 cuộc, còn {} cuộc chuyển sang 6 tháng cuối năm.",
        "7",
        "8",
    ),
    (
        "remainder",
        "Số phải thu hồi 2.300 triệu đồng, đã thu hồi 1.850 triệu đồng, còn phải thu {} triệu đồng.",
        "450",
        "550",
    ),
    (
        "remainder",
        "Tổng diện tích thu hồi 12,5 ha, đã bàn giao 9,8 ha, còn {} ha chưa bàn giao.",
        "2,7",
        "3,7",
    ),
    ("change", "Tiếp 540 lượt công dân, tăng {} so với cùng kỳ năm 2024 (450 lượt).", "20%", "25%"),
    ("change", "Số đơn khiếu nại là 36 đơn, giảm {} so với cùng kỳ (48 đơn).", "25%", "33,3%"),
    (
        "change",
        "Tổ chức 66 cuộc đối thoại, tăng {} cuộc so với cùng kỳ năm trước (55 cuộc).",
        "11",
        "12",
    ),
    ("change", "Tiếp nhận 1.020 ý kiến (cùng kỳ năm 2023 là 850 ý kiến), tăng {}.", "20%", "16,7%"),
    ("change", "Số hộ nghèo giảm từ 125 hộ xuống còn 85 hộ, giảm {} hộ.", "40", "45"),
    ("change", "Số tiền nhân dân đóng góp tăng từ 4 tỷ đồng lên 5 tỷ đồng, tăng {}.", "25%", "20%"),
    ("change", "Số đoàn đông người là 6 đoàn, giảm {} đoàn so với cùng kỳ (9 đoàn).", "3", "4"),
    (
        "change",
        "Hồ sơ quá hạn 15 hồ sơ, giảm {} so với 6 tháng đầu năm 2024 (20 hồ sơ).",
        "25%",
        "75%",
    ),
    (
        "share",
        "Giải ngân 1,35 tỷ đồng trong tổng số 1.500 triệu đồng vốn được giao, đạt {}.",
        "90%",
        "9%",
    ),
    (
        "parts",
        "Tổng thu 2,4 tỷ đồng, gồm quỹ vì người nghèo 900 triệu đồng, quỹ khuyến học {} triệu đồng.",
        "1.500",
        "150",
    ),
    (
        "remainder",
        "Kinh phí được cấp 500 triệu đồng, đã chi 420 triệu đồng, còn lại {}.",
        "80 triệu đồng",
        "80.000 đồng",
    ),
    ("share", "Đã thu hồi 750 triệu đồng/1,25 tỷ đồng sai phạm, đạt {}.", "60%", "6%"),
    (
        "parts",
        "Chi hỗ trợ 1 tỷ 250 triệu đồng, trong đó nhà ở 1 tỷ đồng, cây giống {} triệu đồng.",
        "250",
        "350",
    ),
    ("share", "Thu hồi 3 ha trên tổng số 40.000 m2 đất bị lấn chiếm, đạt {}.", "75%", "7,5%"),
    (
        "parts",
        "Nhân dân hiến 1,2 ha đất, gồm 7.500 m2 đất ở và {} m2 đất nông nghiệp.",
        "4.500",
        "5.500",
    ),
    (
        "parts",
        "Làm mới 6,5 km đường, trong đó đường trục thôn 4,2 km, đường nội đồng {} km.",
        "2,3",
        "3,3",
    ),
    ("remainder", "Tổng chiều dài 12 km kênh mương, đã kiên cố 8,6 km, còn {} km.", "3,4", "4,4"),
    ("share", "Có 2/3 số thôn (14/21 thôn) đã họp, đạt {}.", "66,7%", "66,6%"),
    ("share", "Đã trả lời 5/6 ý kiến góp ý, đạt {}.", "83,33%", "83,34%"),
    ("share", "Đã có 1.999/2.000 hộ đồng ý, đạt {}.", "99,95%", "99,99%"),
    ("share", "Có 1.045/1.100 hộ dân tán thành mức đóng góp, đạt {}.", "95%", "96%"),
    ("share", "Đã lắp camera tại 11/16 khu dân cư, đạt {}.", "68,75%", "68,57%"),
    ("share", "Đã có 87/120 doanh nghiệp xây dựng quy chế dân chủ, đạt {}.", "72,5%", "73,5%"),
    (
        "parts",
        "Thành lập mười hai tổ hòa giải, gồm bảy tổ ở khu vực trung tâm và {} tổ ở vùng cao.",
        "năm",
        "sáu",
    ),
    ("share", "Một nửa số thôn (9/18 thôn) có nhà văn hóa đạt chuẩn, đạt {}.", "50%", "55%"),
    (
        "remainder",
        "Có hai mươi kiến nghị, đã giải quyết mười bảy kiến nghị, còn {} kiến nghị.",
        "ba",
        "bốn",
    ),
    ("change", "Số vụ tranh chấp giảm từ tám vụ xuống năm vụ, giảm {} vụ.", "ba", "bốn"),
    (
        "parts",
        "Tổ chức ba cuộc đối thoại với {} lượt người dự, trong đó cuộc thứ nhất 120 lượt, cuộc thứ hai 85 lượt, cuộc thứ ba 95 lượt.",
        "300",
        "310",
    ),
    ("parts", "Có {}/45 thôn, tổ dân phố ban hành hương ước, quy ước.", "43", "54"),
    (
        "share",
        "Bầu Ban Thanh tra nhân dân nhiệm kỳ mới: 312/325 cử tri đi bầu, đạt {}.",
        "96%",
        "69%",
    ),
    ("parts", "Hội nghị có 150 đại biểu dự, gồm {} đại biểu nam và 62 đại biểu nữ.", "88", "98"),
    (
        "remainder",
        "Tổng số 45 cán bộ, công chức; đã đánh giá 41 người, {} người chưa đánh giá do đi học dài hạn.",
        "4",
        "5",
    ),
    (
        "change",
        "Số cuộc giám sát của Ban Giám sát đầu tư của cộng đồng đạt 32 cuộc, bằng {} so với cùng kỳ (40 cuộc).",
        "80%",
        "85%",
    ),
    (
        "share",
        "Trong tổng số 1.860 lượt đánh giá tại bộ phận một cửa, có 1.823 lượt rất hài lòng, chiếm {}.",
        "98%",
        "99%",
    ),
]


def _verdicts(sentence: str) -> list[tuple[str, str]]:
    return [(check.rule, check.verdict) for check in check_reading(read_text(HEAD + sentence))]


def test_the_table_is_as_large_as_it_was_asked_for() -> None:
    assert len(STATEMENTS) >= 60
    assert {rule for rule, *_ in STATEMENTS} == {"share", "parts", "remainder", "change"}


@pytest.mark.parametrize(("rule", "sentence", "right", "wrong"), STATEMENTS)
def test_the_planted_error_is_found_and_the_right_one_is_not_blamed(
    rule: str, sentence: str, right: str, wrong: str
) -> None:
    assert "fail" not in [verdict for _, verdict in _verdicts(sentence.format(right))]
    assert "fail" in [verdict for _, verdict in _verdicts(sentence.format(wrong))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỷ lệ hộ dân đồng tình đạt trên 95%.",
        "Tỷ lệ giải quyết đơn thư thuộc thẩm quyền đạt 92,4%.",
        "Mức độ hài lòng của người dân đạt 97,3%.",
        "Số lượt tiếp công dân giảm 12% so với cùng kỳ năm trước.",
        "Đơn khiếu nại tăng 15% so với năm 2023.",
        "Tỷ lệ thôn đạt danh hiệu văn hóa đạt 88%.",
    ],
)
def test_without_denominator_or_earlier_figure_it_says_so(sentence: str) -> None:
    assert [verdict for _, verdict in _verdicts(sentence)] == ["not_checkable"]
