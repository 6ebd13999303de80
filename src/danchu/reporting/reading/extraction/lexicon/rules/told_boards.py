"""Wordings of running text on the two boards of the people, beside the usual ones."""

from __future__ import annotations

from ..rule import rule

RULES = (
    rule(
        "supervisions_conducted",
        "turn event",
        at=r"(?:lượt|lần|buổi|cuộc) (?:đi )?(?:kiểm tra|đo đạc|xem xét|có mặt)"
        r"(?: thực tế| tại)? (?:hiện trường|công trường|công trình)",
        topic="board",
        base=40,
    ),
    rule(
        "supervisions_conducted",
        "turn event none",
        at=r"(?:lượt|lần|buổi|cuộc)(?! họp)",
        before=r"ra (?:công trường|hiện trường|công trình)[^.;\d]{0,20}",
        topic="board supervision",
        reach=24,
        base=20,
    ),
    rule(
        "supervisions_conducted",
        "event",
        at=r"(?:cuộc|lượt|đợt)(?= *(?:[,.;(]|tại|về|và ban|$))",
        before=r"ban (?:thanh tra nhân dân|ttnd|giám sát đầu tư(?: của)? cộng đồng|gsđtcđ)"
        r"[^.;\d]{0,40}",
        reach=44,
        base=20,
        unless=r"họp \d|đối thoại|tập huấn",
    ),
    rule(
        "supervisions_conducted",
        "event",
        at=r"cuộc giám sát",
        before=r"(?:làm|hoàn thành|kết thúc)(?: xong)?",
        reach=3,
        base=80,
    ),
    rule(
        "projects_supervised",
        "project work",
        before=r"(?:cuộc|lượt|lần|buổi)(?: giám sát)? (?:tại|ở|đối với|trên)",
        follows="supervisions_conducted",
        same=True,
        reach=3,
        base=40,
    ),
    rule(
        "supervision_findings_resolved",
        "none opinion case matter slip",
        before=r"(?:đã |được )*xem xét(?:,? (?:giải quyết|xử lý))?",
        follows="supervision_findings",
        same=True,
        reach=3,
        base=46,
        not_before=r"chưa|đang|còn",
        not_after=r"chưa",
    ),
    rule(
        "supervision_findings_resolved",
        "opinion case matter",
        after=r"(?:đã |đều )*được (?:[^.;,\d]{0,24} )?(?:sửa|khắc phục|làm lại|tiếp thu|xử lý)",
        follows="supervision_findings",
        base=44,
        unless=r"\d+ (?:nội dung|việc|kiến nghị|vụ việc), (?:tất cả|cả|đều)",
    ),
    rule(
        "supervision_findings_resolved",
        "case matter opinion",
        before=r"(?:đã |được )+(?:chấp nhận|đồng ý|chấp thuận)",
        follows="supervision_findings",
        same=True,
        reach=3,
        base=50,
    ),
    rule(
        "supervision_findings",
        "opinion",
        before=r"(?:sau|qua) giám sát,? (?:đã )?(?:có|nêu|ra|gửi|lập)",
        reach=3,
        base=50,
    ),
    rule(
        "board_members",
        "member person",
        at=r"(?:thành viên|người)(?: khác)? (?:của|trong) ban",
        topic="board",
        base=30,
        unless=r"ban chỉ đạo",
    ),
    rule(
        "supervisions_conducted",
        "matter",
        at=r"chuyên đề",
        before=r"giám sát",
        reach=3,
        base=20,
    ),
    rule(
        "supervision_findings",
        "point place",
        before=r"kiến nghị",
        topic="board supervision",
        reach=2,
        base=40,
    ),
    rule(
        "settlement_cut_vnd",
        "money",
        before=r"quyết toán (?:[^.;,\d]|(?<=\w )\d+(?= giảm)){0,30}giảm(?: được| trừ| bớt)?"
        r"|(?:giá trị |sau )giảm trừ(?: sau giám sát)?",
        topic="supervision board inspection",
        reach=4,
        base=40,
    ),
    rule(
        "violations_found",
        "case matter none",
        at=r"(?:khoản thu|khoản chi|khoản)[^.;,\d]{0,20}(?:chưa đúng|không đúng|sai)",
        before=r"phát hiện|chỉ ra",
        reach=3,
        base=36,
    ),
    rule(
        "violations_amount_vnd",
        "money",
        before=r"(?:số tiền|tiền|khoản)? ?(?:thu|chi) (?:sai|không đúng|vượt)(?: quy định)?"
        r"(?: là| gồm)?",
        topic="inspection supervision violation",
        reach=4,
        base=36,
        unless=r"trả lại|hoàn trả \d",
    ),
)
