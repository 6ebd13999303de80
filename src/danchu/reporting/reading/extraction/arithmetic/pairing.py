"""Which two numbers a share stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .amounts import MOVES, Amount, same_kind
from .passages import Passage

_WHOLE_NAME = (
    r"(?:tổng|số|toàn bộ|tất cả|kế hoạch|vốn|dự toán|chỉ tiêu|mục tiêu|nhu cầu|khối lượng"
    r"|diện tích|chiều dài|danh sách|định mức|kinh phí|nguồn|mức|lượng|quỹ)"
)
# "A trên B", "A trong tổng số B", "A trên kế hoạch vốn B"
_OF = re.compile(
    rf"^(?: [^\W\d_]+)*? ?(?:trên|trong|so với)(?: {_WHOLE_NAME}(?: (?:20)?[^\W_]+){{0,5}})? ?$"
)
_OVER = re.compile(r"trên ")
_NAMES_ONLY = re.compile(r"^(?: [^\W\d_]+){0,3} ?$")
# "đạt P% (trong) tổng số B": the whole behind the share
_WHOLE_BEHIND = re.compile(
    rf"^ ?(?:(?:trong|trên|của|so với)(?: {_WHOLE_NAME})?|{_WHOLE_NAME})(?: [^\W\d_]+){{0,5}} ?\(?$"
)
_EARLIER = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|năm ngoái|năm 20\d\d|tháng trước)(?!\w)"
)
_BRACKET_BEHIND = re.compile(r"^[^,;:.()]{0,60}\( ?(?:[^\W\d_]+ ){0,2}$")
# "P% so với số phiếu hợp lệ": the whole is the number that was named so before.
_NAMED_WHOLE = re.compile(r" ?(?:(?:so với|trên|trong|của) )?(?:tổng )?số ([^,;.()\d]{4,40})")
# "P% kế hoạch": a whole that other numbers of the sentence are not.
_OWN_WHOLE = re.compile(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết)(?!\w)")
_TRONG = re.compile(r"(?:^|[\s,;:(])(?:trong|với)(?: tổng)?(?: số)? $")
_SAYS_WHOLE = re.compile(r"(?:^|[\s,;:(])(?:tổng|toàn|cả)(?!\w)")
_AMONG = re.compile(r"(?<!\w)(?:trong đó|trong số đó|gồm|bao gồm|chia ra|có)(?!\w)")
_WITHIN = re.compile(
    r"(?<!\w)(?:trong đó|đã|có|được|đúng hạn|thu về|hoàn thành|thực hiện|giải quyết|trả lời"
    r"|giải ngân|nộp)(?!\w)"
)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự toán|nghị quyết|còn)(?!\w)")
_OTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|năm ngoái|năm nay|năm 20\d\d|tăng|giảm)(?!\w)"
)
_WHOLE_BEFORE = re.compile(
    r"(?:^|[\s,;:])(?:toàn|cả|tổng|hiện có|hiện|tiếp nhận|nhận|phát ra|triệu tập)(?!\w)"
)
# Of a whole in another sentence a share this many points off is a share of something else.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Part and whole; "a/b" is both. ``certain``: the words say that the share is theirs."""

    part: Amount
    whole: Amount
    certain: bool = True

    @property
    def base(self) -> Fraction:
        """What the part is a share of."""
        ratio = self.part is self.whole and self.whole.whole is not None
        return Fraction(self.whole.whole or 0) if ratio else Fraction(self.whole.value)

    @property
    def percent(self) -> Fraction:
        """The exact share."""
        return 100 * Fraction(self.part.value) / self.base


def pairs_of(passage: Passage, place: int, since: Amount | None) -> list[Pair]:
    """Part and whole that the share at ``place`` may stand for, the likeliest first.

    ``since``: the share before it, behind which its part stands.
    """
    for way in (_behind, _named, _brackets, _ratio, _of, _within, _sentence_before):
        pairs = [pair for pair in way(passage, place, since) if pair.base]
        if pairs:
            return pairs
    return []


def _part_before(passage: Passage, place: int) -> Amount | None:
    """The amount straight before a share, not one in other brackets."""
    share = passage.amounts[place]
    depth = passage.depth(share.start)
    part = next(
        (a for a in reversed(passage.amounts[:place]) if passage.depth(a.start) <= depth), None
    )
    if part is None:
        return None
    return (
        part if part.is_plain and ";" not in passage.between(part, passage.amounts[place]) else None
    )


