""" "C, tăng P% so với cùng kỳ (E)": a rise or fall against the two figures it lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..model import Check
from ..printing import printed, rounded
from .amounts import Amount, Passage, same_kind
from .saying import check, shown, verdict_of

_RISES = re.compile(r"(?<!\w)(?:tăng|vượt)(?: thêm)?(?: (?:là|hơn|khoảng|gần))? ?$")
_FALLS = re.compile(r"(?<!\w)giảm(?: bớt)?(?: (?:là|hơn|khoảng|gần))? ?$")
_EQUALS = re.compile(r"(?<!\w)bằng ?$")
_COMPARED = re.compile(r"^ ?(?:[^\W\d_]+ ){0,4}?so (?:với|cùng)(?!\w)")
_EARLIER = re.compile(r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|tháng trước|quý trước|năm 20\d\d)")
_FROM = re.compile(r"(?<!\w)(tăng|giảm) từ ?$")
_TO = re.compile(r"(?<!\w)(?:lên|xuống|còn|đến)(?: còn| đến| là)? ?$")


@dataclass(frozen=True, slots=True)
class _Change:
    now: Amount
    earlier: Amount


def changes(passage: Passage) -> Iterator[Check]:
    """A check for each rise, fall or comparison of the sentence."""
    for place, size in enumerate(passage.amounts):
        if size.whole:
            continue
        lead = passage.before(size)
        sign = 1 if _RISES.search(lead) else -1 if _FALLS.search(lead) else 0
        following = passage.plain[size.after : min(passage.end, size.after + 40)]
        compared = bool(_COMPARED.match(following))
        if not sign and not (size.is_percent and compared and _EQUALS.search(lead)):
            continue
        pair = _from_to(passage, place) or _now_and_earlier(passage, place, compared)
        if pair is None:
            if size.is_percent and compared:
                yield _unknown(size, sign)
            continue
        if size.is_percent and not pair.earlier.value:
            continue
        if size.is_percent or same_kind(size, pair.now):
            yield _judged(size, sign, pair)


def _from_to(passage: Passage, place: int) -> _Change | None:
    """ "giảm từ E xuống còn C, giảm X"."""
    if place < 2:
        return None
    earlier, now = passage.amounts[place - 2 : place]
    if not (_FROM.search(passage.before(earlier)) and _TO.search(passage.between(earlier, now))):
        return None
    return _Change(now, earlier) if same_kind(earlier, now) else None


def _now_and_earlier(passage: Passage, place: int, compared: bool) -> _Change | None:
    size = passage.amounts[place]
    before = [a for a in passage.amounts[:place] if not a.is_percent and not a.whole]
    if not before or passage.amounts[place - 1] is not before[-1]:
        return None
    # "C (cùng kỳ E), tăng X"
    if len(before) > 1:
        link = passage.between(before[-2], before[-1])
        bracketed = "(" in link and ")" in passage.plain[before[-1].end : size.start]
        if bracketed and _EARLIER.search(link) and same_kind(before[-2], before[-1]):
            return _Change(before[-2], before[-1])
    # "C, tăng X so với cùng kỳ (E)", "C, tăng X so với E của cùng kỳ"
    after = passage.amounts[place + 1] if place + 1 < len(passage.amounts) else None
    if not compared or after is None or after.is_percent or after.whole:
        return None
    link = passage.between(size, after)
    if ";" in link or ")" in link or len(link) > 80 or not same_kind(before[-1], after):
        return None
    if "(" in link or re.search(r"so với(?: con số| mức)? ?$", link):
        return _Change(before[-1], after)
    return None


def _judged(size: Amount, sign: int, pair: _Change) -> Check:
    now, earlier = pair.now.value, pair.earlier.value
    involved = [size, pair.now, pair.earlier]
    if not sign:
        exact = Fraction(100 * now) / Fraction(earlier)
        stated = size.value
    elif size.is_percent:
        exact = Fraction(100 * (now - earlier)) / Fraction(earlier)
        stated = sign * size.value
    else:
        exact = Fraction(now - earlier)
        stated = sign * size.value
    computed: Fraction = exact
    if size.is_percent:
        fits = rounded(exact, size.decimals) == stated
        computed = rounded(exact, max(size.decimals + 1, 2))
    else:
        fits = exact == stated
    words = _words(size, sign, pair, computed, fits)
    return check("change", verdict_of(fits, involved), words, involved, stated, computed)


def _words(
    size: Amount, sign: int, pair: _Change, computed: Fraction, fits: bool
) -> tuple[str, str]:
    told = shown(size.value, size.unit)
    one, other = shown(pair.earlier.value, pair.earlier.unit), shown(pair.now.value, pair.now.unit)
    if not sign:
        real = f"{other} / {one} = {printed(computed)}%"
        return (
            f"Mức bằng {told} {'khớp' if fits else 'không khớp'}: {real}.",
            f"The {told} of the earlier figure {'agrees' if fits else 'does not agree'}: {real}.",
        )
    way_vi, way_en = ("tăng", "rise") if sign > 0 else ("giảm", "fall")
    real_vi, real_en = ("giảm", "a fall of") if computed < 0 else ("tăng", "a rise of")
    really = shown(abs(computed), size.unit)
    return (
        f"Mức {way_vi} {told} {'khớp' if fits else 'không khớp'}: từ {one} đến {other}"
        f" là {real_vi} {really}.",
        f"The {way_en} of {told} {'agrees' if fits else 'does not agree'}: {one} to {other}"
        f" is {real_en} {really}.",
    )


def _unknown(size: Amount, sign: int) -> Check:
    told = printed(size.value, size.decimals)
    if not sign:
        words = (
            f"Mức bằng {told}% không kèm số của kỳ trước nên không kiểm được.",
            f"The {told}% of an earlier figure comes without that figure.",
        )
    else:
        way_vi, way_en = ("tăng", "rise") if sign > 0 else ("giảm", "fall")
        words = (
            f"Mức {way_vi} {told}% không kèm số của kỳ trước nên không kiểm được.",
            f"The {way_en} of {told}% comes without the earlier figure.",
        )
    return check("change", "not_checkable", words, [size], (sign or 1) * size.value)
