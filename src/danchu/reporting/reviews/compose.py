"""Composing the six-month report of a unit from its figures, findings and the outline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal as Choice

from danchu.core.accounts.installation import is_demonstration
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.units.selectors import UnitOnDay, unit_on, unit_within
from danchu.reporting.figures.display import amount_text, change_text
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions, units_behind
from danchu.reporting.figures.services import open_period, period_for
from danchu.reporting.reading.selectors import findings_of, sources_of
from danchu.reporting.rounds.selectors import RoundView, round_of

from .earlier import ahead, compared_period, period_days, period_title
from .figures import ABOVE, ReportFigure, report_figures, report_figures_of
from .ground import Ground, OwnLine, ground_of, kinds_text, opening_words, own_lines
from .issuers import IssuerView, issuer_of
from .notes import notes_of
from .outline import (
    AnnexTable,
    DatedLine,
    Outline,
    Section,
    Sentence,
    outlines,
)
from .prose import (
    Piece,
    english_numbers,
    in_english,
    noughts_of,
    noughts_said,
    pieces_of,
    stands,
)
from .wording import words

LayoutName = Choice["state", "party"]
SMALLEST_BASE = 10  # a rise or fall of fewer is told as a difference, never as a rate
_DONE_BY_SOMEONE = (
    "Ban hành ",
    "Công nhận ",
    "Đăng ký ",
    "Ghi nhận ",
    "Giải quyết ",
    "Hoàn thành ",
    "Khảo sát",
    "Khen thưởng ",
    "Mở ",
    "Rà soát ",
    "Thành lập",
    "Thực hiện ",
    "Tiến hành ",
    "Tiếp ",
    "Tổ chức ",
)  # sentences of the outline that begin with what was done
_PART = re.compile(r"(?:trong đó|cụ thể|bao gồm|gồm có)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')


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
    """A section with its number in its layout; ``depth`` 1 is a main section.

    ``is_empty``: nothing is known in it or below it. It then has no number; the page shows
    what is missing, the paper leaves it off.
    """

    id: str
    number: str
    title: str
    depth: int
    paragraphs: tuple[ComposedParagraph, ...]
    items: tuple[ComposedParagraph, ...]
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure beside the same period of the year before.

    ``change`` is never blank: where the year before is not known it says so. Bases under 10
    make no rate, only a difference.
    """

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
    unit = unit_on(code, structure_on) if structure_on else unit_within(code, span.start, span.end)
    known = period_for(viewer, unit.id, span.code)
    sources = sources_of(viewer, unit.id, known) if known else []
    if not sources:
        require(viewer, "reports.read", unit.id)
    period = known or open_period(span.code)
    label = period_title(span, language)
    issuer = issuer_of(unit, today())
    chosen: LayoutName = layout or issuer.layout
    outline = outlines()[chosen]
    figures = _in_language(report_figures(viewer, unit.id, unit.level, unit.code, period), language)
    before_span = compared_period(span)
    earlier: dict[str, ReportFigure] = {}
    before = period_for(viewer, unit.id, before_span.code) if before_span else None
    if before is not None:
        found_before = report_figures(viewer, unit.id, unit.level, unit.code, before)
        earlier = _in_language(found_before, language)
    alike = _alike(viewer, unit, (period, figures), (before, earlier))
    comparison = _comparison(figures, earlier, alike, language)
    findings = _findings(viewer, unit.id, period, figures)
    found_round = round_of(viewer, unit.id, period, today())
    below = _below(viewer, found_round, period)
    below = {unit_id: _in_language(mine, language) for unit_id, mine in below.items()}
    giving = [u for u, mine in below.items() if any(f.has_value for f in mine.values())]
    ground = ground_of(figures.values(), found_round, giving)
    say = _Saying(
        unit.level,
        period.end,
        language,
        # What an old text leaves out was not asked of it; a report from records says what lacks.
        tells_missing=not figures or any(f.layer != Layer.STATED for f in figures.values()),
        changes=_rates_of_change(comparison, earlier, alike),
        doers=f"Các {kinds_text(ground, 'vi')} đã " if ground.rests_on == "versions" else "",
    )
    sections = _sections(outline.sections, say, figures, findings)
    named = (
        period,
        language,
        {
            "period": label,
            "unit": unit.name,
            "days": period_days(span, language),
            "ahead": ahead(span, language),
            "to": f" {issuer.addressee[0]}" if issuer.addressee else "",
        },
    )
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
        # A real unit stands in a demonstration only with figures that were published.
        is_demonstration=unit.is_demo
        or (is_demonstration() and any(f.layer != Layer.STATED for f in figures.values())),
        written_on=today(),
        title=" ".join(_words(outline.subject, *named)),
        basis=_basis(outline, period, language),
        opening=_paragraphs(
            tuple(f"{begins}, {t}" if begins else t for t in _words(outline.opening, *named))
        ),
        sections=tuple(sections),
        closing=_paragraphs(_words(outline.closing, *named)),
        figures=tuple(figures.values()),
        comparison=tuple(comparison),
        compared_with=period_title(before_span, language) if before_span else "",
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
    lines: tuple[DatedLine, ...], period: Period, language: str, names: Mapping[str, str]
) -> tuple[str, ...]:
    """The lines that hold on the period's last day, with its names and the unit's."""
    return tuple(
        line.in_language(language).format(**names)
        for line in lines
        if line.overlaps(period.end, period.end)
    )


