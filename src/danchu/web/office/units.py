"""A unit on a day: what it was, its reports, what became of it, who stands below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.changes.selectors import changes_of
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import Refusal
from danchu.core.units.selectors import (
    Child,
    Kin,
    UnitOnDay,
    child_units,
    contact_of,
    told_history,
    trace,
    unit_on,
)
from danchu.reporting.figures.selectors import (
    definitions,
    keys_with_values,
    periods_with_values,
)
from danchu.reporting.reading.selectors import documents, keys_with_stated, periods_with_stated
from danchu.reporting.reviews.series import keys_behind
from danchu.reporting.rounds.selectors import periods_of_rounds
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.parameters import parameters

from .cells import named
from .periods import period_choices, period_label, periods_by_year
from .unit_change_base import ways_of
from .unit_forms import LEVELS, PeriodForm, kind_name

MANY = 60  # more units below than this are folded away
READINGS = 10


def unit_address(unit: UnitOnDay) -> str:
    """The page of a unit as it was described: with the day where the unit is not so today."""
    day = today()
    if unit.valid_to is not None and unit.valid_to < day:
        return _address(unit.code, unit.valid_to)
    if unit.valid_from is not None and unit.valid_from > day:
        return _address(unit.code, unit.valid_from)
    return _address(unit.code)


def _address(code: str, day: dt.date | None = None) -> str:
    address = reverse("office:unit", args=[code])
    return f"{address}?ngay={day.isoformat()}" if day is not None else address


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit this one came from or became."""

    kin: Kin
    address: str
    share: str  # "3/5" where it is known


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A period with values. ``code`` is the unit's on its last day, "" when it was no more."""

    period: Any
    label: str
    code: str


