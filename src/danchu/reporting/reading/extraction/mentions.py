"""The numbers of a text that may be figures, each with what it counts and where its clause ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from danchu.core.text.numbers import Found, Number, in_base

from .commas import has_three, settled
from .lexicon import CLASS_OF_UNIT, LABEL_NOUN, NOUN
from .lexicon.nouns import class_of
from .matching import last_match
from .openings import words_in
from .segments import Document, Sentence

# A label reaches this far back for the noun it counts.
_LABEL_REACH = 60
# Words further off than this say nothing about a number, and a text may have no full stops.
_CLAUSE_REACH = 420
_CUT = re.compile(r"[,(:]")
# What a report counts in millions; "2 tỷ" beside anything else is money.
_POINTS_OF_PERCENT = re.compile(r" *điểm (?:phần trăm|%)")
_IN_MILLIONS = frozenset(("dossier", "petition", "turn"))
_WRITTEN = re.compile(r"\d[\d.,]*(?: ?/ ?\d[\d.,]*)?(?<=\d)")
_COORDINATION = re.compile(r"\s*(?:,|,? ?và|,? ?cùng|/|với)\s*")
_OF_THE_WHOLE = re.compile(r" *(?:trong|trên) (?:tổng )?số *(?:là *)?")
# "mười một trên 15 xã"; "trên" before the second number is no approximation then.
_OVER = re.compile(r" +trên +")
# "nhận 60 vụ và hòa giải thành 51 vụ": what stands before the second number is said of it.
_AND_DONE = re.compile(
    r" và (?=(?:đã |được )*(?:hòa giải|giải quyết|trả lời|giải đáp|xử lý|tiếp thu|thu hồi"
    r"|hoàn thành|trả kết quả)(?!\w)[^.;,()\d]{0,24}$)"
)
# A number followed by another word counts something that no rule knows.
_OTHER = re.compile(
    r"[ ]*(?!(?:và|trong|đạt|chiếm|trên|tại|của|so|bằng|do|đã|được|cùng|hoặc|thì|là|ở|để|theo|từ"
    r"|gồm|cho"
    r"|vào|nhưng|còn|chưa|đang|về|tăng|giảm|nay|không|có|đều|nên|với|như|các|bị"
    r"|phải)(?!\w))[^\W\d_]"
)


# "ngân sách cấp trên 51 tỷ đồng": the level above; "quy ước: 30/31 thôn": what villages agree on
_NO_ESTIMATE = re.compile(r"(?<!\w)(?:cấp trên|(?:hương|quy|thỏa|thoả) ước):? *$")
# "trong kỳ 20", "cuối kỳ 7", "trong quý: 04": what follows is an amount, no name of a time.
_NO_NAME = re.compile(
    r"(?<!\w)(?:(?:trong|cuối|đầu) kỳ |(?:trong|cuối|đầu) (?:kỳ|quý|tháng|năm): *)$"
)
_NAMED_REACH = 16
_AMONG = re.compile(r"[,;(] ?trong (?:đó|số đó|số này)(?!\w)")


@dataclass(slots=True)
class Mention:
    """A number that may be a figure.

    ``kind`` is the class of what is counted ("none" when nothing is named), ``label`` the class
    named before a number that has no noun of its own. ``left`` and ``right`` bound the words that
    may speak about it, ``number_left`` is the end of the number before it, ``near_left`` that
    of the noun after that number.
    """

    found: Found
    number: Number
    kind: str
    noun_end: int
    sentence: Sentence
    label: str = ""
    left: int = 0
    near_left: int = 0
    number_left: int = 0
    right: int = 0
    clause_right: int = 0
    _words_before: frozenset[str] | None = None
    start: int = field(init=False)
    """Where the number begins, the word of approximation included."""
    end: int = field(init=False)
    """Where the number ends."""

    def __post_init__(self) -> None:
        self.start, self.end = self.found.lead, self.found.end

    def words_before(self, plain: str) -> frozenset[str]:
        """The words to the left of the number that may speak about it."""
        if self._words_before is None:
            self._words_before = words_in(plain[self.left : self.start])
        return self._words_before

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes whose rules are tried."""
        if self.kind != "none":
            return (self.kind,)
        return ("none", self.label) if self.label else ("none",)


def mentions_of(document: Document) -> list[Mention]:
    """All numbers of ``document`` that count or measure something, in order."""
    plain = document.plain
    found = _with_wholes(plain, [f for f in document.numbers if _counts(plain, f)])
    mentions: list[Mention] = []
    for item in found:
        if _NO_ESTIMATE.search(plain, max(0, item.lead - 8), item.start):
            item = replace(item, lead=item.start, number=replace(item.number, approx=False))
        sentence = document.sentence_at(item.start)
        number = in_base(item.number)
        kind, noun_end = _class(plain, item, number, sentence)
        if kind is None:
            continue
        mentions.append(Mention(item, number, kind, noun_end, sentence))
    for index, mention in enumerate(mentions):
        _bound(document, mentions, index, mention)
    _understand_commas(document, mentions)
    # "14 tập thể và 104 cá nhân đăng ký": what is said of the second is said of the first.
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if first.sentence is not second.sentence:
            continue
        joint = _COORDINATION.fullmatch(plain, first.noun_end, second.start)
        # "2.640 đơn, 2.158 đơn đủ điều kiện" are two statements.
        if joint and (first.kind != second.kind or "và" in joint[0]):
            first.right = second.right
    return mentions


