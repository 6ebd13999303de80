"""The loudspeaker log and the other forms of article 12.1."""

from __future__ import annotations

import datetime as dt
import uuid

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record, open_record
from danchu.core.units.services import require_held_unit

from ..models import Broadcast, FormUsed, Notice
from .holding import locked_notice, told_everybody
from .inputs import (
    BroadcastInput,
    FormInput,
    cleaned_broadcast,
    cleaned_form,
)
from .listed_names import refuse_listed_name
from .names import names_beside


def add_broadcast(
    *,
    actor: Actor,
    notice_id: int,
    content: BroadcastInput,
    client_key: uuid.UUID | None = None,
) -> Broadcast:
    """Write down one broadcast; the same key twice gives the same one.

    Three consecutive days of one station make clauses 7 to 12 complete (article 13.3). One that
    was wrong is cancelled and written anew.
    """
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        sent = _sent(notice, actor, client_key, Broadcast)
        if isinstance(sent, Broadcast):
            return sent
        values = cleaned_broadcast(content, notice.record.occurred_on)
        refuse_listed_name(names_beside(notice), values["station"], field="station")
        on = values.pop("on")
        if notice.broadcasts.filter(
            record__occurred_on=on,
            record__state=Record.State.RECORDED,
            at=values["at"],
            station_key=values["station_key"],
        ).exists():
            raise BadInput(
                "Lần phát này đã được ghi.", "This broadcast is written down already.", field="at"
            )
        record = _open(actor, notice, "broadcast", on, client_key)
        row = Broadcast.objects.create(record=record, notice=notice, **values)
        told_everybody(record)
        log_action(
            "broadcast.recorded",
            actor=actor,
            record_id=record.pk,
            data={"on": on.isoformat(), "at": str(row.at), "minutes": row.minutes},
        )
    return row


def add_form_used(
    *,
    actor: Actor,
    notice_id: int,
    content: FormInput,
    client_key: uuid.UUID | None = None,
) -> FormUsed:
    """Write down another form by which a notice was made known; the same key twice gives one."""
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        sent = _sent(notice, actor, client_key, FormUsed)
        if isinstance(sent, FormUsed):
            return sent
        values = cleaned_form(content, notice.record.occurred_on)
        refuse_listed_name(names_beside(notice), values["note"], field="note")
        on = values.pop("on")
        record = _open(actor, notice, "disclosure_form", on, client_key)
        row = FormUsed.objects.create(record=record, notice=notice, **values)
        told_everybody(record)
        log_action(
            "disclosure.form_used",
            actor=actor,
            record_id=record.pk,
            data={"on": on.isoformat(), "form": row.form, "note": row.note},
        )
    return row


def cancel_broadcast(*, actor: Actor, broadcast_id: int, reason: str) -> None:
    """Cancel a broadcast written down by mistake; it stays, with the reason."""
    _cancel(actor, broadcast_id, "broadcast", reason)


def cancel_form_used(*, actor: Actor, form_id: int, reason: str) -> None:
    """Cancel a form written down by mistake; it stays, with the reason."""
    _cancel(actor, form_id, "disclosure_form", reason)


def _sent(
    notice: Notice,
    actor: Actor,
    client_key: uuid.UUID | None,
    model: type[Broadcast] | type[FormUsed],
) -> Broadcast | FormUsed | None:
    if client_key is None:
        return None
    return model.objects.filter(
        notice=notice, record__author_id=actor.actor_id, record__client_key=client_key
    ).first()


def _open(actor: Actor, notice: Notice, kind: str, on: dt.date, key: uuid.UUID | None) -> Record:

    require_held_unit(notice.record.unit_id, on, field="on")
    record, created = open_record(
        actor=actor,
        kind=kind,
        unit_id=notice.record.unit_id,
        occurred_on=on,
        visibility=notice.record.visibility,
        client_key=key,
        author_id=actor.actor_id,
    )
    if not created:
        raise Conflict(
            "Phiếu này đã được gửi cho một nội dung khác. Chưa ghi gì; mở lại trang rồi nhập lại.",
            "This form was already sent for another notice. Nothing was recorded; open the page "
            "again and enter it once more.",
        )
    return record


def _cancel(actor: Actor, record_id: int, kind: str, reason: str) -> None:
    with acting_as(actor):
        record = Record.objects.filter(pk=record_id, kind=kind).first()
        if record is None:
            raise NotFound("Không tìm thấy nội dung này.", "There is no such record.")
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")
