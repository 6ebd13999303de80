"""What a pattern needs to occur at all, told from its source without compiling it.

Compiling the lexicon takes a second and one text needs a small part of it; a pattern whose words
do not stand near a number need be neither compiled nor tried there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

_TOKEN = re.compile(
    r"\w+(?![\w?*+{])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<\w+>|\(\?<?[=!]|\(\?[ms]*:|\(\?"
    r"|[?*+][?+]?|\{\d*,?\d*\}[?+]?|.",
    re.DOTALL,
)
_WITHOUT_WIDTH = frozenset(("(?=", "(?!", "(?<=", "(?<!", "^", "$", r"\A", r"\Z", r"\b", r"\B"))
# More words than this are not worth looking for one by one.
_MOST = 300
_MOST_WITHIN = 12
# Beginnings of words are looked for by so many of their letters.
LETTERS = (2, 3)


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a number, and how they begin."""

    all: frozenset[str]
    beginnings: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What every match has: it begins with one of ``words``, or with a word that begins with one
    of ``beginnings``; where that is not known both are empty. It holds one of the pieces
    ``within``, where such are known.
    """

    words: frozenset[str]
    beginnings: frozenset[str]
    within: tuple[str, ...]

    def may_stand(self, near: Words) -> bool:
        """Whether a match of whole words may stand in the words given."""
        if self.words or self.beginnings:
            begins = not self.words.isdisjoint(near.all)
            if not (begins or not self.beginnings.isdisjoint(near.beginnings)):
                return False
        return self.may_be_in(near.text)

    def may_be_in(self, text: str) -> bool:
        """Whether ``text`` holds what every match holds."""
        return not self.within or any(piece in text for piece in self.within)


_WORD = re.compile(r"\w+")


def words_in(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(_WORD.findall(text))


@lru_cache(256)
def words_of(text: str) -> Words:
    """The words of ``text`` and how they begin; several rules ask for those of one window."""
    words = words_in(text)
    return Words(words, frozenset(word[:n] for word in words for n in LETTERS), text)


# The beginning of a match, and whether the match may end right there.
_Beginning = tuple[str, bool]
_Beginnings = frozenset[_Beginning]
# Pieces of which every match holds one; None where none is known.
_Pieces = frozenset[str] | None
_Told = tuple[_Beginnings, _Pieces]
_NOTHING: _Told = (frozenset({("", True)}), None)
_ANYTHING: _Told = (frozenset({("", False)}), None)


class _Unknown(Exception):
    """The source has something that is not understood here."""


def opening_of(source: str) -> Opening:
    """What a match of ``source`` has that is a match of whole words."""
    try:
        beginnings, pieces = _Reader(_TOKEN.findall(source)).alternatives()
    except _Unknown:
        return Opening(frozenset(), frozenset(), ())
    words: set[str] = set()
    parts: set[str] = set()
    for beginning, ends in beginnings:
        word = "".join(takewhile(_is_of_word, beginning))
        if word != beginning or (word and ends):
            words.add(word)
        else:
            parts.add(word[: LETTERS[-1]])
    if min(map(len, parts), default=LETTERS[0]) < LETTERS[0] or "" in words:
        words, parts = set(), set()
    return Opening(frozenset(words), frozenset(parts), tuple(sorted(pieces or ())))


def is_of_whole_words(source: str) -> bool:
    """Whether the source itself says that no match begins or ends within a word."""
    depth = 0
    for part in _TOKEN.findall(source):
        depth += part.startswith("(") - (part == ")")
        if part == "|" and not depth:
            return False
    return source.startswith(r"(?<!\w)") and source.endswith((r"(?!\w)", r"(?=\W|$)"))


def pieces_of(source: str) -> tuple[str, ...]:
    """Strings of which every match of ``source`` holds one; empty where none are known."""
    try:
        _, pieces = _Reader(_TOKEN.findall(source)).alternatives()
    except _Unknown:
        return ()
    return tuple(sorted(pieces or ()))


@cache
def beginnings_of(source: str) -> tuple[str, ...]:
    """Strings of which one begins every match of ``source``; empty where none are known."""
    try:
        told, _ = _Reader(_TOKEN.findall(source)).alternatives()
    except _Unknown:
        return ()
    # A search for words is faster without the space behind them: texts are full of spaces.
    found = sorted({beginning.rstrip(" ") for beginning, _ in told})
    if "" in found:
        return ()
    # "đơn" begins what "đơn thư" begins.
    return tuple(one for one in found if not any(map(one.startswith, set(found) - {one})))


def places_of(beginnings: Iterable[str], text: str, start: int, end: int) -> list[int]:
    """Where within [start, end) of ``text`` one of ``beginnings`` stands, in order."""
    places = []
    find = text.find
    for beginning in beginnings:
        place = find(beginning, start, end)
        while place >= 0:
            places.append(place)
            place = find(beginning, place + 1, end)
    places.sort()
    return places


def matches_at(
    pattern: re.Pattern[str], places: Iterable[int], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """What ``finditer`` finds of a pattern that can begin at ``places`` only."""
    for place in places:
        if place >= start and (match := pattern.match(text, place, end)):
            start = match.end()
            yield match


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


class _Reader:
    """Reads the parts of a pattern; beginnings are kept up to the end of a first word."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.at = 0

    def alternatives(self) -> _Told:
        """What may stand here, up to a closing bracket or the end."""
        found, pieces = self._row()
        while self.at < len(self.parts) and self.parts[self.at] == "|":
            self.at += 1
            more, others = self._row()
            found |= more
            pieces = None if pieces is None or others is None else pieces | others
        if pieces is not None and len(pieces) > _MOST_WITHIN:
            pieces = None
        return found, pieces

    def _row(self) -> _Told:
        row, pieces = _NOTHING
        while self.at < len(self.parts) and self.parts[self.at] not in ("|", ")"):
            following, others = self._repeated(self._piece())
            row = _joined(row, following)
            pieces = _rarer(pieces, others)
        return row, pieces

    def _piece(self) -> _Told:
        part = self.parts[self.at]
        self.at += 1
        if part.startswith("("):
            if part == "(?":
                raise _Unknown  # a flag, a condition
            inner = self.alternatives()
            self.at += 1
            return _NOTHING if part in _WITHOUT_WIDTH else inner
        if part in _WITHOUT_WIDTH:
            return _NOTHING
        if part[0] in (".", "["):
            return _ANYTHING
        if part[0] == "\\":
            if part[1].isalnum():
                return _ANYTHING
            part = part[1]
        return frozenset({(part, True)}), frozenset({part})

    def _repeated(self, piece: _Told) -> _Told:
        part = self.parts[self.at] if self.at < len(self.parts) else ""
        if part[:1] not in ("?", "*", "+", "{") or part == "{":
            return piece
        self.at += 1
        if part[0] == "?":
            return piece[0] | _NOTHING[0], None
        again = frozenset((beginning, False) for beginning, _ in piece[0])
        return (again, piece[1]) if part[0] == "+" else (again | _NOTHING[0], None)


def _rarer(one: _Pieces, other: _Pieces) -> _Pieces:
    """Of two sets of pieces the one that a text is less likely to have."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=lambda pieces: (min(map(len, pieces)), -len(pieces)))


def _joined(row: _Beginnings, following: _Beginnings) -> _Beginnings:
    """Each beginning of ``row`` that goes on, followed by each of ``following``."""
    if row is _NOTHING[0] and all(one.isalnum() for one, _ in following):
        return following
    if not any(goes_on for _, goes_on in row):
        return row
    out: set[_Beginning] = set()
    for beginning, goes_on in row:
        if not goes_on:
            out.add((beginning, False))
            continue
        for more, further in following:
            joined = beginning + more
            # What stands behind the first word is of no interest.
            out.add((joined, further and (not joined or joined.isalnum())))
    if len(out) > _MOST:
        raise _Unknown
    return frozenset(out)
