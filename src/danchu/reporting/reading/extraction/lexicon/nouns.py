"""What is counted: the noun straight after a number, or before it in a label."""

from __future__ import annotations

import re

from .wording import spaced

# In order: the first that matches decides, so the longer and more special stand first.
_NOUNS: tuple[tuple[str, str], ...] = (
    ("hotline_call", r"(?:cuộc gọi|cuộc điện thoại)"),
    ("hotline_message", r"tin nhắn"),
    ("slip", r"phiếu kiến nghị|văn bản kiến nghị"),
    ("form", r"phiếu(?: \w+){0,3}|lượt (?:đánh giá|khảo sát|chấm điểm)|mẫu (?:phiếu|khảo sát)"),
    ("apology", r"thư xin lỗi|văn bản xin lỗi"),
    (
        "proposal_letter",
        r"(?:lượt )?(?:đơn thư|đơn|thư|lá đơn)(?: có nội dung)? (?:kiến nghị|phản ánh|đề nghị)",
    ),
    (
        "petition",
        r"(?:lượt )?(?:đơn thư|lá đơn|đơn) (?:khiếu nại|kntc)(?:,| và|,? ?-) ?(?:kiến nghị, "
        r"|phản ánh, )?tố cáo",
    ),
    ("case", r"(?:vụ việc|vụ|việc|trường hợp) khiếu nại(?:,| và) ?tố cáo|(?:vụ việc|vụ) kntc"),
    (
        "complaint",
        r"(?:(?:đơn thư|lá đơn|đơn|vụ việc|vụ|việc|trường hợp|lượt) )?khiếu nại(?! kéo dài"
        r"|,? tố cáo| đông)",
    ),
    ("denunciation", r"(?:(?:đơn thư|lá đơn|đơn|vụ việc|vụ|việc|trường hợp|lượt) )?tố cáo"),
    (
        "opinion",
        r"(?:lượt |bản |nội dung |lời )?(?:ý kiến|kiến nghị(?! thu)|câu hỏi|thắc mắc|nguyện vọng"
        r"|góp ý|băn khoăn)",
    ),
    (
        "opinion",
        r"câu(?! chuyện| lạc)|(?:nội dung |lượt )?(?:đề xuất|phản ánh|đề nghị)(?=[ ,;.)\n]|$)",
    ),
    ("dossier", r"(?:lượt |bộ )?hồ sơ"),
    ("petition", r"(?:lượt )?(?:đơn thư|lá đơn|đơn(?! vị| giá| đốc| nguyên))"),
    ("posting", r"lượt (?:niêm yết|công khai)|nội dung (?:công khai|niêm yết)|biểu công khai"),
    ("sanction", r"quyết định (?:xử phạt|xử lý vi phạm)"),
    ("decision", r"quyết định"),
    (
        "conclusion",
        r"cam kết(?= (?:đã|được))|(?:nội dung |bản |thông báo )?kết luận(?: thanh tra| kiểm tra)?",
    ),
    (
        "board",
        r"ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư|gsđtcđ|giám sát cộng đồng|thanh tra)",
    ),
    ("committee", r"ban chỉ đạo|bcđ"),
    ("team", r"(?:lượt )?đoàn (?:thanh tra|kiểm tra|giám sát|liên ngành|khảo sát)"),
    ("group", r"(?:lượt )?đoàn (?:đông người|khiếu kiện|khiếu nại|công dân|người)"),
    ("group", r"(?:lượt )?đoàn(?! viên| thể| kết| công tác| đại biểu)"),
    ("event", r"lượt (?:giám sát|kiểm tra|thanh tra|tuyên truyền|đối thoại)"),
    ("unit", r"lượt (?:đơn vị|cơ quan|doanh nghiệp|trường|xã|phường|địa phương)"),
    (
        "turn",
        r"lượt(?! ý kiến)(?: (?:công dân|người dân|người|dân|cán bộ|cnlđ|hội viên|đảng viên|\w+))?",
    ),
    ("team_union", r"tổ công đoàn"),
    ("union_unit", r"công đoàn (?:cơ sở|bộ phận|cấp trên)|cđcs|cđ (?:cơ sở|bộ phận)|cđ(?= )"),
    ("union_member", r"đoàn viên"),
    ("member", r"thành viên|ủy viên"),
    ("individual", r"cá nhân|gương(?: \w+)?"),
    ("collective", r"tập thể"),
    ("commune", r"xã(?! hội)(?:, phường, thị trấn|, thị trấn|, phường)?"),
    (
        "household",
        r"(?:đại diện |chủ )?(?:hộ|gia đình)(?! tịch| lý)(?: dân| gia đình| thuê)?|nhà giơ tay",
    ),
    ("labour", r"ngày công|công lao động|công(?=[,.;)]|$| (?:làm|sửa|đào|dọn|nạo) )"),
    (
        "person",
        r"thầy(?:,? cô)?(?: giáo)?|cô giáo"
        r"|người|công dân|đại biểu|cán bộ|công nhân|công chức|đảng viên|hội viên|đồng chí|học sinh"
        r"|cử tri|lao động|nhân viên|em(?= )|dân(?! cư| vận)|phụ huynh|giáo viên|bà con|nhân dân"
        r"|tổ trưởng|nông dân|phụ nữ|bà con|viên chức|chức sắc|già làng|ngư dân|xã viên|thanh niên"
        r"|(?:hòa )?(?!thành|đoàn|công|ủy)\w+ viên(?! chức)|(?:\w+ )?(?!thị|môi|chủ|trung|hiện"
        r"|tăng)\w+ trưởng"
        r"|trưởng (?:thôn|ấp|bản|xóm|khu|khóm|ban|buôn|phòng|đoàn|trạm)"
        r"|chủ (?:tàu|xe|hộ|cơ sở|cửa hàng|trang trại|nhà trọ|tịch)|bí thư|cựu chiến binh|nhà giáo"
        r"|cụ(?! thể)|phật tử|tín đồ|giáo dân|doanh nhân|tiểu thương|sinh viên|trẻ em|nhân khẩu"
        r"|nhân sỹ",
    ),
    ("model", r"mô hình|điển hình|công trình dân vận|việc làm dân vận"),
    ("criterion", r"tiêu chí"),
    ("agreement", r"(?:bản )?(?:thỏa ước|tưlđtt|tư lđtt)"),
    ("convention", r"(?:bản )?(?:hương ước|quy ước)"),
    ("class", r"lớp"),
    ("plot", r"nền(?: nhà| đất)?|(?:lô|suất|thửa)(?: đất)?(?: ở)? tái định cư|lô đất"),
    (
        "house",
        r"(?:căn|ngôi|nhà) ?(?:nhà )?\"?(?:đại đoàn kết|tình nghĩa|tình thương|nhân ái|mái ấm"
        r"|khăn quàng đỏ|đồng đội|tạm|dột nát)|căn nhà|căn(?=[ ]*[,.;)]|$| cho | tặng )"
        r"|ngôi nhà|mái nhà"
        r"|nhà (?:ở )?cho (?:các )?(?:hộ|người|gia đình)",
    ),
    ("record", r"biên bản"),
    (
        "document",
        r"văn bản|dự thảo|nghị quyết|chỉ thị|thông tư|kế hoạch|công văn|hướng dẫn|chương trình"
        r"|quy định|thông báo|quy chế",
    ),
    ("procedure", r"thủ tục(?: hành chính)?|tthc"),
    ("project", r"dự án"),
    (
        "work",
        r"công trình|tuyến|nhà văn hóa|phòng học|trường(?! hợp)|trạm|cây cầu|cầu|hạng mục"
        r"|phần việc|sân vận động",
    ),
    (
        "stop",
        r"(?:phòng|bộ phận|điểm|quầy|trung tâm) \"?(?:một cửa|tiếp nhận|giao dịch một cửa"
        r"|phục vụ hành chính)",
    ),
    (
        "case",
        r"vụ việc|vụ án|vụ(?! mùa| xuân| đông| hè)|việc(?! làm)|trường hợp|điểm nóng"
        r"|(?:mâu thuẫn|tranh chấp|bất hòa)(?:, (?:mâu thuẫn|tranh chấp|bất hòa))*",
    ),
    ("violation", r"khoản (?:thu|chi)(?= (?:chưa|không|sai|vượt))"),
    ("violation", r"(?:hành vi |lỗi )?(?:sai phạm|vi phạm|sai sót)"),
    (
        "matter",
        r"khoản (?:thu|chi)"
        r"|nội dung|vấn đề|chuyên đề|(?:danh|đầu|khoản) mục|danh sách"
        r"|dịch vụ (?:kỹ thuật|y tế|khám)|ý(?= *(?:[,.;)]|$))",
    ),
    (
        "event",
        r"(?:cuộc(?! sống| thi| vận)|buổi(?! (?:sáng|chiều|tối|trưa|đêm|học))"
        r"|hội nghị|đợt|phiên|kỳ|lần(?! đầu| thứ| lượt)|diễn đàn"
        r"|tọa đàm|ngày tiếp|giám sát|đối thoại|phản biện|họp)",
    ),
    (
        "house",
        r"nhà(?! nước| trường| thầu| báo| máy| dân| sinh| tổ| văn| giơ| giáo| khoa| ông| cửa| xưởng"
        r"| hàng| chức| đầu)",
    ),
    (
        "shop",
        r"(?:cửa hàng|cơ sở (?:kinh doanh|sản xuất|dịch vụ|giết mổ|chế biến)|hộ kinh doanh|quầy"
        r"|quán"
        r"|điểm (?:cân|bán|kinh doanh|thu mua|tập kết)|bến bãi|mỏ|cây xăng)",
    ),
    ("point", r"điểm(?! nóng| tiếp| sinh| tập| dân| cầu| bỏ)"),
    ("place", r"(?:nhà tổ|nhà sinh hoạt(?: cộng đồng)?|bảng tin|nơi|điểm|địa điểm|bảng|vị trí)"),
    (
        "unit",
        r"đơn vị|cơ quan|doanh nghiệp|dn|tổ chức|cơ sở|địa phương|huyện|tỉnh|thành phố|phường"
        r"|thị trấn"
        r"|thôn|ấp|bản|khu phố|khóm|buôn|xóm|làng|khu dân cư|tổ dân phố|tdp|chi bộ|đảng bộ"
        r"|khu công nghiệp|khu trọ|kcn|công ty|nhà máy|xí nghiệp|điểm cầu|chợ"
        r"|trường học|sở"
        r"|ngành|hợp tác xã|tổ hợp tác|đảng ủy|cấp ủy|chi ủy|phòng|khoa|ban|chi hội|bệnh viện",
    ),
)

_UNIQUE = [(f"n{index}", kind, source) for index, (kind, source) in enumerate(_NOUNS)]
_BODY = "|".join(f"(?P<{group}>{spaced(source)})" for group, _, source in _UNIQUE)
_CLASSES = {group: kind for group, kind, _ in _UNIQUE}

NOUN = re.compile(
    rf"[ \n]*[\"'(]?(?:(?:các|những|bản|số|cái|chiếc|nghìn|loại|nhóm"
    rf"|đầu) +)?(?:{_BODY})(?!\w)"
)
"""Straight after a number; ``class_of`` tells the class."""

LABEL_NOUN = re.compile(rf"(?<!\w)(?:{_BODY})(?!\w)")
"""Anywhere in a label, to be searched."""

CLASS_OF_UNIT = {
    "VND": "money",
    "m2": "area",
    "m": "length",
    "%": "percent",
    "giờ": "duration",
    "ngày công": "labour",
    "ngày": "day",
}


def class_of(match: re.Match[str]) -> str:
    """The class of the noun that ``NOUN`` or ``LABEL_NOUN`` matched."""
    return _CLASSES[match.lastgroup or ""]
