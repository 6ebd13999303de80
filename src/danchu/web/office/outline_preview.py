"""A look at what the draft of an outline would make of a unit's period."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from danchu.core.accounts.policy import among
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Refusal
from danchu.core.units.selectors import UnitOnDay, find_units
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.outlines.selectors import outline_of_draft
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .outline_forms import PreviewForm
from .outlines import draft, known, naming
from .periods import period_choices

MOST_MATCHES = 12  # units that a search lists


@staff("outlines.edit")
def outline_preview(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """What the draft would make of a unit's period. Nothing is kept."""
    query = parameters(request, {"unit": str, "period": str})
    known(layout, level)
    draft(request, layout, level)
    form = PreviewForm(request.GET if query["unit"] else None, periods=_periods())
    report = None
    matches: list[UnitOnDay] = []
    if form.is_bound and form.is_valid():
        try:
            matches = _fitting(viewer_of(request), form.cleaned_data["unit"], level)
            report = compose(
                viewer=viewer_of(request),
                code=_the_one(matches, form.cleaned_data["unit"]).code,
                period_code=form.cleaned_data["period"],
                layout="party" if layout == "party" else "state",
                language=get_language() or "vi",
                draft=outline_of_draft(viewer_of(request), layout, level),
            )
        except Refusal as refusal:
            form.refuse(refusal)
    return render(
        request,
        "office/outline_preview.html",
        {
            **naming(layout, level),
            "form": form,
            "report": report,
            "matches": [] if report else matches[:MOST_MATCHES],
            "period": form["period"].value(),
            "base": reverse("office:report", args=[report.unit.code, report.period.code])
            if report
            else "",
        },
        status=400 if form.errors else 200,
    )


def _fitting(viewer: Actor, text: str, level: str) -> list[UnitOnDay]:
    """The units of the level that the text names, of which the viewer may read the reports.

    By name or code, with accents or without; one whose name or code is the very text alone.
    """
    found = [unit for unit in find_units(text, today()) if unit.level == level]
    readable = among(viewer, "reports.read", [unit.id for unit in found])
    mine = [unit for unit in found if unit.id in readable]
    same = [u for u in mine if text.casefold() in (u.code.casefold(), u.name.casefold())]
    return same if len(same) == 1 else mine


def _the_one(matches: list[UnitOnDay], text: str) -> UnitOnDay:
    """The unit that was meant. Raises ``BadInput`` for none and for several."""
    if not matches:
        raise BadInput(
            f"Không tìm thấy “{text}” trong các đơn vị thuộc cấp của đề cương.",
            f"No unit of the level of this outline fits “{text}”.",
            field="unit",
        )
    if len(matches) > 1:
        raise BadInput(
            "Có nhiều đơn vị trùng. Chọn một đơn vị dưới đây.",
            "Several units fit. Choose one below.",
            field="unit",
        )
    return matches[0]


def _periods() -> list[tuple[str, str]]:
    """The running periods and those a half-year and a year before."""
    found: dict[str, str] = {}
    for days in (0, 183, 365):
        found.update(period_choices(today() - dt.timedelta(days=days)))
    return list(found.items())
