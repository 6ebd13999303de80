"""From numbers to indicators: each number against the rules of what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .confidence import signs_of
from .lexicon import CHANGE_OF, SHARE_OF, UNITS
from .lexicon.relations import UNIT_OF_CLASS
from .mentions import Mention, mentions_of
from .model import Exact, Indicator
from .rises import falls, key_that_changes, way_of_change
from .segments import Document
from .skipping import Skipping
from .trying import Choice, Trial

_IN_ALL = re.compile(r"(?<!\w)trong(?: tổng)?(?: số)? $")
_SINCE = re.compile(
    r"(?<!\w)(?:lũy kế|từ đầu năm|từ tháng (?:một|giêng|0?1)|cả năm)(?: [^.;,\d]{0,24})?[ :]*$"
)
# What a list behind a whole tells, unless a rule of its own fits its words better.
_PART, _PART_SCORE, _PART_OPENED = "part of a list", 46, 62
_PART_BESIDE = "beside another"
_SISTER = re.compile(
    r"[ ]*[,;](?: ?và| còn)? *(?:(?:ở )?(?:cấp|khối) (?:tỉnh|huyện|xã|cơ sở|trung ương"
    r"|thành phố|thôn|cơ quan"
    r"|doanh nghiệp)|định kỳ|đột xuất|thường xuyên|lãnh đạo|mặt trận|đoàn thể|hội đồng nhân dân)"
    r"(?: (?:tổ chức|có|được|là|thực hiện|tiếp))*:? *"
    r"|[ ]*[,;](?: ?và| đến)? *(?:năm 20\d\d|quý [ivx]+|tháng \d+)(?: (?:là|đạt|có|được))?:? *"
)
_LEVEL_ALONE = re.compile(
    r"^[^.;\d]{0,24}[,;](?: riêng| còn| và)? *(?:(?:ở )?(?:cấp|khối) (?:tỉnh|huyện|xã|cơ sở|thôn"
    r"|thành phố))(?: (?:tổ chức|có|được|là))?:? *$"
)
_LETTERS = frozenset(("complaints_received", "denunciations_received", "petitions_received"))
_ALL_SETTLED = re.compile(
    r"[^.;\d]{0,40}, ?(?:(?:đều |đã |tất cả )+(?:được )?)?giải quyết"
    r" (?:xong|dứt điểm|toàn bộ)(?!\w)"
)
_SHARE_JOINT = re.compile(
    r"^(?:[^.;]|\.(?=\d)){0,70}?(?:đạt|chiếm|bằng|tương ứng|tức|tỷ lệ|=|\()(?: tỷ lệ| trên| với)?"
    r"[^.;\w]{0,3}$"
    r"|^[\s,(]{1,3}$"
)
# A part named by level, field or kind: "(huyện 12, xã 62)", "gồm hôn nhân 7, khác 5".
_PART_OF_LIST = re.compile(
    r"^[\s,;:.]*(?P<open>\(|(?:trong (?:đó|số đó|số này)|gồm(?: có)?|bao gồm|chia ra|phân theo"
    r"|cụ thể"
    r"|phân loại|riêng)(?: là)?(?: có)?[ :]*\(?)?(?:và "
    r"|riêng )?(?P<label>[^\d.;:()|,]{0,45}?(?:, [^\d.;:()|,]{0,30}?)?)"
    r"(?: (?:có|là|được))?[ :]*$"
)
_LEVEL = re.compile(
    r"(?<!\w)(?:(?:cấp|khối|toàn|các|ở|tại|của|riêng) )*(?:trung ương|tỉnh|thành phố|huyện|quận"
    r"|thị xã|xã|phường|thị trấn|cơ sở|thôn"
    r"|xóm|ấp|bản|mặt trận|đoàn thể|cơ quan|đơn vị|doanh nghiệp|trường học|lực lượng vũ trang|hđnd"
    r"|ubnd|đảng ủy|huyện ủy|chi bộ)(?!\w)"
)
_NO_LABEL = re.compile(
    r"(?<!\w)(?:cùng kỳ|kỳ trước|năm trước|năm ngoái|kế hoạch|chỉ tiêu|so với|tăng|giảm|đạt"
    r"|bằng|tỷ lệ"
    r"|chiếm|còn|tồn|chưa|đã|được|giải quyết|trả lời|xử lý|tiếp thu|thành|vượt|thiếu|lũy kế|từ đầu"
    r"|trị giá|với|mỗi|bình quân|dưới|trên|sau|trước|không|hết|thứ|lần|tháng|quý|năm|ngày|khoảng"
    r"|phấn đấu|sẽ|dự kiến|vượt|xếp)(?!\w)"
)
_SAID_OF = re.compile(r"(?<!\w)(?:được|đã|chưa|đang|còn|không|đạt|có)(?!\w)")
# "tăng 60 triệu đồng (10%)": the share of another number.
_OTHERWISE = re.compile(r"(?<!\w)(?:tăng|giảm|cùng kỳ|kế hoạch|so với)(?!\w)")
_OF_A_PLAN = re.compile(r"[ ]*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|vốn|biên chế)(?!\w)")


class Reader:
    """Reads the indicators of one document."""

    def __init__(
        self,
        document: Document,
        tabled: Sequence[tuple[int, int]] = (),
        year: int | None = None,
        *,
        of_last_year: bool = False,
    ) -> None:
        self.document = document
        self.tabled = tabled
        self.plain = document.plain
        self.skipping = Skipping(document, year, of_last_year=of_last_year)
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
            if index not in pairs.of_a_kind and self.skipping.skips(mention):
                continue
            indicator = self._read(mention)
            if index in pairs.of_a_kind and (indicator is None or mention.kind == "none"):
                indicator = self._as_before(mention, mentions[pairs.of_a_kind[index]])
            if indicator is not None and index:
                indicator = self._of_what_was_named(indicator, mention, mentions[index - 1])
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
        if choice is None or choice.score < _PART_OPENED:
            part = self._part(mention)
            if part is not None and (choice is None or part.score > choice.score):
                choice = part
        if choice is None:
            return None
        return self._indicator(mention, choice)

    def _part(self, mention: Mention) -> Choice | None:
        """ "146 văn bản (huyện 9, cơ sở 137)": a list behind a whole names its parts."""
        if mention.kind == "percent" or mention.number.denominator is not None:
            return None
        taken = [t for t in self.trial.taken[-8:] if t[1].sentence is mention.sentence]
        if not taken:
            return None
        last = taken[-1]
        sister = self._sister(mention, last)
        if sister is not None:
            return sister
        place = len(taken) - 1
        for earlier in range(place - 1, -1, -1):
            if self._holds(taken[earlier], taken[earlier + 1 :]):
                place = earlier
        whole, at = taken[place]
        parts = [part for part, _ in taken[place + 1 :]]
        if whole.key.endswith("_pct"):
            return None
        if mention.kind not in ("none", at.kind) or at.kind in ("money", "area", "length"):
            return None
        total = mention.number.value + sum(part.value for part in parts)
        if total > whole.value or mention.number.value == whole.value:
            return None
        between = self.plain[max(last[1].noun_end, last[0].char_end) : mention.start]
        joint = _PART_OF_LIST.match(between)
        if joint is None or not (joint["open"] or parts):
            return None
        label = joint["label"].strip()
        opened = "(" in (joint["open"] or "") or (parts and ")" not in between)
        named = _LEVEL.search(label) if label else None
        if _NO_LABEL.search(label) or (not label and mention.kind == "none"):
            return None
        if not (named or opened or mention.kind != "none" or parts or "gồm" in between):
            return None
        opens = joint["open"] and "(" not in joint["open"] and mention.kind == at.kind
        # "trong đó 20 câu được giải đáp": what is said of the part decides.
        opens = opens and not _SAID_OF.search(self.plain, mention.noun_end, mention.right)
        score = _PART_OPENED if opens else _PART_SCORE
        return Choice(whole.key, score, None, (mention.start, mention.end), _PART)

    def _holds(
        self, whole: tuple[Indicator, Mention], parts: list[tuple[Indicator, Mention]]
    ) -> bool:
        """Whether what was read after ``whole`` are parts of it."""
        if any(part.key != whole[0].key for part, _ in parts):
            return False
        if sum(part.value for part, _ in parts) > whole[0].value:
            return False
        begin = max(whole[1].noun_end, whole[0].char_end)
        joint = _PART_OF_LIST.match(self.plain[begin : parts[0][1].start])
        return joint is not None and bool(joint["open"])

    def _sister(self, mention: Mention, last: tuple[Indicator, Mention]) -> Choice | None:
        """ "cấp huyện 3 cuộc, cấp xã 27 cuộc": what differs is only who or how."""
        indicator, other = last
        if mention.kind != other.kind:
            # "cấp huyện 04 cuộc với 610 người; cấp xã 29 cuộc": the meetings, not the people.
            return self._sister_before(mention, other)
        if mention.kind not in ("none", other.kind) or other.kind in ("money", "area"):
            return None
        if mention.kind == "none" and other.kind != "none":
            return None
        between = self.plain[max(other.noun_end, indicator.char_end) : mention.start]
        if not _SISTER.fullmatch(between):
            return None
        return Choice(indicator.key, _PART_SCORE, None, (mention.start, mention.end), _PART_BESIDE)

    def _sister_before(self, mention: Mention, last: Mention) -> Choice | None:
        if mention.kind not in ("event", "case", "document", "opinion", "petition", "dossier"):
            return None
        between = self.plain[last.noun_end : mention.start]
        level = _LEVEL_ALONE.search(between)
        if level is None:
            return None
        for indicator, other in reversed(self.trial.taken[-4:-1]):
            if other.sentence is mention.sentence and other.kind == mention.kind:
                words = (mention.start, mention.end)
                return Choice(indicator.key, _PART_SCORE, None, words, _PART_BESIDE)
        return None

    def _as_before(self, mention: Mention, earlier: Mention) -> Indicator | None:
        """ "năm trước có 5 cuộc thì năm nay là 9": what the earlier number counts."""
        choice = self.trial.best(earlier)
        if choice is None:
            return None
        words = (mention.start, mention.end)
        return self._indicator(mention, Choice(choice.key, choice.score, None, words, "compared"))

    def _of_what_was_named(
        self, indicator: Indicator, mention: Mention, named: Mention
    ) -> Indicator:
        """ "trong 60 việc đưa ra bàn, dân quyết định 55 việc": 55 of 60."""
        known = indicator.denominator is not None or indicator.key.endswith("_pct")
        if known or named.sentence is not mention.sentence or named.kind != mention.kind:
            return indicator
        if not _IN_ALL.search(self.plain, named.left, named.start):
            return indicator
        between = self.plain[named.noun_end : mention.start]
        whole = named.number.value
        of_it = indicator.value <= whole and "," in between and ";" not in between
        if not of_it or (self.trial.taken and self.trial.taken[-1][1] is named):
            return indicator
        return replace(indicator, denominator=whole)

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
        way = way_of_change(window)
        if way is None:
            return None
        cue = (mention.start - len(window) + way.start("way"), mention.start)
        best = self._straight_before(mention, cue[0])
        best = best or key_that_changes(self.plain, mention.left, mention.start)
        if not best and self.trial.taken:
            indicator, other = self.trial.taken[-1]
            if other.sentence is mention.sentence and indicator.key in CHANGE_OF:
                best = indicator.key
        return Choice(CHANGE_OF.get(best, ""), 60, None, cue, "change")

    def _straight_before(self, mention: Mention, way: int) -> str:
        """The key of the figure that a rise or fall follows with nothing but a comma between."""
        if not self.trial.taken:
            return ""
        indicator, other = self.trial.taken[-1]
        between = self.plain[max(other.noun_end, indicator.char_end) : way]
        same = other.sentence is mention.sentence and indicator.key in CHANGE_OF
        return indicator.key if same and between.strip(" ,(") == "" else ""

    def _share(self, mention: Mention) -> Choice | None:
        for indicator, other in reversed(self.trial.taken[-2:]):
            key = SHARE_OF.get(indicator.key)
            if key is None or other.sentence is not mention.sentence:
                continue
            joint = self.plain[other.noun_end : mention.start]
            if _OTHERWISE.search(joint) or (key == "petitions_processed_pct" and "chiếm" in joint):
                return None
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
            value = -value if falls(self.plain, begin, mention.start) else value
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
            signs=signs_of(
                choice.score,
                choice.rival,
                spelled=found.number.spelled,
                doubtful=found.number.doubtful,
                bare=mention.kind == "none",
                denied=value == 0,
                inferred=choice.rule is None,
            ),
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
