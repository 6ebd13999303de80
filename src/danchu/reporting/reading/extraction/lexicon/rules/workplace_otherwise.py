"""Workplaces: staff conferences, dialogues, agreements, unions, training, said otherwise."""

from __future__ import annotations

from ..rule import EVENT, rule
from .workplace import STAFF, TRAIN

RULES = (
    rule(
        "workplace_conferences_pct",
        "percent",
        at=rf"(?:số )?hội nghị (?:\w+ )?{STAFF}",
        base=34,
        not_before=r"tăng|giảm",
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"(?:giám đốc|ban giám đốc|hiệu trưởng|thủ trưởng|người sử dụng lao động"
        r"|chủ doanh nghiệp)"
        r"[^.;,\d]{0,20}đối thoại[^.;,\d]{0,50}",
        reach=54,
        base=44,
        not_before=r"chủ tịch ubnd",
    ),
    rule(
        "collective_agreements_signed",
        "unit",
        at=r"(?:doanh nghiệp|dn|công ty|đơn vị|bản)",
        before=r"(?:thỏa ước|tưlđtt)[^.;\d]{0,30}(?:ở|tại|lên)",
        reach=3,
        base=44,
    ),
    rule(
        "collective_agreements_signed",
        "unit none",
        at=r"bản",
        before=r"nâng[^.;,\d]{0,14} lên|trong (?:số )?đó(?: có)?",
        follows="collective_agreements_signed",
        reach=3,
        base=34,
    ),
    rule(
        "workplace_conferences_held",
        "unit none",
        before=rf"hội nghị (?:\w+ )?{STAFF}[^.;\d]{{0,50}}(?:ở|tại|trong)",
        reach=3,
        base=40,
        not_before=r"phấn đấu",
    ),
    rule(
        "workplace_conferences_pct",
        "percent",
        before=rf"hội nghị (?:\w+ )?{STAFF}[^.;]{{0,40}}(?:đạt|bằng|chiếm|\()(?: tỷ lệ)?",
        follows="workplace_conferences_held",
        same=True,
        reach=4,
        base=34,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"đối thoại (?:trong|ở|tại) (?:các )?(?:cơ quan|đơn vị|doanh nghiệp|công ty"
        r"|trường|nơi làm việc"
        r"|nhà máy|bệnh viện)(?: [^.;,\d]{0,30})?",
        reach=32,
        base=60,
    ),
    rule(
        "collective_agreements_pct",
        "percent",
        before=r"(?:phủ|đạt|chiếm|bằng|\()(?: tỷ lệ| được)?",
        follows="collective_agreements_signed",
        same=True,
        reach=4,
        base=20,
    ),
    rule(
        "collective_agreements_pct",
        "percent",
        before=r"(?:có|ký|ký kết)(?: kết| bản)? (?:thỏa ước|tưlđtt)[^.;\d]{0,40}",
        reach=30,
        base=34,
    ),
    rule(
        "union_members",
        "union_member person none",
        before=r"(?:tổng )?số đoàn viên(?: công đoàn)?(?: là| hiện có)?",
        reach=4,
        base=40,
    ),
    rule(
        "union_units_strong_pct",
        "percent",
        before=r"(?:cđcs|công đoàn cơ sở)[^.;\d]{0,40}(?:vững mạnh|xuất sắc"
        r"|hoàn thành)[^.;\d]{0,24}",
        reach=24,
        base=40,
    ),
    rule(
        "trainings_held",
        "class",
        before=rf"{TRAIN}[^.;,\d]{{0,40}}",
        reach=6,
        base=30,
    ),
    rule(
        "training_participants",
        "person turn individual union_member member",
        before=r"cho|với|,|có|thu hút|gồm|\(",
        follows="trainings_held outreach_sessions training_participants",
        same=True,
        reach=8,
        base=24,
        not_after=r"ý kiến|được khen|nêu",
        unless=r"tiếp (?:công )?dân|đối thoại|sẽ",
    ),
    rule(
        "training_participants",
        "person turn individual union_member member",
        before=rf"(?:{TRAIN}|hướng dẫn)(?: [^.;,\d]{{0,40}})?(?:cho|tới|đến)",
        reach=3,
        base=24,
        unless=r"sẽ|hồ sơ công việc",
    ),
)
