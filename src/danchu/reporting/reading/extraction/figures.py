"""From numbers to indicators: each number against the rules of what it counts."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import CHANGE_OF, RULES_BY_CLASS, SHARE_OF, TOPICS, UNITS, Rule
from .lexicon.relations import UNIT_OF_CLASS
from .matching import last_match
from .mentions import Mention, mentions_of
from .model import Exact, Indicator
from .segments import Document
from .skipping import Skipping

# Below this a wording is too far from any rule.
THRESHOLD = 22
_MEMORY = 6
_MEMORY_REACH = 320
# The title and lead name the subject of the whole text.
_TITLE_LINES = 4
_TITLE_REACH = 500

_RISE = re.compile(
    r"(?<!\w)(?P<way>tăng|giảm|kéo giảm)(?: (?:được|thêm|hơn|gần|khoảng|trên|tới|đến))*\s*$"
)
_CHANGED = (
    (re.compile(r"(?<!\w)(?:lượt|công dân|tiếp (?:công )?dân)(?!\w)"), "citizens_received"),
    (re.compile(r"(?<!\w)đoàn(?: đông người)?(?!\w)"), "mass_groups_received"),
    (re.compile(r"(?<!\w)(?:đơn thư|số đơn|lượng đơn|đơn)(?!\w)"), "petitions_received"),
    (re.compile(r"(?<!\w)khiếu nại(?!\w)"), "complaints_received"),
    (re.compile(r"(?<!\w)hài lòng(?!\w)"), "satisfaction_pct"),
    (
        re.compile(r"(?<!\w)hội nghị (?:\w+ )?(?:người lao động|cán bộ)(?!\w)"),
        "workplace_conferences_held",
    ),
)
_SINCE = re.compile(
    r"(?<!\w)(?:lũy kế|từ đầu năm|từ tháng (?:một|giêng|0?1)|cả năm)(?: [^.;,\d]{0,24})?[ :]*$"
)
_LETTERS = frozenset(("complaints_received", "denunciations_received", "petitions_received"))
_ALL_SETTLED = re.compile(
    r"[^.;\d]{0,40}, ?(?:(?:đều |đã |tất cả )+(?:được )?)?giải quyết"
    r" (?:xong|dứt điểm|toàn bộ)(?!\w)"
)
_SHARE_JOINT = re.compile(
    r"^[^.;]{0,70}?(?:đạt|chiếm|bằng|tỷ lệ|\()(?: tỷ lệ| trên)?[^.;\w]{0,3}$|^[\s,(]{1,3}$"
)
# Lists like "thu hồi 5 tỷ đồng, 7 m2 đất" share a cue; these kinds of numbers do not.
_CROSSING, _CROSSING_ITS_KIND = 14, 24
_NO_LISTS = frozenset(("percent", "none", "point", "duration"))
_OF_A_PLAN = re.compile(
    r"[ ]*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|vốn|biên chế|số người được hỏi"
    r"|người được hỏi)(?!\w)"
)


@dataclass(slots=True)
class _Choice:
    key: str
    score: float
    rule: Rule | None
    cue: tuple[int, int] | None


class _Topics:
    """Where each topic is spoken of."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.places: dict[str, list[int]] = {}

    def starts(self, topic: str) -> list[int]:
        known = self.places.get(topic)
        if known is None:
            known = [m.start("cue") for m in TOPICS[topic].finditer(self.plain)]
            self.places[topic] = known
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


