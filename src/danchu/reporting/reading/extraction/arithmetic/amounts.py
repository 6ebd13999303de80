"""The amounts of a text, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from danchu.core.text.numbers import Exact, Found, in_base

from ..lexicon import NOUN
from ..lexicon.nouns import class_of
from ..segments import Document, Sentence

POINTS = "điểm %"
"""The unit of a difference between two percentages."""
TIMES = "lần"
"""The unit of "gấp n lần"."""

_WORD = re.compile(r" ?(?:đầu (?=việc))?([^\W\d_]+)")
_A_WORD = re.compile(r"[^\W\d_]+")
# What stands after a number without naming what it counts.
_NO_NOUN = re.compile(
    r"(?:và|trong|đạt|chiếm|trên|tại|của|so|bằng|do|đã|được|cùng|hoặc|thì|là|ở|để|theo|từ|gồm|cho"
    r"|vào|nhưng|còn|chưa|đang|về|tăng|giảm|nay|không|có|đều|nên|với|như|các|bị|phải|số|nữ|nam"
    r"|lên|xuống|đến|tới|sang|dài|rộng|tức|tương|hay|thu|chi|nộp|qua|sau|trước|mới|vẫn|cả|sẽ)"
)
_PERSON = re.compile(
    r" ?(?:người|cán bộ|công chức|công nhân|viên chức|đại biểu|cử tri|đảng viên|hội viên"
    r"|trưởng (?:thôn|bản|ấp|khóm|xóm|khu)|tổ trưởng|bí thư|lao động|học sinh|giáo viên|thành viên"
    r"|ủy viên|đồng chí|cá nhân|thanh niên|phụ nữ|nam|nữ|đại diện(?! hộ)|vị)(?!\w)"
)
_MONEY = 10**6  # what is counted in millions without a name is money
_TIME_WORDS = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "quý", "tuần", "lần"))
# A stretch of time is an amount only where it is shortened or lengthened: "từ 15 ngày xuống …".
_SHORTENED = re.compile(r"(?<!\w)(?:từ|lên|xuống|còn|xuống còn) ?$")
_TIMES_LEAD = re.compile(r"(?<!\w)gấp(?: (?:hơn|gần|khoảng|trên))* ?$")
_TIMES_WORD = re.compile(r"(?<!\w)gấp (?P<about>(?:hơn |gần |khoảng )?)(?P<word>đôi|rưỡi)(?!\w)")
_TIMES_OF = {"đôi": Fraction(2), "rưỡi": Fraction(3, 2)}
_POINTS = re.compile(r" ?điểm (?:phần trăm|%)")
# "trong số 26 trưởng thôn": the number counts, it names no place.
_COUNTED_NUMBER = re.compile(r"(?<!\w)(?:trong|trên|tổng|của|toàn bộ) số ?$")
# "đoạn 1 dài …": a number that names.
_NAMED = re.compile(r"(?<!\w)(?:đoạn|đợt|vòng|lần|giai đoạn|phương án|bước|khóa|ca) ?$")
_SYMBOL = re.compile(r"[^\W\d_][.\-/_]?$")
_SPELLED_ONE = re.compile(r"(?:^|[,;:(]|(?<!\w)(?:và|gồm|là)) $")
_NO_ONE = re.compile(r" (?:số|vài|phần|trong|lần|nửa|cửa|cách|loạt|bộ phận|mặt|trên)(?!\w)")
_DIGIT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# "ba trong tám kiến nghị" with the first number in words.
_WORDS_OF = re.compile(
    rf"(?:^|[\s,;(])(?P<count>{'|'.join(_DIGIT_WORDS)}) (?:trong|trên)(?: tổng)?(?: số)? $"
)


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

    @property
    def is_plain(self) -> bool:
        """A single amount of things, neither "a/b" nor a share, a difference or a multiple."""
        return self.whole is None and self.unit not in ("%", POINTS, TIMES)


def same_kind(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be added and held against each other."""
    if one.unit or other.unit:
        return one.unit == other.unit
    if one.noun == other.noun:
        return True
    if one.kind and one.kind == other.kind:
        return True
    return not one.noun or not other.noun


