"""Composing the six-month report of a unit from its figures, findings and the outline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from danchu.core.accounts.installation import is_demonstration
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.units.selectors import UnitOnDay, unit_on, unit_within, units_by_ids
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.services import open_period, period_for
from danchu.reporting.reading.selectors import sources_of
from danchu.reporting.rounds.asking import asking_letter
from danchu.reporting.rounds.selectors import round_of

from ..earlier import ahead, compared_period, period_days, period_title
from ..figures import ReportFigure, report_figures
from ..ground import ground_of, kinds_text, opening_words, own_lines
from ..halves import half_known
from ..issuers import issuer_name, issuer_of
from ..outline import DatedLine, Outline, filled
from ..outlines.checking import MOST_BASES
from ..outlines.selectors import OutlineUsed, outline_for
from ..prose import Piece, in_english
from ..wording import words
from .annexes import annexes_of, figures_below, missing_label
from .comparison import comparable, comparison_of, rates_of_change
from .report import ComposedParagraph, LayoutName, Report
from .sections import Saying, found_and_written, sections_of

_OF = re.compile(r"\bcủa\b")
_NAMED = re.compile(r"(?:Công văn|Kế hoạch|Văn bản|Thông báo|Công điện)\b", re.IGNORECASE)


def compose(
    *,
    viewer: Actor,
    code: str,
    period_code: str,
    layout: LayoutName | None = None,
    structure_on: dt.date | None = None,
    language: str = "vi",
    draft: OutlineUsed | None = None,
) -> Report:
    """The report of the unit that holds ``code`` on the last day of the period.

    ``layout`` None takes the issuing body's; any other gives a paper for reference.
    ``structure_on`` reads the code on another day; ``draft`` shows what another outline would
    make of it, as a paper for reference. Needs ``reports.read`` over the unit, except
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
    used = draft or outline_for(chosen, unit.level, period.end)
    outline = used.outline
    figures = _in_language(report_figures(viewer, unit.id, unit.level, unit.code, period), language)
    before_span = compared_period(span)
    earlier: dict[str, ReportFigure] = {}
    before = period_for(viewer, unit.id, before_span.code) if before_span else None
    if before is not None:
        found_before = report_figures(viewer, unit.id, unit.level, unit.code, before)
        earlier = _in_language(found_before, language)
    halves = half_known(
        span,
        figures,
        lambda code: (
            report_figures(viewer, unit.id, unit.level, unit.code, half)
            if (half := period_for(viewer, unit.id, code)) is not None
            else {}
        ),
        language,
    )
    alike = comparable(viewer, unit, (period, figures), (before, earlier)) - set(halves)
    comparison = comparison_of(figures, earlier, alike, language, halves)
    findings = found_and_written(viewer, unit.id, period, figures)
    found_round = round_of(viewer, unit.id, period, today())
    below = figures_below(viewer, found_round, period)
    below = {unit_id: _in_language(mine, language) for unit_id, mine in below.items()}
    giving = [u for u, mine in below.items() if any(f.has_value for f in mine.values())]
    ground = ground_of(figures.values(), found_round, giving)
    say = Saying(
        unit.level,
        period.end,
        language,
        # What an old text leaves out was not asked of it; a report from records says what lacks.
        tells_missing=not figures or any(f.layer != Layer.STATED for f in figures.values()),
        changes=rates_of_change(comparison, earlier, alike),
        halves=halves,
        kinds=kinds_text(ground, language) if ground.asked else words(language).units,
        doers=f"Các {kinds_text(ground, 'vi')} đã " if ground.rests_on == "versions" else "",
    )
    sections = sections_of(outline.sections, say, figures, findings)
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
    annex = missing_label(chosen, language) if found_round and found_round.missing else ""
    begins = opening_words(ground, unit, annex, language)
    return Report(
        unit=unit,
        period=period,
        period_label=label,
        layout=chosen,
        outline=used,
        language=language,
        issuer=issuer,
        # A body that has ended issues nothing any more: what is printed for it is a reference.
        is_reference=chosen != issuer.layout or _has_ended(unit) or used.is_draft,
        # A real unit stands in a demonstration only with figures that were published.
        is_demonstration=unit.is_demo
        or (is_demonstration() and any(f.layer != Layer.STATED for f in figures.values())),
        written_on=today(),
        title=" ".join(_words(outline.subject, *named)),
        basis=(*_basis(outline, period, language), *_asked(viewer, unit, period, language)),
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
            annexes_of(outline.annexes, found_round, below, figures, ground, unit.name, language)
        ),
        sources=tuple((title, note) for _, title, note in sources),
        warnings=tuple(w.en if language == "en" else w.vi for w in unit.warnings),
    )


def _has_ended(unit: UnitOnDay) -> bool:
    return unit.valid_to is not None and unit.valid_to < today()


def _basis(outline: Outline, period: Period, language: str) -> tuple[str, ...]:
    """Instruments in force on any day of the period: one that crosses a new law cites both."""
    cited = [line for line in outline.basis if line.overlaps(period.start, period.end)]
    return tuple(line.in_language(language) for line in cited[:MOST_BASES])


def _asked(viewer: Actor, unit: UnitOnDay, period: Period, language: str) -> tuple[str, ...]:
    """The letter that asks for the report, cited after the law."""
    letter = asking_letter(viewer, unit.id, period)
    if letter is None:
        return ()
    body = ""
    if unit.parent_id == letter.asked_by and not _OF.search(letter.words):
        above = units_by_ids({letter.asked_by}, period.end).get(letter.asked_by)
        body = issuer_name(issuer_of(above, today()).layout, above.name, period) if above else ""
    words = letter.words.rstrip(" .;,")
    if language == "en":
        return (f"Letter {words} of {body}" if body else f"Letter {words}",)
    named = words if _NAMED.match(words) else f"Công văn số {words}"
    return (f"Thực hiện {named} của {body}" if body else f"Thực hiện {named}",)


def _words(
    lines: tuple[DatedLine, ...], period: Period, language: str, names: Mapping[str, str]
) -> tuple[str, ...]:
    """The lines that hold on the period's last day, with its names and the unit's."""
    return tuple(
        filled(line.in_language(language), names)
        for line in lines
        if line.overlaps(period.end, period.end)
    )


def _paragraphs(texts: tuple[str, ...]) -> tuple[ComposedParagraph, ...]:
    return tuple(ComposedParagraph((Piece(text),)) for text in texts)


def _in_language(figures: dict[str, ReportFigure], language: str) -> dict[str, ReportFigure]:
    if language != "en":
        return figures
    return {key: in_english(figure) for key, figure in figures.items()}
