""" "W, gồm A và B": the parts that a sentence names against the whole it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from .amounts import Amount, Passage, same_kind
from .saying import check, shown, verdict_of

_WHOLLY = re.compile(r"(?<!\w)(?:gồm|bao gồm|chia ra|cụ thể(?: là)?)(?!\w)|\($")
# Behind a colon stand the parts, or what one chose to tell: they may not exceed the whole.
_TOLD = re.compile(r":")
_AMONG = re.compile(r"(?<!\w)trong đó(?!\w)")
# The parts of another time or of a plan are no parts; a list with these words is not whole.
_OTHER = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|(?<!theo )kế hoạch|chỉ tiêu|tăng|giảm|năm 20\d\d|năm trước"
    r"|tiêu biểu|điển hình|nổi bật|như|mỗi|bình quân|trung bình|từ|đến|còn lại|lũy kế|đợt"
    r"|giai đoạn|trị giá|kinh phí|với)(?!\w)|[.][.][.]|…"
)
_APART = re.compile(r"[;)]")
_TOTAL = re.compile(r"(?<!\w)(?:cộng|tổng cộng|tổng số|tổng)(?!\w)")
# Parts "trong đó" that make less than this of the whole were chosen among others; parts of a list
# that is said to be whole may miss more of it.
_NEARLY_ALL = Fraction(9, 10)
_LARGELY = Fraction(2, 5)


def breakdowns(passage: Passage) -> Iterator[Check]:
    """A check for each whole that is followed by two parts and more."""
    amounts = passage.amounts
    for place, whole in enumerate(amounts[:-2]):
        if whole.is_percent or whole.whole:
            continue
        opening = passage.between(whole, amounts[place + 1])
        wholly, among = bool(_WHOLLY.search(opening)), bool(_AMONG.search(opening))
        told = not wholly and not among and bool(_TOLD.search(opening))
        if not (wholly or among or told) or _APART.search(opening) or _OTHER.search(opening):
            continue
        parts, again = _parts(passage, place)
        if len(parts) < 2:
            continue
        total = sum((Fraction(part.value) for part in parts), Fraction(0))
        least = 1 if told else _NEARLY_ALL if among else _LARGELY
        if total < whole.value * least:
            continue
        yield _judged(whole, parts, total)
        if again is not None:
            yield _judged(again, parts, total)


def _parts(passage: Passage, place: int) -> tuple[list[Amount], Amount | None]:
    """The parts behind a whole, none where something else stands among them; and their sum
    where the sentence states it once more ("…; cộng 58 ý kiến").
    """
    whole = passage.amounts[place]
    depth = passage.depth(passage.amounts[place + 1].start)
    parts: list[Amount] = []
    before = whole
    for amount in passage.amounts[place + 1 :]:
        here = passage.depth(amount.start)
        if here < depth:
            break
        if here > depth:
            continue
        words = passage.between(before, amount) if parts else ""
        if parts and _TOTAL.search(words):
            return parts, amount if same_kind(whole, amount) else None
        if parts and ";" in words:
            break
        if amount.is_percent:
            continue
        if parts and _OTHER.search(words):
            return [], None
        if amount.whole or not same_kind(whole, amount):
            return [], None
        parts.append(amount)
        before = amount
    return parts, None


def _judged(whole: Amount, parts: list[Amount], total: Fraction) -> Check:
    fits = total == whole.value
    sum_ = " + ".join(shown(part.value, part.unit) for part in parts)
    added, stated = shown(total, whole.unit), shown(whole.value, whole.unit)
    words = (
        (
            f"Các phần cộng lại khớp tổng: {sum_} = {stated}.",
            f"The parts add up to the whole: {sum_} = {stated}.",
        )
        if fits
        else (
            f"Các phần cộng lại là {sum_} = {added}, tổng nêu {stated}.",
            f"The parts add up to {sum_} = {added}; the stated whole is {stated}.",
        )
    )
    involved = [whole, *parts]
    return check("parts", verdict_of(fits, involved), words, involved, whole.value, total)
