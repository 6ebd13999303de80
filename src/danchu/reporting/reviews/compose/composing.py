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
from danchu.core.documents import short_date
from danchu.core.text import english_date
from danchu.core.units.selectors import UnitOnDay, unit_on, unit_within, units_by_ids
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.services import open_period, period_for
from danchu.reporting.reading.selectors import sources_of
from danchu.reporting.rounds.asking import AskingLetter, asking_letter
from danchu.reporting.rounds.cell_behind import HandedCell, handed_cells
from danchu.reporting.rounds.selectors import round_of

from ..earlier import ahead, compared_period, period_days, period_title
from ..edits import CLOSING, OPENING, edits_of
from ..figures import ReportFigure, report_figures
from ..ground import data_words, ground_of, kinds_text, own_lines
from ..halves import half_known
from ..issuers import issuer_of
from ..layers import ABOVE
from ..letterheads import AUTHORITIES, issuer_name, outline_level
from ..outline import DatedLine, Outline, filled
from ..outlines.checking import MOST_BASES
from ..outlines.selectors import OutlineUsed, outline_for
from ..prose import Piece, in_english
from ..same_units import beside_same_units, recorded_of
from ..wording import RUNS_TO, words
from .annexes import annexes_of, missing_label, read_below
from .comparison import comparable, comparison_of, rates_of_change
from .coverage import whole_of
from .editing import put_in
from .one_source import left_out
from .report import ComposedParagraph, LayoutName, Report
from .sections import Saying, found_and_written, sections_of

_AHEAD = re.compile(r"\[\[(.*?)\]\]")
_LEADS = re.compile(r"(Thực hiện|Căn cứ|Theo) (?=\S)")
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
    used = draft or outline_for(chosen, outline_level(unit, today()), period.end)
    outline = used.outline
    figures = _in_language(report_figures(viewer, unit.id, unit.level, unit.code, period), language)
    if any(figure.is_own for figure in figures.values()):
        figures = _as_handed_in(figures, handed_cells(viewer, unit.id, period))
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
    has_ended = period.end < today()
    alike: set[str] = set()
    if has_ended:
        alike = comparable(viewer, unit, (period, figures), (before, earlier)) - set(halves)
    comparison = comparison_of(figures, earlier, alike, language, halves, has_ended=has_ended)
    findings = found_and_written(viewer, unit.id, period, figures)
    found_round = round_of(viewer, unit.id, period, today())
    below = read_below(viewer, found_round, period)
    if found_round is not None and found_round.standing and unit.level in ABOVE:
        figures = beside_same_units(figures, recorded_of(below.cells, found_round.expected))
    ground = ground_of(figures.values(), found_round, below.giving)
    whole = whole_of(ground, figures.values())
    say = Saying(
        unit.level,
        period.end,
        language,
        # What an old text leaves out was not asked of it; a report from records says what lacks.
        tells_missing=not figures or any(f.layer != Layer.STATED for f in figures.values()),
        changes=rates_of_change(comparison, earlier, alike),
        halves=halves,
        kinds=kinds_text(ground, language) if ground.asked else words(language).units,
        done_below=ground.rests_on == "versions",
        area=_area(unit, language),
        whole=whole,
        edits={} if used.is_draft else edits_of(viewer, unit.id, period, chosen),
    )
    sections = sections_of(outline.sections, say, figures, findings)
    rows = below.figures(outline.annexes, period)
    rows = {unit_id: _in_language(mine, language) for unit_id, mine in rows.items()}
    named = (
        period,
        language,
        {
            "period": label,
            "unit": unit.name,
            "issuer": issuer_name(chosen, unit, period, language),
            "days": period_days(span, language),
            "ahead": ahead(span, language),
            "to": f" {issuer.addressee[0]}" if issuer.addressee else "",
        },
    )
    annex = missing_label(chosen, language) if found_round and found_round.missing else ""
    has_tasks = bool(findings.get("task"))
    is_reference = chosen != issuer.layout or _has_ended(unit) or used.is_draft
    letter = asking_letter(viewer, unit.id, period)
    basis = (*_basis(outline, period, language), *_asked(letter, unit, period, language))
    opening = _words(outline.opening, *named, has_tasks=has_tasks)
    closing = _words(outline.closing, *named, has_tasks=has_tasks)
    rests = [data_words(ground, unit, annex, whole, language), _still_runs(period, language)]
    if _has_ended(unit) and ground.rests_on == "published":
        # Nobody lets a body that is no more say what it never did.
        opening, closing = _from_the_news(*named)
        rests = []
    elif chosen == "party":
        opening, basis = (_carrying_out(basis, opening[0], language), *opening[1:]), ()
    return Report(
        unit=unit,
        period=period,
        period_label=label,
        layout=chosen,
        outline=used,
        language=language,
        issuer=issuer,
        # A body that has ended issues nothing any more: what is printed for it is a reference.
        is_reference=is_reference,
        # A real unit stands in a demonstration only with figures that were published.
        is_demonstration=unit.is_demo
        or (is_demonstration() and any(f.layer != Layer.STATED for f in figures.values())),
        written_on=today(),
        title=" ".join(_words(outline.subject, *named, has_tasks=has_tasks)),
        basis=basis,
        opening=_paragraphs(
            (*opening, *([" ".join(filter(None, rests))] if any(rests) else [])), OPENING, say
        ),
        sections=tuple(sections),
        closing=_paragraphs(closing, CLOSING, say),
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
            annexes_of(outline.annexes, found_round, rows, figures, ground, unit.name, language)
        ),
        sources=tuple((title, note) for _, title, note in sources),
        warnings=tuple(w.en if language == "en" else w.vi for w in unit.warnings),
        addressee=_addressee(letter, period, issuer.addressee),
        left_out=tuple(left_out(outline.sections, unit.level, period.end, figures, language)),
    )


