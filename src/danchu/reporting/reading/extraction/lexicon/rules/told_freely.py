"""Wordings of running text that officials use beside the usual ones."""

from __future__ import annotations

from ..rule import EVENT, rule
from .contributions import PEOPLE

_WITH_PEOPLE = (
    r"(?:các )?(?:nhân dân|người dân|bà con|nông dân|hội viên|thanh niên|đoàn viên thanh niên"
    r"|phụ nữ|cựu chiến binh|doanh nghiệp|hợp tác xã|học sinh|sinh viên|phụ huynh|cử tri|già làng"
    r"|tiểu thương|hộ (?:dân|kinh doanh|gia đình)|chức sắc|người cao tuổi)"
)

RULES = (
    # -- dialogue
    rule(
        "dialogues_held",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần)(?: \w+){0,2}? ?đối thoại",
        before=r"(?:ở )?cấp (?:xã|huyện|tỉnh|cơ sở)(?: có| tổ chức| đã tổ chức)*",
        reach=3,
        base=60,
        unless=r"người lao động|nơi làm việc|viên chức|công nhân",
    ),
    rule(
        "opinions_pending",
        "opinion",
        after=r"[^.;,\d]{0,40}chuyển (?:sang|tiếp sang) (?:năm|kỳ|quý|tháng)(?: học)? (?:sau|tới)",
        base=60,
    ),
    rule(
        "opinions_received",
        "opinion",
        after=r"(?:được )?(?:gửi|chuyển) (?:lên|đến|tới|về)",
        base=34,
        not_after=r"giải quyết|trả lời",
    ),
    rule(
        "participants",
        "person household",
        ratio=True,
        at=r"(?:người|đại biểu|viên chức|cán bộ|đại diện hộ|hộ)(?: \w+){0,2} (?:dự|tham dự|có mặt)",
        topic="meeting staff_meeting",
        base=40,
    ),
    rule(
        "dialogues_held",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần)(?: \w+){0,3}? ?đối thoại(?=(?: trực tiếp| định kỳ)?"
        rf" (?:với|giữa [^.;,\d]{{0,50}} với) {_WITH_PEOPLE})",
        base=64,
        not_after=r"trong (?:cơ quan|đơn vị|doanh nghiệp)",
    ),
    rule(
        "dialogues_held",
        "event",
        at=EVENT,
        before=rf"đối thoại (?:trực tiếp |định kỳ )?với {_WITH_PEOPLE}[^.;:\d]{{0,24}}",
        reach=26,
        base=50,
        unless=r"người lao động|viên chức|công nhân",
    ),
    rule(
        "dialogues_held",
        "event",
        at=rf"(?:cuộc|buổi|lần) (?:trực tiếp )?với {_WITH_PEOPLE}",
        follows="workplace_dialogues dialogues_held",
        same=True,
        base=50,
    ),
    rule(
        "opinions_resolved",
        "opinion",
        after=r"(?:đã |đều |cơ bản )*(?:được (?:[^.;,\d]{0,24} )?(?:giải quyết|trả lời|sửa"
        r"|khắc phục"
        r"|tiếp thu)|có (?:văn bản )?trả lời)",
        before=r"trong (?:số (?:đó|này)|đó)(?: có)?",
        both=True,
        reach=3,
        base=60,
        not_after=r"chưa",
        unless=r"giám sát|thanh tra",
    ),
    rule(
        "opinions_resolved",
        "opinion",
        after=r"(?:đã |đều )?có (?:văn bản |kết quả )?(?:trả lời|giải quyết|phúc đáp)",
        base=64,
        not_after=r"chưa",
    ),
    rule(
        "opinions_resolved",
        "none",
        bare=True,
        before=r"(?:đã )?(?:xử lý|giải quyết|trả lời) xong",
        follows="opinions_received",
        same=True,
        reach=3,
        base=44,
        unless=r"đơn thư|hồ sơ",
    ),
    rule(
        "opinions_received",
        "opinion",
        after=r"(?:tham gia|đóng góp|phát biểu|góp ý)(?! được)",
        before=r"có|với",
        both=True,
        reach=3,
        base=30,
        not_after=r"đã được",
    ),
    rule(
        "opinions_received",
        "turn",
        at=r"lượt (?:người|đại biểu|ý kiến|cử tri|bà con) (?:\w+ ){0,2}(?:phát biểu|nêu ý kiến"
        r"|đặt câu hỏi|chất vấn)",
        base=30,
    ),
    rule(
        "community_matters_decided",
        "matter case",
        after=r"(?:được |đã )*(?:đem|đưa) ra (?:\w+ )?bàn(?:,| và|$)",
        not_before=r"trong(?: tổng)?(?: số)? *$",
        base=36,
        not_after=r"chưa",
    ),
    rule(
        "community_matters_decided",
        "matter case",
        before=r"bàn,? (?:biểu )?quyết",
        reach=3,
        base=40,
    ),
    rule(
        "meeting_attendance_pct",
        "percent",
        before=r"(?:có mặt|dự họp|tham dự|về dự|đến dự)(?: là| có)? \d[^.;,]{0,30}\(",
        reach=2,
        base=30,
        unless=r"hài lòng|tán thành",
    ),
    rule(
        "approval_pct",
        "percent",
        before=r"(?:được )?(?:thông qua|biểu quyết)[^.;,\d]{0,12}(?:với tỷ lệ|tỷ lệ|đạt)"
        r"(?: tán thành| biểu quyết)?",
        reach=4,
        base=36,
    ),
    rule(
        "households_agreeing",
        "household",
        ratio=True,
        after=r"(?:đã |đều )?(?:thuận|ưng thuận|chấp thuận|ký đồng thuận|bỏ phiếu thuận)",
        base=40,
    ),
    # -- works and gifts
    rule(
        "contributions_vnd",
        "money",
        after=rf"(?:là )?(?:do|của) (?:các )?{PEOPLE} (?:trong thôn |toàn thôn )?"
        r"(?:đóng góp|góp|đối ứng|tự nguyện)",
        base=60,
        unless=r"mỗi (?:hộ|khẩu)",
    ),
    rule(
        "contributions_vnd",
        "money",
        before=rf"vận động(?: {PEOPLE})?(?: đóng góp)? được",
        topic="contribution",
        reach=3,
        base=14,
        unless=r"người nghèo|quà|thiện nguyện|doanh nghiệp|tổng (?:vốn|nguồn lực|kinh phí)",
    ),
    rule(
        "contributions_vnd",
        "money",
        before=rf"{PEOPLE} (?:toàn|các|trong|trên địa bàn|cả) ?(?:\w+ ){{0,3}}(?:đã )?(?:góp"
        r"|đóng góp|ủng hộ)(?: được)?",
        reach=3,
        base=60,
        unless=r"người nghèo|quà",
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"(?:công trình|tuyến đường|con đường|dự án)[^.;,\d]{0,30}(?:có vốn|vốn đầu tư"
        r"|trị giá)",
        then=rf"trong đó[^.;\d]{{0,40}}(?:{PEOPLE}|ngân sách|nhà nước)",
        reach=4,
        base=40,
    ),
    rule(
        "land_donating_households",
        "household",
        after=r"(?:tự nguyện |đã |cùng )*(?:(?:dỡ|phá|lùi|tháo)[^.;\d]{0,30},? )?hiến",
        base=38,
    ),
    rule(
        "survey_forms",
        "person turn",
        at=r"(?:người|lượt|lượt người)(?: dân)? (?:chấm điểm|đánh giá|trả lời phiếu)",
        topic="satisfaction survey",
        base=30,
    ),
    rule(
        "opinions_resolved",
        "matter",
        at=r"ý",
        before=r"(?:giải trình|trả lời|tiếp thu|giải quyết)",
        follows="opinions_received",
        same=True,
        reach=3,
        base=30,
    ),
    # -- papers, offices, staff
    rule(
        "public_postings",
        "none",
        at=r"(?:danh mục|đầu mục|đầu việc|loại văn bản|quy định|biểu mẫu)",
        before=r"(?:niêm yết|công khai|dán)(?: [^.;:,\d]{0,30})?",
        reach=12,
        base=30,
        not_before=r"chưa|không",
    ),
    rule(
        "steering_committees",
        "unit commune",
        before=r"(?:kiện toàn|thành lập|củng cố)(?: \w+){0,2} ban chỉ đạo (?:ở|tại|của)",
        reach=3,
        base=50,
    ),
    rule(
        "workplace_conferences_held",
        "event",
        at=r"hội nghị (?:cấp |ở )?(?:tổ|phân xưởng|đội|bộ phận|phòng|khoa|nông trường|xí nghiệp"
        r"|nhà máy|công ty|cơ sở)(?! dân)",
        topic="workplace",
        follows="workplace_conferences_held",
        base=40,
    ),
    rule(
        "union_members",
        "union_member",
        topic="union workplace",
        before=r"(?:lao động|người|biên chế|có)[^.;:\d]{0,20}|,",
        reach=3,
        base=14,
        not_after=r"mới|ưu tú|thanh niên|tham gia|dự",
        not_before=r"kết nạp|phát triển|giới thiệu",
    ),
    rule(
        "dossiers_overdue",
        "dossier case",
        after=r"\((?:tất cả |cả \d+ )?(?:đều |đã )*(?:có |gửi )?thư xin lỗi",
        before=r"quá hạn|trễ hạn|trễ hẹn|chậm",
        both=True,
        reach=6,
        base=80,
    ),
    rule(
        "dossiers_overdue",
        "dossier",
        before=r"chậm(?: hạn| hẹn| ngày)?",
        topic="admin",
        follows="dossiers_on_time dossiers_early dossiers_resolved",
        reach=3,
        base=60,
        not_before=r"không",
    ),
    rule(
        "conferences_held",
        "event",
        at=EVENT,
        before=r"(?:thôn|tổ dân phố|ấp|bản|xóm|khu phố|khu dân cư) (?:đã )?họp(?: được)?",
        reach=3,
        base=34,
        not_before=r"biên bản",
        unless=r"ít nhất|đối thoại",
    ),
)
