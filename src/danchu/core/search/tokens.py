"""The words of a text and of a question, as the index keeps them.

Each word stands twice: folded ("dat") and, where it has accents, as it is written, spelled in
ASCII. A question without accents finds both ways of writing; accents that were typed have to be
there. ASCII because PostgreSQL and SQLite cut other letters in ways of their own (FTS5 drops
accents by itself). A syllable is a word in Vietnamese, so nothing else needs to be cut.
"""

from __future__ import annotations

import re

from danchu.core.text import at_the_door, fold

MOST_WORDS = 12  # of a question; the rest is passed over
LONGEST = 60  # letters of a word that are kept
_WORD = re.compile(r"[^\W_]+")
# No folded syllable begins so: written words cannot be taken for folded ones.
_WRITTEN = "zqx"


def words_of(*texts: str) -> str:
    """The distinct words of texts, divided by blanks."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _cut(text):
            found[_folded(word)] = None
            if not word.isascii():
                found[_spelled(word)] = None
    found.pop("", None)
    return " ".join(found)


def asked(question: str) -> list[str]:
    """The words a record has to have; empty for a question without any."""
    found: dict[str, None] = {}
    for word in _cut(question):
        found[_folded(word) if word.isascii() else _spelled(word)] = None
    found.pop("", None)
    return list(found)[:MOST_WORDS]


def _cut(text: str) -> list[str]:
    return _WORD.findall(at_the_door(text).lower())


def _folded(word: str) -> str:
    return "".join(char for char in fold(word)[:LONGEST] if char.isascii() and char.isalnum())


def _spelled(word: str) -> str:
    return _WRITTEN + word[:LONGEST].encode().hex()
