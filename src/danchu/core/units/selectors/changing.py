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
    here = Placement.objects.filter(tree=Placement.Tree.STATE, parent_id=unit_id)
    theirs = here.values("unit_id")
    lines = (
        Lineage.objects.exclude(predecessor=F("successor"))
        .filter(on__gt=after, on__lte=until)
        .values_list("on")
    )
    # Each end by itself: asked for either at once, PostgreSQL reads every line of the country.
    remade = [
        lines.filter(Q(predecessor_id=unit_id) | Q(successor_id=unit_id)),
        lines.filter(predecessor__in=theirs, predecessor__level__in=_TERRITORIAL),
        lines.filter(successor__in=theirs, successor__level__in=_TERRITORIAL),
    ]
    places = Placement.objects.filter(
        tree=Placement.Tree.STATE, valid_from__gt=after, valid_from__lte=until
    )
    before = Placement.objects.filter(
        tree=Placement.Tree.STATE, unit_id=OuterRef("unit_id"), valid_to__lt=OuterRef("valid_from")
    ).order_by("-valid_to")
    moved = (
        places.filter(unit__in=theirs, unit__level__in=_TERRITORIAL)
        .annotate(came_from=Subquery(before.values("parent_id")[:1]))
        .filter(Q(came_from=unit_id) | Q(parent_id=unit_id), came_from__isnull=False)
        .exclude(came_from=F("parent_id"))
        .values_list("valid_from")
    )
    return moved.union(*remade)


_CHANGED = Prepared(_changed)
