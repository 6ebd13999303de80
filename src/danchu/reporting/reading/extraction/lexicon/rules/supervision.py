"""Supervision by the people and the Front, social criticism."""

from __future__ import annotations

from ..rule import EVENT, rule

_RIVALS = (
    "dialogue reception meeting inspection outreach training criticism staff_meeting mediation"
)

RULES = (
    # -- supervision
    rule(
        "supervisions_conducted",
        "event team",
        at=r"(?:cuộc|lượt|đợt|đoàn|buổi|lần|chuyên đề)? ?giám sát",
        base=32,
        not_after=r"đầu tư",
    ),
    rule(
        "supervisions_conducted",
        "event",
        at=EVENT,
        before=r"giám sát(?: [^.;:\d]{0,60})?|tiến hành|thực hiện|ra hiện trường"
        r"|kiểm tra(?: [^.;:\d]{0,30})?"
        r"|đi (?:kiểm tra|thực tế)",
        nearest="supervision",
        rivals=_RIVALS.replace(" inspection", ""),
        base=12,
        not_before=r"đối thoại|họp(?: \w+)*|tiếp (?:công )?dân",
    ),
    rule(
        "supervisions_conducted",
        "turn",
        at=r"lượt",
        before=r"(?:giám sát|kiểm tra)(?: [^.;:,\d]{0,30})?",
        nearest="supervision",
        rivals="reception training outreach",
        reach=40,
        base=16,
    ),
    rule(
        "supervisions_conducted",
        "event none",
        before=r"(?:số )?cuộc giám sát(?: [^.;:\d]{0,30})?",
        reach=34,
        bare=True,
        base=34,
    ),
    rule(
        "supervisions_conducted",
        "event",
        at=EVENT,
        topic="supervision",
        nearest="supervision",
        rivals=_RIVALS,
        base=-6,
        not_after=r"phản biện|đối thoại",
    ),
    rule(
        "projects_supervised",
        "project work none",
        before=r"giám sát(?: đầu tư)?(?: của)?(?: cộng đồng)?(?: được| thường xuyên| thi công"
        r"| việc thi công| chất lượng)?(?: đối với| tại| ở)?",
        topic="supervision",
        reach=10,
        base=32,
        not_before=r"cuộc|ban|lượt|lần|đợt",
        not_after=r"(?:cuộc|lượt|lần)",
    ),
    rule(
        "projects_supervised",
        "project work",
        after=r"(?:đã )?được (?:[^.;,\d]{0,24} )?giám sát",
        base=34,
    ),
    rule(
        "supervision_findings",
        "opinion slip case violation matter none",
        before=r"(?:đã )?(?:kiến nghị|nêu|lập|phát hiện,? kiến nghị|đề xuất|đưa ra|có|số kiến nghị"
        r"|gửi|ra)(?: (?:xử lý|giải quyết|khắc phục|chấn chỉnh|xem xét))?(?: [^.;:,\d]{0,24})?",
        nearest="supervision",
        rivals="dialogue reception meeting staff_meeting mediation petition outreach",
        reach=6,
        base=20,
        not_before=r"(?<!kiến nghị )giải quyết|trả lời|tiếp thu|thu hồi|chưa|còn",
        not_after=r"được (?:xử lý|giải quyết|trả lời|tiếp thu)|thu hồi|ý kiến|câu hỏi",
        unless=r"tiếp (?:công )?dân",
    ),
    rule(
        "supervision_findings_resolved",
        "opinion slip case matter none",
        before=r"(?:đã |được )?(?:xem xét,? )?(?:giải quyết|trả lời|tiếp thu|xử lý|khắc phục"
        r"|chấp thuận)"
        r"(?: [^.;:,\d]{0,30})?",
        nearest="supervision",
        rivals="dialogue reception meeting staff_meeting mediation outreach",
        follows="supervision_findings supervisions_conducted",
        reach=44,
        base=32,
        not_before=r"chưa|còn|(?:kiến nghị|đề nghị) (?:xử lý|giải quyết|khắc phục)",
        not_after=r"đang|chưa|ý kiến|câu hỏi",
    ),
    rule(
        "supervision_findings_resolved",
        "opinion slip case matter none",
        after=r"(?:đã |đều )?(?:đã )?được (?:[^.;,\d]{0,24} )?(?:xử lý|giải quyết|trả lời"
        r"|tiếp thu|khắc phục|thực hiện)",
        nearest="supervision",
        rivals="dialogue reception meeting staff_meeting mediation outreach petition",
        base=32,
    ),
    rule(
        "supervision_findings_resolved",
        "slip",
        after=r"(?:đã |đều )?được (?:xử lý|giải quyết|trả lời|tiếp thu)",
        base=34,
    ),
    rule(
        "supervision_findings_resolved_pct",
        "percent",
        after=r"(?:số )?kiến nghị[^.;\d]{0,40}giám sát[^.;\d]{0,40}(?:tiếp thu|giải quyết|trả lời"
        r"|thực hiện)",
        base=34,
    ),
    rule(
        "community_supervision_boards",
        "board",
        base=30,
        not_before=r"hoạt động của|thành viên",
    ),
    rule(
        "community_supervision_boards",
        "none",
        bare=True,
        before=r"(?:số )?ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư(?: của)? cộng đồng|gsđtcđ)"
        r"(?: (?:là|có|:))?",
        reach=6,
        base=18,
        unless=r"thành viên",
    ),
    rule(
        "community_supervision_boards",
        "unit",
        at=r"ban",
        before=r"ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư(?: của)? cộng đồng|gsđtcđ)",
        reach=4,
        base=10,
    ),
    rule(
        "board_members",
        "member",
        topic="board",
        before=r"(?:có|gồm|với|tổng số)(?: [^.;:\d]{0,20})?",
        reach=30,
        base=28,
        not_before=r"ban chỉ đạo(?: \w+){0,3}? (?:có|gồm|với)",
    ),
    rule("board_members", "member", topic="board", base=10, not_before=r"trong đó|đối thoại"),
    rule(
        "board_members",
        "person",
        at=r"người",
        topic="board",
        before=r"ban(?: \w+){0,8} (?:có|gồm)|^ban có|tổ chức: ban có",
        reach=4,
        base=34,
    ),
    rule(
        "settlement_cut_vnd",
        "money",
        before=r"(?:giảm trừ|cắt giảm|xuất toán)(?:[^.;\d]{0,40})?"
        r"|quyết toán(?: được)? giảm(?: trừ)?"
        r"|giảm (?:giá trị )?quyết toán(?:[^.;\d]{0,20})?",
        reach=44,
        base=38,
    ),
    # -- social criticism
    rule(
        "social_criticism_held",
        "event",
        at=r"(?:cuộc|hội nghị|lượt|buổi|lần)?(?: góp ý,?| tham gia)? ?phản biện",
        base=36,
    ),
    rule(
        "social_criticism_held",
        "event",
        at=EVENT,
        before=r"phản biện(?: xã hội)?(?:[^.;,\d]{0,30})?",
        nearest="criticism",
        rivals="supervision dialogue meeting inspection",
        reach=36,
        base=6,
    ),
    rule(
        "social_criticism_held",
        "document none",
        before=r"phản biện(?: xã hội)?(?:[^.;,\d]{0,30})?",
        nearest="criticism",
        rivals="supervision dialogue meeting inspection",
        not_behind="social_criticism_held",
        reach=6,
        base=26,
    ),
    # -- said otherwise
    rule(
        "supervisions_conducted",
        "event",
        before=r"giám sát(?: chuyên đề| thường xuyên| trực tiếp| độc lập)?(?: được)?",
        reach=4,
        base=30,
        not_before=r"kế hoạch|sẽ",
    ),
    rule(
        "projects_supervised",
        "project work",
        before=r"(?:ban )?(?:gsđtcđ|giám sát đầu tư(?: của)? cộng đồng)(?: \w+){0,3} giám"
        r" sát(?: được)?",
        reach=4,
        base=40,
    ),
    rule(
        "supervision_findings",
        "opinion",
        at=r"(?:kiến nghị|đề xuất)",
        nearest="supervision",
        rivals="dialogue reception meeting staff_meeting mediation petition outreach",
        base=6,
        not_before=r"giải quyết|trả lời|tiếp thu|thu hồi|chưa|còn",
        not_after=r"được (?:xử lý|giải quyết|trả lời|tiếp thu|thực hiện)"
        r"|chưa (?:có |được )+(?:\w+ ){0,2}(?:trả lời|xử lý|giải quyết|tiếp thu)",
        unless=r"tiếp (?:công )?dân|ý kiến|cử tri",
    ),
    rule(
        "board_members",
        "person member",
        at=r"(?:người|thành viên|ủy viên|đồng chí)",
        follows="community_supervision_boards board_members",
        before=r"ban|,|với|gồm|có|\(",
        reach=6,
        base=20,
        not_after=r"xin (?:thôi|nghỉ|rút)|thôi (?:việc|làm)|nghỉ việc|qua đời|chuyển công tác",
    ),
    rule(
        "supervision_findings_resolved_pct",
        "percent",
        before=r"giám sát[^;]{0,60}(?:tiếp thu|giải quyết|trả lời|thực hiện"
        r"|xử lý)[^.;\d]{0,40}(?:đạt|\()",
        reach=6,
        base=24,
        unless=r"thu hồi",
    ),
    rule(
        "settlement_cut_vnd",
        "money",
        before=r"giảm trừ(?: khi| vào)?(?: quyết toán)?[^.;\d]{0,30}"
        r"|loại khỏi quyết toán[^.;\d]{0,12}",
        reach=34,
        base=34,
    ),
    rule(
        "social_criticism_held",
        "document",
        before=r"phản biện(?: xã hội)?(?: đối với| cho| về)?",
        # "58 hội nghị phản biện đối với 61 dự thảo": the meetings were counted
        not_behind="social_criticism_held",
        reach=4,
        base=40,
    ),
    rule(
        "supervision_findings",
        "work project unit",
        before=r"kiến nghị (?:xử lý|giải quyết|khắc phục|chấn chỉnh|xem xét)(?: đối với)?",
        topic="supervision",
        reach=4,
        base=34,
    ),
    rule(
        "supervision_findings_resolved",
        "opinion slip case matter",
        before=r"(?:đã |được )?(?:tiếp thu|khắc phục|giải quyết|trả lời|thực hiện)(?: xong| được)?",
        follows="supervision_findings",
        reach=3,
        base=44,
        not_before=r"chưa|còn|kiến nghị",
    ),
)
