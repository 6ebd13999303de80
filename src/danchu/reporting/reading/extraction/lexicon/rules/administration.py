"""Administrative reform: dossiers, satisfaction, procedures, documents, postings."""

from __future__ import annotations

from ..rule import rule

_ON_TIME = (
    r"đúng (?:thời )?hạn|đúng hẹn|đúng và trước hạn|trước và đúng hạn|trước,? đúng hạn"
    r"|đúng,? trước hạn"
)
_LATE = r"trễ hạn|trễ hẹn|quá hạn|chậm hạn|chậm muộn|trễ"
_NOT_TARGET = r"hài lòng"

RULES = (
    rule(
        "dossiers_received",
        "dossier",
        before=r"(?:tiếp )?nhận(?: được)?(?: và giải quyết)?(?:[^.;:,\d]{0,40})?|thụ lý"
        r"|tổng số(?:[^.;\d]{0,20})?"
        r"|nhận giúp|hộ",
        reach=60,
        base=22,
        not_before=r"(?:trả|giải quyết)[^.;,\d]{0,20}|lịch",
        not_after=r"(?:đã )?(?:được )?giải quyết(?! thủ tục)",
    ),
    rule(
        "dossiers_received",
        "dossier none",
        bare=True,
        before=r"(?:tổng )?số (?:lượng )?hồ sơ[^.;\d]{0,60}(?:tiếp nhận|đã nhận)(?:[^.;\d]{0,30})?"
        r"|hồ sơ (?:đã )?tiếp nhận(?: là)?|tiếp nhận(?: là)?",
        topic="admin",
        reach=30,
        unless=r"đơn thư|ý kiến|khiếu nại",
        base=22,
    ),
    rule(
        "dossiers_resolved",
        "dossier",
        before=r"(?:đã )?(?:giải quyết|xử lý|trả kết quả|trả|hoàn thành)(?: xong"
        r"| được)?(?: [^.;:,\d]{0,30})?",
        reach=50,
        base=24,
        not_before=rf"chưa[^.;,\d]{{0,20}}|đang|tiếp nhận,? (?:và )?|(?:{_ON_TIME}"
        rf"|trước hạn)[^.;,\d]{{0,10}}",
        not_after=rf"(?:chưa|đang)|(?:{_ON_TIME}|{_LATE}|trước hạn)",
        unless=r"thư xin lỗi",
    ),
    rule(
        "dossiers_resolved",
        "dossier",
        after=r"(?:đã |đều )?(?:đã |được )(?:được )?(?:giải quyết|xử lý|trả kết quả)(?! (?:đúng"
        r"|trước))",
        base=24,
        not_after=r"chưa|đang",
    ),
    rule(
        "dossiers_resolved",
        "none",
        bare=True,
        before=r"(?:đã )?(?:giải quyết|trả kết quả|đã trả|hoàn thành)(?: xong| được)?",
        topic="admin",
        reach=10,
        follows="dossiers_received dossiers_resolved",
        base=26,
        not_before=r"chưa|đang",
    ),
    rule(
        "dossiers_on_time",
        "dossier none",
        before=rf"(?:{_ON_TIME})(?: là)?(?:[^.;:\d]{{0,24}})?",
        topic="admin",
        reach=26,
        base=40,
        not_before=r"tỷ lệ",
    ),
    rule(
        "dossiers_on_time",
        "dossier",
        after=rf"[^.;,\d]{{0,40}}(?:{_ON_TIME})",
        base=36,
    ),
    rule(
        "dossiers_early",
        "dossier none",
        before=r"(?<!và )(?<!đúng, )trước (?:thời )?hạn(?: là)?(?:[^.;:\d]{0,20})?",
        topic="admin",
        reach=22,
        base=40,
        not_before=r"đúng(?: và|,)|tỷ lệ",
    ),
    rule(
        "dossiers_early",
        "dossier",
        after=r"[^.;,\d]{0,30}(?<!và )trước hạn",
        not_after=r"đúng(?: và|,)",
        base=36,
    ),
    rule(
        "dossiers_on_time_pct",
        "percent",
        before=rf"(?:tỷ lệ )?(?:[^.;\d]{{0,40}})?(?:{_ON_TIME})(?:[^.;\d]{{0,30}})?",
        topic="admin",
        reach=34,
        base=34,
        unless=_NOT_TARGET,
    ),
    rule(
        "dossiers_on_time_pct",
        "percent",
        after=rf"[^.;,\d]{{0,50}}(?:{_ON_TIME})",
        topic="admin",
        base=32,
    ),
    rule(
        "dossiers_overdue",
        "dossier",
        before=rf"(?:{_LATE})(?: là)?(?:[^.;:\d]{{0,40}})?",
        reach=44,
        base=32,
        not_before=r"không|tỷ lệ[^.;,\d]{0,16}",
    ),
    rule(
        "dossiers_overdue",
        "dossier case",
        after=rf"[^.;,\d]{{0,24}}(?:{_LATE})(?! đều)",
        topic="admin",
        base=36,
        not_after=r"thư xin lỗi|xin lỗi",
    ),
    rule(
        "dossiers_overdue",
        "none",
        bare=True,
        before=rf"(?:{_LATE})(?: là)?",
        topic="admin",
        reach=6,
        base=38,
        unless=r"đơn thư",
    ),
    rule(
        "dossiers_overdue",
        "dossier",
        follows="dossiers_overdue_pct",
        before=r"tương đương(?: với)?(?: con số)?|\(",
        reach=6,
        base=34,
    ),
    rule(
        "dossiers_overdue_pct",
        "percent",
        before=rf"(?:tỷ lệ )?(?:hồ sơ )?(?:{_LATE})(?:[^.;\d]{{0,50}})?",
        topic="admin",
        reach=60,
        base=34,
    ),
    rule(
        "dossiers_overdue_pct",
        "percent",
        after=rf"[^.;,\d]{{0,40}}(?:{_LATE})",
        topic="admin",
        base=34,
    ),
    rule(
        "dossiers_pending",
        "dossier none",
        before=r"(?:còn(?: lại)?|đang(?: trong)?(?: thời hạn)?(?: xử lý| giải quyết)?"
        r"|chưa(?: được)?"
        r"(?: xử lý| giải quyết| đến hạn)?|tồn(?: đọng)?)(?: là)?",
        topic="admin",
        reach=14,
        base=34,
        unless=r"xin lỗi|đơn thư|khiếu nại|ý kiến",
    ),
    rule(
        "dossiers_pending",
        "dossier",
        after=r"(?:còn )?(?:chưa|đang)(?: \w+){0,3} (?:xử lý|giải quyết|đến hạn)"
        r"|(?:còn )?tồn(?: đọng)?",
        base=34,
    ),
    rule(
        "dossiers_online",
        "dossier none",
        after=r"(?:được )?(?:nộp |gửi )?(?:trực tuyến|qua mạng|qua cổng dịch vụ công"
        r"|qua môi trường mạng)",
        base=36,
        topic="admin",
    ),
    rule(
        "dossiers_online",
        "dossier none",
        before=r"(?:trực tuyến|qua mạng|qua cổng dịch vụ công(?: quốc gia)?)(?: là"
        r"| đạt)?(?:[^.;:\d]{0,16})?",
        topic="admin",
        reach=20,
        base=32,
        not_before=r"tỷ lệ[^.;,\d]{0,30}",
    ),
    rule(
        "dossiers_online_pct",
        "percent",
        before=r"(?:hồ sơ|tỷ lệ)[^.;\d]{0,30}(?:trực tuyến|qua mạng"
        r"|qua cổng dịch vụ công)(?:[^.;\d]{0,40})?",
        base=38,
    ),
    rule(
        "dossiers_online_pct",
        "percent",
        after=r"(?:số )?hồ sơ[^.;,\d]{0,30}(?:trực tuyến|qua mạng|qua cổng)",
        base=36,
    ),
    rule(
        "apology_letters",
        "dossier apology",
        after=r"[^.;,\d]{0,24}(?:(?:có|làm|gửi|ban hành) )?(?:thư|văn bản) xin lỗi|đã xin lỗi",
        not_after=r"chưa",
        base=44,
    ),
    rule(
        "apology_letters",
        "apology",
        base=30,
        not_before=r"chưa",
    ),
    rule(
        "apology_letters_missing",
        "dossier",
        after=r"(?:còn )?chưa(?: có| gửi| làm)?(?: thư)? ?\"?xin lỗi",
        base=46,
    ),
    rule(
        "apology_letters_missing_pct",
        "percent",
        before=r"chưa(?: \w+){0,2} \"?xin lỗi\"?[^.;\d]{0,20}chiếm(?: tỷ lệ)?",
        base=40,
    ),
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
        before=r"rất hài lòng(?:[^.;,\d]{0,30})?",
        reach=3,
        base=44,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        after=r"[^.;\d]{0,80}hài lòng",
        not_after=r"(?:rất|chưa|không) hài lòng",
        not_before=r"(?:rất |không |chưa )hài lòng[^.;\d]{0,6}",
        unless=r"bình thường",
        base=34,
    ),
    rule(
        "satisfaction_pct",
        "percent",
        before=r"(?<!rất )(?<!không )(?<!chưa )hài lòng(?:[^;\d]{0,120})?",
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
        "no_harassment_pct",
        "percent",
        after=r"[^.;\d]{0,40}không (?:bị )?(?:\w+ ){0,2}(?:làm phiền|phiền hà|sách nhiễu|gây khó"
        r"|nhũng nhiễu)",
        base=46,
    ),
    rule(
        "no_bribe_request_pct",
        "percent",
        after=r"[^.;\d]{0,40}không (?:bị )?(?:gợi ý|vòi vĩnh|nộp thêm|đòi)",
        base=46,
    ),
    rule(
        "par_index_score",
        "point",
        topic="par_index",
        base=24,
        not_before=r"thang|từ|trên|dưới|đến",
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
        base=40,
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
        after=r"(?:số )?(?:các )?(?:đơn vị|cơ quan|khoa|phòng|xã|phường|thôn|địa phương"
        r"|doanh nghiệp|dn|trường)"
        r"[^.;\d]{0,60}(?:thực hiện|xây dựng|ban hành|triển khai|sửa đổi)[^.;\d]{0,50}"
        r"(?:quy chế|quy tắc|quy định|nội quy|quy ước)",
        base=34,
    ),
    rule(
        "units_implementing",
        "unit commune",
        after=r"[^.;\d]{0,40}(?:đã |đều )?(?:ban hành|xây dựng|thực hiện|sửa đổi|bổ sung"
        r"|triển khai)"
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
        before=r"(?:niêm yết|công khai|dán|đăng tải|công bố)(?: [^.;:\d]{0,50})?(?: \w+){0,4}",
        topic="posting",
        reach=60,
        base=14,
        not_before=r"chưa|không|lịch tiếp",
        unless=r"hội nghị|đối thoại|giám sát|kiểm tra",
    ),
    rule(
        "public_postings",
        "procedure matter document",
        after=r"(?:đã )?được (?:niêm yết|công khai|dán|đăng tải|công bố)",
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
        not_after=r"kiến nghị|đồng ý|tán thành|bầu",
        unless=r"phiếu đồng ý",
    ),
    rule(
        "survey_forms",
        "form",
        topic="satisfaction",
        base=10,
        not_after=r"kiến nghị|đồng ý|tán thành|bầu",
    ),
)
