"""Abbreviations of official papers and what officers say for them.

Only those with one meaning in such a paper: "TT" (thị trấn, trung tâm, thứ tự) is not here.
"""

from __future__ import annotations

import re

# In running text: written out in print as well as read.
WORDS: dict[str, str] = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "BCĐ": "Ban Chỉ đạo",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "BQL": "Ban Quản lý",
    "QLDA": "quản lý dự án",
    "TTND": "Thanh tra nhân dân",
    "GSĐTCĐ": "giám sát đầu tư của cộng đồng",
    "TDP": "tổ dân phố",
    "KDC": "khu dân cư",
    "NVH": "nhà văn hóa",
    "TYT": "trạm y tế",
    "TTHC": "thủ tục hành chính",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "NSNN": "ngân sách nhà nước",
    "XDCB": "xây dựng cơ bản",
    "NTM": "nông thôn mới",
    "GPMB": "giải phóng mặt bằng",
    "TĐC": "tái định cư",
    "QSDĐ": "quyền sử dụng đất",
    "GCNQSDĐ": "giấy chứng nhận quyền sử dụng đất",
    "GCN": "giấy chứng nhận",
    "KT-XH": "kinh tế - xã hội",
    "QP-AN": "quốc phòng - an ninh",
    "SXKD": "sản xuất kinh doanh",
    "KCN": "khu công nghiệp",
    "CCN": "cụm công nghiệp",
    "HTX": "hợp tác xã",
    "TNHH": "trách nhiệm hữu hạn",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "NVQS": "nghĩa vụ quân sự",
    "PCCC": "phòng cháy, chữa cháy",
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "VSMT": "vệ sinh môi trường",
    "CCCD": "căn cước công dân",
    "DTTS": "dân tộc thiểu số",
    "LHPN": "Liên hiệp Phụ nữ",
    "CCB": "cựu chiến binh",
    "SĐT": "số điện thoại",
    "GD&ĐT": "giáo dục và đào tạo",
    "VNĐ": "đồng",
    "VND": "đồng",
    "v/v": "về việc",
    "V/v": "Về việc",
    "đ/c": "đồng chí",
    "Đ/c": "Đồng chí",
    "v.v": "vân vân",
}
# Shortened words that stand before a name: "TP. Cầu Mẫu", "P. Cầu Mẫu".
_BEFORE_A_NAME = {"TP": "thành phố", "TX": "thị xã", "P": "phường"}

# The parts of a document's sign, said one after the other: "12/QĐ-UBND".
SIGNS: dict[str, str] = {
    "QĐ": "quyết định",
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "CT": "chỉ thị",
    "CTr": "chương trình",
    "CTR": "chương trình",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "TTr": "tờ trình",
    "TTR": "tờ trình",
    "KL": "kết luận",
    "BC": "báo cáo",
    "KH": "kế hoạch",
    "HD": "hướng dẫn",
    "CV": "công văn",
    "TB": "thông báo",
    "QC": "quy chế",
    "QyĐ": "quy định",
    "PL": "pháp lệnh",
    "BB": "biên bản",
    "ĐA": "đề án",
    "CĐ": "công điện",
    "GM": "giấy mời",
    "HĐ": "hợp đồng",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "QH": "Quốc hội khóa",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội khóa",
    "TW": "Trung ương",
    "BTC": "Bộ Tài chính",
    "BNV": "Bộ Nội vụ",
    "BTP": "Bộ Tư pháp",
    "ĐU": "Đảng ủy",
    "VP": "văn phòng",
    **{short: said for short, said in WORDS.items() if short.isalpha()},
}

_WORD = re.compile(
    r"(?<![\w/&.-])(?:"
    + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
    + r")(?![\w/&]|-\w)"
)
_HO_CHI_MINH = re.compile(r"(?<!\w)TP\s?\.?\s?HCM(?!\w)")
_NAMED = re.compile(rf"(?<!\w)({'|'.join(_BEFORE_A_NAME)})\.\s?(?=[^\W\d_])")
_BEGINS = re.compile(r"(?:^|[.!?:]\s+|\n\s*[-+*•]?\s*)\Z")


def written_out(text: str) -> str:
    """The text with its abbreviations in words; signs of documents are left as they are."""
    text = _HO_CHI_MINH.sub("Thành phố Hồ Chí Minh", text)
    text = _NAMED.sub(lambda found: _headed(found, f"{_BEFORE_A_NAME[found[1]]} "), text)
    return _WORD.sub(lambda found: _headed(found, WORDS[found[0]]), text)


def _headed(found: re.Match[str], words: str) -> str:
    """With a capital where a sentence begins."""
    begins = _BEGINS.search(found.string[max(0, found.start() - 8) : found.start()])
    return words[:1].upper() + words[1:] if begins else words
