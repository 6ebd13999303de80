"""Changing units that were registered here: a new name, another place, the end.

``of_map``: the unit may be one of the official map. Only a change of the map says so; what it
writes is marked as being ahead of the releases.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action

from ..models import Placement, Unit, UnitState
from ..naming import new_state
from ..placing import repath_below, standings_of, write_standings
from ..selectors.states import printed
from ..selectors.tree import is_within
from ..spans import Span, Standing, day_before, joined, standings
from .checks import (
    checked_basis,
    checked_kind,
    checked_name,
    checked_tree,
    is_of_map,
    last_state,
    locked_unit,
    own_unit,
    parent_for,
)
from .public import raise_public_version


def rename_unit(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    on: dt.date,
    kind: str = "",
    basis: str = "",
    of_map: bool = False,
) -> UnitState:
    """Give a registered unit another name (and kind, if given) from the day ``on``.

    The old name stays what the unit was called until the day before; the code stays.
    Raises ``NotAllowed`` without "units.register" over the unit, ``Conflict`` for a unit of
    the official map, one that ended, or a name that began on or after that day already.
    """
    require(actor, "units.register", unit_id)
    name, basis = checked_name(name), checked_basis(basis)
    with acting_as(actor):
        unit = own_unit(unit_id, of_map=of_map)
        state = _open_state(unit_id, on)
        new = new_state(
            unit_id,
            code=state.code,
            name=name,
            kind=checked_kind(kind) if kind.strip() else state.kind,
            span=Span(on, state.valid_to),
            known_from=None,
            basis=basis,
        )
        new.is_ahead = is_of_map(unit)
        state.valid_to = day_before(on)
        state.save(update_fields=["valid_to"])
        new.save()
        _raise_versions(unit_id)
        log_action("units.renamed", actor=actor, data={"unit": unit_id, "on": str(on)})
    return new


def end_unit(
    *, actor: Actor, unit_id: int, last_day: dt.date, basis: str = "", of_map: bool = False
) -> None:
    """Say on which day a registered unit existed for the last time.

    Its facts stay with it. Raises ``NotAllowed`` without "units.register" over the unit,
    ``Conflict`` for a unit of the official map, one that ended already, or one under which
    others still stand after that day: those are moved or ended first.
    """
    require(actor, "units.register", unit_id)
    basis = checked_basis(basis)
    with acting_as(actor):
        unit = own_unit(unit_id, of_map=of_map)
        state = last_state(unit_id)
        if state.valid_to is not None:
            raise Conflict(
                f"{state.name} đã kết thúc ngày {printed(state.valid_to)}.",
                f"{state.name} ended on {state.valid_to.isoformat()}.",
            )
        if state.valid_from is not None and last_day < state.valid_from:
            raise BadInput(
                f"{state.name} có từ ngày {printed(state.valid_from)}, không thể hết trước đó.",
                f"{state.name} begins on {state.valid_from.isoformat()} and cannot end before.",
                field="last_day",
            )
        later = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
        below = Placement.objects.filter(later, parent_id=unit_id).values("unit_id").distinct()
        if count := below.count():
            raise Conflict(
                f"Còn {count} đơn vị đứng dưới {state.name} sau ngày {printed(last_day)}. "
                "Chuyển hoặc kết thúc các đơn vị đó trước.",
                f"{count} units still stand under {state.name} after {last_day.isoformat()}. "
                "Move or end them first.",
            )
        state.valid_to = last_day
        if not is_of_map(unit):  # there the lineage says by which text, as the releases have it
            state.basis = "; ".join(part for part in (state.basis, basis) if part)[:300]
        state.save(update_fields=["valid_to", "basis"])
        own = Placement.objects.filter(unit_id=unit_id)
        own.filter(valid_from__gt=last_day).delete()
        own.filter(later).update(valid_to=last_day)
        _raise_versions(unit_id)
        log_action("units.ended", actor=actor, data={"unit": unit_id, "last_day": str(last_day)})


def place_unit(
    *,
    actor: Actor,
    unit_id: int,
    tree: str,
    parent_id: int | None,
    valid_from: dt.date,
    basis: str = "",
    of_map: bool = False,
) -> None:
    """Put a unit under another in one tree from ``valid_from`` on; None makes it a root there.

    Everything below moves along. In the tree of the State only units registered here move.
    Raises ``NotAllowed`` without "units.register" over the unit and over the new parent,
    ``BadInput`` for a parent below the unit, ``Conflict`` when the unit was placed there on
    or after that day already.
    """
    require(actor, "units.register", unit_id)
    if parent_id is not None:
        require(actor, "units.register", parent_id)
    tree, basis = checked_tree(tree), checked_basis(basis)
    with acting_as(actor):
        in_state = tree == Placement.Tree.STATE
        unit = own_unit(unit_id, of_map=of_map) if in_state else locked_unit(unit_id)
        state = _open_state(unit_id, valid_from, or_on_it=True)
        span = Span(valid_from, state.valid_to)
        above: dict[int, list[Standing]] = {}
        if parent_id is not None:
            _not_below(parent_id, unit, valid_from, tree)
            parent_for(parent_id, span, tree)
            above = standings_of([parent_id], tree)
        kept = _kept(unit_id, tree, valid_from)
        places, _gaps = standings(unit_id, [(span, parent_id)], above)
        write_standings(tree, {unit_id: joined([*kept, *places])})
        if basis:
            Placement.objects.filter(unit_id=unit_id, tree=tree, valid_from__gte=valid_from).update(
                basis=basis
            )
        repath_below(tree, [unit_id])
        _raise_versions(unit_id)
        log_action(
            "units.placed",
            actor=actor,
            data={"unit": unit_id, "tree": tree, "parent": parent_id, "from": str(valid_from)},
        )


def _open_state(unit_id: int, day: dt.date, *, or_on_it: bool = False) -> UnitState:
    """The last state of a unit, which must have begun before ``day`` (or on it) and hold it."""
    state = last_state(unit_id)
    begins = state.valid_from
    if begins is not None and (begins > day or (begins == day and not or_on_it)):
        raise Conflict(
            f"{state.name} mới có từ ngày {printed(begins)}. Chọn ngày sau đó.",
            f"{state.name} begins on {begins.isoformat()}. Choose a later day.",
            field="valid_from" if or_on_it else "on",
        )
    if state.valid_to is not None and state.valid_to < day:
        raise Conflict(
            f"{state.name} đã kết thúc ngày {printed(state.valid_to)}.",
            f"{state.name} ended on {state.valid_to.isoformat()}.",
        )
    return state


def _not_below(parent_id: int, unit: Unit, day: dt.date, tree: str) -> None:
    if is_within(parent_id, unit.pk, day, tree) or parent_id == unit.pk:
        raise BadInput(
            "Không thể đặt đơn vị dưới chính nó hay dưới đơn vị trực thuộc nó.",
            "A unit cannot stand under itself or under one below it.",
            field="parent_id",
        )


def _kept(unit_id: int, tree: str, day: dt.date) -> list[Standing]:
    """Where the unit stands until the day before; ``Conflict`` if it moves later already."""
    kept: list[Standing] = []
    for standing in standings_of([unit_id], tree).get(unit_id, []):
        first = standing.span.first
        if first is not None and first >= day:
            raise Conflict(
                f"Đơn vị đã được đặt trong hệ thống này từ ngày {printed(first)}.",
                f"The unit was already placed in this tree from {first.isoformat()}.",
                field="valid_from",
            )
        last = standing.span.last
        until = day_before(day) if last is None or last >= day else last
        kept.append(Standing(Span(first, until), standing.parent_id, standing.path))
    return kept


def _raise_versions(unit_id: int) -> None:
    """The pages of the unit and of those that list it are out of date."""
    raise_public_version(unit_id)
    parents = Placement.objects.filter(unit_id=unit_id, parent__isnull=False)
    for parent_id in set(parents.values_list("parent_id", flat=True)):
        if parent_id is not None:
            raise_public_version(parent_id)
