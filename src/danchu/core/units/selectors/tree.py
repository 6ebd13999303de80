"""Who stands above and below whom in one of the trees, on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from danchu.core.errors import NotFound
from danchu.core.prepared import Prepared

from ..models import Placement, UnitState
from .named import NamedUnit, named_units, with_above
from .states import UnitOnDay, describe, described_on, printed, units_by_ids
from .validity import in_force


def path_of(unit_id: int, on: dt.date, tree: str = "state") -> str:
    """The ids from the root down to the unit ("/1/34/56/"). Raises ``NotFound``."""
    path = _path(unit_id, on, tree)
    if path is None:
        raise NotFound(
            f"Đơn vị không có chỗ trong hệ thống này vào ngày {printed(on)}.",
            f"The unit stands nowhere in this tree on {on.isoformat()}.",
        )
    return path


def ancestors(unit_id: int, on: dt.date, tree: str = "state") -> list[UnitOnDay]:
    """The units above, from the root down, without the unit itself; none if it stands nowhere.

    Two statements, however deep.
    """
    ids = _ids(_path(unit_id, on, tree) or "")[:-1]
    units = units_by_ids(ids, on)
    return [units[above] for above in ids if above in units]


def with_ancestors(holder: NamedUnit, on: dt.date) -> tuple[UnitOnDay, list[UnitOnDay]]:
    """The unit that ``holder_on`` found, and its ancestors; one statement for both."""
    *above, unit = described_on(on, with_above(holder, on))
    return unit, above


def children(
    unit_id: int, on: dt.date, tree: str = "state", level: str | None = None
) -> list[UnitOnDay]:
    """The units directly below, in the order of their names; of one level if it is given."""
    if tree == Placement.Tree.STATE:
        below = described_on(on, named_units("parent_id", [unit_id], on))
    else:
        placed = Placement.objects.filter(in_force(on), tree=tree, parent_id=unit_id)
        states = UnitState.objects.select_related("unit").filter(
            in_force(on), unit_id__in=placed.values("unit_id")
        )
        below = describe([(state, on) for state in states.order_by("sort_key", "code")])
    return [unit for unit in below if level is None or unit.level == level]


def units_below(unit_id: int, on: dt.date, tree: str = "state") -> QuerySet[Placement]:
    """The placements below the unit that day, without its own, for use inside other queries.

    One range of the path column (fields.py has why it is right on both engines). Empty when
    the unit stands nowhere that day.
    """
    path = _path(unit_id, on, tree)
    if path is None:
        return Placement.objects.none()
    end = path[:-1] + chr(ord("/") + 1)
    return Placement.objects.filter(in_force(on), tree=tree, path__gt=path, path__lt=end)


def units_under(path: str, on: dt.date, tree: str = "state") -> QuerySet[Placement]:
    """The placements that day of the unit whose path is known already, and of all below it."""
    return units_between(path, end_under(path), on, tree)


def end_under(path: str) -> str:
    """What the paths of a unit and of all below it come before, in the order of letters."""
    return path[:-1] + chr(ord("/") + 1)


def units_between(start: str, end: str, on: dt.date, tree: str = "state") -> QuerySet[Placement]:
    """The same as ``units_under`` for statements of ``core.prepared``: ``end`` of ``start`` is
    worked out before."""
    return Placement.objects.filter(in_force(on), tree=tree, path__gte=start, path__lt=end)


def descendant_ids(unit_id: int, on: dt.date, tree: str = "state") -> list[int]:
    """The ids of all units below, whatever their depth, without the unit itself."""
    return list(units_below(unit_id, on, tree).values_list("unit_id", flat=True))


def is_within(unit_id: int, ancestor_id: int, on: dt.date, tree: str = "state") -> bool:
    """Whether the unit is ``ancestor_id`` or stands below it that day."""
    return ancestor_id in _ids(_path(unit_id, on, tree) or "")


def _path(unit_id: int, on: dt.date, tree: str) -> str | None:
    return next((path for (path,) in _PATH.rows(unit_id, on, tree)), None)


_PATH = Prepared(
    lambda unit_id, on, tree: (
        Placement.objects.filter(in_force(on), unit_id=unit_id, tree=tree)
        .order_by("pk")
        .values_list("path")[:1]
    )
)


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]
