"""Holding units still while something is written that depends on the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..models import Unit
from ..selectors.states import require_unit


def hold_units(unit_ids: Collection[int]) -> None:
    """Lock the units until the transaction ends: no change of the map comes in between.

    In one order, and before anything else a service locks, so that two never wait crosswise.
    Rows that only point at a unit are written meanwhile.
    """
    held = Unit.objects.select_for_update(no_key=True).filter(pk__in=set(unit_ids)).order_by("pk")
    list(held.values_list("pk"))


def require_held_unit(unit_id: int, on: dt.date, *, field: str = "") -> None:
    """Hold the unit, and raise ``BadInput`` for ``field`` when it did not exist that day.

    Asked once more inside the transaction: the map may have changed since the form was read.
    """
    hold_units([unit_id])
    require_unit(unit_id, on, field=field)
