"""Dialogue, reception and petitions, said in further ways."""

from __future__ import annotations

from ..rule import rule

_NOT_SETTLED = (
    r"vượt (?:quá )?thẩm quyền|chuyển (?:các |cho |đến |tới |lên |về )?(?:cấp|phòng|sở|ngành"
    r"|cơ quan"
    r"|ban|đơn vị|huyện|tỉnh|ubnd|chủ đầu tư)|(?:còn|đang|phải) chờ|chờ (?:trả lời|hướng dẫn"
    r"|giải quyết|cấp)|chưa (?:được |có )?(?:trả lời|giải quyết|giải trình|hồi âm|phúc đáp|kết quả)"
    r"|(?:đang|tiếp tục) (?:được )?(?:nghiên cứu|xem xét|giải quyết|xử lý|theo dõi)|tồn đọng"
    r"|bảo lưu|để lại"
)
_WAGES = r"(?:tiền )?(?:lương|làm thêm|công|bảo hiểm|trợ cấp|phụ cấp|chế độ|phép)"
_WORKERS = r"(?:công nhân|người lao động|lao động|cnlđ|nlđ)"

RULES = (
    # -- dialogues and opinions
    rule(
        "dialogues_held",
        "event",
        before=r"(?:đối thoại|gặp gỡ, đối thoại|tiếp xúc, đối thoại)(?: trực tiếp| định kỳ"
        r"| với (?:nhân dân|người dân|dân|công dân))*(?: được| tổng cộng)?",
        reach=3,
        base=34,
        unless=r"nơi làm việc|người lao động|công nhân|viên chức",
    ),
    rule(
        "conferences_held",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lượt|đợt|lần) (?:tiếp xúc cử tri"
        r"|họp (?:dân|thôn|ấp|bản|xóm|khu|tổ)"
        r"|lấy ý kiến|sinh hoạt (?:cộng đồng|nhân dân))",
        base=34,
        not_after=r"trước|sau|này|nói trên|tới|sắp",
    ),
    rule(
        "conferences_held",
        "event",
        at=r"(?:hội nghị|cuộc họp)(?! \w)",
        before=r"(?:với|qua|thông qua|tại|trong|bằng)(?: tổng số| hơn| gần)?",
        reach=3,
        base=-2,
        unless=r"đối thoại|phản biện|giám sát|người lao động|viên chức",
        not_after=r"trước|sau|này|nói trên|tới|sắp",
    ),
    rule(
        "participants",
        "person",
        before=r"(?:cùng|và|cùng với)(?: toàn thể)?",
        topic="attending",
        reach=2,
        base=-26,
        unless=r"tập huấn|khen|ý kiến|đối thoại với",
    ),
    rule(
        "participants",
        "turn person household",
        after=r"(?:\w+ )?(?:tham gia|tham dự|đến dự|dự|có mặt)(?! ý kiến| đóng góp| giám sát)",
        follows="dialogues_held conferences_held",
        same=True,
        base=44,
        unless=r"tập huấn|lớp|tuyên truyền",
    ),
    rule(
        "communes_covered",
        "commune",
        before=r"(?:đến từ|của|thuộc|ở|tại|đại diện)",
        topic="attending dialogue",
        nearest="dialogue",
        rivals="supervision inspection reception",
        at=r"xã(?:, phường|, thị trấn|, phường, thị trấn)?",
        reach=2,
        base=-8,
        unless=r"đạt|chuẩn|nông thôn mới|kiểm tra|giám sát|lãnh đạo|điểm cầu|cuộc",
        not_before=r"đối thoại ở|cuộc",
    ),
    rule(
        "units_participating",
        "unit commune",
        before=r"(?:lãnh đạo|đại diện|bí thư|chủ tịch)(?: của| các)?",
        topic="attending",
        reach=3,
        base=-4,
        unless=r"đạt|chuẩn|kiểm tra|giám sát|khen",
    ),
    rule(
        "dialogue_duration_hours",
        "duration",
        at=r"(?:giờ|tiếng)?(?: đồng hồ)? ?(?:đối thoại|làm việc|trao đổi|lắng nghe|gặp gỡ)",
        topic="dialogue",
        base=20,
    ),
    rule(
        "dialogue_duration_hours",
        "duration",
        before=r"(?:đối thoại|buổi (?:gặp|làm việc|trao đổi))[^.;\d]{0,24}(?:kéo dài|diễn ra"
        r"|trong)(?: hơn| gần)?",
        reach=4,
        base=40,
    ),
    rule(
        "opinions_received",
        "opinion",
        before=r"(?:tiếp thu|ghi nhận|tổng hợp|lắng nghe|tập hợp)(?: được)?",
        then=r"(?:đã )?(?:được )?(?:giải quyết|trả lời|giải đáp|giải trình)(?: được| xong)? \d+",
        reach=3,
        base=40,
        not_before=r"chưa",
    ),
    rule(
        "opinions_received",
        "opinion none",
        before=r"(?:tổng )?số (?:ý kiến|kiến nghị|câu hỏi|ý kiến, kiến nghị)(?: đã)?"
        r"(?: được)?(?: tiếp nhận| ghi nhận| thu nhận| tham gia| đóng góp| nêu)(?: là| được)?",
        reach=4,
        base=40,
    ),
    rule(
        "opinions_resolved",
        "opinion",
        after=r"(?:đã |đều |cơ bản )*(?:có kết quả|được (?:trả lời|giải đáp|giải quyết"
        r"|giải trình|làm rõ|xử lý|phản hồi)|giải quyết xong|xử lý xong)",
        not_before=r"trong (?:tổng )?số|chưa",
        not_after=r"chưa|sau này",
        base=30,
        unless=r"giám sát, kiến nghị",
    ),
    rule(
        "opinions_pending",
        "opinion",
        after=rf"(?:[^.;,\d]{{0,44}} )?(?:{_NOT_SETTLED})",
        base=52,
        topic="dialogue meeting encounter workplace",
        not_after=r"đã (?:được )?(?:trả lời|giải quyết)",
        unless=r"được gửi",
    ),
    rule(
        "opinions_pending",
        "opinion none",
        before=r"(?:còn(?: lại)?|tồn|chưa (?:giải quyết|trả lời))(?: được| lại| là)?",
        follows="opinions_resolved opinions_received",
        same=True,
        reach=3,
        base=46,
        unless=r"đơn|hồ sơ|vụ việc",
    ),
    rule(
        "conclusions_implemented",
        "case matter conclusion",
        before=r"(?:thống nhất|kết luận|thỏa thuận|cam kết)[^.;\d]{0,60}(?:được thực hiện"
        r"|thực hiện|hoàn thành|thực hiện xong)(?: được| xong)?",
        reach=3,
        base=44,
    ),
    rule(
        "community_matters_decided",
        "matter case",
        before=r"(?:được )?(?:nhân dân |người dân |dân |các hộ )?(?:thông qua|thống nhất|nhất trí"
        r"|biểu quyết thông qua|quyết định)(?: được)?",
        topic="decide",
        reach=3,
        base=48,
        not_before=r"chưa|không",
        unless=r"đối thoại|giám sát|ý kiến",
    ),
    rule(
        "community_matters_decided",
        "matter case",
        before=r"(?:họp )?bàn(?: bạc)?(?:,? (?:và )?(?:biểu quyết|quyết định))?",
        topic="decide",
        reach=2,
        base=14,
        not_after=r"chưa|không",
        unless=r"(?:thông qua|thống nhất|nhất trí|quyết định)(?: được)? \d+ (?:nội dung|việc)",
    ),
    rule(
        "approval_pct",
        "percent",
        after=r"(?:số )?(?:đại biểu|đảng viên|hộ|cử tri|người(?: dự| lao động)?|viên chức"
        r"|cán bộ|nhân dân|hội viên|đoàn viên)[^.;\d]{0,30}(?:biểu quyết|thông qua|tán thành|đồng ý"
        r"|nhất trí|đồng thuận)",
        base=40,
        not_before=r"khi có|phải có|từ|phấn đấu|hài lòng",
    ),
    rule(
        "households_agreeing",
        "household",
        at=r"(?:đại diện )?(?:hộ|gia đình)(?: dân| gia đình)? (?:đã |đều |ký )*(?:tán thành|đồng ý"
        r"|nhất trí|đồng thuận|ủng hộ|biểu quyết|giơ tay|ký tên|ký (?:vào )?biên bản)",
        base=40,
        not_after=r"hiến|khiếu nại",
    ),
    # -- reception and petitions
    rule(
        "mass_groups_received",
        "group",
        before=r"(?:số )?(?:lượt )?đoàn đông người(?: là| có| đến)?",
        reach=3,
        base=44,
    ),
    rule(
        "complaints_received",
        "petition case none",
        before=r"(?:đơn |vụ |số đơn |số vụ )?khiếu nại(?: là| có| gồm|:)?",
        reach=2,
        topic="petition",
        base=30,
        unless=r"không có (?:đơn )?khiếu nại",
        not_before=r"giải quyết|tố cáo",
    ),
    rule(
        "denunciations_received",
        "petition case none",
        before=r"(?:đơn |vụ |số đơn |số vụ )?tố cáo(?: là| có| gồm|:)?",
        reach=2,
        topic="petition",
        base=30,
        not_before=r"giải quyết|khiếu nại(?:,| và| ,)?",
    ),
    rule(
        "cases_total",
        "case",
        before=r"(?:tổng số|tổng cộng|trong số|trong tổng số)",
        then=r"(?:đã )?(?:có|được|giải quyết|xử lý)",
        topic="petition",
        reach=2,
        base=30,
        unless=r"hòa giải|giám sát|vi phạm",
    ),
    rule(
        "cases_resolved",
        "person turn",
        after=r"(?:đã |đều )?được (?:trả lời|giải quyết|giải thích|hướng dẫn)(?: ngay| tại chỗ)+",
        topic="reception",
        follows="citizens_received",
        base=36,
    ),
    rule(
        "reception_sessions_held",
        "day event none",
        before=r"(?:tiếp (?:công )?dân|tiếp)(?: [^.;:,\d]{0,30})?",
        after=r"theo (?:quy định|lịch)|so với (?:quy định|lịch)",
        both=True,
        reach=34,
        base=20,
        topic="reception",
    ),
    rule(
        "reception_sessions_held",
        "none event day",
        before=r"(?:số )?(?:kỳ|buổi|ngày|phiên|lần) tiếp (?:công )?dân(?: định kỳ)?(?: của"
        r" [^.;:\d]{0,40}| thực tế| đã tổ chức)?(?: là)?",
        reach=4,
        base=36,
        not_before=r"quy định|theo lịch",
    ),
    rule(
        "reception_compliance_pct",
        "percent",
        before=r"tiếp (?:công )?dân[^.;\d]{0,30}(?:so với|theo|đúng) (?:quy định"
        r"|lịch)[^.;\d]{0,10}",
        reach=4,
        base=44,
    ),
    rule(
        "rights_restored_vnd",
        "money",
        before=r"(?:trả lại|truy trả|hoàn trả|chi trả|trả đủ|trả bù|bồi hoàn)(?: [^.;\d]{0,30})?",
        after=rf"{_WAGES}[^.;,\d]{{0,30}}(?: cho|(?=[,.;]|$))",
        both=True,
        reach=34,
        base=30,
    ),
    rule(
        "rights_restored_persons",
        "person household individual",
        before=rf"(?:trả lại|truy trả|hoàn trả|chi trả|trả đủ|trả bù)[^.;]{{0,50}}{_WAGES}"
        r"[^.;\d]{0,24}cho",
        reach=4,
        base=60,
    ),
    rule(
        "rights_restored_persons",
        "person household individual",
        at=rf"(?:{_WORKERS}|người|cá nhân|hộ)(?: \w+)? được (?:trả|truy trả|truy lĩnh|hoàn trả"
        rf"|nhận)(?: lại| đủ| bù)* {_WAGES}",
        base=44,
    ),
    rule(
        "rights_restored_persons",
        "household person individual",
        at=r"(?:hộ|gia đình|người|cá nhân)(?: dân| gia đình)? (?:đã )?được (?:giao|trả|cấp"
        r"|công nhận"
        r"|minh oan|khôi phục|phục hồi)(?: lại)(?: quyền lợi| đất)?",
        base=40,
    ),
    rule(
        "rights_restored_land_m2",
        "area",
        before=r"được (?:giao|trả|cấp) lại(?: đất)?|(?:trả|giao"
        r"|cấp) lại(?: đất)? cho[^.;,\d]{0,30}",
        reach=4,
        base=40,
    ),
    rule(
        "contributions_refunded_persons",
        "person household",
        before=r"(?:trả lại|hoàn trả|hoàn lại|thoái trả)[^.;]{0,50}cho",
        topic="collecting",
        reach=4,
        base=62,
        unless=r"lương|làm thêm|đất|bảo hiểm|xử phạt|sai giá",
    ),
)