class Reader:
    """Reads the indicators of one document."""

    def __init__(self, document: Document, tabled: Sequence[tuple[int, int]] = ()) -> None:
        self.document = document
        self.tabled = tabled
        self.plain = document.plain
        self.topics = _Topics(document.plain)
        self.skipping = Skipping(document)
        self.taken: list[tuple[Indicator, Mention]] = []
        first = document.lines[:_TITLE_LINES][-1]
        self.title_end = min(first.end, _TITLE_REACH)

    def indicators(self) -> list[Indicator]:
        """All indicators in the order of the text."""
        mentions = mentions_of(self.document)
        pairs = self.skipping.pairs(mentions)
        for index, mention in enumerate(mentions):
            if index in pairs.before:
                self._remember_previous(mention)
            if index in pairs.earlier:
                continue
            if any(start <= mention.start < end for start, end in self.tabled):
                continue
            if self.skipping.skips(mention):
                continue
            indicator = self._read(mention)
            if indicator is not None:
                earlier = pairs.previous.get(index)
                if earlier is not None:
                    indicator = replace(indicator, previous=earlier)
                self.taken.append((indicator, mention))
                settled = self._also_settled(indicator, mention)
                if settled is not None:
                    self.taken.append((settled, mention))
        return [indicator for indicator, _ in self.taken]

    def _also_settled(self, indicator: Indicator, mention: Mention) -> Indicator | None:
        """ "2 đơn khiếu nại, giải quyết xong": received and settled in one breath."""
        if indicator.key not in _LETTERS:
            return None
        settled = _ALL_SETTLED.match(self.plain, mention.noun_end, mention.right)
        if settled is None:
            return None
        end = settled.end()
        return replace(
            indicator,
            key="cases_resolved",
            unit="case",
            denominator=indicator.value,
            surface=self.document.text[indicator.char_start : end],
            char_end=end,
        )

    def _remember_previous(self, mention: Mention) -> None:
        """ "(cùng kỳ 3.402 lượt)" is the earlier value of the last figure of its kind."""
        for place in range(len(self.taken) - 1, max(-1, len(self.taken) - 4), -1):
            indicator, other = self.taken[place]
            if mention.start - indicator.char_end > 400:
                return
            of_a_kind = other.kind in (mention.kind, mention.label) or mention.kind == "none"
            percent = indicator.key.endswith("_pct") and mention.kind != "percent"
            if of_a_kind and not percent and indicator.previous is None:
                self.taken[place] = (replace(indicator, previous=mention.number.value), other)
                return

    # -- one number ----------------------------------------------------------------------------

    def _read(self, mention: Mention) -> Indicator | None:
        if mention.kind == "percent":
            choice = self._percent(mention)
        elif self._runs_on(mention):
            return self._cumulative(mention)
        else:
            choice = self._best(mention)
        if choice is None:
            return None
        return self._indicator(mention, choice)

    def _runs_on(self, mention: Mention) -> bool:
        near = self.plain[max(mention.near_left, mention.start - 60) : mention.start]
        return mention.kind == "none" and bool(_SINCE.search(near)) and bool(self.taken)

    def _cumulative(self, mention: Mention) -> Indicator | None:
        """ "trong kỳ 20, từ đầu năm 71": the same figure over a longer time."""
        indicator, other = self.taken[-1]
        if other.sentence is not mention.sentence or indicator.key.endswith("_pct"):
            return None
        return self._indicator(
            mention, _Choice(indicator.key, 60, None, (mention.start, mention.end))
        )

    def _best(self, mention: Mention) -> _Choice | None:
        best: _Choice | None = None
        for kind in mention.classes:
            for rule in RULES_BY_CLASS.get(kind, ()):
                choice = self._try(rule, mention)
                if choice and choice.score >= THRESHOLD and (not best or choice.score > best.score):
                    best = choice
        return best

    def _percent(self, mention: Mention) -> _Choice | None:
        if _OF_A_PLAN.match(self.plain, mention.end):
            return None
        change = self._change(mention)
        if change is not None:
            return change if change.key else None
        best = self._best(mention)
        share = self._share(mention)
        if share and (not best or share.score > best.score):
            return share
        return best

    def _change(self, mention: Mention) -> _Choice | None:
        """A rise or fall; a choice without a key when nothing known rises or falls."""
        window = self.plain[max(mention.left, mention.start - 40) : mention.start]
        way = _RISE.search(window)
        if way is None:
            return None
        cue = (mention.start - len(window) + way.start("way"), mention.start)
        best, where = "", -1
        for expression, key in _CHANGED:
            last = last_match(expression, self.plain, mention.left, cue[0])
            if last is not None and last.start() > where:
                best, where = key, last.start()
        if not best and self.taken:
            indicator, other = self.taken[-1]
            if other.sentence is mention.sentence and indicator.key in CHANGE_OF:
                best = indicator.key
        return _Choice(CHANGE_OF.get(best, ""), 60, None, cue)

    def _share(self, mention: Mention) -> _Choice | None:
        for indicator, other in reversed(self.taken[-2:]):
            key = SHARE_OF.get(indicator.key)
            if key is None or other.sentence is not mention.sentence:
                continue
            joint = self.plain[other.noun_end : mention.start]
            if len(joint) <= 90 and _SHARE_JOINT.match(joint):
                return _Choice(
                    key, 52 - len(joint) / 4, None, (indicator.char_start, mention.start)
                )
            return None
        return None

    # -- one rule ------------------------------------------------------------------------------

    def _try(self, rule: Rule, mention: Mention) -> _Choice | None:
        plain, start, end = self.plain, mention.start, mention.end
        if rule.bare and mention.kind != "none":
            return None
        if rule.ratio and mention.number.denominator is None:
            return None
        score: float = rule.base
        cue: tuple[int, int] | None = None
        if rule.at is not None:
            at = rule.at.match(plain, end, mention.clause_right)
            if at is None:
                return None
            score += 40
            cue = (start, at.end("cue"))
        if rule.before is not None or rule.after is not None:
            gained, words = self._cues(rule, mention)
            if words is None:
                return None
            score += gained
            cue = (min(words[0], cue[0]), max(words[1], cue[1])) if cue else words
        if rule.follows:
            if not self._follows(rule.follows, mention):
                return None
            score += 12
        if rule.topic:
            level = self._topic_level(rule.topic, mention)
            if level is None:
                return None
            score += (16, 12, 8, 4)[level]
        if rule.nearest:
            if not self._is_nearest(rule, mention):
                return None
            score += 10
        if self._forbidden(rule, mention):
            return None
        return _Choice(rule.key, score, rule, cue)

    def _cues(self, rule: Rule, mention: Mention) -> tuple[float, tuple[int, int] | None]:
        best: float = -1000
        words: tuple[int, int] | None = None
        if rule.before is not None:
            before = rule.before.match(self.plain, mention.left, mention.start)
            if before is not None and mention.start - before.end("cue") <= rule.reach:
                begin = before.start("cue")
                best = 40 - min(mention.start - begin, 150) / 4
                crossed = begin < mention.number_left
                if not crossed or mention.kind not in _NO_LISTS:
                    if crossed:
                        best -= _CROSSING_ITS_KIND if self._kind_before(mention) else _CROSSING
                    words = (begin, mention.end)
                else:
                    best = -1000
        if rule.after is not None:
            after = rule.after.search(self.plain, mention.end, mention.right)
            if after is not None:
                gained = 38 - min(after.start("cue") - mention.end, 120) / 4
                if rule.both:
                    if words is not None:
                        return max(best, gained), (words[0], after.end("cue"))
                elif gained > best:
                    best, words = gained, (mention.start, after.end("cue"))
                return best, words
        if rule.both:
            return best, None
        return best, words

    def _kind_before(self, mention: Mention) -> bool:
        """Whether the number just before counts the same thing, so that the cue is its own."""
        return bool(
            self.taken
            and self.taken[-1][1].sentence is mention.sentence
            and self.taken[-1][1].kind == mention.kind
        )

    def _forbidden(self, rule: Rule, mention: Mention) -> bool:
        plain = self.plain
        if rule.unless is not None and rule.unless.search(
            plain, mention.left, mention.clause_right
        ):
            return True
        if rule.not_before is not None and rule.not_before.search(
            plain, max(mention.near_left, mention.start - 70), mention.start
        ):
            return True
        return rule.not_after is not None and bool(
            rule.not_after.search(plain, mention.end, min(mention.right, mention.end + 90))
        )

    def _follows(self, keys: frozenset[str], mention: Mention) -> bool:
        headings = self.document.line_of(mention.sentence).headings
        return any(
            indicator.key in keys
            and mention.start - indicator.char_end <= _MEMORY_REACH
            and self.document.line_of(other.sentence).headings == headings
            for indicator, other in self.taken[-_MEMORY:]
        )

    def _topic_level(self, topics: tuple[str, ...], mention: Mention) -> int | None:
        line = self.document.line_of(mention.sentence)
        zones = (
            (max(mention.left, mention.start - 90), mention.right),
            (mention.sentence.start, mention.sentence.end),
            (max(line.start, mention.start - 500), mention.sentence.end),
        )
        for level, (start, end) in enumerate(zones):
            if any(self.topics.within(topic, start, end) for topic in topics):
                return level
        around = (*line.headings, (max(0, line.start - 300), line.start), (0, self.title_end))
        for start, end in around:
            if any(self.topics.within(topic, start, end) for topic in topics):
                return 3
        return None

    def _is_nearest(self, rule: Rule, mention: Mention) -> bool:
        """Whether the topic of the rule is the one last spoken of before the number."""
        topics = (rule.nearest, *rule.rivals)
        if self.topics.within(rule.nearest, mention.end, mention.right):
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
                return places[rule.nearest] == latest
        return False

    # -- the indicator -------------------------------------------------------------------------

    def _indicator(self, mention: Mention, choice: _Choice) -> Indicator:
        number, found = mention.number, mention.found
        value: Exact = number.value
        previous: Exact | None = None
        if choice.key in CHANGE_OF.values():
            begin = choice.cue[0] if choice.cue else mention.start
            value = -value if "giảm" in self.plain[begin : mention.start] else value
        elif number.low is not None and number.high is not None:
            left = self.plain[mention.left : mention.start]
            if re.search(r"(?:tăng|giảm|nâng)[^.;]{0,20}$", left):
                value, previous = number.high, number.low
        unit = choice.rule.unit if choice.rule and choice.rule.unit else ""
        unit = unit or UNIT_OF_CLASS.get(choice.key, {}).get(
            mention.kind if mention.kind != "none" else mention.label, UNITS[choice.key]
        )
        start, end = self._span(mention, choice)
        return Indicator(
            key=choice.key,
            value=value,
            unit=unit,
            surface=self.document.text[start:end],
            char_start=start,
            char_end=end,
            approx=number.approx,
            denominator=number.denominator,
            previous=previous,
            confidence=_confidence(mention, choice.score),
            digits=found.surface,
            number=(found.start, found.end),
        )

    def _span(self, mention: Mention, choice: _Choice) -> tuple[int, int]:
        """The words of the figure: from its cue to its noun, as far as they stand close."""
        start, end = mention.start, mention.noun_end
        if choice.cue:
            begin, stop = choice.cue
            if mention.start - begin <= 90 and begin >= mention.near_left - 1:
                start = min(start, begin)
            if stop - mention.end <= 90:
                end = max(end, stop)
        text = self.document.text
        while start < mention.start and text[start] in ' ,.:;-–("“':
            start += 1
        while end > mention.end and text[end - 1] in " ,.:;-–(\n":
            end -= 1
        return start, end


def _confidence(mention: Mention, score: float) -> float:
    """How far the wording is from a rule, as a share; spelled and doubtful numbers count less."""
    confidence = 0.35 + min(score, 90) / 150
    if mention.found.number.spelled:
        confidence -= 0.1
    if mention.found.number.doubtful:
        confidence -= 0.25
    if mention.kind == "none":
        confidence -= 0.05
    return max(0.1, min(confidence, 0.95))
