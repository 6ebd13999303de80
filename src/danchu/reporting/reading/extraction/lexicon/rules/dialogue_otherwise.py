"""Dialogue, meetings, opinions, votes of households, said otherwise."""

from __future__ import annotations

from ..rule import EVENT, rule

_ANSWERED = (
    r"giải quyết|trả lời|giải đáp|tiếp thu|giải trình|xử lý|làm rõ|thống nhất|chấp thuận"
    r"|đồng ý|xem xét, giải quyết|phúc đáp|hồi đáp|phản hồi"
)
_ENCOUNTER = r"hội nghị|buổi|cuộc|đối thoại|gặp gỡ|gặp mặt|tọa đàm|diễn đàn"

RULES = (
    rule(
        "dialogues_held",
        "event",
        at=r"(?:cuộc|buổi|lần|hội nghị) (?:gặp gỡ|gặp mặt|tiếp xúc|trao đổi|tọa đàm)"
        r"[^.;,\d]{0,16}(?:,| và)? ?(?:đối thoại|lắng nghe|trao đổi|với (?:nhân dân|người dân"
        r"|bà con))",
        base=24,
    ),
    rule(
        "conferences_held",
        "event",
        at=EVENT,
        before=r"tiếp xúc cử tri(?: [^.;:\d]{0,30})?",
        reach=40,
        base=24,
    ),
    rule(
        "participants",
        "person household turn member union_member unit",
        before=rf"(?:tại|trong|dự|mở|qua|buổi|cuộc)? ?(?:{_ENCOUNTER})[^.;\d]{{0,60}}(?:có|gồm|với)"
        r"(?: sự)?",
        topic="encounter",
        reach=4,
        base=4,
        not_after=r"ý kiến|phát biểu|câu hỏi|khu công nghiệp|nêu|được (?:tiếp|khen)",
        unless=r"tập huấn|tuyên truyền|lớp|đăng ký|tiếp (?:công )?dân|tổ chức công đoàn",
    ),
    rule(
        "participants",
        "person household turn member union_member",
        before=r"với|có|cho|,|\(",
        follows="dialogues_held conferences_held workplace_dialogues",
        same=True,
        reach=8,
        base=18,
        not_after=r"ý kiến|phát biểu|nêu|được",
        not_before=r"bình quân|mỗi",
        unless=r"tập huấn|tuyên truyền|lớp|tiếp (?:công )?dân",
    ),
    rule(
        "opinions_received",
        "opinion",
        after=r"(?:đã )?được (?:nêu|gửi|ghi nhận|tiếp nhận|đưa ra|phản ánh|tổng hợp|ghi lại"
        r"|chuyển)",
        base=24,
        not_before=r"trả lời|giải quyết",
        unless=r"giám sát",
    ),
    rule(
        "opinions_resolved",
        "none opinion",
        before=r"(?:đã )?(?:phúc đáp|hồi đáp|phản hồi|trả lời|giải đáp|giải trình)(?: được"
        r"| xong| hết"
        r"| tại chỗ| ngay| trực tiếp| bằng văn bản)*",
        reach=4,
        topic="encounter dialogue",
        base=20,
        not_before=r"chưa[^.;,\d]{0,20}",
        not_after=r"sau|chưa",
        unless=r"đơn thư|vụ việc|hồ sơ|tố cáo",
    ),
    rule(
        "opinions_resolved_pct",
        "percent",
        both=True,
        before=rf"(?:{_ANSWERED})(?: [^.;,\d]{{0,16}})?",
        after=r"(?:tổng )?(?:số )?(?:ý kiến|kiến nghị|câu hỏi)",
        reach=20,
        base=20,
        not_before=r"chưa",
        unless=r"giám sát|đơn thư|khiếu nại|phấn đấu",
    ),
    rule(
        "opinions_resolved_pct",
        "percent",
        before=rf"tỷ lệ [^.;\d]{{0,20}}(?:ý kiến|kiến nghị|câu hỏi)[^.;\d]{{0,40}}(?:{_ANSWERED})"
        r"[^.;\d]{0,14}",
        reach=16,
        base=34,
        not_before=r"chưa",
        unless=r"giám sát|phấn đấu",
    ),
    rule(
        "opinions_pending_pct",
        "percent",
        before=r"(?:ý kiến|kiến nghị|câu hỏi)[^.;\d]{0,14}(?:còn tồn|tồn đọng|còn nợ"
        r"|chưa [^.;\d]{0,24})"
        r"[^.;\d]{0,12}",
        reach=14,
        base=34,
    ),
    rule(
        "community_matters_decided",
        "work project matter case",
        before=r"dân (?:họp )?bàn(?: bạc)?(?:,| và)?(?: thống nhất| quyết định| biểu quyết)*",
        reach=4,
        base=34,
    ),
    rule(
        "opinions_received",
        "matter case none",
        before=r"(?:cử tri|nhân dân|người dân|bà con|đoàn viên|công nhân"
        r"|người lao động)[^.;,\d]{0,14}(?:kiến nghị"
        r"|phản ánh|đề nghị|nêu|hỏi|thắc mắc|chất vấn)(?: được| lên| ra)?",
        reach=3,
        base=30,
        unless=r"tiếp (?:công )?dân|đơn|giám sát",
    ),
    rule(
        "opinions_resolved",
        "matter case none",
        before=r"(?:đã )?(?:giải quyết|trả lời|giải đáp|phúc đáp)(?: xong| được| dứt điểm)*",
        follows="opinions_received",
        same=True,
        reach=3,
        base=40,
        not_before=r"chưa",
        unless=r"đơn thư|khiếu nại|tố cáo|giám sát",
    ),
    rule(
        "community_matters_decided",
        "matter case work project",
        before=r"(?:đưa ra|đem ra) (?:dân )?bàn(?: bạc)?",
        reach=3,
        base=34,
    ),
    rule(
        "households_agreeing",
        "household",
        after=r"(?:đã |đều )?(?:gật đầu|ưng thuận|chấp thuận|giơ tay|ủng hộ phương án)",
        base=24,
    ),
)
