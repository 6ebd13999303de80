"""Normal forms of Unicode in the time of a text's length.

Marks above one letter are sorted while a text is normalized, which takes the square of their
number: sixty kilobytes of marks keep a machine busy for five seconds, a megabyte for half an hour.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MOST_MARKS = 30  # on one letter, as in the stream-safe format of Unicode (UAX #15, section 13)
_FIRST, _LAST = 0x300, 0x1E94A  # of all characters that are sorted


def nfc(text: str) -> str:
    """The text composed (NFC); of more than ``MOST_MARKS`` marks on a letter the rest goes."""
    return unicodedata.normalize("NFC", limited(text))


def nfkd(text: str) -> str:
    """The text taken apart, compatibility forms spelled out (NFKD); marks limited as well."""
    return unicodedata.normalize("NFKD", limited(text))


def limited(text: str) -> str:
    """The text with at most ``MOST_MARKS`` marks on one letter."""
    if text.isascii():
        return text
    # Every run of too many marks has one at such a place; the pattern is slow on long texts.
    for at in range(MOST_MARKS, len(text), MOST_MARKS + 1):
        if _is_mark(text[at]) and _is_crowded(text, at):
            return _too_many().sub(r"\1", text)
    return text


def _is_mark(char: str) -> bool:
    """Whether it is sorted, alone or once it is taken apart."""
    return char >= chr(_FIRST) and bool(
        unicodedata.combining(unicodedata.normalize("NFKD", char)[0])
    )


def _is_crowded(text: str, at: int) -> bool:
    """Whether the run of marks around a place is longer than it may be."""
    start = end = at
    while start > 0 and at - start < MOST_MARKS and _is_mark(text[start - 1]):
        start -= 1
    while end < len(text) and end - start <= MOST_MARKS and _is_mark(text[end]):
        end += 1
    return end - start > MOST_MARKS


@cache
def _too_many() -> re.Pattern[str]:
    """A run of more marks than there may be, the first of them as its group."""
    letters = "".join(re.escape(c) for c in map(chr, range(_FIRST, _LAST + 1)) if _is_mark(c))
    return re.compile(f"([{letters}]{{{MOST_MARKS}}})[{letters}]+")
