"""The amounts of a sentence, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from danchu.core.text.numbers import Exact, Found, in_base

from ..lexicon import NOUN
from ..lexicon.nouns import class_of
from ..segments import Document, Sentence

_WORD = re.compile(r" ?([^\W\d_]+)")
# What stands after a number without naming what it counts.
_NO_NOUN = re.compile(
    r"(?:và|trong|đạt|chiếm|trên|tại|của|so|bằng|do|đã|được|cùng|hoặc|thì|là|ở|để|theo|từ|gồm|cho"
    r"|vào|nhưng|còn|chưa|đang|về|tăng|giảm|nay|không|có|đều|nên|với|như|các|bị|phải|số|nữ|nam)"
)
_PERSON = re.compile(
    r" ?(?:người|cán bộ|công chức|công nhân|viên chức|đại biểu|cử tri|đảng viên|hội viên"
    r"|trưởng (?:thôn|bản|ấp|khóm|xóm|khu)|tổ trưởng|bí thư|lao động|học sinh|giáo viên|thành viên"
    r"|ủy viên|đồng chí|cá nhân|thanh niên|phụ nữ|nam|nữ)(?!\w)"
)
_MONEY = 10**6  # what is counted in millions without a name is money
_NO_THINGS = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "quý", "tuần", "lần"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that counts or measures something, in its basic unit (VND, m2, m, kg, %).

    ``unit`` is empty where things are counted; then ``noun`` is the first word of their name and
    ``kind`` its class, either empty where the text names nothing. ``whole`` is b of "a/b".
    """

    value: Exact
    whole: Exact | None
    unit: str
    noun: str
    kind: str
    approx: bool
    decimals: int
    start: int
    end: int
    after: int
    """Where the noun ends."""

    @property
    def span(self) -> tuple[int, int]:
        """Where the number stands."""
        return self.start, self.end

    @property
    def is_percent(self) -> bool:
        """A share, a rise or a fall."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in the form to match against, with its amounts in order."""

    plain: str
    start: int
    end: int
    amounts: tuple[Amount, ...]

    def between(self, one: Amount | None, other: Amount | None) -> str:
        """The words from behind the noun of ``one`` to the number of ``other``."""
        left = one.after if one else self.start
        return self.plain[left : other.start if other else self.end]

    def before(self, amount: Amount, reach: int = 40) -> str:
        """The words straight before a number, back to the number before it."""
        left = max(self.start, amount.start - reach)
        for other in reversed(self.amounts):
            if other.end <= amount.start:
                left = max(left, other.end)
                break
        return self.plain[left : amount.start]

    def depth(self, position: int) -> int:
        """How many brackets of the sentence are open at a place."""
        return self.plain.count("(", self.start, position) - self.plain.count(
            ")", self.start, position
        )


def same_kind(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be added and held against each other."""
    if one.unit or other.unit:
        return one.unit == other.unit
    if one.noun == other.noun:
        return True
    if one.kind and one.kind == other.kind:
        return True
    return not one.noun or not other.noun


def passages(document: Document, besides: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The sentences of two amounts and more, outside the tables; and those of a lone share."""
    amounts: list[Amount] = []
    sentence: Sentence | None = None
    for found in document.numbers:
        if found.kind != "quantity" or any(a <= found.start < b for a, b in besides):
            continue
        here = document.sentence_at(found.start)
        if sentence is not None and here is not sentence:
            yield _passage(document, sentence, amounts)
            amounts = []
        sentence = here
        amount = _amount(document.plain, found, here)
        if amount is not None:
            amounts.append(amount)
    if sentence is not None:
        yield _passage(document, sentence, amounts)


def _passage(document: Document, sentence: Sentence, amounts: list[Amount]) -> Passage:
    return Passage(document.plain, sentence.start, sentence.end, tuple(amounts))


def _amount(plain: str, found: Found, sentence: Sentence) -> Amount | None:
    number = in_base(found.number)
    if number.doubtful or number.low is not None:
        return None
    if number.spelled and number.value == 1:
        return None  # "một" is an article as often as a number
    unit = "%" if number.percent else number.unit
    if not unit and number.multiplier >= _MONEY and not found.number.spelled:
        unit = "VND"
    noun, kind, after = "", "", found.end
    if not unit:
        reach = min(sentence.end, found.end + 60)
        named = NOUN.match(plain, found.end, reach)
        word = _WORD.match(plain, found.end, reach)
        if named:
            kind, after = class_of(named), named.end()
        if word and not _NO_NOUN.fullmatch(word[1]):
            noun, after = word[1], max(after, word.end())
        if _PERSON.match(plain, found.end, reach):
            kind = "person"
    if unit in _NO_THINGS or noun in _NO_THINGS:
        return None
    return Amount(
        value=Fraction(number.value),
        whole=None if number.denominator is None else Fraction(number.denominator),
        unit=unit,
        noun=noun,
        kind=kind,
        approx=number.approx,
        decimals=found.number.decimals,
        start=found.lead,
        end=found.end,
        after=after,
    )
