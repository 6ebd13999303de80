"""Writing down receptions of citizens, and who receives them when."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
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
from danchu.core.units.services import raise_public_version, require_held_unit

from .models import Reception, ScheduleLine


@dataclass(frozen=True, slots=True)
class ReceptionInput:
    """A reception day as totals. Visits, people and matters are never ordered against each other.

    ``people`` and ``matters`` None: the register did not count them.
    """

    form: str
    receiver: str
    receiver_post: str
    visits: int | None
    people: int | None = None
    matters: int | None = None
    mass_groups: int | None = 0
    place: str = ""
    note: str = ""


def record_reception(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: ReceptionInput,
    client_key: uuid.UUID | None = None,
) -> Reception:
    """Write down a reception; the same key twice gives the same one.

    Needs ``records.write`` over the unit. Raises ``BadInput`` naming the field at fault.
    """
    require(actor, "records.write", unit_id)
    day = clean_day(occurred_on, "occurred_on", "ngày tiếp công dân", "day of the reception")
    require_unit(unit_id, day, field="occurred_on")
    values = _cleaned(content)
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="reception",
            unit_id=unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            sent = Reception.objects.select_related("record").get(record=record)
            typed = {**values, "occurred_on": day.isoformat()}
            require_same_content(sent.record, _snapshot(sent), typed)
            return sent
        reception = Reception.objects.create(record=record, **values)
        log_action(
            "reception.recorded",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat()},
        )
    return reception


def correct_reception(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    occurred_on: dt.date | None,
    content: ReceptionInput,
    reason: str,
) -> Reception:
    """Correct a reception; what stood before is kept as a version with the reason."""
    day = clean_day(occurred_on, "occurred_on", "ngày tiếp công dân", "day of the reception")
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    values = _cleaned(content)
    with acting_as(actor):
        reception = (
            Reception.objects.select_for_update(of=("self", "record"))
            .select_related("record")
            .filter(pk=record_id, record__state=Record.State.RECORDED)
            .first()
        )
        if reception is None:
            raise NotFound("Không tìm thấy lần tiếp công dân này.", "There is no such reception.")
        record = reception.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        keep_version(record, content=_snapshot(reception), actor=actor, reason=why)
        touch_figures(record)
        for name, value in values.items():
            setattr(reception, name, value)
        reception.save()
        record.occurred_on = day
        record.save(update_fields=["occurred_on"])
        touch_figures(record)
        log_action(
            "reception.corrected",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat()},
        )
    return reception


@dataclass(frozen=True, slots=True)
class ScheduleInput:
    """One line of the schedule. ``weekday`` 0 is Monday; ``weeks`` of the month, empty for all."""

    leader_post: str
    leader_name: str
    weekday: int
    weeks: tuple[int, ...]
    starts_at: dt.time
    ends_at: dt.time
    place: str


def add_schedule_line(*, actor: Actor, unit_id: int, content: ScheduleInput) -> ScheduleLine:
    """Add a line to the published schedule of who receives citizens when.

    Needs ``units.edit``. The schedule is posted 5 working days ahead (Law 42/2013 article
    24.4); the citizens' page shows it at once.
    """
    post = clean_line(
        content.leader_post, "leader_post", "chức vụ người tiếp", "post of the leader", limit=160
    )
    name = clean_line(
        content.leader_name, "leader_name", "họ tên", "name", limit=120, required=False
    )
    place = clean_line(content.place, "place", "nơi tiếp", "place", limit=200)
    if content.weekday not in range(7):
        raise BadInput("Chọn ngày trong tuần.", "Choose the day of the week.", field="weekday")
    if any(week not in range(1, 6) for week in content.weeks):
        raise BadInput(
            "Tuần trong tháng là số từ 1 đến 5.",
            "Weeks of the month are numbers from 1 to 5.",
            field="weeks",
        )
    if content.ends_at <= content.starts_at:
        raise BadInput(
            "Giờ kết thúc phải sau giờ bắt đầu.", "It must end after it begins.", field="ends_at"
        )
    with acting_as(actor):
        require(actor, "units.edit", unit_id)
        line = ScheduleLine.objects.create(
            unit_id=unit_id,
            leader_post=post,
            leader_name=name,
            weekday=content.weekday,
            weeks=",".join(str(week) for week in sorted(set(content.weeks))),
            starts_at=content.starts_at,
            ends_at=content.ends_at,
            place=place,
            valid_from=today(),
        )
        raise_public_version(unit_id)
        log_action("reception.schedule_added", actor=actor, data={"line": line.pk})
    return line


def end_schedule_line(*, actor: Actor, line_id: int) -> None:
    """Take a line off the schedule from today on; what was published stays known."""
    with acting_as(actor):
        line = ScheduleLine.objects.select_for_update().filter(pk=line_id).first()
        if line is None or (line.valid_to is not None and line.valid_to < today()):
            raise NotFound("Không tìm thấy dòng lịch này.", "There is no such line.")
        require(actor, "units.edit", line.unit_id)
        line.valid_to = today() - dt.timedelta(days=1)
        line.save(update_fields=["valid_to"])
        raise_public_version(line.unit_id)
        log_action("reception.schedule_ended", actor=actor, data={"line": line.pk})


def _cleaned(content: ReceptionInput) -> dict[str, object]:
    values: dict[str, object] = {
        "form": clean_choice(
            content.form, Reception.Form.values, "form", "hình thức tiếp", "form of reception"
        ),
        "receiver": clean_choice(
            content.receiver, Reception.Receiver.values, "receiver", "người tiếp", "who received"
        ),
        "receiver_post": clean_line(
            content.receiver_post, "receiver_post", "chức vụ người tiếp", "post", limit=160
        ),
        "place": clean_line(content.place, "place", "nơi tiếp", "place", limit=200, required=False),
        "visits": clean_count(
            content.visits,
            "visits",
            "số lượt tiếp",
            "number of visits",
            required=True,
            limit=100_000,
        ),
        "people": clean_count(
            content.people, "people", "số người", "number of people", limit=1_000_000
        ),
        "matters": clean_count(
            content.matters, "matters", "số vụ việc", "number of matters", limit=100_000
        ),
        "mass_groups": clean_count(
            content.mass_groups,
            "mass_groups",
            "số đoàn đông người",
            "number of large groups",
            required=True,
            limit=10_000,
        ),
        "note": clean_text(content.note, "note", "ghi chú", "note", limit=5_000),
    }
    if not content.visits and (content.people or content.mass_groups):
        raise BadInput(
            "Đã có người đến thì phải có ít nhất một lượt tiếp; một đoàn tính là một lượt.",
            "Where people came there was at least one visit; a group counts as one visit.",
            field="visits",
        )
    return values


def _snapshot(reception: Reception) -> dict[str, object]:
    return {
        "occurred_on": reception.record.occurred_on.isoformat(),
        "form": reception.form,
        "receiver": reception.receiver,
        "receiver_post": reception.receiver_post,
        "place": reception.place,
        "visits": reception.visits,
        "people": reception.people,
        "matters": reception.matters,
        "mass_groups": reception.mass_groups,
        "note": reception.note,
    }
