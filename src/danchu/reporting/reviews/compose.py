"""Composing the six-month report of a unit from its figures, findings and the outline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal as Choice

from danchu.core.accounts.installation import is_demonstration
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.units.selectors import UnitOnDay, unit_on
from danchu.reporting.figures.display import change_text
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import open_period, period_for
from danchu.reporting.reading.selectors import findings_of, sources_of
from danchu.reporting.rounds.selectors import RoundView, round_of

from .earlier import compared_period, period_name
from .figures import ReportFigure, report_figures, report_figures_of
from .ground import Ground, OwnLine, ground_of, opening_words, own_lines
from .issuers import IssuerView, issuer_of
from .notes import notes_of
from .outline import (
    AnnexTable,
    DatedLine,
    Literal,
    Optional,
    Outline,
    Part,
    Section,
    Slot,
    outlines,
)

LayoutName = Choice["state", "party"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: words, or a printed figure with its reference."""

    text: str
    figure: ReportFigure | None = None


@dataclass(frozen=True, slots=True)
class ComposedParagraph:
    """A paragraph; ``origin`` tells whether it was computed, read or written."""

    pieces: tuple[Piece, ...]
    origin: Choice["computed", "read", "written", "empty"] = "computed"

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ComposedSection:
    """A section with its number in its layout; ``depth`` 1 is a main section."""

    id: str
    number: str
    title: str
    depth: int
    paragraphs: tuple[ComposedParagraph, ...]
    items: tuple[ComposedParagraph, ...]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure beside the same period of the year before."""

    figure: ReportFigure
    before: str
    change: str


@dataclass(frozen=True, slots=True)
class AnnexOfUnits:
    """An annex table: a row for each unit below, and a column for each indicator.

    ``total`` is the row of the whole: the sum of the rows where they were handed in; where the
    figures come from records, what the unit and its own offices did is in it too.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A composed report, before any format."""

    unit: UnitOnDay
    period: Period
    period_label: str
    layout: LayoutName
    language: str
    issuer: IssuerView
    is_reference: bool
    is_demonstration: bool
    written_on: dt.date
    title: str
    basis: tuple[str, ...]
    opening: tuple[ComposedParagraph, ...]
    sections: tuple[ComposedSection, ...]
    closing: tuple[ComposedParagraph, ...]
    figures: tuple[ReportFigure, ...]
    comparison: tuple[ComparisonRow, ...]
    compared_with: str
    round: RoundView | None
    ground: Ground
    own: tuple[OwnLine, ...]
    annexes: tuple[AnnexOfUnits, ...]
    sources: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def compose(
    *,
    viewer: Actor,
    code: str,
    period_code: str,
    layout: LayoutName | None = None,
    structure_on: dt.date | None = None,
    language: str = "vi",
) -> Report:
    """The report of the unit that holds ``code`` on the last day of the period.

    ``layout`` None takes the issuing body's; any other gives a paper for reference.
    ``structure_on`` reads the code on another day. Needs ``reports.read`` over the unit, except
    where a report of that unit was published. Raises ``NotFound`` and ``BadInput``.
    """
    span = period_span(period_code)
    unit = unit_on(code, structure_on or span.end)
    known = period_for(viewer, unit.id, span.code)
    sources = sources_of(viewer, unit.id, known) if known else []
    if not sources:
        require(viewer, "reports.read", unit.id)
    period = known or open_period(span.code)
    label = period_name(span, language)
    issuer = issuer_of(unit, today())
    chosen: LayoutName = layout or issuer.layout
    outline = outlines()[chosen]
    figures = report_figures(viewer, unit.id, unit.level, unit.code, period)
    findings = _findings(viewer, unit.id, period)
    say = _Saying(
        unit.level,
        period.end,
        language,
        # What an old text leaves out was not asked of it; a report from records says what lacks.
        tells_missing=not figures or any(f.layer != Layer.STATED for f in figures.values()),
    )
    sections = _sections(outline.sections, say, figures, findings)
    before_span = compared_period(span)
    earlier: dict[str, ReportFigure] = {}
    before = period_for(viewer, unit.id, before_span.code) if before_span else None
    if before is not None:
        earlier = report_figures(viewer, unit.id, unit.level, unit.code, before)
    named = (period, language, label, unit.name)
    found_round = round_of(viewer, unit.id, period, today())
    below = _below(viewer, found_round, period)
    giving = [u for u, mine in below.items() if any(f.has_value for f in mine.values())]
    ground = ground_of(figures.values(), found_round, giving)
    annex = _missing_label(chosen, language) if found_round and found_round.missing else ""
    begins = opening_words(ground, unit, annex, language)
    return Report(
        unit=unit,
        period=period,
        period_label=label,
        layout=chosen,
        language=language,
        issuer=issuer,
        # A body that has ended issues nothing any more: what is printed for it is a reference.
        is_reference=chosen != issuer.layout or _has_ended(unit),
        is_demonstration=unit.is_demo or is_demonstration(),
        written_on=today(),
        title=" ".join(_words(outline.subject, *named)),
        basis=_basis(outline, period, language),
        opening=_paragraphs(
            tuple(f"{begins}, {t}" if begins else t for t in _words(outline.opening, *named))
        ),
        sections=tuple(sections),
        closing=_paragraphs(_words(outline.closing, *named)),
        figures=tuple(figures.values()),
        comparison=tuple(_comparison(figures, earlier)),
        compared_with=period_name(before_span, language) if before_span else "",
        round=found_round,
        ground=ground,
        own=(
            tuple(own_lines(viewer, unit, found_round, period))
            if found_round and ground.rests_on == "versions"
            else ()
        ),
        annexes=tuple(
            _annexes(outline.annexes, found_round, below, figures, ground, unit.name, language)
        ),
        sources=tuple((title, note) for _, title, note in sources),
        warnings=tuple(w.en if language == "en" else w.vi for w in unit.warnings),
    )


def _has_ended(unit: UnitOnDay) -> bool:
    return unit.valid_to is not None and unit.valid_to < today()


def _basis(outline: Outline, period: Period, language: str) -> tuple[str, ...]:
    """Instruments in force on any day of the period: one that crosses a new law cites both."""
    return tuple(
        line.in_language(language)
        for line in outline.basis
        if line.overlaps(period.start, period.end)
    )


def _words(
    lines: tuple[DatedLine, ...], period: Period, language: str, label: str, unit: str
) -> tuple[str, ...]:
    """The lines that hold on the period's last day, with its name and the unit's."""
    return tuple(
        line.in_language(language).replace("{period}", label).replace("{unit}", unit)
        for line in lines
        if line.overlaps(period.end, period.end)
    )


def _paragraphs(texts: tuple[str, ...]) -> tuple[ComposedParagraph, ...]:
    return tuple(ComposedParagraph((Piece(text),)) for text in texts)


def _findings(viewer: Actor, unit_id: int, period: Period) -> dict[str, list[ComposedParagraph]]:
    found: dict[str, list[ComposedParagraph]] = {}
    for kind, texts in findings_of(viewer, unit_id, period).items():
        found.setdefault(kind, []).extend(
            ComposedParagraph((Piece(_sentence(text)),), "read") for text in texts
        )
    for note in notes_of(viewer, unit_id, period):
        found.setdefault(note.kind, []).append(
            ComposedParagraph((Piece(_sentence(note.text)),), "written")
        )
    return found


def _sentence(text: str) -> str:
    """A finding as a sentence of its own: a capital first, one full stop at the end."""
    joined = " ".join(text.split()).rstrip(" ;,.…")
    return joined[:1].upper() + joined[1:] + "."


@dataclass(frozen=True, slots=True)
class _Saying:
    """For which level, day and language a report is worded, and whether it names what lacks."""

    level: str
    on: dt.date
    language: str
    tells_missing: bool


def _sections(
    rows: tuple[Section, ...],
    say: _Saying,
    figures: dict[str, ReportFigure],
    findings: dict[str, list[ComposedParagraph]],
    depth: int = 1,
) -> list[ComposedSection]:
    made: list[ComposedSection] = []
    english = say.language == "en"
    held = [row for row in rows if row.holds(say.level, say.on)]
    numbers = iter([row.number for row in held if row.number])  # no gap where one is left out
    for row in held:
        paragraphs = [
            ComposedParagraph(pieces)
            for sentence in row.sentences
            if all(key in figures and figures[key].has_value for key in sentence.needs)
            and (pieces := _pieces(sentence.en if english else sentence.vi, figures, say.language))
        ]
        items = [item for kind in row.findings for item in findings.get(kind, [])]
        below = _sections(row.children, say, figures, findings, depth + 1)
        empty = row.empty_en if english else row.empty_vi
        if empty and say.tells_missing and not (paragraphs or items or below):
            paragraphs = [ComposedParagraph((Piece(empty),), "empty")]
        if paragraphs or items or below:
            made.append(
                ComposedSection(
                    id=row.id,
                    number=next(numbers) if row.number else "",
                    title=row.title_en if english else row.title_vi,
                    depth=depth,
                    paragraphs=tuple(paragraphs),
                    items=tuple(items),
                )
            )
            made.extend(below)
    return made


def _pieces(
    parts: tuple[Part, ...], figures: dict[str, ReportFigure], language: str
) -> tuple[Piece, ...]:
    """The parts with figures printed; empty when a figure outside an optional clause is missing."""
    out: list[Piece] = []
    for part in parts:
        if isinstance(part, Optional):
            # "of them 0 large groups" says nothing; the nought stands in the annex.
            if not any(_is_nought(inner, figures) for inner in part.parts):
                out.extend(_pieces(part.parts, figures, language))
        elif isinstance(part, Literal):
            out.append(Piece(part.text))
        else:
            figure = figures.get(part.key)
            if figure is None or not figure.has_value:
                return ()
            out.append(Piece(figure.text, figure))
            remark = figure.remark_en if language == "en" else figure.remark_vi
            if remark:
                out.append(Piece(f" ({remark})"))
    return tuple(out)


def _is_nought(part: Literal | Slot, figures: dict[str, ReportFigure]) -> bool:
    return isinstance(part, Slot) and part.key in figures and figures[part.key].state == "zero"


def _comparison(
    now: dict[str, ReportFigure], before: dict[str, ReportFigure]
) -> list[ComparisonRow]:
    rows = []
    for key, figure in now.items():
        if figure.meaning.tier != "core" or not figure.has_value or figure.meaning.is_rate:
            continue
        earlier = before.get(key)
        known = earlier is not None and earlier.has_value
        change = (
            change_text(figure.amount, earlier.amount)
            if known and earlier and figure.amount is not None and earlier.amount is not None
            else ""
        )
        rows.append(ComparisonRow(figure, earlier.text if known and earlier else "", change))
    return rows


def _missing_label(layout: LayoutName, language: str) -> str:
    """The label of the annex that names the units without figures: always the first one."""
    numeral = "I" if layout == "state" else "1"
    return f"Annex {numeral}" if language == "en" else f"Phụ lục {numeral}"


def _below(
    viewer: Actor, found: RoundView | None, period: Period
) -> dict[int, dict[str, ReportFigure]]:
    """unit asked -> its figures, in the layer the whole report is made of."""
    if found is None:
        return {}
    lines = found.standing or [line for line in found.reporters if line.state != "excused"]
    return report_figures_of(
        viewer,
        {line.unit_id: ("commune", line.code) for line in lines},
        period,
        only=Layer.REPORTED if found.standing else Layer.RECORDED,
    )


def _annexes(
    tables: tuple[AnnexTable, ...],
    found: RoundView | None,
    below: dict[int, dict[str, ReportFigure]],
    whole: dict[str, ReportFigure],
    ground: Ground,
    unit: str,
    language: str,
) -> list[AnnexOfUnits]:
    if found is None:
        return []
    english = language == "en"
    total = "Total" if english else "Tổng số"
    if ground.rests_on != "versions":
        total = (
            f"{unit}, its own offices included"
            if english
            else f"{unit} (kể cả cơ quan, đơn vị trực thuộc)"
        )
    made = []
    for table in tables:
        keys = [k for k in table.columns if any(_text(figures, k) for figures in below.values())]
        if not keys:
            continue
        made.append(
            AnnexOfUnits(
                title=table.title_en if english else table.title_vi,
                columns=tuple(
                    definitions()[k].name_en if english else definitions()[k].name_vi for k in keys
                ),
                rows=tuple(
                    (line.name, *(_text(below.get(line.unit_id, {}), k) for k in keys))
                    for line in found.reporters
                ),
                total=(total, *(_text(whole, k) for k in keys)),
            )
        )
    return made


def _text(figures: dict[str, ReportFigure], key: str) -> str:
    figure = figures.get(key)
    return figure.text if figure and figure.has_value else ""
