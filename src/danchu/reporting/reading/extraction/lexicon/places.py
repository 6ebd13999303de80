"""Names of provinces, before and after 1 July 2025, as texts write them (over plain text)."""

from __future__ import annotations

import re

from ..sought import Sought

_NAMES = """An Giang|Bà Rịa - Vũng Tàu|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương
|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai
|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hưng Yên
|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|Ninh Bình
|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La
|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Tiền Giang|Hồ Chí Minh|Trà Vinh|Tuyên Quang
|Vĩnh Long|Vĩnh Phúc|Yên Bái|Huế"""
PROVINCES: tuple[str, ...] = tuple(_NAMES.replace("\n", "").split("|"))
"""Every name a province has had since 2008."""

CITIES = frozenset({"hà nội", "hồ chí minh", "hcm", "hải phòng", "đà nẵng", "cần thơ", "huế"})
"""Cities directly under the central government: their "thành phố" is a province."""

_LONGEST_FIRST = sorted((name.lower() for name in PROVINCES), key=len, reverse=True)
PROVINCE = Sought(
    rf"(?<!\w)(?P<name>{'|'.join(re.escape(name) for name in _LONGEST_FIRST)}|hcm)(?!\w)"
)

PLACE_WORDS = (
    r"tỉnh|thành phố|tp\.?|huyện|quận|xã|phường|thị trấn|thị xã|tx\.?|đặc khu|thôn|bản|ấp|xóm"
    r"|khu phố|khối"
    r"|tổ dân phố|buôn|làng|khu"
)