def _as_handed_in(
    figures: Mapping[str, ReportFigure], cells: Mapping[str, HandedCell]
) -> dict[str, ReportFigure]:
    """Figures of the unit's own version, each with whether it was typed and the reason given."""
    return {
        key: figure._replace(typed=cells[key].is_typed, why=cells[key].reason)
        if figure.is_own and key in cells
        else figure
        for key, figure in figures.items()
    }


def _area(unit: UnitOnDay, language: str) -> str:
    """What the unit is, as the results of all of it are told: "xã", "tỉnh", "đơn vị"."""
    if language == "en":
        return unit.name
    return unit.kind if unit.level in (*AUTHORITIES, "village") else "đơn vị"


def _has_ended(unit: UnitOnDay) -> bool:
    return unit.valid_to is not None and unit.valid_to < today()


def _basis(outline: Outline, period: Period, language: str) -> tuple[str, ...]:
    """Instruments in force on any day of the period: one that crosses a new law cites both."""
    cited = [line for line in outline.basis if line.overlaps(period.start, period.end)]
    return tuple(line.in_language(language) for line in cited[:MOST_BASES])


def _asked(
    letter: AskingLetter | None, unit: UnitOnDay, period: Period, language: str
) -> tuple[str, ...]:
    """The letter that asks for the report, cited after the law."""
    if letter is None:
        return ()
    body = ""
    if unit.parent_id == letter.asked_by and not _OF.search(letter.words):
        above = units_by_ids({letter.asked_by}, period.end).get(letter.asked_by)
        body = issuer_name(issuer_of(above, today()).layout, above, period) if above else ""
    words = letter.words.rstrip(" .;,")
    if language == "en":
        return (f"Letter {words} of {body}" if body else f"Letter {words}",)
    named = words if _NAMED.match(words) else f"Công văn số {words}"
    return (f"Thực hiện {named} của {body}" if body else f"Thực hiện {named}",)


def _addressee(
    letter: AskingLetter | None, period: Period, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """To whom the paper goes: as the unit's papers do, and to the body that asks for this one."""
    if letter is None:
        return usual
    above = units_by_ids({letter.asked_by}, period.end).get(letter.asked_by)
    body = issuer_name(issuer_of(above, today()).layout, above, period) if above else ""
    if not body or any(body.casefold() in name.casefold() for name in usual):
        return usual
    return (*usual, body)


def _words(
    lines: tuple[DatedLine, ...],
    period: Period,
    language: str,
    names: Mapping[str, str],
    *,
    has_tasks: bool,
) -> tuple[str, ...]:
    """The lines that hold on the period's last day, with its names and the unit's.

    What stands in [[ ]] promises tasks: it is left out of a report that has none.
    """
    return tuple(
        filled(_AHEAD.sub(r"\1" if has_tasks else "", line.in_language(language)), names)
        for line in lines
        if line.overlaps(period.end, period.end)
    )


def _carrying_out(basis: tuple[str, ...], opening: str, language: str) -> str:
    """The bases and the opening as one sentence: "Thực hiện A; B, Ban Chỉ đạo … báo cáo …"."""
    if not basis:
        return opening
    if language == "en":
        return f"Carrying out {'; '.join(basis)}, {opening}"
    said: list[str] = []
    lead = ""
    for line in basis:
        found = _LEADS.match(line)
        rest = line[found.end() :] if found else line
        mine = found[1] if found else ""
        if not said:
            said.append(line)
        elif mine == lead:
            said.append(rest)
        else:
            said.append(f"{mine[:1].lower()}{mine[1:]} {rest}" if mine else rest)
        lead = mine or lead
    return f"{'; '.join(said)}, {opening}"


def _from_the_news(
    period: Period, language: str, names: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Opening and closing of what was put together from news about a body that has ended."""
    if language == "en":
        what = f"the implementation of grassroots democracy in {names['unit']}, {names['period']}"
        return (
            (
                f"Put together from published news, not a report of {names['issuer']}: "
                f"{what}{names['days']}.",
            ),
            (f"This is what published news tells of {what}.",),
        )
    until_2023 = period.end < dt.date(2023, 7, 1)
    what = "thực hiện Quy chế dân chủ ở cơ sở" if until_2023 else "thực hiện dân chủ ở cơ sở"
    return (
        (
            f"Tổng hợp từ tin đã đăng, không phải báo cáo của {names['issuer']}: kết quả {what} "
            f"của {names['unit']} {names['period']}{names['days']} như sau:",
        ),
        (
            f"Trên đây là kết quả {what} {names['period']} của {names['unit']}, tổng hợp từ tin đã "
            "đăng.",
        ),
    )


def _still_runs(period: Period, language: str) -> str:
    """To which day the figures run, while the period has not ended."""
    day = today()
    if period.end < day:
        return ""
    if language == "en":
        return f"The figures run to {english_date(day)}; the period has not ended."
    return RUNS_TO.format(day=short_date(day))


def _paragraphs(texts: tuple[str, ...], where: str, say: Saying) -> tuple[ComposedParagraph, ...]:
    composed = [
        ComposedParagraph((Piece(text[:1].upper() + text[1:]),), place=str(n) if n > 1 else "")
        for n, text in enumerate(texts, start=1)
    ]
    return tuple(put_in(composed, where, say.edits))


def _in_language(figures: dict[str, ReportFigure], language: str) -> dict[str, ReportFigure]:
    if language != "en":
        return figures
    return {key: in_english(figure) for key, figure in figures.items()}
