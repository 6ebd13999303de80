"""Finding what was made known by its words: in one unit with those below it, or everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.civic.disclosure.selectors.public import newest_lines
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.search.selectors import MOST_FOUND, Hit
from danchu.core.search.selectors import search as found_for
from danchu.core.units.selectors import UnitOnDay, unit_by_id, unit_on, units_by_ids
from danchu.web.design.access import public
from danchu.web.design.parameters import LONGEST, parameters

from .addresses import notice_address
from .caching import depends_on, whole_page_for
from .known import ON_THE_MAP

PER_PAGE = 20
# Kinds of record that have a citizens' page, each with its address.
ADDRESSES = {"disclosure": notice_address}


@dataclass(frozen=True, slots=True)
class HitShown:
    """A result with its unit and its page."""

    hit: Hit
    unit: UnitOnDay
    address: str


@public
@whole_page_for(60)
def search(request: HttpRequest) -> HttpResponse:
    """What has all the words asked for, newest first; without words the box alone."""
    asked = parameters(request, {"q": str, "don-vi": str, "trang": int}, cut=("q",))
    text, number = asked["q"] or "", max(1, asked["trang"] or 1)
    unit = _unit(asked["don-vi"]) if asked["don-vi"] else None
    if len(request.GET.get("q", "")) > LONGEST:
        told = {"text": text, "unit": unit, "longest": LONGEST}
        return render(request, "portal/search.html", told, status=400)
    found = found_for(
        NOBODY,
        text,
        below=unit.id if unit else None,
        kinds=list(ADDRESSES),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    # Which units are shown is known only now. What is taken back between the two statements is
    # listed until the page is made anew; what is taken back later is gone at once.
    depends_on(request, *{hit.unit_id for hit in found.hits})
    if number > 1 and not found.hits:
        raise NotFound("Không có trang này.", "There is no such page.")
    more = number * PER_PAGE < (MOST_FOUND if found.more else found.total)
    return render(
        request,
        "portal/search.html",
        {
            "text": text,
            "unit": unit,
            "found": found,
            "hits": _shown(found.hits),
            "number": number,
            "before": _page_address(request, number - 1) if number > 1 else "",
            "after": _page_address(request, number + 1) if more else "",
        },
    )


def _unit(code: str) -> UnitOnDay:
    """The unit of the address; one of which nothing is public answers as if it were not there."""
    nobody = NotFound(f"Không tìm thấy đơn vị mã {code}.", f"There is no unit with code {code}.")
    try:
        unit = unit_on(code, today())
    except NotFound:
        raise nobody from None
    if unit.level not in ON_THE_MAP and not newest_lines(NOBODY, unit_id=unit.id, limit=1):
        raise nobody
    return unit


def _shown(hits: tuple[Hit, ...]) -> list[HitShown]:
    """Under the unit as it is today; under that of its day where it ended."""
    units = units_by_ids({hit.unit_id for hit in hits}, today())
    for hit in hits:
        if hit.unit_id not in units:
            units[hit.unit_id] = unit_by_id(hit.unit_id, hit.day)
    return [
        HitShown(
            hit,
            units[hit.unit_id],
            ADDRESSES[hit.kind](units[hit.unit_id], hit.public_id),
        )
        for hit in hits
    ]


def _page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(number)
    return f"?{query.urlencode()}"
