"""From numbers to indicators: each number against the rules of what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .lexicon import CHANGE_OF, SHARE_OF, UNITS
from .lexicon.relations import UNIT_OF_CLASS
from .matching import last_match
from .mentions import Mention, mentions_of
from .model import Exact, Indicator
from .segments import Document
from .skipping import Skipping
from .trying import Choice, Trial

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
    r"^(?:[^.;]|\.(?=\d)){0,70}?(?:đạt|chiếm|bằng|tỷ lệ|\()(?: tỷ lệ| trên)?[^.;\w]{0,3}$"
    r"|^[\s,(]{1,3}$"
)
_OF_A_PLAN = re.compile(
    r"[ ]*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|vốn|biên chế|số người được hỏi"
    r"|người được hỏi)(?!\w)"
)


class Reader:
    """Reads the indicators of one document."""

    def __init__(self, document: Document, tabled: Sequence[tuple[int, int]] = ()) -> None:
        self.document = document
        self.tabled = tabled
        self.plain = document.plain
        self.skipping = Skipping(document)
        self.trial = Trial(document)

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
                self.trial.taken.append((indicator, mention))
                settled = self._also_settled(indicator, mention)
                if settled is not None:
                    self.trial.taken.append((settled, mention))
        return [indicator for indicator, _ in self.trial.taken]

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
        for place in range(len(self.trial.taken) - 1, max(-1, len(self.trial.taken) - 4), -1):
            indicator, other = self.trial.taken[place]
            if mention.start - indicator.char_end > 400:
                return
            of_a_kind = other.kind in (mention.kind, mention.label) or mention.kind == "none"
            percent = indicator.key.endswith("_pct") and mention.kind != "percent"
            if of_a_kind and not percent and indicator.previous is None:
                self.trial.taken[place] = (replace(indicator, previous=mention.number.value), other)
                return

    # -- one number ----------------------------------------------------------------------------

    def _read(self, mention: Mention) -> Indicator | None:
        if mention.kind == "percent":
            choice = self._percent(mention)
        elif self._runs_on(mention):
            return self._cumulative(mention)
        else:
            choice = self.trial.best(mention)
        if choice is None:
            return None
        return self._indicator(mention, choice)

    def _runs_on(self, mention: Mention) -> bool:
        near = self.plain[max(mention.near_left, mention.start - 60) : mention.start]
        return mention.kind == "none" and bool(_SINCE.search(near)) and bool(self.trial.taken)

    def _cumulative(self, mention: Mention) -> Indicator | None:
        """ "trong kỳ 20, từ đầu năm 71": the same figure over a longer time."""
        indicator, other = self.trial.taken[-1]
        if other.sentence is not mention.sentence or indicator.key.endswith("_pct"):
            return None
        return self._indicator(
            mention,
            Choice(indicator.key, 60, None, (mention.start, mention.end), "longer time"),
        )

    def _percent(self, mention: Mention) -> Choice | None:
        if _OF_A_PLAN.match(self.plain, mention.end):
            return None
        change = self._change(mention)
        if change is not None:
            return change if change.key else None
        best = self.trial.best(mention)
        share = self._share(mention)
        if share and (not best or share.score > best.score):
            return share
        return best

    def _change(self, mention: Mention) -> Choice | None:
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
        if not best and self.trial.taken:
            indicator, other = self.trial.taken[-1]
            if other.sentence is mention.sentence and indicator.key in CHANGE_OF:
                best = indicator.key
        return Choice(CHANGE_OF.get(best, ""), 60, None, cue, "change")

    def _share(self, mention: Mention) -> Choice | None:
        for indicator, other in reversed(self.trial.taken[-2:]):
            key = SHARE_OF.get(indicator.key)
            if key is None or other.sentence is not mention.sentence:
                continue
            joint = self.plain[other.noun_end : mention.start]
            if len(joint) <= 90 and _SHARE_JOINT.match(joint):
                cue = (indicator.char_start, mention.start)
                return Choice(key, 52 - len(joint) / 4, None, cue, "share")
            return None
        return None

    # -- the indicator -------------------------------------------------------------------------

    def _indicator(self, mention: Mention, choice: Choice) -> Indicator:
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
            rule=choice.rule.name if choice.rule else choice.way,
        )

    def _span(self, mention: Mention, choice: Choice) -> tuple[int, int]:
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
