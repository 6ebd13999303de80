"""Numbers that a spreadsheet keeps as text, as cells pasted from elsewhere often are."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

# Digits alone, or with what Vietnamese writing puts among them: "1.234.567", "12,5". One dot or a
# comma before three digits is a thousand to one and three decimals to another.
_WHOLE = re.compile(r"[0-9]{1,16}", re.ASCII)
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,5})(?:,([0-9]{1,6}))?", re.ASCII)
_DECIMAL = re.compile(r"([0-9]{1,16}|[1-9][0-9]{0,2}\.[0-9]{3}),([0-9]{1,2})", re.ASCII)
_EITHER = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})", re.ASCII)


class NumberInText(NamedTuple):
    """A number read from text; ``value`` None: it may be either of ``readings``."""

    value: Decimal | None
    readings: tuple[str, str] = ("", "")


def number_in_text(text: str) -> NumberInText | None:
    """The number that a text is, None for what is none.

    Nothing is guessed: "1.234" may be a thousand or one and something.
    """
    said = "".join(text.split())
    if _WHOLE.fullmatch(said):
        return NumberInText(Decimal(said))
    found = _GROUPED.fullmatch(said) or _DECIMAL.fullmatch(said)
    if found is not None:
        whole = found[1].replace(".", "")
        return NumberInText(Decimal(f"{whole}.{found[2]}" if found[2] else whole))
    either = _EITHER.fullmatch(said)
    if either is not None:
        return NumberInText(None, (f"{either[1]}{either[2]}", f"{either[1]},{either[2]}"))
    return None
