"""Writing down "việc khác": a number of something done on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require, work_kinds
from danchu.core.errors import BadInput, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import (
    clean_choice,
    clean_count,
    clean_day,
    clean_line,
    clean_text,
)
from danchu.core.records.models import Record
from danchu.core.records.services import (
    keep_version,
    open_record,
    require_same_content,
    touch_figures,
    unchanged_since,
)
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import require_held_unit

from .models import OtherWork

BASE_KINDS = ("commune", "agency", "state_enterprise", "workplace")
MOST = 10**15  # smallest units: a million billion đồng, more than any commune will see


@dataclass(frozen=True, slots=True)
class OtherWorkInput:
    """What was done. ``number`` is in the smallest unit of the kind's indicator."""

    kind: str
    number: int | None
    people: int | None = None
    place: str = ""
    note: str = ""
    base_kind: str = "commune"


def record_other_work(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: OtherWorkInput,
    client_key: uuid.UUID | None = None,
) -> OtherWork:
    """Write down other work; the same key twice gives the same row.

    Needs ``records.write`` over the unit. Raises ``BadInput`` naming the field at fault.
    """
    require(actor, "records.write", unit_id)
    day = clean_day(occurred_on, "occurred_on", "ngày thực hiện", "day it was done")
    require_unit(unit_id, day, field="occurred_on")
    values = _cleaned(content)
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="otherwork",
            unit_id=unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            sent = OtherWork.objects.select_related("record").get(record=record)
            typed = {**values, "occurred_on": day.isoformat()}
            require_same_content(sent.record, _snapshot(sent), typed)
            return sent
        row = OtherWork.objects.create(record=record, **values)
        log_action(
            "otherwork.recorded",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat()},
        )
    return row


def correct_other_work(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    occurred_on: dt.date | None,
    content: OtherWorkInput,
    reason: str,
) -> OtherWork:
    """Correct a row; what stood before is kept as a version with the reason."""
    day = clean_day(occurred_on, "occurred_on", "ngày thực hiện", "day it was done")
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    values = _cleaned(content)
    with acting_as(actor):
        row = (
            OtherWork.objects.select_for_update(of=("self", "record"))
            .select_related("record")
            .filter(pk=record_id, record__state=Record.State.RECORDED)
            .first()
        )
        if row is None:
            raise NotFound("Không tìm thấy việc này.", "There is no such work.")
        record = row.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        keep_version(record, content=_snapshot(row), actor=actor, reason=why)
        touch_figures(record)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        record.occurred_on = day
        record.save(update_fields=["occurred_on"])
        touch_figures(record)
        log_action(
            "otherwork.corrected",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat()},
        )
    return row


def _cleaned(content: OtherWorkInput) -> dict[str, object]:
    kind = work_kinds().get(content.kind)
    if kind is None:
        raise BadInput("Chọn loại việc.", "Choose the kind of work.", field="kind")
    people = clean_count(content.people, "people", "số người", "number of people")
    return {
        "kind": kind.key,
        "base_kind": clean_choice(
            content.base_kind, BASE_KINDS, "base_kind", "loại hình cơ sở", "kind of unit"
        ),
        "number": clean_count(
            content.number, "number", "số lượng", "number", required=True, limit=MOST
        ),
        "people": people,
        "place": clean_line(content.place, "place", "địa điểm", "place", limit=200, required=False),
        "note": clean_text(content.note, "note", "ghi chú", "note", limit=5_000),
    }


def _snapshot(row: OtherWork) -> dict[str, object]:
    return {
        "occurred_on": row.record.occurred_on.isoformat(),
        "kind": row.kind,
        "base_kind": row.base_kind,
        "number": row.number,
        "people": row.people,
        "place": row.place,
        "note": row.note,
    }
