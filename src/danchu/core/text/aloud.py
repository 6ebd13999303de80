"""A text as it is read aloud in Vietnamese.

Two steps. :func:`written_for_reading` is for the eye of who reads: days, times and abbreviations in
words, numbers and signs of documents left to look at. :func:`spoken` is for a machine that reads:
nothing but words and the marks at which it pauses.
"""

from __future__ import annotations

import re

from danchu.core.errors import BadInput

from .abbreviations import SIGNS, written_out
from .numbers import Found, find_numbers
from .spoken import number_words
from .syllables import is_syllable

_LETTERS = dict(zip(
    "ABCDEGHIKLMNOPQRSTUVXYFJWZĐĂÂÊÔƠƯ",
    (
        "a", "bê", "xê", "dê", "e", "giê", "hát", "i", "ca", "e lờ", "em mờ", "en nờ", "o", "pê",
        "quy", "e rờ", "ét sì", "tê", "u", "vê", "ích xì", "i dài", "ép phờ", "gi", "vê kép",
        "dét", "đê", "á", "ớ", "ê", "ô", "ơ", "ư",
    ),
    strict=True,
))  # fmt: skip
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18,
    "XIX": 19, "XX": 20,
}  # fmt: skip
_UNITS = {
    "%": "phần trăm", "‰": "phần nghìn", "m2": "mét vuông", "m²": "mét vuông",
    "m3": "mét khối", "m³": "mét khối", "km2": "ki lô mét vuông", "km²": "ki lô mét vuông",
    "km": "ki lô mét", "m": "mét", "cm": "xen ti mét", "mm": "mi li mét", "ha": "héc ta",
    "kg": "ki lô gam", "đ": "đồng", "tr": "triệu", "kWh": "ki lô oát giờ",
}  # fmt: skip
# Apart from these marks a voice makes nothing of what is no letter.
_SYMBOLS = {
    "&": " và ", "+": " cộng ", "=": " bằng ", "≥": " từ ", "≤": " không quá ", ">": " trên ",
    "<": " dưới ", "×": " nhân ", "…": ", ", "(": ", ", ")": ", ", "[": ", ", "]": ", ",
    "–": ", ", "—": ", ", "/": ", ",
}  # fmt: skip
NOT_READ = "địa chỉ ghi tại bản niêm yết"

