"""A report's text against the database: what is held of its unit and period, and what the unit's
earlier reports stated.

Shown beside the arithmetic of the text itself; nothing is written and nothing overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES, PeriodSpan, label_en, label_vi, same_last_year
from danchu.core.calendar.selectors import known_period, previous_span, span_of
from danchu.core.contracts import Actor, require
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, values
from danchu.reporting.reading.extraction import Held, Reading, against_earlier, against_held
from danchu.reporting.reading.extraction.model import Check
from danchu.reporting.reading.read_again import reading_again
from danchu.reporting.reading.selectors import stated_figures

_KNOWN = (CellState.REPORTED, CellState.ZERO)
_SOURCES = {
    Layer.REPORTED: ("số liệu đơn vị đã nộp", "the figures handed in"),
    Layer.RECORDED: ("việc đã ghi trên hệ thống", "the work recorded in danchu"),
}


@dataclass(frozen=True, slots=True)
class TextCheck:
    """One check of a taken-in report, with the figures on its page that it belongs to."""

    vi: str
    en: str
    verdict: str
    figure_ids: tuple[int, ...]


def checks_of_text(
    viewer: Actor,
    unit_id: int,
    period: Period,
    text: str,
    reading: Reading,
    *,
    besides: UUID | None = None,
) -> list[Check]:
    """What ``text`` states against what is held of the unit and period, and its claims on earlier
    values against what the unit's earlier reports stated.

    ``besides``: the public id of the report that is checked: what was confirmed from it does not
    speak for it. Raises ``NotAllowed`` for who may not read the unit's figures.
    """
    require(viewer, "figures.read", unit_id)
    held = _held(viewer, unit_id, period, besides)
    span = span_of(period)
    last_year = same_last_year(span) if span.scheme in SCHEMES else None
    checks = [
        *against_held(text, reading, held),
        *against_earlier(
            text,
            reading,
            _stated_before(viewer, unit_id, last_year),
            _stated_before(viewer, unit_id, previous_span(span)),
        ),
    ]
    return sorted(checks, key=lambda check: check.spans[0])


def checks_of_reading(viewer: Actor, public_id: UUID) -> list[TextCheck]:
    """The same for a report that was taken in: what disagrees first, then what agrees.

    Empty while it has no period, and for who may not read the unit's figures. What a person
    rejected or corrected there is left out. Raises ``NotFound`` for who may not see the report.
    """
    again = reading_again(viewer, public_id)
    if again.period is None or not viewer.may("figures.read", again.unit_id):
        return []
    found = checks_of_text(
        viewer, again.unit_id, again.period, again.text, again.reading, besides=public_id
    )
    told = []
    for check in found:
        on_page = [
            figure for figure in again.figures if any(figure.holds(span) for span in check.spans)
        ]
        if all(figure.stands for figure in on_page):
            ids = tuple(figure.figure_id for figure in on_page)
            told.append(TextCheck(check.message_vi, check.message_en, check.verdict, ids))
    order = ("fail", "not_checkable", "ok")
    return sorted(told, key=lambda one: order.index(one.verdict))


def _held(
    viewer: Actor, unit_id: int, period: Period, besides: UUID | None
) -> Mapping[str, list[Held]]:
    """What is handed in, recorded and stated elsewhere of the unit and period, by key."""
    meanings, found = definitions(), defaultdict(list)
    for layer, reach in ((Layer.REPORTED, Cell.Reach.OWN), (Layer.RECORDED, Cell.Reach.ALL)):
        for (of_layer, key, _), value in values(viewer, unit_id, period, reach=reach).items():
            if of_layer != layer or value.state not in _KNOWN or value.amount is None:
                continue
            if key in meanings:
                vi, en = _SOURCES[layer]
                found[key].append(Held(_exact(value.amount, meanings[key]), vi, en))
    for key, stated in stated_figures(viewer, unit_id, period).items():
        if stated.document_id != besides and not stated.approx and key in meanings:
            source = (
                f"báo cáo “{stated.document_title}”",
                f"the report “{stated.document_title}”",
            )
            found[key].append(Held(_exact(stated.amount, meanings[key]), *source))
    return found


def _stated_before(viewer: Actor, unit_id: int, span: PeriodSpan | None) -> Mapping[str, Held]:
    """What the unit reported for an earlier period: as handed in, else as its report states."""
    period = known_period(span.code) if span is not None else None
    if period is None or span is None:
        return {}
    meanings = definitions()
    vi, en = label_vi(span), label_en(span)
    found = {
        key: Held(
            _exact(one.amount, meanings[key]),
            f"báo cáo “{one.document_title}” ({vi})",
            f"the report “{one.document_title}” ({en})",
        )
        for key, one in stated_figures(viewer, unit_id, period).items()
        if key in meanings and not one.approx
    }
    for (layer, key, _), value in values(viewer, unit_id, period, reach=Cell.Reach.OWN).items():
        if layer != Layer.REPORTED or value.state not in _KNOWN or value.amount is None:
            continue
        if key in meanings:
            found[key] = Held(
                _exact(value.amount, meanings[key]),
                f"báo cáo đã nộp {vi}",
                f"the report handed in for the {en}",
            )
    return found


def _exact(amount: int, meaning: Definition) -> Fraction:
    return Fraction(amount, meaning.scale)
