"""Dialogues whose result was published: the list of a unit, and one with its opinions."""

from __future__ import annotations

import uuid

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render

from danchu.civic.dialogue.selectors import dialogue as dialogue_of
from danchu.civic.dialogue.selectors import dialogues as dialogues_of
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .addresses import dialogue_address, unit_part_address
from .caching import depends_on, whole_page
from .dialogue_items import dialogue_items
from .places import place, place_of_today, stands_today

PER_PAGE = 20


@public
@whole_page
def dialogues(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Every dialogue of the unit whose result is public, newest first."""
    number = parameters(request, {"trang": int})["trang"] or 1
    found = place_of_today(
        request, code, slug, lambda unit: unit_part_address("portal:dialogues", unit)
    )
    if isinstance(found, HttpResponseRedirectBase):
        return found
    lines, total = dialogues_of(
        NOBODY,
        unit_id=found.unit.id,
        published_only=True,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    try:
        page = Paginator(range(total), PER_PAGE).page(number)
    except EmptyPage:
        raise NotFound("Không có trang số này.", "There is no page of this number.") from None
    return render(
        request,
        "portal/dialogues.html",
        {
            "place": found,
            "dialogues": dialogue_items(lines, found.unit),
            "total": total,
            "page": page,
        },
    )


@public
@whole_page
def dialogue(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponse:
    """One dialogue, found by its id alone; an old or wrong unit in the address redirects."""
    parameters(request, {})
    minutes = dialogue_of(NOBODY, uuid.UUID(public_id))
    depends_on(request, minutes.unit_id)
    minutes = dialogue_of(NOBODY, uuid.UUID(public_id))
    if minutes.result_published_on is None:
        raise NotFound("Không tìm thấy biên bản này.", "There are no such minutes.")
    then = unit_by_id(minutes.unit_id, minutes.occurred_on)
    unit = stands_today(then) or then
    address = dialogue_address(unit, minutes.public_id)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    answered = [opinion for opinion in minutes.opinions if opinion.answered_on]
    return render(
        request,
        "portal/dialogue.html",
        {
            "place": place(request, unit),
            "minutes": minutes,
            "answered": len(answered),
            "late": sum(opinion.days_late > 0 for opinion in answered),
            "transferred": sum(opinion.outcome == "transferred" for opinion in answered),
            "today": today(),
        },
    )
