"""What became of a unit, and what it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from danchu.core import clock
from danchu.core.errors import BadInput

from ..models import UnitState
from ..spans import day_before
from .lineage_ways import Step, follow
from .states import UnitOnDay, Warning, describe, printed, states_with_code, unknown_code
from .told import Told, ToldState, described, told_of
from .validity import holds

StateT = TypeVar("StateT", UnitState, ToldState)


@dataclass(frozen=True, slots=True)
class Kin:
    """A successor or predecessor, as it was on the day it is shown for.

    ``then``: a successor as it was on the day ``on`` itself. What is told of that day is told with
    its name, kind and parent of that day: on 1 July 2025 Quảng Ninh was a tỉnh.
    ``part``: whether the predecessor went into the successor whole. ``share``: the exact
    share of the predecessor where it is known. ``on``: the first day after the change.
    ``ended_on``: the unit's last day, where it is shown after its end.
    """

    unit: UnitOnDay
    part: str
    share: Fraction | None
    on: dt.date
    basis: str
    ended_on: dt.date | None
    then: UnitOnDay

    @property
    def name_since(self) -> str:
        """Its later name, "" where it is called as it was on the day ``on``."""
        return self.unit.name if self.unit.name != self.then.name else ""

    @property
    def parent_since(self) -> str:
        """The later name of what it stands below, or what it stands below now; "" if the same."""
        now = self.unit.parent_name
        return now if now != self.then.parent_name else ""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A unit that went on as the same one under another code, name or kind.

    ``unit`` is what it was from ``on`` on; the others say what it was the day before.
    """

    unit: UnitOnDay
    code_before: str
    name_before: str
    kind_before: str
    on: dt.date
    basis: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a code was and became between two days.

    ``unit`` is shown for the day ``on``; ``ended_on`` is its last day if it was no more by
    ``date_to``. ``renamings``: of every unit on the way, between the two days, oldest first.
    """

    unit: UnitOnDay
    on: dt.date
    date_from: dt.date
    date_to: dt.date
    ended_on: dt.date | None
    successors: tuple[Kin, ...]
    predecessors: tuple[Kin, ...]
    renamings: tuple[Renaming, ...]
    warnings: tuple[Warning, ...]


def trace(code: str, date_from: dt.date | None, date_to: dt.date | None) -> Trace:
    """Follow a code up to ``date_to`` (today if not given).

    With ``date_from`` the unit is the one that holds the code on that day: what it had become
    by ``date_to``, and which units of the oldest map it was made of. Without it the whole
    story of the code is told: the unit is its holder on ``date_to`` (or its last before),
    ``predecessors`` are what that one was made of, and ``successors`` what the holder on the
    oldest map had become. Where those two are different units a warning says so.

    A unit that went on under its code is listed among its own successors and predecessors
    when the map, its name or its kind changed in between; each such change of a unit on the way
    stands in ``renamings``, also between two changes of the map. Districts lead to the communes
    that received any of their territory; the other way round only units of the same level are
    listed, unless there are none. Nothing is apportioned: ``share`` is None unless it is known.

    Raises ``NotFound`` for a code nobody held by ``date_to``, ``BadInput`` when the days are
    in the wrong order.
    """
    until = date_to or clock.today()
    states = states_with_code(code)
    begun = [state for state in states if _beginning(state) <= until]
    if not begun:
        raise unknown_code(code, until, states)
    if date_from is None:
        first = _before_the_first_change(begun)
        start, shown, on = _holder(begun, first), _holder(begun, until), until
    elif date_from <= until:
        first = date_from
        start = shown = _holder(begun, first)
        on = max(first, _beginning(shown))
    else:
        raise BadInput(
            f"Ngày đầu {printed(date_from)} sau ngày cuối {printed(until)}.",
            f"The first day {date_from.isoformat()} is after the last day {until.isoformat()}.",
        )
    unit = describe([(shown, min(on, shown.valid_to or on))])[0]
    way: set[int] = set()
    successors = _successors(start, first, until, way)
    predecessors = _predecessors(shown.unit_id, shown.unit.level, on, shown, way)
    return Trace(
        unit=unit,
        on=on,
        date_from=first,
        date_to=until,
        ended_on=_ended(UnitState.objects.filter(unit_id=shown.unit_id), until),
        successors=successors,
        predecessors=predecessors,
        renamings=_renamings(way, date_from or dt.date.min, until),
        warnings=(*unit.warnings, *_two_holders(start, shown, first, on)),
    )


def made_of(code: str, on: dt.date) -> tuple[Kin, ...]:
    """What the holder of a code on that day was made of: the predecessors of :func:`trace`.

    Nothing for a code that nobody holds that day.
    """
    held = [state for state in states_with_code(code) if holds(state, on)]
    return _predecessors(held[0].unit_id, held[0].unit.level, on) if held else ()


def made_of_unit(unit: UnitOnDay, on: dt.date) -> tuple[Kin, ...]:
    """The same for a unit that is known already, as it is on that day."""
    return _predecessors(unit.id, unit.level, on)


def _before_the_first_change(states: list[UnitState]) -> dt.date:
    """The first day of the oldest map with the code, or the day before the code was given."""
    oldest = min(states, key=_beginning)
    if oldest.valid_from is not None:
        return day_before(oldest.valid_from)
    return oldest.known_from or oldest.valid_to or clock.today()


def _beginning(state: UnitState | ToldState) -> dt.date:
    return state.valid_from or dt.date.min


def _holder(states: list[UnitState], day: dt.date) -> UnitState:
    """The state that has the code on ``day``, else the last that had it, else the first."""
    for state in states:
        if holds(state, day):
            return state
    before = [state for state in states if state.valid_to is not None and state.valid_to < day]
    return max(before, key=_beginning) if before else min(states, key=_beginning)


def _two_holders(
    start: UnitState, finish: UnitState, first: dt.date, on: dt.date
) -> tuple[Warning, ...]:
    if start.unit_id == finish.unit_id:
        return ()
    return (
        Warning(
            f"Mã {finish.code} là của {start.name} vào ngày {printed(first)} và của "
            f"{finish.name} vào ngày {printed(on)}, hai đơn vị khác nhau: phần kế thừa nói về "
            "đơn vị trước, phần hình thành nói về đơn vị sau.",
            f"The code {finish.code} is that of {start.name} on {first.isoformat()} and of "
            f"{finish.name} on {on.isoformat()}, two different units: the successors are those "
            "of the former, the predecessors those of the latter.",
        ),
    )


def _successors(start: UnitState, first: dt.date, until: dt.date, way: set[int]) -> tuple[Kin, ...]:
    """What the unit of ``start`` had become by ``until``, from ``first`` or its own first day.

    ``way`` takes the units through which it went.
    """
    begin = max(min(first, start.valid_to or first), _beginning(start))
    steps = follow(Step(start.unit_id, begin), until, forward=True, way=way)
    if _unmoved(steps, start.unit_id):
        # No change of the map, but perhaps of its name or kind.
        now = _state_by(start.unit_id, until)
        if now.pk == start.pk or now.valid_from is None:
            return ()
        steps = [replace(steps[0], on=now.valid_from, basis=now.basis)]
    days = {step.unit_id: until for step in steps}
    return _kin(steps, days, until, {step.unit_id: step.on or until for step in steps})


def _predecessors(
    unit_id: int,
    level: str,
    on: dt.date,
    finish: UnitState | None = None,
    way: set[int] | None = None,
) -> tuple[Kin, ...]:
    """What the unit, in its state ``finish`` of the day ``on``, was on the oldest map known."""
    steps = follow(Step(unit_id, on), dt.date.min, forward=False, way=way)
    if _unmoved(steps, unit_id):
        now, then = finish or _state_by(unit_id, on), _state_by(unit_id, dt.date.min)
        if then.pk == now.pk or then.valid_to is None:
            return ()
        steps = [replace(steps[0], on=now.valid_from, basis=now.basis)]
    kin = _kin(steps, {step.unit_id: day_before(step.on or on) for step in steps}, on)
    same_level = tuple(item for item in kin if item.unit.level == level)
    return same_level or kin


def _unmoved(steps: list[Step], unit_id: int) -> bool:
    return [(step.unit_id, step.on) for step in steps] == [(unit_id, None)]


def _renamings(unit_ids: set[int], after: dt.date, until: dt.date) -> tuple[Renaming, ...]:
    """What these units were called and what they were changed to after the one day, until the
    other."""
    found = []
    for told in told_of(sorted(unit_ids)).values():
        states = sorted(told.states, key=_beginning)
        for before, state in pairwise(states):
            on = state.valid_from
            same = (before.code, before.name, before.kind) == (state.code, state.name, state.kind)
            if on is None or same or not after < on <= until:
                continue
            found.append(
                Renaming(
                    described(told, state, on),
                    before.code,
                    before.name,
                    before.kind,
                    on,
                    state.basis,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.on, one.unit.code)))


def _kin(
    steps: list[Step],
    days: dict[int, dt.date],
    on: dt.date,
    then: dict[int, dt.date] | None = None,
) -> tuple[Kin, ...]:
    """Each step with its unit as it was on its day of ``days``, in the order of codes.

    ``then``: the day each of them came by the change, where it is another.
    """
    told = told_of(list(days))
    units, at_first = _on_days(told, days), _on_days(told, then or days)
    kin = []
    for step in steps:
        ended_on = _ended(told[step.unit_id].states, on)
        kin.append(
            Kin(
                unit=units[step.unit_id],
                part=step.part,
                share=step.share,
                on=step.on or on,
                basis=step.basis,
                ended_on=ended_on,
                then=at_first[step.unit_id],
            )
        )
    return tuple(sorted(kin, key=lambda item: item.unit.code))


def _on_days(told: Mapping[int, Told], days: Mapping[int, dt.date]) -> dict[int, UnitOnDay]:
    """Each unit as it was on its day, or on its last where it was no more."""
    found = {}
    for unit_id, day in days.items():
        state = _latest(told[unit_id].states, day)
        found[unit_id] = described(told[unit_id], state, min(day, state.valid_to or day))
    return found


def _latest(states: Iterable[StateT], day: dt.date) -> StateT:
    """The state of ``day``, else the last before it, else the first."""
    every = sorted(states, key=_beginning)
    begun = [state for state in every if _beginning(state) <= day]
    return begun[-1] if begun else every[0]


def _ended(states: Iterable[UnitState | ToldState], day: dt.date) -> dt.date | None:
    """The last day of a unit that was no more on ``day``; None for one that goes on."""
    ends = [state.valid_to for state in states]
    known = [end for end in ends if end is not None and end < day]
    return max(known) if known and len(known) == len(ends) else None


def _state_by(unit_id: int, day: dt.date) -> UnitState:
    return _latest(UnitState.objects.filter(unit_id=unit_id), day)
