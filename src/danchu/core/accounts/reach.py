"""Units below places of their trees, as ranges of paths and as values of a prepared statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q

from danchu.core.listed import Listed
from danchu.core.units.models import Placement
from danchu.core.units.selectors.validity import in_force

Place = tuple[str, str]  # (tree, path)


class Reach(NamedTuple):
    """Where somebody holds a right (``policy.reach``), as the values :func:`reached` takes."""

    trees: list[str]
    starts: list[str]
    ends: list[str]
    day: dt.date
    ended: str  # the ended units answered for, as one value: see ``core.listed``


def reached(
    prefix: str,
    trees: Sequence[str],
    starts: Sequence[str],
    ends: Sequence[str],
    day: dt.date,
    ended: str,
) -> Q:
    """The filter of ``policy.within`` for the values of a :class:`Reach`."""
    standing = Placement.objects.filter(in_force(day), in_ranges(trees, starts, ends))
    return Q(**{f"{prefix}__in": standing.values("unit_id")}) | Q(Listed(f"{prefix}_id", ended))


def ranges_of(places: Iterable[Place]) -> tuple[list[str], list[str], list[str]]:
    """Trees, first paths, and what comes after the last: "0" follows "/", so that a range holds
    the path itself and whatever begins with it."""
    whole = [*places]
    starts = [path for _tree, path in whole]
    return [tree for tree, _path in whole], starts, [path[:-1] + "0" for path in starts]


def in_ranges(trees: Sequence[str], starts: Sequence[str], ends: Sequence[str]) -> Q:
    """Placements at or below these places."""
    found = Q()
    for tree, start, end in zip(trees, starts, ends, strict=True):
        found |= Q(tree=tree, path__gte=start, path__lt=end)
    return found
