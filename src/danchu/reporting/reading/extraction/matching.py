"""A form of the text to match against: as long as the original, but written in one way only."""

from __future__ import annotations

import re
import unicodedata

from .sought import Sought

_SMALL = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz" + "".join(
    unicodedata.normalize("NFC", f"{vowel}{tone}")
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0309\u0303\u0323"
)
LOWER = _SMALL
"""The small letters of Vietnamese, for sets in patterns."""
UPPER = _SMALL.upper()
"""The capital letters of Vietnamese, for sets in patterns."""

_MARKS = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", " "),
}
_MARK = re.compile(f"[{''.join(map(re.escape, _MARKS))}]")
_OPEN_SYLLABLES = {
    f"{first}{new}": f"{old}{second}"
    for first, second, news, olds in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for new, old in zip(news, olds, strict=True)
}
# Both patterns begin with letters, not with what may not stand before them: such a pattern is
# tried at these letters only, not everywhere.
_TONES = re.compile(
    "(?:" + "|".join(f"{two[0]}(?<!q{two[0]}){two[1]}" for two in _OPEN_SYLLABLES) + r")(?!\w)"
)
# One spelling for words that are printed with i and with y.
_VOWELS = {
    "tỉ": "tỷ",
    "kỉ": "kỷ",
    "quí": "quý",
    "qui": "quy",
    "lí": "lý",
    "kí": "ký",
    "kì": "kỳ",
    "sĩ": "sỹ",
}
_I_OR_Y = re.compile(
    "(?:" + "|".join(rf"{word[0]}(?<!\w{word[0]}){word[1:]}" for word in _VOWELS) + r")(?!\w)"
)


def plain(text: str) -> str:
    """``text`` in lower case, one tone placement, one kind of quote, dash and space.

    Every character stays at its place: offsets into the result are offsets into ``text``.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    lowered = _MARK.sub(lambda match: _MARKS[match[0]], lowered)
    lowered = _TONES.sub(lambda match: _OPEN_SYLLABLES[match[0]], lowered)
    return _I_OR_Y.sub(lambda match: _VOWELS[match[0]], lowered)


def last_match(
    pattern: re.Pattern[str] | Sought, text: str, start: int, end: int
) -> re.Match[str] | None:
    """The last match of ``pattern`` within [start, end) of ``text``."""
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007  # only the last one counts
        pass
    return found
