"""Text made comparable: folded for search, keyed for sorting, alike on every database."""

from __future__ import annotations

import re
import unicodedata

from danchu.core.text.door import INVISIBLE
from danchu.core.text.normal import nfc, nfkd
from danchu.core.text.tones import place_tones

_MARK = re.compile("[\u0300-\u036f]")
# No decomposition and no database folds these; eth is what some keyboards give for đ.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})


def fold(text: str) -> str:
    """The text for accent-free search: "Khiếu nại đất đai" is "khieu nai dat dai".

    Lower case, no tone or vowel marks, đ as d, compatibility forms spelled out (m² as m2),
    blanks collapsed and trimmed, NFC. Punctuation and other scripts stay. Store it beside the
    text and search it with a folded query; it means the same on both databases.
    """
    if not text.isascii():
        text = nfkd(INVISIBLE.sub("", text))
        text = nfkd(text.lower()).translate(_LETTERS)
        text = nfc(_MARK.sub("", text))
    return " ".join(INVISIBLE.sub("", text).lower().split())


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES = {letter: f"{20 + place:02d}" for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_VOWEL_MARKS = "\u0302\u0306\u031b"
_SPACE, _END, _OTHER = "01", "00", "90"
_PART = re.compile(r"([0-9]+)|([^\W\d_])|([^\W_])|[\W_]+")


def _letter(char: str) -> tuple[str, str]:
    """Primary code and tone of one lower-case letter."""
    parts = unicodedata.normalize("NFD", char)
    base = parts[0]
    tone = "0"
    for mark in parts[1:]:
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark in _VOWEL_MARKS:
            base = unicodedata.normalize("NFC", base + mark)
        else:
            tone = "6"
    code = _CODES.get(base)
    if code is None:
        code = _CODES.get(base[0]) or f"{_OTHER}{ord(char):07d}"
    return code, tone


_KNOWN = {
    unicodedata.normalize("NFC", letter + mark): _letter(
        unicodedata.normalize("NFC", letter + mark)
    )
    for letter in _ALPHABET
    for mark in ("", *_TONES)
    if len(unicodedata.normalize("NFC", letter + mark)) == 1
}


def sort_key(text: str) -> str:
    """A key whose plain comparison sorts Vietnamese: An, Ăn, Ấn, Da, Đà, On, Ôn, Ơn, U, Ư.

    Letters first (a ă â b c d đ e ê … u ư v … y), and only where all letters agree the tones,
    ngang, huyền, hỏi, ngã, sắc, nặng. Case and the place of the tone mark do not matter, runs of
    punctuation count as a blank, digits come before letters and numbers by their size (Tổ 2
    before Tổ 10). Letters of other scripts follow z.

    The key is made of the digits 0 to 9 only: every collation, binary or of any language,
    orders those alike and knows no digraphs or case among them, so the same column sorts the
    same on both databases. A name of n Latin characters takes at most 4n + 2 digits, mostly
    about 2n + 10; a letter of another script takes ten.
    """
    low = place_tones(text).lower()
    primary: list[str] = []
    tones: list[str] = []
    pending = False
    for m in _PART.finditer(low):
        if m.lastindex is None:
            pending = bool(primary)
            continue
        if pending:
            primary.append(_SPACE)
            tones.append("0")
            pending = False
        if m.lastindex == 1:
            digits = m[1].lstrip("0") or "0"
            size = len(digits)
            primary.append(f"1{size}" if size < 9 else f"19{min(size, 9999):04d}")
            primary.append(digits)
            tones.append("0")
        elif m.lastindex == 2:
            code, tone = _KNOWN.get(m[2]) or _letter(m[2])
            primary.append(code)
            tones.append(tone)
        else:
            primary.append(f"{_OTHER}{ord(m[3]):07d}")
            tones.append("0")
    second = "".join(tones).rstrip("0")
    return "".join(primary) + (_END + second if second else "")
