"""The page of a unit: how to reach it, when it receives, what was heard and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render

from danchu.civic.dialogue.selectors import DialogueLine
from danchu.civic.dialogue.selectors import dialogues as dialogues_of
from danchu.civic.reception.selectors import ScheduleView, published_schedule
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.units.selectors import Kin, children, trace, unit_on
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .addresses import address_on, dialogue_address, slug, unit_address, unit_part_address
from .caching import whole_page
from .figures import published_figures
from .places import ON_THE_MAP, Place, place, place_of_today, stands_today

SHOWN = 5
SHOWN_FIGURES = 8


@dataclass(frozen=True, slots=True)
class HeardThisYear:
    """What the public minutes since 1 January say, in numbers that the list proves."""

    dialogues: int
    opinions: int
    answered: int

    @property
    def waiting(self) -> int:
        return self.opinions - self.answered


@public
@whole_page
def unit(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The unit that holds the code today."""
    parameters(request, {})
    found = place_of_today(request, code, slug, unit_address)
    if isinstance(found, HttpResponseRedirectBase):
        return found
    day = today()
    lines, total = dialogues_of(NOBODY, unit_id=found.unit.id, published_only=True, limit=SHOWN)
    schedule = published_schedule(NOBODY, found.unit.id, day)
    figures = published_figures(found.unit.id)
    # A unit nobody writes about here is shown by name and history only: an empty list would
    # read as a judgement on it (DESIGN section 5).
    is_used = bool(total or schedule or found.contact)
    if found.unit.level not in ON_THE_MAP and not (is_used or figures):
        raise NotFound("Không có trang này.", "There is no such page.")
    below = [
        (child, unit_address(child))
        for child in children(found.unit.id, day)
        if child.level in ON_THE_MAP
    ]
    context = {
        "place": found,
        "is_used": is_used,
        "schedule": schedule,
        "next_reception": _next(schedule),
        "above": [(above, unit_address(above)) for above in reversed(found.above)],
        "dialogues": [(line, dialogue_address(found.unit, line.public_id)) for line in lines],
        "dialogues_total": total,
        "dialogues_address": unit_part_address("portal:dialogues", found.unit),
        "heard": _heard(found, day),
        "figures": figures,
        "figures_address": unit_part_address("portal:figures", found.unit),
        "shown_figures": figures.rows[:SHOWN_FIGURES] if figures else (),
        "below": below,
        "before": _kin(
            kin for kin in trace(code, None, None).predecessors if kin.unit.id != found.unit.id
        ),
    }
    return render(request, "portal/unit.html", context)


@public
@whole_page
def ended_unit(request: HttpRequest, code: str, slug: str, last: str) -> HttpResponse:
    """A unit that ended: what it was, what became of it, what stays published on it."""
    parameters(request, {})
    day = _day(last)
    unit_then = unit_on(code, day)
    if unit_then.valid_to is None:
        return HttpResponsePermanentRedirect(unit_address(unit_then))
    still = stands_today(unit_then)
    if still is not None:
        return HttpResponsePermanentRedirect(unit_address(still))
    if unit_then.valid_to != day or _slug(unit_then.name) != slug:
        return HttpResponsePermanentRedirect(unit_address(unit_then, ended=True))
    found: Place = place(request, unit_then)
    lines, total = dialogues_of(NOBODY, unit_id=unit_then.id, published_only=True, limit=SHOWN)
    figures = published_figures(unit_then.id)
    context = {
        "place": found,
        "last": day,
        "became": _kin(trace(code, day, None).successors),
        "dialogues": [(line, dialogue_address(unit_then, line.public_id)) for line in lines],
        "dialogues_total": total,
        "figures": figures,
        "shown_figures": figures.rows if figures else (),
    }
    return render(request, "portal/ended_unit.html", context)


@public
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """An address with the code alone leads to the full one."""
    parameters(request, {})
    found = place_of_today(request, code, "", unit_address)
    assert isinstance(found, HttpResponseRedirectBase)
    return found


_slug = slug


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotFound(f"Không có ngày {text}.", f"There is no day {text}.") from None


def _next(schedule: list[ScheduleView]) -> tuple[dt.date, ScheduleView] | None:
    """The first day on which somebody receives, and who."""
    coming = [
        (line.next_days[0], place, line) for place, line in enumerate(schedule) if line.next_days
    ]
    if not coming:
        return None
    day, _place, line = min(coming, key=lambda found: found[:2])
    return day, line


def _heard(found: Place, day: dt.date) -> HeardThisYear | None:
    lines: list[DialogueLine]
    lines, total = dialogues_of(
        NOBODY,
        unit_id=found.unit.id,
        start=day.replace(month=1, day=1),
        end=day,
        published_only=True,
        limit=1000,
    )
    if not lines:
        return None
    return HeardThisYear(
        total, sum(line.opinions for line in lines), sum(line.answered for line in lines)
    )


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit this one came from or became, with the address of its page."""

    kin: Kin
    address: str


def _kin(rows: Iterable[Kin]) -> list[Relative]:
    return [Relative(row, address_on(row.unit, today())) for row in rows]