def amounts_of(
    document: Document, besides: Sequence[tuple[int, int]]
) -> list[tuple[Amount, Sentence]]:
    """The amounts of a text in order, each with its sentence; ``besides`` are left out."""
    found = [*_numbers(document), *_multiples(document)]
    found.sort(key=lambda pair: pair[0].start)
    return [pair for pair in found if not any(a <= pair[0].start < b for a, b in besides)]


def _numbers(document: Document) -> Iterator[tuple[Amount, Sentence]]:
    for found in document.numbers:
        counted = found.kind == "quantity" or (
            found.kind == "ordinal"
            and not found.number.spelled
            and _COUNTED_NUMBER.search(document.plain, max(0, found.start - 12), found.start)
        )
        if counted:
            sentence = document.sentence_at(found.start)
            amount = _amount(document.plain, found, sentence)
            if amount is not None:
                yield amount, sentence


def _multiples(document: Document) -> Iterator[tuple[Amount, Sentence]]:
    """ "gấp đôi", which is no number to the reader of numbers."""
    for match in _TIMES_WORD.finditer(document.plain):
        before = document.plain[max(0, match.start() - 6) : match.start()]
        yield (
            Amount(
                value=_TIMES_OF[match["word"]],
                whole=None,
                unit=TIMES,
                noun="",
                kind="",
                approx=bool(match["about"]) or before.endswith(("hơn ", "gần ")),
                decimals=0 if match["word"] == "đôi" else 1,
                start=match.start("word"),
                end=match.end("word"),
                after=match.end("word"),
            ),
            document.sentence_at(match.start()),
        )


def _amount(plain: str, found: Found, sentence: Sentence) -> Amount | None:
    number = in_base(found.number)
    if number.doubtful or number.low is not None:
        return None
    before = plain[max(sentence.start, found.lead - 40) : found.lead]
    if number.spelled and number.value == 1 and not _is_one(plain, before, found):
        return None
    reach = min(sentence.end, found.end + 60)
    unit = "%" if number.percent else number.unit
    value, decimals, after = Fraction(number.value), found.number.decimals, found.end
    if not unit and number.multiplier >= _MONEY and not found.number.spelled:
        unit = "VND"
    noun, kind = "", ""
    if not unit and (points := _POINTS.match(plain, found.end, reach)):
        unit, after = POINTS, points.end()
    elif not unit:
        named = NOUN.match(plain, found.end, reach)
        word = _WORD.match(plain, found.end, reach)
        if named:
            kind, after = class_of(named), _end_of_noun(plain, found.end, named.end())
        if word and not _NO_NOUN.fullmatch(word[1]):
            noun, after = word[1], max(after, word.end())
        if _PERSON.match(plain, found.end, reach):
            kind = "person"
        if _NAMED.search(before) and not named and not number.spelled:
            return None
    if noun == TIMES and _TIMES_LEAD.search(before):
        unit, noun, kind = TIMES, "", ""
    if (unit in _TIME_WORDS or noun in _TIME_WORDS) and unit != TIMES:
        if noun == "tuổi" or not _SHORTENED.search(before):
            return None
        unit, noun, kind = unit or noun, "", ""
    if not number.spelled and _SYMBOL.search(plain[max(0, found.start - 2) : found.start]):
        return None
    start, whole = found.lead, number.denominator
    if number.spelled and whole is None and (words := _WORDS_OF.search(before)):
        whole, value = number.value, Fraction(_DIGIT_WORDS.index(words["count"]) + 1)
        start = found.lead - len(before) + words.start("count")
    return Amount(
        value=value,
        whole=None if whole is None else Fraction(whole),
        unit=unit,
        noun=noun,
        kind=kind,
        approx=number.approx,
        decimals=decimals,
        start=start,
        end=found.end,
        after=after,
    )


def _end_of_noun(plain: str, start: int, end: int) -> int:
    """Where a noun ends that may have been read too far ("phiếu trên tổng số")."""
    words = list(_A_WORD.finditer(plain, start, end))
    return next((w.start() - 1 for w in words[1:] if _NO_NOUN.fullmatch(w[0])), end)


def _is_one(plain: str, before: str, found: Found) -> bool:
    """Whether "một" is a number here; it is an article as often."""
    if not _SPELLED_ONE.search(before) or _NO_ONE.match(plain, found.end):
        return False
    return bool(_PERSON.match(plain, found.end))
