"""What people and the State give, and what is built of it, said otherwise."""

from __future__ import annotations

from ..rule import rule
from .contributions import PEOPLE

RULES = (
    rule(
        "contributions_vnd",
        "money",
        both=True,
        before=r"(?:huy động|vận động|xã hội hóa|quyên góp)(?:[^.;\d]{0,30})?",
        after=rf"(?:từ|do|của) {PEOPLE}",
        reach=32,
        base=14,
        unless=r"quà|người nghèo|hộ nghèo",
    ),
    rule(
        "state_funding_share_pct",
        "percent",
        before=r"(?:nhà nước|ngân sách|cấp trên)(?: nhà nước)?(?: [^.;\d]{0,12})?(?:lo|bỏ ra"
        r"|gánh|chịu|đảm nhận|cấp"
        r"|hỗ trợ|chi)(?: phần)?",
        reach=4,
        base=40,
    ),
    rule(
        "state_funding_share_pct",
        "percent",
        before=r"(?:bằng|chiếm|đạt|\()(?: tỷ lệ)?",
        follows="state_funding_vnd",
        same=True,
        reach=4,
        base=24,
    ),
    rule(
        "state_funding_vnd",
        "money",
        before=r"(?:nhà nước|ngân sách(?: nhà nước)?|cấp trên|tỉnh"
        r"|huyện|xã|phường)(?: [^.;\d]{0,12})?(?:lo|bỏ ra|hỗ trợ|cấp"
        r"|đầu tư|bố trí)(?: thêm)?",
        topic="road contribution rural",
        reach=4,
        base=34,
        unless=r"thu hồi|nộp ngân sách|phạt|quà",
        not_before=r"cho|nộp(?: vào)?|đề nghị",
    ),
    rule(
        "investment_vnd",
        "money",
        before=r"(?:xây|làm|sửa|nâng cấp|đầu tư)[^.;\d]{0,40} (?:hết|tốn|hết khoảng)",
        reach=4,
        base=20,
        unless=r"quà",
    ),
    rule(
        "enterprises_contributing",
        "unit",
        at=r"(?:doanh nghiệp|dn|công ty|cơ sở sản xuất)",
        before=r"(?:vận động|kêu gọi|huy động|có)(?: được)?",
        both=True,
        after=r"(?:ủng hộ|đóng góp|góp|tài trợ|hỗ trợ)",
        reach=4,
        base=4,
        unless=r"hội nghị|đối thoại|thỏa ước|bảo hiểm",
    ),
    rule(
        "land_donating_households",
        "household",
        before=r"(?:của|từ|do)",
        follows="land_donated_m2",
        reach=3,
        base=36,
    ),
    rule(
        "land_donating_households",
        "household none",
        before=r"hộ[^.;,\d]{0,16}hiến đất(?: là)?",
        reach=6,
        base=36,
    ),
    rule(
        "land_donated_m2",
        "area",
        before=r"(?:nhường|góp|tặng|hiến)[^.;,\d]{0,14}",
        after=r"đất",
        both=True,
        unless=r"thu hồi|sai phạm|vi phạm|trả lại",
        base=6,
        reach=16,
    ),
    rule(
        "land_donated_value_vnd",
        "money",
        before=r"(?:giá trị|trị giá) (?:của )?(?:số )?(?:đất"
        r"|diện tích)[^.;\d]{0,24}hiến[^.;\d]{0,14}"
        r"|đất[^.;\d]{0,10}hiến[^.;\d]{0,10}(?:trị giá|giá trị|ước)[^.;\d]{0,6}",
        reach=16,
        base=40,
    ),
    rule(
        "land_donated_value_vnd",
        "money",
        before=r"(?:trị giá|giá trị|ước tính|tương đương|ước)(?: khoảng| gần| hơn| là)?",
        unless=r"thăm hỏi|tặng quà|trao tặng|khó khăn",
        follows="land_donated_m2",
        reach=4,
        base=40,
    ),
    rule(
        "social_support_vnd",
        "money",
        before=r"(?:mạnh thường quân|nhà hảo tâm|quỹ[^.;,\d]{0,24}|các tổ chức, cá nhân"
        r"|doanh nghiệp)[^.;\d]{0,24}"
        r"(?:ủng hộ|giúp|hỗ trợ|tặng|cho)[^.;\d]{0,30}",
        reach=32,
        base=26,
        unless=r"làm đường|nông thôn mới|xây dựng",
    ),
    rule(
        "works_completed",
        "work",
        at=r"(?:công trình|tuyến|nhà văn hóa|phòng học|cây cầu|cầu|hạng mục|phần việc)",
        before=r"(?:làm|xây|sửa|dựng|lắp)(?: xong| mới| được| lại)*",
        reach=3,
        base=18,
        not_before=r"khởi công|giám sát|đang|sẽ|phấn đấu",
    ),
)
