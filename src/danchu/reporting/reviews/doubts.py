"""Numbers in an officer's sentence held against the numbers danchu has for the report.

Nothing is changed and nothing forbidden: a number that is not danchu's is told, and whoever
freezes the report gives the reason for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from danchu.core.contracts import Actor
from danchu.core.text.numbers import find_numbers, in_base
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import definitions, values
from danchu.reporting.reading.extraction import (
    GivenNumber,
    Held,
    against_held,
    numbers_given,
    read_text,
)

from .compose import Report
from .figures import ReportFigure
from .prose import in_prose


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of a sentence that is not danchu's. ``known``: the figure danchu has for it, as it
    prints, "" where it has none; ``start`` and ``end`` count characters of the sentence."""

    surface: str
    known: str
    start: int
    end: int

    @property
    def vi(self) -> str:
        """The sentence about it."""
        if self.known:
            return f"Câu này có số {self.surface}, số liệu là {self.known}."
        return f"Câu này có số {self.surface}, số liệu của kỳ này không có số đó."

    @property
    def en(self) -> str:
        """The same in English."""
        if self.known:
            return f"This sentence has {self.surface}; the figure is {self.known}."
        return f"This sentence has {self.surface}, which is no figure of this period."


class Known:
    """Every number danchu has for one report: what it prints, and what stands behind it."""

    def __init__(self, viewer: Actor, report: Report) -> None:
        self.figures = {figure.key: figure for figure in report.figures if figure.has_value}
        self.held = {
            key: [Held(value, "số liệu", "the figures")]
            for key, figure in self.figures.items()
            if (value := _exact(figure)) is not None
        }
        self.counts: set[Fraction] = set()
        self.percents: set[Fraction] = set()
        for figure in self.figures.values():
            numbers = (figure.n_reported, figure.n_expected, figure.n_others)
            self.counts.update(map(Fraction, numbers))
        for key, (held,) in self.held.items():
            known = self.percents if self.figures[key].meaning.is_rate else self.counts
            known.add(Fraction(held.value))
        self._add_cells(viewer, report)
        for text in _composed(report):
            for given in numbers_given(text):
                known = self.percents if given.is_percent else self.counts
                known.update(Fraction(value) for value in given.values)
        for cell in _cells(report):
            for found in find_numbers(cell):
                number = in_base(found.number)
                known = self.percents if number.percent else self.counts
                known.add(Fraction(number.value))

    def has(self, number: GivenNumber) -> bool:
        """Whether every value of the number, as it is rounded, is one of them."""
        known = self.percents if number.is_percent else self.counts
        return all(any(_same(value, one, number.grain) for one in known) for value in number.values)

    def _add_cells(self, viewer: Actor, report: Report) -> None:
        """Values by dimension: the petitions about land, the boards of one kind."""
        meanings = definitions()
        for (_layer, key, _dimension), value in values(
            viewer, report.unit.id, report.period, level=report.unit.level
        ).items():
            if key in meanings and value.amount is not None and value.state in _WITH_VALUE:
                known = self.percents if meanings[key].is_rate else self.counts
                known.add(Fraction(value.amount, meanings[key].scale))


_WITH_VALUE = (CellState.REPORTED, CellState.ZERO)


def doubts_of(text: str, known: Known, *, composed: str = "", plans: bool = False) -> list[Doubt]:
    """The numbers of ``text`` that are none danchu has, in their order.

    ``composed``: what danchu has composed in the sentence's place. A number that the text gives
    for an indicator is held against that indicator; one that stands where danchu prints another
    is held against that; any other need only be known. Numbers of what is only planned are left,
    and all but those of an indicator where the sentence is about ``plans``.
    """
    given = numbers_given(text)
    # What reading takes wrongly in danchu's own sentence it takes wrongly in this one too.
    misread = {
        check.indicators[0]
        for check in (against_held(composed, read_text(composed), known.held) if composed else ())
        if check.verdict == "fail"
    }
    read = {
        check.spans[-1][0]: check
        for check in against_held(text, read_text(text), known.held)
        if check.indicators[0] not in misread
    }
    there = numbers_given(composed)
    beside = _beside(text, composed, given, there)
    found = []
    for number in given:
        check = read.get(number.start)
        if check is not None and check.verdict == "fail":
            found.append(_doubt(number, in_prose(known.figures[check.indicators[0]], "vi")))
        elif check is not None or number.is_planned or _among(number, there):
            continue
        elif number.start in beside:
            found.append(_doubt(number, beside[number.start].surface))
        elif not plans and not known.has(number):
            found.append(_doubt(number, ""))
    return found


