"""Inspection, recovery, discipline."""

from __future__ import annotations

from ..rule import EVENT, rule

_PROPOSE = (
    r"(?:kiến nghị|kiến nghi|đề nghị|yêu cầu)(?: xử lý,?| xử lý và)?(?: [^.;\d]{0,30})?thu hồi"
)
_RECOVER = (
    r"(?:(?:đã |được )?thu hồi|đã thu|được thu|thu lại|thu nộp|thu về)(?: lại| về| nộp"
    r"| được)?(?: (?:số|tổng số) tiền)?(?: [^.;\d]{0,40})?"
    r"|(?:nộp|thu nộp|hoàn nộp|nộp lại|nộp trả)(?: lại)?(?: vào)? (?:ngân sách"
    r"|kho bạc)(?:[^.;\d]{0,20})?"
    r"|tổng số tiền thu hồi|truy thu"
)
_MONITORED = r"đôn đốc|theo dõi|kiểm tra việc thực hiện"

RULES = (
    # -- inspections
    rule(
        "inspections_conducted",
        "event team",
        at=r"(?:cuộc|đoàn|lượt|đợt|lượt đoàn|buổi|lần)(?: (?:đi|tự))? (?:thanh tra|kiểm tra)",
        base=30,
        not_before=r"trong đó có \w+ kết luận",
    ),
    rule(
        "inspections_conducted",
        "event",
        at=EVENT,
        before=r"(?:thanh tra|kiểm tra)(?: [^.;\d]{0,60})?|tiến hành|triển khai",
        nearest="inspection",
        rivals="supervision dialogue reception meeting training criticism staff_meeting outreach",
        base=10,
        not_before=r"chia (?:làm |thành )?|ban thanh tra nhân dân[^.;]{0,60}"
        r"|kết luận(?: thanh tra| kiểm tra)?"
        r"|theo kế hoạch|hoàn tất|kết thúc",
        not_after=r"(?:đã )?(?:ban hành |có )?kết luận",
    ),
    rule(
        "inspections_conducted",
        "event",
        follows="inspections_conducted",
        at=EVENT,
        base=14,
        not_before=r"kết thúc|hoàn tất|hoàn thành|kết luận[^.;]{0,20}|theo kế hoạch",
        unless=r"giám sát|đối thoại",
    ),
    rule(
        "inspections_completed",
        "event",
        before=r"(?:đã )?(?:kết thúc|hoàn thành|hoàn tất|xong)",
        at=r"(?:cuộc|đoàn)",
        topic="inspection",
        reach=8,
        base=40,
    ),
    rule(
        "inspection_conclusions_issued",
        "conclusion",
        before=r"(?:ban hành|ra|công bố|đã có|có|lưu hành)",
        topic="inspection",
        reach=10,
        base=26,
        not_before=_MONITORED,
    ),
    rule(
        "inspection_conclusions_issued",
        "event",
        before=r"(?:ban hành |có |ra )?kết luận(?: thanh tra)?",
        reach=10,
        topic="inspection",
        base=44,
    ),
    rule(
        "inspection_conclusions_issued",
        "event",
        after=r"(?:đã )?(?:ban hành|có|ra) kết luận",
        topic="inspection",
        base=32,
    ),
    rule(
        "conclusions_followed_up",
        "conclusion",
        before=rf"(?:{_MONITORED})(?:[^.;\d]{{0,40}})?",
        base=38,
    ),
    rule(
        "units_inspected",
        "unit commune team person individual",
        at=r"(?:đơn vị|cơ quan|doanh nghiệp|dn|tổ chức|cơ sở|địa phương|xã|phường|huyện|khu trọ"
        r"|chi bộ"
        r"|đảng bộ|sở|thôn|trường|khu|ấp|công ty|phòng|ban)",
        before=r"(?:thanh tra|kiểm tra)[^.;\d]{0,110}(?:tại|đối với|ở|với)|(?:đã )?(?:thanh tra"
        r"|kiểm tra)"
        r"(?: được| trực tiếp)?",
        reach=6,
        base=28,
        unless=r"phát ra|kế hoạch",
    ),
    rule(
        "units_inspected",
        "unit commune",
        at=r"(?:đơn vị|cơ quan|doanh nghiệp|dn|tổ chức|cơ sở|địa phương|xã|phường|huyện)",
        before=r"tại|đối với",
        nearest="inspection",
        rivals="dialogue reception meeting training supervision posting outreach staff_meeting",
        reach=2,
        base=-16,
        unless=r"một cửa|đưa vào sử dụng|đối thoại|họp|tuyên truyền",
    ),
    rule(
        "units_inspected",
        "unit",
        at=r"(?:tổ chức, cá nhân|doanh nghiệp|cơ sở|đơn vị)",
        follows="inspections_conducted",
        nearest="inspection",
        rivals="dialogue reception meeting training supervision posting outreach staff_meeting",
        not_before=r"chấn chỉnh|nhắc nhở|phê bình|còn lại",
        base=-20,
    ),
    rule(
        "units_inspected",
        "unit commune",
        after=r"được (?:thanh tra|kiểm tra)",
        base=28,
    ),
    # -- violations and recovery
    rule(
        "violations_found",
        "case violation matter",
        at=r"(?:trường hợp|vụ việc|vụ|hành vi|lỗi)?[^.;,\d]{0,40}(?:sai phạm|vi phạm|không đúng"
        r"|chưa đúng|sai (?:đối tượng|quy định|mục đích|sót)|sai(?= ))",
        before=r"(?:đã )?(?:phát hiện|chỉ ra|làm rõ)",
        reach=10,
        base=36,
        unless=r"tham nhũng",
    ),
    rule(
        "violations_found",
        "case violation household person individual",
        before=r"(?:phát hiện|chỉ ra)(?: được)?",
        reach=8,
        topic="violation supervision inspection",
        base=22,
        unless=r"kiến nghị 0?\d+ việc",
    ),
    rule(
        "violations_found",
        "none",
        bare=True,
        before=r"(?:số )?(?:vi phạm|sai phạm)(?: (?:được )?phát hiện)?|phát hiện (?:vi phạm"
        r"|sai phạm)",
        reach=8,
        topic="violation",
        base=30,
    ),
    rule(
        "violations_amount_vnd",
        "money",
        before=r"(?:phát hiện )?(?:sai phạm|vi phạm)(?:[^.;\d]{0,50})?",
        not_before=r"xử phạt(?: vi phạm)?[^.;\d]{0,30}|kiến nghị(?: [^.;\d]{0,20})?thu hồi"
        r"|xử lý thu hồi[^.;]*",
        reach=60,
        base=14,
    ),
    rule(
        "violations_land_m2",
        "area",
        before=r"(?:phát hiện )?(?:sai phạm|vi phạm|lấn chiếm|sai mục đích"
        r"|trái phép)(?:[^;]{0,90})?",
        reach=90,
        base=12,
        not_before=r"thu hồi[^;]*",
    ),
    rule(
        "recovery_proposed_vnd",
        "money",
        before=rf"{_PROPOSE}(?:[^.;\d]{{0,40}})?",
        base=30,
    ),
    rule(
        "recovery_pending_vnd",
        "money",
        before=r"(?:còn|còn lại|chưa thu(?: hồi)?|còn phải thu(?: hồi)?)(?: được)?(?: số tiền)?",
        follows="recovery_proposed_vnd funds_recovered_vnd violations_amount_vnd",
        reach=12,
        base=38,
    ),
    rule(
        "recovery_pending_vnd",
        "money",
        after=r"(?:đang |còn )?(?:chờ|chưa) thu(?: hồi)?",
        base=34,
    ),
    rule(
        "funds_recovered_vnd",
        "money",
        before=_RECOVER,
        not_before=r"(?:kiến nghị|kiến nghi|đề nghị|yêu cầu)[^.;\d]{0,40}|phạt[^.;\d]{0,20}",
        unless=r"bồi thường|thu nhập|nguồn thu|thu ngân sách|thu quỹ|tổng thu|mức thu|thu tiền của",
        reach=60,
        base=20,
    ),
    rule(
        "funds_recovered_vnd",
        "none",
        bare=True,
        before=r"thu hồi (?:tiền|về tiền|kinh tế)(?: là)?",
        reach=6,
        base=26,
    ),
    rule(
        "recovery_rate_pct",
        "percent",
        before=r"(?:tỷ lệ )?thu hồi(?:[^.;]{0,90})?(?:đạt|là|bằng)(?: tỷ lệ)?",
        reach=10,
        base=26,
        unless=r"mặt bằng",
    ),
    rule(
        "recovery_rate_pct",
        "percent",
        before=r"tỷ lệ (?:này )?(?:đạt|là)",
        follows="recovery_rate_pct funds_recovered_vnd",
        reach=4,
        base=22,
    ),
    rule(
        "land_recovery_proposed_m2",
        "area",
        before=rf"{_PROPOSE}(?:[^;]{{0,90}})?",
        base=28,
        not_before=r"khôi phục[^;]*|trả lại[^;]*",
    ),
    rule(
        "land_recovered_m2",
        "area",
        before=r"(?:đã )?thu hồi(?: đất)?(?:[^;]{0,60})?",
        not_before=r"(?:kiến nghị|kiến nghi|đề nghị)[^;]{0,60}|khôi phục[^;]*|trả lại[^;]*",
        unless=r"giải phóng mặt bằng|gpmb|dự án|hồ chứa|diện tích thu hồi|bị ảnh hưởng|có đất",
        base=18,
    ),
    rule("sanction_decisions", "sanction", base=36, not_before=r"kiến nghị"),
    rule(
        "sanction_decisions",
        "case unit individual collective person",
        before=r"xử phạt(?: vi phạm hành chính)?(?: đối với)?",
        reach=8,
        base=10,
        unless=r"gây rối|tiếp (?:công )?dân|giao thông|công an|nồng độ",
    ),
    rule(
        "fines_vnd",
        "money",
        before=r"(?:xử )?phạt(?: tiền| vi phạm hành chính| hành chính)?(?:[^.;\d]{0,50})?",
        base=26,
        reach=60,
    ),
    # -- discipline
    rule(
        "collectives_disciplined",
        "collective unit",
        at=r"(?:tập thể|tổ chức đảng|tổ chức|đơn vị|cơ quan)",
        before=r"(?:kỷ luật|kiểm điểm|xử lý(?: trách nhiệm| hành chính| kỷ luật)*|khiển trách"
        r"|cảnh cáo"
        r"|phê bình)(?:[^.;\d]{0,50})?",
        unless=r"khen|biểu dương|tuyên dương",
        reach=50,
        base=22,
    ),
    rule(
        "individuals_disciplined",
        "individual person case",
        at=r"(?:cá nhân|đảng viên|cán bộ|công chức|đồng chí|trường hợp|người)",
        before=r"(?:kỷ luật|kiểm điểm|xử lý(?: trách nhiệm| hành chính| kỷ luật)+|khiển trách"
        r"|cảnh cáo"
        r"|phê bình)(?:[^.;\d]{0,50})?",
        unless=r"khen|biểu dương|tuyên dương|gây rối",
        reach=60,
        base=22,
    ),
    rule(
        "individuals_disciplined",
        "individual",
        follows="collectives_disciplined individuals_disciplined",
        base=24,
        unless=r"khen|biểu dương|tuyên dương|đăng ký",
    ),
    rule(
        "cases_transferred",
        "case",
        before=r"chuyển(?: hồ sơ)?(?: \w+){0,3} (?:cơ quan )?(?:cảnh sát )?(?:điều tra"
        r"|công an)(?:[^.;\d]{0,30})?",
        base=36,
    ),
    rule(
        "cases_transferred",
        "case",
        before=r"(?:lập thủ tục,? )?chuyển(?: hồ sơ)?",
        both=True,
        after=r"(?:qua|sang|cho|đến) (?:cơ quan )?(?:cảnh sát )?(?:điều tra|công an)",
        topic="inspection violation petition",
        unless=r"chuyển đến|chuyển (?:đúng )?thẩm quyền",
        base=20,
        reach=14,
    ),
    rule(
        "officials_rotated",
        "person case individual",
        before=r"(?:luân chuyển|điều động|chuyển đổi vị trí(?: công tác)?)(?:,? (?:và )?bố trí)?"
        r"(?:[^.;\d]{0,30})?",
        reach=34,
        base=30,
    ),
    rule(
        "officials_rotated",
        "person case individual",
        after=r"(?:được )?(?:luân chuyển|điều động|chuyển đổi vị trí)",
        base=30,
    ),
    rule(
        "asset_declaration_units",
        "unit commune",
        after=r"[^.;\d]{0,50}kê khai(?: minh bạch)? (?:tài sản|thu nhập)",
        base=36,
    ),
)