_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[\w/]|\S+@\S+\.\w+")
_CLOCK = re.compile(r"(\d{1,2})\s?(?:h|g|:)\s?(\d{2})?(?::\d{2})?(?!\d)")
# After these a day is said bare; streets and squares are called by one.
_SAID_BEFORE = re.compile(
    r"\b(?:ngày|mùng|mồng|đường|phố|quảng trường|cầu|chợ|trường)\s+\Z", re.IGNORECASE
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_COUNTED = re.compile(rf"(?<=\d)\s?({_UNIT})(?![^\W_])")
_EACH = re.compile(
    r"(?<=[^\W\d_])\s?/\s?(?:(ha|m2|m²|m3|m³|kg|km)(?![\w²³])|(?=(?:hộ|người|khẩu|tháng|năm|ngày|quý"
    r"|suất|sào|học sinh|lượt|vụ|công|đoàn viên|lao động)(?!\w)))"
)
_RAISED = re.compile("[²³]")  # of no unit; to a pattern of letters they are letters
_MONEY = re.compile(r"(?:đồng|triệu|tỷ|nghìn|ngàn|tấn|tạ|mét vuông|héc ta|ki lô gam|suất)\Z")
_EITHER = re.compile(r"\bvà/hoặc\b", re.IGNORECASE)
_ORDERED = re.compile(
    r"\b((?:quý|khóa|thứ|kỳ|kỳ họp thứ|chương|phần|loại|cấp|hạng|nhóm|đợt|lần|mục)) "
    r"([IVX]{1,5})(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?")
_SHARE = re.compile(r"(?<![\d/])(\d[\d.,]*)\s?/\s?(\d[\d.,]*)(?![\d/])")
_RANGE = re.compile(r"(?<=\d)\s?[-–]\s?(?=\d)")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_BEFORE_AMOUNT = re.compile(r"\s[-–]\s(?=\d)")
_CAPITALS = re.compile(r"[^\W\d_]+")
_BARE_SIGN = re.compile(r"(?<![^\W_])([A-ZĐ][A-Za-zĐđ]{1,4})((?:-[A-ZĐ][A-Za-zĐđ]*)+)(?!\w)")
_SIGN_PARTS = re.compile(r"\d+|[^\W\d_]+")
_PAUSES = frozenset(".,;:?!")
_MARKS = re.compile(r"\s*([.,;:?!])(?:\s*[,;])*(?=\s|$)")


def written_for_reading(text: str) -> str:
    """Days, times and abbreviations in words: "20/11/2026" is "ngày 20 tháng 11 năm 2026".

    Signs of documents ("12/QĐ-UBND"), amounts and addresses stay as they are written.
    """
    pieces: list[str] = []
    at = 0
    for found in find_numbers(text):
        if found.number.spelled:
            continue
        said = _dated(found, text)
        if said is None and found.kind != "document":
            continue
        start = found.start
        if said is not None and said.startswith(" ") and text[start - 1 : start] == "/":
            start -= 1
        pieces += [written_out(text[at:start]), found.surface if said is None else said]
        at = found.end
    return "".join([*pieces, written_out(text[at:])])


def _dated(found: Found, text: str) -> str | None:
    """A day, a month or a time in words; None for what is none or needs no change."""
    date, surface = found.date, found.surface
    if found.kind == "time":
        clock = _CLOCK.fullmatch(surface)
        if clock is None:
            return None
        minutes = int(clock[2] or 0)
        return f"{int(clock[1])} giờ" + (f" {minutes:02d} phút" if minutes else "")
    if found.kind == "year" and text[max(0, found.start - 1) : found.start] == "/":
        return f" năm {surface}"
    if found.kind != "date" or date is None or "tháng" in surface:
        return None
    if not re.search(r"[/.-]", surface):
        return None
    year = "" if date.year is None else f" năm {date.year}"
    if date.day is None:
        return re.split(r"\s?[/.-]", surface)[0].lstrip("0") + year
    lead = "" if _SAID_BEFORE.search(text[max(0, found.start - 16) : found.start]) else "ngày "
    return f"{lead}{date.day} tháng {date.month}{year}"


def spoken(text: str) -> str:
    """The text as words to be said, a paragraph a line, with the marks of its sentences.

    Web and e-mail addresses are not spelled over a loudspeaker; the reader says where they stand.
    """
    return "\n".join(
        line for line in (_line(raw) for raw in written_for_reading(text).splitlines()) if line
    )


def _line(text: str) -> str:
    text = _ADDRESS.sub(NOT_READ, text)
    text = _EITHER.sub("hoặc", text)
    text = _papers_and_telephones(text)
    text = _ORDERED.sub(_roman, _BARE_SIGN.sub(_bare_sign, text))
    text = _COUNTED.sub(lambda found: f" {_UNITS[found[1]]}", text)
    text = _RAISED.sub(" ", _EACH.sub(_one_of, text))
    text = _SHARE.sub(_share, text)
    text = _RANGE.sub(" đến ", _BEFORE_AMOUNT.sub(", ", text))
    text = _DOTTED.sub(_sections, text)
    text = _NUMBER.sub(lambda found: f" {_number(found[0])} ", text)
    text = "".join(_SYMBOLS.get(char, char) for char in text)
    text = _CAPITALS.sub(_letters, text)
    text = "".join(char if char.isalpha() or char in _PAUSES else " " for char in text)
    text = _MARKS.sub(r"\1", text)
    return " ".join(text.split()).lstrip(".,;: ")


def _papers_and_telephones(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for found in find_numbers(text):
        if found.kind == "document":
            said = sign_said(found.surface, after=text[max(0, found.start - 24) : found.start])
        elif found.kind == "ordinal" and len(re.sub(r"\D", "", found.surface)) >= 8:
            said = _digits(found.surface)
        else:
            continue
        pieces += [text[at : found.start], said]
        at = found.end
    return "".join([*pieces, text[at:]])


def sign_said(sign: str, *, after: str = "") -> str:
    """The sign of a document as it is read: "12/QĐ-UBND" is "12, quyết định Ủy ban nhân dân".

    ``after``: the text before it. What that has said already is not said twice: after "Quyết định
    số" it is "12 của Ủy ban nhân dân".
    """
    number, *rest = _SIGN_PARTS.findall(sign)
    said = number
    if rest and rest[0].isdigit() and len(rest[0]) == 4:
        said += f" năm {rest.pop(0)}"
    words = [_part_said(part) for part in rest]
    called = after.lower().rstrip().removesuffix("số").rstrip()
    if len(words) > 1 and called.endswith(words[0]):
        return f"{said} của {' '.join(words[1:])}"
    if words and rest[0] in ("QH", "UBTVQH"):
        return f"{said} của {' '.join(words)}"
    return f"{said}, {' '.join(words)}" if words else said


def _part_said(part: str) -> str:
    return part if part.isdigit() else SIGNS.get(part) or _spelled(part)


def _bare_sign(found: re.Match[str]) -> str:
    parts = _SIGN_PARTS.findall(found[0])
    return " ".join(map(_part_said, parts)) if parts[0] in SIGNS else found[0]


def _roman(found: re.Match[str]) -> str:
    number = _ROMAN.get(found[2].upper())
    return found[0] if number is None else f"{found[1]} {number}"


def _one_of(found: re.Match[str]) -> str:
    """ "đồng/hộ/tháng": so much for each; other strokes part two things."""
    before = found.string[max(0, found.start() - 20) : found.start()]
    each = _MONEY.search(before) or re.search(r"/(?:hộ|người|khẩu|suất)\Z", before)
    unit = _UNITS[found[1]] if found[1] else ""
    return (" một " if each else ", ") + unit


def _share(found: re.Match[str]) -> str:
    above, below = found[1].rstrip(".,"), found[2].rstrip(".,")
    tail = found[2][len(below) :]
    small = above.isdigit() and below.isdigit() and int(above) < int(below) <= 10
    return f"{above} {'phần' if small else 'trên'} {below}{tail}"


def _sections(found: re.Match[str]) -> str:
    """ "2.1" numbers a part of a paper, "12.500" is an amount."""
    return found[0] if _GROUPED.fullmatch(found[0]) else found[0].replace(".", " chấm ")


def _number(text: str) -> str:
    whole, _comma, decimals = text.partition(",")
    grouped = whole.replace(".", "")
    said = _whole(grouped)
    if decimals:
        said += " phẩy " + (_digits(decimals) if decimals.startswith("0") else _whole(decimals))
    return said


def _whole(digits: str) -> str:
    try:
        return number_words(int(digits)) if len(digits) < 19 else _digits(digits)
    except BadInput:
        return _digits(digits)


def _digits(text: str) -> str:
    return " ".join(number_words(int(char)) for char in text if char.isdigit())


def _letters(found: re.Match[str]) -> str:
    """A word in capitals: a syllable is said, anything else letter by letter."""
    word = found[0]
    if not word.isupper() or (len(word) > 1 and is_syllable(word)):
        return word.lower() if word.isupper() else word
    return _spelled(word)


def _spelled(word: str) -> str:
    return " ".join(_LETTERS.get(char.upper(), char.lower()) for char in word)
