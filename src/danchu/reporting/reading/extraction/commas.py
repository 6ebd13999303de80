"""A comma before exactly three digits: thousands as many officers write them, or a decimal.

"1,000 ý kiến" cannot be one opinion to three places; "5,000 m2" may be either.
"""

from __future__ import annotations

import re
from dataclasses import replace

from danchu.core.text.numbers import Exact, Number

_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_USED_OTHERWISE = re.compile(
    r"(?<![\d.,])\d+,\d{1,2}(?![\d,])|(?<![\d.,/])\d{1,3}\.\d{3}(?![\d.,/])"
)
_DIVISIBLE = frozenset(("money", "area", "length", "duration", "day", "point"))
_MEASURED = frozenset(("VND", "m2", "m", "hour", "day", "point"))


def has_three(surface: str) -> bool:
    """Whether a number as written, or one side of a ratio, has a comma before its last three."""
    return any(_THREE.fullmatch(part.strip()) for part in surface.rstrip("% ").split("/"))


def decimal_elsewhere(text: str) -> bool:
    """Whether ``text`` writes decimals with a comma or thousands with a point, as is the rule."""
    return bool(_USED_OTHERWISE.search(text))


def is_measured(unit: str) -> bool:
    """Whether figures in ``unit`` may have decimals."""
    return unit in _MEASURED


def thousands(surface: str) -> tuple[Exact, Exact | None] | None:
    """Both sides of a count whose commas group thousands; None for any other writing."""
    parts = [part.strip() for part in surface.split("/")]
    if len(parts) > 2 or not any(_THREE.fullmatch(part) for part in parts):
        return None
    values: list[int] = []
    for part in parts:
        bare = part.replace(",", "") if _THREE.fullmatch(part) else part.replace(".", "")
        if not bare.isdigit():
            return None
        values.append(int(bare))
    return values[0], values[1] if len(values) == 2 else None


def settled(number: Number, surface: str, kind: str, *, otherwise: bool) -> Number:
    """``number`` of class ``kind`` with its comma understood.

    A count is read in thousands, in doubt where the text uses the comma ``otherwise``; a measure
    keeps its decimals, in doubt.
    """
    if number.percent or kind in ("", "none", "percent") or not has_three(surface):
        return number
    read = None if kind in _DIVISIBLE or number.multiplier > 1 else thousands(surface)
    if read is None:
        return replace(number, doubtful=True)
    value, denominator = read
    doubtful = number.doubtful or otherwise
    return replace(number, value=value, denominator=denominator, decimals=0, doubtful=doubtful)