def _understand_commas(document: Document, mentions: list[Mention]) -> None:
    for mention in mentions:
        if "," not in mention.found.surface or not has_three(_digits(mention)):
            continue
        kind = mention.kind if mention.kind != "none" else mention.label
        mention.number = settled(
            mention.number, _digits(mention), kind, otherwise=document.decimal_commas
        )
        number = replace(mention.found.number, doubtful=mention.number.doubtful)
        mention.found = replace(mention.found, number=number)


def _digits(mention: Mention) -> str:
    """The number as written, without its unit."""
    match = _WRITTEN.match(mention.found.surface)
    return match[0].strip() if match else ""


def _with_wholes(plain: str, found: list[Found]) -> list[Found]:
    """ "6 trong số 48 doanh nghiệp" as the "6/48 doanh nghiệp" that it says."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last is not None and (
            _OF_THE_WHOLE.fullmatch(plain, last.end, item.lead) or _is_over(plain, last, item)
        ):
            part, whole = last.number, item.number
            alike = part.unit == whole.unit or not part.unit
            counted = alike and not (part.denominator or whole.denominator or whole.percent)
            if counted and part.value <= whole.value:
                number = replace(part, denominator=whole.value, unit=whole.unit)
                out[-1] = replace(last, number=number, end=item.end)
                continue
        out.append(item)
    return out


def _is_over(plain: str, part: Found, whole: Found) -> bool:
    """ "mười một trên 15 xã": the part in words, straight before its whole."""
    return part.number.spelled and _OVER.fullmatch(plain, part.end, whole.start) is not None


def _counts(plain: str, found: Found) -> bool:
    """Whether a number is an amount; "trong kỳ 20" is one although "kỳ 20" is a name."""
    if found.kind == "quantity":
        return True
    near = plain[max(0, found.start - _NAMED_REACH) : found.start]
    return found.kind in ("ordinal", "date", "year") and _NO_NAME.search(near) is not None


def _class(plain: str, found: Found, number: Number, sentence: Sentence) -> tuple[str | None, int]:
    by_unit = CLASS_OF_UNIT.get(number.unit)
    if by_unit:
        return by_unit, found.end
    if number.unit:
        return None, found.end
    if _POINTS_OF_PERCENT.match(plain, found.end):
        return "percent", found.end
    noun = NOUN.match(plain, found.end, min(sentence.end, found.end + 60))
    if noun:
        return class_of(noun), noun.end()
    if _OTHER.match(plain, found.end, sentence.end):
        return None, found.end
    return "none", found.end


def _bound(document: Document, mentions: list[Mention], index: int, mention: Mention) -> None:
    plain, sentence = document.plain, mention.sentence
    first = max(sentence.start, mention.start - _CLAUSE_REACH)
    mention.left = max(plain.rfind(";", first, mention.start) + 1, first)
    last = min(sentence.end, mention.end + _CLAUSE_REACH)
    right = plain.find(";", mention.end, last)
    mention.clause_right = right if right >= 0 else last
    before = mentions[index - 1] if index else None
    same = before is not None and before.sentence is sentence and before.end > mention.left
    mention.near_left = before.noun_end if same and before else mention.left
    if mention.near_left > mention.start:
        mention.near_left = before.end if before else mention.left
    outer = _outside_brackets(plain, mentions, index)
    mention.number_left = max(outer.end, mention.left) if same and outer else mention.left
    mention.right = mention.clause_right
    if index + 1 < len(mentions):
        after = mentions[index + 1]
        if after.start < mention.clause_right and after.sentence is sentence:
            cut = last_match(_CUT, plain, mention.noun_end, after.start)
            cut = cut or _AND_DONE.search(plain, mention.noun_end, after.start)
            mention.right = cut.start() if cut else after.start
    # "530 ý kiến, trong đó đã trả lời 502": what is said of the part is not said of the whole.
    among = _AMONG.search(plain, mention.noun_end, mention.right)
    if among is not None:
        mention.right = among.start()
    if mention.kind == "none":
        mention.label = _label(plain, mention, before if same else None)
        if mention.number.multiplier >= 10**6 and mention.label not in _IN_MILLIONS:
            mention.kind = "money"


def _outside_brackets(plain: str, mentions: list[Mention], index: int) -> Mention | None:
    """The number before this one that does not stand in brackets closed since."""
    mention = mentions[index]
    for before in reversed(mentions[max(0, index - 4) : index]):
        closed = plain.find(")", before.end, mention.start)
        opened = plain.rfind("(", mention.left, before.start)
        if closed < 0 or opened < 0 or plain.find(")", opened, before.start) >= 0:
            return before
    return mentions[index - 1] if index else None


def _label(plain: str, mention: Mention, before: Mention | None) -> str:
    begin = max(mention.near_left, mention.start - _LABEL_REACH)
    last = last_match(LABEL_NOUN, plain, begin, mention.start)
    if last is not None:
        return class_of(last)
    if before is not None and mention.number.multiplier < 10**6:
        return before.kind if before.kind != "none" else before.label
    return ""
