"""Overviews of a unit and a period, from the nation down to the record; the country's map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from danchu.civic.dialogue.open_below import opinions_open_under
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.errors import NotAllowed
from danchu.core.units.selectors import unit_on
from danchu.reporting.figures.selectors import period_codes_with_values
from danchu.reporting.overviews.needs import Needs, needs_of
from danchu.reporting.overviews.selectors import Overview
from danchu.reporting.overviews.selectors import overview as overview_of
from danchu.reporting.overviews.sheets import overview_xlsx
from danchu.reporting.overviews.shown import INDICATORS
from danchu.reporting.reviews.earlier import period_title
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.context import Site
from danchu.web.design.office_bar import name_at_hand
from danchu.web.design.parameters import parameters

from .basis import basis_of_overview
from .overview_chart import chart_shown
from .overview_rows import figure_rows, need_rows, tile_items, tile_rows, trend_rows
from .overview_shown import (
    DRILLED,
    chart_of,
    chart_sentence,
    map_of,
    map_of_provinces,
    tiles_shown,
)
from .periods import period_choices, period_label, period_span_words
from .scope import chosen_unit, own_unit
from .unit_forms import LEVELS

MOST_NEEDS = 12  # units of the list; the file has them all


@staff("figures.read")
def overviews(request: HttpRequest) -> HttpResponse:
    """To the overview of the own unit in the period that runs: the half-year, where it has any."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "figures.read")
    known = set(period_codes_with_values(viewer_of(request), unit))
    running = [code for code, _label in period_choices(today())]
    code = next((code for code in running if code in known), running[0])
    return redirect("office:overview", unit.code, code)


@signed_in
def overview(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """A unit and a period: figures, units below as tiles, what needs a hand, the trend, the map."""
    try:
        found, needs = _asked(request, code, period)
    except NotAllowed:
        return _not_for_this_account(request, code, period)
    tiles, chart = tiles_shown(found), chart_of(found.trend)
    span, asked = found.span, [line for line in found.asked if line.state != "excused"]
    if found.unit.valid_to is None:  # still called so today
        name_at_hand(request, found.unit.id, found.unit.name, found.unit.valid_to)
    return render(
        request,
        "office/overview.html",
        {
            "found": found,
            "unit": found.unit,
            "basis": basis_of_overview(found),
            "title": period_title(span, get_language() or "vi"),
            "label": period_label(span.code),
            "days": period_span_words(span.code),
            "chosen": found.figure,
            "lines": figure_rows(found),
            "tiles": tile_items(tiles),
            "tile_rows": tile_rows(tiles, is_rate=found.chosen.is_rate),
            "n_tiles": len(tiles),
            "n_low": sum(tile.tone == "low" for tile in found.tiles),
            "n_asked": len(asked),
            "n_handed_in": sum(line.stands or line.state == "returned" for line in asked),
            "n_returned": sum(line.state == "returned" for line in asked),
            "handing": [(LEVELS[line.level], line) for line in found.handing],
            "needs": needs,
            "need_rows": need_rows(needs, found, MOST_NEEDS) if needs else "",
            "most_needs": MOST_NEEDS,
            "chart": chart,
            "drawing": chart_shown(chart, chart_sentence(found.trend)) if chart else "",
            "rows": trend_rows(found),
            "others": [(one, period_label(one)) for one in found.period_codes if one != span.code],
            "map": map_of(found),
            "file": f"{reverse('office:overview_file', args=[code, period])}"
            f"?chi-tieu={found.chosen.key}",
        },
    )


def _not_for_this_account(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """What the account may not see, in words, and the way to what it may."""
    span = period_span(period)
    own, asked = own_unit(request), unit_on(code, span.end)
    return render(
        request,
        "office/overview_refused.html",
        {
            "asked": asked.name if asked.level in DRILLED or asked.level == "nation" else "",
            "own": own if viewer_of(request).may("figures.read", own.id) else None,
            "period": span.code,
        },
        status=403,
    )


@signed_in
def overview_file(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Every table of the same page as a spreadsheet."""
    found, needs = _asked(request, code, period)
    answer = HttpResponse(overview_xlsx(found, needs), content_type=MEDIA_TYPES["xlsx"])
    name = f"toan-canh-{found.unit.code}-{found.span.code.replace(':', '-')}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@signed_in
def country(request: HttpRequest) -> HttpResponse:
    """The map of the country and its provinces by name; it carries no figure."""
    parameters(request, {})
    return render(request, "office/country.html", {"map": map_of_provinces()})


@signed_in
def country_file(request: HttpRequest) -> HttpResponse:
    """The same map to take away, as a drawing."""
    parameters(request, {})
    answer = HttpResponse(
        render_to_string("office/country_map.svg", {"map": map_of_provinces()}, request),
        content_type="image/svg+xml",
    )
    answer["Content-Disposition"] = 'attachment; filename="ban-do-viet-nam.svg"'
    return answer


def _asked(request: HttpRequest, code: str, period: str) -> tuple[Overview, Needs | None]:
    query = parameters(request, {"chi-tieu": INDICATORS})
    viewer = viewer_of(request)
    is_demo = Site(request).is_demo
    found = overview_of(viewer, code, period, query["chi-tieu"], in_demonstration=is_demo)
    if not found.path:
        return found, None
    day = min(today(), found.span.end)
    return found, needs_of(found, opinions_open_under(viewer, found.path, day), day)