def _behind(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "P% … (a/b …)", "A, bằng P% tổng số B", "A, đạt P% dự toán (B)"."""
    if place + 1 == len(passage.amounts):
        return
    share, following = passage.amounts[place : place + 2]
    link = passage.between(share, following)
    if following.whole is not None and not following.is_percent:
        if _BRACKET_BEHIND.match(link):
            yield Pair(following, following)
        return
    if not following.is_plain or _EARLIER.search(link + passage.behind(following)):
        return
    if _BRACKET_BEHIND.match(link) and place + 2 < len(passage.amounts):
        whole = passage.amounts[place + 2]
        inside = passage.between(following, whole)
        if _OF.match(inside) and same_kind(following, whole) and whole.is_plain:
            yield Pair(following, whole)
            return
    part = _part_before(passage, place)
    if part is None or not same_kind(part, following) or not _WHOLE_BEHIND.match(link):
        return
    if part is not since:
        yield Pair(part, following)


def _named(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    share, part = passage.amounts[place], _part_before(passage, place)
    named = _NAMED_WHOLE.match(passage.plain, share.end, passage.end)
    if part is None or not named:
        return
    name = named[1].strip()
    for whole in passage.amounts[: place - 1]:
        lead = re.sub(r" ?(?:là|có|:|gồm)? ?$", "", passage.before(whole))
        if whole.is_plain and lead.endswith(name) and same_kind(part, whole):
            yield Pair(part, whole)


def _brackets(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "W …, trong đó A … (P%), B … (Q%)": all are shares of the whole before the brackets."""
    share = passage.amounts[place]
    if not place or not passage.bracketed(share):
        return
    part = passage.amounts[place - 1]
    if part.is_percent or passage.depth(part.start) >= passage.depth(share.start):
        return
    if MOVES.search(passage.before(part)):
        return  # "giảm 12 hộ (20%)"
    link = passage.between(part, share)
    if part.whole is not None:
        if ";" not in link:
            yield Pair(part, part)
        return
    if re.search(r"[;.:]", link):
        return
    wholes = [
        (index, amount)
        for index, amount in enumerate(passage.amounts[: place - 1])
        if amount.is_plain
        and same_kind(amount, part)
        and amount.value >= part.value
        and not passage.bracketed(amount)
        and not _has_share(passage, index)
    ]
    for index, whole in reversed(wholes):
        following = passage.amounts[index + 1]
        opening = passage.between(whole, following)
        certain = len(wholes) == 1 and not _OTHER_TIME.search(
            passage.plain[whole.after : share.start]
        )
        lead = passage.before(whole)
        said = _TRONG.search(lead) or _SAYS_WHOLE.search(lead) or _AMONG.search(opening)
        yield Pair(part, whole, certain and bool(said or re.search(r"[;:]", opening)))


def _has_share(passage: Passage, index: int) -> bool:
    """Whether an amount has a share of its own in brackets behind it."""
    following = passage.amounts[index + 1]
    return following.is_percent and passage.depth(following.start) > passage.depth(
        passage.amounts[index].start
    )


def _own(passage: Passage, place: int, since: Amount | None) -> Sequence[Amount]:
    """The amounts before a share that may be its numbers: none in brackets it stands outside of,
    none that stands before the last share.
    """
    depth = passage.depth(passage.amounts[place].start)
    return [
        a
        for a in passage.amounts[:place]
        if (since is None or a.start > since.end)
        and not a.is_percent
        and (a.whole is not None or passage.depth(a.start) <= depth)
    ]


def _ratio(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    share, before = passage.amounts[place], _own(passage, place, since)
    ratios = [a for a in before if a.whole is not None]
    if not ratios:
        return
    words = passage.plain[ratios[-1].after : share.start]
    if before[-1] is ratios[-1] or (";" not in words and not re.search(r"\d", words)):
        yield from (Pair(a, a) for a in reversed(ratios))


def _of(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "A trên tổng số B, đạt P%"."""
    before = _own(passage, place, since)
    if len(before) < 2 or ";" in passage.between(before[-1], passage.amounts[place]):
        return
    first, second = before[-2:]
    if not (first.is_plain and second.is_plain and same_kind(first, second)):
        return
    link = passage.between(first, second)
    if _OF.match(link):
        yield Pair(first, second)
    elif _OVER.match(passage.plain, second.start) and _NAMES_ONLY.match(link):
        # Straight behind its part "trên" says of what, not how many more.
        yield Pair(first, replace(second, approx=False))


def _within(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "Trong W …, A …, đạt P%", "W, trong đó A, chiếm P%"."""
    share, before = passage.amounts[place], _own(passage, place, since)
    if len(before) < 2 or ";" in passage.between(before[-1], share):
        return
    part = before[-1]
    if _OWN_WHOLE.match(passage.plain, share.end, passage.end):
        return
    wholes = [a for a in before[:-1] if a.is_plain and same_kind(a, part)]
    if not part.is_plain or not wholes or wholes[-1].value < part.value:
        return
    whole = wholes[0] if _TRONG.search(passage.before(wholes[0])) else wholes[-1]
    link = passage.plain[whole.after : part.start]
    if _PLAN.search(passage.between(part, share)) or _OTHER_TIME.search(link):
        return
    lead = passage.before(whole)
    among = _TRONG.search(lead) or _SAYS_WHOLE.search(lead)
    if among or (_WITHIN.search(link) and not _PLAN.search(link)):
        yield Pair(part, whole, len(wholes) == 1 and _named_alike(passage, share, whole))


def _named_alike(passage: Passage, share: Amount, whole: Amount) -> bool:
    """Whether a whole named behind the share ("P% tổng số hộ trong thôn") can be this one."""
    named = _NAMED_WHOLE.match(passage.plain, share.end, passage.end)
    if not named:
        return True
    around = passage.before(whole) + passage.plain[whole.end : whole.after] + passage.behind(whole)
    return named[1].strip() in around and ("tổng số" not in named[0] or "tổng" in around)


def _sentence_before(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "Toàn phường có B hộ. Đến nay đã có A hộ …, đạt P%." """
    part, earlier = _part_before(passage, place), passage.previous
    if part is None or earlier is None or place != 1 or len(earlier.amounts) != 1:
        return
    whole = earlier.amounts[0]
    if not whole.is_plain or whole.value < part.value or not same_kind(whole, part):
        return
    if (whole.noun, whole.unit) != (part.noun, part.unit):
        return
    share = passage.amounts[place]
    if _PLAN.search(passage.between(part, share)) or _EARLIER.search(passage.between(None, part)):
        return
    if _OWN_WHOLE.match(passage.plain, share.end, passage.end):
        return
    if _WHOLE_BEFORE.search(earlier.before(whole)):
        pair = Pair(part, whole)
        yield Pair(part, whole, abs(pair.percent - Fraction(share.value)) <= _NEAR)
