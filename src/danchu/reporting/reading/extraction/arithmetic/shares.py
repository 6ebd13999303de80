""" "A trên tổng số B, đạt P%": a share against its two numbers, to the printed precision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from ..printing import printed, rounded
from .amounts import Amount, Passage, same_kind
from .saying import check, shown, verdict_of

_SAYS_SHARE = re.compile(
    r"(?<!\w)(?:đạt|chiếm|bằng|tương đương|tỷ lệ|tỷ trọng)(?: (?:tỷ lệ|trên|hơn|gần|khoảng|là))*"
    r"(?: [^\W\d_]+){0,3} ?[\"(]?$"
)
_COMPARED = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|so với|lãi suất|cùng kỳ|hỗ trợ)(?!\w)")
_OF = re.compile(r"(?<!\w)(?:trên|trong)(?: tổng(?: số)?| số)? ?$")
_WITHIN = re.compile(
    r"(?<!\w)(?:trong đó|đã|có|được|đúng hạn|thu về|hoàn thành|thực hiện|giải quyết|trả lời)(?!\w)"
)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự toán|nghị quyết|còn)(?!\w)")


def shares(passage: Passage) -> Iterator[Check]:
    """A check for each share of the sentence whose numbers the sentence gives, or should give."""
    last: Amount | None = None
    for place, share in enumerate(passage.amounts):
        if not share.is_percent:
            continue
        since, last = last, share
        lead = passage.before(share)
        tail = passage.plain[share.end : share.end + 12]
        if _COMPARED.search(lead) or tail.lstrip().startswith(("so với", "cùng kỳ")):
            continue
        if not _SAYS_SHARE.search(lead):
            continue
        pairs = list(_pairs(passage, place, since))
        if not pairs:
            yield _unknown(share)
            continue
        yield _judged(share, pairs)


def _judged(share: Amount, pairs: list[tuple[Amount, Amount]]) -> Check:
    def exactly(pair: tuple[Amount, Amount]) -> Fraction:
        part, whole = pair
        base = whole.whole if part is whole and whole.whole else whole.value
        return Fraction(100 * part.value) / Fraction(base)

    fitting = next((p for p in pairs if rounded(exactly(p), share.decimals) == share.value), None)
    part, whole = fitting or pairs[0]
    base = whole.whole if part is whole and whole.whole else whole.value
    computed = rounded(exactly((part, whole)), max(share.decimals + 1, 2))
    sum_ = f"{shown(part.value, part.unit)} / {shown(base, part.unit)} = {printed(computed)}%"
    stated = printed(share.value, share.decimals)
    involved = [share, part, whole]
    verdict = verdict_of(fitting is not None, involved)
    words = {
        "ok": (f"Tỷ lệ {stated}% khớp với {sum_}.", f"The share {stated}% agrees with {sum_}."),
        "fail": (
            f"Tỷ lệ nêu {stated}% không khớp: {sum_}.",
            f"The stated share {stated}% does not agree: {sum_}.",
        ),
        "not_checkable": (
            f"Tỷ lệ {stated}% đứng cạnh số nói khoảng chừng ({sum_}) nên không kiểm được.",
            f"The share {stated}% stands beside approximate numbers ({sum_}).",
        ),
    }[verdict]
    return check("share", verdict, words, involved, share.value, computed)


def _unknown(share: Amount) -> Check:
    stated = printed(share.value, share.decimals)
    words = (
        f"Tỷ lệ {stated}% không kèm tử số và mẫu số nên không kiểm được.",
        f"The share {stated}% comes without its two numbers and cannot be checked.",
    )
    return check("share", "not_checkable", words, [share], share.value)


def _pairs(passage: Passage, place: int, since: Amount | None) -> Iterator[tuple[Amount, Amount]]:
    """Part and whole that the share may stand for; an amount "a/b" is both."""
    share = passage.amounts[place]
    before = [a for a in passage.amounts[:place] if since is None or a.start > since.end]
    bracketed = passage.amounts[place + 1] if place + 1 < len(passage.amounts) else None
    if bracketed and bracketed.whole and passage.between(share, bracketed).strip() in ("(", "- ("):
        yield bracketed, bracketed
        return
    ratios = [a for a in before if a.whole]
    if ratios:
        if before[-1] is ratios[-1] or _nothing_between(passage, ratios[-1], share):
            yield from ((a, a) for a in reversed(ratios))
        return
    if len(before) < 2 or ";" in passage.between(before[-1], share):
        return
    first, second = before[-2], before[-1]
    if not same_kind(first, second) or not second.value:
        return
    if _OF.search(passage.between(first, second)):
        yield first, second
        return
    if len(before) > 2 and same_kind(before[-3], first):
        return
    link = passage.between(first, second)
    planned = _PLAN.search(passage.between(second, share)) or _PLAN.search(link)
    if first.value and second.value <= first.value and _WITHIN.search(link) and not planned:
        yield second, first


def _nothing_between(passage: Passage, ratio: Amount, share: Amount) -> bool:
    words = passage.plain[ratio.after : share.start]
    return ";" not in words and not any(character.isdigit() for character in words)
