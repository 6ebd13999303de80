"""The unit that issues a paper, told from its letterhead."""

from __future__ import annotations

import datetime as dt
import re

from .letterhead import FIRM, SCHOOL, Letterhead, is_owned, letterhead
from .matching import plain
from .model import Level, UnitRead
from .unit_codes import code_of
from .unit_names import issuer_in_sentence, level_of, place_name_of
from .unit_places import Place, places_named

_FIRM = re.compile(rf"(?:{FIRM})(?!\w)")
_SCHOOL = re.compile(rf"(?:{SCHOOL})(?!\w)")
# "CÔNG ĐOÀN TRƯỜNG …", "CHI BỘ CÔNG TY …": of a unit that it names itself.
_OF_ONE = re.compile(
    r"(?:chi bộ|đảng (?:ủy|bộ)|công đoàn(?: cơ sở)?|ban thanh tra nhân dân"
    r"|đoàn (?:thanh niên|cơ sở)?) "
)
# "PHÒNG VĂN HÓA - XÃ HỘI" is in no commune called Hội.
_SOCIETY = re.compile(r"(?i)(?:[-–,&]|và)\s+xã\s+hội(?!\w)")
_CENTRAL = re.compile(r"(?:bộ(?! chỉ huy)|sở|cục|tổng cục|thanh tra chính phủ)(?!\w)")
_VILLAGE = re.compile(r"(?:chi bộ )?(?:thôn|bản|ấp|xóm|khóm|khối|buôn|làng|khu phố|tổ dân phố) ")
# The union of a workplace speaks for the workplace.
_UNION = re.compile(r"(?:ban chấp hành )?công đoàn(?: cơ sở)?")
# Called by the whole name of the body above: "Văn phòng UBND tỉnh Minh Họa".
_WHOLLY = re.compile(r"văn phòng|ban (?!chỉ đạo|thanh tra|giám sát|quản lý|tiếp|chấp hành)|bcđ")
_CALLED = re.compile(r"hđnd|hội đồng nhân dân|đảng ủy|ubnd|ủy ban nhân dân")
# Bodies within a unit that are not the unit: its official code is not theirs.
_OTHERS = re.compile(
    r"trạm|trung tâm (?!phục vụ hành chính|hành chính)|công an|ban chỉ huy|hội (?!đồng)|đoàn"
    r"|công đoàn|liên đoàn|lđlđ|chi bộ|tòa án|viện|kho bạc|thuế|chi cục|hạt|đồn|chi nhánh"
)


def unit_of_head(text: str, province: str | None, day: dt.date | None) -> UnitRead | None:
    """Who issues a paper with an official head; None where there is none or it names nobody."""
    head = letterhead(text)
    if head is None:
        return None
    issuer, above = _parts(head)
    form = _plain(issuer)
    if level := _own_level(form):
        return UnitRead(issuer_in_sentence(issuer), level, province)
    owner = _own_level(_plain(above)) if above else None
    if above is not None and owner is not None and not _places(issuer):
        name = issuer_in_sentence(above)
        if not _UNION.fullmatch(form):
            name = f"{issuer_in_sentence(issuer)} {name}"
        return UnitRead(name, owner, province)
    return _of_place(issuer, above, province, day) or _of_central(issuer, above, province)


def _parts(head: Letterhead) -> tuple[str, str | None]:
    """The issuer, and the body whose name it bears where it has none of its own."""
    first, *rest = head.issuer.split("\n", 1)
    # "BAN CHỈ ĐẠO …" above "UBND XÃ …": the lower line says whose it is.
    if rest and is_owned(first) and _CALLED.match(_plain(rest[0])):
        return first, rest[0]
    return head.issuer, head.above


def _own_level(form: str) -> Level | None:
    """The level of what is a unit by itself, wherever it stands."""
    own = _OF_ONE.match(form)
    at = own.end() if own else 0
    if _FIRM.match(form, at):
        return "enterprise"
    return "agency" if _SCHOOL.match(form, at) else None


def _plain(words: str) -> str:
    return plain(" ".join(words.split()))


def _places(words: str) -> list[Place]:
    words = _SOCIETY.sub(lambda match: " " * len(match[0]), words)
    return sorted(places_named(words), key=lambda place: place.start)


def _of_place(
    issuer: str, above: str | None, province: str | None, day: dt.date | None
) -> UnitRead | None:
    """A body of a commune, district or province."""
    form = _plain(issuer)
    own = _places(issuer)
    places = own or (_places(above) if above else [])
    if not places:
        return None
    place = places[0]
    if own:
        before = issuer[: place.start].strip(" -–\n")
        body = issuer_in_sentence(before) if before else ""
        # Its own head calls a committee of the Party by its name.
        called = body or (issuer if place.party else None)
        name = f"{body} {place_name_of(place, called)}".strip()
    else:
        # "THANH TRA TỈNH" of the province above.
        bare = re.sub(rf"(?i) {re.escape(place.kind)}$", "", " ".join(issuer.split()))
        body = issuer_in_sentence(bare)
        name = f"{body}{', ' if _VILLAGE.match(form) else ' '}{_whose(form, above or '', place)}"
    level = level_of(form, place)
    foreign = level == "agency" or _OTHERS.match(form) or _VILLAGE.match(form)
    code = None if foreign else code_of(place.kind, place.name, place.level, province, day)
    return UnitRead(name, level, province, code)


def _whose(form: str, above: str, place: Place) -> str:
    """The owner behind the name of a body: the place, or the authority that the body is part of."""
    if _WHOLLY.match(form) and _CALLED.match(_plain(above)):
        return issuer_in_sentence(above)
    return place_name_of(place, form)


def _of_central(issuer: str, above: str | None, province: str | None) -> UnitRead | None:
    """A ministry, a department, or a body within one."""
    if _CENTRAL.match(_plain(issuer)):
        return UnitRead(issuer_in_sentence(issuer), "agency", province)
    if above and _CENTRAL.match(_plain(above)):
        name = f"{issuer_in_sentence(issuer)} {issuer_in_sentence(above)}"
        return UnitRead(name, "agency", province)
    return None
