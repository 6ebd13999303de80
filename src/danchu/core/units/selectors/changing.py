"""On which days the territory of a unit, or how it is divided, became another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from danchu.core.prepared import Prepared

from ..models import Lineage, Placement, Unit

# A village that is merged into another changes nothing of the commune around it.
_TERRITORIAL = (Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE)


def change_days(unit_id: int, after: dt.date, until: dt.date) -> list[dt.date]:
    """The first days of a new map in (after, until], in order; one statement.

    A unit that was made from others or passed into others, a division of it that did, or one
    that came from or went to another unit. A new name alone changes no territory.
    """
    return sorted({day for (day,) in _CHANGED.rows(unit_id, after, until)})


def _changed(unit_id: int, after: dt.date, until: dt.date) -> QuerySet[Any, Any]:
    here = Placement.objects.filter(
        tree=Placement.Tree.STATE, parent_id=unit_id, unit__level__in=_TERRITORIAL
    )
    remade = (
        Lineage.objects.exclude(predecessor=F("successor"))
        .filter(
            Q(predecessor_id=unit_id)
            | Q(successor_id=unit_id)
            | Q(predecessor__in=here.values("unit_id"))
            | Q(successor__in=here.values("unit_id")),
            on__gt=after,
            on__lte=until,
        )
        .values_list("on")
    )
    places = Placement.objects.filter(
        tree=Placement.Tree.STATE, valid_from__gt=after, valid_from__lte=until
    )
    before = Placement.objects.filter(
        tree=Placement.Tree.STATE, unit_id=OuterRef("unit_id"), valid_to__lt=OuterRef("valid_from")
    ).order_by("-valid_to")
    moved = (
        places.filter(unit__in=here.values("unit_id"))
        .annotate(came_from=Subquery(before.values("parent_id")[:1]))
        .filter(Q(came_from=unit_id) | Q(parent_id=unit_id), came_from__isnull=False)
        .exclude(came_from=F("parent_id"))
        .values_list("valid_from")
    )
    return remade.union(moved)


_CHANGED = Prepared(_changed)
