"""What people and the State give, and what is built of it."""

from __future__ import annotations

from ..rule import rule

PEOPLE = r"(?:nhân dân|người dân|bà con|dân|hộ dân|các hộ|cộng đồng|hộ gia đình|con em xa quê)"
_GIVE = r"(?:đóng góp|(?<!trả )góp|ủng hộ|tự nguyện đóng|đối ứng)"
_BUILT = (
    r"(?:làm|đổ bê tông|đổ bê-tông|bê tông hóa|bê-tông hóa|nâng cấp|xây dựng|xây|mở rộng|cứng hóa"
    r"|sửa chữa|tu sửa|hoàn thành|nhựa hóa|thảm nhựa|rải|lát|duy tu|mở mới)"
)
_ROAD = (
    r"(?:đường|tuyến|ngõ|mặt đường|hẻm|lộ|giao thông|trục (?:xã|thôn|chính)|nhánh thôn|liên thôn)"
)
_NO_ROAD = (
    r"mương|mặt đường (?:từ|rộng)|(?<=\dm )mở ra|(?<=\d m )mở ra"
    r"|(?:tuyến|hệ thống) (?:điện|đèn|cáp|ống|nước)|kênh|cống thoát|đường điện|đường dây|rãnh"
    r"|(?<!mở )rộng|thiếu|thiết kế|bờ bao"
    r"|đê|cách|sâu|dày"
)

