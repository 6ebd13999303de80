"""A verdict on the amounts of a sentence, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..model import Check, Exact, Verdict
from ..printing import printed
from .amounts import POINTS, TIMES, Amount

_WORTH = (
    (10**9, {"vi": "tỷ đồng", "en": "billion VND"}),
    (10**6, {"vi": "triệu đồng", "en": "million VND"}),
    (0, {"vi": "đồng", "en": "VND"}),
)
_MEASURES = {
    "m2": {"vi": "m²", "en": "m²"},
    "m3": {"vi": "m³", "en": "m³"},
    POINTS: {"vi": "điểm phần trăm", "en": "percentage points"},
    TIMES: {"vi": "lần", "en": "times"},
    "giờ": {"vi": "giờ", "en": "hours"},
    "phút": {"vi": "phút", "en": "minutes"},
    "ngày": {"vi": "ngày", "en": "days"},
    "tuần": {"vi": "tuần", "en": "weeks"},
    "tháng": {"vi": "tháng", "en": "months"},
    "năm": {"vi": "năm", "en": "years"},
}


def shown(value: Exact, unit: str, language: str = "vi") -> str:
    """An amount as a sentence prints it, money in its largest word; ``language``: vi or en."""
    if unit == "VND":
        worth, words = next(row for row in _WORTH if abs(Fraction(value)) >= row[0])
        return f"{printed(Fraction(value) / (worth or 1))} {words[language]}"
    if unit == "%":
        return f"{printed(value)}%"
    return f"{printed(value)} {_MEASURES.get(unit, {}).get(language, unit)}".rstrip()


def total(parts: Sequence[Amount]) -> Fraction:
    """What the parts make together."""
    return sum((Fraction(part.value) for part in parts), Fraction(0))


def check(
    rule: str,
    verdict: Verdict,
    words: tuple[str, str],
    amounts: Sequence[Amount],
    stated: Exact,
    computed: Exact | None = None,
) -> Check:
    """``words``: Vietnamese, English. The first of ``amounts`` is the one that is judged."""
    return Check(
        rule=rule,
        message_vi=words[0],
        message_en=words[1],
        verdict=verdict,
        stated=stated,
        computed=computed,
        spans=tuple(dict.fromkeys(amount.span for amount in amounts)),
    )


def verdict_of(fits: bool, amounts: Sequence[Amount]) -> Verdict:
    """What does not fit cannot be called wrong where a number is only about what it says."""
    if fits:
        return "ok"
    return "not_checkable" if any(amount.approx for amount in amounts) else "fail"


def sum_check(whole: Amount, parts: Sequence[Amount]) -> Check:
    """The verdict on parts that should make ``whole``, which is judged."""
    added = total(parts)
    fits = added == whole.value

    def words(language: str) -> tuple[str, str, str]:
        return (
            " + ".join(shown(part.value, part.unit, language) for part in parts),
            shown(added, whole.unit, language),
            shown(whole.value, whole.unit, language),
        )

    (sum_vi, added_vi, stated_vi), (sum_en, added_en, stated_en) = words("vi"), words("en")
    said = (
        (
            f"Các phần cộng lại khớp tổng: {sum_vi} = {stated_vi}.",
            f"The parts add up to the whole: {sum_en} = {stated_en}.",
        )
        if fits
        else (
            f"Các phần cộng lại là {sum_vi} = {added_vi}, tổng nêu {stated_vi}.",
            f"The parts add up to {sum_en} = {added_en}; the stated whole is {stated_en}.",
        )
    )
    involved = [whole, *parts]
    return check("parts", verdict_of(fits, involved), said, involved, whole.value, added)