def renumbered(text: str, over: str, composed: str) -> str | None:
    """The officer's text with the numbers that changed from ``over`` to ``composed`` exchanged.

    Of numbers that ``over`` printed alike the one is meant that the same word follows. None where
    that does not tell which, or nothing is exchanged.
    """
    old = numbers_given(over)
    changed = _beside(over, composed, old, numbers_given(composed))
    printed = [
        (number.surface, _following(over, number), changed.get(number.start, number).surface)
        for number in old
    ]
    made, at = [], 0
    for number in numbers_given(text):
        alike = [row for row in printed if row[0] == number.surface]
        alike = [row for row in alike if row[1] == _following(text, number)] or alike
        now = {row[2] for row in alike}
        if len(now) > 1:
            return None
        made += [text[at : number.start], *(now or {number.surface})]
        at = number.end
    said = "".join([*made, text[at:]])
    return said if said != text else None


def _following(text: str, number: GivenNumber) -> str:
    words = text[number.end :].split(maxsplit=1)
    return words[0].strip(".,;:()").casefold() if words else ""


def _doubt(number: GivenNumber, known: str) -> Doubt:
    return Doubt(number.surface, known, number.start, number.end)


def _exact(figure: ReportFigure) -> Fraction | None:
    if figure.amount is not None:
        return Fraction(figure.amount, figure.meaning.scale)
    if figure.numerator is not None and figure.denominator:
        return Fraction(100 * figure.numerator, figure.denominator)
    return None


def _same(one: int | Fraction, other: Fraction, grain: int | Fraction) -> bool:
    step = Fraction(grain)
    return _half_up(Fraction(one) / step) == _half_up(other / step)


def _half_up(value: Fraction) -> int:
    """The nearest whole number, half away from zero (DESIGN decision 15)."""
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def _among(number: GivenNumber, others: list[GivenNumber]) -> bool:
    return any(_alike(number, other) for other in others)


def _alike(one: GivenNumber, other: GivenNumber) -> bool:
    return one.values == other.values and one.is_percent == other.is_percent


def _beside(
    text: str, composed: str, given: list[GivenNumber], there: list[GivenNumber]
) -> Mapping[int, GivenNumber]:
    """start of a number -> the one that the composed text prints between the same words."""
    mine, theirs = _in_words(text, given), _in_words(composed, there)
    found: dict[int, GivenNumber] = {}
    matcher = SequenceMatcher(
        None, [word for word, _ in mine], [word for word, _ in theirs], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace":
            continue
        ours = [number for _, number in mine[a:b] if number is not None]
        printed = [number for _, number in theirs[c:d] if number is not None]
        if len(ours) == len(printed):
            found.update(
                {
                    number.start: other
                    for number, other in zip(ours, printed, strict=True)
                    if not _alike(number, other)
                }
            )
    return found


def _in_words(text: str, numbers: list[GivenNumber]) -> list[tuple[str, GivenNumber | None]]:
    """The words of a text, a number one word whatever it is written with."""
    found: list[tuple[str, GivenNumber | None]] = []
    at = 0
    for number in numbers:
        found += [(word.casefold(), None) for word in text[at : number.start].split()]
        found.append((number.surface, number))
        at = number.end
    return found + [(word.casefold(), None) for word in text[at:].split()]


def _composed(report: Report) -> Iterable[str]:
    """The sentences that danchu itself composes in this report."""
    of_sections = (paragraph for section in report.sections for paragraph in section.paragraphs)
    for paragraph in (*report.opening, *of_sections, *report.closing):
        yield paragraph.composed or (paragraph.text if paragraph.origin == "computed" else "")
    for row in report.comparison:
        yield row.change


def _cells(report: Report) -> Iterable[str]:
    """The numbers of its tables."""
    for row in report.comparison:
        yield row.before
    for annex in report.annexes:
        for line in (*annex.rows, annex.total):
            yield from filter(None, line[1:])
    for own in report.own:
        yield own.text
    if report.round is not None:
        expected, missing = report.round.expected, len(report.round.missing)
        yield from (str(expected), str(missing), str(expected - missing))
