"""Inspection, recovery, discipline, said otherwise."""

from __future__ import annotations

from ..rule import rule

RULES = (
    rule(
        "units_inspected",
        "unit commune",
        before=r"(?:cuộc|đợt|lượt|đoàn)(?: kiểm tra| thanh tra)? (?:ở|tại|với|đối với)",
        follows="inspections_conducted",
        reach=3,
        base=40,
        unless=r"giám sát",
    ),
    rule(
        "units_inspected",
        "unit commune",
        before=r"(?:đã )?(?:kiểm tra|thanh tra)(?: thực tế| trực tiếp"
        r"| việc [^.;,\d]{0,40})?(?: được| tại"
        r"| ở| đối với)*",
        reach=3,
        base=24,
        not_before=r"sẽ|theo kế hoạch|giám sát",
        not_after=r"còn lại|sẽ",
    ),
    rule(
        "violations_found",
        "violation",
        before=r"phát hiện|chỉ ra|ghi nhận|nêu|có",
        topic="supervision inspection",
        reach=6,
        base=30,
    ),
    rule(
        "recovery_pending_vnd",
        "money",
        before=r"(?:số tiền )?(?:còn (?:phải|chưa)|chưa) (?:nộp|thu)(?: hồi| được)?(?: là)?",
        reach=4,
        base=74,
    ),
    rule(
        "recovery_pending_vnd",
        "money",
        at=r"(?:còn |đang )?chưa (?:thu|nộp)(?: hồi| được)?",
        base=50,
    ),
    rule(
        "violations_land_m2",
        "area",
        after=r"[^.;,\d]{0,20}(?:sai mục đích|trái phép|lấn chiếm|vi phạm|sai phạm)",
        not_before=r"thu hồi[^;]*",
        base=20,
    ),
    rule(
        "asset_declaration_units",
        "unit commune",
        before=r"kê khai(?: minh bạch)? (?:tài sản|thu nhập)[^.;\d]{0,24}",
        reach=26,
        base=36,
    ),
    rule(
        "inspections_conducted",
        "turn event",
        at=r"(?:lượt|cuộc|đợt|lần)",
        before=r"(?:đã |tự )?kiểm tra(?: định kỳ| đột xuất| chuyên đề| thường xuyên)?(?: được)?",
        reach=3,
        base=34,
        not_before=r"giám sát,? |thanh tra nhân dân[^.;]{0,60}",
    ),
    rule(
        "units_inspected",
        "unit commune",
        before=r"và|,",
        follows="units_inspected",
        same=True,
        reach=3,
        base=24,
        unless=r"chấn chỉnh|nhắc nhở|giám sát",
    ),
    rule(
        "funds_recovered_vnd",
        "money",
        before=r"(?:đã |đến nay )*(?:thu được|thu đủ|nộp lại|nộp trả)",
        follows="recovery_proposed_vnd violations_amount_vnd violations_found",
        reach=4,
        base=44,
    ),
    rule(
        "funds_recovered_vnd",
        "money",
        before=r"(?:đã |đến nay )*nộp lại(?: ngân sách| kho bạc)?",
        topic="violation inspection supervision",
        reach=4,
        base=30,
    ),
)
