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


@dataclass(frozen=True, slots=True)
class Last:
    """The least and the most of the ``n`` values of the same period last year and the one before.

    In the indicator's printed unit. One value is enough: it tells a slip of the hand from a
    number of the usual size, nothing finer.
    """

    least: Fraction
    most: Fraction
    n: int
    source: str = ""  # the layer the values come from


def usual(values: Sequence[int], source: str = "", *, scale: int = 1) -> Usual | None:
    """The median and the spread of a series; None for fewer than five values.

    ``values`` in the indicator's smallest unit, ``scale`` of which make one printed unit. The
    spread is the median of the distances from the median (MAD), but at least a tenth of the
    median and at least one printed unit: a series that never moved makes no small change
    strange.
    """
    if len(values) < FEWEST:
        return None
    # Twice the median and four times the MAD are whole numbers.
    twice = _twice_the_middle(sorted(values))
    four_times = _twice_the_middle(sorted(abs(2 * value - twice) for value in values))
    middle, distance = Fraction(twice, 2 * scale), Fraction(four_times, 4 * scale)
    return Usual(middle, max(distance, abs(middle) / 10, Fraction(1)), len(values), source)


def _twice_the_middle(ordered: Sequence[int]) -> int:
    half = len(ordered) // 2
    return 2 * ordered[half] if len(ordered) % 2 else ordered[half - 1] + ordered[half]
