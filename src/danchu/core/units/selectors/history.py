"""What a code stood for over time, and short answers that a page of the office needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from danchu.core import clock
from danchu.core.prepared import Prepared

from ..models import Contact, Placement, UnitState
from .named import names_on
from .states import UnitOnDay, describe
from .validity import holds, in_force


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below another, in a list: what it is called and since when."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    valid_from: dt.date | None


def code_history(code: str) -> list[UnitOnDay]:
    """Every state of every unit that ever had the code, the latest first; none for an unknown one.

    States under another code of the same unit belong to it: a unit that was renumbered is
    told whole. Each is described on its own day: today if it holds today, else its last day,
    else its first. Three queries.
    """
    return [state for state, _parent in told_history(code)]


def told_history(code: str) -> list[tuple[UnitOnDay, str]]:
    """The same, each with what it stood below on its first day, as it was called then.

    What began on 1 July 2025 below a tỉnh that became a city later began below a tỉnh.
    """
    wanted = " ".join(code.split()).upper()
    own = UnitState.objects.filter(code=wanted).values("unit_id")
    states = list(UnitState.objects.select_related("unit").filter(unit_id__in=own))
    # The official map before units of its own making, as where a code is looked up.
    states.sort(key=lambda state: state.valid_from or dt.date.min, reverse=True)
    states.sort(key=lambda state: state.unit.is_demo or state.unit.is_registered)
    today = clock.today()
    days = [(state, _own_day(state, today)) for state in states]
    found = describe([*days, *((state, state.valid_from or day) for state, day in days)])
    first = found[len(days) :]
    return [(state, at_first.parent_name) for state, at_first in zip(found, first, strict=False)]


def child_units(unit_id: int, on: dt.date, tree: str = "state") -> list[Child]:
    """The units directly below that day in the order of their names; one query."""
    return [Child(*row) for row in _BELOW.rows(unit_id, on, tree)]


def _below(unit_id: int, on: dt.date, tree: str) -> QuerySet[UnitState, Any]:
    below = Placement.objects.filter(in_force(on), tree=tree, parent_id=unit_id)
    return (
        UnitState.objects.filter(in_force(on), unit_id__in=below.values("unit_id"))
        .order_by("sort_key", "code")
        .values_list("unit_id", "code", "name", "kind", "unit__level", "valid_from")
    )


_BELOW = Prepared(_below)


def unit_names(ids: Iterable[int], on: dt.date) -> dict[int, tuple[str, str]]:
    """id -> (code, name) of those units that existed on that day; one query."""
    return {unit_id: (code, name) for unit_id, (name, code) in names_on(list(set(ids)), on).items()}


def contact_of(unit_id: int) -> Contact | None:
    """How the public reaches a unit; None where nobody wrote it down. Public."""
    rows = _CONTACT.rows(unit_id)
    return Contact.from_db(DEFAULT_DB_ALIAS, _CONTACT_COLUMNS, rows[0]) if rows else None


_CONTACT_COLUMNS = [field.attname for field in Contact._meta.concrete_fields]
_CONTACT = Prepared(
    lambda unit_id: Contact.objects.filter(unit_id=unit_id).values_list(*_CONTACT_COLUMNS)
)


def _own_day(state: UnitState, today: dt.date) -> dt.date:
    if holds(state, today):
        return today
    if state.valid_to is not None and state.valid_to < today:
        return state.valid_to
    return state.valid_from or today
