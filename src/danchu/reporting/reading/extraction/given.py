"""The numbers a text gives as figures: not its dates, papers and ranks; plans are marked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from danchu.core.text.numbers import Found, Number, in_base

from .legal import read_legal_refs
from .mentions import Mention, mentions_of
from .model import Exact
from .segments import Document, segment
from .skipping import Skipping


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """One number of a text, in the unit figures are kept in (VND, m2, m, percent points).

    ``values``: what is stated: one value, both numbers of "a/b", both ends of a range.
    ``grain``: what one in the last printed place is worth.
    """

    surface: str
    start: int
    end: int
    values: tuple[Exact, ...]
    grain: Exact
    is_percent: bool
    is_planned: bool


def numbers_given(text: str) -> list[GivenNumber]:
    """The numbers of ``text`` that count or measure something, in order.

    "một" and "không có" are left out: they may be no more than an article or a manner of
    speaking. Numbers of what is planned, aimed at or asked for are marked.
    """
    document = segment(text)
    known = {mention.found.start: mention for mention in mentions_of(document)}
    skipping = Skipping(document)
    cited = [(ref.char_start, ref.char_end) for ref in read_legal_refs(document, None)]
    return [
        _given(found, skipping.is_planned(known.get(found.start) or _bare(document, found)))
        for found in document.numbers
        if found.kind == "quantity"
        and not (found.number.spelled and found.number.value <= 1)
        and not any(start <= found.start < end for start, end in cited)
    ]


def _bare(document: Document, found: Found) -> Mention:
    """A number that counts what no rule knows, with the words before it in its sentence."""
    sentence = document.sentence_at(found.start)
    mention = Mention(found, in_base(found.number), "other", found.end, sentence)
    mention.left = max(document.plain.rfind(";", sentence.start, found.start) + 1, sentence.start)
    mention.near_left = mention.number_left = mention.left
    mention.right = mention.clause_right = sentence.end
    return mention


def _given(found: Found, planned: bool) -> GivenNumber:
    number = in_base(found.number)
    stated = (
        [number.low, number.high] if number.low is not None else [number.value, number.denominator]
    )
    return GivenNumber(
        surface=found.surface,
        start=found.start,
        end=found.end,
        values=tuple(value for value in stated if value is not None),
        grain=_grain(found.number, number),
        is_percent=number.percent,
        is_planned=planned,
    )


def _grain(written: Number, kept: Number) -> Exact:
    times = Fraction(kept.value) / Fraction(written.value) if written.value else Fraction(1)
    return abs(times * Fraction(written.resolution))
