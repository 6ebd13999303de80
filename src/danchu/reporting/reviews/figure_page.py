"""One figure and everything behind it: definition, n of N, units below, records, words, proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.contracts import Actor, require
from danchu.core.ledger.selectors import newest_entry_of
from danchu.core.units.selectors import UnitOnDay, unit_within, units_by_ids
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.evidence import Evidence, records_behind
from danchu.reporting.figures.models import Cell, Layer
from danchu.reporting.figures.selectors import (
    definition,
    definitions,
    dictionary_number,
    sums_below,
    values,
    values_below,
)
from danchu.reporting.figures.services import open_period, period_for
from danchu.reporting.reading.selectors import stated_figures
from danchu.reporting.rounds.cell_behind import HandedCell, handed_cell

from .earlier import compared_period, period_name
from .figures import Beside, ReportFigure, recorded_beside, report_figures
from .issued import IssuedReport, issued_over_time
from .layers import ABOVE


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A unit below with its value of the figure."""

    unit: UnitOnDay
    state: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A part of the figure: a field, a kind of unit, a form of reception."""

    dimension: str
    text: str
    amount: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What the unit itself handed in, beside the sum of what those directly below handed in.

    The unit's own word stands for its figure. ``own`` is None where it left the figure open;
    texts are as printed, "" where there is no amount.
    """

    own: str | None
    below: str
    n_below: int
    more: str  # by how much the own word is above the sum
    less: str  # by how much it is below it


@dataclass(frozen=True, slots=True)
class IssuedOtherwise:
    """A report in force that states another value than the figure has now."""

    sign: str
    issued_on: dt.date
    text: str


