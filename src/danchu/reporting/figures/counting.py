"""With which unit the values count that a unit handed in.

As a rule with the one above it. A unit that moved within the period may have handed in for
another: what it said was counted there and stays there, and nobody counts it a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from danchu.core.calendar.models import Period

from . import structure
from .sources import AddingSource


def counting_parents(
    source: AddingSource, parents: Mapping[int, Sequence[int | None]], period: Period
) -> dict[int, int | None]:
    """unit -> the one of its parents within the period with which its values count.

    ``parents``: as ``structure.ever_children`` gives them.
    """
    last = {unit_id: some[-1] for unit_id, some in parents.items()}
    moved = structure.moved(parents)
    return {**last, **source.counted_with(moved, period)} if moved else last


def counted_children(
    source: AddingSource, unit_ids: Collection[int], period: Period
) -> dict[int, list[int]]:
    """unit -> the units whose values count with it."""
    parents = counting_parents(source, structure.ever_children(period, unit_ids), period)
    return structure.by_parent(parents, unit_ids)
