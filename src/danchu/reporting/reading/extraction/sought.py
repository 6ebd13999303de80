"""Patterns that are tried only where a match can begin, and compiled when one first can.

A pattern of alternatives is tried at every character of a text, and few begin one. The strings
that a match can begin with are told from its source, and found in a fraction of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .openings import beginnings_of, is_of_whole_words, matches_at, opening_of, places_of


class Sought:
    """A pattern every match of which begins with one of a few strings; finds what it finds."""

    __slots__ = ("_beginnings", "_compiled", "_words", "pattern")

    def __init__(self, source: str) -> None:
        self.pattern = source
        self._beginnings: tuple[str, ...] = ()
        self._compiled: re.Pattern[str] | None = None
        self._words: frozenset[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The strings of which one begins every match; ``ValueError`` where that is not known."""
        if not self._beginnings:
            self._beginnings = beginnings_of(self.pattern)
            if not self._beginnings:
                raise ValueError(f"a match may begin with anything: {self.pattern}")
        return self._beginnings

    @property
    def words(self) -> frozenset[str]:
        """The words of which one begins every match; ``ValueError`` where that is not known."""
        if self._words is None:
            opening = opening_of(self.pattern)
            whole = is_of_whole_words(self.pattern)
            if opening.beginnings or not opening.words or not whole:
                raise ValueError(f"a match may begin with any word: {self.pattern}")
            self._words = opening.words
        return self._words

    def may_be_among(self, words: frozenset[str]) -> bool:
        """Whether a text with these ``words`` can hold a match."""
        return not self.words.isdisjoint(words)

    def search_among(self, words: frozenset[str], text: str) -> re.Match[str] | None:
        """As ``search`` in a ``text`` whose words are ``words``."""
        return None if self.words.isdisjoint(words) else self.compiled.search(text)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As ``search`` of the pattern."""
        stop = len(text) if end is None else end
        for place in self._places(text, start, stop):
            match = self.compiled.match(text, place, stop)
            if match is not None:
                return match
        return None

    def finditer_among(self, words: frozenset[str], text: str) -> Iterator[re.Match[str]]:
        """As ``finditer`` in a ``text`` whose words are ``words``."""
        places = places_of(self.words & words, text, 0, len(text))
        return matches_at(self.compiled, places, text, 0, len(text)) if places else iter(())

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """As ``finditer`` of the pattern."""
        stop = len(text) if end is None else end
        places = self._places(text, start, stop)
        return matches_at(self.compiled, places, text, start, stop) if places else iter(())

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As ``match`` of the pattern."""
        return self.compiled.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As ``fullmatch`` of the pattern."""
        return self.compiled.fullmatch(text, start, len(text) if end is None else end)

    def sub(self, by: str, text: str) -> str:
        """As ``sub`` of the pattern."""
        return self.compiled.sub(by, text) if self.search(text) else text

    def _places(self, text: str, start: int, end: int) -> list[int]:
        """Where a match may begin, in order."""
        places: list[int] = []
        for beginning in self._beginnings or self.beginnings:
            place = text.find(beginning, start, end)
            while place >= 0:
                places.append(place)
                place = text.find(beginning, place + 1, end)
        if len(places) > 1:
            places.sort()
        return places
