"""The official map of a day as a list, piece by piece in the order of the codes."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from ..models import Placement, Unit, UnitState
from .states import UnitOnDay, describe
from .validity import in_force

ON_THE_MAP = (
    Unit.Level.NATION,
    Unit.Level.PROVINCE,
    Unit.Level.DISTRICT,
    Unit.Level.COMMUNE,
)


def listed_units(
    on: dt.date,
    *,
    level: str | None = None,
    parent_id: int | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 100,
) -> tuple[list[UnitOnDay], int]:
    """Units of the map on that day, at most ``limit``, and how many fit in all.

    In the order of (code, id); ``after`` is that pair of the last unit of the piece before, so
    that what is added meanwhile moves nothing. ``level``: one of :data:`ON_THE_MAP`;
    ``parent_id``: directly below this unit. Registered units are not on the map.
    """
    states = UnitState.objects.select_related("unit").filter(
        in_force(on),
        unit__is_registered=False,
        unit__level__in=[level] if level else [str(one) for one in ON_THE_MAP],
    )
    if parent_id is not None:
        placed = Placement.objects.filter(
            in_force(on), tree=Placement.Tree.STATE, parent_id=parent_id
        )
        states = states.filter(unit_id__in=placed.values("unit_id"))
    total = states.count()
    if after is not None:
        code, unit_id = after
        states = states.filter(Q(code__gt=code) | Q(code=code, unit_id__gt=unit_id))
    found = list(states.order_by("code", "unit_id")[:limit])
    return describe([(state, on) for state in found]), total
