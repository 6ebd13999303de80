"""Numbers in an officer's sentence held against the numbers danchu has for the report.

Nothing is changed and nothing forbidden: a number that is not danchu's is told, and whoever
freezes the report gives the reason for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from .compose.annexes import column_name
from .compose.report import ComposedParagraph
from .figures import ReportFigure
from .printed import printed_in
from .prose import in_prose


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of a sentence that is not danchu's. ``known``: the figure danchu has for it, as it
    prints, "" where it has none; ``start`` and ``end`` count characters of the sentence;
    ``elsewhere``: another section of the report has the number."""

    surface: str
    known: str
    start: int
    end: int
    elsewhere: bool = False

    @property
    def vi(self) -> str:
        """The sentence about it."""
        if self.known:
            return f"Câu này có số {self.surface}, số liệu là {self.known}."
        if self.elsewhere:
            return f"Câu này có số {self.surface}, số liệu của phần này không có số đó."
        return f"Câu này có số {self.surface}, số liệu của kỳ này không có số đó."

    @property
    def en(self) -> str:
        """The same in English."""
        if self.known:
            return f"This sentence has {self.surface}; the figure is {self.known}."
        if self.elsewhere:
            return f"This sentence has {self.surface}, which is no figure of this section."
        return f"This sentence has {self.surface}, which is no figure of this period."


class _Numbers:
    """Counts and shares apart."""

    def __init__(self) -> None:
        self.counts: set[Fraction] = set()
        self.percents: set[Fraction] = set()

    def add(self, values: Iterable[int | Fraction], *, is_percent: bool) -> None:
        """More of one sort."""
        (self.percents if is_percent else self.counts).update(map(Fraction, values))

    def has(self, value: int | Fraction, number: GivenNumber) -> bool:
        """Whether one of them, as the number is rounded, is this value."""
        known = self.percents if number.is_percent else self.counts
        return any(_same(value, one, number.grain) for one in known)


class Known:
    """Every number danchu has for one report: what it prints, and what stands behind it.

    By indicator and by section, so that a sentence is held against the figures of its own.
    """

    def __init__(self, viewer: Actor, report: Report) -> None:
        self.figures = {figure.key: figure for figure in report.figures if figure.has_value}
        self.held = {
            key: [Held(value, "số liệu", "the figures")]
            for key, figure in self.figures.items()
            if (value := _exact(figure)) is not None
        }
        self.sections = printed_in(report.outline.outline.sections)
        self.everywhere = _Numbers()  # how many units there are, and how many gave
        self.of_key: defaultdict[str, _Numbers] = defaultdict(_Numbers)
        self.of_section: defaultdict[str, _Numbers] = defaultdict(_Numbers)
        for figure in self.figures.values():
            numbers = (figure.n_reported, figure.n_expected, figure.n_others)
            self.everywhere.add(numbers, is_percent=False)
        for key, (held,) in self.held.items():
            is_rate = self.figures[key].meaning.is_rate
            self.of_key[key].add([Fraction(held.value)], is_percent=is_rate)
        self._add_cells(viewer, report)
        for section, text in _composed(report):
            for given in numbers_given(text):
                self.of_section[section].add(given.values, is_percent=given.is_percent)
        for key, text in _cells(report):
            of = self.of_key[key] if key else self.everywhere
            for found in find_numbers(text):
                number = in_base(found.number)
                of.add([Fraction(number.value)], is_percent=bool(number.percent))

    def has(self, number: GivenNumber, section: str = "") -> bool:
        """Whether every value of the number, as it is rounded, is one of them.

        ``section``: only of the figures that this section of the report is about.
        """
        if section in self.sections:
            keys = self.sections[section]
            pools = [self.of_key[key] for key in keys if key in self.of_key]
            pools += [self.everywhere, self.of_section[section]]
        else:
            pools = [self.everywhere, *self.of_key.values(), *self.of_section.values()]
        return all(any(pool.has(value, number) for pool in pools) for value in number.values)

    def _add_cells(self, viewer: Actor, report: Report) -> None:
        """Values by dimension: the petitions about land, the boards of one kind."""
        meanings = definitions()
        for (_layer, key, _dimension), value in values(
            viewer, report.unit.id, report.period, level=report.unit.level
        ).items():
            if key in meanings and value.amount is not None and value.state in _WITH_VALUE:
                exact = Fraction(value.amount, meanings[key].scale)
                self.of_key[key].add([exact], is_percent=meanings[key].is_rate)


_WITH_VALUE = (CellState.REPORTED, CellState.ZERO)


def doubts_of(
    text: str, known: Known, *, composed: str = "", section: str = "", plans: bool = False
) -> list[Doubt]:
    """The numbers of ``text`` that are none danchu has, in their order.

    ``composed``: what danchu has composed in the sentence's place. A number that the text gives
    for an indicator is held against that indicator; one that stands where danchu prints another
    is held against that; any other need only be known, in its ``section`` where it has one. Numbers
    of what is only planned are left, and all but those of an indicator where the sentence is
    about ``plans``.
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
        elif not plans and not known.has(number, section):
            found.append(replace(_doubt(number, ""), elsewhere=known.has(number)))
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


def _composed(report: Report) -> Iterable[tuple[str, str]]:
    """The sentences that danchu itself composes in this report, each with its section."""
    for section in report.sections:
        for paragraph in section.paragraphs:
            yield section.id, _said(paragraph)
    for paragraph in (*report.opening, *report.closing):
        yield "", _said(paragraph)


def _said(paragraph: ComposedParagraph) -> str:
    return paragraph.composed or (paragraph.text if paragraph.origin == "computed" else "")


def _cells(report: Report) -> Iterable[tuple[str, str]]:
    """The numbers of its tables, each with its indicator; "" for how many units there are."""
    for row in report.comparison:
        yield row.figure.key, row.before
        yield row.figure.key, row.change
    tables = report.outline.outline.annexes
    named = {column_name(key, english=False): key for one in tables for key in one.columns}
    for annex in report.annexes:
        for line in (*annex.rows, annex.total):
            for name, text in zip(annex.columns, line[1:], strict=True):
                if text:
                    yield named[name], text
    for own in report.own:
        yield own.meaning.key, own.text
    if report.round is not None:
        expected, missing = report.round.expected, len(report.round.missing)
        yield from (("", str(n)) for n in (expected, missing, expected - missing))
