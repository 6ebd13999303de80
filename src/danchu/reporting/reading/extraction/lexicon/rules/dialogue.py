"""Dialogue, meetings, opinions, votes of households."""

from __future__ import annotations

from ..rule import EVENT, rule

_ANSWERED = (
    r"giải quyết|trả lời|giải đáp|tiếp thu|giải trình|xử lý|làm rõ|thống nhất|chấp thuận"
    r"|đồng ý|xem xét, giải quyết|phúc đáp|hồi đáp|phản hồi"
)
_RECEIVED = (
    r"tiếp nhận|ghi nhận|nhận được|nhận|thu được|thu nhận|tổng hợp(?: trước)?(?: được)?|tập hợp"
    r"|có|góp"
    r"|đóng góp|tham gia|gửi(?: đến| tới| về)?|gom lại còn|nêu(?: ra| lên)?|phát biểu|lắng nghe|với"
    r"|phản ánh|đề đạt|trình bày|bày tỏ|ghi(?: được| lại)?|thu(?: về)?|đặt|hỏi|chất vấn|kiến nghị"
)
_ENCOUNTER = r"hội nghị|buổi|cuộc|đối thoại|gặp gỡ|gặp mặt|tọa đàm|diễn đàn"
_HELD = r"tổ chức|mở|duy trì|tiến hành|thực hiện|có|diễn ra|phối hợp tổ chức"
_STAFF = (
    r"(?:cán bộ|cbcc\w*|công chức|viên chức|người lao động|công nhân|nlđ|cnvc\w*|nhà giáo"
    r"|đại biểu người lao động|toàn công ty|nông trường|nhà máy|phân xưởng|tổ(?=[ ,;.]|$))"
)
# "trong 24 việc đưa dân bàn, có 20 việc được quyết định": the whole of what was decided
_PUT_FORWARD = r"trong(?: tổng)?(?: số)? *$"