def _issued_otherwise(
    report: IssuedReport | None, key: str, figure: ReportFigure | None
) -> IssuedOtherwise | None:
    stated = report.figures.get((key, "")) if report else None
    if report is None or stated is None or not stated.text:
        return None
    if figure is not None and figure.text == stated.text:
        return None
    return IssuedOtherwise(report.sign, report.issued_on, stated.text)


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything behind a figure. ``entry`` is its newest entry of the ledger, if any.

    ``handed_in`` is None where nothing was handed in below. ``unread``: what records show of a
    figure that the versions that stand do not have. ``issued``: another value that a report in
    force states. ``version``: the unit's version that stands, where the figure is of it, with
    ``recorded`` what its records showed that day, as printed.
    """

    unit: UnitOnDay
    period: Period
    period_label: str
    meaning: Definition
    dictionary: int
    figure: ReportFigure | None
    numerator: ReportFigure | None
    denominator: ReportFigure | None
    before_label: str
    before: ReportFigure | None
    below: tuple[BelowLine, ...]
    handed_in: HandedIn | None
    dimensions: tuple[DimensionLine, ...]
    evidence: Evidence
    unread: Beside | None
    issued: IssuedOtherwise | None
    entry: int | None
    entry_hash: str
    version: HandedCell | None
    recorded: str


def figure_page(
    viewer: Actor, code: str, period_code: str, key: str, language: str = "vi"
) -> FigurePage:
    """The page of one figure of the unit that holds ``code`` on the period's last day.

    Figures read from published reports are for everybody who may see the report; computed
    ones need ``figures.read``. Raises ``NotFound`` and ``NotAllowed``.
    """
    span = period_span(period_code)
    unit = unit_within(code, span.start, span.end)
    meaning = definition(key)
    known = period_for(viewer, unit.id, span.code)
    if not viewer.may("figures.read", unit.id) and (
        known is None or key not in stated_figures(viewer, unit.id, known)
    ):
        require(viewer, "figures.read", unit.id)
    period = known or open_period(span.code)
    figures = report_figures(viewer, unit.id, unit.level, unit.code, period)
    figure = figures.get(key)
    earlier = compared_period(span)
    before = None
    then = period_for(viewer, unit.id, earlier.code) if earlier else None
    if then is not None:
        before = report_figures(viewer, unit.id, unit.level, unit.code, then).get(key)
    layer = figure.layer if figure else Layer.RECORDED
    # The records of the unit itself are not behind a sum of what units below handed in.
    evidence = (
        records_behind(viewer, unit.id, period, key)
        if layer == Layer.RECORDED or (figure is not None and figure.is_own)
        else Evidence((), 0, 0)
    )
    unread = None
    if figure is None:
        cells = values(viewer, unit.id, period, level=unit.level)
        unread = recorded_beside(cells, meaning, None)
    issued = issued_over_time(viewer, [unit.id], period.pk).get((unit.id, period.pk))
    own = figure is not None and figure.is_own
    version = handed_cell(viewer, unit.id, period, key) if own else None
    entry = newest_entry_of(line.record_id for line in evidence.lines)
    return FigurePage(
        unit=unit,
        period=period,
        period_label=period_name(span, language),
        meaning=meaning,
        dictionary=dictionary_number(),
        figure=figure,
        numerator=figures.get(meaning.numerator) if meaning.numerator else None,
        denominator=figures.get(meaning.denominator) if meaning.denominator else None,
        before_label=period_name(earlier, language) if earlier else "",
        before=before,
        below=tuple(_below(viewer, unit, period, meaning, layer)),
        handed_in=_handed_in(viewer, unit, period, meaning),
        dimensions=tuple(_dimensions(viewer, unit, period, meaning, layer)),
        evidence=evidence,
        unread=unread,
        issued=_issued_otherwise(issued, key, figure),
        entry=entry.number if entry else None,
        entry_hash=entry.hash if entry else "",
        version=version,
        recorded=_text(meaning, version.recorded) if version else "",
    )


def _below(
    viewer: Actor, unit: UnitOnDay, period: Period, meaning: Definition, layer: str
) -> list[BelowLine]:
    found = values_below(viewer, unit.id, period, meaning.key, layer)
    names = units_by_ids(found, period.end)
    lines = [
        BelowLine(
            unit=names[unit_id],
            state=value.state,
            text=_text(meaning, value.amount),
            path=f"/office/so-lieu/{names[unit_id].code}/{period.code}/{meaning.key}/",
        )
        for unit_id, value in found.items()
        if unit_id in names
    ]
    return sorted(lines, key=lambda line: line.unit.code)


def _handed_in(
    viewer: Actor, unit: UnitOnDay, period: Period, meaning: Definition
) -> HandedIn | None:
    if unit.level in ABOVE:
        return None
    theirs = sums_below(viewer, unit.id, period).get(meaning.key)
    if theirs is None:
        return None
    mine = values(viewer, unit.id, period, reach=Cell.Reach.OWN, level=unit.level)
    own = mine.get((Layer.REPORTED, meaning.key, ""))
    more = 0
    if own is not None and own.amount is not None and theirs.amount is not None:
        more = own.amount - theirs.amount
    return HandedIn(
        own=None if own is None else _text(meaning, own.amount),
        below=_text(meaning, theirs.amount),
        n_below=theirs.sources,
        more=_text(meaning, more) if more > 0 else "",
        less=_text(meaning, -more) if more < 0 else "",
    )


def _text(meaning: Definition, amount: int | None) -> str:
    return "" if amount is None else amount_text(meaning, amount)


def _dimensions(
    viewer: Actor, unit: UnitOnDay, period: Period, meaning: Definition, layer: str
) -> list[DimensionLine]:
    cells = values(viewer, unit.id, period, dimensions=True)
    lines = [
        DimensionLine(value.dimension, amount_text(meaning, value.amount), value.amount)
        for (of_layer, key, dimension), value in cells.items()
        if of_layer == layer and key == meaning.key and dimension and value.amount is not None
    ]
    return sorted(lines, key=lambda line: (-line.amount, line.dimension))


@dataclass(frozen=True, slots=True)
class TableLine:
    """An indicator in the table of a unit's figures; ``figure`` None: not reported."""

    meaning: Definition
    figure: ReportFigure | None
    path: str


def figure_table(
    viewer: Actor, code: str, period_code: str
) -> tuple[UnitOnDay, Period, list[TableLine]]:
    """All core indicators, and the others that have a value, of a unit and period."""
    span = period_span(period_code)
    unit = unit_within(code, span.start, span.end)
    known = period_for(viewer, unit.id, span.code)
    if not viewer.may("figures.read", unit.id) and (
        known is None or not stated_figures(viewer, unit.id, known)
    ):
        require(viewer, "figures.read", unit.id)
    period = known or open_period(span.code)
    figures = report_figures(viewer, unit.id, unit.level, unit.code, period)
    lines = [
        TableLine(meaning, figures.get(key), f"/office/so-lieu/{unit.code}/{period.code}/{key}/")
        for key, meaning in definitions().items()
        if key in figures or meaning.tier == "core"
    ]
    return unit, period, lines
