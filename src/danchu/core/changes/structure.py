"""The map's own part of a change: units that begin and end, what stands below, lineage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q

from danchu.core.contracts import Actor, ChangeKind, Effect, Heir, Touched, UnitChange
from danchu.core.errors import BadInput, Conflict
from danchu.core.units.models import Contact, Lineage, Placement, Unit
from danchu.core.units.selectors import units_by_ids
from danchu.core.units.selectors.states import printed
from danchu.core.units.services import (
    begin_map_commune,
    end_unit,
    place_unit,
    record_lineage,
    register_demo_unit,
    register_unit,
    rename_unit,
)

from .allowed import OF_THE_MAP

if TYPE_CHECKING:
    from .planning import NewUnit, Plan

AREA = "units"
_STATE = Placement.Tree.STATE


def eve(on: dt.date) -> dt.date:
    """The last day of the map before a change on the day ``on``."""
    return on - dt.timedelta(days=1)


def standing(change: UnitChange) -> list[tuple[str, ...]]:
    """Where the units and those directly below them stand, for the fingerprint of a dry run."""
    rows = Placement.objects.filter(Q(unit_id__in=change.units) | Q(parent_id__in=change.units))
    columns = ("unit_id", "tree", "parent_id", "path", "valid_from", "valid_to")
    return sorted(tuple(map(str, row)) for row in rows.values_list(*columns))


def touched(change: UnitChange) -> Iterator[Touched]:
    """What stands below the units that end, and how citizens reach those that end.

    Raises ``Conflict`` for a split or an abolition that would leave units without a place: who
    goes where is for people to say.
    """
    below = _below(change)
    _require_placed(change, below)
    names = units_by_ids({row.unit_id for row in below}, change.last_day)
    for row in below:
        parent = row.parent_id
        assert parent is not None
        name = names[row.unit_id].name if row.unit_id in names else row.unit_id
        heir = _heir_of(row, change)
        yield Touched(
            AREA,
            f"{row.tree} {row.unit_id}",
            Effect.MOVES,
            parent,
            f"{name} chuyển về {heir.name}",
            f"{name} moves to {heir.name}",
            to=heir,
        )
    for unit_id in Contact.objects.filter(unit_id__in=change.ends).values_list(
        "unit_id", flat=True
    ):
        yield Touched(
            AREA,
            f"contact {unit_id}",
            Effect.STAYS,
            unit_id,
            f"Liên hệ của {change.units[unit_id]} giữ lại để tra cứu",
            f"How {change.units[unit_id]} was reached is kept for looking up",
        )


def write(actor: Actor, plan: Plan) -> UnitChange:
    """Write the new map; returns the change with the ids of the units that began."""
    change, wanted = plan.change, plan.wanted
    if change.kind == ChangeKind.MOVE:
        _new_state_of_map(actor, plan)
    if change.kind == ChangeKind.RENAME:
        (unit_id,) = wanted.units
        rename_unit(
            actor=actor,
            unit_id=unit_id,
            name=wanted.name,
            kind=wanted.unit_kind,
            on=change.on,
            basis=change.basis,
            of_map=True,
        )
        return change
    if change.kind == ChangeKind.MOVE:
        (unit_id,) = wanted.units
        place_unit(
            actor=actor,
            unit_id=unit_id,
            tree=_STATE,
            parent_id=wanted.parent_id,
            valid_from=change.on,
            basis=change.basis,
            of_map=True,
        )
        return change
    heirs = tuple(
        Heir(one, change.units[one]) if isinstance(one, int) else _begin(actor, plan, one)
        for one in wanted.into
    )
    became = {u: heirs or change.became[u] for u in change.units}
    change = replace(change, became=became)
    _other_trees(actor, change)
    for row in _below(change):
        assert row.parent_id is not None
        place_unit(
            actor=actor,
            unit_id=row.unit_id,
            tree=row.tree,
            parent_id=_heir_of(row, change).unit_id,
            valid_from=change.on,
            basis=change.basis,
        )
    for unit_id in sorted(change.ends):
        end_unit(
            actor=actor,
            unit_id=unit_id,
            last_day=change.last_day,
            basis=change.basis,
            of_map=True,
        )
    shares = wanted.shares or (None,) * len(heirs)
    part = Lineage.Part.WHOLE if change.kind == ChangeKind.MERGE else Lineage.Part.PART
    for unit_id in wanted.units:
        for heir, share in zip(heirs, shares, strict=True):
            _became(actor, change, unit_id, heir, part, share)
    return change


def _begin(actor: Actor, plan: Plan, new: NewUnit) -> Heir:
    """A new unit under the one above the first that changes, of the same level."""
    first = plan.wanted.units[0]
    of, parent = Unit.objects.get(pk=first), plan.parents[first]
    level = of.level
    if level == Unit.Level.COMMUNE and not of.is_demo:
        unit = begin_map_commune(
            actor=actor,
            parent_id=parent,
            code=new.code,
            name=new.name,
            kind=new.kind,
            on=plan.change.on,
            basis=plan.change.basis,
            ending=plan.change.ends,
        )
    elif level in OF_THE_MAP:
        unit = register_demo_unit(
            actor=actor,
            level=level,
            code=new.code,
            name=new.name,
            kind=new.kind,
            parent_id=parent,
            valid_from=plan.change.on,
            basis=plan.change.basis,
        )
    else:
        unit = register_unit(
            actor=actor,
            parent_id=parent,
            level=level,
            name=new.name,
            kind=new.kind,
            short_code=new.code,
            valid_from=plan.change.on,
            basis=plan.change.basis,
        )
    return Heir(unit.pk, new.name.strip(), is_new=True, parent_id=parent)


def _other_trees(actor: Actor, change: UnitChange) -> None:
    """A new unit stands in every tree in which those that became it stood, at their place."""
    for unit_id in sorted(change.ends):
        for row in Placement.objects.filter(_after(change), unit_id=unit_id).exclude(tree=_STATE):
            for heir in change.became[unit_id]:
                if heir.unit_id is None or not heir.is_new:
                    continue
                if not Placement.objects.filter(unit_id=heir.unit_id, tree=row.tree).exists():
                    place_unit(
                        actor=actor,
                        unit_id=heir.unit_id,
                        tree=row.tree,
                        parent_id=row.parent_id,
                        valid_from=change.on,
                        basis=change.basis,
                    )


def _became(
    actor: Actor, change: UnitChange, unit_id: int, heir: Heir, part: str, share: Fraction | None
) -> None:
    assert heir.unit_id is not None
    record_lineage(
        actor=actor,
        predecessor_id=unit_id,
        successor_id=heir.unit_id,
        part=part,
        on=change.on,
        share=share,
        basis=change.basis,
        of_map=True,
    )


def _after(change: UnitChange) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)


def _below(change: UnitChange) -> list[Placement]:
    """The places below that change: under a unit that ends, or sent to a part of a split."""
    leaving = Q(parent_id__in=change.ends) | Q(parent_id__in=change.units, unit_id__in=change.goes)
    rows = Placement.objects.filter(_after(change), leaving)
    found = rows.exclude(unit_id__in=change.ends).order_by("tree", "unit_id")
    return [row for row in found if _heir_of(row, change).unit_id != row.parent_id]


def _heir_of(row: Placement, change: UnitChange) -> Heir:
    assert row.parent_id is not None
    return change.became[row.parent_id][change.goes.get(row.unit_id, 0)]


def _require_placed(change: UnitChange, below: Collection[Placement]) -> None:
    """``Conflict`` when nobody said where a unit below goes, or it came there only later."""
    known = Placement.objects.filter(parent_id__in=change.units, unit_id__in=change.goes)
    if set(change.goes) - set(known.values_list("unit_id", flat=True)):
        raise BadInput(
            "Có đơn vị được chọn không trực thuộc đơn vị được chia.",
            "A unit chosen does not stand under the unit that is split.",
            field="goes",
        )
    for row in below:
        if row.valid_from is not None and row.valid_from >= change.on:
            raise Conflict(
                f"Có đơn vị trực thuộc mới được đặt vào từ ngày {printed(row.valid_from)}. Chọn "
                "ngày sắp xếp sau ngày đó.",
                f"A unit below was placed there on {row.valid_from.isoformat()}. Choose a later "
                "day for the change.",
                field="on",
            )
    lost = [row for row in below if _nobody_said(row, change)]
    if lost:
        raise Conflict(
            f"Còn {len(lost)} đơn vị đứng dưới đơn vị sẽ kết thúc. Giải thể thì chuyển các đơn "
            "vị đó trước; chia thì chọn từng đơn vị thuộc về phần nào.",
            f"{len(lost)} units still stand under the unit that ends. Before an abolition move "
            "them; in a split choose for each the part it goes to.",
            field="goes" if change.kind == ChangeKind.SPLIT else "units",
        )


def _nobody_said(row: Placement, change: UnitChange) -> bool:
    if change.kind == ChangeKind.ABOLISH:
        return True
    return (
        change.kind == ChangeKind.SPLIT
        and row.unit_id not in change.goes
        and not _heir_of(row, change).keeps_code
    )


def _new_state_of_map(actor: Actor, plan: Plan) -> None:
    """A commune of the official map that moves has a new state, as in the releases."""
    (unit_id,) = plan.wanted.units
    if Unit.objects.filter(pk=unit_id, is_registered=False, is_demo=False).exists():
        unit = units_by_ids([unit_id], plan.change.last_day)[unit_id]
        rename_unit(
            actor=actor,
            unit_id=unit_id,
            name=unit.name,
            on=plan.change.on,
            basis=plan.change.basis,
            of_map=True,
        )
