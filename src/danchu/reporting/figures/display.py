"""How a value is written: exact numbers become text here and nowhere else (decision 15)."""

from __future__ import annotations

from fractions import Fraction

from danchu.core.text import format_number, format_percent

from .dictionary import Definition

NOT_TOLD = "không công bố"
SMALL = 5  # counts of people under this are not shown in sensitive matters


def amount_text(definition: Definition, amount: int) -> str:
    """An amount in the indicator's smallest unit, as printed: "1.246", "2,5", "95,8%"."""
    value = amount if definition.scale == 1 else Fraction(amount, definition.scale)
    text = format_number(value, decimals=definition.decimals)
    return f"{text}%" if definition.is_rate else text


def public_amount_text(definition: Definition, amount: int) -> str:
    """The same for people outside the unit: small counts in sensitive matters are hidden."""
    if definition.sensitive and 0 < amount < SMALL * definition.scale:
        return "dưới 5"
    return amount_text(definition, amount)


def rate_text(definition: Definition, numerator: int, denominator: int) -> str:
    """A percentage made from its two numbers, half away from zero; "" when there is no base."""
    if denominator == 0:
        return ""
    return format_percent(numerator, denominator, definition.decimals or 1)


def change_text(now: int, before: int) -> str:
    """Rise or fall against an earlier number: "+41%", "−12,5%", "không đổi"; "" from nought."""
    if before == 0:
        return "" if now else "không đổi"
    if now == before:
        return "không đổi"
    text = format_percent(abs(now - before), before, 1)
    return f"+{text}" if now > before else f"−{text}"
