"""What is usual: the median of a series and how far its values lie from it, exactly.

Robust: a single wild value moves neither much. Fewer than five values say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Usual:
    """The median of ``n`` values and their spread, in the indicator's printed unit."""

    median: Fraction
    spread: Fraction
    n: int
    source: str = ""  # the layer the values come from


def usual(values: Sequence[Fraction], source: str = "") -> Usual | None:
    """The median and the spread of a series; None for fewer than five values.

    The spread is the median of the distances from the median (MAD), but at least a tenth of
    the median and at least one: a series that never moved makes no small change strange.
    """
    if len(values) < FEWEST:
        return None
    middle = median(values)
    distance = median([abs(value - middle) for value in values])
    return Usual(middle, max(distance, abs(middle) / 10, Fraction(1)), len(values), source)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle. Raises ``ValueError`` for none."""
    if not values:
        raise ValueError("no median of nothing")
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
