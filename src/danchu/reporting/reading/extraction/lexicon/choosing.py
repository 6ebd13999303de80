"""Which rules the words around a number leave open, without trying them one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ..openings import LETTERS, Opening, words_in
from .rule import Rule
from .rules import RULES_BY_CLASS
from .wording import words_behind

# So many words are remembered for each class and side, and none that is no syllable.
_MOST_WORDS = 2_000
_LONGEST = 12


class _Side(dict[str, int]):
    """The rules, as bits, of which a word can begin what they ask for on one side of a number."""

    def __init__(self, openings: Iterable[tuple[int, Opening]]) -> None:
        super().__init__()
        self.words: dict[str, int] = {}
        self.beginnings: dict[str, int] = {}
        self.anyway = 0
        """The rules that ask for nothing here, or for what the words alone do not tell."""
        self.pieces: list[tuple[int, tuple[str, ...]]] = []
        for bit, opening in openings:
            if opening.words or opening.beginnings:
                for known, told in (
                    (self.words, opening.words),
                    (self.beginnings, opening.beginnings),
                ):
                    for word in told:
                        known[word] = known.get(word, 0) | bit
            elif opening.within:
                self.pieces.append((bit, opening.within))
            else:
                self.anyway |= bit

    def __missing__(self, word: str) -> int:
        bits = self.words.get(word, 0)
        for letters in LETTERS:
            bits |= self.beginnings.get(word[:letters], 0)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = bits
        return bits

    def open_for(self, words: Iterable[str], text: str) -> int:
        """The rules that ``words`` leave open; ``text`` is where they stand."""
        bits = self.anyway
        for word in words:
            bits |= self[word]
        for bit, pieces in self.pieces:
            for piece in pieces:
                if piece in text:
                    bits |= bit
                    break
        return bits


class Near:
    """What stands around a number.

    ``left`` and ``right`` are the text on both sides as far as rules look for their words;
    ``clause`` is what follows the number in its clause.
    """

    __slots__ = ("clause", "left", "right", "words_after", "words_before", "words_behind")

    def __init__(self, left: str, right: str, clause: str, words_before: frozenset[str]) -> None:
        self.left, self.right, self.clause = left, right, clause
        self.words_before = words_before
        self.words_after = words_in(right)
        self.words_behind = words_behind(clause)


class Choosing:
    """The rules of one class, in order."""

    def __init__(self, kind: str) -> None:
        self.rules = RULES_BY_CLASS.get(kind, ())
        bits = [(1 << place, rule) for place, rule in enumerate(self.rules)]
        self.before = _Side((bit, rule.before.opening) for bit, rule in bits if rule.before)
        self.after = _Side((bit, rule.after.opening) for bit, rule in bits if rule.after)
        self.at = _Side((bit, rule.at.opening) for bit, rule in bits if rule.at)
        self.without_at = sum(bit for bit, rule in bits if rule.at is None)
        self.both = sum(bit for bit, rule in bits if rule.both)
        self.without_cue = sum(
            bit for bit, rule in bits if rule.before is None and rule.after is None
        )

    def open_rules(self, near: Near) -> Iterator[tuple[Rule, bool, bool]]:
        """The rules that may fit a number, with whether their words may stand before and after."""
        before = self.before.open_for(near.words_before, near.left)
        after = self.after.open_for(near.words_after, near.right)
        cued = ((before | after) & ~self.both) | (before & after & self.both) | self.without_cue
        fitting = cued & (self.without_at | self.at.open_for(near.words_behind, near.clause))
        while fitting:
            bit = fitting & -fitting
            fitting ^= bit
            yield self.rules[bit.bit_length() - 1], bool(before & bit), bool(after & bit)


choosing_for = cache(Choosing)
"""The rules of a class, prepared once."""
