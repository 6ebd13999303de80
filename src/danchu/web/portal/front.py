"""The first page of the citizens' face: find my commune."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from danchu.core.clock import today
from danchu.core.errors import NotFound
from danchu.core.units.kinds import kind_in_english
from danchu.core.units.selectors import UnitOnDay, children, count_units, unit_on
from danchu.web.design.access import public
from danchu.web.design.context import Site, served_codes
from danchu.web.design.parameters import parameters

from .addresses import unit_address
from .caching import whole_page_for
from .known import ON_THE_MAP
from .places import invented_provinces

SHOWN_BELOW = 8
KINDS_IN_ORDER = ("tỉnh", "thành phố", "xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class Served:
    """A unit this installation works for, and some of the units below it."""

    unit: UnitOnDay
    address: str
    below: tuple[tuple[UnitOnDay, str], ...]


@public
@whole_page_for(60)
def front(request: HttpRequest) -> HttpResponse:
    """National counts, the search, and the units this installation works for."""
    parameters(request, {})
    day = today()
    count = count_units(day)
    english = get_language() == "en"
    kinds = [
        (kind_in_english(kind) if english else kind, number)
        for kind, number in sorted(count.by_kind.items(), key=lambda one: (_place(one[0]), one[0]))
    ]
    codes = served_codes() or (invented_provinces() if Site(request).is_demo else [])
    served = [one for one in map(_served, codes) if one is not None]
    return render(request, "portal/front.html", {"count": count, "kinds": kinds, "served": served})


def _place(kind: str) -> int:
    return KINDS_IN_ORDER.index(kind) if kind in KINDS_IN_ORDER else len(KINDS_IN_ORDER)


def _served(code: str) -> Served | None:
    day = today()
    try:
        unit = unit_on(code, day)
    except NotFound:
        return None
    below = [] if unit.level == "nation" else children(unit.id, day)
    below = [child for child in below if child.level in ON_THE_MAP]
    return Served(
        unit,
        unit_address(unit),
        tuple((child, unit_address(child)) for child in below[:SHOWN_BELOW]),
    )
