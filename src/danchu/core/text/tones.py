"""Where the tone mark stands: hòa, khỏe, ủy, as official papers print it, never hoà, khoẻ, uỷ."""

from __future__ import annotations

import re
import unicodedata

from danchu.core.text.normal import nfc

_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|[bcdđghklmnprstvx])?", re.IGNORECASE
)  # every initial but qu: its u is no vowel
_LETTER = r"[^\W\d_]"


def _pairs(first: str, second: str) -> dict[str, str]:
    """ "oà" to "òa" for the two vowels, all tones, all cases."""
    return {
        a + unicodedata.normalize("NFC", b + mark): unicodedata.normalize("NFC", a + mark) + b
        for a in (first, first.upper())
        for b in (second, second.upper())
        for mark in _MARKS
    }


_MOVED = _pairs("o", "a") | _pairs("o", "e") | _pairs("u", "y")
# "qúy", "gía": the tone put on a letter that belongs to the initial qu or gi.
_INITIAL = {
    a + b: c + d
    for first, seconds in (("u", "aăâeêiơy"), ("i", "aăâơoôuư"))
    for second in seconds
    for moved, placed in _pairs(first, second).items()
    for a, b, c, d in ((placed[0], placed[1], moved[0], moved[1]),)
}
_OPEN = re.compile(f"({'|'.join(_MOVED)})(?!{_LETTER}|[\u0300-\u036f])")
_AFTER_INITIAL = re.compile(
    rf"(?<!{_LETTER})(?:([qQ])({'|'.join(k for k in _INITIAL if k[0].lower() in 'ùúủũụ')})"
    rf"|([gG])({'|'.join(k for k in _INITIAL if k[0].lower() in 'ìíỉĩị')}))"
    rf"(?=(?:ch|ng|nh|[cmnptiouy])?(?!{_LETTER}))",
    re.IGNORECASE,
)


def place_tones(text: str) -> str:
    """The text in NFC with tone marks where official papers put them; case is kept.

    In a syllable that ends in oa, oe or uy the mark goes to the first vowel (hoà becomes hòa,
    thuỷ becomes thủy); after qu and gi it goes to the vowel proper (qúy becomes quý, gía giá).
    Everything else stays: hoàn, toán, khuỷu, quý, quốc, giường. Foreign words of the same shape
    (Noé) cannot be told from Vietnamese ones and are changed too.
    """
    text = nfc(text)
    if text.isascii():
        return text
    text = _OPEN.sub(_moved, text)
    return _AFTER_INITIAL.sub(_returned, text)


def _moved(m: re.Match[str]) -> str:
    start = m.start()
    text = m.string
    begin = start
    while begin and start - begin < 4 and text[begin - 1].isalpha():
        begin -= 1
    return _MOVED[m[1]] if _ONSET.fullmatch(text, begin, start) else m[1]


def _returned(m: re.Match[str]) -> str:
    return (m[1] or m[3]) + _INITIAL[m[2] or m[4]]
