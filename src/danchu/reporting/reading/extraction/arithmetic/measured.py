""" "2,5 tỷ đồng (2.500 triệu đồng)": one quantity told in two units beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from .amounts import Amount
from .passages import Passage
from .saying import check, verdict_of

_UNITS = frozenset(("VND", "m2", "m3", "m", "kg"))
_OPENS = re.compile(r"^ ?\( ?(?:(?:tức|hay|bằng|tương đương|tương ứng)(?: là| với)? )?$")
_SAYS = re.compile(r"^,? (?:tức(?: là)?|hay(?: là)?) $")
_CLOSES = re.compile(r" ?\)")
_DIGITS = re.compile(r"^[\W\d_]+")


def measured_twice(passage: Passage) -> Iterator[Check]:
    """A check for each quantity whose other unit stands straight behind it."""
    for one, other in zip(passage.amounts, passage.amounts[1:], strict=False):
        if one.unit not in _UNITS or one.unit != other.unit:
            continue
        if not (one.is_plain and other.is_plain):
            continue
        link = passage.plain[one.end : other.start]
        opened = _OPENS.match(link) and _CLOSES.match(passage.plain, other.end, passage.end)
        if not opened and not _SAYS.match(link):
            continue
        words = [_DIGITS.sub("", passage.plain[a.start : a.end]) for a in (one, other)]
        if words[0] == words[1]:
            continue  # of one unit the second is a part, or another thing
        yield _judged(passage, one, other)


def _judged(passage: Passage, one: Amount, other: Amount) -> Check:
    said, again = (passage.written[a.start : a.end].strip() for a in (one, other))
    off = abs(Fraction(one.value) - Fraction(other.value))
    fits = off <= max(_half(passage, one), _half(passage, other))
    words = (
        (
            f"“{said}” và “{again}” là một số theo hai đơn vị đo.",
            f"“{said}” and “{again}” are one quantity in two units.",
        )
        if fits
        else (
            f"“{said}” và “{again}” đứng cạnh nhau mà không bằng nhau.",
            f"“{said}” and “{again}” stand beside each other and are not equal.",
        )
    )
    return check("units", verdict_of(fits, [one, other]), words, [other, one], other.value)


def _half(passage: Passage, amount: Amount) -> Fraction:
    """Half of the last digit that is printed; nothing for a whole number of its unit."""
    if not amount.decimals:
        return Fraction(0)
    number = re.search(r"\d[\d.]*(?:,\d+)?", passage.plain[amount.start : amount.end])
    if number is None:
        return Fraction(0)
    printed = Fraction(number[0].replace(".", "").replace(",", "."))
    scale = Fraction(amount.value) / printed if printed else Fraction(0)
    return abs(scale) * Fraction(1, 2 * 10**amount.decimals)
