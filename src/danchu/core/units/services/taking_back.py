"""Putting the map back as it was, for a change that is taken back because it was a mistake.

Only ``core.changes`` calls these, inside the transaction that takes a change back and after it
has looked that nothing stands in the way; the ledger has the one entry of that act.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from danchu.core.contracts import Actor, require

from ..models import Lineage, Placement, Unit, UnitState
from ..placing import repath_below, standings_of, write_standings
from ..spans import Span, Standing, day_before, joined, standings
from .checks import last_state, locked_unit
from .public import raise_public_version


def take_back_state(*, actor: Actor, unit_id: int, on: dt.date) -> None:
    """Let the state that ended the day before ``on`` go on, without the one that began then."""
    require(actor, "units.register", unit_id)
    locked_unit(unit_id)
    state = last_state(unit_id)
    before = UnitState.objects.get(unit_id=unit_id, valid_to=day_before(on))
    until = state.valid_to
    state.delete()
    before.valid_to = until
    before.save(update_fields=["valid_to"])
    raise_public_version(unit_id)


def put_back(*, actor: Actor, unit_id: int, tree: str, parent_id: int, on: dt.date) -> None:
    """Put a unit under the parent it had until the day before ``on``, as if it had stayed."""
    require(actor, "units.register", unit_id)
    locked_unit(unit_id)
    kept: list[Standing] = []
    until: dt.date | None = None
    for standing in standings_of([unit_id], tree)[unit_id]:
        first, last = standing.span.first, standing.span.last
        until = last
        if first is None or first < on:
            ends = day_before(on) if last is None or last >= on else last
            kept.append(Standing(Span(first, ends), standing.parent_id, standing.path))
    above = standings_of([parent_id], tree)
    places, _gaps = standings(unit_id, [(Span(on, until), parent_id)], above)
    write_standings(tree, {unit_id: joined([*kept, *places])})
    repath_below(tree, [unit_id])
    raise_public_version(unit_id)
    raise_public_version(parent_id)


def reopen_unit(*, actor: Actor, unit_id: int, last_day: dt.date, basis: str) -> None:
    """Let a unit that ended on ``last_day`` by the text ``basis`` go on, where it stood."""
    require(actor, "units.register", unit_id)
    locked_unit(unit_id)
    state = last_state(unit_id)
    state.valid_to = None
    state.basis = state.basis.removesuffix(basis).removesuffix("; ")
    state.save(update_fields=["valid_to", "basis"])
    own = Placement.objects.filter(unit_id=unit_id)
    own.filter(valid_to=last_day).update(valid_to=None)
    raise_public_version(unit_id)
    for parent_id in own.filter(valid_to=None).values_list("parent_id", flat=True):
        if parent_id is not None:
            raise_public_version(parent_id)


def take_back_lineage(*, actor: Actor, unit_ids: frozenset[int], on: dt.date) -> None:
    """Take off what these units became on the day ``on``."""
    for unit_id in sorted(unit_ids):
        require(actor, "units.register", unit_id)
    Lineage.objects.filter(predecessor_id__in=unit_ids, on=on).delete()


def unmake_unit(*, actor: Actor, unit_id: int) -> None:
    """Take a unit off the map that should never have begun.

    Its row stays, for receipts point at it; its code is free for the unit that rightly begins.
    """
    require(actor, "units.register", unit_id)
    locked_unit(unit_id)
    own = Placement.objects.filter(unit_id=unit_id)
    for parent_id in set(own.values_list("parent_id", flat=True)):
        if parent_id is not None:
            raise_public_version(parent_id)
    raise_public_version(unit_id)
    Lineage.objects.filter(Q(predecessor_id=unit_id) | Q(successor_id=unit_id)).delete()
    own.delete()
    UnitState.objects.filter(unit_id=unit_id).delete()
    # An identity follows from code and first day, and a code is given once: both are given anew.
    Unit.objects.filter(pk=unit_id).update(public_id=uuid.uuid4(), registered_code=None)