def _paragraphs(texts: tuple[str, ...]) -> tuple[ComposedParagraph, ...]:
    return tuple(ComposedParagraph((Piece(text),)) for text in texts)


def _in_language(figures: dict[str, ReportFigure], language: str) -> dict[str, ReportFigure]:
    if language != "en":
        return figures
    return {key: in_english(figure) for key, figure in figures.items()}


def _findings(
    viewer: Actor, unit_id: int, period: Period, figures: dict[str, ReportFigure]
) -> dict[str, list[ComposedParagraph]]:
    """Kind -> what was read and written. A read sentence that gives a figure, or a part of the
    one before it ("Trong đó …"), is no judgement: its number stands among the results."""
    counted = {f.stated.surface for f in figures.values() if f.stated and f.stated.surface}
    found: dict[str, list[ComposedParagraph]] = {}
    for kind, texts in findings_of(viewer, unit_id, period).items():
        found.setdefault(kind, []).extend(
            ComposedParagraph((Piece(_sentence(text)),), "read")
            for text in texts
            if not _PART.match(text.strip()) and not any(said in text for said in counted)
        )
    for note in notes_of(viewer, unit_id, period):
        found.setdefault(note.kind, []).append(
            ComposedParagraph((Piece(_sentence(note.text)),), "written")
        )
    return found


def _sentence(text: str) -> str:
    """A finding as a sentence of its own: a capital first, one full stop, curly quotes."""
    joined = _QUOTED.sub("“\\1”", " ".join(text.split()).rstrip(" ;,.…"))
    return joined[:1].upper() + joined[1:] + "."


@dataclass(frozen=True, slots=True)
class _Saying:
    """For which level, day and language a report is worded, and whether it names what lacks."""

    level: str
    on: dt.date
    language: str
    tells_missing: bool
    changes: Mapping[str, str]
    doers: str = ""  # who did the work, where the figures are those of units below


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
        paragraphs = _flowing(row.sentences, figures, say)
        items = [item for kind in row.findings for item in findings.get(kind, [])]
        below = _sections(row.children, say, figures, findings, depth + 1)
        has_more = any(not section.is_empty for section in below)
        is_empty = not (paragraphs or items or has_more)
        empty = row.empty_en if english else row.empty_vi
        if empty and say.tells_missing and not (paragraphs or items or below):
            paragraphs = [ComposedParagraph((Piece(empty),), "empty")]
        if paragraphs or items or below:
            made.append(
                ComposedSection(
                    id=row.id,
                    number=next(numbers) if row.number and not is_empty else "",
                    title=row.title_en if english else row.title_vi,
                    depth=depth,
                    paragraphs=tuple(paragraphs),
                    items=tuple(items),
                    is_empty=is_empty,
                )
            )
            made.extend(below)
    return made


def _flowing(
    sentences: tuple[Sentence, ...], figures: dict[str, ReportFigure], say: _Saying
) -> list[ComposedParagraph]:
    """The sentences of a section run on in one paragraph; what did not happen is said last."""
    paragraphs: list[list[Piece]] = []
    noughts: list[tuple[Sentence, list[ReportFigure]]] = []
    for sentence in sentences:
        if not stands(sentence, figures):
            continue
        nothing = noughts_of(sentence, figures)
        if nothing:
            noughts.append((sentence, nothing))
            continue
        parts = sentence.en if say.language == "en" else sentence.vi
        pieces = list(pieces_of(parts, figures, say.language))
        if not any(piece.figure for piece in pieces):
            continue
        pieces = _with_change(pieces, say)
        if not paragraphs:
            pieces = _with_doers(pieces, say)
        if paragraphs and not sentence.apart:
            paragraphs[-1] += [Piece(" "), *pieces]
        else:
            paragraphs.append(pieces)
    for said in noughts_said(noughts, say.language):
        if paragraphs:
            paragraphs[-1] += [Piece(" "), *said]
        else:
            paragraphs.append(list(said))
    return [ComposedParagraph(tuple(pieces)) for pieces in paragraphs]


