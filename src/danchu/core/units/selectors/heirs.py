"""Who goes on with what a unit that ended has left open."""

from __future__ import annotations

import datetime as dt

from ..models import Lineage, Placement, UnitState
from .validity import in_force


def who_answers(unit_id: int, on: dt.date) -> int:
    """The unit itself where it exists that day or is still to begin, else who took it over.

    That is the first of what it became, as often as the map changed since; of a unit that was
    abolished the one above it. One query for a unit that goes on.
    """
    seen: set[int] = set()
    while unit_id not in seen:
        seen.add(unit_id)
        states = UnitState.objects.filter(unit_id=unit_id)
        ended = states.exclude(valid_to__isnull=True).filter(valid_to__lt=on)
        if states.filter(in_force(on)).exists() or not ended.exists():
            return unit_id
        line = (
            Lineage.objects.filter(predecessor_id=unit_id, on__lte=on)
            .exclude(successor_id=unit_id)
            .order_by("-on", "pk")
            .first()
        )
        last = (
            Placement.objects.filter(unit_id=unit_id, tree=Placement.Tree.STATE)
            .order_by("-valid_to")
            .first()
        )
        if line is not None:
            unit_id = line.successor_id
        elif last is not None and last.parent_id is not None:
            unit_id = last.parent_id
    return unit_id
