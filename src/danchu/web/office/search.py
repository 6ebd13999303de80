"""Tìm đơn vị: units by name or code, old names too, with or without accents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.core.clock import today
from danchu.core.units.selectors import find_units
from danchu.web.design.access import signed_in
from danchu.web.design.parameters import parameters

from .units import unit_address

MOST = 50


@signed_in
def find(request: HttpRequest) -> HttpResponse:
    """What fits the text, best first."""
    text: str | None = parameters(request, {"q": str})["q"]
    matches = find_units(text, limit=MOST) if text else []
    day = today()
    return render(
        request,
        "office/find.html",
        {
            "text": text or "",
            "matches": [
                (unit, unit_address(unit), unit.valid_to is not None and unit.valid_to < day)
                for unit in matches
            ],
            "cut": len(matches) == MOST,
        },
    )