RULES = (
    # -- what people give
    rule(
        "contributions_vnd",
        "money",
        before=rf"(?:{PEOPLE}[^.;\d]{{0,60}})?{_GIVE}(?:[^.;\d]{{0,40}})?"
        rf"|{PEOPLE} {_GIVE}(?:[^.;]{{0,50}})?",
        reach=50,
        base=24,
        not_before=r"nhà nước|ngân sách|doanh nghiệp[^.;\d]{0,10}|mức|tổng (?:kinh phí|vốn"
        r"|giá trị)",
        unless=r"mỗi (?:hộ|học sinh|khẩu|người|nhà)|mức đóng góp|(?:cho|ủng hộ|giúp"
        r"|tặng) (?:các )?(?:người nghèo"
        r"|hộ nghèo|hộ khó khăn|gia đình)|quà|/ ?(?:khẩu|hộ|người)",
    ),
    rule(
        "contributions_vnd",
        "money",
        before=rf"(?:huy động|vận động)[^.;\d]{{0,20}}{PEOPLE}(?:[^.;\d]{{0,40}})?",
        reach=44,
        base=28,
    ),
    rule(
        "contributions_share_pct",
        "percent",
        before=rf"{PEOPLE}(?:[^.;\d]{{0,40}})?{_GIVE}(?:[^.;\d]{{0,24}})?"
        rf"|{_GIVE} của {PEOPLE}[^.;]{{0,40}}chiếm",
        reach=30,
        base=30,
    ),
    rule(
        "contribution_rate_vnd",
        "money",
        before=r"(?:mỗi (?:hộ|học sinh|khẩu|nhân khẩu|nhà|gia đình|người)|mức (?:thu|đóng góp"
        r"|đóng|góp|huy động))"
        r"(?: [^.;,\d]{0,30})?",
        after=r"/ ?(?:hộ|khẩu|người|nhà|học sinh|nhân khẩu)|(?:mỗi|một) (?:hộ|khẩu|nhà|người)",
        topic="contribution road posting decide vote",
        reach=34,
        base=26,
        unless=r"thu nhập|lương|trợ cấp|quà|bình quân|phụ cấp|thuê|quyết định về|muốn|dự kiến",
    ),
    rule(
        "contribution_rate_vnd",
        "money",
        at=r"/ ?(?:hộ|khẩu|người|nhà|học sinh|nhân khẩu|lao động)",
        topic="contribution decide vote",
        base=30,
        unless=r"thu nhập|lương|trợ cấp|quà|bình quân|phụ cấp|thuê|muốn|dự kiến",
    ),
    rule(
        "contributions_refunded_persons",
        "person household",
        before=r"(?:trả lại|hoàn trả|hoàn lại)[^.;]{0,40}(?:tiền|khoản)[^.;\d]{0,30}cho",
        reach=4,
        base=44,
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"(?:tổng )?(?:mức |nguồn |giá trị |số )?(?:vốn )?(?:đầu tư|kinh phí|vốn"
        r"|giá trị)(?:[^.;\d]{0,40})?"
        r"|huy động(?: được)?(?:[^.;\d]{0,20})?|trị giá|với tổng số tiền",
        reach=44,
        base=14,
        not_before=r"quà|quyết toán|ngân sách|nhà nước|thu hồi[^.;]*|đất[^.;\d]{0,14}|bồi thường"
        r"|hỗ trợ[^.;\d]{0,20}|tặng[^.;\d]{0,20}|hoạt động[^.;\d]{0,12}",
        unless=r"hiến|bồi thường|quà|khen|đền bù|dự toán|kinh phí thực hiện:|mỗi nơi|suất"
        r"|tiền, hàng"
        r"|(?:của|cho) (?:các )?ban|quy mô|hỗ trợ (?:người|hộ)|có tổng vốn|quy ra tiền|ban chỉ đạo"
        r"|kinh phí(?: hoạt động)? được cấp|trích từ (?:tài chính|quỹ|kinh phí)(?: \w+)? công đoàn",
    ),
    rule(
        "investment_vnd",
        "money",
        after=r"(?:tổng )?(?:vốn|kinh phí)(?: đầu tư)?",
        base=14,
        unless=r"quà|hỗ trợ kinh phí",
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"(?:mua sắm|xây dựng|đầu tư)(?:[^.;\d]{0,50})?",
        reach=54,
        base=4,
        not_before=r"quà|ngân sách|nhà nước",
    ),
    rule(
        "state_funding_vnd",
        "money",
        before=r"(?:nhà nước|ngân sách|chương trình mục tiêu(?: quốc gia)?|(?<!toàn )(?:huyện|tỉnh)"
        r"|cấp trên)(?: nhà nước)?"
        r"(?: [^.;\d]{0,12})?(?:hỗ trợ|chiếm|chi|đầu tư|cấp|bố trí|chỉ chiếm"
        r"|:)?(?: [^.;:\d]{0,10})?",
        topic="road contribution rural",
        reach=18,
        base=26,
        unless=r"thu hồi|nộp ngân sách|phạt|thu ngân sách",
        not_before=r"cho|nộp(?: vào)?",
    ),
    rule(
        "state_funding_share_pct",
        "percent",
        before=r"(?:nhà nước|ngân sách|huyện|tỉnh|cấp trên"
        r"|xã)(?: nhà nước)?(?: [^.;\d]{0,20})?(?:hỗ trợ|chi|đầu tư|chiếm)"
        r"(?:[^.;\d]{0,12})?",
        topic="road contribution rural",
        reach=14,
        base=30,
    ),
    rule(
        "enterprises_contributing",
        "unit",
        at=r"(?:doanh nghiệp|dn|công ty)",
        after=r"(?:tham gia|đóng góp|ủng hộ|hỗ trợ|ký)[^.;\d]{0,40}(?:đóng góp|ủng hộ|xây dựng"
        r"|hợp đồng|kinh phí)",
        topic="rural contribution",
        base=26,
        unless=r"hội nghị|đối thoại|thỏa ước",
    ),
    rule(
        "land_donated_m2",
        "area",
        before=r"hiến(?: tặng)?(?:[^.;\d]{0,50})?",
        base=34,
    ),
    rule(
        "land_donated_m2",
        "area",
        after=r"[^.;,\d]{0,20}(?:được |tự )?hiến",
        base=28,
    ),
    rule(
        "land_donating_households",
        "household",
        after=r"(?:dân )?(?:[^.;,\d]{0,30}, )?(?:đã |tự nguyện |tự |tham gia )*hiến",
        base=36,
    ),
    rule(
        "land_donating_households",
        "household none",
        before=r"(?:số )?hộ(?: dân| gia đình)? (?:\w+ )?hiến đất(?: là)?",
        reach=6,
        base=36,
    ),
    rule(
        "land_donated_value_vnd",
        "money",
        before=r"(?:hiến|đất)[^;]{0,60}(?:giá trị|trị giá|ước tính|tương đương"
        r"|quy ra tiền)(?:[^.;\d]{0,24})?",
        reach=24,
        base=36,
    ),
    rule("labour_days", "labour", base=36, not_before=r"mỗi|bình quân"),
    rule(
        "labour_days",
        "day",
        before=r"(?:ngày )?công(?: lao động)?(?: đóng góp)?(?: được)?",
        reach=4,
        topic="contribution road rural",
        base=36,
        not_before=r"mỗi|bình quân",
    ),
    rule(
        "labour_days",
        "none",
        bare=True,
        before=r"(?:số )?ngày công(?: lao động)?(?: đóng góp)?(?: là)?",
        reach=4,
        base=36,
    ),
    rule(
        "roads_built_m",
        "length",
        at=rf"(?:\w+ )?{_ROAD}",
        before=rf"{_BUILT}(?:[^.;\d]{{0,50}})?",
        reach=60,
        base=34,
        not_after=r"đường (?:điện|dây|ống)",
        not_before=r"rộng|dày|sâu|cách|thiếu|làm lại|còn lại|nạo vét[^.;\d]{0,30}",
    ),
    rule(
        "roads_built_m",
        "length",
        at=rf"{_ROAD}",
        base=16,
        not_after=r"đường (?:điện|dây|ống)",
        not_before=r"rộng|dày|sâu|cách|thiếu|làm lại|còn lại|nạo vét[^.;\d]{0,30}",
    ),
    rule(
        "roads_built_m",
        "length",
        before=rf"(?:{_BUILT}|{_ROAD}|(?:tổng )?chiều dài|dài)(?:[^.;\d]{{0,50}})?",
        topic="road",
        reach=56,
        base=16,
        not_before=_NO_ROAD,
        unless=r"từ \d+(?:,\d+)? ?m (?:lên|thành)|rộng (?:từ )?\d",
        not_after=r"mương|kênh|kè|cống|rãnh|ống|chạy qua|đi qua|lầy|xuống cấp|hư hỏng|chưa được",
    ),
    rule(
        "works_completed",
        "work",
        before=r"(?:xây dựng|hoàn thành|làm xong|khánh thành|đưa vào sử dụng|nâng cấp|sửa chữa"
        r"|làm|xây(?: mới)?"
        r"|tu sửa|thực hiện|làm được|mở rộng|bê tông hóa|cứng hóa|duy tu)(?:[^.;:\d]{0,24})?",
        reach=30,
        base=22,
        not_before=r"khởi công|giám sát|đang|sẽ",
        not_after=r"sắp|đang|dân vận",
        unless=r"giám sát đầu tư|đối thoại",
    ),
    rule(
        "works_completed",
        "work",
        follows="roads_built_m works_completed",
        at=r"(?:công trình|tuyến|nhà văn hóa|phòng học|trường|cây cầu|cầu)",
        base=-14,
        not_before=r"tại|ở|khởi công|giám sát|có \w+|hai khu",
        not_after=r"sắp|đang|đường đi qua",
    ),
    rule(
        "works_completed",
        "work",
        after=r"[^.;,\d]{0,24}(?:đã |được )?(?:hoàn thành|đưa vào sử dụng|khánh thành"
        r"|nghiệm thu|xong)",
        base=26,
        not_after=r"sắp|sẽ",
    ),
    rule(
        "works_started",
        "work",
        before=r"(?:khởi công|động thổ)(?:[^.;:\d]{0,40})?",
        reach=44,
        base=36,
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:quà|tặng|hỗ trợ|trợ giúp|giúp đỡ|thăm hỏi|cho vay|cứu trợ|trao|chăm lo|an sinh)"
        r"(?:[^.;\d]{0,70})?",
        reach=50,
        base=16,
        unless=r"gpmb|mặt bằng",
        not_before=r"ngân sách|nhà nước|mức quà|mức hỗ trợ|đồng và|mỗi (?:suất|phần|hộ|người|cháu)"
        r"|doanh nghiệp|cấp huyện|cấp xã",
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:tổng )?(?:trị giá|giá trị)(?: là)?",
        topic="gift",
        reach=4,
        base=-4,
        unless=r"đất|công trình|gpmb",
    ),
    rule(
        "houses_supported",
        "house",
        base=24,
        topic="house",
        not_before=r"thu hồi|sai phạm[^;]*",
    ),
    rule(
        "houses_supported",
        "house",
        before=r"(?:xây(?: mới| dựng)?|sửa chữa|hỗ trợ|xóa|bàn giao|khởi công)(?:[^.;\d]{0,30})?",
        reach=34,
        base=28,
    ),
)
