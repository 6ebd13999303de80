"""How the names of units and bodies are written in a sentence, and the level a body stands on."""

from __future__ import annotations

import re

from .letterhead import FIRM
from .model import Level
from .unit_places import Place

_OFFICE = re.compile(
    r"thanh tra|ban (?:dân vận|nội chính|tiếp công dân|tuyên giáo|tổ chức|xây dựng|quản lý|pháp chế"
    r"|văn hóa|kinh tế|dân tộc|đô thị)|sở |phòng |văn phòng"
    r"|trung tâm (?!phục vụ hành chính|hành chính)|trạm|chi cục|cục |chi bộ|(?:tổng )?liên đoàn"
    r"|lđlđ|công đoàn|hội (?!đồng)|đoàn |công an|ban chỉ huy|bộ chỉ huy|tòa án|viện |kho bạc|thuế "
    r"|ủy ban kiểm tra"
)
_ABBREVIATION_LIST = """
    UBND HĐND MTTQ MTTQVN UBMTTQ UBMTTQVN BCĐ TNHH MTV CP KCN TP. THCS THPT TH PTDT LHPN LĐLĐ TNCS
    QCDC HTX
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
_COMMITTEES = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
}
_SHORT = {
    "ủy ban nhân dân": "UBND",
    "uỷ ban nhân dân": "UBND",
    "mặt trận tổ quốc": "MTTQ",
    "hội đồng nhân dân": "HĐND",
}
_SHORTER = re.compile("(?i)" + "|".join(_SHORT))
_PLACES = (
    r"tỉnh|huyện|xã(?! hội)|phường|thành phố|quận|thị xã|thị trấn|đặc khu|thôn|bản|ấp|xóm|khóm"
    r"|buôn|khu phố|tổ dân phố(?: số)?|(?:tỉnh|huyện|thành|quận|thị) [uủ][yỷ]"
)
_SCHOOL_LEVEL = r"mầm non|mẫu giáo|tiểu học|thcs|thpt|th|trung học cơ sở|trung học phổ thông"
_NAMED = re.compile(
    rf"(?<!\w)(?:{_PLACES}|(?:{FIRM})(?: (?:tnhh|mtv|cổ phần|cp|một thành viên))*"
    rf"|trường (?:{_SCHOOL_LEVEL})(?: (?:và |- )?(?:{_SCHOOL_LEVEL}))*|trường (?:đại học|cao đẳng)"
    r"|học viện|bệnh viện(?: đa khoa| chuyên khoa)?) (?=[^\s\d-])"
)
_KINDS = re.compile(rf"(?i)(?<!\w)(?:{_PLACES})(?= )")
_COUNTRY = re.compile(r"(?i)(?<!\w)việt nam(?!\w)")


def level_of(body: str | None, place: Place) -> Level:
    """An office of a province is an agency, one of a district or commune stands on its level."""
    office = body is not None and _OFFICE.match(body.lower()) is not None
    return "agency" if office and place.level == "province" else place.level


def in_sentence(words: str) -> str:
    """A name set in capitals as it is written in a sentence; abbreviations stay capital."""
    if not words.isupper() or " " not in words:
        return words
    lowered = [w if w in _ABBREVIATIONS else w.lower() for w in words.split()]
    joined = " ".join(lowered)
    return joined[:1].upper() + joined[1:]


def place_name_of(place: Place, body: str | None = None) -> str:
    """How ``place`` is called, alone or behind ``body``."""
    name = " ".join(place.name.split())
    steering = body is not None and body.lower().startswith(("ban chỉ đạo", "bcđ"))
    named = (body or place.level == "province") and not steering
    if place.party and named and place.kind in _COMMITTEES:
        # A district is called by its name, a province or an office by the committee.
        return f"{_COMMITTEES[place.kind]} {name.title() if name.isupper() else name}"
    kind = {"tp": "TP", "tp.": "TP."}.get(place.kind, place.kind)
    return f"{kind} {name.title() if name.isupper() and name != 'HCM' else name}"


def body_in_sentence(name: str) -> str:
    """ "LIÊN ĐOÀN LAO ĐỘNG TỈNH MINH HỌA" as "Liên đoàn lao động tỉnh Minh Họa"."""
    lowered = " ".join(name.lower().split())
    proper = _NAMED.search(lowered)
    cut = proper.end() if proper else len(lowered)
    cased = lowered[:cut] + lowered[cut:].title()
    cased = _KINDS.sub(lambda kind: lowered[kind.start() : kind.end()], cased)
    cased = _COUNTRY.sub("Việt Nam", cased)
    kept = " ".join(w.upper() if w.upper() in _ABBREVIATIONS else w for w in cased.split(" "))
    return kept[:1].upper() + kept[1:]


def issuer_in_sentence(name: str) -> str:
    """A body of a letterhead, its authority shortened: "UBND xã Bến Mẫu"."""
    words = _SHORTER.sub(lambda match: _SHORT[match[0].lower()], " ".join(name.split()))
    return body_in_sentence(words)
