"""Figures as sentences print them: "." groups thousands, "," is the decimal mark."""

from __future__ import annotations

from fractions import Fraction

from .model import Exact


def rounded(value: Exact, decimals: int) -> Fraction:
    """``value`` to ``decimals`` places, half away from zero (DESIGN decision 15)."""
    scaled = abs(Fraction(value)) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    result = Fraction(whole, 10**decimals)
    return -result if value < 0 else result


def printed(value: Exact, decimals: int | None = None) -> str:
    """A figure for a Vietnamese sentence; ``decimals`` at most, without trailing zeros."""
    places = 4 if decimals is None else decimals
    number = rounded(value, places)
    whole, rest = divmod(abs(number), 1)
    text = f"{int(whole):,}".replace(",", ".")
    digits = f"{int(rest * 10**places):0{places}d}".rstrip("0") if places else ""
    sign = "-" if number < 0 else ""
    return f"{sign}{text},{digits}" if digits else f"{sign}{text}"


def decimals_of(digits: str) -> int:
    """How many decimals a figure was printed with: 2 for "90,49%"."""
    _, mark, rest = digits.partition(",")
    return len([c for c in rest if c.isdigit()]) if mark else 0
