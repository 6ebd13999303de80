"""Figures a unit published, each with the very words it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import PeriodSpan, label_en, label_vi
from danchu.core.calendar.selectors import span_of
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import NOT_TOLD, amount_text
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.withholding import HIDDEN_SMALL
from danchu.reporting.reading.selectors import (
    OpenStated,
    StatedFigure,
    newest_stated,
    open_stated,
    periods_with_stated,
)
from danchu.reporting.reviews.published_figures import BELOW_FIVE
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .addresses import unit_part_address
from .caching import whole_page
from .places import place_of_today

MOST_PERIODS = 12
CUT = 160  # letters of context that a stated figure carries on each side


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One published figure: what it means, how it is printed, where it was said.

    ``stated`` is None where the number is held back: nothing is quoted of it then.
    """

    meaning: Definition
    text: str
    stated: StatedFigure | None
    withheld: str = ""

    @property
    def before(self) -> str:
        """The words before the figure, begun at a whole word where the sentence is cut.

        Words that do not begin a sentence are led in by three dots, whoever cut them.
        """
        text = self.stated.before if self.stated else ""
        if len(text) >= CUT:
            return f"…{text.partition(' ')[2]}"
        first = next((char for char in text if char.isalnum()), "")
        return f"…{text.lstrip(' ,;:')}" if first.islower() else text

    @property
    def after(self) -> str:
        """The words after it, ended likewise."""
        text = self.stated.after if self.stated else ""
        return f"{text.rpartition(' ')[0]}…" if len(text) >= CUT else text


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """The figures of one period, in the order of the report."""

    code: str
    span: PeriodSpan
    rows: tuple[FigureRow, ...]

    @property
    def name_vi(self) -> str:
        return label_vi(self.span)

    @property
    def name_en(self) -> str:
        return label_en(self.span)


def published_figures(unit_id: int, code: str | None = None) -> PublishedFigures | None:
    """The figures of the period ``code``, or of the newest period that has any; None without."""
    if code is None:
        newest = newest_stated(NOBODY, unit_id)
        found = _published(*newest) if newest else None
        if found is None or found.rows:
            return found
    for period in _periods(unit_id):
        if code is None or period.code == code:
            found = _published(span_of(period), open_stated(NOBODY, unit_id, period))
            if found.rows:
                return found
    return None


def _periods(unit_id: int) -> list[Period]:
    return periods_with_stated(NOBODY, unit_id)[:MOST_PERIODS]


def _published(span: PeriodSpan, stated: OpenStated) -> PublishedFigures:
    meanings = definitions()
    rows = [
        FigureRow(meanings[key], amount_text(meanings[key], figure.amount), figure)
        for key, figure in stated.told.items()
        if key in meanings
    ]
    rows += [
        FigureRow(meanings[key], BELOW_FIVE if why == HIDDEN_SMALL else NOT_TOLD, None, why)
        for key, why in stated.held.items()
    ]
    rows.sort(key=lambda row: row.meaning.order)
    return PublishedFigures(span.code, span, tuple(rows))


@public
@whole_page
def figures(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """All published figures of a period, with the words of the report beside each."""
    asked: str | None = parameters(request, {"ky": str})["ky"]
    found = place_of_today(
        request, code, slug, lambda unit: unit_part_address("portal:figures", unit)
    )
    if isinstance(found, HttpResponseRedirectBase):
        return found
    shown = published_figures(found.unit.id, asked)
    if shown is None and asked is not None:
        raise NotFound(
            "Đơn vị này chưa công bố số liệu của kỳ đó.",
            "This unit has published no figures of that period.",
        )
    periods = [
        (period.code, label_vi(span_of(period)), label_en(span_of(period)))
        for period in _periods(found.unit.id)
    ]
    return render(
        request, "portal/figures.html", {"place": found, "shown": shown, "periods": periods}
    )
