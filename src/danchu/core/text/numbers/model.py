"""What a number read from a text is: an exact value and everything written around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Exact = int | Fraction
Kind = Literal["quantity", "date", "year", "document", "ordinal", "time"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a person wrote it, exact; never a float.

    ``value`` has the words of size applied: "2,5 tỷ đồng" is 2500000000. Lengths, areas and
    weights stay in the unit they were written in; :func:`in_base` converts them.
    In a range ``value`` is the lower end, which is what the text at least claims.
    """

    value: Exact
    denominator: Exact | None = None
    """``b`` of "a/b", scaled like ``value``."""
    low: Exact | None = None
    high: Exact | None = None
    approx: bool = False
    """Written with hơn, trên, gần, khoảng and the like; the value is the one written."""
    percent: bool = False
    unit: str = ""
    """The unit in lower case, with a single word of size: "ha", "%", "tỷ đồng", "tỷ"."""
    multiplier: int = 1
    """Worth of the last word of size: 10**9 for "2,5 tỷ", 10**6 for "2 tỷ 350 triệu"."""
    decimals: int = 0
    """Digits printed after the decimal comma, before the word of size."""
    spelled: bool = False
    """Written in words; "một" may then be no more than an article."""
    doubtful: bool = False
    """Written against the rules ("12.34", "1.6430", "một trăm hai"): a person should look."""

    @property
    def resolution(self) -> Exact:
        """Worth of one in the last printed place: 1/10 for "95,8 %", 10**8 for "2,5 tỷ"."""
        return exact(Fraction(self.multiplier, 10**self.decimals))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The parts of a date that a text gives; what it does not give is ``None``."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text. ``start`` and ``end`` count code points; ``end`` is exclusive.

    ``kind`` tells amounts from numbers that name or date something:
    ``quantity`` · ``date`` (day or month) · ``year`` · ``time`` (of the clock) ·
    ``document`` (a symbol or number of a paper) · ``ordinal`` (articles, sections, numbered
    places, telephone numbers). ``lead`` is where the word of approximation before the number
    begins, else equal to ``start``.
    """

    number: Number
    kind: Kind
    start: int
    end: int
    surface: str
    lead: int
    date: PartialDate | None = None

    @property
    def value(self) -> Exact:
        """Short for ``number.value``."""
        return self.number.value


def exact(value: Exact) -> Exact:
    """The same number, an ``int`` when it is whole."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


_M2, _M, _KG, _HOUR = "m2", "m", "kg", "giờ"
# Sào, mẫu and công are left out: their size differs between the regions.
_BASE: dict[str, tuple[Fraction, str]] = {
    "ha": (Fraction(10**4), _M2),
    "hecta": (Fraction(10**4), _M2),
    "héc-ta": (Fraction(10**4), _M2),
    "héc ta": (Fraction(10**4), _M2),
    "km2": (Fraction(10**6), _M2),
    "km²": (Fraction(10**6), _M2),
    "m2": (Fraction(1), _M2),
    "m²": (Fraction(1), _M2),
    "mét vuông": (Fraction(1), _M2),
    "km": (Fraction(1000), _M),
    "ki-lô-mét": (Fraction(1000), _M),
    "m": (Fraction(1), _M),
    "mét": (Fraction(1), _M),
    "cm": (Fraction(1, 100), _M),
    "m3": (Fraction(1), "m3"),
    "m³": (Fraction(1), "m3"),
    "mét khối": (Fraction(1), "m3"),
    "tấn": (Fraction(1000), _KG),
    "tạ": (Fraction(100), _KG),
    "kg": (Fraction(1), _KG),
    "tiếng": (Fraction(1), _HOUR),
    "tiếng đồng hồ": (Fraction(1), _HOUR),
    "giờ": (Fraction(1), _HOUR),
    "phút": (Fraction(1, 60), _HOUR),
    "đồng": (Fraction(1), "VND"),
    "đ": (Fraction(1), "VND"),
    "vnđ": (Fraction(1), "VND"),
    "vnd": (Fraction(1), "VND"),
    "%": (Fraction(1), "%"),
    "phần trăm": (Fraction(1), "%"),
}
_SIZES = ("tỷ", "tỉ", "triệu", "tr", "tr.", "nghìn", "ngàn", "vạn", "trăm", "chục")


def bare_unit(unit: str) -> str:
    """The unit without its words of size: "nghìn tỷ đồng" is "đồng", "tỷ" is ""."""
    words = unit.split()
    while words and words[0] in _SIZES:
        words.pop(0)
    return " ".join(words)


def in_base(number: Number) -> Number:
    """The same amount in the unit figures are kept in.

    Areas in m2, lengths in m, volumes in m3, weights in kg, durations in giờ, money in VND;
    any other unit is kept without its word of size. "1.234,5 ha" is 12345000 m2.
    """
    written = bare_unit(number.unit)
    factor, unit = _BASE.get(written, (Fraction(1), written))
    amounts = (number.value, number.denominator, number.low, number.high)
    if factor == 1 and not any(isinstance(amount, Fraction) for amount in amounts):
        return number if unit == number.unit else replace(number, unit=unit)

    def scaled(value: Exact | None) -> Exact | None:
        return None if value is None else exact(value * factor)

    return replace(
        number,
        value=exact(number.value * factor),
        denominator=scaled(number.denominator),
        low=scaled(number.low),
        high=scaled(number.high),
        unit=unit,
    )
