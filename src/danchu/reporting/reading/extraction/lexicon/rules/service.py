"""Satisfaction, procedures, documents, postings."""

from __future__ import annotations

from ..rule import rule

RULES = (
    # -- satisfaction
    rule(
        "satisfaction_very_satisfied_pct",
        "percent",
        after=r"[^.;\d]{0,60}rất hài lòng",
        not_after=r"(?:không|chưa) hài lòng",
        base=44,
    ),
    rule(
        "satisfaction_very_satisfied_pct",
        "percent",
        before=r"rất hài lòng(?:[^.;\d]{0,90})?",
        reach=3,
        base=44,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        after=r"[^.;\d]{0,80}hài lòng",
        not_after=r"(?:rất|chưa|không) hài lòng",
        not_before=r"(?:rất |không |chưa )hài lòng[^.;\d]{0,6}",
        not_behind="satisfaction_very_satisfied_pct",
        unless=r"bình thường",
        base=34,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?<!rất )(?<!không )(?<!chưa )hài lòng(?:[^;\d]{0,120})?",
        not_behind="satisfaction_very_satisfied_pct",
        not_after=r"(?:chưa|không|rất) hài lòng|bình thường",
        base=30,
        unless=r"mong đợi|tăng thêm|bình thường \d",
        not_before=r"đòi hỏi|mong",
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"hài lòng(?:[^;]{0,150})?(?:đạt|là|cao nhất là|thấp nhất là)",
        follows="survey_forms satisfaction_pct",
        reach=8,
        base=30,
        unless=r"mong đợi|bình thường \d",
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?:cao|thấp) nhất(?: là| đạt)?",
        follows="satisfaction_pct",
        reach=2,
        base=30,
    ),
    rule(
        "no_harassment_pct",
        "percent",
        after=r"[^.;\d]{0,60}không (?:bị |gặp |phải )?(?:\w+ ){0,2}(?:làm phiền|phiền hà|sách nhiễu"
        r"|gây khó|nhũng nhiễu|hạch sách)",
        base=46,
    ),
    rule(
        "no_bribe_request_pct",
        "percent",
        after=r"[^.;\d]{0,60}không (?:bị |phải )?(?:\w+ ){0,2}(?:gợi ý|vòi vĩnh|nộp thêm|đòi"
        r"|chi thêm"
        r"|trả thêm|đưa thêm|chi phí ngoài)",
        base=46,
    ),
    rule(
        "par_index_score",
        "point",
        topic="par_index",
        base=24,
        not_before=r"thang|từ|trên|dưới|đến",
        not_after=r"trở lên|trở xuống",
    ),
    rule(
        "par_index_score",
        "none point",
        bare=True,
        before=r"(?:bộ|ngân hàng|tỉnh|thành phố|ủy ban|sở|huyện"
        r"|quận)(?: [\w\-]+(?: - [\w\-]+)?){1,6} \(",
        follows="par_index_score",
        reach=2,
        base=30,
    ),
    rule(
        "service_index_score",
        "point",
        topic="service_index",
        nearest="service_index",
        rivals="par_index",
        base=30,
        not_before=r"chỉ tiêu[^.;,\d]{0,30}|thang",
    ),
    # -- offices and procedures
    rule("one_stop_units", "stop", base=30, not_before=r"còn lại"),
    rule(
        "one_stop_units",
        "unit commune",
        before=r"phòng \"?một cửa\"?(?: hiện đại| liên thông)* (?:tại|ở)",
        reach=3,
        base=24,
    ),
    rule(
        "procedures_reviewed",
        "procedure none",
        before=r"(?:tổng số )?(?:thủ tục hành chính |thủ tục |tthc )?(?:được "
        r"|đã )?rà soát(?:[^.;\d]{0,20})?",
        topic="procedure",
        reach=24,
        base=34,
    ),
    rule(
        "procedures_reviewed",
        "procedure",
        after=r"(?:đã )?được rà(?: soát)?",
        base=36,
    ),
    rule(
        "procedures_kept",
        "procedure none",
        before=r"(?:kiến nghị |đề nghị |đề xuất )?giữ nguyên(?: là)?(?:[^.;\d]{0,12})?",
        topic="procedure",
        reach=16,
        base=40,
    ),
    rule(
        "procedures_abolished",
        "procedure none",
        before=r"(?:kiến nghị |đề nghị |đề xuất )?(?:bãi bỏ|hủy bỏ|cắt giảm"
        r"|bỏ)(?:, thay thế)?(?: là)?",
        topic="procedure",
        reach=12,
        base=40,
    ),
    rule(
        "procedures_amended",
        "procedure none",
        before=r"(?:kiến nghị |đề nghị |đề xuất )?(?:sửa đổi|sửa)(?:, bổ sung)?(?: là)?",
        topic="procedure",
        reach=12,
        base=40,
    ),
    rule(
        "documents_issued",
        "document",
        before=r"(?:ban hành|ra|tham mưu ban hành|xây dựng|ký ban hành"
        r"|phát hành)(?: [^.;:,\d]{0,40})?",
        reach=44,
        base=24,
        not_before=r"phải|sẽ|theo kế hoạch",
        not_after=r"xin lỗi|kiến nghị",
        unless=r"phải trình|thẩm quyền xử lý",
    ),
    rule(
        "documents_issued",
        "document",
        follows="documents_issued",
        base=22,
        at=r"(?:văn bản|kế hoạch|nghị quyết|chỉ thị|công văn|hướng dẫn|thông báo|quy định)",
    ),
    rule(
        "documents_issued",
        "document",
        after=r"(?:đã |được )?(?:được )?ban hành",
        base=22,
        not_after=r"quy chế thực hiện",
    ),
    rule(
        "units_implementing_pct",
        "percent",
        after=r"(?:số )?(?:các )?(?:đơn vị|cơ quan|khoa|phòng|xã|phường|thôn|địa phương|ấp|khu phố"
        r"|doanh nghiệp|dn|trường|tổ dân phố|bản)"
        r"[^.;\d]{0,60}(?:thực hiện|xây dựng|ban hành|triển khai|sửa đổi|duy trì|có)[^.;\d]{0,50}"
        r"(?:quy chế|quy tắc|quy định|nội quy|quy ước)",
        base=34,
    ),
    rule(
        "units_implementing",
        "unit commune",
        after=r"[^.;\d]{0,40}(?:đã |đều )?(?:ban hành|xây dựng|thực hiện|sửa đổi|bổ sung"
        r"|triển khai|duy trì|rà soát|có)"
        r"[^.;\d]{0,40}(?:quy chế|quy tắc ứng xử|nội quy|quy ước)",
        base=32,
        unless=r"hội nghị cán bộ",
    ),
    rule(
        "public_postings",
        "posting",
        base=34,
    ),
    rule(
        "public_postings",
        "procedure matter document place unit slip turn board",
        before=r"(?:niêm yết|công khai|dán|đăng tải|đăng|công bố|đọc|phát"
        r"|mã qr)(?: [^.;:\d]{0,50})?(?: \w+){0,4}",
        topic="posting",
        reach=60,
        base=14,
        not_before=r"chưa|không|lịch tiếp|phát ra|phát phiếu",
        unless=r"hội nghị|đối thoại|giám sát|kiểm tra|phiếu",
    ),
    rule(
        "public_postings",
        "procedure matter document",
        after=r"(?:đã |được )+(?:niêm yết|công khai|dán|đăng tải|công bố)",
        base=34,
    ),
    rule(
        "public_postings",
        "none turn",
        bare=True,
        before=r"(?:tổng )?số (?:lượt )?(?:niêm yết|công khai)(?: [^.;:\d]{0,20})?"
        r"|lượt (?:niêm yết|công khai)",
        reach=26,
        base=30,
    ),
    rule(
        "steering_committees",
        "committee",
        before=r"(?:kiện toàn|thành lập|củng cố|có)(?: [^.;:\d]{0,30})?",
        reach=36,
        base=26,
        not_before=r"chưa",
        not_after=r"chưa|còn lại",
    ),
    rule(
        "steering_committees",
        "committee",
        after=r"(?:đã )?được (?:kiện toàn|thành lập|củng cố)",
        base=26,
    ),
    rule(
        "survey_forms",
        "form",
        before=r"(?:phát(?: ra| hành)?|thu(?: về| được)?|khảo sát|ghi|lấy|nhận|tổng hợp|với"
        r"|có)(?: [^.;:\d]{0,50})?",
        topic="survey satisfaction",
        base=24,
        not_after=r"kiến nghị|đồng ý|tán thành|bầu|hài lòng",
        unless=r"phiếu đồng ý",
    ),
    rule(
        "survey_forms",
        "form",
        topic="satisfaction",
        base=10,
        not_after=r"kiến nghị|đồng ý|tán thành|bầu|hài lòng",
    ),
    # -- said otherwise
    rule(
        "no_harassment_pct",
        "percent",
        before=r"không (?:bị |gặp |phải )?(?:\w+ ){0,2}(?:làm phiền|phiền hà|sách nhiễu|gây khó"
        r"|nhũng nhiễu"
        r"|hạch sách)[^.;\d]{0,24}",
        reach=26,
        base=30,
    ),
    rule(
        "no_bribe_request_pct",
        "percent",
        before=r"không (?:bị |phải )?(?:\w+ ){0,2}(?:gợi ý|vòi vĩnh|nộp thêm|đòi|chi thêm|trả thêm"
        r"|đưa thêm)[^.;\d]{0,30}",
        reach=32,
        base=34,
    ),
    rule(
        "service_index_score",
        "point",
        before=r"(?:quyết định|bộ chỉ số)[^.;]{0,12}766[^.;]{0,50}",
        reach=50,
        base=34,
        not_before=r"chỉ tiêu[^.;,\d]{0,30}|thang",
    ),
    rule(
        "public_postings",
        "posting turn",
        at=r"lượt (?:tin|văn bản|bài|thông báo|nội dung|thông tin)",
        topic="posting",
        base=10,
    ),
    rule(
        "public_postings",
        "turn",
        before=r"(?:đọc|phát|thông báo)[^.;,\d]{0,12} (?:loa|đài|truyền thanh)[^.;,\d]{0,20}",
        reach=20,
        base=36,
    ),
    rule(
        "public_postings",
        "unit place house",
        before=r"(?:niêm yết|dán|công khai)[^.;,\d]{0,40}(?:tại|ở)[^.;\d]{0,40}",
        reach=42,
        base=20,
        not_before=r"chưa|không|lịch tiếp",
        unless=r"hội nghị|đối thoại|giám sát|kiểm tra",
    ),
    rule(
        "units_implementing",
        "unit commune none",
        before=r"(?:số )?(?:cơ quan|đơn vị|xã|phường|thôn|ấp|trường"
        r"|doanh nghiệp)[^.;,\d]{0,20}(?:ban hành"
        r"|sửa đổi|xây dựng|thực hiện)[^.;,\d]{0,30}(?:quy chế|quy tắc|nội quy)[^.;,\d]{0,14}",
        reach=16,
        base=34,
        unless=r"chưa",
    ),
    rule(
        "steering_committees",
        "unit commune",
        after=r"[^.;,\d]{0,30}(?:kiện toàn|thành lập|củng cố)[^.;,\d]{0,16}ban chỉ đạo",
        base=40,
        not_after=r"chưa",
    ),
    rule(
        "steering_committees",
        "committee",
        before=r"(?:kiện toàn|thành lập|củng cố|lập)(?: mới| lại)*",
        reach=3,
        base=36,
    ),
    rule(
        "documents_issued",
        "document",
        before=r"(?:tham mưu|soạn thảo|trình|có|gồm|ra)(?: [^.;:,\d]{0,24})?",
        topic="documents",
        reach=10,
        base=8,
        not_before=r"phải|sẽ|theo kế hoạch|góp ý|phản biện|lấy ý kiến",
        not_after=r"xin lỗi|kiến nghị",
        unless=r"phản biện|góp ý|niêm yết|dự thảo",
    ),
    rule(
        "one_stop_units",
        "stop",
        before=r"duy trì|đưa vào|mở|có|bố trí|thành lập|khai trương",
        base=10,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"sipas[^.;\d]{0,40}",
        reach=42,
        base=34,
    ),
)
