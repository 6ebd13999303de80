""" "C, tăng P% so với cùng kỳ (E)": a rise or fall against the two figures it lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from ..printing import printed, rounded
from .amounts import POINTS, TIMES, Amount, same_kind
from .comparing import Comparison, apposed, change, comparisons
from .passages import Passage
from .saying import check, shown, verdict_of

_HINT = re.compile(r"tăng|giảm|vượt|hơn|kém|hụt|bằng|gấp")
_ABOUT = r"(?: (?:thêm|bớt|là|hơn|khoảng|gần|được|tới|đến|tương ứng|tương đương|tức))*"
_PERIOD = (
    r"(?: (?:so với )?(?:cùng kỳ|quý|năm|kỳ|tháng|nhiệm kỳ|đợt)(?: (?:20\d\d|[ivx]+|\d{1,2}"
    r"|trước|ngoái))?(?: là)?)?"
)
_RISES = re.compile(rf"(?<!\w)(?:tăng|vượt|(?:nhiều|cao|lớn) hơn){_ABOUT}{_PERIOD}{_ABOUT} ?$")
_FALLS = re.compile(rf"(?<!\w)(?:giảm|(?:ít|thấp|nhỏ) hơn|kém|hụt){_ABOUT}{_PERIOD}{_ABOUT} ?$")
_EQUALS = re.compile(r"(?<!\w)bằng(?: (?:khoảng|gần|hơn))? ?$")
_COMPARED = re.compile(r"^[^,;.)\d]{0,30}?so (?:với|cùng)(?!\w)")
_COMPARED_BEFORE = re.compile(r"(?<!\w)so với(?!\w)")
_ASKED = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|tối thiểu|sẽ|dự kiến|kế hoạch|yêu cầu|đề nghị)(?!\w)"
)


def changes(passage: Passage) -> Iterator[Check]:
    """A check for each rise, fall or comparison of the sentence."""
    if not _HINT.search(passage.text):
        return
    for place, size in enumerate(passage.amounts):
        if size.whole is not None:
            continue
        compared = bool(_COMPARED.match(passage.behind(size, 40)))
        sign = (
            _sign(passage, passage.amounts[place - 1], False) if apposed(passage, place) else None
        )
        sign = _sign(passage, size, compared) if sign is None else sign
        if sign is None:
            continue
        pairs = [
            pair
            for pair in comparisons(passage, place)
            if _measures(size, pair) and (pair.earlier.value or not _is_relative(size, sign))
        ]
        if pairs:
            judged = _judged(size, sign, pairs)
            if judged is not None:
                yield judged
                continue
        if not pairs and _needs_earlier(passage, place, compared):
            yield _unknown(size, sign)


def _sign(passage: Passage, size: Amount, compared: bool) -> int | None:
    """1 for a rise, -1 for a fall, 0 for a figure told as a part or multiple of the earlier."""
    lead = passage.before(size)
    if size.unit == TIMES:
        return 0
    if _RISES.search(lead):
        return 1
    if _FALLS.search(lead):
        return -1
    return 0 if size.is_percent and compared and _EQUALS.search(lead) else None


def _is_relative(size: Amount, sign: int) -> bool:
    return size.is_percent or size.unit == TIMES or not sign


def _measures(size: Amount, pair: Comparison) -> bool:
    """Whether a size of this unit can be said of the two figures."""
    if size.unit in ("%", TIMES):
        return pair.now.unit not in (POINTS, TIMES)
    if size.unit == POINTS:
        return pair.now.is_percent
    return same_kind(size, pair.now) and pair.now.is_plain


def _needs_earlier(passage: Passage, place: int, compared: bool) -> bool:
    """Whether a rise without its two figures is said as a result that one would want to check."""
    size = passage.amounts[place]
    before = passage.plain[passage.start : size.start]
    if _ASKED.search(before[-80:]):
        return False
    if size.is_percent or size.unit in (POINTS, TIMES):
        return True
    hinted = re.search(
        r"(?:nhiều|ít|cao|thấp) hơn (?:so với )?(?:quý|năm|kỳ|tháng|cùng)", before[-40:]
    )
    return compared or bool(hinted or _COMPARED_BEFORE.search(before[-60:]))


def _judged(size: Amount, sign: int, pairs: list[Comparison]) -> Check | None:
    readings = [(pair, *reading) for pair in pairs for reading in _readings(size, sign, pair)]
    fitting = next((row for row in readings if row[2]), None)
    if fitting is None and not pairs[0].certain:
        return None
    pair, exact, fits = fitting or readings[0]
    relative = _is_relative(size, sign)
    computed = rounded(exact, max(size.decimals + 1, 2)) if relative else exact
    involved = [size, pair.now, pair.earlier]
    words = _words(size, sign, pair, computed, fits)
    stated = (sign or 1) * size.value
    return check("change", verdict_of(fits, involved), words, involved, stated, computed)


def _readings(size: Amount, sign: int, pair: Comparison) -> Iterator[tuple[Fraction, bool]]:
    """The exact change that a size may state, and whether it does; of two percentages their
    difference is often told in percent.
    """
    stated = (sign or 1) * Fraction(size.value)
    if size.unit == TIMES or not sign:
        exact = change(pair, multiple=True, relative=False)
        exact *= 1 if size.unit == TIMES else 100
        yield exact, rounded(exact, size.decimals) == stated
        return
    if size.is_percent:
        exact = change(pair, multiple=False, relative=True)
        yield exact, rounded(exact, size.decimals) == stated
        if not pair.now.is_percent:
            return
    exact = change(pair, multiple=False, relative=False)
    yield exact, exact == stated


def _words(
    size: Amount, sign: int, pair: Comparison, computed: Fraction, fits: bool
) -> tuple[str, str]:
    vi, en = ("khớp", "agrees") if fits else ("không khớp", "does not agree")
    told, told_en = shown(size.value, size.unit), shown(size.value, size.unit, "en")
    one, other = shown(pair.earlier.value, pair.earlier.unit), shown(pair.now.value, pair.now.unit)
    one_en = shown(pair.earlier.value, pair.earlier.unit, "en")
    other_en = shown(pair.now.value, pair.now.unit, "en")
    real, real_en = shown(abs(computed), size.unit), shown(abs(computed), size.unit, "en")
    if size.unit == TIMES:
        return (
            f"Mức gấp {told} {vi}: {other} / {one} = {real}.",
            f"The multiple of {told_en} {en}: {other_en} / {one_en} = {real_en}.",
        )
    if not sign:
        return (
            f"Mức bằng {told} {vi}: {other} / {one} = {real}.",
            f"The {told_en} of the earlier figure {en}: {other_en} / {one_en} = {real_en}.",
        )
    way_vi, way_en = ("tăng", "rise") if sign > 0 else ("giảm", "fall")
    real_vi, real_way = ("giảm", "a fall of") if computed < 0 else ("tăng", "a rise of")
    return (
        f"Mức {way_vi} {told} {vi}: từ {one} đến {other} là {real_vi} {real}.",
        f"The {way_en} of {told_en} {en}: {one_en} to {other_en} is {real_way} {real_en}.",
    )


def _unknown(size: Amount, sign: int) -> Check:
    told = f"{printed(size.value, size.decimals)}%" if size.is_percent else ""
    told, told_en = (
        told or shown(size.value, size.unit),
        told or shown(size.value, size.unit, "en"),
    )
    if size.unit == TIMES:
        words = (
            f"Mức gấp {told} không kèm số của kỳ trước nên không kiểm được.",
            f"The multiple of {told_en} comes without the earlier figure.",
        )
    elif not sign:
        words = (
            f"Mức bằng {told} không kèm số của kỳ trước nên không kiểm được.",
            f"The {told_en} of an earlier figure comes without that figure.",
        )
    else:
        way_vi, way_en = ("tăng", "rise") if sign > 0 else ("giảm", "fall")
        words = (
            f"Mức {way_vi} {told} không kèm số của kỳ trước nên không kiểm được.",
            f"The {way_en} of {told_en} comes without the earlier figure.",
        )
    return check("change", "not_checkable", words, [size], (sign or 1) * size.value)
