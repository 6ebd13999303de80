"""The map's own part of a change: units that begin and end, what stands below, lineage."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q

from danchu.core.contracts import Actor, ChangeKind, Effect, Heir, Touched, UnitChange
from danchu.core.errors import Conflict
from danchu.core.units.models import Contact, Lineage, Placement, Unit
from danchu.core.units.selectors import units_by_ids
from danchu.core.units.services import (
    end_unit,
    place_unit,
    record_lineage,
    register_demo_unit,
    register_unit,
    rename_unit,
)

if TYPE_CHECKING:
    from .planning import NewUnit, Plan

AREA = "units"
_STATE = Placement.Tree.STATE
_OFFICIAL = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE)


def require_own(unit_ids: Collection[int]) -> None:
    """Raise ``Conflict`` unless all of them are units that this installation may change."""
    if Unit.objects.filter(pk__in=unit_ids, is_registered=False, is_demo=False).exists():
        raise Conflict(
            "Đơn vị hành chính của bản đồ chính thức chỉ thay đổi theo bản cập nhật danh mục.",
            "A unit of the official map changes only with an update of the map.",
        )


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
    if below and change.kind in (ChangeKind.SPLIT, ChangeKind.ABOLISH):
        raise Conflict(
            f"Còn {len(below)} đơn vị đứng dưới đơn vị sẽ kết thúc. Giải thể thì chuyển các đơn "
            "vị đó trước; chia thì giữ đơn vị cũ làm một phần rồi chuyển từng đơn vị sau.",
            f"{len(below)} units still stand under the unit that ends. Before an abolition move "
            "them; in a split keep the unit as one of the parts and move them one by one after.",
            field="into",
        )
    names = units_by_ids({row.unit_id for row in below}, change.last_day)
    for row in below:
        parent = row.parent_id
        assert parent is not None
        name = names[row.unit_id].name if row.unit_id in names else row.unit_id
        heir = change.heir(parent)
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
    if change.kind == ChangeKind.RENAME:
        (unit_id,) = wanted.units
        rename_unit(
            actor=actor,
            unit_id=unit_id,
            name=wanted.name,
            kind=wanted.unit_kind,
            on=change.on,
            basis=change.basis,
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
        )
        return change
    heirs = tuple(
        Heir(one, change.units[one]) if isinstance(one, int) else _begin(actor, plan, one)
        for one in wanted.into
    )
    became = {u: heirs or change.became[u] for u in change.units}
    change = UnitChange(change.kind, change.on, change.basis, change.units, change.ends, became)
    _other_trees(actor, change)
    for row in _below(change):
        assert row.parent_id is not None
        place_unit(
            actor=actor,
            unit_id=row.unit_id,
            tree=row.tree,
            parent_id=change.heir(row.parent_id).unit_id,
            valid_from=change.on,
            basis=change.basis,
        )
    for unit_id in sorted(change.ends):
        end_unit(actor=actor, unit_id=unit_id, last_day=change.last_day, basis=change.basis)
    shares = wanted.shares or (None,) * len(heirs)
    part = Lineage.Part.WHOLE if change.kind == ChangeKind.MERGE else Lineage.Part.PART
    for unit_id in wanted.units:
        for heir, share in zip(heirs, shares, strict=True):
            _became(actor, change, unit_id, heir, part, share)
    return change


def _begin(actor: Actor, plan: Plan, new: NewUnit) -> Heir:
    """A new unit under the one above the first that changes, of the same level."""
    first = plan.wanted.units[0]
    level, parent = Unit.objects.get(pk=first).level, plan.parents[first]
    if level in _OFFICIAL:
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
    )


def _after(change: UnitChange) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)


def _below(change: UnitChange) -> list[Placement]:
    rows = Placement.objects.filter(_after(change), parent_id__in=change.ends)
    return list(rows.exclude(unit_id__in=change.ends).order_by("tree", "unit_id"))
