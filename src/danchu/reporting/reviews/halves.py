"""Figures of a year of which only one half is known: half a year is not printed as a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from danchu.core.calendar.periods import SCHEMES, PeriodSpan, parse_period
from danchu.reporting.figures.models import CellState, Layer

from .earlier import period_title
from .figures import ReportFigure

Figures: TypeAlias = Mapping[str, ReportFigure]


def half_known(
    span: PeriodSpan, figures: Figures, read: Callable[[str], Figures], language: str
) -> dict[str, str]:
    """Indicator -> the half of the year its figure is of, in words; nothing for other periods.

    ``read`` gives the figures of a period by its code. Only what adds up over time is looked
    at, and only where it comes from records: a version handed in for the year and a published
    report speak of the whole year they name.
    """
    if span.kind != "year" or span.scheme not in SCHEMES:
        return {}
    flows = [
        key
        for key, figure in figures.items()
        if figure.has_value
        and not figure.meaning.is_rate
        and figure.meaning.time_operator == "sum"
        and figure.layer == Layer.RECORDED
    ]
    if not flows:
        return {}
    halves = [parse_period(f"{span.code}H{number}") for number in (1, 2)]
    known = [read(half.code) for half in halves]
    names = [period_title(half, language) for half in halves]
    found: dict[str, str] = {}
    for key in flows:
        states = [_is_known(figures_of_half.get(key)) for figures_of_half in known]
        if states.count(True) != 1:
            continue
        place = states.index(True)
        # A half that is not added up yet looks like one without figures; the sums tell them apart.
        if known[place][key].amount == figures[key].amount:
            found[key] = names[place]
    return found


def _is_known(figure: ReportFigure | None) -> bool:
    return figure is not None and figure.state != CellState.MISSING
