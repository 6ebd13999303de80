"""The disclosure plan of a year (article 14.1)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_day, clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import (
    before_corrections,
    cancel_record,
    keep_version,
    open_record,
    touch_figures,
    unchanged_since,
)
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import hold_units, require_held_unit

from .. import rules
from ..models import Plan, PlannedItem
from .holding import judged_anew
from .plan_inputs import PlanInput, cleaned_plan
from .reminding import no_longer_missing

_DAY = ("occurred_on", "ngày ban hành kế hoạch", "day of the plan")


def record_plan(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: PlanInput,
    client_key: uuid.UUID | None = None,
) -> Plan:
    """Write down the plan of a year; the same key twice gives the same one.

    Needs ``records.write``. ``Conflict`` where the unit has a plan of that year: it is corrected.
    """
    require(actor, "records.write", unit_id)
    day = clean_day(occurred_on, *_DAY)
    kind = rules.kind_of_level(require_unit(unit_id, day, field="occurred_on").level)
    columns, lines = cleaned_plan(content, kind, day)
    with acting_as(actor):
        hold_units([unit_id])  # two plans of one year wait for each other here
        record, created = open_record(
            actor=actor,
            kind="disclosure_plan",
            unit_id=unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            sent = Plan.objects.select_related("record").get(record=record)
            _require_same(sent, columns, lines, day)
            return sent
        _only_one(unit_id, columns["year"], None)
        plan = Plan.objects.create(record=record, **columns)
        PlannedItem.objects.bulk_create(
            PlannedItem(plan=plan, order=n, **line) for n, line in enumerate(lines, start=1)
        )
        judged_anew(record)
        no_longer_missing(actor, unit_id, rules.PLAN_RULE)
        log_action(
            "disclosure_plan.recorded", actor=actor, record_id=record.pk, data=_snapshot(plan)
        )
    return plan


def correct_plan(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    occurred_on: dt.date | None,
    content: PlanInput,
    reason: str,
) -> Plan:
    """Correct a plan; what stood before is kept. Lines keep their identity by ``item_id``.

    A line that a notice fulfils cannot be left out.
    """
    day = clean_day(occurred_on, *_DAY)
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        plan = _locked(record_id)
        record = plan.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        kind = rules.kind_of_level(require_unit(record.unit_id, day, field="occurred_on").level)
        columns, lines = cleaned_plan(content, kind, day)
        _only_one(record.unit_id, columns["year"], plan)
        keep_version(record, content=_snapshot(plan), actor=actor, reason=why)
        touch_figures(record)
        plan.year, plan.number = columns["year"], columns["number"]
        plan.save()
        _rewrite(plan, [item.item_id for item in content.items], lines)
        record.occurred_on = day
        record.save(update_fields=["occurred_on"])
        touch_figures(record)
        judged_anew(record)
        log_action(
            "disclosure_plan.corrected", actor=actor, record_id=record.pk, data=_snapshot(plan)
        )
    return plan


def cancel_plan(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel a plan written down by mistake; it stays, with the reason."""
    with acting_as(actor):
        plan = _locked(record_id)
        require(actor, "records.cancel", plan.record.unit_id)
        judged_anew(plan.record)
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def _require_same(
    sent: Plan, columns: dict[str, Any], lines: list[dict[str, Any]], day: dt.date
) -> None:
    """Raise ``Conflict`` where the form of a plan sent before comes back with another content."""
    first = before_corrections(sent.record) or _snapshot(sent)
    said = [PlannedItem(**line) for line in lines]
    if sent.record.state != Record.State.RECORDED or first != {
        "occurred_on": day.isoformat(),
        **columns,
        "items": [_line(i) for i in said],
    }:
        raise Conflict(
            f"Đơn vị đã có kế hoạch công khai năm {sent.year}. Kế hoạch vừa nhập chưa được lưu; mở "
            "kế hoạch đó để sửa, bổ sung.",
            f"The unit has a disclosure plan of {sent.year}. What was typed was not saved; open "
            "that plan to correct or add to it.",
            code="sent_before",
            field="year",
        )


def _rewrite(plan: Plan, ids: list[int | None], lines: list[dict[str, Any]]) -> None:
    known = {item.pk: item for item in plan.items.all()}
    kept = {pk for pk in ids if pk is not None}
    if not kept <= known.keys():
        raise NotFound("Không tìm thấy dòng này của kế hoạch.", "The plan has no such line.")
    if len([pk for pk in ids if pk is not None]) != len(kept):
        raise BadInput("Một dòng được gửi hai lần.", "A line was sent twice.", field="items")
    dropped = known.keys() - kept
    used = PlannedItem.objects.filter(pk__in=dropped, notices__isnull=False).first()
    if used is not None:
        raise BadInput(
            f"“{used.title}” đã có nội dung công khai theo kế hoạch nên không bỏ được.",
            f"“{used.title}” has been fulfilled by a notice and cannot be left out.",
            field="items",
        )
    PlannedItem.objects.filter(pk__in=dropped).delete()
    # Orders are unique: they move out of the way before the new ones are given.
    for n, item in enumerate(known[pk] for pk in sorted(kept)):
        PlannedItem.objects.filter(pk=item.pk).update(order=1_000_000 + n)
    for n, (pk, line) in enumerate(zip(ids, lines, strict=True), start=1):
        if pk is None:
            PlannedItem.objects.create(plan=plan, order=n, **line)
        else:
            PlannedItem.objects.filter(pk=pk).update(order=n, **line)


def _only_one(unit_id: int, year: int, self_: Plan | None) -> None:
    others = Plan.objects.filter(
        record__unit_id=unit_id, record__state=Record.State.RECORDED, year=year
    )
    if self_ is not None:
        others = others.exclude(pk=self_.pk)
    if others.exists():
        raise Conflict(
            f"Đơn vị đã có kế hoạch công khai năm {year}. Mở kế hoạch đó để sửa, bổ sung.",
            f"The unit has a disclosure plan of {year}. Open it to correct or add to it.",
            field="year",
        )


def _locked(record_id: int) -> Plan:
    found = (
        Plan.objects.select_for_update(of=("self", "record"))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy kế hoạch này.", "There is no such plan.")
    return found


def _snapshot(plan: Plan) -> dict[str, object]:
    return {
        "occurred_on": plan.record.occurred_on.isoformat(),
        "year": plan.year,
        "number": plan.number,
        "items": [_line(item) for item in plan.items.order_by("order")],
    }


def _line(item: PlannedItem) -> dict[str, object]:
    return {
        "rule_key": item.rule_key,
        "title": item.title,
        "forms": item.forms,
        "places": item.places,
        "responsible": item.responsible,
        "from_on": item.from_on.isoformat() if item.from_on else None,
        "to_on": item.to_on.isoformat() if item.to_on else None,
    }
