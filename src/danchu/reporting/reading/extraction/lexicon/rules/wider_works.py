"""Procedures, satisfaction, contributions, works, workplaces, said in further ways."""

from __future__ import annotations

from ..rule import EVENT, rule

_APOLOGY = r"(?:thư|phiếu|văn bản|công văn|lời) xin lỗi"
_STAFF = r"(?:cán bộ|công chức|viên chức|người lao động|nlđ|cnvc\w*|nhà giáo|cb,? ?cc\w*)"
_PAYERS = r"(?:hộ|khẩu|nhân khẩu|học sinh|lao động|gia đình|người|nhà)"
_PEOPLE = r"(?:nhân dân|người dân|bà con|dân|các hộ|hộ dân|cộng đồng)"

RULES = (
    # -- dossiers
    rule(
        "dossiers_received",
        "dossier",
        before=r"(?:tiếp nhận|nhận|thụ lý|đón nhận|tổng số)(?: mới| trực tiếp| và số hóa| được| qua"
        r" [^.;,\d]{0,30})*",
        topic="admin",
        reach=3,
        base=24,
        not_before=r"đã trả",
    ),
    rule(
        "dossiers_resolved",
        "dossier",
        before=r"(?:giải quyết|xử lý|trả kết quả|trả|hoàn thành|giải quyết và trả)(?: xong| được"
        r"| kết quả)*",
        topic="admin",
        reach=3,
        base=30,
        then=r"(?:hầu hết|phần lớn|cơ bản|đa số|tất cả|đều|trong đó|tỷ lệ|đạt)",
        not_before=r"chưa|đang",
    ),
    rule(
        "apology_letters",
        "dossier none",
        before=rf"{_APOLOGY}[^.;\d]{{0,34}}",
        reach=36,
        base=60,
        not_before=r"chưa|không",
        not_after=rf"chưa (?:có |gửi |được )?{_APOLOGY}",
        unless=r"chưa (?:có |gửi )?(?:thư )?xin lỗi",
    ),
    rule(
        "apology_letters",
        "dossier case",
        after=rf"[^.;,\d]{{0,24}}(?:(?:có|làm|gửi|ban hành|kèm|được) )(?:gửi )?{_APOLOGY}",
        not_after=r"chưa",
        base=66,
    ),
    rule(
        "dossiers_online_pct",
        "percent",
        before=r"=",
        follows="dossiers_online",
        same=True,
        reach=2,
        base=40,
        not_after=r"đúng hạn|kế hoạch",
    ),
    rule(
        "one_stop_units",
        "commune unit",
        after=r"(?:[^.;\d]{0,44} )?(?:phòng|bộ phận|trung tâm|mô hình|cơ chế) \"?(?:một cửa"
        r"|tiếp nhận và trả|phục vụ hành chính)",
        before=r"(?:có|tại|ở|được|,)",
        both=True,
        reach=3,
        base=-2,
        unless=r"kiểm tra|giám sát|niêm yết|hài lòng|hồ sơ|đối thoại|điểm(?: số)? \d|xin lỗi"
        r"|công khai",
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?:thấp nhất|cao nhất|riêng|tiếp (?:đến|theo)(?: là)?|kế đến|còn|lĩnh vực"
        r"|ngoại trú"
        r"|nội trú)(?: [^.;\d%]{0,40})?",
        follows="satisfaction_pct",
        reach=44,
        base=6,
        unless=r"rất hài lòng|mong|đúng hạn|trực tuyến|không hài lòng|bình thường|tán thành|đồng ý",
        not_before=r"tăng|giảm",
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?:cộng|tính|gộp)(?: chung)?(?: cả)? (?:hai|2) mức(?: là| đạt)?"
        r"|hài lòng (?:chung )?\((?:tính|gồm|kể) cả rất hài lòng\)|hài lòng trở lên(?: là| đạt)?",
        reach=3,
        base=80,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        after=r"[^.;,\d]{0,40}(?:hài lòng và rất hài lòng|rất hài lòng và hài lòng"
        r"|hài lòng, rất hài lòng|hài lòng trở lên)",
        base=80,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?:hài lòng và rất hài lòng|rất hài lòng và hài lòng|hài lòng, rất hài lòng"
        r"|hài lòng trở lên)(?: [^.;\d]{0,20})?",
        reach=22,
        base=80,
    ),
    rule(
        "survey_forms",
        "form",
        before=r"(?:khảo sát|điều tra|thăm dò|lấy ý kiến|phát ra|phát|thu về|thu lại|thu|qua)"
        r"(?: được| trực tuyến| bằng)*",
        topic="survey satisfaction",
        reach=3,
        base=16,
        unless=r"tín nhiệm",
    ),
    rule(
        "public_postings",
        "matter document procedure work",
        before=r"(?:công khai|niêm yết|thông báo công khai)(?: đầy đủ| kịp thời| tại trụ sở"
        r"| quyết toán(?: xây dựng)?| dự toán)*",
        reach=3,
        base=70,
        not_before=r"chưa|không|việc",
    ),
    rule(
        "public_postings",
        "place house unit",
        before=r"(?:dán|niêm yết|treo|công khai)(?:[^.;,\d]{0,30})? (?:tại|ở)"
        r"(?: trụ sở[^.;,\d]{0,16}và)?(?: cả| các)?",
        reach=3,
        base=36,
        not_before=r"chưa|không",
        not_after=r"chậm nhất|trong thời gian|phường",
    ),
    rule(
        "procedures_kept",
        "procedure none",
        before=r"(?:đề nghị |kiến nghị |phương án )?giữ nguyên(?: là)?",
        topic="procedure",
        reach=3,
        base=30,
    ),
    rule(
        "procedures_abolished",
        "procedure none",
        before=r"(?:đề nghị |kiến nghị |công bố )?(?:bãi bỏ|hủy bỏ|cắt bỏ|cắt giảm)"
        r"(?:, thay thế)?(?: là)?",
        topic="procedure",
        reach=3,
        base=30,
        unless=r"quyết định bị|bản án",
    ),
    rule(
        "procedures_amended",
        "procedure none",
        before=r"(?:đề nghị |kiến nghị |công bố )?(?:sửa đổi|sửa đổi, bổ sung|bổ sung|đơn giản hóa"
        r"|thay thế)(?: là)?",
        topic="procedure",
        reach=3,
        base=30,
        unless=r"quy chế|quy ước|hương ước",
    ),
    # -- contributions and works
    rule(
        "contribution_rate_vnd",
        "money",
        before=rf"(?:thu|thu thêm|góp|đóng góp|đóng|nộp|mức)[^.;\d]{{0,30}} (?:mỗi|một"
        rf"|1) {_PAYERS}",
        reach=3,
        base=44,
        unless=r"thu nhập|lương|trợ cấp|quà|thuê",
    ),
    rule(
        "contribution_rate_vnd",
        "money",
        before=rf"mỗi {_PAYERS}(?: \w+){{0,2}}? (?:góp|đóng góp|đóng|nộp|phải nộp)(?: thêm"
        rf"| bình quân)?",
        reach=3,
        base=70,
        unless=r"thu nhập|lương|trợ cấp|quà",
    ),
    rule(
        "contribution_rate_vnd",
        "money",
        before=rf"(?:và|,|còn) mỗi {_PAYERS}",
        follows="contribution_rate_vnd",
        same=True,
        reach=2,
        base=40,
    ),
    rule(
        "contributions_vnd",
        "money",
        before=rf"{_PEOPLE}(?: [^.;\d]{{0,30}})? (?:đã )?(?:đóng|nộp|góp|đóng góp|ủng hộ)(?: được"
        r"| thêm)?",
        reach=3,
        base=34,
        unless=r"mỗi (?:hộ|khẩu|người|nhà)|thuế|phạt|người nghèo|/ ?(?:hộ|khẩu|người)",
        not_before=r"nhà nước|ngân sách",
    ),
    rule(
        "contributions_vnd",
        "money",
        before=r"(?:và|,|cùng)",
        after=r"tiền mặt",
        both=True,
        follows="labour_days land_donated_m2 land_donating_households",
        same=True,
        reach=2,
        base=-4,
    ),
    rule(
        "contributions_vnd",
        "money",
        before=r"(?:quy|tính) (?:ra|thành) tiền(?: trên| hơn| là| khoảng)*",
        follows="land_donated_m2 labour_days roads_built_m works_completed",
        reach=3,
        base=40,
    ),
    rule(
        "contributions_share_pct",
        "percent",
        before=r"(?:chiếm|bằng|đạt|tức|tương đương|\()(?: tỷ lệ| khoảng| gần| hơn)*",
        follows="contributions_vnd",
        not_behind="state_funding_vnd investment_vnd",
        same=True,
        reach=3,
        base=26,
        unless=r"kế hoạch|so với cùng kỳ",
        not_after=r"giá trị",
    ),
    rule(
        "land_donated_m2",
        "area",
        at=r"đất(?! thu hồi| sai| vi phạm)",
        follows="contributions_vnd labour_days",
        same=True,
        base=-12,
        unless=r"thu hồi|sai phạm|bồi thường|quy hoạch|diện tích tự nhiên",
    ),
    rule(
        "land_donating_households",
        "household",
        at=r"hộ(?: dân| gia đình)?(?: đã)? (?:lùi rào|phá rào|phá dỡ|tháo dỡ|dịch rào|chặt cây"
        r"|tự nguyện)[^.;\d]{0,30}hiến",
        base=44,
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"(?:hết|tốn|tiêu tốn|chi hết|kinh phí hết|làm hết)(?: tổng cộng| khoảng)?",
        topic="road contribution rural house",
        reach=2,
        base=10,
        unless=r"lương|quà|phạt",
    ),
    rule(
        "roads_built_m",
        "length",
        before=r"(?:đoạn|tuyến|con) đường[^.;]{0,50}(?<!rộng )dài",
        then=r"(?:đã|được) (?:được )?(?:đổ bê tông|hoàn thành|bê tông hóa|nâng cấp|mở rộng|làm xong"
        r"|đưa vào sử dụng|thông xe)",
        reach=3,
        base=40,
    ),
    rule(
        "houses_supported",
        "house",
        before=r"(?:dựng|cất|xây|làm|sửa|sửa chữa|sửa lại|xóa|bàn giao|hỗ trợ|trao|khởi công)"
        r"(?: mới| lại| chữa| được| xây dựng)*",
        reach=3,
        base=34,
        not_before=r"thu hồi",
        not_after=r"văn hóa|sinh hoạt|trường",
    ),
    rule(
        "houses_supported",
        "house",
        follows="houses_supported",
        same=True,
        base=24,
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:thăm hỏi|trợ cấp|hỗ trợ|tặng|trao|giúp đỡ|chăm lo|suất (?:quà|cơm|ăn)|phần quà)"
        r"[^.;]{0,70}(?:trị giá|số tiền|tổng giá trị|tổng trị giá|giá trị|tổng số tiền|kinh phí)"
        r"(?: là| khoảng| gần| hơn| trên)*",
        reach=4,
        base=56,
        unless=r"nhà thầu|đất hiến|tổng vốn",
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:vận động|quyên góp)[^.;\d]{0,30}(?:tiền|hàng|quà"
        r"|nhu yếu phẩm)[^.;\d]{0,20}(?:trị giá"
        r"|được|là)?",
        after=r"hỗ trợ|giúp|tặng|cho (?:người|hộ|gia đình)",
        both=True,
        reach=4,
        base=40,
    ),
    rule(
        "village_conventions",
        "unit convention",
        after=r"(?:[^.;\d]{0,24} )?(?:có|xây dựng|ban hành|thông qua|sửa đổi"
        r"|phê duyệt)[^.;,\d]{0,14}"
        r"(?:quy ước|hương ước)",
        base=44,
        not_after=r"chưa|không",
        not_before=r"chưa|còn",
    ),
    rule(
        "village_conventions",
        "unit convention document",
        at=r"(?:bản|quy ước|hương ước)",
        before=r"(?:sửa|bổ sung|xây dựng|công nhận)(?: đổi| lại| mới| được)*",
        follows="village_conventions",
        reach=3,
        base=10,
    ),
    rule(
        "outreach_sessions",
        "event",
        before=r"(?:tuyên truyền|phổ biến|quán triệt|nói chuyện)[^.;]{0,50}(?:được)?",
        nearest="outreach",
        rivals="dialogue supervision inspection reception training meeting",
        reach=30,
        base=6,
        unless=r"đối thoại|giám sát|tập huấn",
    ),
    rule(
        "training_participants",
        "turn person",
        before=r"(?:hướng dẫn|giúp|hỗ trợ)(?: trực tiếp)?(?: cho)?",
        after=r"(?:nộp|làm|thực hiện|cài đặt|sử dụng|đăng ký)[^.;\d]{0,30}(?:hồ sơ|thủ tục"
        r"|dịch vụ công"
        r"|vneid|định danh|trực tuyến)",
        both=True,
        reach=3,
        base=10,
    ),
    # -- workplaces
    rule(
        "workplace_conferences_held",
        "unit",
        at=r"(?:doanh nghiệp|dn|đơn vị|cơ quan|công ty|trường|công đoàn cơ sở)(?: đã)? tổ chức"
        r"(?= ?[.,;]|$)",
        nearest="staff_meeting",
        rivals="dialogue supervision inspection training outreach",
        base=10,
    ),
    rule(
        "workplace_conferences_pct",
        "percent",
        before=rf"(?:tỷ lệ|số) (?:cơ quan|đơn vị|doanh nghiệp|trường)[^.;]{{0,60}}hội nghị"
        rf" (?:\w+ )?{_STAFF}[^;]{{0,80}}(?:lên|đạt|là|bằng)",
        reach=3,
        base=50,
    ),
    rule(
        "workplace_dialogues",
        "event",
        at=EVENT,
        before=r"(?:theo vụ việc|đột xuất|khi có vụ việc|theo yêu cầu)(?: là| có|:)?",
        follows="workplace_dialogues",
        same=True,
        reach=2,
        base=30,
    ),
    rule(
        "union_members",
        "person union_member",
        at=r"(?:người|lao động|cán bộ|công nhân|viên chức)(?: \w+){0,2} là đoàn viên",
        base=40,
    ),
    rule(
        "union_units",
        "union_unit none unit",
        before=r"(?:tổng )?số (?:cđcs|công đoàn cơ sở|công đoàn)(?: [^.;\d]{0,40})?(?: lên| là| đạt"
        r"| hiện có)",
        reach=3,
        base=44,
    ),
    rule(
        "union_units",
        "team_union",
        base=24,
        topic="union",
    ),
)
