"""Which sentences of a signed report are left out of its reading copy.

A sentence that danchu composed is left out where it prints a number that is not told, or names a
small count's matter beside any number. What a person wrote is not known by its numbers alone: a
count may stand there as "2" or "ba". In a report that holds something back, each of their
sentences with a number that is no told figure is left out, and each that names such a matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from danchu.core.documents import Run
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.telling import has_count, matters_of, names_matter

_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Held:
    """What a report does not tell: references and amounts of its hidden figures, and how the
    matters of its small counts are named."""

    refs: frozenset[str]
    amounts: frozenset[int]
    matters: tuple[str, ...]


def held_of(
    data: Mapping[str, Any], withheld: Collection[str], small: Iterable[Definition]
) -> Held:
    """What the kept data of a report do not tell: ``withheld`` indicators, ``small`` counts."""
    hidden = [one for one in data["report"]["figures"] if one["key"] in withheld]
    return Held(
        frozenset(str(one["ref"]) for one in hidden),
        frozenset(one["amount"] // one["scale"] for one in hidden if one["amount"]),
        matters_of(small),
    )


def texts_of_people(data: Mapping[str, Any]) -> frozenset[str]:
    """The paragraphs and items of a kept report that a person worded or that were read."""
    sections = data["report"]["sections"]
    found = [one["text"] for row in sections for one in row["paragraphs"] if one.get("edited")]
    found += [
        one["text"] for row in sections for one in row["items"] if one["origin"] != "computed"
    ]
    return frozenset([*found, *data["report"].get("worded", ())])


def told_part(runs: Sequence[Run], held: Held, *, by_person: bool) -> tuple[str, bool]:
    """The sentences that are told, and whether any was left out."""
    sentences = list(_sentences(runs))
    touched = any(run.figure_ref in held.refs for run in runs if run.figure_ref)
    told = [
        one
        for one in sentences
        if not (_person_tells(one, held) if by_person else _composed_tells(one, held, touched))
    ]
    text = " ".join("".join(run.text for run in one).strip() for one in told)
    if len(told) == len(sentences):
        text = "".join(run.text for run in runs)
    return text, len(told) < len(sentences)


def tells_in_words(text: str, held: Held) -> bool:
    """Whether a text that a person wrote, outside the report's paragraphs, could tell."""
    return any(_person_tells(one, held) for one in _sentences((Run(text),)))


def _composed_tells(sentence: Sequence[Run], held: Held, touched: bool) -> bool:
    """``touched``: its paragraph prints a number that is not told."""
    if any(run.figure_ref in held.refs for run in sentence if run.figure_ref):
        return True
    printed = any(run.figure_ref for run in sentence)
    counted = has_count("".join(run.text for run in sentence if not run.figure_ref))
    return (touched and counted) or ((printed or counted) and _names(sentence, held))


def _person_tells(sentence: Sequence[Run], held: Held) -> bool:
    if any(run.figure_ref in held.refs for run in sentence if run.figure_ref):
        return True
    if _names(sentence, held):
        return True
    if any(_amount(run.text) in held.amounts for run in sentence if run.figure_ref):
        return True
    # Told figures stand apart, so that the words beside them do not run together.
    return has_count(" … ".join(run.text for run in sentence if not run.figure_ref))


def _names(sentence: Sequence[Run], held: Held) -> bool:
    return names_matter("".join(run.text for run in sentence), held.matters)


def _amount(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _sentences(runs: Sequence[Run]) -> Iterable[list[Run]]:
    """The runs cut where a sentence ends."""
    whole = "".join(run.text for run in runs)
    ends = [one.end() for one in _END.finditer(whole) if not whole[one.end()].islower()]
    ends.append(len(whole))
    start = 0
    for end in ends:
        yield _cut(runs, start, end)
        start = end


def _cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    found, at = [], 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(Run(text, figure_ref=run.figure_ref))
        at += len(run.text)
    return found
