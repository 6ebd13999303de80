"""Values of a few indicators over all periods, for several units at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from danchu.core.accounts.policy import within
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import Unit

from .models import Cell, Layer
from .selectors import Value, indicator_ids


def readable_units(viewer: Actor, unit_ids: Collection[int]) -> set[int]:
    """The units of which the viewer may read every figure."""
    rows = Unit.objects.filter(within(viewer, "figures.read"), pk__in=unit_ids)
    return set(rows.values_list("pk", flat=True))


def values_over_time(
    viewer: Actor,
    unit_ids: Collection[int],
    keys: Sequence[str],
    *,
    readable: Collection[int] | None = None,
) -> dict[tuple[int, int, str, str], Value]:
    """(unit, period, layer, key) -> the value of the unit with all below it, in two queries.

    Only of units whose figures the viewer may read (``readable``, from who asked already). What
    villages and workplaces handed in stands in no cell and is not here.
    """
    if readable is None:
        readable = readable_units(viewer, unit_ids)
    ids = indicator_ids()
    wanted = {ids[key]: key for key in keys if key in ids}
    if not readable or not wanted:
        return {}
    found: dict[tuple[int, int, str, str], Value] = {}
    for unit, period, number, *rest in _OVER_TIME.rows(sorted(readable), sorted(wanted)):
        value = Value(wanted[number], *rest)
        found[unit, period, value.layer, value.key] = value
    return found


def _over_time(unit_ids: Sequence[int], indicators: Sequence[int]) -> QuerySet[Cell, Any]:
    rows = Cell.objects.filter(unit_id__in=unit_ids, indicator_id__in=indicators)
    return rows.filter(reach=Cell.Reach.ALL, dimension="").values_list(
        "unit_id", "period_id", "indicator_id", *Value._fields[1:]
    )


_OVER_TIME = Prepared(_over_time)


def periods_by_ids(period_ids: Collection[int]) -> dict[int, Period]:
    """The periods with these ids, each with its scheme; one query."""
    return Period.objects.select_related("scheme").in_bulk(list(period_ids))


def with_records(unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """(unit, period) of which any indicator is known from records; takes no viewer, for it says
    only that there is something."""
    return set(cells_of_records(unit_ids).values_list("unit_id", "period_id").distinct())


def cells_of_records(unit_ids: Collection[int]) -> QuerySet[Cell]:
    """The cells of those units that hold what records say, for use inside other queries."""
    return Cell.objects.filter(
        unit_id__in=unit_ids, layer=Layer.RECORDED, reach=Cell.Reach.ALL, dimension=""
    )
