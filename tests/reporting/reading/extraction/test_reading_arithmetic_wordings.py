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
    ("share", "Kế hoạch 40 cuộc, thực hiện 34 cuộc, đạt {}.", "85%", "80%"),
    ("share", "Số hộ tham gia là 270/300, đạt {}.", "90%", "92%"),
    ("share", "Xã đã thu 460 triệu đồng/500 triệu đồng theo kế hoạch ({}).", "92%", "90%"),
    ("share", "Trong số 1.500 hồ sơ, có 1.425 hồ sơ nộp trực tuyến, chiếm tỷ lệ {}.", "95%", "92%"),
    ("share", "Cả tổ có 84 hộ, 63 hộ lắp đồng hồ nước ({}).", "75%", "57%"),
    (
        "parts",
        "Tổng số ý kiến là 64; trong đó, lĩnh vực đất đai 30, môi trường 14, giao thông {}.",
        "20",
        "30",
    ),
    (
        "parts",
        "Có 3 nguồn: tỉnh cấp 2 tỷ đồng, xã 1 tỷ đồng, dân góp 500 triệu đồng; tổng cộng {} tỷ đồng.",
        "3,5",
        "3,8",
    ),
    (
        "parts",
        "Đã giải ngân 7,2 tỷ đồng, bao gồm: vốn đầu tư 5,5 tỷ đồng; vốn sự nghiệp {} tỷ đồng.",
        "1,7",
        "2,7",
    ),
    (
        "parts",
        "Tổ chức được 3 đợt, đợt 1 có 40 hộ, đợt 2 có 35 hộ, đợt 3 có 25 hộ, cộng {} hộ.",
        "100",
        "110",
    ),
    ("remainder", "Có 200 hộ thuộc diện, 185 hộ đã nhận tiền, {} hộ chưa nhận.", "15", "25"),
    (
        "remainder",
        "Trong 30 kiến nghị, đã giải quyết xong 18, đang giải quyết 7, còn lại {} kiến nghị chưa giải quyết.",
        "5",
        "6",
    ),
    (
        "remainder",
        "Dự toán 75 triệu đồng, đã chi 62,5 triệu đồng, kinh phí còn lại là {} triệu đồng.",
        "12,5",
        "15,2",
    ),
    (
        "remainder",
        "Tồn kỳ trước 8 đơn, nhận mới 25 đơn, đã giải quyết 29 đơn, còn {} đơn.",
        "4",
        "6",
    ),
    (
        "change",
        "Thu được 660 triệu đồng, tăng 60 triệu đồng ({}) so với năm 2023 (600 triệu đồng).",
        "10%",
        "15%",
    ),
    ("change", "Số hộ nghèo còn 42 hộ, giảm {} hộ so với đầu năm (60 hộ).", "18", "28"),
    ("change", "Quý I có 30 cuộc họp, quý II có 39 cuộc họp, tăng {}.", "30%", "23%"),
    ("change", "Năm 2024, xã tiếp 120 lượt, gấp {} lần so với năm 2023 (80 lượt).", "1,5", "2,5"),
    ("change", "Kế hoạch 200 triệu đồng, thực hiện 230 triệu đồng, vượt {}.", "15%", "25%"),
    ("share", "Trong quý, xã nhận 60 phản ánh, đã xử lý 54 phản ánh, tương ứng {}.", "90%", "95%"),
    (
        "share",
        "Hiện nay 26 trong tổng số 32 hòm thư góp ý còn dùng được, tức là {}.",
        "81,25%",
        "85%",
    ),
    ("share", "Thu {} kế hoạch (72/80 triệu đồng).", "90%", "95%"),
    ("share", "Số hội viên tham gia đạt 144/160 người ({}).", "90%", "95%"),
    (
        "parts",
        "Hội đồng có 11 người: 6 đại diện người lao động và {} đại diện người sử dụng lao động.",
        "5",
        "6",
    ),
    (
        "parts",
        "Trong 84 vụ việc, hòa giải thành 70 vụ, không thành 9 vụ, đang hòa giải {} vụ.",
        "5",
        "8",
    ),
    (
        "parts",
        "Diện tích hiến 2.600 m2, phân theo loại: đất ở 700 m2, đất vườn {} m2, đất lúa 600 m2.",
        "1.300",
        "1.500",
    ),
    ("parts", "Rất hài lòng 64%, hài lòng 31,5%, chưa hài lòng {}.", "4,5%", "6,5%"),
    (
        "remainder",
        "Kiểm tra 45 hộ kinh doanh, 38 hộ chấp hành tốt, {} hộ còn lại bị nhắc nhở.",
        "7",
        "9",
    ),
    (
        "remainder",
        "Tổng chiều dài 5,2 km, đã làm 4,1 km, phần còn lại {} km làm trong năm 2026.",
        "1,1",
        "1,2",
    ),
    ("remainder", "Ngân sách hỗ trợ 55%, doanh nghiệp 20%, còn lại {} do dân góp.", "25%", "35%"),
    (
        "remainder",
        "Sau khi chi 34 triệu đồng trong tổng số 50 triệu đồng, quỹ còn {} triệu đồng.",
        "16",
        "26",
    ),
    ("remainder", "Mời 60 hộ, 52 hộ có mặt, vắng {} hộ.", "8", "18"),
    ("change", "Số đơn năm nay là 32 đơn, năm trước 40 đơn, giảm {}.", "20%", "25%"),
    ("change", "Nếu năm 2021 chỉ có 8 tổ thì đến năm 2025 đã có 24 tổ, gấp {} lần.", "3", "4"),
    (
        "change",
        "Doanh thu hợp tác xã đạt 3,6 tỷ đồng, tăng {} so với 3 tỷ đồng năm trước.",
        "20%",
        "16,7%",
    ),
    (
        "change",
        "Quy mô lớp học giảm còn 24 người, giảm {} người so với 30 người của khóa trước.",
        "6",
        "5",
    ),
    (
        "change",
        "Tỷ lệ gia đình văn hóa đạt 91,6%, cao hơn {} điểm phần trăm so với năm trước (89,2%).",
        "2,4",
        "4,2",
    ),
    (
        "parts",
        "Trong 40 việc do 9 ban phụ trách, hoàn thành 30 việc, đang làm 6 việc, chưa làm {} việc.",
        "4",
        "5",
    ),
    (
        "parts",
        "Xã mở 57 lớp trong ba năm: năm 2022 mở 15 lớp, năm 2023 mở {} lớp, năm 2024 mở 23 lớp.",
        "19",
        "29",
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
    "Ban Chỉ đạo có 15 thành viên, trong đó 4 nữ, 13 đảng viên và 2 người dân tộc thiểu số.",
    "Trong 6 tháng đầu năm, 14/14 thôn họp dân, 100% hộ được thông báo, 96% hộ dự họp.",
    "Bê tông hóa 3,2 km đường, nâng tổng số đường được cứng hóa lên 28,5 km, đạt 95%.",
    "Nhân dân góp 1.200 ngày công, hiến 3.400 m2 đất, trị giá 850 triệu đồng, trong đó thôn Mẫu Hạ góp 300 ngày công.",
    "Tỷ lệ phiếu tín nhiệm cao đạt 92%, tín nhiệm 6%, tín nhiệm thấp 2%.",
    "Phát ra 150 phiếu, thu về 148 phiếu, đồng ý 140 phiếu (94,6%), không đồng ý 8 phiếu (5,4%).",
    "Lấy ý kiến 4 nội dung tại 12 thôn; nội dung 1 có 95% đồng ý, nội dung 2 có 88% đồng ý, nội dung 3 có 97% đồng ý, nội dung 4 có 91% đồng ý.",
    "Năm 2023 đạt 84%, năm 2024 đạt 90%, tăng 6%.",
    "Hội nghị có 120 đại biểu đại diện cho 860 hội viên của 9 chi hội dự, trong đó nữ 84 đại biểu.",
    "Thời gian giải quyết giảm từ 10 ngày xuống còn 6 ngày, giảm 40%.",
    "Trong quý I tiếp 20 lượt, quý II tiếp 25 lượt, quý III tiếp 18 lượt; cả ba quý tiếp 63 lượt.",
    "Xã có 25 cán bộ, công chức, trong đó đại học 23 người, trung cấp 2 người, đảng viên 22 người.",
    "Có 9/10 cơ quan công khai tài chính, 8/10 cơ quan công khai tuyển dụng, đạt tỷ lệ lần lượt 90% và 80%.",
    "Ngân sách xã chi 50 triệu đồng, dân góp 70 triệu đồng, tổng cộng 120 triệu đồng, bằng 60% tổng mức 200 triệu đồng.",
    "Tăng 3 cuộc đối thoại so với kế hoạch, giảm 1 cuộc so với cùng kỳ năm trước (9 cuộc).",
    "Lấy ý kiến 300 hộ, có 280 hộ đồng ý, 20 hộ không có ý kiến, đạt 93,3%.",
    "Cấp 120 thẻ cho người cao tuổi, đạt 80%; cấp 45 thẻ cho trẻ em, đạt 100%.",
    "Trong số 25 hộ chưa đồng thuận có 15 hộ đề nghị tăng giá, 12 hộ đề nghị tái định cư tại chỗ, 4 hộ đề nghị cả hai.",
    "Vay 40 triệu đồng, lãi suất 6,6%, thời hạn 36 tháng; dư nợ 1,2 tỷ đồng, nợ quá hạn 0,5%.",
    "Có 62 ý kiến, tập trung vào: đất đai (25 ý kiến), giao thông (18 ý kiến), môi trường (12 ý kiến).",
    "Tháng 5 nhận 40 hồ sơ, tháng 6 nhận 50 hồ sơ, tăng 25%; tháng 7 nhận 45 hồ sơ, giảm 10%.",
    "Kế hoạch 40 cuộc, thực hiện 44 cuộc, vượt 10%.",
    "Chủ tịch UBND xã tiếp 24 ngày, tiếp 61 lượt người; Bí thư Đảng ủy tiếp 12 ngày, tiếp 20 lượt người.",
    "Trong 118 hộ dự họp có 110 hộ tán thành, đạt 84,6% tổng số hộ trong thôn.",
    "Hội Nông dân có 620 hội viên, trong đó 590 hội viên sinh hoạt thường xuyên, 410 hội viên vay vốn.",
    "Nhà văn hóa rộng 240 m2 trên khuôn viên 1.100 m2, kinh phí 1,4 tỷ đồng.",
    "Tổng vốn 5 tỷ đồng, đã giải ngân 3 tỷ đồng (60%), trong đó vốn xây lắp 2,6 tỷ đồng.",
    "Năm 2023 có 45 đơn, giảm 10 đơn so với năm 2022; năm 2024 có 40 đơn, giảm 5 đơn so với năm 2023.",
    "Mỗi tháng phát thanh 8 buổi, mỗi buổi 15 phút, tổng cộng 96 buổi trong năm.",
    "Từ 12 thôn sáp nhập thành 8 thôn, giảm 4 thôn.",
    "Đã công khai 40/40 khoản thu, 38/38 khoản chi, đạt 100%.",
    "Cử tri nêu 32 ý kiến, trong đó cấp xã 20, cấp tỉnh 10, trung ương 2.",
    "Hộ dân đóng 40%, doanh nghiệp 25%, còn lại 35% ngân sách hỗ trợ.",
    "Trong quý III/2025, tỷ lệ hồ sơ đúng hạn 98%, quá hạn 2%.",
    "Có 3 lớp với 120 người học, lớp thứ nhất 45 người, lớp thứ hai 40 người, lớp thứ ba 35 người.",
    "Tổng số nộp 80 triệu đồng, gồm 50 hộ nộp đủ 1 triệu đồng, 60 hộ nộp 500.000 đồng.",
]

