"""Figures of a unit, and the page of each figure with everything behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from danchu.core.clock import today
from danchu.reporting.figures.asked import answered
from danchu.reporting.figures.selectors import (
    being_folded,
    period_codes_with_values,
    waits_for_first_fold,
)
from danchu.reporting.reviews.figure_page import figure_page, figure_table
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.office_bar import name_at_hand
from danchu.web.design.parameters import parameters

from .figures_shown import rows_shown
from .periods import period_choices, period_label
from .scope import chosen_unit


@staff("figures.read")
def figures(request: HttpRequest) -> HttpResponse:
    """To the figures of the own unit in the period that runs: the half-year, where it has any."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "figures.read")
    known = set(period_codes_with_values(viewer_of(request), unit))
    running = [code for code, _label in period_choices(today())]
    code = next((code for code in running if code in known), running[0])
    return redirect("office:figures_of", unit.code, code)


@signed_in
def figures_of(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """All figures of a unit in a period, section by section."""
    parameters(request, {})
    viewer = viewer_of(request)
    unit, row, lines = figure_table(viewer, code, period)
    name_at_hand(request, unit.id, unit.name, unit.valid_to)
    others = [
        (other, period_label(other))
        for other in period_codes_with_values(viewer, unit)
        if other != row.code
    ]
    folding = being_folded(viewer, unit.id)
    return render(
        request,
        "office/figures.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "rows": rows_shown(lines),
            "answered": answered(
                {line.meaning.key: line.figure.state for line in lines if line.figure is not None}
            ),
            "others": others,
            "being_folded": folding,
            "first_fold": folding and waits_for_first_fold([row.pk]),
        },
    )


@signed_in
def figure(request: HttpRequest, code: str, period: str, key: str) -> HttpResponse:
    """One figure: value, definition, formula, n of N, units below, records, words, proof."""
    parameters(request, {})
    page = figure_page(viewer_of(request), code, period, key, get_language() or "vi")
    # Beside the half-year of Decree 09/2019 that of the calendar is called by its full name.
    label = period_label(page.period.code)
    return render(request, "office/figure.html", {"page": page, "label": label})
