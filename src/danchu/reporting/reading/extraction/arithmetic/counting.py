"""From a number of the text to an amount: its unit, and what it counts."""

from __future__ import annotations

import re
from fractions import Fraction

from danchu.core.text.numbers import Exact, Found, in_base

from ..commas import thousands
from ..lexicon import NOUN
from ..lexicon.nouns import class_of
from ..printing import rounded
from .amounts import DIGIT_WORDS, PERSON, POINTS, TIMES, Amount

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
    r"|ủy viên|đồng chí|cá nhân|thanh niên|phụ nữ|nam|nữ|đại diện(?! hộ)|vị"
    r"|(?!công )(?:[^\W\d_]+ ){1,2}viên)(?!\w)"
)
_MONEY = 10**6  # what is counted in millions without a name is money
_TIME_WORDS = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "quý", "tuần", "lần"))
# A stretch of time is an amount only where it is shortened or lengthened: "từ 15 ngày xuống …".
_SHORTENED = re.compile(r"(?<!\w)(?:từ|lên|xuống|còn|xuống còn) ?$")
_TIMES_LEAD = re.compile(r"(?<!\w)gấp(?: (?:hơn|gần|khoảng|trên))* ?$")
_TIMES_WORD = re.compile(r"(?<!\w)gấp (?P<about>(?:hơn |gần |khoảng )?)(?P<word>đôi|rưỡi)(?!\w)")
_TIMES_OF = {"đôi": Fraction(2), "rưỡi": Fraction(3, 2)}
# "giảm một nửa", "chỉ bằng hai phần ba": a share in words, of an earlier figure
_PART_IN_WORDS = re.compile(
    r"(?<!\w)(?:giảm|tăng|bằng|hơn|kém)(?: (?:đi|được|thêm|tới|đến|khoảng|chỉ|là))*"
    r"(?P<about>(?: (?:hơn|gần|quá|già|non))?) (?P<word>(?:một )?nửa"
    r"|(?P<part>một|hai|ba|bốn) phần (?P<of>ba|tư|năm|mười))(?!\w)"
)
_PARTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "mười": 10}
_MORE_THAN = re.compile(r"(?<!\w)(?:nhiều|ít|cao|thấp|lớn|nhỏ) hơn ?$")
_POINTS = re.compile(r" ?điểm (?:phần trăm|%)")
# "trong số 26 trưởng thôn": the number counts, it names no place.
_COUNTED_NUMBER = re.compile(r"(?<!\w)(?:trong|trên|tổng|của|toàn bộ) số ?$")
# "đoạn 1 dài …": a number that names.
_NAMED = re.compile(r"(?<!\w)(?:đoạn|đợt|vòng|lần|giai đoạn|phương án|bước|khóa|ca) ?$")
_SYMBOL = re.compile(r"[^\W\d_][.\-/_]?$")
_SPELLED_ONE = re.compile(r"(?:^|[,;:(]|(?<!\w)(?:và|gồm|là)) $")
_NO_ONE = re.compile(r" (?:số|vài|phần|trong|lần|nửa|cửa|cách|loạt|bộ phận|mặt|trên)(?!\w)")
# "ba trong tám kiến nghị" with the first number in words.
_WORDS_OF = re.compile(
    rf"(?:^|[\s,;(])(?P<count>{'|'.join(DIGIT_WORDS)}) (?:trong|trên)(?: tổng)?(?: số)? $"
)


def counts(plain: str, found: Found) -> bool:
    """Whether a number found in a text is an amount, not a date or a name."""
    if found.kind == "quantity":
        return True
    return (
        found.kind == "ordinal"
        and not found.number.spelled
        and bool(_COUNTED_NUMBER.search(plain, max(0, found.start - 12), found.start))
    )


def told_in_words(plain: str, start: int, end: int) -> list[Amount]:
    """ "gấp đôi", "giảm một nửa", "bằng hai phần ba": no numbers to the reader of numbers."""
    found = []
    for match in _TIMES_WORD.finditer(plain, start, end):
        about = plain[max(0, match.start() - 4) : match.start()].endswith(("hơn ", "gần "))
        decimals = 0 if match["word"] == "đôi" else 1
        value = _TIMES_OF[match["word"]]
        found.append(_in_words(match, value, TIMES, bool(match["about"]) or about, decimals))
    for match in _PART_IN_WORDS.finditer(plain, start, end):
        share = (
            Fraction(_PARTS[match["part"]], _PARTS[match["of"]]) if match["of"] else Fraction(1, 2)
        )
        # Of a third one says no more than 33%.
        found.append(_in_words(match, rounded(100 * share, 0), "%", bool(match["about"]), 0))
    return found


def _in_words(
    match: re.Match[str], value: Fraction, unit: str, approx: bool, decimals: int
) -> Amount:
    start, end = match.span("word")
    return Amount(
        value=value,
        whole=None,
        unit=unit,
        noun="",
        kind="",
        approx=approx,
        decimals=decimals,
        start=start,
        end=end,
        after=end,
    )


def amount_of(plain: str, found: Found, start: int, end: int) -> Amount | None:
    """The amount that a number of the sentence [start, end) states; None where it names, dates or
    cannot be taken at its word.
    """
    number = found.number
    if number.unit and not number.percent:
        number = in_base(number)
    if number.doubtful or number.low is not None:
        return None
    before = plain[max(start, found.lead - 40) : found.lead]
    if number.spelled and number.value == 1 and not _is_one(plain, before, found):
        return None
    reach = min(end, found.end + 60)
    unit = "%" if number.percent else number.unit
    value: Exact = number.value
    after = found.end
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
            kind = PERSON
        if _NAMED.search(before) and not named and not number.spelled:
            return None
    written, whole, decimals = thousands(found.surface), number.denominator, number.decimals
    if written is not None and not unit and number.multiplier == 1:
        if not (noun or kind):
            return None  # thousands or decimals, nothing says which
        (value, whole), decimals = written, 0
    if noun == TIMES and _TIMES_LEAD.search(before):
        unit, noun, kind = TIMES, "", ""
    if (unit in _TIME_WORDS or noun in _TIME_WORDS) and unit != TIMES:
        if noun == "tuổi" or not _SHORTENED.search(before):
            return None
        unit, noun, kind = unit or noun, "", ""
    if not number.spelled and _SYMBOL.search(plain[max(0, found.start - 2) : found.start]):
        return None
    begin, approx = found.lead, number.approx
    if approx and _MORE_THAN.search(plain[max(start, found.start - 12) : found.start]):
        begin, approx = found.start, False  # "cao hơn 3 điểm" compares
    if number.spelled and whole is None and (words := _WORDS_OF.search(before)):
        whole, value = number.value, DIGIT_WORDS.index(words["count"]) + 1
        begin = found.lead - len(before) + words.start("count")
    return Amount(
        value=value,
        whole=whole,
        unit=unit,
        noun=noun,
        kind=kind,
        approx=approx,
        decimals=decimals,
        start=begin,
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
