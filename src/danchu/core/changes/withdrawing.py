"""Taking back a change of the map that was entered by mistake, while nothing was built on it.

The map is put back as it was, and every room puts back what it had handed over. The change, its
receipts and those of taking it back stay to be read. Once anything was recorded, handed in,
reported or changed again on the new map the mistake is corrected by a further change.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.db.models import Q

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import (
    Actor,
    ChangeKind,
    Done,
    Effect,
    Touched,
    Withdrawal,
    declared_followings,
    require,
)
from danchu.core.errors import Conflict
from danchu.core.ledger import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.units.models import Placement, UnitState
from danchu.core.units.selectors import ancestors, descendant_ids, units_by_ids
from danchu.core.units.selectors.states import printed
from danchu.core.units.services import (
    hold_units,
    put_back,
    reopen_unit,
    take_back_lineage,
    take_back_state,
    unmake_unit,
)

from . import structure
from .models import ChangedUnit, MapChange
from .selectors import map_change, units_of
from .services import refold, write_receipts

_STATE = Placement.Tree.STATE
_NOT_KEPT = "?"  # receipts from before the last day of what ended was kept with them


def may_withdraw(viewer: Actor, change: MapChange) -> bool:
    """Whether the viewer may take the change back: who may change the units on both maps."""
    if change.withdrawn_at is not None:
        return False
    return all(viewer.may("units.change", parent) for parent in _parents(_read(change)))


def what_depends(viewer: Actor, change: MapChange) -> list[Touched]:
    """What was built on a change since and stands in the way of taking it back.

    Nothing for who may not take it back.
    """
    return _depending(_read(change)) if may_withdraw(viewer, change) else []


def withdraw_map_change(*, actor: Actor, public_id: uuid.UUID, reason: str) -> MapChange:
    """Take a change of the map back, whole or not at all, with a receipt for each thing.

    Raises ``NotFound`` for who may not read it, ``NotAllowed`` without "units.change" over the
    units above, on the former map and on the new one, ``BadInput`` without a reason,
    ``Conflict`` when it was taken back already or anything was built on it since.
    """
    found = map_change(actor, public_id)
    for parent_id in sorted(_parents(_read(found))):
        require(actor, "units.change", parent_id)
    reason = clean_line(reason, "reason", "lý do rút lại", "reason", limit=500)
    with acting_as(actor):
        change = MapChange.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if change.withdrawn_at is not None:
            raise Conflict(
                "Lần sắp xếp này đã được rút lại từ trước.",
                "This change was taken back already.",
            )
        withdrawal = _read(change)
        hold_units({*withdrawal.units, *withdrawal.begun})
        _require_nothing_built(withdrawal)
        moved = {*withdrawal.units, *withdrawal.begun, *withdrawal.above}
        for unit_id in (*withdrawal.units, *withdrawal.begun):
            moved |= set(descendant_ids(unit_id, change.on))
        _keep_names(change, withdrawal)
        done = [*_map_put_back(actor, change, withdrawal)]
        for following in declared_followings():
            done += following.take_back(actor, withdrawal)
        for unit_id in sorted(withdrawal.begun):
            unmake_unit(actor=actor, unit_id=unit_id)
        change.withdrawn_at, change.withdrawn_reason = clock.now(), reason
        change.withdrawn_by_id = actor.actor_id
        change.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        write_receipts(change, done, of_withdrawal=True)
        refold(change.on, moved)
        log_action(
            "map.withdrawn",
            actor=actor,
            data={
                "change": change.pk,
                "reason": reason,
                "receipts": [[item.area, item.ref, item.effect] for item in done],
            },
        )
    return change


def _read(change: MapChange) -> Withdrawal:
    part = units_of(change)
    eve = structure.eve(change.on)
    before, after = units_by_ids(part.before, eve), units_by_ids(part.after, change.on)
    begun = {u: after[u].name for u in part.after if u not in part.before and u in after}
    ends = frozenset(part.before) - frozenset(part.after)
    above: set[int] = set()
    for units, day in ((before, eve), (after, change.on)):
        for unit_id in units:
            above |= {unit.id for unit in ancestors(unit_id, day)}
    parents = {unit.parent_id for unit in before.values() if unit.parent_id is not None}
    heirs: frozenset[int] = frozenset()
    if change.kind == ChangeKind.ABOLISH:
        heirs = frozenset(parents)
    elif ends or begun:
        heirs = frozenset(part.after)
    rows = change.receipts.filter(of_withdrawal=False).order_by("position")
    return Withdrawal(
        ChangeKind(change.kind),
        change.on,
        change.carried_out_at,
        {unit.id: unit.name for unit in before.values()},
        ends,
        begun,
        heirs,
        frozenset(above),
        tuple(
            Done(*row)
            for row in rows.values_list("area", "ref", "effect", "unit_id", "to_unit_id", "was")
        ),
    )


def _parents(withdrawal: Withdrawal) -> set[int]:
    """The units directly above those that changed, on either map."""
    before = units_by_ids(withdrawal.units, withdrawal.last_day).values()
    after = {*withdrawal.begun, *withdrawal.units} - withdrawal.ends
    there = units_by_ids(after, withdrawal.on).values()
    return {unit.parent_id for unit in (*before, *there) if unit.parent_id is not None}


# --- what stands in the way ----------------------------------------------------------------------


def _require_nothing_built(withdrawal: Withdrawal) -> None:
    built = _depending(withdrawal)
    if built:
        vi = "; ".join(item.text_vi for item in built[:5])
        en = "; ".join(item.text_en for item in built[:5])
        more = f"; +{len(built) - 5}" if len(built) > 5 else ""
        raise Conflict(
            f"Không rút lại được vì đã có những nội dung dựa vào lần sắp xếp này: {vi}{more}. "
            "Sửa bằng một lần sắp xếp tiếp theo.",
            f"The change cannot be taken back, for other things rest on it: {en}{more}. Correct "
            "it by a further change.",
            code="built_upon",
        )


def _depending(withdrawal: Withdrawal) -> list[Touched]:
    found = [*_later_on_the_map(withdrawal)]
    for following in declared_followings():
        found += following.depending(withdrawal)
    return found


def _later_on_the_map(withdrawal: Withdrawal) -> Iterator[Touched]:
    """What changed on the map since, and what a release has taken over."""
    if any(one.was == _NOT_KEPT for one in withdrawal.done):
        yield _there(
            withdrawal,
            "receipts",
            "Biên nhận của bản phần mềm cũ không đủ để trả lại mọi thứ như trước",
            "The receipts of an earlier release of the program do not suffice to put all back",
        )
    involved = {*withdrawal.units, *withdrawal.begun}
    later = MapChange.objects.filter(
        carried_out_at__gt=withdrawal.since, withdrawn_at=None, units__unit_id__in=involved
    )
    for change in later.distinct().order_by("pk"):
        yield _there(
            withdrawal,
            f"change {change.pk}",
            f"Các đơn vị này đã được sắp xếp tiếp từ ngày {printed(change.on)}",
            f"These units were changed again from {change.on.isoformat()} on",
        )
    states = UnitState.objects.filter(unit_id__in=involved)
    if states.filter(valid_from__gt=withdrawal.on).exists() or (
        states.filter(unit_id__in=withdrawal.begun.keys(), valid_to__isnull=False).exists()
    ):
        yield _there(
            withdrawal,
            "states",
            "Có đơn vị đã đổi tên hoặc kết thúc sau đó",
            "A unit was renamed or ended afterwards",
        )
    below = {tuple(one.ref.split()) for one in withdrawal.of(structure.AREA, Effect.MOVES)}
    places = Placement.objects.filter(valid_from__gte=withdrawal.on)
    placed = places.filter(parent_id__in=withdrawal.begun.keys())
    strange = [row.pk for row in placed.iterator() if (row.tree, str(row.unit_id)) not in below]
    if strange:
        yield _there(
            withdrawal,
            "below",
            f"Đã có {len(strange)} đơn vị đăng ký hoặc chuyển về dưới đơn vị mới",
            f"{len(strange)} units were registered below the new ones or moved there",
        )
    moved = Q(unit_id__in=involved) | Q(unit_id__in=[int(unit) for _tree, unit in below])
    ended = Q(unit_id__in=[int(unit) for _tree, unit in below], valid_to__isnull=False)
    if (
        places.filter(moved, tree=_STATE, valid_from__gt=withdrawal.on).exists()
        or places.filter(ended).exists()
    ):
        yield _there(
            withdrawal,
            "places",
            "Có đơn vị liên quan đã chuyển nơi khác hoặc kết thúc sau đó",
            "A unit concerned moved on or ended afterwards",
        )
    told = states.filter(
        valid_from=withdrawal.on, is_ahead=False, unit__is_demo=False, unit__is_registered=False
    )
    if told.exists():
        yield _there(
            withdrawal,
            "release",
            "Bản cập nhật danh mục đã ghi nhận lần sắp xếp này",
            "A release of the map tells this change",
        )


def _there(withdrawal: Withdrawal, ref: str, vi: str, en: str) -> Touched:
    return Touched(structure.AREA, ref, Effect.STAYS, min(withdrawal.units), vi, en)


# --- putting back --------------------------------------------------------------------------------


def _keep_names(change: MapChange, withdrawal: Withdrawal) -> None:
    """So that the page of the change can still say what had begun."""
    for unit in units_by_ids(withdrawal.begun, change.on).values():
        ChangedUnit.objects.filter(change=change, unit_id=unit.id).update(
            name=f"{unit.name} ({unit.code})"
        )


def _map_put_back(actor: Actor, change: MapChange, withdrawal: Withdrawal) -> Iterator[Touched]:
    """The units that ended go on, and everything stands where it stood."""
    if change.kind == ChangeKind.RENAME:
        (unit_id,) = withdrawal.units
        take_back_state(actor=actor, unit_id=unit_id, on=change.on)
        name = withdrawal.units[unit_id]
        yield _back(unit_id, f"{name} lại mang tên và loại như trước", f"{name} has its name again")
        return
    if change.kind == ChangeKind.MOVE:
        yield _moved_back(actor, change, withdrawal)
        return
    for unit_id in sorted(withdrawal.ends):
        reopen_unit(actor=actor, unit_id=unit_id, last_day=withdrawal.last_day, basis=change.basis)
        name = withdrawal.units[unit_id]
        yield _back(unit_id, f"{name} còn trên bản đồ như trước", f"{name} goes on as before")
    below = [*withdrawal.of(structure.AREA, Effect.MOVES)]
    names = units_by_ids({one.key for one in below}, change.on)
    for one in below:
        put_back(
            actor=actor,
            unit_id=one.key,
            tree=one.ref.split()[0],
            parent_id=one.unit_id,
            on=change.on,
        )
        name = names[one.key].name if one.key in names else str(one.key)
        former = withdrawal.units[one.unit_id]
        vi, en = f"{name} về lại {former}", f"{name} stands under {former} again"
        yield Touched(structure.AREA, one.ref, Effect.BACK, one.unit_id, vi, en)
    take_back_lineage(actor=actor, unit_ids=frozenset(withdrawal.units), on=change.on)
    for unit_id, name in sorted(withdrawal.begun.items()):
        yield Touched(
            structure.AREA,
            f"unit {unit_id}",
            Effect.ENDS,
            unit_id,
            f"{name} không còn trên bản đồ; mã dùng lại được",
            f"{name} is off the map; its code is free",
        )


def _moved_back(actor: Actor, change: MapChange, withdrawal: Withdrawal) -> Touched:
    (unit_id,) = withdrawal.units
    former = units_by_ids([unit_id], withdrawal.last_day)[unit_id]
    assert former.parent_id is not None
    put_back(actor=actor, unit_id=unit_id, tree=_STATE, parent_id=former.parent_id, on=change.on)
    if UnitState.objects.filter(unit_id=unit_id, valid_from=change.on).exists():
        take_back_state(actor=actor, unit_id=unit_id, on=change.on)
    return _back(
        unit_id,
        f"{former.name} về lại {former.parent_name}",
        f"{former.name} stands under {former.parent_name} again",
    )


def _back(unit_id: int, vi: str, en: str) -> Touched:
    return Touched(structure.AREA, f"unit {unit_id}", Effect.BACK, unit_id, vi, en)
