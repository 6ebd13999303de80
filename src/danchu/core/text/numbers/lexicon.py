"""The words that decide whether a number counts something, names something or dates it.

All in lower case and NFC. Where two ways of placing the tone are in use (thỏa, thoả)
:func:`with_old_tones` adds the second, so texts need not be normalised before reading.
"""

from __future__ import annotations

_TONE_PAIRS = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip


def with_old_tones(words: frozenset[str]) -> frozenset[str]:
    """The words, and beside them their spelling with the tone on the last vowel."""
    out = set(words)
    for word in words:
        other = word
        for new, old in _TONE_PAIRS:
            other = other.replace(new, old)
        out.add(other)
    return frozenset(out)


def _lines(block: str) -> frozenset[str]:
    return with_old_tones(frozenset(w.strip() for w in block.replace("\n", ",").split(",")) - {""})


# After one of these a number counts, whatever stood before it; a single number in words is
# taken for a number only before one of these or before a unit.
COUNTABLE = _lines("""
    ban, bài, bản, báo cáo, biên bản, biểu, bộ, bộ phận, buổi, bức, bước, cán bộ, căn, câu
    câu hỏi, cá nhân, cái, chi bộ, chi hội, chi đoàn, chiếc, chỉ tiêu, chỉ thị, chính sách
    chủ trương, chuyên đề, chuyên mục, chương trình, con đường, con vật, cộng đồng, công chức
    công dân, công nhân, công đoàn, công trình, công ty, công văn, cơ quan, cơ sở, cuộc, cụm
    danh mục, dân, di tích, doanh nghiệp, dự án, đại biểu, đảng bộ, đảng viên, đảng ủy, đề án
    đề nghị, đề xuất, địa bàn, địa phương, điểm, điển hình, điều kiện, đoàn, đoàn viên, đoạn
    đối tượng, đội, đồng chí, đợt, đơn, đơn thư, đơn vị, đường, em, gia đình, giải pháp, giám sát
    giáo viên, gói thầu, hạng mục, hành vi, hình thức, hòa giải viên, hoạt động, học sinh, hộ
    hộ dân, hộ gia đình, hồ sơ, hội, hội nghị, hội thi, hội viên, hợp đồng, hợp tác xã, hương ước
    huyện, kế hoạch, kết luận, khâu, khiếu nại, khóa, khoa, khoản, khối, khu, khu phố, kiến nghị
    kỳ, kỳ họp, lao động, lãnh đạo, lần, lĩnh vực, loại, lớp, luật, lượt, mảnh, mô hình, mục
    mục tiêu, nền nhà, ngành, ngôi, ngôi nhà, nghị định, nghị quyết, nguyên nhân, nghìn lượt
    người, nhà, nhà văn hóa, nhân viên, nhân khẩu, nhiệm vụ, nhóm, nội dung, pano, panô, phản ánh
    phần việc, phần quà, phiên, phiên họp, phiếu, phòng, phòng học, phụ nữ, phương án, phương tiện
    phường, quận, quy chế, quy trình, quy ước, quyết định, quyển, sản phẩm, sáng kiến, sự việc
    suất, suất quà, sở, sai phạm, tài liệu, tập thể, tấm, tin, tin bài, tin nhắn, tiêu chí
    tiểu ban, tỉnh, thành phố, thành viên, thị trấn, thị xã, thôn, thông báo, thông tư, thỏa ước
    thủ tục, thư, thửa, thửa đất, tổ, tổ chức, tổ dân phố, tòa, tổ trưởng, tờ, tố cáo, trang, trẻ
    trẻ em, trạm, trụ sở, trung tâm, trường, trường hợp, tuyến, tuyến đường, tủ sách, ủy ban
    ủy viên, vấn đề, văn bản, vi phạm, việc, viên chức, vị trí, vụ, vụ việc, xã, xóm, xe, ý
    ý kiến, ấp, bản làng, buôn, khóm, sóc, phum, tổ hòa giải, cặp, cây, chợ, cầu, cống, cột, đèn
    bóng đèn, camera, máy, máy tính, cửa, gian, lô, ki ốt, quầy, bảng, bảng tin, loa, cụm loa
    chốt, đầu việc, cấp ủy, chức danh, dòng họ, thế hệ, dân tộc, tôn giáo, cơ sở thờ tự, nhà máy
    nông trường, khu công nghiệp, khu dân cư, phân xưởng, ca, lượt người, bị can, bị cáo
    đối thoại, liên đoàn, học viên, tiểu thương, già làng, sinh viên, mâu thuẫn, tranh chấp
    trưởng thôn, bà con, góp ý, thanh niên, bí thư
""")
# "một phần", "một cách", "hai bên" and the like count nothing.
NOT_COUNTED = _lines("""
    một số, một trong, một phần, một cách, một cửa, một chút, một vài, một mặt, một khi, một bên
    một lòng, một mực, một đời, một thời, một chiều, một đường, một việc, một điều, một loạt
    một lần nữa, một bộ phận, một khoa, một nhà, một mục, một ý, một lúc, một mình, một con đường
    một điểm nữa, hai bên, hai mặt, hai chiều, ba mẹ, ba má, ba tôi, một địa bàn
    một nhiệm vụ trọng tâm, một loại, một nhóm người, một em, một thư, một tin, một ban
    một cơ sở quan trọng
""")
# Longer phrases in which the noun after the number is no noun.
NOT_A_NOUN = _lines("""
    xã hội, trường học hạnh phúc, bộ máy, dân chủ, dân vận, khoa học, khối lượng, cơ sở để
    điểm mới, đơn giản, việc làm, khu vực, giám sát chặt, hội nhập, tin tưởng, tin rằng, kỳ vọng
    ý thức, ý nghĩa, ban hành, đề nghị các, đề nghị ủy, tổ chức thực, tổ chức triển, tổ chức tốt
    tổ chức hội, tổ chức các, đối tượng là, thông báo cho, kế hoạch số, nhà nước, nhà thầu
    cấp ủy đảng, lần đầu, lần lượt, kết luận rằng, báo cáo về, báo cáo với, người ta, đoàn kết
    hội đồng, ca ngợi, tin vui, câu chuyện, bản thân, loại trừ, máy móc, thư viện, phòng chống
    phòng ngừa, phòng bệnh, đường lối, trang bị, trang trí, khoản nào, phản ánh đúng, phản ánh của
    hoạt động của, hoạt động theo, vi phạm pháp, kiến nghị với, kiến nghị các, công đoàn đã
    tỉnh đã, huyện đã, xã đã, phường đã, ủy ban nhân
""")
# Words before a number that make it the name or rank of something, unless a countable follows.
ORDINAL_BEFORE = _lines("""
    điều, khoản, chương, mục, phần, phụ lục, bảng, biểu, mẫu, số, khóa, kỳ, lần, đợt, loại, hạng
    cấp, bậc, quận, tổ, thôn, xóm, ấp, bản, khóm, khu, phố, đội, lô, phòng, tầng, trang, hình, ngõ
    hẻm, ngách, đường, lộ, nhóm, bước, vòng, tập, quyển, cột, dòng, lớp, trường, km, cổng, block
    đội số, chuyến, khối, xe, khoảnh, tiểu khu, nhà máy, nông trường, vị trí, thứ, nhiệm kỳ, số:
    tiết, câu số, khu phố, cầu, giai đoạn, thang điểm, mác
""")
NOT_ORDINAL_BEFORE = _lines("""
    tổng số, trong kỳ, cùng kỳ, một số, số điểm, được điểm, số vụ, số xã, số thôn, số tổ, số hộ
""")
# Numbers after these name even when a countable follows: "lần thứ 3 hội nghị", "Điều 5 người".
ALWAYS_ORDINAL = _lines("điều, thứ, khoản, chương, phụ lục, quận, hẻm, ngõ, quốc lộ, tỉnh lộ")
DOCUMENT_BEFORE = _lines("""
    nghị định, nghị quyết, chỉ thị, thông tư, quyết định, công văn, kết luận, kế hoạch, hướng dẫn
    pháp lệnh, luật, công điện, thông báo, báo cáo, quy định, tờ trình, đề án, chương trình
    văn bản, nđ, nq, ct, tt, qđ, cv, kl, kh, hd, pl, tb, t.ư, tw, trung ương
""")
DAY_BEFORE = _lines("""
    ngày, mùng, mồng, sáng, trưa, chiều, tối, đêm, hôm, rạng sáng, lễ, khánh, rằm, dịp
""")
# These may stand before a date, but before an amount as well.
MAYBE_DAY_BEFORE = _lines("từ, đến, tới, trước, sau, hết, qua, tính, vào, cuối, ngày:")
CLOCK_BEFORE = _lines("lúc, hồi, vào, từ, đến, trước, sau")
APPROX_BEFORE = _lines("""
    hơn, trên, gần, khoảng, ước, chừng, ngót, tầm, cỡ, dưới, quá, ngoài
""")
APPROX_PAIR_BEFORE = _lines("""
    xấp xỉ, ước đạt, ước tính, ước khoảng, dự ước, ước thực hiện, trên dưới, ước có, ước chi
    ước thu, áng chừng
""")
# Before "năm": it is the year, not five.
YEAR_WORD_BEFORE = _lines("""
    trong, đầu, cuối, giữa, mỗi, hàng, hằng, cả, từng, qua, các, những, nhiều, mấy, vài, một, theo
    suốt, quanh, hết, sang, tròn, số, kế hoạch, thường, vào, lên, nửa, của, so, cùng, hai, ba, bốn
    sáu, bảy, tám, chín, mười, mươi, trăm, nghìn, ngàn, tháng, quý, ngày, đến, từ, mọi, khỏi, rưỡi
    chục
""")
# A letter before a digit usually makes a name (RE2, Km1); after these a space was forgotten.
GLUED_BEFORE = _lines("""
    là, có, gồm, với, được, đạt, trên, hơn, gần, khoảng, còn, tới, đến, giảm, tăng, và, từ, cho
    thu, chi, hiến, góp, tiếp, xử lý, tổ chức, năm, tháng, ngày
""")
# Of these "không để" reports a zero too; "không để người dân nào khó khăn" is a wish.
ABSENT_CASES = _lines("đơn, vụ, hồ sơ, hồ, trường, đoàn, điểm, xảy, phát")
# Nouns whose absence is a reported zero: "không có đơn tố cáo".
ABSENT = _lines("""
    đơn, vụ, vụ việc, hồ sơ, trường hợp, đoàn, kiến nghị, ý kiến, lượt, cuộc, khiếu nại, tố cáo
    phản ánh, vi phạm, sai phạm, người, hộ, cá nhân, tập thể, đơn vị, cán bộ, đảng viên
    đoàn đông người, điểm nóng, phát sinh, đơn thư, công dân, văn bản, thủ tục, cơ quan, tổ chức
    công trình, dự án, xã, thôn
""")
