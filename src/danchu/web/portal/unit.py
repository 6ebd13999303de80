"""The page of a unit: how to reach it, when it receives, what was heard and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils.translation import get_language

from danchu.civic.dialogue.selectors import DialogueLine, Heard
from danchu.civic.dialogue.selectors import dialogues as dialogues_of
from danchu.civic.reception.selectors import (
    WEEKDAYS_EN,
    WEEKDAYS_VI,
    ScheduleView,
    published_schedule,
)
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.units.selectors import Kin, child_units, made_of_unit, trace, unit_on
from danchu.reporting.reviews.published import published_lines
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .addresses import (
    address_of_code,
    address_on,
    slug,
    unit_address,
    unit_part_address,
)
from .board import notice_lines
from .caching import whole_page
from .dialogue_items import dialogue_items
from .figures import published_figures
from .known import ON_THE_MAP, is_known_to_all, no_such_unit
from .places import Place, place, place_of_today, stands_today
from .reports import shown_line

SHOWN = 5
SHOWN_FIGURES = 8
ABOVE = ("nation", "province", "district")
OF_YEAR = 100  # dialogues: from them the year's numbers are told without another query
MOST_NOTICES = 60
MOST_REPORTS = 60  # of a unit that ended: it issues no more


@public
@whole_page
def unit(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The unit that holds the code today."""
    parameters(request, {})
    found = place_of_today(request, code, slug, unit_address)
    if isinstance(found, HttpResponseRedirectBase):
        return found
    day = today()
    lines, total = dialogues_of(NOBODY, unit_id=found.unit.id, published_only=True, limit=OF_YEAR)
    # Above the commune hardly anything is disclosed under this law: the board is one step away.
    notices = [] if found.unit.level in ABOVE else notice_lines(found.unit, limit=SHOWN)
    schedule = published_schedule(NOBODY, found.unit.id, day)
    receivers = _receivers(schedule)
    figures = published_figures(found.unit.id)
    # A unit nobody writes about here is shown by name and history only: an empty list would
    # read as a judgement on it (DESIGN section 5).
    # Reports have a list of their own: only where nothing else is known are they asked for here.
    is_used = bool(
        total
        or notices
        or schedule
        or found.contact
        or published_lines(NOBODY, found.unit.id, limit=1)[0]
    )
    if found.unit.level not in ON_THE_MAP and not (is_used or figures):
        raise NotFound("Không có trang này.", "There is no such page.")
    # Below a commune nothing stands on the map; there is no need to ask.
    below = [
        (child, address_of_code(child.code, child.name))
        for child in (child_units(found.unit.id, day) if found.unit.level != "commune" else [])
        if child.level in ON_THE_MAP
    ]
    context = {
        "place": found,
        "is_used": is_used,
        "receivers": receivers,
        "next_reception": _next(receivers),
        "above": [(above, unit_address(above)) for above in reversed(found.above)],
        "dialogues": dialogue_items(lines[:SHOWN], found.unit),
        "dialogues_total": total,
        "notices": notices,
        "is_above": found.unit.level in ABOVE,
        "board_address": unit_part_address("portal:board", found.unit),
        "dialogues_address": unit_part_address("portal:dialogues", found.unit),
        "reports_address": unit_part_address("portal:reports", found.unit),
        "heard": _heard(lines, total, day),
        "figures": figures,
        "figures_address": unit_part_address("portal:figures", found.unit),
        "shown_figures": figures.rows[:SHOWN_FIGURES] if figures else (),
        "below": below,
        "before": _kin(
            kin for kin in made_of_unit(found.unit, day) if kin.unit.id != found.unit.id
        ),
    }
    return render(request, "portal/unit.html", context)