RULES = (
    # -- dialogues
    rule(
        "dialogues_held",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần|lượt|diễn đàn|phiên|hội nghị gặp gỡ,?|buổi gặp gỡ,?)"
        r"(?: gặp mặt,| tiếp xúc,| gặp gỡ,| tiếp xúc và| gặp gỡ và)? ?đối thoại",
        base=30,
        not_after=r"tại nơi làm việc",
    ),
    rule(
        "dialogues_held",
        "event",
        at=EVENT,
        before=rf"đối thoại(?: [^.;:\d]{{0,60}})?|(?:{_HELD})",
        nearest="dialogue",
        rivals="supervision inspection reception meeting training criticism outreach staff_meeting",
        base=4,
    ),
    rule(
        "dialogues_held",
        "event",
        before=r"(?:số )?(?:cuộc|buổi|hội nghị|lần) đối thoại(?: [^.;:\d]{0,40})?",
        bare=True,
        base=20,
    ),
    rule(
        "dialogue_duration_hours",
        "duration",
        before=r"(?:dành|trong|sau|suốt|kéo dài|diễn ra|qua)(?: vòng)?(?: hơn| gần| khoảng| trên)?",
        topic="encounter",
        reach=14,
        not_after=r"làm việc|trước",
        base=16,
    ),
    rule(
        "conferences_held",
        "event",
        at=r"(?:lượt |cuộc |buổi )?(?:hội nghị|cuộc họp|buổi họp|phiên họp|phiên|kỳ họp|họp"
        r"|cuộc hội nghị)",
        base=12,
        not_after=r"đối thoại|phản biện|tập huấn|tuyên truyền|phổ biến|gặp gỡ|gặp mặt|trước"
        r"|vừa qua",
        not_before=r"dự|tham dự",
        unless=r"nghị quyết hội nghị|hội nghị trung ương",
    ),
    rule(
        "conferences_held",
        "event",
        at=EVENT,
        before=r"họp(?: [^.;:\d]{0,50})?|hội nghị",
        not_after=r"lần \d",
        reach=60,
        base=6,
        unless=r"đối thoại|giám sát|tiếp (?:công )?dân",
    ),
    # -- who took part
    rule(
        "participants",
        "person union_member member turn household individual unit",
        before=r"đối thoại(?: trực tiếp)? với|(?:với )?sự (?:tham (?:gia|dự)|góp mặt|có mặt"
        r"|hiện diện)(?: của)?|thu hút|có mặt|góp mặt|quy tụ"
        r"|(?:tham dự|đến dự|tới dự|dự)(?:[^.;,\d]{0,24})?(?: có| gồm)?|dự họp|triệu tập",
        topic="encounter",
        reach=24,
        base=14,
        not_before=r"vắng",
        not_after=r"ý kiến|khu công nghiệp",
        unless=r"tập huấn|tuyên truyền|lớp|đăng ký",
    ),
    rule(
        "participants",
        "person union_member member turn household individual unit",
        at=r"[^.;,\d]{2,70}?(?:tham dự|dự(?! án| kiến| toán| thảo)"
        r"|tham gia(?! ý kiến| giám sát| giao thông| đóng góp)|có mặt|được triệu tập|đến họp)",
        topic="encounter",
        base=18,
        unless=r"tập huấn|tuyên truyền|lớp|thi đua|bảo hiểm|đào tạo",
    ),
    rule(
        "participants",
        "person",
        before=r"(?:bên|phía|đại diện (?:người|bên|phía))(?: [\w,]+){1,7}",
        topic="dialogue",
        reach=2,
        base=20,
    ),
    rule(
        "participants",
        "person none",
        before=r"có mặt(?: là)?|dự họp(?: là)?|số người (?:dự|tham dự)(?: là)?",
        reach=8,
        base=18,
        unless=r"tập huấn",
    ),
    rule(
        "units_participating",
        "unit union_unit commune",
        before=r"đối thoại với [^.;\d]{0,60}(?:tại|ở|đại diện|của|thuộc)"
        r"|đại diện(?: cho)?(?: của)?|đến từ|đại biểu (?:của|từ)"
        r"|(?:trực tuyến|truyền hình|kết nối)[^.;,\d]{0,24}(?:tới|đến|với)",
        topic="encounter",
        reach=10,
        base=18,
    ),
    rule(
        "units_participating",
        "unit commune union_unit",
        after=r"(?:cùng )?(?:tham dự|tham gia|dự(?! án| kiến| thảo| toán))(?= |,|\.|$)",
        topic="dialogue meeting",
        base=12,
        unless=r"bảo hiểm|tập huấn|hội thi|thi đua|góp",
    ),
    rule(
        "communes_covered",
        "commune",
        before=r"(?:người dân|nhân dân|bà con|triển khai|thực hiện|tổ chức|thí điểm)(?: tại| ở"
        r"| trên| của)?"
        r"|đối thoại với [^.;\d]{0,30}",
        reach=12,
        base=14,
        not_after=r"đạt|còn lại|về đích",
        unless=r"nông thôn mới|tiêu chí",
    ),
    # -- opinions
    rule(
        "opinions_resolved",
        "opinion",
        before=rf"(?<!kiến nghị )(?:{_ANSWERED})(?: [^.;:,\d]{{0,50}})?",
        not_before=r"chưa [^.;,\d]{0,30}|(?:còn|đang) xem xét|không tiếp thu|đề nghị",
        not_after=r"chưa|không (?:được )?tiếp thu|còn|đang|thuộc thẩm quyền|vượt|giao|chuyển|sau"
        r"|tiếp tục",
        base=22,
    ),
    rule(
        "opinions_resolved",
        "opinion",
        after=rf"(?:đã |đều )?(?:đã )?được (?:[^.;,\d]{{0,30}} )?(?:{_ANSWERED})"
        rf"|đã (?:{_ANSWERED})",
        not_before=r"trong (?:tổng )?số",
        base=24,
    ),
    rule(
        "opinions_resolved",
        "none opinion",
        bare=True,
        before=rf"(?:đã )?(?:được )?(?:xem xét, )?(?:{_ANSWERED})(?: [^.;:\d]{{0,40}})?",
        follows="opinions_received opinions_resolved conferences_held dialogues_held",
        not_before=r"chưa [^.;,\d]{0,30}",
        unless=r"đơn thư|vụ việc|hồ sơ|tố cáo",
        base=16,
    ),
    rule(
        "opinions_resolved",
        "none opinion",
        bare=True,
        before=r"số (?:ý kiến|kiến nghị|câu hỏi)[^.;:\d]{0,30}(?:thống nhất|giải quyết|trả lời"
        r"|tiếp thu)"
        r"(?: là)?",
        not_before=r"chưa",
        reach=4,
        base=34,
    ),
    rule(
        "opinions_pending",
        "opinion none",
        before=r"(?:còn(?: lại)?(?: nợ)?|đang(?: nợ)?|chưa(?: \w+){0,4}|tồn(?: đọng)?"
        r"|số (?:ý kiến|kiến nghị|câu hỏi) chưa[^.;:\d]{0,50})",
        follows="opinions_received opinions_resolved",
        reach=40,
        base=20,
        not_after=r"được (?:giải quyết|trả lời)",
        unless=r"đơn thư|vụ việc|hồ sơ",
    ),
    rule(
        "opinions_pending",
        "opinion",
        after=r"(?:còn )?(?:đang nợ|nợ(?= *(?:[.,;]|$))|treo|bỏ ngỏ"
        r"|chưa (?:có |được )?(?:\w+ ){0,4}(?:giải quyết|trả lời|xử lý"
        r"|thống nhất)"
        r"|đang (?:được )?(?:xem xét|giải quyết)|còn tồn)",
        # of what a board had proposed, not of what people said
        not_behind="supervision_findings supervision_findings_resolved"
        " supervision_findings_resolved_pct",
        base=26,
    ),
    rule(
        "opinions_received",
        "opinion",
        before=rf"(?:{_RECEIVED})(?: [^.;:,\d]{{0,40}})?",
        reach=80,
        base=6,
        not_before=r"giám sát[^.;]{0,40}",
        not_after=r"chưa được|không (?:được )?tiếp thu",
    ),
    rule(
        "opinions_received",
        "opinion",
        at=r"(?:lượt |bản )?(?:ý kiến|câu hỏi|kiến nghị|thắc mắc|nguyện vọng)",
        base=-30,
        not_after=r"chưa được|không (?:được )?tiếp thu",
        topic="dialogue meeting",
    ),
    rule(
        "opinions_received",
        "opinion",
        follows="opinions_received dialogues_held conferences_held participants",
        base=18,
        not_after=r"chưa được|không (?:được )?tiếp thu|giao|chuyển|vượt",
    ),
    rule(
        "opinions_received",
        "none",
        bare=True,
        before=r"(?:tổng )?số (?:lượt )?(?:ý kiến|kiến nghị|câu hỏi)(?:[^.;:\d]{0,40})?",
        base=14,
        not_before=r"chưa|giải quyết|trả lời|tiếp thu|thống nhất",
    ),
    rule(
        "opinions_resolved_pct",
        "percent",
        after=r"(?:số )?(?:ý kiến|kiến nghị|câu hỏi)[^.;,\d]{0,50}(?:giải quyết|trả lời|tiếp thu"
        r"|giải đáp)",
        not_after=r"chưa",
        unless=r"giám sát",
        base=24,
    ),
    rule(
        "opinions_resolved_pct",
        "percent",
        before=r"(?:giải quyết|trả lời|tiếp thu|giải đáp)[^.;\d]{0,60}(?:ý kiến|kiến nghị|câu hỏi"
        r"|đề xuất)"
        r"[^.;\d]{0,40}|tỷ lệ (?:giải quyết|trả lời)[^.;\d]{0,20}(?:ý kiến|kiến nghị)[^.;\d]{0,20}",
        unless=r"giám sát|khiếu nại|tố cáo|vụ",
        base=22,
    ),
    rule(
        "opinions_pending_pct",
        "percent",
        after=r"(?:số )?(?:ý kiến|kiến nghị|câu hỏi)[^.;,\d]{0,30}chưa[^.;,\d]{0,30}",
        base=28,
    ),
    rule("hotline_calls", "hotline_call", topic="hotline", base=30),
    rule("hotline_messages", "hotline_message", topic="hotline", base=30),
    rule(
        "conclusions_implemented",
        "conclusion",
        after=r"(?:đã |được )?(?:làm xong|thực hiện(?: xong)?|hoàn thành|triển khai"
        r"|giải quyết xong)",
        unless=r"thanh tra",
        base=24,
    ),
    rule(
        "conclusions_implemented",
        "conclusion",
        before=r"(?:đã )?(?:thực hiện|hoàn thành|làm xong|triển khai|hoàn tất)(?: xong)?(?: được)?",
        reach=20,
        unless=r"thanh tra",
        base=22,
    ),
    # -- what people decide
    rule(
        "community_matters_decided",
        "matter case opinion",
        at=r"(?:nội dung|việc|vấn đề|vụ việc|công việc)",
        before=r"bàn(?: bạc)?(?:,| và) ?(?:biểu )?quyết(?: định)?(?: trực tiếp)?(?: được)?"
        r"|đưa ra(?: cho)?(?: nhân| người)? ?dân bàn(?: bạc)?(?:,? (?:và )?quyết định)?"
        r"|(?:nhân |người )?dân (?:được )?(?:tham gia )?(?:bàn"
        r"|quyết định)(?: bạc)?(?:,? (?:và )?quyết định)?"
        r"|quyết định trực tiếp|cộng đồng(?: dân cư)? (?:bàn, |bàn và )?quyết định"
        r"|(?:được )?(?:bàn|dân bàn)[^.;\d]{0,14}(?:biểu quyết|quyết định|thống nhất)",
        not_before=_PUT_FORWARD,
        reach=30,
        base=22,
        not_after=r"chưa|không",
        unless=r"(?:thông qua|thống nhất|nhất trí|tán thành)(?: được)? \d+ (?:nội dung|việc)",
    ),
    rule(
        "community_matters_decided",
        "matter case",
        at=r"(?:nội dung|việc|vấn đề|công việc)",
        after=r"(?:được )?(?:đưa ra|đưa|nhân dân|người dân|bà con|cộng đồng|dân)[^.;\d]{0,50}(?:bàn"
        r"|biểu quyết|quyết định)",
        not_before=_PUT_FORWARD,
        base=24,
    ),
    rule(
        "households_agreeing",
        "household person form none",
        after=r"(?<!không )(?<!chưa )(?:đã |đều )?(?<!không )(?<!chưa )(?:đồng ý|tán thành|nhất trí"
        r"|đồng thuận|đồng tình)",
        unless=r"đại biểu|trên tổng số đại biểu",
        base=24,
        not_before=r"phải có|cần(?: có)?|từ",
    ),
    rule(
        "households_agreeing",
        "household person form none",
        before=r"(?:số )?(?:phiếu|hộ|hộ dân|đại diện hộ|gia đình)? ?(?:đồng ý|tán thành|nhất trí"
        r"|đồng thuận)"
        r"(?:[^.;\d]{0,40})?",
        ratio=True,
        base=18,
    ),
    rule(
        "households_agreeing",
        "household none",
        follows="approval_pct",
        ratio=True,
        base=22,
    ),
    rule(
        "approval_pct",
        "percent",
        after=r"[^.;,\d]{0,40}(?:tán thành|đồng thuận|đồng ý|nhất trí|đồng tình|ủng hộ)",
        base=24,
        not_after=r"dự họp",
    ),
    rule(
        "approval_pct",
        "percent",
        before=r"(?:tỷ lệ )?(?:hộ |người dân |nhân dân )?(?:tán thành|đồng thuận|đồng ý|nhất trí"
        r"|đồng tình)"
        r"(?:[^.;\d]{0,40})?",
        reach=60,
        base=22,
    ),
    rule(
        "meeting_attendance_pct",
        "percent",
        after=r"(?:số )?(?:hộ|hộ dân|người|đại biểu|cử tri)[^.;,\d]{0,30}(?:dự họp|tham dự"
        r"|đến họp|dự)",
        base=26,
    ),
    rule(
        "meeting_attendance_pct",
        "percent",
        before=r"(?:tỷ lệ )?(?:dự họp|tham dự họp|hộ dự|đi họp)(?:[^.;\d]{0,25})?",
        base=22,
    ),
)
