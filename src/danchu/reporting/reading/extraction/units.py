"""Which unit a text speaks of, its level, its province, and its code where that is certain."""

from __future__ import annotations

import datetime as dt
import re

from .headed import unit_of_head
from .lexicon.places import PROVINCE
from .lexicon.wording import spaced
from .matching import last_match
from .model import DocKind, Level, UnitRead
from .segments import Document
from .sought import Sought
from .unit_codes import code_of
from .unit_names import body_in_sentence, in_sentence, level_of, place_name_of
from .unit_places import STOP, Place, places_in, proper_name

_NAME = r"(?:(?!và|về|do|của)[\w'’]+(?: ?- ?[\w'’]+)?)(?: (?!và |về |do |của )[\w'’]+){0,4}"
_BODY = Sought(
    spaced(
        r"(?<!\w)(?P<body>ban chỉ đạo(?: thực hiện| về)?(?: quy chế)?(?: dân chủ)?(?: ở cơ sở)?"
        r"|bcđ|ubnd"
        r"|ủy ban nhân dân|hđnd|ủy ban mttq(?: việt nam)?|mttq(?: việt nam)?"
        r"|mặt trận tổ quốc(?: việt nam)?"
        r"|ban thanh tra nhân dân"
        r"|ban giám sát đầu tư của cộng đồng|ban dân vận|ban nội chính|ban tiếp công dân"
        r"|ban tuyên giáo và dân vận"
        r"|trung tâm phục vụ hành chính công|trung tâm hành chính công|thanh tra|đảng ủy|huyện ủy"
        r"|thành ủy|tỉnh ủy"
        r"|quận ủy|thị ủy|hội đồng nhân dân)(?!\w)"
    )
)
_ENTERPRISE = Sought(
    spaced(
        r"(?<!\w)(?P<name>(?:tổng )?công ty(?: tnhh| cổ phần| cp)?(?: mtv"
        r"| một thành viên)?[^.,;:()\n\"|]{2,70})"
    )
)
_AGENCY = Sought(
    spaced(
        r"(?<!\w)(?P<name>(?:bộ (?=lao động|nội vụ|công an|y tế|giáo dục|tài chính|tư pháp"
        r"|nông nghiệp|xây dựng|công thương|giao thông|kế hoạch và|khoa học và|thông tin và"
        r"|tài nguyên|quốc phòng|ngoại giao|văn hóa|dân tộc)|thanh tra chính phủ|lđlđ "
        r"|sở (?=nội vụ|y tế|giáo dục|tài chính|tư pháp|nông nghiệp|xây dựng|công thương|văn hóa"
        r"|khoa học|lao động)|cục |tổng cục |hội luật gia|liên đoàn lao động"
        r"|ủy ban trung ương mttq|uỷ ban trung ương"
        r"|trường (?:đại học|cao đẳng|thpt|thcs|tiểu học)|bệnh viện|viện kiểm sát|tòa án"
        r"|ngành y tế|quốc hội|hội nông dân"
        r"|hội liên hiệp phụ nữ)[^.,;:()\n\"|]{0,60})"
    )
)
_UNNAMED = Sought(
    r"liên đoàn lao động|hội nông dân|hội liên hiệp phụ nữ|hội luật gia|bệnh viện|tòa án"
    r"|viện kiểm sát|ngành y tế"
)
_TITLE_REACH = 420
_LEAD_REACH = 1600


def read_unit(document: Document, day: dt.date | None, kind: DocKind = "other") -> UnitRead:
    """The unit named first in the title or lead, with the body that speaks for it.

    ``kind`` is that of the document: an inspection tells of the unit inspected, a dialogue of the
    authority that held it.
    """
    text, plain = document.text, document.plain
    places = sorted(
        places_in(text, plain, min(len(plain), _LEAD_REACH)), key=lambda place: place.start
    )
    province = _province(text, plain, places)
    headed = unit_of_head(text, province, day)
    if headed is not None:
        return headed
    places = [place for place in places if not _VENUE.search(plain[: place.start][-40:])] or places
    if kind == "inspection":
        inspected = _inspected(plain, places)
        places = [inspected] if inspected else places
    if kind == "dialogue":
        host = _host(plain, places)
        places = [host] if host and host.level != "commune" else places
    first = places[0].start if places else len(plain)
    speaker = _speaker(plain, places)
    if speaker is not None:
        places, first = [speaker, *places], 0
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
        places = places_in(text, plain, len(plain)) if spoken == "other" else []
        if not places:
            return UnitRead(_body_name(text, plain), spoken, province)
    place = _chosen(places, plain)
    body = _body_before(text, plain, place)
    for other in places if body is None else ():
        if (other.level, other.name.lower()) == (place.level, place.name.lower()):
            body = body or _body_before(text, plain, other)
            if body or (other.party and not place.party and place.level == "province"):
                place = other
    place_name = place_name_of(place, body) + _above(text, plain, place)
    name = f"{in_sentence(body)} {place_name}" if body else place_name
    level = level_of(body, place)
    return UnitRead(
        name, level, province, code_of(place.kind, place.name, place.level, province, day)
    )


