"""Keeping the paths of a tree true after something above has moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from .models import Placement
from .spans import Span, Standing, standings

_CHUNK = 5000
_BATCH = 2000


def standings_of(unit_ids: Collection[int], tree: str) -> dict[int, list[Standing]]:
    """Where each unit stands in the tree, by unit, in order of time."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for placement in _placements(unit_ids, tree):
        span = Span(placement.valid_from, placement.valid_to)
        found[placement.unit_id].append(Standing(span, placement.parent_id, placement.path))
    for places in found.values():
        places.sort(key=lambda standing: standing.span.order)
    return dict(found)


def write_standings(tree: str, wanted: Mapping[int, Sequence[Standing]]) -> set[int]:
    """Make the placements of these units what ``wanted`` says; returns the units that changed.

    A placement keeps its row as long as it begins on the same day. What is taken away are
    only pieces of a path that became one; the units and what they were stay.
    """
    present: dict[int, dict[object, Placement]] = defaultdict(dict)
    for placement in _placements(wanted, tree):
        present[placement.unit_id][placement.valid_from] = placement
    new: list[tuple[int, str, Standing, str]] = []
    changed: list[Placement] = []
    gone: list[int] = []
    for unit_id, places in wanted.items():
        rows = present[unit_id]
        bases = {row.parent_id: row.basis for row in rows.values()}
        for place in places:
            row = rows.pop(place.span.first, None)
            if row is None:
                new.append((unit_id, tree, place, bases.get(place.parent_id, "")))
            elif (row.valid_to, row.parent_id, row.path) != (
                place.span.last,
                place.parent_id,
                place.path,
            ):
                row.valid_to, row.parent_id, row.path = (
                    place.span.last,
                    place.parent_id,
                    place.path,
                )
                changed.append(row)
        gone += [row.pk for row in rows.values()]
    touched = {item[0] for item in new} | {row.unit_id for row in changed}
    if gone:
        touched |= set(Placement.objects.filter(pk__in=gone).values_list("unit_id", flat=True))
        Placement.objects.filter(pk__in=gone).delete()
    Placement.objects.bulk_update(changed, ["valid_to", "parent_id", "path"], batch_size=500)
    for start in range(0, len(new), _BATCH):
        portion = new[start : start + _BATCH]
        Placement.objects.bulk_create(_row(*item) for item in portion)
    return touched


def repath_below(tree: str, unit_ids: Iterable[int]) -> dict[int, list[Span]]:
    """Recompute the paths of everything below these units, level by level.

    Returns, for units whose parent stands nowhere on some days, those days: they must be
    moved to another parent by somebody who knows where.
    """
    astray: dict[int, list[Span]] = {}
    above = set(unit_ids)
    done: set[int] = set()  # so that a circle, if there ever were one, is gone round once
    while above:
        done |= above
        children = {
            child
            for chunk in _chunks(above)
            for child in Placement.objects.filter(tree=tree, parent_id__in=chunk).values_list(
                "unit_id", flat=True
            )
        }
        places = standings_of(children, tree)
        parents = {p.parent_id for own in places.values() for p in own if p.parent_id is not None}
        of_parents = standings_of(parents, tree)
        wanted: dict[int, list[Standing]] = {}
        for unit_id, own in places.items():
            spans = [(place.span, place.parent_id) for place in own]
            wanted[unit_id], gaps = standings(unit_id, spans, of_parents)
            if gaps:
                astray[unit_id] = gaps
        above = write_standings(tree, wanted) - done
    return astray


def _row(unit_id: int, tree: str, place: Standing, basis: str) -> Placement:
    return Placement(
        unit_id=unit_id,
        tree=tree,
        parent_id=place.parent_id,
        path=place.path,
        valid_from=place.span.first,
        valid_to=place.span.last,
        basis=basis,
    )


def _placements(unit_ids: Collection[int], tree: str) -> Iterable[Placement]:
    for chunk in _chunks(unit_ids):
        yield from Placement.objects.filter(tree=tree, unit_id__in=chunk)


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Ids in portions, each small enough for one statement of either engine."""
    whole = sorted(ids)
    for start in range(0, len(whole), _CHUNK):
        yield whole[start : start + _CHUNK]
