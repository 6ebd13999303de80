""" "10 hội nghị với 400 lượt người, bình quân 40": an average against its two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from ..printing import rounded
from .amounts import Amount
from .passages import Passage
from .saying import check, shown, verdict_of

_AVERAGE = re.compile(
    r"(?<!\w)(?:bình quân|trung bình)(?: (?:mỗi|một))?(?P<each>(?: [^\W\d_]+){0,3}?)"
    r"(?: (?:là|có|đạt|được|khoảng|gần|hơn))* ?$"
)
_FOR_EACH = re.compile(r"^ ?(?:/|(?:trên )?(?:mỗi|một) |trong (?:mỗi|một) )(?P<each>[^\W\d_]+)")
_WITH = re.compile(
    r"(?<!\w)(?:với|có|thu hút|được|cho|huy động|thu|tổng số|tổng cộng|tiếp|dự)(?!\w)"
)
_NO_PAIR = re.compile(
    r"[;)(]|(?<!\w)(?:cùng kỳ|so với|kế hoạch|chỉ tiêu|trong đó|tăng|giảm|đã|còn|riêng)(?!\w)"
)


def averages(passage: Passage) -> Iterator[Check]:
    """A check for the average of a sentence that states a number, a total and nothing else before
    it.
    """
    if "bình quân" not in passage.text and "trung bình" not in passage.text:
        return
    for place, average in enumerate(passage.amounts):
        said = _AVERAGE.search(passage.before(average)) if average.is_plain else None
        if said is None or place != 2:
            continue
        count, total = passage.amounts[:2]
        if not _belong(passage, count, total, average):
            continue
        each = _FOR_EACH.match(passage.behind(average))
        named = said["each"].split() or ([each["each"]] if each else [])
        if named and named[0] not in _name(passage, count):
            continue
        yield _judged(count, total, average)


def _belong(passage: Passage, count: Amount, total: Amount, average: Amount) -> bool:
    if not (count.is_plain and total.is_plain) or count.unit or not count.value:
        return False
    if (average.unit, average.noun) != (total.unit, total.noun) and (average.unit or average.noun):
        return False
    if not average.noun and total.unit != average.unit:
        return False
    if (count.noun, count.unit) == (total.noun, total.unit):
        return False
    link = passage.between(count, total)
    return not (
        _NO_PAIR.search(link)
        or _NO_PAIR.search(passage.between(total, average))
        or not _WITH.search(link)
    )


def _name(passage: Passage, amount: Amount) -> list[str]:
    return passage.plain[amount.end : amount.after].split()


def _judged(count: Amount, total: Amount, average: Amount) -> Check:
    exact = Fraction(total.value) / Fraction(count.value)
    off = abs(exact - Fraction(average.value))
    # Of people one rounds down as often as to the nearest.
    fits = off < Fraction(1, 10**average.decimals) if not average.unit else off * 200 <= exact
    computed = rounded(exact, 2)

    def words(language: str) -> str:
        numbers = f"{shown(total.value, total.unit, language)} / {shown(count.value, '', language)}"
        return f"{numbers} = {shown(computed, total.unit, language)}"

    stated, stated_en = (shown(average.value, average.unit, one) for one in ("vi", "en"))
    said = (
        f"Mức bình quân {stated} {'khớp' if fits else 'không khớp'}: {words('vi')}.",
        f"The average {stated_en} {'agrees' if fits else 'does not agree'}: {words('en')}.",
    )
    involved = [average, count, total]
    return check("average", verdict_of(fits, involved), said, involved, average.value, computed)
