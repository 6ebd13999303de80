"""The door: what every text from a person passes before it is kept, searched or compared."""

from __future__ import annotations

import re

from danchu.core.text.tones import place_tones

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, invisible marks (zero width, direction, soft hyphen), halves of pairs and
# non-characters. Direction marks can make a text read otherwise than it is stored.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)


def at_the_door(text: str) -> str:
    """The text as it is kept: NFC, lines ended by one newline, tones placed (hòa, thủy).

    Control and invisible characters go, newline and tab stay; every kind of blank becomes a
    plain space; blanks at line ends and blank lines at the end go. What stands at the beginning
    of a line stays. Legacy encodings are never guessed here: a person may mean what was typed;
    uploads and people who ask use :func:`danchu.core.text.decode_bytes` and
    :func:`danchu.core.text.detect_legacy`. Passing twice changes nothing more.
    """
    if not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text)
        text = INVISIBLE.sub("", text)
        text = _SPACES.sub(" ", text)
        text = place_tones(text)
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip()
