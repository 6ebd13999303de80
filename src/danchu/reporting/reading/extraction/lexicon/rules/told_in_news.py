"""Wordings of news and short reports that say the usual figures in other official words."""

from __future__ import annotations

from ..rule import rule

_VILLAGES = r"(?:thôn|bản|ấp|xóm|làng|buôn|bon|khóm|khu phố|tổ dân phố|tdp)"
_THE_BOARD = r"ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư(?: của)? cộng đồng|gsđtcđ)"
_WRONGLY = r"(?:nhầm|sai|thừa|trùng|vượt|quá)"
_BACK = r"(?:trả lại|hoàn trả|hoàn lại)"
_PAVED = r"(?:đổ bê tông|bê tông hóa|cứng hóa|nhựa hóa|trải nhựa|thảm nhựa|hoàn thành|làm xong)"

RULES = (
    # -- meetings and opinions
    rule(
        "meeting_attendance_pct",
        "percent",
        before=r"(?:tỷ lệ |số )?(?:hộ|đại diện hộ|hộ dân|cử tri)(?: dân)? (?:đến|đi|dự|tham dự"
        r"|tham gia|về) (?:họp|dự họp|dự)[^.;,\d]{0,16}(?:đạt|chiếm|bằng)",
        reach=4,
        base=34,
    ),
    rule(
        "meeting_attendance_pct",
        "percent",
        at=r"(?:tổng )?số (?:hộ|người|đại biểu|đại diện)(?: \w+){0,2} được (?:mời|triệu tập)",
        base=40,
    ),
    rule(
        "participants",
        "household",
        at=r"hộ(?: dân| gia đình)? (?:đã )?cử (?:người|đại diện|thành viên) (?:đến|tới|dự|tham dự"
        r"|đi (?:dự|họp))",
        topic="encounter",
        base=34,
    ),
    rule(
        "units_participating",
        "unit",
        at=r"[^.;\d]{2,60}? (?:cũng|cùng) (?:có mặt|đến dự|về dự|tham dự|dự(?= *(?:[.,;]|$)))",
        topic="encounter",
        base=34,
        unless=r"tập huấn|hội thi",
    ),
    rule(
        "opinions_resolved",
        "opinion",
        at=r"(?:ý kiến|kiến nghị|câu hỏi) (?:đã |đều )*có (?:câu trả lời|trả lời|văn bản trả lời"
        r"|lời đáp|hồi đáp)",
        follows="opinions_received opinions_resolved",
        base=20,
    ),
    rule(
        "dialogues_held",
        "event",
        at=r"(?:lần|cuộc|buổi) đối thoại(?: trực tiếp| định kỳ)? với (?:người học|học viên"
        r"|người bệnh|bệnh nhân|người nhà|hộ nghèo|xã viên|giáo dân)",
        base=70,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=r"(?:lần|cuộc|buổi) đối thoại(?: trực tiếp| định kỳ)? với (?:viên chức|người lao động"
        r"|công nhân|giáo viên|giảng viên|nhân viên|cán bộ, (?:công|viên) chức)",
        base=64,
    ),
    rule(
        "communes_covered",
        "commune",
        before=r"(?:diễn đàn|mô hình|hội nghị|chương trình|phong trào|đợt)[^.;\d]{0,50}"
        r"(?:mở|diễn ra|triển khai|tổ chức|có mặt|lập)(?: được)? (?:ở|tại)",
        reach=3,
        base=34,
    ),
    # -- receptions, dossiers, money paid back
    rule(
        "reception_sessions_required",
        "event day none",
        before=r"phải (?:trực tiếp )?tiếp (?:công )?dân(?: định kỳ| thường kỳ)?(?: đủ| là)?",
        reach=4,
        base=60,
        not_after=r"/ ?(?:tháng|tuần|quý|năm)|mỗi (?:tháng|tuần|quý)",
    ),
    rule(
        "apology_letters",
        "case dossier none person",
        before=r"(?:gửi|làm|có|ban hành)(?: đủ| đầy đủ)? (?:thư|văn bản) xin lỗi"
        r" (?:cho|tới|đến|đối với)(?: cả| tất cả| toàn bộ| đủ)*",
        reach=3,
        base=84,
        not_before=r"chưa|không",
    ),
    rule(
        "contributions_refunded_persons",
        "person household",
        at=rf"(?:người|hộ|gia đình)(?: dân)? (?:đã |trót )?(?:nộp|đóng|góp)(?: \w+)? {_WRONGLY}",
        before=_BACK,
        reach=6,
        base=40,
    ),
    rule(
        "contributions_refunded_persons",
        "person household",
        before=rf"(?:thu|nộp|đóng|góp)(?: \w+)? {_WRONGLY}(?!\w)[^.;]{{0,80}}{_BACK}(?: tiền)?"
        r"(?: cho| lại cho)?",
        topic="contribution road",
        reach=4,
        base=40,
        unless=r"khiếu nại|bệnh viện|viện phí",
    ),
    # -- boards, supervision, violations
    rule(
        "community_supervision_boards",
        "commune unit",
        at=r"(?:xã|phường|thị trấn|đơn vị|cơ quan|địa phương)[^.;\d]{0,40} (?:đều |đã )+(?:có"
        r"|thành lập|lập|kiện toàn)",
        before=_THE_BOARD,
        reach=4,
        base=40,
    ),
    rule(
        "projects_supervised",
        "project work",
        before=r"theo dõi(?: trọn vẹn| toàn bộ| trọn| đủ| cả| suốt)+",
        topic="board",
        reach=3,
        base=44,
    ),
    rule(
        "violations_amount_vnd",
        "money",
        before=r"(?:sai phạm|vi phạm)(?:,? với| về)?(?: tổng)?(?: số)? (?:số tiền|tiền|kinh tế)",
        not_before=r"xử phạt|thu hồi|phạt",
        reach=4,
        base=60,
    ),
    rule(
        "violations_land_m2",
        "area",
        at=r"đất(?: công| công ích| rừng| bãi)?(?: đã)? bị (?:cho thuê|giao|sử dụng|cấp|bán|chuyển"
        r" nhượng)[^.;,\d]{0,30}(?:không qua|không đúng|sai|trái)",
        not_before=r"thu hồi[^;]*",
        base=30,
    ),
    # -- the rules themselves and what is published
    rule(
        "units_implementing",
        "unit commune",
        at=r"(?:đơn vị|cơ quan|xã|phường|thị trấn|địa phương)[^.;,\d]{0,24}? (?:đã |đều )*(?:sửa"
        r"|xây dựng|soạn|làm|ban hành) (?:xong|lại) (?:bản )?quy chế",
        base=32,
        not_before=r"chưa|còn",
    ),
    rule(
        "village_conventions",
        "unit convention",
        at=rf"{_VILLAGES}[^.;\d]{{0,40}}? (?:đang |đã |đều )+(?:thực hiện|có|sửa"
        r"|xây dựng|ban hành)",
        before=r"(?:hương ước|quy ước)(?: của)?",
        reach=4,
        base=20,
    ),
    rule(
        "village_conventions",
        "unit convention",
        at=r"bản (?:vừa |mới |được |đã )*(?:sửa đổi|sửa|bổ sung|ban hành|xây dựng|công nhận"
        r"|phê duyệt)",
        follows="village_conventions",
        same=True,
        base=40,
    ),
    rule(
        "public_postings",
        "case matter",
        at=r"(?:đầu )?(?:việc|mục|dịch vụ)",
        before=r"(?:niêm yết|công khai)(?: giá| đủ| được)?",
        reach=3,
        base=20,
        not_before=r"chưa|không",
    ),
    # -- building and giving
    rule(
        "land_donated_value_vnd",
        "money",
        before=r"(?:quy (?:ra|thành|đổi(?: ra| thành)?)(?: thành)?|tính (?:ra|thành)) tiền",
        follows="land_donated_m2",
        same=True,
        reach=8,
        base=60,
    ),
    rule(
        "land_donating_households",
        "household",
        at=r"hộ(?: dân| gia đình)? (?:đã |tự |tự nguyện )+(?:dời|lùi|dỡ|phá|tháo|chặt|di dời)"
        r"[^.;\d]{0,40}(?:,| và) (?:tự nguyện )?hiến",
        base=40,
    ),
    rule(
        "works_completed",
        "work",
        at=r"tuyến(?: đường)?[^.;,\d]{0,30}(?:chiều )?dài",
        then=rf"(?:đã |được )+{_PAVED}",
        base=20,
        not_before=r"khởi công|giám sát|theo dõi|đang|sẽ",
    ),
    rule(
        "enterprises_contributing",
        "unit",
        at=r"(?:doanh nghiệp|dn|công ty)(?! nhà nước)[^.;,\d]{0,30} (?:ủng hộ|tài trợ|đóng góp|góp)"
        r"(?= *(?:[.,;]|$|thêm|tiền|kinh phí|số còn|để|làm|xây|cho (?:làng|thôn|xã)))",
        topic="contribution road rural",
        base=30,
        unless=r"hội nghị|đối thoại|bảo hiểm",
    ),
    rule(
        "houses_supported",
        "house",
        before=r"(?:vận động|giúp|dựng|làm|trao)(?: giúp| hỗ trợ)?(?: được)?",
        at=r"(?:căn |ngôi )?nhà[^.;,\d]{0,16} cho (?:các )?(?:hộ|gia đình|người)",
        reach=3,
        base=20,
    ),
    rule(
        "party_candidates_introduced",
        "union_member person",
        at=r"(?:đoàn viên|công nhân|người)[^.;,\d]{0,20} được (?:\w+ ){0,2}giới thiệu[^.;,\d]{0,14}"
        r"(?:đảng|chi bộ)",
        topic="union",
        base=40,
    ),
)