# "tại Nhà văn hóa xã X": where it was held, not who held it.
_VENUE = re.compile(
    r"(?<!\w)tại (?:nhà văn hóa|hội trường|trụ sở|trung tâm|nhà sinh hoạt|nhà cộng đồng|địa bàn"
    r"|điểm cầu|trường [\w ]{2,20})(?: [^.,;\n]{0,20})?$"
)
_INSPECTED = re.compile(
    r"(?:kiểm tra|giám sát|khảo sát)[^.\n]{0,130}(?:tại|ở|đối với) $"
    r"|làm việc (?:với|tại) (?:(?:ban thường vụ |thường trực )?(?:đảng ủy|huyện ủy|ubnd) )?$"
)
_HOSTS = re.compile(
    r"(?:chủ tịch|lãnh đạo|bí thư|thường trực|^|[,.:\n]) ?(?:(?:huyện ủy|thị ủy|tỉnh ủy) ?[-–,] ?)?"
    r"(?:ubnd|ủy ban nhân dân) $"
)
_SPEAKS = Sought(
    r"(?<!\w)(?:ubnd|ủy ban nhân dân) (?=(?:tỉnh|thành phố"
    r"|tp\.?) [^.,\n]{2,24} (?:vừa )?(?:cho biết"
    r"|công bố|có báo cáo))"
)


def _inspected(plain: str, places: list[Place]) -> Place | None:
    """The unit that was inspected: "kiểm tra … tại xã X"."""
    for place in places:
        if place.start <= _TITLE_REACH and _INSPECTED.search(
            plain[max(0, place.start - 190) : place.start]
        ):
            return place
    return None


def _host(plain: str, places: list[Place]) -> Place | None:
    """Whose committee held a dialogue."""
    for place in places:
        if _HOSTS.search(plain[max(0, place.start - 60) : place.start]):
            return place
    return None


def _speaker(plain: str, places: list[Place]) -> Place | None:
    """The province whose committee tells of its offices: "UBND tỉnh X công bố …"."""
    match = _SPEAKS.search(plain, 0, _LEAD_REACH)
    if match is None:
        return None
    return next((place for place in places if place.start == match.end()), None)


_DISTRICT_ABOVE = re.compile(r" ?[,(] ?(?P<kind>huyện|quận|thị xã) ")


def _above(text: str, plain: str, place: Place) -> str:
    """ ", huyện Y" where it stands straight behind a commune."""
    if place.level != "commune":
        return ""
    match = _DISTRICT_ABOVE.match(plain, place.named + len(place.name))
    name = proper_name(text, plain, match.end(), min(match.end() + 40, len(plain))) if match else ""
    return f", {match['kind']} {name.title() if name.isupper() else name}" if match and name else ""


def _agency(plain: str, reach: int, *, alone: bool) -> re.Match[str] | None:
    """The first agency; beside places only one with a name: "liên đoàn lao động," is none."""
    for match in _AGENCY.finditer(plain, 0, reach):
        if alone or not _UNNAMED.fullmatch(match["name"].strip()):
            return match
    return None


def _under_dateline(plain: str, first: Place, agency: re.Match[str]) -> bool:
    """ "Minh Họa: … \nSở Nội vụ …": the place is where it happened, the agency begins the line."""
    dateline = first.level == "province" and re.match(r"[^\n:]{0,24}: ", plain[first.start :])
    before = plain[: agency.start()]
    said = before.rstrip()
    begins = not said or "\n" in before[len(said) :] or said.endswith(("–", "-"))
    return bool(dateline) and (begins or (said.endswith(":") and said != before))


def _province(text: str, plain: str, places: list[Place]) -> str | None:
    for place in places:
        if place.level == "province":
            found = PROVINCE.match(plain, place.named)
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
    # A name the list of provinces lacks is one where the text calls it so.
    called = next(
        (place for place in places if place.kind == "tỉnh" and place.name[0].isalpha()), None
    )
    return _cased(called.name) if called else None


def _cased(name: str) -> str:
    if name.upper() == "HCM":
        return "TP. HCM"
    return name.title() if name.isupper() else name


def _chosen(places: list[Place], plain: str) -> Place:
    """The unit that reports: the smallest one named together with the first place."""
    first = places[0]
    best = first
    rank = {"commune": 0, "district": 1, "province": 2}
    for place in places[1:3]:
        between = plain[best.named + len(best.name) : place.start]
        if len(between) <= 6 and rank[place.level] < rank[best.level]:
            best = place
    return best


def _body_before(text: str, plain: str, place: Place) -> str | None:
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
    stop = STOP.search(plain, start + 4, end)
    name = " ".join(text[start : stop.start() if stop else end].strip(" -–").split())
    return body_in_sentence(name) if name.isupper() else name
