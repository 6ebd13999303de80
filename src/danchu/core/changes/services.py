"""Carrying out a change of the map: one act, one transaction, a receipt for each touched thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, ChangeKind, Touched, UnitChange, declared_followings
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.services import FIGURES
from danchu.core.units.selectors import descendant_ids
from danchu.core.units.selectors.states import printed
from danchu.core.units.services import hold_units

from . import structure
from .models import ChangedUnit, MapChange, Receipt
from .planning import Plan, Wanted, plan_map_change


def carry_out_map_change(*, actor: Actor, wanted: Wanted, fingerprint: str) -> MapChange:
    """Change the map and hand over everything the dry run showed, whole or not at all.

    No due day moves, nothing that was handed in or published leaves its unit, and whoever
    answers for a new unit answers for what it was made of. ``fingerprint`` is that of the dry
    run the person confirmed. Raises what :func:`plan_map_change` raises, ``BadInput`` for a day
    still to come, ``Conflict`` when anything the dry run showed is no longer so.
    """
    if wanted.on > clock.today():
        raise BadInput(
            f"Việc sắp xếp có hiệu lực từ {printed(wanted.on)}. Trước ngày đó chỉ chạy thử; "
            "thực hiện từ ngày đó.",
            f"The change takes effect on {wanted.on.isoformat()}. Until then it can only be "
            "tried; carry it out from that day on.",
            field="on",
        )
    with acting_as(actor):
        hold_units({*wanted.units, *(() if wanted.parent_id is None else (wanted.parent_id,))})
        plan = plan_map_change(viewer=actor, wanted=wanted)
        if plan.fingerprint != fingerprint:
            raise Conflict(
                "Bản đồ hoặc những gì liên quan đã thay đổi sau lần chạy thử; chưa có gì được "
                "ghi. Xem lại lần chạy thử mới rồi xác nhận.",
                "The map or what the change touches is no longer as the dry run showed; nothing "
                "was written. Look at a new dry run and confirm that.",
                code="plan_changed",
            )
        done = list(structure.touched(plan.change))
        moved = _touched_units(plan)
        change = structure.write(actor, plan)
        done = [_settled(item, plan.change, change) for item in done]
        for following in declared_followings():
            done += following.transfer(actor, change)
        made = _keep(actor, plan, change, done)
        refold(change.on, moved | _heirs(change))
        log_action(
            "map.changed",
            actor=actor,
            data={
                "change": made.pk,
                "kind": change.kind,
                "on": str(change.on),
                "fingerprint": fingerprint,
                "receipts": [[item.area, item.ref, item.effect] for item in done],
            },
        )
    return made


def _settled(item: Touched, planned: UnitChange, change: UnitChange) -> Touched:
    """The same with the unit that began meanwhile."""
    if item.to is None or item.to.unit_id is not None:
        return item
    part = planned.became[item.unit_id].index(item.to)
    return replace(item, to=change.became[item.unit_id][part])


def _keep(actor: Actor, plan: Plan, change: UnitChange, done: list[Touched]) -> MapChange:
    made = MapChange.objects.create(
        kind=change.kind,
        on=change.on,
        basis=change.basis,
        fingerprint=plan.fingerprint,
        carried_out_at=clock.now(),
        carried_out_by_id=actor.actor_id,
    )
    ChangedUnit.objects.bulk_create(
        ChangedUnit(
            change=made,
            unit_id=unit_id,
            was=unit_id in change.units,
            goes_on=unit_id not in change.ends,
        )
        for unit_id in sorted(change.units.keys() | _heirs(change))
    )
    write_receipts(made, done)
    return made


def write_receipts(
    change: MapChange, done: Iterable[Touched], *, of_withdrawal: bool = False
) -> None:
    """A receipt for each thing, kept as it is written."""
    Receipt.objects.bulk_create(
        Receipt(
            change=change,
            position=position,
            area=item.area,
            ref=item.ref,
            effect=item.effect,
            unit_id=item.unit_id,
            to_unit_id=item.to.unit_id if item.to else None,
            account_id=item.account_id,
            due_on=item.due_on,
            number=item.number,
            text_vi=item.text_vi[:500],
            text_en=item.text_en[:500],
            was=item.was,
            of_withdrawal=of_withdrawal,
        )
        for position, item in enumerate(done, start=1)
    )


def _heirs(change: UnitChange) -> set[int]:
    """The units that take part as successors; those above an abolished unit do not change."""
    if change.kind == ChangeKind.ABOLISH:
        return set()
    return {h.unit_id for heirs in change.became.values() for h in heirs if h.unit_id is not None}


def _touched_units(plan: Plan) -> set[int]:
    """The units, those below and those above, whose figures stand elsewhere afterwards."""
    found = set(plan.change.units) | set(plan.parents.values())
    for unit_id in plan.change.units:
        found |= set(descendant_ids(unit_id, plan.change.last_day))
    if plan.wanted.parent_id is not None:
        found.add(plan.wanted.parent_id)
    return found


def refold(on: dt.date, unit_ids: set[int]) -> None:
    """Have every roll-up recomputed whose structure is another from the day on."""
    later = Q(end__gte=on)
    for period_id in Period.objects.filter(later).order_by("pk").values_list("pk", flat=True):
        for unit_id in sorted(unit_ids):
            enqueue(FIGURES, unit_id=unit_id, period_id=period_id)
