"""Petitions, complaints, denunciations and the matters in them, said otherwise."""

from __future__ import annotations

from ..rule import rule

RULES = (
    rule(
        "petitions_received",
        "petition",
        at=r"(?:đơn thư|đơn)",
        before=r"(?:kỳ trước|năm trước|quý trước|tháng trước)[^.;,\d]{0,10} chuyển (?:sang|qua"
        r"|tiếp|đến)"
        r"|chuyển (?:sang|qua|tiếp)(?: từ [^.;,\d]{0,20})?",
        topic="petition",
        reach=4,
        base=14,
        not_before=r"thẩm quyền",
    ),
    rule(
        "petitions_processed_pct",
        "percent",
        before=r"đơn(?: thư)?[^.;\d]{0,14}(?:xử lý|phân loại)[^.;\d]{0,16}",
        reach=16,
        base=44,
        unless=r"hồ sơ|giải quyết",
    ),
    rule(
        "complaints_land_share_pct",
        "percent",
        after=r"[^.;,\d]{0,14}khiếu nại[^.;,\d]{0,40}đất(?: đai)?",
        base=30,
    ),
    rule(
        "complaints_land_share_pct",
        "percent",
        before=r"đất(?: đai)?[^;]{0,30}chiếm(?: tỷ lệ)?",
        follows="complaints_received",
        same=True,
        reach=4,
        base=44,
    ),
    rule(
        "denunciations_admin_share_pct",
        "percent",
        after=r"[^.;,\d]{0,14}tố cáo[^.;,\d]{0,40}hành chính",
        base=30,
    ),
    rule(
        "cases_total",
        "case none",
        before=r"thuộc thẩm quyền(?: [^.;,\d]{0,60})?",
        topic="petition",
        reach=66,
        base=24,
        unless=r"hồ sơ|ý kiến",
        not_before=r"giải quyết (?:xong|dứt điểm|được)[^.;\d]{0,20}|đã [^.;\d]{0,30}|không",
        not_after=r"(?:đã )?được giải quyết|còn|chưa",
    ),
    rule(
        "cases_total",
        "case complaint denunciation petition",
        before=r"trong(?: tổng)?(?: số)?",
        at=r"[^.;\d]{0,40}thuộc thẩm quyền",
        topic="petition",
        reach=3,
        base=44,
    ),
    rule(
        "cases_transferred",
        "case",
        after=r"[^.;,\d]{0,60}chuyển(?: \w+){0,4} (?:điều tra|công an|viện kiểm sát)",
        unless=r"hồ sơ thủ tục",
        base=44,
    ),
)
