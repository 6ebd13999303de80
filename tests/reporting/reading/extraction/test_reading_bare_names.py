"""Names of citizens without a title are crossed out of what is given out; places stay."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction.bare_names import FAMILY_NAMES, bare_names

# Of the official map, and of the cast.
_PLACES = """
lê lợi|nguyễn huệ|trần phú|phan thiết|mai sơn|hoàng mai|vũ thư|đầm hà|bến mẫu|kim bảng|phạm ngũ lão
|võ cường|lâm thao|hà đông|ngô quyền|cao lộc|đinh trang hòa|trần văn thời|hồ thầu|lương sơn"""
PLACES = frozenset(_PLACES.replace("\n", "").split("|"))

# What is to be crossed out stands in braces.
PERSONS = (
    "Hộ {Nguyễn Mẫu An} hiến 120 m2 đất làm đường.",
    "{Trần Thị Mẫu} phản ánh đường thôn xuống cấp.",
    "Ý kiến của {Lê Văn Mẫu} về hệ thống thoát nước đã được trả lời.",
    "Các hộ {Phạm Văn Mẫu}, {Đỗ Thị Họa} và {Vũ Đình Mẫu} đã bàn giao mặt bằng.",
    "Theo {Hoàng Mẫu Bình}, tuyến đường dài 3 km.",
    "Đơn của {Hà Thị Minh Họa} đề nghị cấp lại giấy chứng nhận.",
    "Công dân (tên {Bùi Mẫu}) đến tiếp công dân 2 lần.",
    "Gia đình {Đặng Thị Mẫu Hoa} được hỗ trợ 5 triệu đồng.",
    "Trường hợp {Ngô Văn Mẫu} khiếu nại về đất đai đã giải quyết.",
    "{Cao Văn Mẫu} và {Mai Thị Họa} cùng góp 2 triệu đồng.",
    "Người dân {Phan Mẫu Châu} hỏi về chế độ bảo hiểm.",
    "Thôn bầu {Sùng A Mẫu} làm tổ trưởng.",
    "{Giàng Thị Mẫu} đề nghị sửa cầu treo.",
    "Ghi nhận kiến nghị của {Hồ Văn Mẫu}, xã Bến Mẫu.",
    "Nhân dân bầu {Võ Thị Minh Họa} vào Ban thanh tra nhân dân.",
    "Bí thư chi bộ thôn {Dương Văn Mẫu} trả lời dân.",
    "Chủ tịch UBND xã {Trần Mẫu Bình} tiếp 12 lượt công dân.",
    "Tại thôn 3, {Lý Thị Mẫu} phản ánh tiếng ồn.",
    "Đã trả lại {Trương Văn Mẫu} 3 triệu đồng thu sai.",
    "Của {Nông Văn Mẫu} là 300 m2 đất ruộng.",
    "{Đoàn Thị Mẫu} hiến 50 m2 đất.",
    "{Từ Văn Mẫu} đóng góp 20 ngày công.",
    "Xã Bến Mẫu, hộ {Triệu Mẫu Sinh} tự tháo dỡ tường rào.",
    "Kết quả xác minh: {Huỳnh Mẫu} đúng đối tượng.",
)
KEPT = (
    "Xã Nguyễn Huệ có 9 thôn.",
    "UBND phường Lê Lợi tổ chức 2 cuộc đối thoại.",
    "Nâng cấp đường Trần Phú dài 2 km.",
    "Các tuyến đường Trần Phú, Ngô Gia Tự và Hoàng Văn Thụ được chỉnh trang.",
    "Trường THPT Lê Hồng Phong có 45 cán bộ.",
    "Trường Nguyễn Bỉnh Khiêm công khai 3 khoản thu.",
    "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
    "Thành phố Hồ Chí Minh tiếp nhận 4.215 hồ sơ.",
    "Hà Nam, Thái Bình và Lâm Đồng đã báo cáo.",
    "Huyện Đầm Hà ghi nhận 191 ý kiến.",
    "Vũ Thư có 30 xã; Mai Sơn có 22 xã.",
    "Đoàn Thanh niên vận động 35 cá nhân.",
    "Đoàn Đại biểu Quốc hội tiếp xúc 300 cử tri.",
    "Hồ Sơ Thủ Tục Hành Chính đúng hạn 99%.",
    "Văn Phòng Đảng Ủy tổng hợp 12 kiến nghị.",
    "Trường Cao Đẳng Nghề tổ chức hội nghị.",
    "Công ty TNHH Phạm Gia lấy ý kiến 120 người lao động.",
    "Hợp tác xã Đinh Gia ký kết thỏa ước.",
    "Chợ Nguyễn Tri Phương công khai mức thu.",
    "Cầu Lê Thánh Tôn đã được sửa.",
    "Từ Hà Nội đến Phan Thiết có 3 đoàn.",
    "Quảng trường Hoàng Văn Thụ là nơi họp dân.",
    "Xã Đinh Trang Hòa, huyện Trần Văn Thời báo cáo.",
    "Bệnh viện Nguyễn Tri Phương niêm yết 4 quy trình.",
    "Đồng bào Cao Lan, Hà Nhì được nghe phổ biến.",
    "Thị trấn Nông trường Trần Phú bàn 5 việc.",
    "Phường Phạm Ngũ Lão có 12 tổ dân phố.",
    "Quỹ học bổng Vừ A Dính trao 12 suất.",
    "Ban Chỉ đạo, Mặt trận Tổ quốc và Ban Dân vận phối hợp.",
    "Tổ dân phố Võ Thị Sáu họp 2 lần.",
    "Thôn Đoàn Kết, bản Hồ Thầu không có đơn.",
    "Luật Khiếu nại, Luật Tố cáo được phổ biến.",
)


def crossed(text: str) -> str:
    """The text with each name that is told in braces."""
    out, last = "", 0
    for start, end in bare_names(text, PLACES):
        out += f"{text[last:start]}{{{text[start:end]}}}"
        last = end
    return out + text[last:]


@pytest.mark.parametrize("marked", PERSONS)
def test_the_name_of_a_citizen_is_told(marked: str) -> None:
    assert crossed(marked.replace("{", "").replace("}", "")) == marked


@pytest.mark.parametrize("sentence", KEPT)
def test_a_place_or_body_named_after_a_person_stays(sentence: str) -> None:
    assert crossed(sentence) == sentence


def test_without_the_map_a_bare_name_of_a_place_cannot_be_known() -> None:
    assert list(bare_names("Vũ Thư có 30 xã.", frozenset())) == [(0, 6)]
    assert list(bare_names("Vũ Thư có 30 xã.", PLACES)) == []


def test_family_names_are_written_as_one_capitalised_syllable() -> None:
    assert 100 <= len(FAMILY_NAMES) <= 140
    assert all(name[:1].isupper() and name[1:].islower() for name in FAMILY_NAMES)
