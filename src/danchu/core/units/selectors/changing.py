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
    rows = _CHANGED.rows(unit_id, after, until)
    return sorted({day for day, level in rows if level in _TERRITORIAL})


def _changed(unit_id: int, after: dt.date, until: dt.date) -> QuerySet[Any, Any]:
    """Days with the level of the unit that changed.

    The level is told of the few units that changed: filtered by it, PostgreSQL would go through
    every unit of the country.
    """
    here = Placement.objects.filter(tree=Placement.Tree.STATE, parent_id=unit_id)
    theirs = here.values("unit_id")
    lines = Lineage.objects.exclude(predecessor=F("successor")).filter(on__gt=after, on__lte=until)
    before = Placement.objects.filter(
        tree=Placement.Tree.STATE, unit_id=OuterRef("unit_id"), valid_to__lt=OuterRef("valid_from")
    ).order_by("-valid_to")
    moved = (
        Placement.objects.filter(
            tree=Placement.Tree.STATE, valid_from__gt=after, valid_from__lte=until
        )
        .filter(unit__in=theirs)
        .annotate(came_from=Subquery(before.values("parent_id")[:1]))
        .filter(Q(came_from=unit_id) | Q(parent_id=unit_id), came_from__isnull=False)
        .exclude(came_from=F("parent_id"))
    )
    # Each end by itself: asked for either at once, PostgreSQL reads every line of the country.
    return _told(moved, "valid_from", "unit_id").union(
        _told(lines.filter(predecessor_id=unit_id), "on", "predecessor_id"),
        _told(lines.filter(successor_id=unit_id), "on", "successor_id"),
        _told(lines.filter(predecessor__in=theirs), "on", "predecessor_id"),
        _told(lines.filter(successor__in=theirs), "on", "successor_id"),
    )


def _told(rows: QuerySet[Any, Any], day: str, unit: str) -> QuerySet[Any, Any]:
    level = Unit.objects.filter(pk=OuterRef(unit)).values("level")[:1]
    found: QuerySet[Any, Any] = rows.annotate(of_level=Subquery(level)).values_list(day, "of_level")
    return found


_CHANGED = Prepared(_changed)
