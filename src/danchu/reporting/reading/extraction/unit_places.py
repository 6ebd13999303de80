"""The places a text names, with their proper names and levels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon.names import SURNAMES
from .lexicon.places import CITIES, PROVINCE
from .lexicon.wording import spaced
from .matching import UPPER
from .matching import plain as plain_of
from .model import Level
from .sought import Sought

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


_PLACE = Sought(
    spaced(
        rf"(?<!\w)(?P<kind>{_PLACE_KINDS}) (?P<name>(?!ủy|hội chủ nghĩa)[\w][^.,;:()\n\"]{{0,40}})"
    )
)


STOP = re.compile(
    # "Giáo dục và Đào tạo" is one name
    r"(?<!\w)(?:đã|và(?! (?:xã hội|đào tạo|phát triển|môi trường|đầu tư|du lịch|công nghệ"
    r"|truyền thông|gia đình|trẻ em)(?!\w))|về|tổ chức|chú trọng|tăng cường|đẩy mạnh|nâng cao"
    r"|tập trung|đề nghị|yêu cầu|cần|phải|đứng|dẫn đầu|chỉ đạo(?! thực hiện)"
    r"|do|của|có|sơ kết|tổng kết|năm|6 tháng|sáu tháng|thực hiện|cho"
    r"|tại|trong|với"
    r"|cùng|để|sẽ|vừa|đạt|được|là|từ|ngày|quý|tuyên dương|khắc phục|giai đoạn|số|thuộc|làm|dành"
    r"|đối thoại"
    r"|đưa ra|nêu|cho biết|công bố|ghi nhận|triển khai|xử lý|kiểm tra|lần thứ|nhiệm kỳ|ban hành"
    r"|tiếp|đang|phấn đấu|hiện)(?!\w)"
)


_PARTY = Sought(r"(?<!\w)(?P<kind>tỉnh|huyện|thành|quận|thị) ủy ")


_PARTY_KIND = {
    "tỉnh": "tỉnh",
    "huyện": "huyện",
    "thành": "thành phố",
    "quận": "quận",
    "thị": "thị xã",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit named in the text."""

    kind: str
    name: str
    start: int
    level: Level
    named: int
    """Where the name begins."""
    party: bool = False
    """Named by its committee of the Party: "Tỉnh ủy X"."""


def places_in(text: str, plain: str, reach: int) -> list[Place]:
    """Every unit named within ``reach`` characters, those of one pattern after another."""
    out: list[Place] = []
    opening = PROVINCE.match(plain, len(plain) - len(plain.lstrip()))
    if opening and not re.match(r" (?:-|,)", plain[opening.end() : opening.end() + 2]):
        name = text[opening.start("name") : opening.end("name")]
        kind = "thành phố" if opening["name"] in CITIES else "tỉnh"
        out.append(Place(kind, name, opening.start(), "province", opening.start("name")))
    for match in _PLACE.finditer(plain, 0, reach):
        kind, begin = match["kind"], match.start("name")
        name = proper_name(text, plain, begin, match.end("name"))
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
        out.append(Place(kind, name, match.start("kind"), level, begin))
    for match in _PARTY.finditer(plain, 0, reach):
        begin = match.end()
        name = proper_name(text, plain, begin, min(begin + 40, len(plain)))
        if not name:
            continue
        known = PROVINCE.match(plain, begin)
        name = text[begin : known.end("name")] if known else name
        kind = _PARTY_KIND[match["kind"]]
        if kind == "thành phố":
            level = "province" if _is_city(name.lower()) else "district"
        else:
            level = _KIND_LEVEL[kind]
        out.append(Place(kind, name, match.start(), level, begin, party=True))
    return out


def places_named(name: str) -> list[Place]:
    """The units of the map that a unit's name holds: xã Bến Mẫu in "UBND xã Bến Mẫu"."""
    return places_in(name, plain_of(name), len(name))


def _is_city(name: str) -> bool:
    return any(name == city or name.startswith(f"{city} ") for city in CITIES)


_NAME_GOES_ON = re.compile(rf" [{UPPER}]")


_KIND = re.compile(rf"(?:{_PLACE_KINDS})(?!\w)")


_WORD = re.compile(r"[\w'’]+")


_VERB = re.compile(
    r"(?:làm việc|tổ chức|kiểm tra|giám sát|sơ kết|tổng kết|đối thoại|triển khai|tuyên dương|họp"
    r"|tiếp tục|tăng cường|ban hành)(?!\w)"
)


def proper_name(text: str, plain: str, start: int, end: int) -> str:
    """The proper name at ``start``: capitalised words, numbers after "quận", or capitals."""
    words: list[str] = []
    position = start
    for match in _WORD.finditer(text, start, end):
        gap = text[position : match.start()]
        if gap.strip() and _KIND.match(plain, match.start()):
            # "TP Bến Mẫu - tỉnh …": what it belongs to.
            break
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
        if words and (
            STOP.fullmatch(plain, match.start(), match.end()) or _VERB.match(plain, match.start())
        ):
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
