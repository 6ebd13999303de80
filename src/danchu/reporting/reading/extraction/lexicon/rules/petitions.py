"""Petitions, complaints, denunciations and the matters in them."""

from __future__ import annotations

from ..rule import rule

_SETTLED = (
    r"giải quyết(?: xong| dứt điểm| được)?|xử lý xong|giải quyết, trả lời|(?<!chưa )xong|hoàn tất"
)
_TAKEN = (
    r"tiếp nhận(?:,? (?:và )?(?:xử lý|phân loại|giải quyết))?|nhận(?: được)?|thụ lý|phân loại"
    r"|tổng số|phát sinh|gửi(?: đến| tới)?|có|nhận và xử lý"
)

RULES = (
    # -- letters
    rule(
        "petitions_received",
        "petition",
        before=rf"(?:{_TAKEN})(?: [^.;:,\d]{{0,40}})?",
        base=10,
        not_before=r"giải quyết|trả lời|còn(?: lại)?|chưa|tồn|số \w+ bằng|chuyển(?! qua| sang"
        r"| tiếp| đến)",
        not_after=r"(?:đã )?được giải quyết|đủ điều kiện|trùng|nặc danh|không đủ|vượt cấp",
    ),
    rule(
        "petitions_received",
        "petition",
        topic="petition",
        base=2,
        at=r"(?:lượt )?(?:đơn thư|đơn)",
        not_before=r"giải quyết|còn(?: lại)?|chưa|tồn|đã xử lý|trừ|loại|chuyển(?! qua| sang"
        r"| tiếp| đến)",
        not_after=r"(?:đã )?được giải quyết|đủ điều kiện|chưa|trùng|nặc danh|không đủ|vượt cấp",
    ),
    rule(
        "petitions_received",
        "none petition",
        bare=True,
        before=r"(?:tổng )?số (?:lượt )?đơn(?: thư)?(?:[^.;:\d]{0,40})?"
        r"|(?:tiếp )?nhận(?:[^.;:\d]{0,30})?",
        topic="petition",
        unless=r"hồ sơ|ý kiến",
        not_before=r"giải quyết|chưa",
        base=12,
    ),
    rule(
        "petitions_eligible",
        "petition none",
        at=r"(?:đơn thư|đơn) (?:\w+ )?(?:đủ điều kiện|hợp lệ)",
        base=70,
    ),
    rule(
        "petitions_eligible",
        "petition none",
        before=r"đủ điều kiện(?: xử lý| thụ lý| giải quyết)?(?: là)?",
        topic="petition",
        reach=8,
        base=34,
    ),
    rule(
        "petitions_processed_pct",
        "percent",
        before=r"(?:đã )?(?:xử lý|phân loại)(?: xong)?(?:[^.;\d]{0,30})?",
        topic="petition",
        follows="petitions_received petitions_eligible complaints_received denunciations_received",
        reach=40,
        base=26,
        unless=r"giải quyết",
    ),
    rule(
        "petitions_processed_pct",
        "percent",
        before=r"(?:đã )?(?:xử lý|phân loại)(?: được| xong)?",
        after=r"(?:tổng )?(?:số )?(?:lượng )?đơn(?: thư)?",
        both=True,
        reach=4,
        base=30,
    ),
    rule(
        "petitions_processed_pct",
        "percent",
        after=r"(?:số )?đơn(?: thư)?[^.;\d]{0,20}(?:đã |được )?(?:được )?(?:xử lý|phân loại)",
        base=26,
    ),
    rule(
        "complaints_received",
        "complaint",
        base=22,
        not_before=r"giải quyết(?: xong)?|còn|chưa|đang|rút",
        not_after=r"kéo dài|tồn đọng|(?:đã )?được giải quyết",
    ),
    rule(
        "complaints_received",
        "none petition case",
        bare=True,
        before=r"khiếu nại(?: hành chính)?(?:[^.;:\d]{0,20})?",
        reach=24,
        not_before=r"giải quyết[^.;:\d]{0,12}|tỷ lệ|tố cáo[^.;:\d]{0,4}",
        unless=r"thuộc thẩm quyền",
        base=24,
    ),
    rule(
        "denunciations_received",
        "denunciation",
        base=22,
        not_before=r"giải quyết(?: xong)?|còn|chưa|đang|rút",
        not_after=r"(?:đã )?được giải quyết",
    ),
    rule(
        "denunciations_received",
        "none petition case",
        bare=True,
        before=r"tố cáo(?: hành chính)?(?:[^.;:\d]{0,20})?",
        reach=24,
        not_before=r"giải quyết[^.;:\d]{0,20}|tỷ lệ|khiếu nại,? (?:và )?",
        unless=r"thuộc thẩm quyền",
        base=24,
    ),
    rule(
        "proposal_letters_received",
        "proposal_letter",
        base=30,
        not_before=r"giải quyết|chưa",
    ),
    rule(
        "proposal_letters_received",
        "none petition case",
        bare=True,
        before=r"(?:đơn )?(?:kiến nghị|phản ánh)(?:,| và)? ?(?:kiến nghị|phản ánh"
        r"|đề nghị)(?:, khác)?"
        r"(?:[^.;:\d]{0,12})?",
        topic="petition",
        reach=14,
        not_before=r"giải quyết[^.;:\d]{0,30}",
        base=26,
    ),
    rule(
        "proposal_letters_received",
        "opinion",
        at=r"(?:kiến nghị|phản ánh)",
        follows="complaints_received denunciations_received petitions_eligible",
        topic="petition",
        base=-10,
        not_before=r"giải quyết|trả lời",
    ),
    rule(
        "complaints_received",
        "petition",
        at=r"đơn",
        before=r"khiếu nại(?: hành chính)?(?: là)?",
        reach=2,
        base=10,
        not_before=r"giải quyết[^.;:\d]{0,12}|tố cáo,? (?:và )?",
    ),
    rule(
        "denunciations_received",
        "petition",
        at=r"đơn",
        before=r"tố cáo(?: hành chính)?(?: là)?",
        reach=2,
        base=10,
        not_before=r"giải quyết[^.;:\d]{0,20}|khiếu nại,? (?:và )?",
    ),
    rule(
        "proposal_letters_received",
        "petition",
        at=r"đơn",
        before=r"(?:kiến nghị|phản ánh)(?:,| và)? ?(?:kiến nghị|phản ánh|đề nghị)?(?: là)?",
        follows="complaints_received denunciations_received petitions_received petitions_eligible",
        reach=2,
        base=10,
    ),
    rule(
        "complaints_land_share_pct",
        "percent",
        before=r"khiếu nại[^.;\d]{0,60}đất(?: đai)?[^.;\d]{0,30}chiếm|đất đai[^.;\d]{0,20}chiếm",
        topic="petition",
        base=26,
    ),
    rule(
        "denunciations_admin_share_pct",
        "percent",
        before=r"tố cáo[^.;\d]{0,60}hành chính[^.;\d]{0,30}chiếm(?: tỷ lệ)?",
        base=26,
    ),
    # -- cases
    rule(
        "cases_total",
        "case complaint denunciation",
        after=r"phải (?:giải quyết|xử lý)|(?:khiếu nại|tố cáo)?[^.;,\d]{0,20}(?:kéo dài"
        r"|tồn đọng|phức tạp)"
        r"|thuộc thẩm quyền(?! đã)",
        base=24,
        not_before=r"giải quyết(?: xong| dứt điểm)?(?: được)?|còn(?: lại)?",
    ),
    rule(
        "cases_total",
        "case none",
        before=r"(?:tổng(?: số)?|số vụ(?: việc)?)(?: [^.;:\d]{0,20})?phải (?:giải quyết|xử lý)"
        r"|thụ lý"
        r"|hình thành|tổng số vụ(?: việc)?|phải giải quyết",
        topic="petition reception case",
        reach=30,
        base=22,
        unless=r"đình chỉ|chấm dứt thụ lý",
        not_before=r"đã (?:được )?giải quyết",
    ),
    rule(
        "cases_resolved",
        "case complaint denunciation petition person",
        before=rf"(?<!thẩm quyền )(?<!phải )(?:{_SETTLED})(?: [^.;:,\d]{{0,40}})?",
        not_before=r"chưa[^.;,\d]{0,20}|đang|phải giải quyết|thẩm quyền giải quyết|trước khi"
        r"|(?<!ban hành )(?<!ra )quyết định giải quyết|chỉ đạo[^.;\d]{0,30}|tồn|còn(?: lại)?",
        not_after=r"chưa|đang|phải (?:nhờ|chuyển|chờ)",
        reach=60,
        base=26,
        unless=r"giám sát|gây rối|hồ sơ|đề nghị|yêu cầu|không có",
    ),
    rule(
        "cases_resolved",
        "case complaint denunciation petition person",
        after=r"(?:đã |đều )?(?:đã |được )(?:được )?(?:[^.;,\d]{0,20} )?(?:giải quyết"
        r"|giải thích, hướng dẫn"
        r"|giải thích|xử lý xong)",
        topic="petition reception",
        base=24,
        unless=r"giám sát",
        not_after=r"chưa",
    ),
    rule(
        "cases_resolved",
        "none",
        bare=True,
        before=r"(?:đã )?giải quyết(?: xong)?(?:[^.;:\d]{0,30})?",
        topic="petition",
        not_before=r"chưa[^.;,\d]{0,20}|đang|phải|thẩm quyền|tỷ lệ|tổng chưa",
        unless=r"hồ sơ|ý kiến|giám sát",
        base=20,
    ),
    rule(
        "cases_pending",
        "case complaint denunciation petition",
        before=r"còn(?: lại)?(?: tồn)?|đang(?: xem xét,?)?(?: tiếp tục)?(?: giải quyết| xử lý)?"
        r"|(?:tổng )?chưa(?: được)?(?: giải quyết| xử lý)|tồn(?: đọng| lại)?",
        reach=26,
        topic="petition reception",
        base=28,
        not_after=r"(?:đã )?được giải quyết",
        unless=r"giám sát|kiến nghị",
    ),
    rule(
        "cases_pending",
        "case complaint denunciation petition",
        after=r"[^.;\d]{0,60}(?:chưa|đang) (?:\w+ )?(?:giải quyết|xem xét|xử lý|xong|xác minh"
        r"|thụ lý)"
        r"|(?:còn )?trong (?:thời )?hạn",
        topic="petition reception crowd",
        base=26,
        unless=r"giám sát",
    ),
    rule(
        "cases_pending",
        "case",
        before=r"còn(?: lại)?(?: tồn)?|đang",
        follows="cases_resolved cases_total",
        reach=10,
        base=30,
        unless=r"giám sát",
    ),
    rule(
        "cases_pending",
        "none",
        bare=True,
        before=r"(?:đang|(?:tổng )?chưa|còn)(?: được)?(?: giải quyết| xử lý| tồn"
        r"| lại)(?:[^.;:\d]{0,20})?",
        topic="petition",
        unless=r"hồ sơ|ý kiến|giám sát",
        base=26,
    ),
    rule(
        "cases_terminated",
        "case complaint denunciation petition",
        before=r"đình chỉ(?: giải quyết)?|chấm dứt thụ lý|thông báo chấm dứt(?:[^.;\d]{0,20})?"
        r"|rút đơn",
        reach=30,
        base=34,
    ),
    rule(
        "cases_terminated",
        "case complaint denunciation petition",
        after=r"[^.;\d]{0,40}(?:chấm dứt thụ lý|được đình chỉ|rút đơn)",
        base=28,
        unless=r"đình chỉ \d",
    ),
    rule(
        "resolution_rate_pct",
        "percent",
        before=r"(?:tỷ lệ )?(?:giải quyết|xử lý)(?:[^.;\d]{0,70})?(?:đạt|chiếm|bằng)?(?: tỷ lệ)?",
        topic="petition",
        unless=r"hồ sơ|thủ tục|ý kiến|giám sát|trước và đúng hạn|đúng hạn|phấn đấu",
        reach=80,
        base=8,
    ),
    rule(
        "resolution_rate_pct",
        "percent",
        before=r"tỷ lệ giải quyết(?:[^.;\d]{0,40})?(?:đạt|là)?",
        topic="petition reception",
        unless=r"hồ sơ|ý kiến|giám sát|đúng hạn",
        reach=40,
        base=26,
    ),
    rule(
        "resolution_rate_pct",
        "percent",
        after=r"(?:số )?(?:vụ việc|vụ|đơn|khiếu nại)[^.;,\d]{0,50}(?:đã "
        r"|được )(?:được )?giải quyết",
        not_after=r"chưa|đang",
        base=24,
    ),
    rule(
        "pending_rate_pct",
        "percent",
        before=r"(?:còn(?: lại)?|tồn(?: đọng)?)[^.;\d]{0,30}(?:chiếm|tỷ lệ)",
        topic="petition",
        base=20,
        unless=r"hồ sơ|ý kiến",
    ),
    rule(
        "decisions_annulled",
        "decision dossier case none",
        before=r"(?:quyết định[^.;,\d]{0,40}(?:bị|phải)(?: \w+){0,3} )?hủy(?: bỏ)?(?: toàn bộ)?"
        r"(?:[^.;,\d]{0,20})?",
        topic="petition decision",
        reach=60,
        base=24,
    ),
    rule(
        "decisions_annulled",
        "decision dossier case",
        after=r"[^.;,\d]{0,60}(?:bị|phải)(?: \w+){0,3} hủy",
        base=30,
    ),
    rule(
        "decisions_annulled_pct",
        "percent",
        before=r"hủy[^.;]{0,40}chiếm(?: tỷ lệ)?",
        follows="decisions_annulled",
        base=26,
    ),
)