@signed_in
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit on a day: what it was, its reports, what became of it, who stands below it."""
    query = parameters(request, {"ngay": dt.date, "ky": str})
    if "@" in code:  # the code together with a day, as reports of a unit that ended have it
        plain, _at, that_day = code.partition("@")
        return redirect(f"{reverse('office:unit', args=[plain])}?ngay={that_day}")
    viewer, now = viewer_of(request), today()
    over_time = told_history(code)
    history = [state for state, _parent in over_time]
    day = _day_shown(code, history, query["ngay"])
    told = trace(code, day, max(day, now))
    found = told.unit
    form = PeriodForm(request.GET if "ky" in request.GET else None)
    if form.is_bound and form.is_valid():
        there = _report_address(form, history, found)
        if there:
            return redirect(there)
    reports = _periods(viewer, found.id)
    near, rest = _choices(form, _near(viewer, found.id, reports))
    below = child_units(found.id, day)
    lines, n_readings = documents(viewer, unit_id=found.id, limit=READINGS)
    return render(
        request,
        "office/unit.html",
        {
            "unit": found,
            "day": day,
            "is_today": day == now,
            "is_ended": told.ended_on is not None,
            "goes_on": told.ended_on is None and day != now,
            "kind": kind_name(found.kind),
            "level": LEVELS[found.level],
            "parent": _address(found.parent_code, None if day == now else day)
            if found.parent_code
            else "",
            "contact": contact_of(found.id),
            "reports": [
                ReportLine(row, period_label(row.code), _code_on(history, found.id, row.end))
                for row in reports
            ],
            "series": _series(viewer, found, None if day == now else day, told.predecessors),
            "near": near,
            "rest": rest,
            "may_report": viewer.may("reports.read", found.id),
            "may_see_duties": told.ended_on is None and viewer.may("records.read", found.id),
            "became": [_relative(kin) for kin in told.successors],
            "came_from": [_relative(kin) for kin in told.predecessors],
            "below": by_level(below),
            "below_query": "" if day == now else f"?ngay={day.isoformat()}",
            "many": MANY,
            "readings": lines,
            "n_readings": n_readings,
            "history": [(state, unit_address(state), then) for state, then in over_time],
            "others": len({state.id for state in history}) > 1,
            "may_keep": viewer.may("units.edit", found.id)
            or viewer.may("units.register", found.id),
            "may_manage": viewer.may("people.manage", found.id),
            "may_change": told.ended_on is None and bool(ways_of(viewer, found)),
            "changed": bool(changes_of(viewer, found.id)),
        },
        status=400 if form.errors else 200,
    )


def _day_shown(code: str, history: list[UnitOnDay], asked: dt.date | None) -> dt.date:
    """The day asked for, else today, else the last on which anybody had the code.

    Raises ``NotFound`` for a code nobody ever had, and for a day asked for on which nobody had it.
    """
    day = asked or today()
    wanted = code.upper()
    held = [state for state in history if state.code == wanted]
    if any(_holds(state, day) for state in held):
        return day
    if asked is not None or not held:
        unit_on(code, day)  # raises NotFound, and says whose code it was on other days
        return day
    over = [state.valid_to for state in held if state.valid_to is not None and state.valid_to < day]
    return max(over) if over else min(state.valid_from or day for state in held)


def _holds(state: UnitOnDay, day: dt.date) -> bool:
    return (state.valid_from is None or state.valid_from <= day) and (
        state.valid_to is None or day <= state.valid_to
    )


def _code_on(history: list[UnitOnDay], unit_id: int, day: dt.date) -> str:
    return next((s.code for s in history if s.id == unit_id and _holds(s, day)), "")


def _report_address(form: PeriodForm, history: list[UnitOnDay], found: UnitOnDay) -> str:
    """Where the report of the period typed is; "" with the error beside the field."""
    try:
        span = period_span(form.cleaned_data["ky"])
    except Refusal as refusal:
        form.add_error("ky", str(refusal))
        return ""
    code = _code_on(history, found.id, span.end)
    if code:
        return reverse("office:report", args=[code, span.code])
    form.add_error(
        "ky",
        gettext(
            "%(name)s không có vào ngày cuối của kỳ, %(day)s. Chọn kỳ khác, hoặc mở đơn vị trước, "
            "sau ở bên dưới."
        )
        % {"name": found.name[:1].upper() + found.name[1:], "day": f"{span.end:%d/%m/%Y}"},
    )
    return ""


def _relative(kin: Kin) -> Relative:
    share = f"{kin.share.numerator}/{kin.share.denominator}" if kin.share is not None else ""
    return Relative(kin, unit_address(kin.unit), "" if kin.part == "whole" else share)


def by_level(below: list[Child]) -> list[tuple[Any, list[Child]]]:
    return [
        (name, units)
        for level, name in LEVELS.items()
        if (units := [child for child in below if child.level == level])
    ]


def _series(
    viewer: Actor, found: UnitOnDay, day: dt.date | None, made_of: Sequence[Kin]
) -> list[tuple[str, str]]:
    """Name and address of the series of each indicator that the unit has a value of, or where it
    has none, those it was made of."""
    known = {*keys_with_values(viewer, found.id), *keys_with_stated(viewer, found.id)}
    if not known and made_of and day is None:
        known = keys_behind(viewer, found.id)
    query = f"?ngay={day.isoformat()}" if day else ""
    return [
        (named(meaning), reverse("office:series", args=[found.code, key]) + query)
        for key, meaning in definitions().items()
        if key in known
    ]


def _near(viewer: Actor, unit_id: int, reports: list[Period]) -> set[str]:
    """The periods offered first: those that run, of rounds, and with figures."""
    running = {code for code, _label in period_choices(today())}
    return running | periods_of_rounds(viewer, unit_id) | {row.code for row in reports}


def _choices(sent: PeriodForm, near: set[str]) -> tuple[PeriodForm, PeriodForm]:
    """The choice of those periods and that of all others; what was sent stands in its own."""
    known = {code for _year, found in periods_by_year(today()) for code, _label in found}
    of_rest = sent.is_bound and sent["ky"].value() in known - near
    first = PeriodForm() if of_rest else sent
    rest = sent if of_rest else PeriodForm()
    rest.auto_id = "id_%s_khac"
    first.narrow(near)
    rest.narrow(near, within=False)
    return first, rest


def _periods(viewer: Actor, unit_id: int) -> list[Period]:
    """Periods with figures the viewer may see: those of published reports are for everybody."""
    found = {
        row.pk: row
        for row in (
            *periods_with_values(viewer, unit_id),
            *periods_with_stated(viewer, unit_id),
        )
    }
    return sorted(found.values(), key=lambda row: (row.end, row.start), reverse=True)
