"""A verdict on the amounts of a sentence, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..model import Check, Exact, Verdict
from ..printing import printed
from .amounts import Amount

_WORTH = ((10**9, "tỷ đồng"), (10**6, "triệu đồng"))
_MEASURES = {"m2": "m²", "m3": "m³", "giờ": "giờ"}


def shown(value: Exact, unit: str) -> str:
    """An amount as a sentence prints it, in the unit's own largest word."""
    if unit == "VND":
        for worth, word in _WORTH:
            if abs(Fraction(value)) >= worth:
                return f"{printed(Fraction(value) / worth)} {word}"
        return f"{printed(value)} đồng"
    if unit == "%":
        return f"{printed(value)}%"
    return f"{printed(value)} {_MEASURES.get(unit, unit)}".rstrip()


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
