"""The shape of a rule, and the topics that rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .wording import Following, LastWording, Wording

OWN_PROPOSAL = (
    r"(?<!tố cáo, )(?<!tố cáo và )(?<!khiếu nại, )(?<!phản ánh, )(?<!ý kiến, )(?<!đơn )"
    r"(?<!giải quyết )(?<!trả lời )(?<!xử lý )"
    r"kiến nghị(?!,? (?:và )?phản ánh| (?:của )?(?:cử tri|công dân|nhân dân))"
)
"""What the unit proposes. What people propose ("khiếu nại, tố cáo, kiến nghị, phản ánh") is
received and settled, and its heading opens no list of things to come."""

TOPICS: dict[str, Wording] = {
    name: Wording(source)
    for name, source in {
        "reception": r"tiếp (?:công )?dân|tiếp người (?:dân|lao động)|phòng tiếp|đón tiếp|phải tiếp"
        r"|tiếp (?:định kỳ|đột xuất|thường xuyên)|tiếp thay",
        "petition": r"đơn thư|đơn|khiếu nại|tố cáo|khiếu kiện",
        "supervision": r"giám sát|ban thanh tra nhân dân|ban ttnd|ban gsđtcđ",
        "board": r"ban thanh tra nhân dân|ban giám sát đầu tư(?: của)? cộng đồng|ban ttnd"
        r"|ban gsđtcđ|ban giám sát cộng đồng|thanh tra nhân dân",
        "inspection": r"thanh tra|kiểm tra",
        "criticism": r"phản biện",
        "attending": r"(?:tham dự|đến dự|cùng dự|về dự|dự) (?:hội nghị|buổi|cuộc|lễ|có)|cùng dự"
        r"|có mặt|đối thoại với",
        "collecting": r"thu (?:sai|quỹ|tiền|thừa|thêm|các loại)|các khoản (?:thu|đóng)|khoản thu"
        r"|tiền quỹ|đã thu|tiền đã thu|số tiền thu|đóng góp",
        "dialogue": r"đối thoại",
        "encounter": r"đối thoại|gặp gỡ|gặp mặt|tiếp xúc|trao đổi với|hội nghị|cuộc họp"
        r"|buổi họp|họp"
        r"|tọa đàm|cuộc gặp|buổi gặp|diễn đàn",
        "case": r"vụ việc|vụ",
        "decision": r"quyết định|bản án",
        "documents": r"ban hành|chỉ đạo|lãnh đạo|văn bản",
        "meeting": r"hội nghị|cuộc họp|buổi họp|họp",
        "workplace": r"người lao động|nơi làm việc|doanh nghiệp|công đoàn|công nhân|cnvc|cnvclđ"
        r"|cán bộ, công chức|công ty|đơn vị sự nghiệp|người sử dụng lao động",
        "staff_meeting": r"hội nghị (?:\w+ ){0,2}(?:cán bộ|cbcc\w*|công chức|viên chức"
        r"|người lao động|công nhân|nlđ|nhà giáo)",
        "admin": r"thủ tục hành chính|tthc|một cửa|hành chính công|hồ sơ|dịch vụ công"
        r"|cải cách hành chính|trễ hạn|trước hạn|đúng hạn|trễ hẹn",
        "satisfaction": r"hài lòng",
        "par_index": r"chỉ số cải cách hành chính|chỉ số cchc|par index|par-index",
        "service_index": r"bộ chỉ số(?: \w+){0,4} phục vụ|chỉ số phục vụ|bộ chỉ số 766|điểm phục vụ"
        r"|(?:điểm|chỉ số)[^.;\n]{0,30}phục vụ người dân(?:,| và) doanh nghiệp",
        "model": r"dân vận khéo|mô hình|điển hình",
        "commend": r"khen thưởng|khen|tuyên dương|biểu dương|vinh danh|giấy khen|bằng khen|tôn vinh"
        r"|cờ thi đua|danh hiệu",
        "discipline": r"kỷ luật|kiểm điểm|xử lý hành chính|xử lý trách nhiệm|xử lý cán bộ",
        "training": r"tập huấn|bồi dưỡng|đào tạo|học tập|lớp",
        "outreach": r"tuyên truyền|phổ biến|quán triệt|truyền thông|nói chuyện",
        "road": r"đường|tuyến|ngõ|hẻm|bê tông|bê-tông|giao thông",
        "mediation": r"hòa giải",
        "vote": r"tán thành|đồng ý|biểu quyết|đồng thuận|nhất trí|lấy ý kiến",
        "decide": r"họp bàn|bàn và quyết định|bàn, quyết định|dân bàn|bàn bạc|bàn và biểu quyết"
        r"|quyết định trực tiếp",
        "union": r"công đoàn|đoàn viên|cđcs|cđ|liên đoàn lao động|lđlđ",
        "violation": r"sai phạm|vi phạm|tham nhũng",
        "contribution": r"đóng góp|góp|ủng hộ|hiến|xã hội hóa",
        "rural": r"nông thôn mới|ntm",
        "posting": r"niêm yết|công khai|dán|truyền thanh|loa",
        "ownership": r"ban chỉ đạo",
        "procedure": r"thủ tục|tthc",
        "crowd": r"đông người|đoàn",
        "survey": r"khảo sát|đánh giá|thăm dò|lấy ý kiến|phiếu",
        "hotline": r"đường dây nóng|tổng đài|hotline",
        "house": r"nhà đại đoàn kết|nhà tình nghĩa|nhà tình thương|nhà tạm|nhà dột nát|nhà ở",
        "land": r"đất",
        "gift": r"quà|trao tặng|thăm hỏi|an sinh|hoàn cảnh khó khăn",
    }.items()
}


# A meeting that is not named: "19 cuộc", not "19 cuộc kiểm tra".
EVENT = (
    r"(?:cuộc|buổi|lần|đợt|kỳ|phiên|lượt|hội nghị|ngày|chuyến|đoàn)(?! (?:\w+ ){0,2}(?:đối thoại"
    r"|thanh tra"
    r"|kiểm tra|giám sát|phản biện|tập huấn|tuyên truyền|phổ biến|họp|tiếp dân|tiếp công dân"
    r"|hòa giải))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is worded.

    ``classes`` are the things a number may count for the rule to be tried. ``at`` must stand
    straight after the number, ``before`` to its left in the same clause (the nearer the better),
    ``after`` to its right before the next number; where ``before`` and ``after`` are both given one
    of them is enough. ``topic`` names subjects one of which must be spoken of, ``nearest`` a
    subject that must be the last one spoken of among its ``rivals``, ``follows`` keys one of which
    must have been read just before. ``unless`` must not occur in the clause, ``not_before`` not to
    the left, ``not_after`` not to the right.
    """

    key: str
    classes: tuple[str, ...]
    at: Following | None = None
    before: LastWording | None = None
    after: Wording | None = None
    topic: tuple[str, ...] = ()
    nearest: str = ""
    rivals: tuple[str, ...] = ()
    follows: frozenset[str] = frozenset()
    title: Wording | None = None
    """Must occur in the title of the text."""
    unless: Wording | None = None
    not_before: Wording | None = None
    not_after: Wording | None = None
    then: Wording | None = None
    """Must follow in the clause, beyond the next number too."""
    not_behind: frozenset[str] = frozenset()
    """Keys of which none may have been read just before, in the words before the last comma."""
    unit: str = ""
    base: int = 0
    reach: int = 120
    ratio: bool = False
    both: bool = False
    """``before`` and ``after`` are both needed."""
    same: bool = False
    """What ``follows`` names must have been read in the same sentence."""
    exact: bool = False
    """Not for a range: "từ 9 đến 12"."""
    bare: bool = False
    """Only for a number with no noun of its own: "kiến nghị 04; thu hồi 96"."""
    name: str = ""
    """Key and place among the rules of that key, for explaining: "opinions_received.2"."""


