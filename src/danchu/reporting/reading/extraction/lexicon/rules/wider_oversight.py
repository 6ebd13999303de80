"""Inspection and supervision, said in further ways."""

from __future__ import annotations

from ..rule import EVENT, rule

_BOARD = (
    r"(?:ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư(?: của)?(?: cộng đồng)?|gsđtcđ"
    r"|giám sát(?: cộng đồng)?)|tổ giám sát|mặt trận|mttq|hđnd|hội đồng nhân dân)"
)
_PUNISHED = (
    r"bị (?:\w+ ){0,2}?(?:kiểm điểm|phê bình|kỷ luật|khiển trách|cảnh cáo|nhắc nhở|cách chức"
    r"|hạ bậc lương|xử lý)"
)

RULES = (
    # -- inspection
    rule(
        "units_inspected",
        "shop unit",
        before=r"(?:kiểm tra|thanh tra|hậu kiểm|phúc tra)(?: được| đột xuất| liên ngành| tại| ở"
        r"| trực tiếp| thực tế| việc thực hiện tại)*",
        reach=4,
        base=30,
        not_before=r"cuộc|kế hoạch|sẽ|tự",
        not_after=r"còn lại|sẽ|chưa",
    ),
    rule(
        "units_inspected",
        "unit commune shop",
        before=r"(?:cuộc|đợt|lượt|đoàn)(?: kiểm tra| thanh tra)?(?: [^.;,\d]{0,20})? (?:tại|ở"
        r"|đối với)",
        topic="inspection",
        nearest="inspection",
        rivals="dialogue reception training outreach",
        reach=3,
        base=12,
        not_after=r"còn lại|sẽ|chưa",
    ),
    rule(
        "funds_recovered_vnd",
        "money",
        before=r"truy (?:nộp|đóng|thu)(?: [^.;,\d]{0,40})?",
        reach=44,
        base=34,
        not_before=r"kiến nghị|đề nghị",
    ),
    rule(
        "land_recovery_proposed_m2",
        "area",
        before=r"thu hồi(?: về| lại)?",
        follows="recovery_proposed_vnd",
        same=True,
        reach=4,
        base=50,
        not_before=r"đã",
        unless=r"đã thu|đạt",
    ),
    rule(
        "individuals_disciplined",
        "person individual",
        after=rf"(?:[^.;,\d]{{0,34}} )?{_PUNISHED}",
        base=36,
        unless=r"đề nghị|kiến nghị xử lý",
    ),
    rule(
        "collectives_disciplined",
        "collective unit",
        after=rf"(?:[^.;,\d]{{0,24}} )?{_PUNISHED}",
        base=30,
        unless=r"đề nghị|kiến nghị xử lý",
    ),
    rule(
        "asset_declaration_units",
        "unit",
        before=r"kê khai[^.;\d]{0,60}(?:tại|ở|có|của)",
        reach=3,
        base=56,
    ),
    rule(
        "asset_declaration_units",
        "unit",
        after=r"[^.;,\d]{0,40}kê khai[^.;,\d]{0,20}tài sản",
        base=40,
    ),
    # -- supervision
    rule(
        "supervisions_conducted",
        "case",
        before=r"giám sát(?: được| thường xuyên)?",
        topic="board",
        reach=3,
        base=20,
        not_before=r"qua|kiến nghị",
    ),
    rule(
        "supervisions_conducted",
        "event",
        before=rf"{_BOARD}[^.;\d]{{0,60}}giám sát(?: được| thường xuyên| độc lập)?",
        reach=3,
        base=40,
        not_before=r"kế hoạch|sẽ",
        not_after=r"phản biện",
    ),
    rule(
        "projects_supervised",
        "project work",
        before=r"(?:theo dõi|giám sát|kiểm tra|bám sát)(?: cả| được| toàn bộ| thi công)*",
        topic="board",
        reach=3,
        base=26,
        not_before=r"cuộc|lượt",
        unless=r"thanh tra tỉnh|đoàn kiểm tra",
    ),
    rule(
        "settlement_cut_vnd",
        "money",
        before=r"(?:quyết toán[^.;\d]{0,20}(?:cắt|giảm|trừ|loại)|cắt giảm|cắt|giảm trừ|xuất toán"
        r"|loại khỏi quyết toán)(?: [^.;\d]{0,16})?",
        topic="supervision board inspection",
        reach=18,
        base=30,
        unless=r"thủ tục|chi phí|thời gian",
    ),
    rule(
        "supervision_findings",
        "work case matter opinion",
        before=r"(?:đề nghị|kiến nghị|yêu cầu) (?:nhà thầu |chủ đầu tư "
        r"|đơn vị thi công )?(?:làm lại"
        r"|sửa|sửa chữa|khắc phục|chấn chỉnh|bổ sung|xử lý)",
        topic="supervision board",
        reach=3,
        base=36,
    ),
    rule(
        "supervision_findings_resolved",
        "opinion case matter slip",
        after=r"(?:đã |đều )*được (?:thực hiện|tiếp thu|khắc phục|giải quyết|trả lời|xử lý)",
        before=r"(?:và |, )?(?:cả|tất cả|toàn bộ)",
        both=True,
        follows="supervision_findings",
        reach=2,
        base=40,
    ),
    rule(
        "community_supervision_boards",
        "commune unit",
        after=r"(?:[^.;,\d]{0,24} )?(?:thành lập|có|kiện toàn|củng cố|duy trì|bầu)[^.;,\d]{0,14}"
        r"ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư|gsđtcđ)",
        base=44,
    ),
    rule(
        "board_members",
        "person member",
        at=r"(?:người|thành viên|ủy viên|đồng chí)",
        before=r"ban (?:ttnd|thanh tra nhân dân|gsđtcđ|giám sát đầu tư(?: của)?(?: cộng đồng)?)"
        r"(?: (?:xã|phường|công ty|trường|bệnh viện|cơ quan))?(?: có| gồm| với|:)?",
        reach=2,
        base=34,
    ),
    rule(
        "social_criticism_held",
        "event",
        at=EVENT,
        before=r"(?:tổ chức|mở|chủ trì|tham gia)(?: được)?(?: [^.;\d]{0,20})?phản biện"
        r"(?: xã hội)?(?: được)?",
        reach=3,
        base=34,
    ),
)
