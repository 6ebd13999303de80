"""Units with all their states, places and parents over time, in one statement that is kept."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from danchu.core.prepared import Prepared

from ..models import Placement, UnitState
from .states import UnitOnDay, before_the_oldest_map
from .validity import holds


class ToldState(NamedTuple):
    """A state of a unit."""

    unit_id: int
    public_id: uuid.UUID
    level: str
    is_demo: bool
    id: int
    code: str
    name: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str


class ToldPlace(NamedTuple):
    """Where a unit stood in the tree of the State."""

    valid_from: dt.date | None
    valid_to: dt.date | None
    parent_id: int | None


class ToldParent(NamedTuple):
    """A state of a unit that stood above."""

    name: str
    code: str
    valid_from: dt.date | None
    valid_to: dt.date | None


class Told(NamedTuple):
    """A unit over time."""

    states: list[ToldState]
    places: list[ToldPlace]
    parents: dict[int, list[ToldParent]]


def told_of(unit_ids: Sequence[int]) -> dict[int, Told]:
    """The units by id, each with what it was and where it stood; one statement."""
    found: dict[int, Told] = {}
    for row in _TOLD.rows(unit_ids):
        state, place, parent = ToldState(*row[:12]), ToldPlace(*row[12:15]), ToldParent(*row[15:])
        told = found.setdefault(state.unit_id, Told([], [], {}))
        if state not in told.states:
            told.states.append(state)
        if place not in told.places:
            told.places.append(place)
        if place.parent_id is not None and parent.code is not None:
            above = told.parents.setdefault(place.parent_id, [])
            if parent not in above:
                above.append(parent)
    return found


def described(told: Told, state: ToldState, day: dt.date) -> UnitOnDay:
    """One state of a unit with its parent of that day."""
    # A unit that stood nowhere has one row of nothing, which holds every day.
    place = next((place for place in told.places if holds(place, day)), None)
    parent_id = place.parent_id if place else None
    of_parent = told.parents.get(parent_id, []) if parent_id is not None else []
    above = next((parent for parent in of_parent if holds(parent, day)), None)
    if above is None and of_parent:
        # It ended; the child was not moved yet.
        above = max(of_parent, key=lambda parent: parent.valid_from or dt.date.min)
    early = state.valid_from is None and state.known_from is not None and day < state.known_from
    return UnitOnDay(
        id=state.unit_id,
        public_id=state.public_id,
        level=state.level,
        code=state.code,
        name=state.name,
        kind=state.kind,
        parent_id=parent_id,
        parent_name=above.name if above else "",
        parent_code=above.code if above else "",
        valid_from=state.valid_from,
        valid_to=state.valid_to,
        known_from=state.known_from,
        basis=state.basis,
        is_demo=state.is_demo,
        warnings=(before_the_oldest_map(day, state.known_from),) if early else (),
    )


def _told(unit_ids: Sequence[int]) -> QuerySet[UnitState, Any]:
    in_tree = Q(unit__placements__tree=Placement.Tree.STATE)
    return (
        UnitState.objects.filter(unit_id__in=unit_ids)
        .annotate(place=FilteredRelation("unit__placements", condition=in_tree))
        .order_by("pk")
        .values_list(
            "unit_id",
            "unit__public_id",
            "unit__level",
            "unit__is_demo",
            "id",
            "code",
            "name",
            "kind",
            "valid_from",
            "valid_to",
            "known_from",
            "basis",
            "place__valid_from",
            "place__valid_to",
            "place__parent_id",
            "place__parent__states__name",
            "place__parent__states__code",
            "place__parent__states__valid_from",
            "place__parent__states__valid_to",
        )
    )


_TOLD = Prepared(_told)
