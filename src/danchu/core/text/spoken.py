"""Numbers as official papers print them and as they are read aloud."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from danchu.core.errors import BadInput
from danchu.core.text.numbers.model import Exact

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SIZES = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))
_LIMIT = 10**18


def _group(number: int, *, padded: bool) -> list[str]:
    """A number below one thousand; ``padded`` names the empty hundreds."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or padded else []
    if not rest:
        return words
    if tens == 0:
        return [*words, *(["linh"] if words else []), _DIGITS[ones]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(_DIGITS[ones])
    return words


def _below_billion(number: int, *, padded: bool) -> list[str]:
    words: list[str] = []
    for size, name in _SIZES:
        group, number = divmod(number, size)
        if group:
            words += _group(group, padded=padded or bool(words))
            words += [name] if name else []
    return words


def number_words(number: int) -> str:
    """The number read aloud: 1005010 is "một triệu không trăm linh năm nghìn không trăm mười".

    Groups of zeros are left out, empty hundreds inside are named. Below 10**18 in size; larger
    numbers raise BadInput.
    """
    if abs(number) >= _LIMIT:
        raise BadInput(
            "Số quá lớn, không đọc thành chữ được (phải nhỏ hơn một tỷ tỷ).",
            "The number is too large to be written in words (it must be below 10^18).",
            code="number_too_large",
        )
    if not number:
        return _DIGITS[0]
    billions, rest = divmod(abs(number), 10**9)
    words = ["âm"] if number < 0 else []
    if billions:
        words += [*_below_billion(billions, padded=False), "tỷ"]
    words += _below_billion(rest, padded=bool(billions))
    return " ".join(words)


def money_words(number: int, *, capital: bool = False) -> str:
    """An amount of VND in words, "hai mươi lăm triệu đồng"; ``capital`` for "Bằng chữ: Hai …"."""
    words = f"{number_words(number)} đồng"
    return words[:1].upper() + words[1:] if capital else words


def _rounded(value: Exact, decimals: int) -> int:
    """``value`` × 10**decimals, halves away from zero."""
    scale: int = 10**decimals
    if isinstance(value, int):
        return value * scale
    scaled = abs(Fraction(value)) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole if value >= 0 else -whole


def _places(value: Fraction) -> int | None:
    """Decimals an exact decimal notation of ``value`` takes; None when it has no end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def format_number(value: Exact, decimals: int | None = None) -> str:
    """The number as printed: 1246 is "1.246", 5/2 is "2,5".

    ``decimals`` is the most that are printed, rounded half away from zero; without it a number
    is printed exactly, or with two decimals when it has no end. Zeros at the end are dropped.
    """
    if decimals is None:
        places = _places(Fraction(value))
        decimals = 2 if places is None else places
    scaled = _rounded(value, decimals)
    whole, frac = divmod(abs(scaled), 10**decimals)
    tail = str(frac).zfill(decimals).rstrip("0") if frac else ""
    grouped = f"{whole:,}".replace(",", ".")
    return ("-" if scaled < 0 else "") + grouped + (f",{tail}" if tail else "")


def format_percent(numerator: Exact, denominator: Exact, decimals: int = 1) -> str:
    """The share as printed: 183 of 191 is "95,8%", 48 of 50 "96%".

    Rounded half away from zero to ``decimals``, zeros at the end dropped. A share of nothing
    does not exist: denominator 0 raises BadInput.
    """
    if not denominator:
        raise BadInput(
            "Không tính được tỷ lệ phần trăm vì mẫu số bằng 0.",
            "There is no percentage because the denominator is 0.",
            code="percent_of_nothing",
        )
    return format_number(Fraction(numerator) * 100 / Fraction(denominator), decimals) + "%"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def english_date(day: dt.date) -> str:
    """A day in an English sentence: 5 January 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_date(day: dt.date) -> str:
    """A day as official papers print it: 05/01/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
