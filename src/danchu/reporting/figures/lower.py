"""Values of villages, agencies and workplaces that are rows of their own and not cells.

What a unit below a commune handed in stands in its version and never changes; the roll-up
would only copy it, ten million times in a half-year of the country. So the fold adds such
values up where they stand, and who reads the unit itself reads its version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set

from danchu.core.calendar.models import Period

from . import structure
from .adding import Part, Row, added, as_one, one, part_of
from .counting import counted_children, counting_parents
from .sources import AddingSource, Source


def own_rows(
    source: Source, unit_ids: Collection[int], period: Period, ids: Mapping[str, int]
) -> dict[int, list[Row]]:
    """unit -> the cells its own values would be."""
    found: dict[int, list[Row]] = defaultdict(list)
    for unit_id, row in source.rows(unit_ids, period):
        if row.indicator in ids:
            found[unit_id].append(
                one(
                    ids[row.indicator],
                    row.dimension,
                    row.state,
                    row.amount,
                    row.numerator,
                    row.denominator,
                    row.sources,
                )
            )
    return found


def all_rows(
    source: AddingSource,
    unit_ids: Collection[int],
    period: Period,
    ids: Mapping[str, int],
    summed: Set[int],
) -> dict[int, list[Row]]:
    """unit -> the cells of it with all below it: its own, else what those below handed in.

    Figure by figure: what the unit itself leaves open is added up from those below.
    """
    found = own_rows(source, unit_ids, period, ids)
    children = counted_children(source, unit_ids, period)
    below = {child for units in children.values() for child in units}
    if below:
        theirs = all_rows(source, below, period, ids, summed)
        for unit_id, units in children.items():
            said = {row.indicator_id for row in found[unit_id]}
            parts = [
                part_of(child, row)
                for child in units
                for row in theirs.get(child, ())
                if row.indicator_id not in said
            ]
            found[unit_id] += [as_one(row) for row in added(parts, 0, summed)]
    return found


def parts_below(
    source: AddingSource,
    parents: Collection[int],
    period: Period,
    ids: Mapping[str, int],
    summed: Set[int],
) -> dict[int, list[Part]]:
    """parent -> what the lower units directly below it give, added up by the database.

    Those that moved within the period, or have others below them, are taken one by one.
    """
    odd = structure.odd_below(period, parents)
    found: dict[int, list[Part]] = defaultdict(list)
    for part in source.added(parents, period, odd):
        found[part.unit_id].append(part)
    if odd:
        rows = all_rows(source, odd, period, ids, summed)
        for unit_id, parent in counting_parents(
            source, structure.parents_of(period, odd), period
        ).items():
            if parent is not None and parent in parents:
                found[parent] += [part_of(unit_id, row) for row in rows.get(unit_id, ())]
    return found
