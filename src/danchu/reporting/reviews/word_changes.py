"""A DOCX that somebody went on with in Word, held against the paper danchu made, line by line.

Nothing of it is taken over by itself, and figures never: what differs is told to a person.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from danchu.core.text.numbers import find_numbers
from danchu.core.unpacking import DAMAGE_OR_LACK
from danchu.reporting.reading.extraction import extract_text

_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)
_MOST_PROPERTIES = 100_000  # bytes
_ALIKE = 0.5  # of two lines that are one sentence changed
_MOST_PAIRS = 4_000  # beyond it lines are paired by their order


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of the paper that differs: "" before where it was added, after where it was left out.

    ``numbers``: those that differ in it, as (before, after), "" where there is none.
    """

    before: str
    after: str
    numbers: tuple[tuple[str, str], ...] = ()


def word_changes(made: bytes, given: bytes, name: str) -> list[LineChange]:
    """What differs between the DOCX danchu made and the one that came back, in its order.

    Tracked changes count as accepted. Raises ``BadInput`` when the file cannot be read.
    """
    pairs = differing_lines(_lines(made, "danchu.docx"), _lines(given, name))
    return [_change(*pair) for pair in pairs]


def differing_lines(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """The lines that differ: "" before where one was added, after where one was left out."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from _pairs(before[a:b], after[c:d])


def paper_title(data: bytes) -> str:
    """What the file of a paper says that it is; "" where it says nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = package.read("docProps/core.xml")[:_MOST_PROPERTIES].decode()
    except DAMAGE_OR_LACK:
        return ""
    found = _TITLE.search(text)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def numbers_changed(changes: Sequence[LineChange]) -> int:
    """How many numbers differ in all."""
    return sum(len(change.numbers) for change in changes)


def as_kept(changes: Sequence[LineChange]) -> list[dict[str, Any]]:
    """The changes as JSON keeps them."""
    return [asdict(change) for change in changes]


def from_kept(rows: Sequence[Mapping[str, Any]]) -> tuple[LineChange, ...]:
    """The changes that :func:`as_kept` wrote."""
    return tuple(
        LineChange(row["before"], row["after"], tuple((a, b) for a, b in row["numbers"]))
        for row in rows
    )


def _lines(data: bytes, name: str) -> list[str]:
    """The lines with something in them; the mark that ends the paper is not part of a sentence."""
    lines = (" ".join(line.split()) for line in extract_text(data, name).text.split("\n"))
    return [f"{line[:-3]}." if line.endswith("./.") else line for line in lines if line]


def _pairs(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Which of the lines is which, in order: what is like none is left out or added."""
    if len(before) * len(after) > _MOST_PAIRS:
        most = max(len(before), len(after))
        return [
            (before[n] if n < len(before) else "", after[n] if n < len(after) else "")
            for n in range(most)
        ]
    found: list[tuple[str, str]] = []
    at = 0
    for line in before:
        like = [(_likeness(line, other), -n, n) for n, other in enumerate(after[at:], start=at)]
        best = max(like, default=(0.0, 0, 0))
        if best[0] < _ALIKE:
            found.append((line, ""))
            continue
        found += [("", other) for other in after[at : best[2]]]
        found.append((line, after[best[2]]))
        at = best[2] + 1
    return found + [("", other) for other in after[at:]]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _change(before: str, after: str) -> LineChange:
    """The two lines with the numbers that differ where their words do."""
    had, has = _in_words(before), _in_words(after)
    numbers: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, had, has, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            lost = [word for word, is_number in had[a:b] if is_number]
            added = [word for word, is_number in has[c:d] if is_number]
            numbers += zip_longest(lost, added, fillvalue="")
    return LineChange(before, after, tuple(numbers))


def _in_words(line: str) -> list[tuple[str, bool]]:
    """The words of a line, and whether each is a number."""
    found: list[tuple[str, bool]] = []
    at = 0
    for number in find_numbers(line):
        found += [(word, False) for word in line[at : number.start].split()]
        found.append((number.surface, True))
        at = number.end
    return found + [(word, False) for word in line[at:].split()]
