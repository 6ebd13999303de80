"""Dots and lines to write on within the words of a cell: "Tên đơn vị: …………"."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from danchu.core.text import format_number

# Not the dots of an unfinished list: "v.v...", "Khác…".
_BLANK = re.compile(
    r"\.(?: ?[.…‥]){3,}|[…‥](?: ?[.…‥])+|_(?: ?_){2,}|(?<=[:(])\s*(?:…|\.{3})(?=\s|[);,]|$)"
    r"|(?<=\s)…(?=\s\w)"
)
_PLACES = 6  # decimals written into words at most


def blank_in(text: str) -> tuple[int, int] | None:
    """Where the one blank of a text stands; None for none and for several."""
    found = list(_BLANK.finditer(text))
    return found[0].span() if len(found) == 1 else None


def into_blank(text: str, value: Decimal | str) -> str:
    """The text with a value in the place of its blank, a space around it as between words.

    Raises ``ValueError`` for a text that :func:`blank_in` finds no blank in.
    """
    span = blank_in(text)
    if span is None:
        raise ValueError("a text without a blank")
    before, after = text[: span[0]], text[span[1] :]
    left = "" if not before or before[-1].isspace() or before[-1] == "(" else " "
    right = " " if after[:1].isalnum() else ""
    return f"{before}{left}{_said(value)}{right}{after}"


def _said(value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    return format_number(Fraction(value), decimals=_PLACES)
