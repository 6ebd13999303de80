"""Family names, by which names of persons are told from names of places."""

from __future__ import annotations

_SURNAME_LIST = """
    Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn
    Lâm Mai Tô Hà Cao Châu Tạ Thái Trương Ngọc Phùng Thân Quách Triệu Nông Vi Lò Giàng Rơ
    Ksor Siu Hờ Vàng Sùng Lường Lương Tăng Tất Đào Chu Chử Kiều Lưu Tống Từ Vương Bạch Bành
    Cù Diệp Doãn Giáp Hứa Khổng Khúc La Lại Lục Mạc Nghiêm Ninh Phí Quản Thạch Tiêu Tôn Trà
    Ung Văn Viên Xa Ma Mã Lã Lăng Lộc Hầu Hoa Kim Đàm Đồng Điểu Danh Sơn Thòng Bàn Chảo Đèo
    Giang Nhâm Nhữ Ngụy Khuất Khương Kha Hàn Đậu Cấn Biện Bế Sầm Sử Tần Tiết Tào Trầm Tưởng Thẩm
    Thiều Vòng Lều Ngạc Quan Phù Liêu Tiêu Mẫn Nhan
    Quàng Cầm Tòng Hạng Thào Mùa Cư Lù Âu Uông
"""
SURNAMES = frozenset(_SURNAME_LIST.split())
