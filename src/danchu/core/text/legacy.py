"""Vietnamese from before Unicode: TCVN3 (the .Vn fonts) and VNI-Windows.

Such a text looks like Western letters and signs ("TiÕp c«ng d©n", "Tieáp coâng daân") because
the font, not the code, made it Vietnamese. Conversion is for uploads and for people who ask;
what is typed at a form is never converted unasked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from danchu.core.text.syllables import is_syllable

Legacy = Literal["tcvn3", "vni"]

_LOWER = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
# TCVN 5712:1993. The .Vn fonts of Windows (VN3) carry the small letters and the seven plain
# capitals; capitals with a tone exist only in the full set (VN1), which no .Vn font has.
_TCVN_LOWER = (
    b"\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4"
    b"\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef"
    b"\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TCVN_UPPER = (
    b"\x80\x81\x82\x83\x84\xaf\xba\xbf\xc0\x85\xc1\xc2\xc3\xc4\x86\x87\x88\x89\x8a\x8b\xc5\xcd\xd9"
    b"\xda\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\xdb\xe0\xf0\xff\x97\x98\x99\x9a\x9b\x9c\x9d"
    b"\x9e\x9f\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17"
)
_PLAIN = "ĂÂÊÔƠƯĐăâêôơưđ"
_TCVN_PLAIN = bytes(range(0xA1, 0xAF))
# Read as Windows-1252 the bytes 80-9F are quotes and dashes, which texts in .Vn fonts do use;
# only those of them that are letters or accents there can stand for a Vietnamese capital.
_LETTERLIKE = "ƒˆŠŒŽ˜šœžŸ"


def _tcvn_table() -> dict[int, str]:
    table = dict(zip(_TCVN_PLAIN, _PLAIN, strict=True))
    table |= dict(zip(_TCVN_LOWER, _LOWER, strict=True))
    table |= dict(zip(_TCVN_UPPER, _LOWER.upper(), strict=True))
    return table | {ord(c): table[c.encode("cp1252")[0]] for c in _LETTERLIKE}


TCVN3 = _tcvn_table()
"""Code point of the text read as Latin-1 or Windows-1252 to the Vietnamese letter."""
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile("[A-Z]")
_SMALL = re.compile("[a-z]")


def from_tcvn3(text: str) -> str:
    """The Unicode of a TCVN3 text that was read as Latin-1 or Windows-1252.

    The capitals of the .VnTimeH fonts have no codes of their own: the font draws the small
    letters as capitals. Where all plain letters of a line (at least four) or of a word (at least
    two) are capitals, the whole of it is made capital: "HéI" is HỘI. What was typed small in
    such a font stays small.
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    converted = line.translate(TCVN3)
    if len(_CAPITALS.findall(line)) > 3 and not _SMALL.search(line):
        return converted.upper()
    return _WORD.sub(_word, converted)


def _word(m: re.Match[str]) -> str:
    word = m[0]
    if len(_CAPITALS.findall(word)) > 1 and not _SMALL.search(word):
        return word.upper()
    return word


_MARKS = "øûõùï"  # huyền, hỏi, ngã, sắc, nặng
_VNI_VOWELS = {
    "a": ("a", _MARKS),
    "ă": ("a", "èúüéë"),
    "â": ("a", "àåãáä"),
    "e": ("e", _MARKS),
    "ê": ("e", "àåãáä"),
    "o": ("o", _MARKS),
    "ô": ("o", "àåãáä"),
    "ơ": ("ô", _MARKS),
    "u": ("u", _MARKS),
    "ư": ("ö", _MARKS),
}


def _vni_table() -> dict[str, str]:
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "aâ": "â", "aê": "ă", "eâ": "ê", "oâ": "ô"}
    table |= {"ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}
    for vowel, (base, marks) in _VNI_VOWELS.items():
        for mark, tone in zip(marks, "\u0300\u0309\u0303\u0301\u0323", strict=True):
            table[base + mark] = unicodedata.normalize("NFC", vowel + tone)
    for mark, tone in zip("øûõù", "\u0300\u0309\u0303\u0301", strict=True):
        table["y" + mark] = unicodedata.normalize("NFC", "y" + tone)
    out = dict(table)
    for code, letter in table.items():
        out[code.upper()] = letter.upper()
        if len(code) == 2:
            # The base decides the case; marks are typed small after a capital too.
            out[code[0].upper() + code[1]] = letter.upper()
    return out


VNI = _vni_table()
"""One or two characters of the text read as Latin-1 or Windows-1252 to the Vietnamese letter."""
_VNI_CODES = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def from_vni(text: str) -> str:
    """The Unicode of a VNI-Windows text that was read as Latin-1 or Windows-1252."""
    return _VNI_CODES.sub(lambda m: VNI[m[0]], text)


_TOKEN = re.compile(f"[A-Za-z\x01\x02\x04-\x06\x11-\x17\x80-\x9f\xa1-\xff{_LETTERLIKE}]+")
# Letters that no Western reading of legacy bytes produces: Unicode Vietnamese, other scripts.
_BEYOND_WESTERN = re.compile(f"(?![{_LETTERLIKE}])[^\\W\\d_\x00-\xff]|[\u0300-\u036f]")
_ENOUGH, _A_FEW, _MOST, _HALF, _SOME = 2, 3, 0.7, 0.5, 0.4
_SAMPLE = 400


def detect_legacy(text: str) -> Legacy | None:
    """Which legacy encoding a text read as Latin-1 or Windows-1252 is in; None when in none.

    For uploads and on request only. At least two different words must hold signs outside ASCII,
    and not all of them be single letters ("à â" may stand as it is);
    most of them must be Vietnamese syllables once converted and few as they stand, and many of
    the plain words must be. A letter that only Unicode Vietnamese or another script has means None.
    """
    if text.isascii() or _BEYOND_WESTERN.search(text):
        return None
    words, plain = _words(text)
    if len(words) < _ENOUGH:
        return None
    if len(plain) > _A_FEW and _share(plain) < _SOME:
        return None
    as_is, plain_hits = _share(words), sum(map(is_syllable, plain))
    best: Legacy | None = None
    best_share = _MOST
    readings: tuple[tuple[Legacy, list[str]], ...] = (
        ("tcvn3", [from_tcvn3(word) for word in words]),
        ("vni", [from_vni(word) for word in words]),
    )
    for name, converted in readings:
        others = [a for a, b in zip(words, converted, strict=True) if a != b]
        changed = len(others) if any(len(word) > 1 for word in others) else 0
        share = _share(converted)
        overall = (share * len(words) + plain_hits) / (len(words) + len(plain))
        if changed >= _ENOUGH and share > best_share and as_is <= share / 2 and overall >= _HALF:
            best, best_share = name, share
    return best


def _words(text: str) -> tuple[list[str], list[str]]:
    """Different words outside ASCII and within it, at most a sample of them."""
    odd: dict[str, str] = {}
    plain: dict[str, str] = {}
    for m in _TOKEN.finditer(text):
        (plain if m[0].isascii() else odd).setdefault(m[0].lower(), m[0])
        if len(odd) == _SAMPLE:
            break
    return list(odd.values()), list(plain.values())


def _share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words)


def vietnamese_share(text: str) -> float:
    """Share of the different non-ASCII words that are Vietnamese syllables; 0 below two."""
    words = {m[0] for m in _WORD.finditer(text) if not m[0].isascii()}
    return _share(sorted(words)[:_SAMPLE]) if len(words) >= _ENOUGH else 0.0
