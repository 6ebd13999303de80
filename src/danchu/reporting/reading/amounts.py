"""Values as read, in the smallest unit of their indicator."""

from __future__ import annotations

from fractions import Fraction

from danchu.reporting.figures.dictionary import Definition

LARGEST = 2**62  # smallest units


def smallest(value: int | Fraction, meaning: Definition) -> int:
    """A value in the indicator's smallest unit, half away from zero where it is finer still."""
    exact = Fraction(value) * meaning.scale
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    rounded = whole + (2 * rest >= exact.denominator)
    return -rounded if exact < 0 else rounded
