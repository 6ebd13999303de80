"""Works, conventions, workplaces and models in bulletins, lists and narration."""

from __future__ import annotations

from ..rule import rule

RULES = (
    # -- works, money, conventions
    rule(
        "roads_built_m",
        "length",
        at=r"(?:con )?(?:hẻm|ngõ|đường|tuyến|kiệt|lối)",
        before=r"mở rộng|nâng cấp|làm mới|cứng hóa|rải|đổ|bê tông hóa|sửa",
        reach=4,
        base=40,
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"tổng (?:mức|kinh phí|vốn|giá trị)(?: đầu tư)?(?: \w+){0,2}(?: là)?",
        topic="contribution road",
        follows="state_funding_vnd contributions_vnd",
        reach=3,
        base=30,
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:học bổng|quỹ tương trợ|trợ cấp)(?: [^.;\d]{0,40})?",
        reach=42,
        base=40,
        unless=r"mỗi",
    ),
    rule(
        "village_conventions",
        "unit none",
        before=r"(?:hương ước|quy ước)(?:,? (?:hương ước|quy ước))?(?: đã| được| có| phê duyệt"
        r"| công nhận| sửa đổi)*",
        reach=3,
        base=40,
        not_before=r"chưa",
    ),
    rule(
        "houses_supported",
        "none",
        bare=True,
        before=r"sửa chữa|sửa",
        follows="houses_supported",
        same=True,
        reach=3,
        base=60,
    ),
    rule(
        "communes_criteria_band",
        "commune",
        at=r"xã (?:đạt )?(?:dưới|trên|từ) \d+(?: đến \d+)? tiêu chí",
        base=60,
    ),
    # -- workplace and movement
    rule(
        "union_members",
        "person",
        ratio=True,
        after=r"(?:đều )?là đoàn viên",
        base=50,
    ),
    rule(
        "union_members_new",
        "person",
        before=r"kết nạp(?: mới| thêm| được)*",
        topic="union",
        reach=3,
        base=40,
        unless=r"đảng viên|vào đảng",
    ),
    rule(
        "workplace_conferences_held",
        "unit place",
        at=r"[^.;,\d]{0,20}(?:đã )?(?:tổ chức|mở|thực hiện|làm)",
        nearest="staff_meeting",
        rivals="dialogue supervision inspection reception training",
        before=r"(?:mới |chỉ |đã )*có|:",
        base=40,
        not_after=r"chưa|không|phải",
        unless=r"hội nghị đối thoại",
    ),
    rule(
        "workplace_conferences_pct",
        "percent",
        before=r"bằng|đạt|chiếm|\(",
        follows="workplace_conferences_held",
        same=True,
        reach=3,
        base=40,
        unless=r"thỏa ước[^;]*$",
    ),
    rule(
        "collective_agreements_signed",
        "none",
        before=r"(?:thỏa ước|tưlđtt)[^.;\d]{0,40}(?:hiệu lực|đã ký)(?: là)?",
        reach=3,
        base=46,
    ),
    rule(
        "models_registered",
        "model",
        before=r"(?:trong|trên)(?: tổng)? số",
        after=r"(?:đã )?đăng ký",
        both=True,
        reach=3,
        base=80,
    ),
)
