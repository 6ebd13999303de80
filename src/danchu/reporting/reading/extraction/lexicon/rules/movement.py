"""Mass mobilisation, commendation, the new rural programme."""

from __future__ import annotations

from ..rule import rule

_COMMENDED = (
    r"(?:khen thưởng|khen|tuyên dương|biểu dương|vinh danh|giấy khen|bằng khen|cờ thi đua|danh hiệu"
    r"|tặng thưởng|tôn vinh|lao động tiên tiến|chiến sỹ thi đua)"
)

RULES = (
    # -- Dân vận khéo
    rule(
        "models_registered_collective",
        "collective",
        before=r"đăng ký(?:[^.;]{0,80})?|mô hình \(",
        topic="model",
        base=28,
        reach=80,
        unless=r"khen|biểu dương|tuyên dương|kỷ luật",
    ),
    rule(
        "models_registered_collective",
        "collective",
        after=r"(?:và )?(?:đã )?(?:đăng ký|ghi danh)",
        topic="model",
        base=30,
    ),
    rule(
        "models_registered_collective",
        "collective",
        topic="model",
        follows="models_registered",
        base=32,
        unless=r"khen|biểu dương|tuyên dương|kỷ luật",
    ),
    rule(
        "models_registered_collective",
        "model",
        at=r"mô hình (?:của )?(?:các )?tập thể",
        base=30,
    ),
    rule(
        "models_registered_individual",
        "model",
        at=r"mô hình (?:của )?(?:các )?cá nhân",
        base=30,
    ),
    rule(
        "models_registered_individual",
        "individual",
        before=r"(?:đăng ký|ghi danh)(?:[^.;]{0,100})?",
        topic="model",
        base=28,
        reach=100,
        unless=r"khen|biểu dương|tuyên dương|kỷ luật",
    ),
    rule(
        "models_registered_individual",
        "individual",
        after=r"(?:đã )?(?:đăng ký|ghi danh)",
        topic="model",
        base=30,
    ),
    rule(
        "models_registered_individual",
        "individual",
        follows="models_registered_collective",
        topic="model",
        base=32,
        unless=r"khen|biểu dương|tuyên dương|kỷ luật",
    ),
    rule(
        "models_registered",
        "model",
        before=r"đăng ký(?: xây dựng| thực hiện)?(?: mới)?(?:[^.;\d]{0,30})?",
        reach=40,
        base=28,
        not_after=r"được công nhận",
    ),
    rule(
        "models_registered",
        "model",
        after=r"[^.;,\d]{0,30}(?:được |đã )?(?:được )?đăng ký",
        base=26,
    ),
    rule(
        "models_registered",
        "none",
        bare=True,
        before=r"(?:số )?mô hình(?: [^.;:\d]{0,30})?đăng ký(?: [^.;:\d]{0,14})?"
        r"|đăng ký(?: mới)?(?: là)?",
        topic="model",
        reach=16,
        base=22,
    ),
    rule(
        "models_recognised",
        "model",
        before=r"(?:công nhận|tuyên dương|biểu dương|khen thưởng|vinh danh|chọn"
        r"|tôn vinh)(?:[^.;\d]{0,30})?",
        reach=40,
        base=30,
    ),
    rule(
        "models_recognised",
        "model",
        after=r"[^.;,\d]{0,30}được (?:\w+ ){0,4}(?:công nhận|tuyên dương|biểu dương|vinh danh"
        r"|khen)",
        base=30,
    ),
    rule(
        "models_recognised",
        "none collective individual",
        bare=True,
        before=r"(?:được |đã )?công nhận(?: là)?(?: [^.;:\d]{0,16})?",
        topic="model",
        reach=20,
        base=30,
        unless=r"nông thôn mới|gia đình văn hóa",
    ),
    # -- commendation
    rule(
        "collectives_commended",
        "collective unit",
        at=r"(?:tập thể|đơn vị|chi bộ|thôn)",
        before=rf"{_COMMENDED}(?:[^.;]{{0,90}})?",
        base=26,
        reach=90,
        not_before=r"kỷ luật|kiểm điểm",
        not_after=r"đăng ký",
    ),
    rule(
        "collectives_commended",
        "collective",
        after=r"[^.;]{0,90}(?:được|nhận) (?:[^.;\d]{0,40} )?(?:khen|tuyên dương|biểu dương"
        r"|vinh danh|tặng)",
        base=24,
    ),
    rule(
        "collectives_commended",
        "collective",
        topic="commend",
        base=6,
        unless=r"kỷ luật|kiểm điểm|đăng ký|xử lý",
    ),
    rule(
        "individuals_commended",
        "individual person household",
        at=r"(?:cá nhân|hộ gia đình|hộ|đồng chí|người|gương)",
        before=rf"{_COMMENDED}(?:[^.;]{{0,90}})?",
        base=24,
        reach=90,
        not_before=r"kỷ luật|kiểm điểm",
        not_after=r"đăng ký",
    ),
    rule(
        "individuals_commended",
        "individual",
        after=r"[^.;\d]{0,50}(?:được|nhận) (?:[^.;\d]{0,40} )?(?:khen|tuyên dương|biểu dương"
        r"|vinh danh|tặng)",
        base=26,
    ),
    rule(
        "individuals_commended",
        "individual",
        follows="collectives_commended individuals_commended",
        base=30,
        unless=r"kỷ luật|kiểm điểm|đăng ký",
    ),
    # -- new rural
    rule(
        "communes_new_rural",
        "commune",
        after=r"(?:đã )?(?:được công nhận )?(?:đạt(?: chuẩn)?|về đích|cán đích"
        r"|hoàn thành)(?: xã)? (?:chuẩn )?"
        r"(?:nông thôn mới|ntm)",
        base=34,
        not_after=r"phấn đấu|còn lại",
    ),
    rule(
        "communes_new_rural",
        "commune",
        both=True,
        before=r"công nhận(?: thêm)?",
        after=r"(?:nông thôn mới|ntm)",
        topic="rural",
        base=14,
        not_after=r"phấn đấu|còn lại|chưa",
        unless=r"tiêu chí",
    ),
    rule(
        "communes_criteria_band",
        "commune",
        at=r"xã(?: \w+){0,3} đạt (?:từ |dưới |trên )?\d+(?: ?(?:-|đến|tới) ?\d+)?"
        r"(?: trở lên)? tiêu chí",
        base=40,
    ),
    rule(
        "ntm_criteria_met",
        "criterion",
        before=r"(?:đã )?(?:đạt|hoàn thành)(?: được| chuẩn)?(?:[^.;\d]{0,20})?",
        topic="rural",
        reach=24,
        base=30,
        not_before=r"\d xã đạt(?: từ)?|phấn đấu[^.;]*|thêm|để đạt|còn",
        exact=True,
    ),
    rule(
        "village_conventions",
        "convention unit",
        at=r"(?:(?:bản )?(?:hương ước|quy ước)|(?:thôn|bản|ấp|khu phố|tổ dân phố|tdp|khóm"
        r"|buôn)[^.;,\d]{0,30}"
        r"(?:có|xây dựng|sửa đổi|ban hành)[^.;,\d]{0,30}(?:hương ước|quy ước))",
        base=38,
        not_after=r"chưa|không có",
    ),
    rule(
        "outreach_sessions",
        "event",
        at=r"(?:buổi|cuộc|đợt|lượt|hội nghị|lần)[^.;,\d]{0,12}(?:tuyên truyền|phổ biến|nói chuyện"
        r"|truyền thông)",
        base=38,
    ),
    rule(
        "outreach_sessions",
        "event",
        at=r"(?:buổi|cuộc|đợt|lần)",
        before=r"(?:tuyên truyền|phổ biến|truyền thông)(?: [^.;:\d]{0,60})?",
        nearest="outreach",
        rivals="dialogue supervision inspection reception meeting training staff_meeting",
        reach=70,
        base=22,
    ),
    # -- said otherwise
    rule(
        "communes_new_rural",
        "commune",
        at=r"xã(?:, [\w ]{3,12})? (?:đã |được công nhận |được )*(?:đạt(?: chuẩn)?|về đích"
        r"|hoàn thành)"
        r"(?! (?:từ |dưới |trên )?\d)",
        topic="rural",
        base=24,
        not_after=r"phấn đấu|còn lại|chưa|tiêu chí|kiểu mẫu về",
        not_before=r"phấn đấu|chỉ tiêu",
    ),
    rule(
        "communes_new_rural",
        "commune none",
        before=r"(?:số )?xã[^.;,\d]{0,14}(?:về đích|đạt(?: chuẩn)?"
        r"|được công nhận)[^.;\d]{0,12}(?:nông thôn mới|ntm)"
        r"[^.;,\d]{0,20}",
        reach=6,
        base=34,
        not_before=r"phấn đấu",
        not_after=r"còn lại|phấn đấu|chưa",
        unless=r"tiêu chí",
    ),
    rule(
        "communes_covered",
        "commune",
        before=r"(?:nhân rộng|triển khai|thực hiện|mở rộng|lan tỏa|lan|phủ|áp dụng"
        r"|làm)[^.;,\d]{0,14} (?:ra|ở|tại"
        r"|trên|tới|đến|khắp)",
        reach=4,
        base=20,
        not_after=r"đạt|còn lại|về đích",
        unless=r"nông thôn mới|tiêu chí|kiểm tra|giám sát|đại hội",
    ),
    rule(
        "models_recognised",
        "none",
        bare=True,
        before=r"(?:được |đã )?(?:công nhận|biểu dương|khen)(?: là)?",
        follows="models_registered models_registered_collective models_registered_individual",
        reach=3,
        base=40,
    ),
    rule(
        "village_conventions",
        "unit",
        at=r"(?:thôn|bản|ấp|khu phố|tổ dân phố|tdp|khóm|buôn|xóm|làng)(?:,? (?:và )?(?:thôn|bản"
        r"|ấp|khu phố"
        r"|tổ dân phố|khóm|buôn|xóm))*[^.;,\d]{0,30}(?:có|xây dựng|sửa đổi|sửa|ban hành|rà soát)"
        r"[^.;,\d]{0,30}(?:hương ước|quy ước)",
        base=38,
    ),
    rule(
        "outreach_sessions",
        "event",
        at=r"(?:buổi|cuộc|đợt|lần)",
        before=r"(?:tuyên truyền|phổ biến|truyền thông|nói chuyện)(?: lưu động| được| pháp luật)*",
        reach=4,
        base=34,
    ),
    rule(
        "outreach_sessions",
        "event",
        at=r"(?:buổi|cuộc|đợt|lần)",
        before=r"tuyên truyền[^.;]{0,70}(?:với|được|qua)",
        nearest="outreach",
        rivals="dialogue supervision inspection reception meeting training staff_meeting",
        reach=4,
        base=20,
    ),
)
