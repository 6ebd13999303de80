"""Units as they are on one day with their parents, in one statement."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import F, OuterRef, Q, Subquery

from ..models import Placement, UnitState


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A row of the statement: a state that holds the day, its unit and its parent's names.

    ``parent_name`` None with a ``parent_id``: the parent ended and the unit was not moved yet.
    """

    state_id: int
    unit_id: int
    public_id: uuid.UUID
    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None
    parent_name: str | None
    parent_code: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str
    is_demo: bool
    is_registered: bool


def named_units(
    by: Literal["unit_id", "code", "parent_id"], values: Sequence[Any], day: dt.date
) -> list[NamedUnit]:
    """The units in force on ``day`` with these ids, these codes, or directly below these.

    Those below a unit come in the order of their names. One statement; nothing asked, none.
    """
    if not values:
        return []
    force = (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    places = Placement.objects.filter(force, tree=Placement.Tree.STATE)
    rows = UnitState.objects.filter(force)
    if by == "parent_id":
        below = places.filter(parent_id__in=list(values)).values("unit_id")
        rows = rows.filter(unit_id__in=below).order_by("sort_key", "code")
    else:
        rows = rows.filter(**{f"{by}__in": list(values)})
    above = UnitState.objects.filter(force, unit_id=OuterRef("above_id"))
    found = (
        rows.annotate(
            above_id=Subquery(places.filter(unit_id=OuterRef("unit_id")).values("parent_id")[:1])
        )
        .annotate(
            above_name=Subquery(above.values("name")[:1]),
            above_code=Subquery(above.values("code")[:1]),
            public_id=F("unit__public_id"),
        )
        .values_list(
            "id",
            "unit_id",
            "public_id",
            "unit__level",
            "code",
            "name",
            "kind",
            "above_id",
            "above_name",
            "above_code",
            "valid_from",
            "valid_to",
            "known_from",
            "basis",
            "unit__is_demo",
            "unit__is_registered",
        )
    )
    return [NamedUnit(*row) for row in found]
