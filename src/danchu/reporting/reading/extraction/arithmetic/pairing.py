"""Which two numbers a share stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from .amounts import Amount, same_kind
from .beside import behind, in_brackets, named
from .pairs import EARLIER, NAMED_WHOLE, OF, OTHER_TIME, SAYS_WHOLE, TRONG, Pair, part_before
from .passages import Passage

_OVER = re.compile(r"trên ")
_NAMES_ONLY = re.compile(r"^(?: [^\W\d_]+){0,3} ?$")
# "P% kế hoạch": a whole that other numbers of the sentence are not.
_OWN_WHOLE = re.compile(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết)(?!\w)")
_WITHIN = re.compile(
    r"(?<!\w)(?:trong đó|đã|có|được|đúng hạn|thu về|hoàn thành|thực hiện|giải quyết|trả lời"
    r"|giải ngân|nộp)(?!\w)"
)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự toán|nghị quyết|còn)(?!\w)")
_IS_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết)(?: [^\W\d_]+){0,4} ?$")
_DID = re.compile(r"(?<!\w)(?:thực hiện|hoàn thành|tổ chức|làm|đã|đạt|thu)(?!\w)")
_WHOLE_BEFORE = re.compile(
    r"(?:^|[\s,;:])(?:toàn|cả|tổng|hiện có|hiện|tiếp nhận|nhận|phát ra|triệu tập)(?!\w)"
)
_ALL_THERE_IS = re.compile(r"(?:^|[\s,;:])(?:toàn|cả|tổng|phát ra|triệu tập|hiện có)(?!\w)")
_STRAIGHT = re.compile(r"^[^,;.()]{0,60}, (?:đạt|chiếm|bằng)(?: tỷ lệ)? ?$")
# Of a whole in another sentence a share this many points off is a share of something else.
_NEAR = 12
# And so many within one sentence that does not say "trong W".
_FAR = 25


def pairs_of(passage: Passage, place: int, since: Amount | None) -> list[Pair]:
    """Part and whole that the share at ``place`` may stand for, the likeliest first.

    ``since``: the share before it, behind which its part stands.
    """
    for way in (behind, named, in_brackets, _ratio, _of, _of_plan, _within, _sentence_before):
        pairs = [pair for pair in way(passage, place, since) if pair.base]
        if pairs:
            return pairs
    return []


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
    if OF.match(link):
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
    whole = wholes[0] if TRONG.search(passage.before(wholes[0])) else wholes[-1]
    link = passage.plain[whole.after : part.start]
    if _PLAN.search(passage.between(part, share)) or OTHER_TIME.search(link):
        return
    lead = passage.before(whole)
    at_once = _said_at_once(passage, part, whole, share)
    among = TRONG.search(lead) or SAYS_WHOLE.search(lead) or at_once
    if among or (_WITHIN.search(link) and not _PLAN.search(link)):
        near = abs(Pair(part, whole).percent - share.value) <= _FAR
        near = near or at_once or bool(TRONG.search(lead))
        certain = len(wholes) == 1 and near and _named_alike(passage, share, whole)
        yield Pair(part, whole, certain)


def _of_plan(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "Kế hoạch giao B, thực hiện A, đạt P% kế hoạch"."""
    share, before = passage.amounts[place], _own(passage, place, since)
    if len(before) != 2 or not _OWN_WHOLE.match(passage.plain, share.end, passage.end):
        return
    plan, part = before
    if not (plan.is_plain and part.is_plain and same_kind(plan, part)):
        return
    if not _IS_PLAN.search(passage.before(plan)) or _PLAN.search(passage.before(part)):
        return
    if not _DID.search(passage.between(plan, part)) or ";" in passage.between(part, share):
        return
    if not OTHER_TIME.search(passage.plain[plan.after : share.start]):
        yield Pair(part, plan)


def _said_at_once(passage: Passage, part: Amount, whole: Amount, share: Amount) -> bool:
    """ "Cả phường có 40 tổ, đến nay 34 tổ đã họp, đạt P%": a whole by its words, the same thing
    counted, and the share straight behind its part.
    """
    if (whole.noun, whole.unit) != (part.noun, part.unit) or not (whole.noun or whole.unit):
        return False
    if not _ALL_THERE_IS.search(passage.before(whole)):
        return False
    return bool(_STRAIGHT.match(passage.between(part, share)))


def _named_alike(passage: Passage, share: Amount, whole: Amount) -> bool:
    """Whether a whole named behind the share ("P% tổng số hộ trong thôn") can be this one."""
    named = NAMED_WHOLE.match(passage.plain, share.end, passage.end)
    if not named:
        return True
    around = passage.before(whole) + passage.plain[whole.end : whole.after] + passage.behind(whole)
    return named[1].strip() in around and ("tổng số" not in named[0] or "tổng" in around)


def _sentence_before(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "Toàn phường có B hộ. Đến nay đã có A hộ …, đạt P%." """
    part, earlier = part_before(passage, place), passage.previous
    if part is None or earlier is None or place != 1 or len(earlier.amounts) != 1:
        return
    whole = earlier.amounts[0]
    if not whole.is_plain or whole.value < part.value or not same_kind(whole, part):
        return
    if (whole.noun, whole.unit) != (part.noun, part.unit):
        return
    share = passage.amounts[place]
    if _PLAN.search(passage.between(part, share)) or EARLIER.search(passage.between(None, part)):
        return
    if _OWN_WHOLE.match(passage.plain, share.end, passage.end):
        return
    if _WHOLE_BEFORE.search(earlier.before(whole)):
        pair = Pair(part, whole)
        yield Pair(part, whole, abs(pair.percent - Fraction(share.value)) <= _NEAR)