def _with_doers(pieces: list[Piece], say: _Saying) -> list[Piece]:
    """Work of communes is told as theirs, not as that of the body above them that reports."""
    first = pieces[0].text
    if not say.doers or say.language == "en" or not first.startswith(_DONE_BY_SOMEONE):
        return pieces
    return [Piece(f"{say.doers}{first[:1].lower()}{first[1:]}"), *pieces[1:]]


def _with_change(pieces: list[Piece], say: _Saying) -> list[Piece]:
    """A sentence of one figure ends with its rise or fall against the year before."""
    printed = [piece.figure for piece in pieces if piece.figure]
    change = say.changes.get(printed[0].key, "") if len(printed) == 1 else ""
    if not change or not pieces[-1].text.endswith("."):
        return pieces
    against = " on the year before" if say.language == "en" else " so với cùng kỳ năm trước"
    return [*pieces[:-1], Piece(f"{pieces[-1].text[:-1]}, {change}{against}.")]


def _comparison(
    now: dict[str, ReportFigure],
    before: dict[str, ReportFigure],
    alike: Collection[str],
    language: str,
) -> list[ComparisonRow]:
    rows = []
    for key, figure in now.items():
        if figure.meaning.tier != "core" or not figure.has_value or figure.meaning.is_rate:
            continue
        earlier = before.get(key)
        if earlier is None or not earlier.has_value:
            rows.append(ComparisonRow(figure, "", words(language).no_comparison))
            continue
        rows.append(
            ComparisonRow(figure, earlier.text, _change(figure, earlier, key in alike, language))
        )
    return rows


def _change(now: ReportFigure, before: ReportFigure, alike: bool, language: str) -> str:
    """The rise or fall, as a rate of a base of 10 and more, else as a difference.

    Sums over other units are not compared: what rose might be who gave figures.
    """
    if not alike:
        if now.n_reported == before.n_reported:
            return words(language).other_units
        return words(language).not_alike.format(now=now.n_reported, before=before.n_reported)
    if now.amount is None or before.amount is None:
        return words(language).no_comparison
    scale = now.meaning.scale
    if before.amount >= SMALLEST_BASE * scale or now.amount == before.amount:
        text = change_text(now.amount, before.amount)
        size = text.lstrip("+−")
    else:
        size = amount_text(now.meaning, abs(now.amount - before.amount))
    if now.amount == before.amount:
        return words(language).unchanged
    said = words(language).rise if now.amount > before.amount else words(language).fall
    return said.format(size=english_numbers(size) if language == "en" else size)


def _alike(
    viewer: Actor,
    unit: UnitOnDay,
    now: tuple[Period, dict[str, ReportFigure]],
    before: tuple[Period | None, dict[str, ReportFigure]],
) -> set[str]:
    """The indicators whose two figures speak of the same units, not only of as many."""
    (period, figures), (then, earlier) = now, before
    same = {
        key
        for key, figure in figures.items()
        if figure.has_value
        and (other := earlier.get(key)) is not None
        and other.has_value
        and (figure.n_reported, figure.n_expected) == (other.n_reported, other.n_expected)
    }
    if unit.level not in ABOVE or then is None:
        return same  # a commune answers as one
    behind = units_behind(viewer, unit.id, period, same)
    behind_then = units_behind(viewer, unit.id, then, same)
    return {
        key
        for key in same
        if figures[key].layer == earlier[key].layer
        and behind.get((figures[key].layer, key)) == behind_then.get((earlier[key].layer, key))
    }


def _rates_of_change(
    rows: list[ComparisonRow], before: dict[str, ReportFigure], alike: Collection[str]
) -> dict[str, str]:
    """Indicator -> its rise or fall where the base bears a rate; for running text."""
    return {
        row.figure.key: row.change
        for row in rows
        if row.before
        and (amount := before[row.figure.key].amount) is not None
        and amount >= SMALLEST_BASE * row.figure.meaning.scale
        and row.figure.amount != amount
        and row.figure.key in alike
    }


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
    total = (
        f"Total ({ground.known} of {ground.asked} units)"
        if english
        else f"Tổng số ({ground.known}/{ground.asked} đơn vị)"
    )
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
