"""Workplaces: staff conferences, dialogues, agreements, unions, training."""

from __future__ import annotations

from ..rule import EVENT, rule

STAFF = (
    r"(?:cán bộ|cbcc\w*|công chức|viên chức|người lao động|công nhân|nlđ|cnvc\w*|nhà giáo|đại biểu"
    r"|cb,? ?cc\w*)"
)
TRAIN = r"(?:tập huấn|bồi dưỡng|đào tạo|học tập|nâng cao|bổ túc|nghiệp vụ)"

RULES = (
    rule(
        "workplace_conferences_held",
        "event",
        at=rf"(?:cuộc )?hội nghị (?:\w+ )?(?:{STAFF}|toàn công ty|toàn thể|nông trường|nhà máy"
        rf"|tổ(?= |,|;|\.|$))",
        topic="workplace",
        base=42,
        not_after=r"đối thoại",
    ),
    rule(
        "workplace_conferences_held",
        "unit union_unit work stop",
        after=rf"[^.;\d]{{0,60}}(?:tổ chức|mở"
        rf"|tiến hành)(?: [^.;\d]{{0,20}})?hội nghị (?:\w+ )?{STAFF}",
        not_after=r"chưa|không",
        base=40,
    ),
    rule(
        "workplace_conferences_held",
        "unit none",
        nearest="staff_meeting",
        rivals="dialogue supervision inspection reception training outreach satisfaction vote",
        ratio=True,
        not_after=r"chưa|không|ban hành|quy chế",
        base=16,
    ),
    rule(
        "workplace_conferences_held",
        "unit none",
        before=rf"tổ chức(?: [^.;\d]{{0,20}})?hội nghị (?:\w+ )?{STAFF}(?:[^;]{{0,80}})?",
        follows="workplace_conferences_held",
        ratio=True,
        reach=80,
        base=26,
    ),
    rule(
        "workplace_conferences_held",
        "event",
        at=EVENT,
        nearest="staff_meeting",
        rivals="dialogue supervision inspection reception training outreach",
        before=rf"hội nghị (?:\w+ )?{STAFF}(?:[^.;\d]{{0,60}})?",
        reach=70,
        base=24,
    ),
    rule(
        "workplace_conferences_pct",
        "percent",
        after=rf"[^.;\d]{{0,60}}(?:tổ chức|mở|họp"
        rf"|tiến hành)[^.;\d]{{0,14}}hội nghị (?:\w+ )?{STAFF}"
        rf"|(?:số )?(?:đơn vị|cơ quan|doanh nghiệp|dn"
        rf"|trường)[^.;\d]{{0,60}}hội nghị (?:\w+ )?{STAFF}",
        base=40,
    ),
    rule(
        "workplace_conferences_pct",
        "percent",
        before=rf"tổ chức(?: [^.;\d]{{0,20}})?hội nghị (?:\w+ )?{STAFF}[^.;]{{0,80}}(?:đạt|\("
        rf"|chiếm)(?: tỷ lệ)?",
        reach=6,
        base=36,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần)(?: \w+){0,2} ?đối thoại",
        topic="workplace",
        nearest="workplace",
        rivals="reception",
        base=26,
        not_after=r"với (?:nhân|người) ?dân|với công dân",
        unless=r"chủ tịch ubnd|ủy ban nhân dân|bí thư",
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần)(?: \w+){0,2} ?đối thoại[^.;,\d]{0,30}(?:tại nơi làm việc"
        r"|người lao động)",
        base=50,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"đối thoại(?: [^.;:\d]{0,50})?(?:người lao động|nlđ|nơi làm việc"
        r"|công nhân)(?: [^.;:\d]{0,30})?",
        reach=60,
        base=40,
        unless=r"chủ tịch ubnd",
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"đối thoại(?: [^.;:\d]{0,30})?|tổ chức|có",
        topic="workplace",
        nearest="dialogue",
        rivals="supervision inspection reception training criticism outreach",
        follows="workplace_conferences_held workplace_dialogues approval_pct"
        " collective_agreements_signed",
        base=20,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"đối thoại(?: [^.;\d]{0,50})?",
        title=r"nơi làm việc|doanh nghiệp|công đoàn|công ty|liên đoàn lao động",
        nearest="dialogue",
        rivals="supervision inspection reception training criticism outreach",
        base=6,
        unless=r"nhân dân|công dân|chủ tịch ubnd|bí thư",
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=r"(?:cuộc|buổi|hội nghị|lần)(?: \w+){0,2} ?đối thoại",
        title=r"nơi làm việc|doanh nghiệp|công đoàn|công ty|liên đoàn lao động",
        base=34,
        unless=r"nhân dân|công dân|chủ tịch ubnd|bí thư",
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        follows="workplace_dialogues",
        base=16,
        unless=r"giám sát|tập huấn",
    ),
    rule(
        "collective_agreements_signed",
        "unit",
        at=r"bản",
        before=r"thỏa ước(?: lao động)?(?: tập thể)?(?:[^.\d]{0,30})?",
        reach=40,
        base=2,
    ),
    rule(
        "collective_agreements_signed",
        "agreement",
        base=34,
        not_before=r"điều khoản",
    ),
    rule(
        "collective_agreements_signed",
        "unit",
        after=r"[^.;,\d]{0,40}(?:đã )?ký(?: kết)?[^.;,\d]{0,20}(?:thỏa ước|tưlđtt)",
        base=34,
    ),
    rule(
        "collective_agreements_pct",
        "percent",
        after=r"[^.;\d]{0,50}(?:thỏa ước|tưlđtt)",
        base=38,
    ),
    rule(
        "collective_agreements_pct",
        "percent",
        before=r"(?:ký(?: kết)?|có)[^.;\d]{0,20}(?:thỏa ước|tưlđtt)[^.;\d]{0,40}(?:đạt|chiếm)?",
        base=34,
    ),
    # -- unions
    rule(
        "union_members_new",
        "union_member",
        before=r"(?:phát triển|kết nạp)(?: mới| thêm| được)*",
        reach=14,
        base=44,
    ),
    rule(
        "union_members_new",
        "union_member",
        at=r"đoàn viên (?:công đoàn )?mới",
        base=44,
    ),
    rule(
        "party_candidates_introduced",
        "union_member person",
        before=r"giới thiệu(?: được)?",
        both=True,
        after=r"(?:ưu tú)?[^.;\d]{0,20}(?:cho|để) (?:đảng|đ\w+ xem xét)|ưu tú",
        topic="union",
        reach=10,
        base=34,
        unless=r"ứng cử|việc làm",
    ),
    rule(
        "union_members",
        "union_member",
        topic="union",
        before=r"(?:có|gồm|với|quản lý|tổng số)(?: [^.;\d]{0,20})?",
        reach=24,
        base=24,
        not_before=r"phát triển|kết nạp|giới thiệu",
        not_after=r"ưu tú|mới|tham gia|tham dự|dự",
    ),
    rule(
        "union_units_new",
        "union_unit",
        before=r"(?:thành lập|phát triển|lập|ra mắt)(?: mới| thêm| được)*",
        reach=12,
        base=44,
    ),
    rule(
        "union_units",
        "union_unit",
        base=26,
        not_before=r"(?:thành lập|lập mới)[^.;]{0,12}|đại diện(?: cho)?",
        not_after=r"vững mạnh|tổ chức",
    ),
    rule(
        "union_units_strong_pct",
        "percent",
        after=r"(?:số )?(?:cđcs|công đoàn cơ sở)[^.;\d]{0,40}(?:vững mạnh|xuất sắc|hoàn thành)",
        base=44,
    ),
    # -- training and outreach
    rule(
        "trainings_held",
        "class",
        base=30,
        not_before=r"sẽ|học sinh|tổ chức ít nhất",
        unless=r"\d+ học sinh|(?:trường|khối) (?:hiện )?có|sĩ số",
        not_after=r"học(?: sinh|$)|mẫu giáo|mầm non|tiếng việt|lá",
    ),
    rule(
        "trainings_held",
        "event",
        at=rf"(?:cuộc|buổi|hội nghị|đợt|khóa)[^.;,\d]{{0,10}}{TRAIN}",
        base=42,
    ),
    rule(
        "trainings_held",
        "event none",
        before=r"(?:số )?lớp tập huấn(?: là)?",
        bare=True,
        reach=6,
        base=30,
    ),
    rule(
        "training_participants",
        "turn person union_member individual",
        before=rf"(?:{TRAIN}|lớp|tuyên truyền|phổ biến|quán triệt)(?:[^.;]{{0,90}})?(?:cho|với"
        rf"|tới|đến|thu hút|có|,)",
        topic="training outreach",
        reach=30,
        base=28,
        unless=r"đối thoại với|tiếp (?:công )?dân|\d+ lớp, \d[\d.]* học sinh|\d+ học sinh, \d+ lớp",
    ),
    rule(
        "training_participants",
        "turn person union_member",
        after=rf"[^.;\d]{{0,60}}(?:được )?(?:tham gia|tham dự|dự|{TRAIN}|theo học)",
        topic="training outreach",
        base=26,
        unless=r"đối thoại|tiếp (?:công )?dân|giám sát|bảo hiểm",
    ),
    rule(
        "training_participants",
        "turn",
        topic="training outreach",
        follows="trainings_held training_participants outreach_sessions",
        base=24,
        unless=r"tiếp (?:công )?dân|tiếp công dân",
    ),
    rule(
        "training_participants",
        "turn",
        at=r"lượt (?:người|cán bộ|hội viên|đảng viên)",
        before=r"(?:giúp|hướng dẫn|hỗ trợ)(?:[^.;]{0,60})?cho",
        reach=24,
        base=22,
        unless=r"tiếp (?:công )?dân",
    ),
)
