"""Percentages of one whole, which make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from ..printing import printed
from .amounts import Amount
from .passages import Passage
from .saying import check, verdict_of

_COMPARED = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|so với|cùng kỳ|lãi suất|kế hoạch|chỉ tiêu|năm 20\d\d|năm trước"
    r"|trở lên|tối thiểu|tối đa|ít nhất|hỗ trợ|lần lượt)(?!\w)"
)
_REST_BEFORE = re.compile(r"(?<!\w)còn lại(?: [^\W\d_]+){0,5} ?(?:\()?$")
_REST_BEHIND = re.compile(r"^ ?(?:[^\W\d_]+ ){0,4}?còn lại(?!\w)")
# Words that say the shares are all shares of one whole.
_WHOLE_OPENS = re.compile(
    r"(?<!\w)(?:cơ cấu|tỷ trọng|chia (?:ra|theo)|phân theo|gồm|bao gồm)(?!\w)"
)
_WHOLE_ENDS = re.compile(
    r"(?<!\w)(?:khác|không có ý kiến|không ý kiến|không (?:đồng ý|tán thành|hài lòng)"
    r"|chưa (?:đồng ý|hài lòng|rõ))(?!\w)"
)
_NEAR = 15  # points; shares further from a hundred were chosen among others


def percents(passage: Passage) -> Iterator[Check]:
    """A check where shares should make a hundred: a list, or shares and the rest."""
    shares = [amount for amount in passage.amounts if amount.is_percent]
    if len(shares) < 2:
        return
    for place, rest in enumerate(shares[1:], 1):
        if _is_rest(passage, rest):
            before = shares[:place]
            if not _COMPARED.search(passage.plain[before[0].end : rest.start]):
                yield from _rest(before, rest)
            return
    if len(shares) < 3 or passage.bracketed(shares[0]) != passage.bracketed(shares[-1]):
        return
    words = passage.plain[passage.start : passage.end]
    closing = passage.plain[shares[-1].start - 40 : passage.end]
    said = _WHOLE_OPENS.search(passage.plain, passage.start, shares[0].start)
    if _COMPARED.search(words) or not (said or _WHOLE_ENDS.search(closing)):
        return
    off = abs(_total(shares) - 100)
    if off <= _NEAR:
        yield _listed(shares, off)


def _is_rest(passage: Passage, share: Amount) -> bool:
    return bool(
        _REST_BEFORE.search(passage.before(share)) or _REST_BEHIND.match(passage.behind(share))
    )


def _total(shares: list[Amount]) -> Fraction:
    return sum((Fraction(share.value) for share in shares), Fraction(0))


def _rounding(shares: list[Amount]) -> Fraction:
    """How far the printed shares may miss a hundred when each is rounded."""
    return sum((Fraction(1, 2 * 10**share.decimals) for share in shares), Fraction(0))


def _rest(before: list[Amount], rest: Amount) -> Iterator[Check]:
    """The rest against all shares before it, or against the nearest ones that it fits."""
    for begin in range(len(before)):
        chosen = before[begin:]
        if abs(_total([*chosen, rest]) - 100) <= _rounding([*chosen, rest]):
            yield _rest_check(chosen, rest, True)
            return
    if 0 < _total(before) < 100:
        yield _rest_check(before, rest, False)


def _rest_check(before: list[Amount], rest: Amount, fits: bool) -> Check:
    left = 100 - _total(before)
    sum_ = "100% - " + " - ".join(f"{printed(share.value)}%" for share in before)
    real = f"{sum_} = {printed(left)}%"
    stated = printed(rest.value, rest.decimals)
    words = (
        f"Tỷ lệ còn lại {stated}% {'khớp' if fits else 'không khớp'}: {real}.",
        f"The remaining {stated}% {'agrees' if fits else 'does not agree'}: {real}.",
    )
    involved = [rest, *before]
    return check("remainder", verdict_of(fits, involved), words, involved, rest.value, left)


def _listed(shares: list[Amount], off: Fraction) -> Check:
    fits = off <= _rounding(shares)
    added = _total(shares)
    sum_ = " + ".join(f"{printed(share.value)}%" for share in shares) + f" = {printed(added)}%"
    words = (
        (
            f"Các tỷ lệ cộng lại đủ 100% (kể cả làm tròn): {sum_}.",
            f"The shares make 100% within rounding: {sum_}.",
        )
        if fits
        else (
            f"Các tỷ lệ cộng lại là {sum_}, không đủ 100%."
            if added < 100
            else f"Các tỷ lệ cộng lại là {sum_}, vượt 100%.",
            f"The shares add up to {sum_}, not to 100%.",
        )
    )
    return check("parts", verdict_of(fits, shares), words, shares, added, Fraction(100))