NOT_CHECKABLE = [
    "Số ý kiến đóng góp tăng gấp ba lần so với năm trước.",
    "Tiếp nhận 52 đơn, giảm 6 đơn so với cùng kỳ.",
    "Có 310 hộ đồng ý, đạt 88,6%.",
    "Qua thăm dò, 91,2% cử tri tin tưởng vào kết quả giải quyết.",
    "Số lượt truy cập tăng hơn gấp đôi so với quý trước.",
    "So với năm 2022, số cuộc đối thoại tăng 18%.",
]


# Wrong, or perhaps wrong, but the words do not say which numbers belong together.
UNDECIDED = [
    "Toàn xã có 300 hộ nghèo. Đã hỗ trợ 20 hộ xây nhà, còn 5 hộ đang xây.",
    "Khoảng 120 hộ trên tổng số 150 hộ đã ký, đạt 90%.",
    "Toàn xã có 3.100 hộ. Trong kỳ đã hỗ trợ 48 hộ, đạt 96%.",
    "Trong 30 cơ sở, có 16 cơ sở lập tổ đối thoại, 17 cơ sở có hòm thư góp ý.",
    "Có 60 ý kiến, trong đó 30 ý kiến về đường, 20 ý kiến về điện.",
    "Tổ có 11 người, trong đó 5 nữ và 7 đảng viên.",
    "Dự án chi 2 tỷ đồng cho đường, 1,5 tỷ đồng cho trường học, tổng vốn 5 tỷ đồng.",
    "Xã tổ chức 20 cuộc họp, ngoài ra còn 6 cuộc họp chuyên đề.",
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


@pytest.mark.parametrize("sentence", UNDECIDED)
def test_no_error_is_claimed_where_the_words_do_not_say_what_belongs_together(
    sentence: str,
) -> None:
    assert "fail" not in _verdicts(sentence)


def _messages(sentence: str) -> list[tuple[str, str]]:
    return [(c.message_vi, c.message_en) for c in check_reading(read_text(HEAD + sentence))]


def test_the_messages_say_in_both_languages_what_does_not_agree() -> None:
    assert _messages(
        "Quỹ đầu năm có 32 triệu đồng, thu 55 triệu đồng, chi 61 triệu đồng, còn 36 triệu đồng."
    ) == [
        (
            "Số còn lại nêu 36 triệu đồng không khớp:"
            " 32 triệu đồng + 55 triệu đồng - 61 triệu đồng = 26 triệu đồng.",
            "The stated remainder 36 million VND does not agree:"
            " 32 million VND + 55 million VND - 61 million VND = 26 million VND.",
        )
    ]
    assert _messages("Tỷ lệ cứng hóa đường tăng từ 71,5% lên 84%, tăng 13,5 điểm phần trăm.") == [
        (
            "Mức tăng 13,5 điểm phần trăm không khớp: từ 71,5% đến 84% là tăng 12,5 điểm phần trăm.",
            "The rise of 13,5 percentage points does not agree: 71,5% to 84% is a rise of"
            " 12,5 percentage points.",
        )
    ]
    assert _messages("Số ý kiến tăng gấp ba lần so với năm trước.") == [
        (
            "Mức gấp 3 lần không kèm số của kỳ trước nên không kiểm được.",
            "The multiple of 3 times comes without the earlier figure.",
        )
    ]


def test_parts_accounted_for_in_their_sentence_are_not_added_up_to_another_whole() -> None:
    right = (
        "Tổng hợp 64 kiến nghị, gồm 40 kiến nghị thuộc thẩm quyền của xã (đã giải quyết 33, đang"
        " giải quyết {}) và 24 kiến nghị chuyển cấp trên."
    )
    assert set(_verdicts(right.format("7"))) == {"ok"}
    assert "fail" in _verdicts(right.format("9"))
