"""Finding a unit by its name or code, old names too, with or without accents."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.core.clock import today
from danchu.core.errors import NotFound
from danchu.core.units.selectors import UnitOnDay, children, find_units, unit_on
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .addresses import address_on, unit_address
from .caching import whole_page_for
from .known import ON_THE_MAP

MOST = 50
NATION = "VN"


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found. ``ended``: it is no more, and its page tells what became of it."""

    unit: UnitOnDay
    address: str
    ended: bool


@public
@whole_page_for(60)
def find(request: HttpRequest) -> HttpResponse:
    """What fits the text, best first; without a text, the provinces."""
    text: str | None = parameters(request, {"q": str})["q"]
    matches = [_match(unit) for unit in find_units(text, limit=MOST)] if text else []
    matches = [match for match in matches if match.unit.level in ON_THE_MAP]
    provinces = [] if text else _provinces()
    return render(
        request,
        "portal/find.html",
        {"text": text or "", "matches": matches, "provinces": provinces, "most": MOST},
    )


def _provinces() -> list[tuple[UnitOnDay, str]]:
    day = today()
    try:
        nation = unit_on(NATION, day)
    except NotFound:  # no map was loaded yet; the page says what to do
        return []
    return [(unit, unit_address(unit)) for unit in children(nation.id, day, level="province")]


def _match(unit: UnitOnDay) -> Match:
    ended = unit.valid_to is not None and unit.valid_to < today()
    return Match(unit, address_on(unit, today()), ended)