@public
@whole_page
def ended_unit(request: HttpRequest, code: str, slug: str, last: str) -> HttpResponse:
    """A unit that ended: what it was, what became of it, what stays published on it."""
    parameters(request, {})
    day = _day(last)
    try:
        unit_then = unit_on(code, day)
    except NotFound:  # its sentence tells whose the code was on other days
        raise no_such_unit(code, day) from None
    if not is_known_to_all(unit_then.id, unit_then.level, day):
        raise no_such_unit(code, day)
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
    reports, _total = published_lines(NOBODY, unit_then.id, limit=MOST_REPORTS)
    context = {
        "place": found,
        "last": day,
        "became": _kin(trace(code, day, None).successors),
        "dialogues": dialogue_items(lines, unit_then),
        "dialogues_total": total,
        "notices": notice_lines(unit_then, limit=MOST_NOTICES),
        "reports": [shown_line(line, unit_then) for line in reports],
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


_PARTS = {
    "bao-cao": "portal:reports",
    "so-lieu": "portal:figures",
    "doi-thoai": "portal:dialogues",
    "cong-khai": "portal:board",
}


@public
def part_by_code(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The same for the reports, figures, dialogues and notices of a unit."""
    parameters(request, {})
    found = place_of_today(request, code, "", lambda unit: unit_part_address(_PARTS[part], unit))
    assert isinstance(found, HttpResponseRedirectBase)
    return found


_slug = slug


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotFound(f"Không có ngày {text}.", f"There is no day {text}.") from None


@dataclass(frozen=True, slots=True)
class Receiver:
    """One who receives: the same person, hours and place on one or several days."""

    lines: tuple[ScheduleView, ...]

    @property
    def first(self) -> ScheduleView:
        return self.lines[0]

    @property
    def rules_vi(self) -> str:
        """ "Thứ Hai đến thứ Sáu hằng tuần"; rules of different kinds one after the other."""
        days = _weekdays([line.rule_vi for line in self.lines], WEEKDAYS_VI, "", " hằng tuần")
        if days is None:
            return ", ".join(line.rule_vi for line in self.lines)
        low = [name if name == WEEKDAYS_VI[6] else name[0].lower() + name[1:] for name in days]
        if _run(days, WEEKDAYS_VI):
            return f"{days[0]} đến {low[-1]} hằng tuần"
        return ", ".join([days[0], *low[1:]]) + " hằng tuần"

    @property
    def rules_en(self) -> str:
        """ "Every Monday to Friday"."""
        days = _weekdays([line.rule_en for line in self.lines], WEEKDAYS_EN, "Every ", "")
        if days is None:
            return ", ".join(line.rule_en for line in self.lines)
        return "Every " + (
            f"{days[0]} to {days[-1]}" if _run(days, WEEKDAYS_EN) else ", ".join(days)
        )

    @property
    def next_days(self) -> tuple[dt.date, ...]:
        """The next two days on which this person receives."""
        return tuple(sorted({day for line in self.lines for day in line.next_days})[:2])

    @property
    def days_off(self) -> tuple[tuple[dt.date, str], ...]:
        """The days of the schedule up to those on which nobody receives, and why."""
        last = self.next_days[-1:] or (dt.date.max,)
        english = get_language() == "en"
        off = {
            day: (why.en if english else why.vi).partition(" (")[0]  # the day, not its decree
            for line in self.lines
            for day, why in line.days_off
            if day < last[0]
        }
        return tuple(sorted(off.items()))


def _weekdays(
    rules: list[str], names: tuple[str, ...], before: str, after: str
) -> list[str] | None:
    """The weekdays of rules that say nothing but a weekday; None when one says more."""
    days = [rule.removeprefix(before).removesuffix(after) for rule in rules]
    return days if len(days) > 1 and set(days) <= set(names) else None


def _run(days: list[str], names: tuple[str, ...]) -> bool:
    """Whether three or more days follow one another in the week."""
    first = names.index(days[0])
    return len(days) > 2 and days == list(names[first : first + len(days)])


def _receivers(schedule: list[ScheduleView]) -> list[Receiver]:
    """The schedule by person, leaders named in it first."""
    found: dict[tuple[str, str, str, str], list[ScheduleView]] = {}
    for line in schedule:
        key = (line.leader_post, line.leader_name, line.hours, line.place)
        found.setdefault(key, []).append(line)
    receivers = [Receiver(tuple(lines)) for lines in found.values()]
    return sorted(receivers, key=lambda one: not one.first.leader_name)


def _next(receivers: list[Receiver]) -> tuple[dt.date, ScheduleView] | None:
    """The next day on which a leader receives, where leaders are named; else anybody."""
    leaders = [one for one in receivers if one.first.leader_name] or receivers
    coming = [(one.next_days[0], place) for place, one in enumerate(leaders) if one.next_days]
    if not coming:
        return None
    day, place = min(coming)
    return day, leaders[place].first


def _heard(lines: Sequence[DialogueLine], total: int, day: dt.date) -> Heard | None:
    """What the public minutes since 1 January come to; None where not all of them are at hand."""
    start = day.replace(month=1, day=1)
    if total > len(lines) and lines[-1].occurred_on >= start:
        return None
    held = [line for line in lines if start <= line.occurred_on <= day]
    if not held:
        return None
    return Heard(
        len(held), sum(line.opinions for line in held), sum(line.answered for line in held)
    )


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit this one came from or became, with the address of its page."""

    kin: Kin
    address: str


def _kin(rows: Iterable[Kin]) -> list[Relative]:
    return [Relative(row, address_on(row.unit, today())) for row in rows]