# Several rules ask for the same words.
_wording = cache(Wording)
_last_wording = cache(LastWording)
_following = cache(Following)


def rule(
    key: str,
    classes: str,
    *,
    at: str = "",
    before: str = "",
    after: str = "",
    topic: str = "",
    nearest: str = "",
    rivals: str = "",
    follows: str = "",
    title: str = "",
    unless: str = "",
    not_before: str = "",
    not_after: str = "",
    then: str = "",
    not_behind: str = "",
    unit: str = "",
    base: int = 0,
    reach: int = 120,
    ratio: bool = False,
    both: bool = False,
    same: bool = False,
    bare: bool = False,
    exact: bool = False,
) -> Rule:
    """A rule from its sources; lists are written with spaces."""
    return Rule(
        key=key,
        classes=tuple(classes.split()),
        at=_following(at) if at else None,
        before=_last_wording(before) if before else None,
        after=_wording(after) if after else None,
        topic=tuple(topic.split()),
        nearest=nearest,
        rivals=tuple(rivals.split()),
        follows=frozenset(follows.split()),
        title=_wording(title) if title else None,
        unless=_wording(unless) if unless else None,
        not_before=_wording(not_before) if not_before else None,
        not_after=_wording(not_after) if not_after else None,
        then=_wording(then) if then else None,
        not_behind=frozenset(not_behind.split()),
        unit=unit,
        base=base,
        reach=reach,
        ratio=ratio,
        both=both,
        same=same,
        bare=bare,
        exact=exact,
    )
