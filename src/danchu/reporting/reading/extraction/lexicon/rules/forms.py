"""How forms word their lines: a name, often with "trong quý", a colon and the bare number."""

from __future__ import annotations

from ..rule import rule

_IN_IT = r"(?: (?:trong|của|cả|ở) (?:kỳ|quý|tháng|năm|xã|phường|thôn|đơn vị|ban)| đã thực hiện)*"
_IT_IS = r"(?: là| gồm| có)?"
_MEETINGS = r"(?:họp (?:thôn|dân|tổ|ấp|bản|xóm|khu|nhân dân)|họp|lấy ý kiến)"

RULES = (
    rule(
        "dossiers_online_pct",
        "percent",
        before=r"(?:tỷ lệ )?(?:hồ sơ )?(?:nộp )?trực tuyến",
        topic="admin",
        reach=10,
        base=24,
    ),
    rule(
        "models_registered",
        "model",
        before=r"(?:duy trì|xây dựng|triển khai|nhân rộng|đang có|hiện có)(?: được| mới)*",
        topic="model",
        title=r"dân chủ|dân vận",
        reach=3,
        base=8,
        not_after=r"(?:được|đã) (?:công nhận|biểu dương)|điểm|chuyển đổi số",
        unless=r"công nhận",
    ),
    rule(
        "board_members",
        "none",
        bare=True,
        before=rf"(?:tổng )?số (?:lượng )?thành viên{_IN_IT}{_IT_IS}",
        topic="board",
        reach=3,
        base=34,
        unless=r"ban chỉ đạo|tổ hòa giải",
    ),
    rule(
        "board_members",
        "member person",
        before=r"(?:nhân sự|cơ cấu|ban|nhiệm kỳ [\d ,–-]{4,14})",
        topic="board",
        reach=3,
        base=20,
        unless=r"ban chỉ đạo|hộ|dự",
    ),
    rule(
        "violations_found",
        "none",
        bare=True,
        before=r"số (?:vụ|việc|trường hợp)(?: \w+){0,3} (?:sai phạm|vi phạm|sai sót)"
        rf"(?: được)?(?: phát hiện)?{_IN_IT}",
        reach=3,
        base=40,
    ),
    rule(
        "supervision_findings_resolved",
        "none",
        bare=True,
        before=r"đã (?:thực hiện|chấp hành|khắc phục|trả lời|nhận trả lời)(?: xong)?",
        follows="supervision_findings",
        same=True,
        reach=3,
        base=60,
    ),
    rule(
        "proposal_letters_received",
        "none",
        bare=True,
        before=r"(?:kiến nghị|phản ánh|đề nghị)(?:,? (?:kiến nghị|phản ánh|đề nghị))*",
        follows="petitions_received petitions_eligible complaints_received denunciations_received",
        same=True,
        reach=2,
        base=50,
        unless=r"giám sát|cử tri",
    ),
    rule(
        "cases_resolved",
        "petition",
        before=r"(?:đã )?(?:trả lời|giải quyết, trả lời)(?: xong)?",
        reach=3,
        base=34,
    ),
    rule(
        "supervisions_conducted",
        "none",
        bare=True,
        before=rf"số (?:cuộc|lượt|lần|đợt) (?:đã )?giám sát{_IN_IT}{_IT_IS}",
        reach=3,
        base=40,
    ),
    rule(
        "conferences_held",
        "none",
        bare=True,
        before=rf"(?:tổng )?số (?:cuộc|buổi|hội nghị|lượt|lần) {_MEETINGS}(?: [^.;:,\d]{{0,16}})?"
        rf"{_IN_IT}{_IT_IS}",
        reach=3,
        base=34,
        unless=r"đối thoại|phản biện|phiếu",
    ),
    rule(
        "dialogues_held",
        "none",
        bare=True,
        before=rf"số (?:cuộc|buổi|hội nghị|lần) đối thoại{_IN_IT}{_IT_IS}",
        reach=3,
        base=34,
        unless=r"nơi làm việc|người lao động|viên chức",
    ),
    rule(
        "community_matters_decided",
        "none",
        bare=True,
        before=r"số (?:nội dung|việc|vấn đề) (?:đã |được )*(?:nhân dân |dân )?(?:được )?bàn"
        rf"(?:,| và)? ?(?:biểu )?(?:quyết(?: định)?)?{_IN_IT}{_IT_IS}",
        reach=3,
        base=40,
        unless=r"chưa|không",
    ),
    rule(
        "cases_pending",
        "none petition case",
        before=r"(?:còn )?tồn (?:cuối|đến cuối|đến hết) (?:kỳ|quý|năm|tháng)"
        r"|(?:còn )?tồn chuyển (?:sang )?(?:kỳ|quý|năm|tháng) sau",
        topic="petition",
        reach=4,
        base=40,
        unless=r"hồ sơ|ý kiến",
    ),
    rule(
        "land_recovered_m2",
        "none",
        bare=True,
        before=r"(?:thu hồi )?(?:về )?đất(?: đai)?",
        follows="funds_recovered_vnd land_recovered_m2",
        reach=4,
        base=30,
        same=True,
    ),
    rule(
        "denunciations_received",
        "none",
        bare=True,
        before=r"(?:số )?(?:đơn )?tố cáo",
        topic="petition",
        reach=3,
        base=26,
        unless=r"giải quyết|thuộc thẩm quyền",
    ),
    rule(
        "models_registered",
        "model",
        before=r"dân vận khéo\"?",
        reach=4,
        base=26,
        not_after=r"được|công nhận|biểu dương|khen",
    ),
    rule(
        "opinions_received",
        "none",
        bare=True,
        before=r"(?:ý kiến|kiến nghị|câu hỏi) của (?:nhân dân|người dân|bà con|dân|cử tri"
        r"|người lao động|viên chức)",
        reach=3,
        base=36,
        not_before=r"giải quyết|trả lời|tiếp thu|chưa",
    ),
)
