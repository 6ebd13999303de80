"""One rule against one number: cues near it, the topic spoken of, what was read just before."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from .lexicon import TOPICS, Rule
from .lexicon.choosing import Near, choosing_for
from .lexicon.wording import Wording
from .mentions import Mention
from .model import Indicator
from .segments import Document

# Below this a wording is too far from any rule.
THRESHOLD = 22
# Cues further off than their reach are no cues; the longest ones are of this length.
_CUE_LENGTH = 140
_MEMORY = 6
_MEMORY_REACH = 320
# The title and lead name the subject of the whole text.
_TITLE_LINES = 4
_TITLE_REACH = 500
# Lists like "thu hồi 5 tỷ đồng, 7 m2 đất" share a cue; these kinds of numbers do not.
_CROSSING, _CROSSING_ITS_KIND = 14, 24
# What was said behind the number before is hardly said of this one too.
_SAID_ALREADY = 20
_COLON = re.compile(r":(?=[ ]*\d)")
_NO_LISTS = frozenset(("percent", "none", "point", "duration"))


@dataclass(slots=True)
class Choice:
    """What a number was taken for: the key, how well it fits, and the words that tell it."""

    key: str
    score: float
    rule: Rule | None
    cue: tuple[int, int] | None
    way: str = ""
    """How it was taken where no rule of the lexicon did."""
    rival: float = 0.0
    """How well the next rule of another key fits."""


class _Topics:
    """Where each topic is spoken of."""

    def __init__(self, document: Document) -> None:
        self.plain = document.plain
        self.words = document.words
        self.places: dict[str, list[int]] = {}

    def starts(self, topic: str) -> list[int]:
        known = self.places.get(topic)
        if known is None:
            spoken = TOPICS[topic].among(self.words, self.plain)
            known = self.places[topic] = [match.start() for match in spoken]
        return known

    def within(self, topic: str, start: int, end: int) -> bool:
        places = self.starts(topic)
        index = bisect.bisect_left(places, start)
        return index < len(places) and places[index] < end

    def last(self, topic: str, start: int, end: int) -> int:
        """Where the topic is last spoken of within [start, end); -1 for never."""
        places = self.starts(topic)
        index = bisect.bisect_left(places, end) - 1
        return places[index] if index >= 0 and places[index] >= start else -1


class _Asked:
    """What several rules ask of one number."""

    __slots__ = ("levels", "nearest", "words_before")

    def __init__(self, words_before: frozenset[str]) -> None:
        self.words_before = words_before
        self.levels: dict[tuple[str, ...], int | None] = {}
        self.nearest: dict[tuple[str, tuple[str, ...]], bool] = {}


class Trial:
    """Tries the rules on the numbers of one document, given what was read before each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # "Số cuộc đối thoại: 11" says no more than "số cuộc đối thoại 11".
        self.plain = _COLON.sub(" ", document.plain)
        self.topics = _Topics(document)
        self.taken: list[tuple[Indicator, Mention]] = []
        first = document.lines[:_TITLE_LINES][-1]
        self.title_end = min(first.end, _TITLE_REACH)
        self.titles: dict[Wording, bool] = {}

    def best(self, mention: Mention) -> Choice | None:
        """The rule that fits ``mention`` best, if one fits well enough."""
        best: Choice | None = None
        scores: dict[str, float] = {}
        near = Near(
            self.plain[mention.left : mention.start],
            self.plain[mention.end : mention.right],
            self.plain[mention.end : mention.clause_right],
            mention.words_before(self.plain),
        )
        asked = _Asked(near.words_before)
        for kind in mention.classes:
            for rule, before, after in choosing_for(kind).open_rules(near):
                choice = self._try(rule, mention, asked, before, after)
                if choice is None:
                    continue
                scores[choice.key] = max(scores.get(choice.key, 0.0), choice.score)
                if choice.score >= THRESHOLD and (not best or choice.score > best.score):
                    best = choice
        if best is not None:
            others = (score for key, score in scores.items() if key != best.key)
            best.rival = max(others, default=0.0)
        return best

    def _try(
        self, rule: Rule, mention: Mention, asked: _Asked, before: bool, after: bool
    ) -> Choice | None:
        """Whether a rule fits, and how well.

        ``before`` and ``after`` tell whether its words may stand there.
        """
        start, end = mention.start, mention.end
        if rule.bare and mention.kind != "none":
            return None
        if rule.ratio and mention.number.denominator is None:
            return None
        if rule.exact and mention.number.low is not None:
            return None
        score: float = rule.base
        cue: tuple[int, int] | None = None
        if rule.at is not None:
            at = rule.at.match(self.plain, end, mention.clause_right)
            if at is None:
                return None
            score += 40
            cue = (start, at.end("cue"))
        if rule.before is not None or rule.after is not None:
            gained, words = self._cues(rule, mention, asked, before, after)
            if words is None:
                return None
            score += gained
            cue = (min(words[0], cue[0]), max(words[1], cue[1])) if cue else words
        if rule.title is not None and not self._titled(rule.title):
            return None
        if rule.follows:
            if not self._follows(rule, mention):
                return None
            score += 12
        if rule.topic:
            level = self._topic_level(rule.topic, mention, asked)
            if level is None:
                return None
            score += (16, 12, 8, 4)[level]
        if rule.nearest:
            if not self._is_nearest(rule, mention, asked):
                return None
            score += 10
        if self._forbidden(rule, mention, cue):
            return None
        return Choice(rule.key, score, rule, cue)

    def _titled(self, title: Wording) -> bool:
        known = self.titles.get(title)
        if known is None:
            known = self.titles[title] = bool(title.search(self.plain, 0, self.title_end))
        return known

    def _cues(
        self, rule: Rule, mention: Mention, asked: _Asked, to_the_left: bool, to_the_right: bool
    ) -> tuple[float, tuple[int, int] | None]:
        best: float = -1000
        words: tuple[int, int] | None = None
        if to_the_left and rule.before is not None:
            first = max(mention.left, mention.start - rule.reach - _CUE_LENGTH)
            before = rule.before.nearest(self.plain, first, mention.start, asked.words_before)
            if before is not None and mention.start - before.end("cue") <= rule.reach:
                begin = before.start("cue")
                best = 40 - min(mention.start - begin, 150) / 4
                crossed = begin < mention.number_left
                if not crossed or mention.kind not in _NO_LISTS:
                    if crossed:
                        best -= _CROSSING_ITS_KIND if self._kind_before(mention) else _CROSSING
                    if self._said_of_another(before.start("cue"), mention):
                        best -= _SAID_ALREADY
                    words = (begin, mention.end)
                else:
                    best = -1000
        if rule.both and words is None:
            return best, None
        if to_the_right and rule.after is not None:
            after = rule.after.search(self.plain, mention.end, mention.right)
            if after is not None:
                gained = 38 - min(after.start("cue") - mention.end, 120) / 4
                if rule.both and words is not None:
                    return max(best, gained), (words[0], after.end("cue"))
                if gained > best:
                    best, words = gained, (mention.start, after.end("cue"))
                return best, words
        return best, None if rule.both else words

    def _said_of_another(self, begin: int, mention: Mention) -> bool:
        """ "280 hồ sơ đúng hạn, 610 hồ sơ trước hạn": what follows a number is said of it."""
        if not self.taken:
            return False
        indicator, other = self.taken[-1]
        behind = other.noun_end <= begin < indicator.char_end
        return behind and "," in self.plain[indicator.char_end : mention.start]

    def _kind_before(self, mention: Mention) -> bool:
        """Whether the number just before counts the same thing, so that the cue is its own."""
        return bool(
            self.taken
            and self.taken[-1][1].sentence is mention.sentence
            and self.taken[-1][1].kind == mention.kind
        )

    def _denied(self, words: Wording, mention: Mention, cue: tuple[int, int] | None) -> bool:
        """Whether ``words`` stand to the left, and not in a phrase of its own before the cue."""
        begin = max(mention.near_left, mention.start - 70)
        last = words.last(self.plain, begin, mention.start)
        if last is None:
            return False
        apart = cue is not None and last.end() <= cue[0] < mention.start
        return not (apart and cue and "," in self.plain[last.end() : cue[0]])

    def _forbidden(self, rule: Rule, mention: Mention, cue: tuple[int, int] | None) -> bool:
        plain = self.plain
        if rule.unless is not None and rule.unless.search(
            plain, mention.left, mention.clause_right
        ):
            return True
        if rule.not_behind and self._behind(rule.not_behind, mention):
            return True
        if rule.not_before is not None and self._denied(rule.not_before, mention, cue):
            return True
        if rule.then is not None and not rule.then.search(
            plain, mention.noun_end, mention.clause_right
        ):
            return True
        if rule.not_after is None:
            return False
        # What follows a comma is said of something else.
        comma = plain.find(",", mention.noun_end, mention.right)
        stop = mention.right if comma < 0 else comma
        return bool(rule.not_after.search(plain, mention.end, min(stop, mention.end + 90)))

    def _follows(self, rule: Rule, mention: Mention) -> bool:
        keys = rule.follows
        if rule.same:
            return any(
                indicator.key in keys and other.sentence is mention.sentence
                for indicator, other in self.taken[-_MEMORY:]
            )
        headings = self.document.line_of(mention.sentence).headings
        return any(
            indicator.key in keys
            and mention.start - indicator.char_end <= _MEMORY_REACH
            and self.document.line_of(other.sentence).headings == headings
            for indicator, other in self.taken[-_MEMORY:]
        )

    def _behind(self, keys: frozenset[str], mention: Mention) -> bool:
        last = self.taken[-1][0] if self.taken else None
        return last is not None and last.key in keys and mention.start - last.number[1] <= 30

    def _topic_level(self, topics: tuple[str, ...], mention: Mention, asked: _Asked) -> int | None:
        if topics not in asked.levels:
            asked.levels[topics] = self._level_of(topics, mention)
        return asked.levels[topics]

    def _level_of(self, topics: tuple[str, ...], mention: Mention) -> int | None:
        """How near one of ``topics`` is spoken of, 0 the nearest; None where nowhere asked."""
        line = self.document.line_of(mention.sentence)
        zones = (
            (max(mention.left, mention.start - 90), mention.right),
            (mention.sentence.start, mention.sentence.end),
            (max(line.start, mention.start - 500), mention.sentence.end),
        )
        for level, (start, end) in enumerate(zones):
            if any(self.topics.within(topic, start, end) for topic in topics):
                return level
        further = (*line.headings, (max(0, line.start - 300), line.start), (0, self.title_end))
        for start, end in further:
            if any(self.topics.within(topic, start, end) for topic in topics):
                return 3
        return None

    def _is_nearest(self, rule: Rule, mention: Mention, asked: _Asked) -> bool:
        known = asked.nearest.get((rule.nearest, rule.rivals))
        if known is None:
            known = self._spoken_last(rule.nearest, rule.rivals, mention)
            asked.nearest[rule.nearest, rule.rivals] = known
        return known

    def _spoken_last(self, nearest: str, rivals: tuple[str, ...], mention: Mention) -> bool:
        """Whether the topic of a rule is the one last spoken of before the number."""
        topics = (nearest, *rivals)
        if self.topics.within(nearest, mention.end, mention.right):
            return True
        line = self.document.line_of(mention.sentence)
        zones = [
            (mention.sentence.start, mention.start),
            (max(line.start, mention.start - 600), mention.start),
            *reversed(line.headings),
            (max(0, line.start - 400), line.start),
        ]
        for start, end in zones:
            places = {topic: self.topics.last(topic, start, end) for topic in topics}
            latest = max(places.values())
            if latest >= 0:
                return places[nearest] == latest
        return False
