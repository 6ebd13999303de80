"""Bringing the database up to a released map: what is missing is added, nothing is deleted.

Of units registered here and invented ones only the paths follow, when something above them moved.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection

from danchu.core.errors import BadInput

from .comparing import Comparison, of_the_map, share_parts
from .models import Lineage, Placement, Unit, UnitState
from .naming import new_state
from .placing import repath_below, standings_of, write_standings
from .release import ReleasedLineage
from .spans import Standing, standings

_T = TypeVar("_T")
_BATCH = 2000


def load(found: Comparison) -> None:
    """Make the changes, inside the caller's transaction; conflicts stay as they are."""
    if all(change.what in ("conflict", "kept") for change in found.changes):
        return
    write = _Writing(found)
    with _collector_at_rest():
        write.units()
        write.states()
        write.placements()
        write.lineage()
        write.known()
    _take_statistics()


class _Writing:
    """One part after the other, in the order of ``load``."""

    def __init__(self, found: Comparison) -> None:
        self._found = found
        self._ids = dict(found.ids)
        self._new_states = list(found.new_states)

    def units(self) -> None:
        for portion in _portions(self._found.new_units):
            units = [Unit(public_id=unit.public_id, level=unit.level) for unit in portion]
            for released, unit in zip(portion, Unit.objects.bulk_create(units), strict=True):
                self._ids[released.key] = unit.pk
                self._new_states += [(released, state) for state in released.states]

    def states(self) -> None:
        columns = ["code", "name", "kind", "folded", "bare_folded", "sort_key"]
        columns += ["valid_to", "known_from", "basis"]
        changed = {row.pk: row for row in self._found.changed_states}
        UnitState.objects.bulk_update(changed.values(), columns, batch_size=500)
        for portion in _portions(self._new_states):
            UnitState.objects.bulk_create(
                new_state(
                    self._ids[unit.key],
                    code=state.code,
                    name=state.name,
                    kind=state.kind,
                    span=state.span,
                    known_from=state.known_from,
                    basis=state.basis,
                )
                for unit, state in portion
            )

    def placements(self) -> None:
        above = standings_of(
            [self._ids[key] for key in self._found.conflicts & set(self._ids)], "state"
        )
        wanted: dict[int, list[Standing]] = {}
        for unit in self._found.release.units.values():
            if unit.key in self._found.conflicts:
                continue
            unit_id = self._ids[unit.key]
            parents = [
                (state.span, self._ids[state.parent] if state.parent else None)
                for state in unit.states
            ]
            wanted[unit_id], gaps = standings(unit_id, parents, above)
            above[unit_id] = wanted[unit_id]
            if gaps:
                raise BadInput(
                    f"{unit.states[-1].name} ({unit.key}) đứng dưới một đơn vị không có "
                    f"trong những ngày {gaps[0].first} đến {gaps[0].last}.",
                    f"{unit.key} stands under a unit that does not exist from {gaps[0].first} "
                    f"to {gaps[0].last}.",
                )
        moved = write_standings("state", wanted)
        local = Placement.objects.filter(tree="state", **of_the_map("parent__"))
        local = local.exclude(**of_the_map("unit__"))
        with_local = {parent for parent in local.values_list("parent_id", flat=True) if parent}
        repath_below("state", with_local & moved)

    def lineage(self) -> None:
        columns = ["part", "basis", "share_numerator", "share_denominator"]
        Lineage.objects.bulk_update(self._found.changed_lineage, columns, batch_size=500)
        for portion in _portions(self._found.new_lineage):
            Lineage.objects.bulk_create(self._lineage_row(line) for line in portion)

    def known(self) -> None:
        """What was entered here and is in the release now is the map's own."""
        for unit_id, key in self._found.ahead.renumbered.items():
            public_id = self._found.release.units[key].public_id
            Unit.objects.filter(pk=unit_id).update(public_id=public_id)
        states = [state.pk for state in self._found.known_states]
        UnitState.objects.filter(pk__in=states).update(is_ahead=False)
        lines = [line.pk for line in self._found.known_lineage]
        Lineage.objects.filter(pk__in=lines).update(is_ahead=False)

    def _lineage_row(self, line: ReleasedLineage) -> Lineage:
        numerator, denominator = share_parts(line.share)
        return Lineage(
            predecessor_id=self._ids[line.predecessor],
            successor_id=self._ids[line.successor],
            part=line.part,
            share_numerator=numerator,
            share_denominator=denominator,
            on=line.on,
            basis=line.basis,
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Sixty thousand rows without cycles would have it walk the whole heap hundreds of times."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _take_statistics() -> None:
    """PostgreSQL plans by what it knows of the tables.

    Until it is told, they are empty to it and the whole map is joined row by row: minutes for a
    question of ten milliseconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _portions(items: list[_T]) -> Iterator[list[_T]]:
    """Rows are made and written in portions: tens of thousands alive at once are slow."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
