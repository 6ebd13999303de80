"""Which unit a text speaks of, its level, its province, and its code where that is certain."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .lexicon.names import SURNAMES
from .lexicon.places import CITIES, PROVINCE
from .lexicon.rule import spaced
from .matching import UPPER, last_match
from .model import Level, UnitRead
from .segments import Document
from .unit_codes import code_of

_KIND_LEVEL: dict[str, Level] = {
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "tỉnh": "province",
}
_PLACE_KINDS = "xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tp\\.?|tỉnh"
_NAME = r"(?:(?!và|về|do|của)[\w'’]+(?: ?- ?[\w'’]+)?)(?: (?!và |về |do |của )[\w'’]+){0,4}"
_PLACE = re.compile(
    spaced(
        rf"(?<!\w)(?P<kind>{_PLACE_KINDS}) (?P<name>(?!ủy|hội chủ nghĩa)[\w][^.,;:()\n\"]{{0,40}})"
    )
)
_BODY = re.compile(
    spaced(
        r"(?<!\w)(?P<body>ban chỉ đạo(?: thực hiện| về)?(?: quy chế)?(?: dân chủ)?(?: ở cơ sở)?"
        r"|bcđ|ubnd"
        r"|ủy ban nhân dân|hđnd|ủy ban mttq(?: việt nam)?|mttq(?: việt nam)?|mặt trận tổ quốc"
        r"|ban thanh tra nhân dân"
        r"|ban giám sát đầu tư của cộng đồng|ban dân vận|ban nội chính|ban tiếp công dân"
        r"|ban tuyên giáo và dân vận"
        r"|trung tâm phục vụ hành chính công|trung tâm hành chính công|thanh tra|đảng ủy|huyện ủy"
        r"|thành ủy|tỉnh ủy"
        r"|quận ủy|thị ủy|hội đồng nhân dân)(?!\w)"
    )
)
_ENTERPRISE = re.compile(
    spaced(
        r"(?<!\w)(?P<name>(?:tổng )?công ty(?: tnhh| cổ phần| cp)?(?: mtv"
        r"| một thành viên)?[^.,;:()\n\"|]{2,70})"
    )
)
_AGENCY = re.compile(
    spaced(
        r"(?<!\w)(?P<name>(?:bộ (?=lao động|nội vụ|công an|y tế|giáo dục|tài chính|tư pháp"
        r"|nông nghiệp|xây dựng|công thương)"
        r"|sở (?=nội vụ|y tế|giáo dục|tài chính|tư pháp|nông nghiệp|xây dựng|công thương|văn hóa"
        r"|khoa học|lao động)|cục |tổng cục |hội luật gia|liên đoàn lao động"
        r"|ủy ban trung ương mttq|uỷ ban trung ương"
        r"|trường (?:đại học|cao đẳng|thpt|thcs|tiểu học)|bệnh viện|viện kiểm sát|tòa án"
        r"|ngành y tế|quốc hội|hội nông dân"
        r"|hội liên hiệp phụ nữ)[^.,;:()\n\"|]{0,60})"
    )
)
_UNNAMED = re.compile(
    r"liên đoàn lao động|hội nông dân|hội liên hiệp phụ nữ|hội luật gia|bệnh viện|tòa án"
    r"|viện kiểm sát|ngành y tế"
)
_STOP = re.compile(
    # "Giáo dục và Đào tạo" is one name
    r"(?<!\w)(?:đã|và(?! (?:xã hội|đào tạo|phát triển|môi trường|đầu tư|du lịch|công nghệ"
    r"|truyền thông|gia đình|trẻ em)(?!\w))|về|tổ chức|chú trọng|tăng cường|đẩy mạnh|nâng cao"
    r"|tập trung|đề nghị|yêu cầu|cần|phải|đứng|dẫn đầu|chỉ đạo(?! thực hiện)"
    r"|do|của|có|sơ kết|tổng kết|năm|6 tháng|sáu tháng|thực hiện|cho"
    r"|tại|trong|với"
    r"|cùng|để|sẽ|vừa|đạt|được|là|từ|ngày|quý|tuyên dương|khắc phục|giai đoạn|số|thuộc|làm|dành"
    r"|đối thoại"
    r"|xử lý|kiểm tra|lần thứ|nhiệm kỳ|ban hành|tiếp|đang|phấn đấu|hiện)(?!\w)"
)
_PARTY = re.compile(r"(?<!\w)(?P<kind>tỉnh|huyện|thành|quận|thị) ủy ")
_PARTY_KIND = {
    "tỉnh": "tỉnh",
    "huyện": "huyện",
    "thành": "thành phố",
    "quận": "quận",
    "thị": "thị xã",
}
_OFFICE = re.compile(r"ban dân vận|ban nội chính|ban tiếp công dân|ban tuyên giáo")
_TITLE_REACH = 420
_LEAD_REACH = 1600


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    name: str
    start: int
    level: Level


def read_unit(document: Document, day: dt.date | None) -> UnitRead:
    """The unit named first in the title or lead, with the body that speaks for it."""
    text, plain = document.text, document.plain
    places = sorted(
        _places(text, plain, min(len(plain), _LEAD_REACH)), key=lambda place: place.start
    )
    province = _province(text, plain, places)
    first = places[0].start if places else len(plain)
    enterprise = _ENTERPRISE.search(plain, 0, _TITLE_REACH)
    if enterprise and enterprise.start() < first:
        return UnitRead(_name_of(text, plain, enterprise), "enterprise", province)
    agency = _agency(plain, _TITLE_REACH, alone=not places)
    if agency and (agency.start() < first or _under_dateline(plain, places[0], agency)):
        return UnitRead(_name_of(text, plain, agency), "agency", province)
    if not places:
        agency = _agency(plain, _LEAD_REACH, alone=True)
        if agency:
            return UnitRead(_name_of(text, plain, agency), "agency", province)
        spoken = _level_of_words(plain)
        # Where the lead names nobody, the unit signs at the end.
        places = _places(text, plain, len(plain)) if spoken == "other" else []
        if not places:
            return UnitRead(_body_name(text, plain), spoken, province)
    place = _chosen(places, plain)
    body = _body_before(text, plain, place)
    for other in places if body is None else ():
        if (other.level, other.name.lower()) == (place.level, place.name.lower()):
            body = body or _body_before(text, plain, other)
    place_name = _nice_place(place)
    name = f"{_nice(body)} {place_name}" if body else place_name
    level: Level = "agency" if body and _OFFICE.match(body.lower()) else place.level
    return UnitRead(
        name, level, province, code_of(place.kind, place.name, place.level, province, day)
    )


def _agency(plain: str, reach: int, *, alone: bool) -> re.Match[str] | None:
    """The first agency; beside places only one with a name: "liên đoàn lao động," is none."""
    for match in _AGENCY.finditer(plain, 0, reach):
        if alone or not _UNNAMED.fullmatch(match["name"].strip()):
            return match
    return None


def _under_dateline(plain: str, first: _Place, agency: re.Match[str]) -> bool:
    """ "Minh Họa: … \nSở Nội vụ …": the place is where it happened, the agency begins the line."""
    dateline = first.level == "province" and re.match(r"[^\n:]{0,24}: ", plain[first.start :])
    return bool(dateline) and bool(re.search(r"(?:^|\n|[–-]|: )\s*$", plain[: agency.start()]))


def _places(text: str, plain: str, reach: int) -> list[_Place]:
    out: list[_Place] = []
    opening = PROVINCE.match(plain, len(plain) - len(plain.lstrip()))
    if opening and not re.match(r" (?:-|,)", plain[opening.end() : opening.end() + 2]):
        name = text[opening.start("name") : opening.end("name")]
        kind = "thành phố" if opening["name"] in CITIES else "tỉnh"
        out.append(_Place(kind, name, opening.start(), "province"))
    for match in _PLACE.finditer(plain, 0, reach):
        kind, begin = match["kind"], match.start("name")
        name = _proper(text, plain, begin, match.end("name"))
        if not name:
            continue
        bare = kind.rstrip(".")
        if bare in ("thành phố", "tp"):
            level: Level = "province" if _is_city(name.lower()) else "district"
        else:
            level = _KIND_LEVEL[bare]
        if level == "province":
            known = PROVINCE.match(plain, begin)
            name = text[begin : known.end("name")] if known else name
        out.append(_Place(kind, name, match.start("kind"), level))
    for match in _PARTY.finditer(plain, 0, reach):
        begin = match.end()
        name = _proper(text, plain, begin, min(begin + 40, len(plain)))
        if not name:
            continue
        known = PROVINCE.match(plain, begin)
        name = text[begin : known.end("name")] if known else name
        kind = _PARTY_KIND[match["kind"]]
        if kind == "thành phố":
            level = "province" if _is_city(name.lower()) else "district"
        else:
            level = _KIND_LEVEL[kind]
        out.append(_Place(kind, name, begin - len(kind) - 1, level))
    return out


def _is_city(name: str) -> bool:
    return any(name == city or name.startswith(f"{city} ") for city in CITIES)


_NAME_GOES_ON = re.compile(rf" [{UPPER}]")
_WORD = re.compile(r"[\w'’]+")
_VERB = re.compile(
    r"(?:làm việc|tổ chức|kiểm tra|giám sát|sơ kết|tổng kết|đối thoại|triển khai|tuyên dương|họp"
    r"|tiếp tục|tăng cường|ban hành)(?!\w)"
)


def _proper(text: str, plain: str, start: int, end: int) -> str:
    """The proper name at ``start``: capitalised words, numbers after "quận", or capitals."""
    words: list[str] = []
    position = start
    for match in _WORD.finditer(text, start, end):
        gap = text[position : match.start()]
        if gap.strip() not in ("", "-", "–") or len(words) >= 5 or (gap and not words):
            break
        if len(gap) > 3 or "\n" in gap:
            break
        word = match[0]
        if not (word[0] in UPPER or (word.isdigit() and not words)):
            break
        if not words and _VERB.match(plain, match.start()):
            # "ĐOÀN CỦA HUYỆN ỦY LÀM VIỆC VỚI …": no name follows.
            break
        if words and _STOP.fullmatch(plain, match.start(), match.end()):
            break
        if len(words) >= 2 and word in SURNAMES and _NAME_GOES_ON.match(text, match.end()):
            # "UBND tỉnh Minh Họa Nguyễn Văn An": the person begins.
            break
        if (
            words
            and word.isupper() != words[0].isupper()
            and not words[0].isdigit()
            and len(word) > 1
        ):
            break
        words.append(word)
        position = match.end()
    return text[start:position].strip() if words else ""


def _province(text: str, plain: str, places: list[_Place]) -> str | None:
    for place in places:
        if place.level == "province":
            found = PROVINCE.match(plain, place.start + len(place.kind) + 1)
            if found:
                return _cased(text[found.start("name") : found.end("name")])
    title = PROVINCE.search(plain, 0, _TITLE_REACH)
    if title and not re.search(
        r"(?:như ở|như|dự án|đi|về) $", plain[max(0, title.start() - 8) : title.start()]
    ):
        return _cased(text[title.start("name") : title.end("name")])
    bracket = re.search(r"\(([^()\n]{3,40})\)", plain[:_LEAD_REACH])
    if bracket:
        found = PROVINCE.search(plain, bracket.start(1), bracket.end(1))
        if found:
            return _cased(text[found.start("name") : found.end("name")])
    return None


def _cased(name: str) -> str:
    if name.upper() == "HCM":
        return "TP. HCM"
    return name.title() if name.isupper() else name


def _nice(words: str) -> str:
    """A name set in capitals as it is written in a sentence; abbreviations stay capital."""
    if not words.isupper() or " " not in words:
        return words
    lowered = [w if w in _ABBREVIATIONS else w.lower() for w in words.split()]
    joined = " ".join(lowered)
    return joined[:1].upper() + joined[1:]


_ABBREVIATIONS = frozenset(("UBND", "HĐND", "MTTQ", "BCĐ", "TNHH", "MTV", "CP", "KCN", "TP."))


def _nice_place(place: _Place) -> str:
    name = " ".join(place.name.split())
    kind = {"tp": "TP", "tp.": "TP."}.get(place.kind, place.kind)
    return f"{kind} {name.title() if name.isupper() and name != 'HCM' else name}"


def _chosen(places: list[_Place], plain: str) -> _Place:
    """The unit that reports: the smallest one named together with the first place."""
    first = places[0]
    best = first
    rank = {"commune": 0, "district": 1, "province": 2}
    for place in places[1:3]:
        between = plain[best.start + len(best.kind) + len(best.name) + 1 : place.start]
        if len(between) <= 6 and rank[place.level] < rank[best.level]:
            best = place
    return best


def _body_before(text: str, plain: str, place: _Place) -> str | None:
    window = max(0, place.start - 90)
    last = last_match(_BODY, plain, window, place.start)
    if last is None:
        return None
    between = plain[last.end() : place.start]
    if not re.fullmatch(
        r"[\s,]*(?:(?:thực hiện|về|quy chế|dân chủ|ở|cơ sở|của|công trình|đường)\s*)*[\s,()]*",
        between,
    ):
        return None
    begin = last.start()
    for earlier in _BODY.finditer(plain, window, last.start()):
        if not plain[earlier.end() : last.start()].strip():
            begin = earlier.start()
    return " ".join(text[begin : last.end()].split())


def _body_name(text: str, plain: str) -> str | None:
    body = _BODY.search(plain, 0, _LEAD_REACH)
    if body is None:
        return None
    after = re.match(
        r" (?:huyện|tỉnh|xã|thành phố|phường|quận)(?!\w)", plain[body.end() : body.end() + 12]
    )
    return " ".join(text[body.start() : body.end() + (after.end() if after else 0)].split())


def _level_of_words(plain: str) -> Level:
    lead = plain[:_LEAD_REACH]
    for words, level in (
        (
            r"huyện ủy|ubnd huyện|của huyện|thành phố về|ban chỉ đạo thành phố|quận ủy|thị ủy",
            "district",
        ),
        (r"đảng ủy xã|ubnd xã|ubnd phường|của xã|cấp xã", "commune"),
        (r"tỉnh ủy|ubnd tỉnh|của tỉnh", "province"),
        (r"(?<!cán )(?<!nội )bộ (?=lao|nội|y|giáo|tài|tư|công|xây|nông|khoa)|trung ương", "agency"),
    ):
        if re.search(rf"(?<!\w)(?:{words})", lead):
            return level  # type: ignore[return-value]
    return "other"


def _name_of(text: str, plain: str, match: re.Match[str]) -> str:
    start, end = match.span("name")
    stop = _STOP.search(plain, start + 4, end)
    name = " ".join(text[start : stop.start() if stop else end].strip(" -–").split())
    return _sentence_case(name) if name.isupper() else name


_PLACE_OR_FIRM = re.compile(
    r"(?<!\w)(?:tỉnh|huyện|xã|phường|thành phố|quận|thị xã|thị trấn"
    r"|công ty(?: tnhh| mtv| cổ phần| cp)*) "
)


def _sentence_case(name: str) -> str:
    """ "LIÊN ĐOÀN LAO ĐỘNG TỈNH MINH HỌA" as "Liên đoàn lao động tỉnh Minh Họa"."""
    lowered = name.lower()
    proper = last_match(_PLACE_OR_FIRM, lowered, 0, len(lowered))
    cut = proper.end() if proper else len(lowered)
    words = [*lowered[:cut].split(), *lowered[cut:].title().split()]
    kept = [w.upper() if w.upper() in _ABBREVIATIONS else w for w in words]
    joined = " ".join(kept)
    return joined[:1].upper() + joined[1:]
