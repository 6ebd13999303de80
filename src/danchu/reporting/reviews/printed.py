"""What an issued report printed of a figure where an officer's sentence gave another number."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.telling import matters_of, names_matter
from danchu.reporting.reading.extraction import Held, against_held, numbers_given, read_text

from .frozen_data import Difference
from .outline import Outline, Section


def as_printed(
    kept: Mapping[str, Any], changed: Sequence[Difference], outline: Outline
) -> list[Difference]:
    """The differences, each with what the issued text printed where it was not the figure.

    ``kept``: the issued report as its data keep it. What was reported is its figure; a person's
    sentence counts only where it stands in the section that prints the figure by ``outline``, and
    names it. Its annexes printed the figure all the same, which is told beside.
    """
    said = _said_otherwise(kept, printed_in(outline.sections))
    return [
        dataclasses.replace(item, before=f"{said[item.key]} (phụ lục: {item.before})")
        if item.key in said and item.before
        else item
        for item in changed
    ]


def printed_in(sections: Iterable[Section]) -> dict[str, set[str]]:
    """Section -> the indicators its own sentences print."""
    found: dict[str, set[str]] = {}
    for section in sections:
        keys = {key for sentence in section.sentences for key in sentence.keys}
        found.setdefault(section.id, set()).update(keys)
        for name, below in printed_in(section.children).items():
            found.setdefault(name, set()).update(below)
    return found


def _said_otherwise(
    kept: Mapping[str, Any], printed: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """Indicator -> the number that a person's sentence gave for it in the place of the figure."""
    held = {
        figure["key"]: [Held(value, "số liệu", "the figures")]
        for figure in kept["figures"]
        if (value := _exact(figure)) is not None
    }
    found: dict[str, str] = {}
    for section in kept["sections"]:
        own = {key: held[key] for key in printed.get(section["id"], ()) if key in held}
        worded = [one["text"] for one in section["paragraphs"] if one.get("edited")]
        for text in worded if own else ():
            surfaces = {number.start: number.surface for number in numbers_given(text)}
            for check in against_held(text, read_text(text), own):
                key, start = check.indicators[0], check.spans[-1][0]
                if check.verdict == "fail" and start in surfaces and _names(text, key):
                    found.setdefault(key, surfaces[start])
    return found


def _names(text: str, key: str) -> bool:
    """Whether a text names an indicator, by two words of its name that stand together."""
    meaning = definitions().get(key)
    return meaning is not None and names_matter(text, matters_of([meaning]))


def _exact(figure: Mapping[str, Any]) -> Fraction | None:
    if figure["amount"] is not None:
        return Fraction(figure["amount"], figure["scale"])
    if figure["numerator"] is not None and figure["denominator"]:
        return Fraction(100 * figure["numerator"], figure["denominator"])
    return None
