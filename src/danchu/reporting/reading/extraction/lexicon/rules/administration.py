"""Dossiers of administrative procedures."""

from __future__ import annotations

from ..rule import rule

_ON_TIME = (
    r"đúng (?:thời )?hạn|đúng hẹn|đúng và trước hạn|trước và đúng hạn|trước,? đúng hạn"
    r"|đúng,? trước hạn|đúng (?:ngày|giờ)(?: hẹn)?"
)
_LATE = r"trễ hạn|trễ hẹn|quá hạn|chậm hạn|chậm muộn|chậm trả|trả chậm|muộn|trễ"
_NOT_TARGET = r"hài lòng"

RULES = (
    rule(
        "dossiers_received",
        "dossier",
        before=r"(?:tiếp )?nhận(?: được)?(?: và giải quyết)?(?:[^.;:,\d]{0,40})?|thụ lý|đầu vào"
        r"|tổng số(?:[^.;\d]{0,20})?"
        r"|nhận giúp|hộ",
        reach=60,
        base=22,
        not_before=r"(?:trả|giải quyết)[^.;,\d]{0,20}|lịch",
        not_after=r"(?:đã )?(?:được )?giải quyết(?! thủ tục)",
    ),
    rule(
        "dossiers_resolved",
        "none",
        bare=True,
        before=r"(?:đã trả|trả kết quả|đã giải quyết|giải quyết xong)",
        topic="admin",
        reach=3,
        base=16,
        unless=r"đơn thư|khiếu nại|ý kiến|chưa",
    ),
    rule(
        "dossiers_received",
        "dossier none",
        bare=True,
        before=r"(?:tổng )?số (?:lượng )?hồ sơ[^.;\d]{0,60}(?:tiếp nhận|đã nhận)(?:[^.;\d]{0,30})?"
        r"|hồ sơ (?:đã )?tiếp nhận(?: là)?|(?:tiếp|tổng|số|đã) nhận(?: là)?"
        r"|tổng (?:số )?hồ sơ(?: đầu vào| tiếp nhận)?",
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
        rf"|trước hạn|sớm|chậm)[^.;,\d]{{0,10}}|bình quân[^.;\d]{{0,30}}|mỗi[^.;\d]{{0,40}}",
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
        follows="dossiers_received dossiers_resolved dossiers_on_time",
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
        before=r"(?<!và )(?<!đúng, )(?:trước (?:thời )?hạn|trước hẹn|sớm(?: hạn| hơn hạn| hẹn)?)"
        r"(?: là)?(?:[^.;:\d]{0,20})?",
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
        unless=r"đơn",
    ),
    rule(
        "dossiers_overdue",
        "dossier",
        before=rf"(?:{_LATE})(?: là)?(?:[^.;:\d]{{0,40}})?",
        topic="admin",
        reach=44,
        base=40,
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
        r"(?: xử lý| giải quyết| đến hạn)?|tồn(?: đọng)?|đang (?:làm|thụ lý|trong hạn))(?: là)?",
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
        unless=r"được hỏi|mong đợi|mong muốn",
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
        base=64,
    ),
    rule(
        "apology_letters",
        "apology",
        base=30,
        not_before=r"chưa|không",
        not_after=r"chưa|không",
    ),
    rule(
        "apology_letters_missing",
        "dossier case",
        after=r"[^.;,\d]{0,24}(?:chưa|không)(?: có| gửi| làm| ban hành)*(?: thư"
        r"| văn bản)? ?\"?xin lỗi",
        base=70,
    ),
    rule(
        "apology_letters_missing_pct",
        "percent",
        before=r"chưa(?: \w+){0,2} \"?xin lỗi\"?[^.;\d]{0,20}chiếm(?: tỷ lệ)?",
        base=40,
    ),
)
