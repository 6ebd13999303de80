"""Wordings: patterns of whole words that are compiled when a text first gives reason to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..matching import last_match
from ..openings import Opening, Words, matches_at, opening_of, places_of, words_of

_SPACE = re.compile(r"(\(\?<[!=][^)]*\)|\[[^\]]*\])| (?![*+?{])")


def spaced(source: str) -> str:
    """``source`` where a space stands for any run of spaces; not within sets or look-behinds."""
    return _SPACE.sub(lambda match: match[1] or " +", source)


class Wording:
    """Whole words in one of the ways a source spells out; a space stands for any run of spaces."""

    __slots__ = ("_opening", "_pattern", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._opening: Opening | None = None
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, with the words in the group ``cue``."""
        if self._pattern is None:
            self._pattern = re.compile(self._spelled(spaced(self._source)))
        return self._pattern

    @property
    def opening(self) -> Opening:
        """What every occurrence has, told without compiling the pattern."""
        if self._opening is None:
            self._opening = opening_of(spaced(self._source))
        return self._opening

    def may_stand(self, near: Words) -> bool:
        """Whether the words may stand in the window that ``near`` was taken from."""
        return self.opening.may_stand(near)

    def among(self, words: frozenset[str], text: str) -> Iterator[re.Match[str]]:
        """All occurrences in ``text``, whose words are ``words``."""
        opening = self.opening
        if opening.beginnings or not opening.words:
            return self.pattern.finditer(text)
        places = places_of(opening.words & words, text, 0, len(text))
        return matches_at(self.pattern, places, text, 0, len(text)) if places else iter(())

    def may_be_among(self, words: frozenset[str]) -> bool:
        """Whether a text with these ``words`` can hold an occurrence."""
        opening = self.opening
        known = opening.words and not opening.beginnings
        return not known or not opening.words.isdisjoint(words)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first occurrence within [start, end) of ``text``."""
        if self._pattern is None and not self.may_stand(words_of(text[start:end])):
            return None
        return self.pattern.search(text, start, end)

    def last(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The last of the occurrences within [start, end) that do not overlap."""
        if self._pattern is None and not self.may_stand(words_of(text[start:end])):
            return None
        return last_match(self.pattern, text, start, end)

    def _spelled(self, body: str) -> str:
        return rf"(?<!\w)(?P<cue>{body})(?!\w)"


class LastWording(Wording):
    """Matched from the left end of a window, it finds what begins nearest to its right end.

    It may begin and end in a sign: "(5 hộ)", "49 buổi/52 buổi".
    """

    __slots__ = ()

    def nearest(
        self, text: str, start: int, end: int, words: Iterable[str]
    ) -> re.Match[str] | None:
        """What begins nearest to ``end`` within [start, end), a window with these ``words``."""
        opening = self.opening
        if self._pattern is None and not opening.may_be_in(text[start:end]):
            return None
        if opening.beginnings or not opening.words:
            return self.pattern.match(text, start, end)
        places = places_of(opening.words.intersection(words), text, start, end)
        for place in reversed(places):
            match = self.pattern.match(text, place, end)
            if match is not None:
                return match
        return None

    def _spelled(self, body: str) -> str:
        cue = rf"(?P<cue>(?:(?<!\w)|(?=[(/,]))(?:{body})(?:(?!\w)|(?<=[(/,])))"
        told = self.opening.words and not self.opening.beginnings
        return rf"(?s){cue}" if told else rf"(?s).*{cue}"


class Following(Wording):
    """Words straight behind a number, beyond a mark or a word like "những"; to be matched there."""

    __slots__ = ()

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The words where they stand at ``start``."""
        if self._pattern is None and not self.opening.may_be_in(text[start:end]):
            return None
        return self.pattern.match(text, start, end)

    def _spelled(self, body: str) -> str:
        return rf"[ \n]*[\"'(]?(?:(?:các|những|bản|số) +)?(?P<cue>{body})(?!\w)"


_BEHIND = re.compile(r"[ \n]*[\"'(]?(\w+)(?: +(\w+))?")


def words_behind(text: str) -> tuple[str, ...]:
    """The words, at the most two, one of which a :class:`Following` before ``text`` begins with."""
    match = _BEHIND.match(text)
    if match is None:
        return ()
    return (match[1], match[2]) if match[2] else (match[1],)
