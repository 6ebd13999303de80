"""What an issued report printed of a figure where an officer's sentence gave another number."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from danchu.reporting.reading.extraction import Held, against_held, numbers_given, read_text

from .frozen_data import Difference
from .text_differences import said_by_people


def as_printed(kept: Mapping[str, Any], changed: Sequence[Difference]) -> list[Difference]:
    """The differences, each with what the issued text printed where it was not the figure.

    ``kept``: the issued report as its data keep it. Its annexes printed the figure all the same,
    which is told beside.
    """
    said = _said_otherwise(kept)
    return [
        dataclasses.replace(item, before=f"{said[item.key]} (phụ lục: {item.before})")
        if item.key in said and item.before
        else item
        for item in changed
    ]


def _said_otherwise(kept: Mapping[str, Any]) -> dict[str, str]:
    """Indicator -> the number that a person's sentence gave for it in the place of the figure."""
    held = {
        figure["key"]: [Held(value, "số liệu", "the figures")]
        for figure in kept["figures"]
        if (value := _exact(figure)) is not None
    }
    found: dict[str, str] = {}
    for text in sorted(said_by_people(kept)):
        surfaces = {number.start: number.surface for number in numbers_given(text)}
        for check in against_held(text, read_text(text), held):
            start = check.spans[-1][0]
            if check.verdict == "fail" and start in surfaces:
                found.setdefault(check.indicators[0], surfaces[start])
    return found


def _exact(figure: Mapping[str, Any]) -> Fraction | None:
    if figure["amount"] is not None:
        return Fraction(figure["amount"], figure["scale"])
    if figure["numerator"] is not None and figure["denominator"]:
        return Fraction(100 * figure["numerator"], figure["denominator"])
    return None
