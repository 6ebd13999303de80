"""The loudspeaker log and the other forms of article 12.1."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, Faults, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record, open_record, require_same
from danchu.core.text import fold, format_date
from danchu.core.units.services import require_held_unit

from ..models import Broadcast, FormUsed, Notice
from .form_inputs import (
    BroadcastInput,
    FormInput,
    cleaned_broadcast,
    cleaned_form,
)
from .holding import locked_notice, told_everybody
from .listed_names import refuse_listed_name
from .names import names_beside

MOST_AT_ONCE = 60  # broadcasts of one form: a week, a few times a day


def add_broadcast(
    *,
    actor: Actor,
    notice_id: int,
    content: BroadcastInput,
    client_key: uuid.UUID | None = None,
) -> Broadcast:
    """Write down one broadcast; the same key twice gives the same one."""
    made = add_broadcasts(
        actor=actor, notice_id=notice_id, contents=(content,), client_key=client_key
    )
    return made[0]


def add_broadcasts(
    *,
    actor: Actor,
    notice_id: int,
    contents: Sequence[BroadcastInput],
    client_key: uuid.UUID | None = None,
) -> tuple[Broadcast, ...]:
    """Write down broadcasts, all of them or none; the same key twice gives the same ones.

    Three consecutive days of one station make clauses 7 to 12 complete (article 13.3). One that
    was wrong is cancelled and written anew. Raises ``BadInput`` with every field at fault: of the
    lines after the first "broadcasts-2-at"; ``Conflict`` (code "sent_before") where the key came
    with other broadcasts before.
    """
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        values = _cleaned_lines(notice, contents)
        keys = _keys(client_key, len(values))
        sent = list(
            notice.broadcasts.select_related("record")
            .filter(record__author_id=actor.actor_id, record__client_key__in=_all_keys(client_key))
            .order_by("pk")
        )
        if sent:
            told = [_line(row.record.occurred_on, row.at, row.station_key) for row in sent]
            same = told == [_line(one["on"], one["at"], one["station_key"]) for one in values]
            same = same and [row.minutes for row in sent] == [one["minutes"] for one in values]
            for row in sent:
                require_same(row.record, same)
            return tuple(sent)
        _refuse_twice(notice, values)
        made = []
        for one, key in zip(values, keys, strict=True):
            columns = {name: value for name, value in one.items() if name != "on"}
            record = _open(actor, notice, "broadcast", one["on"], key)
            row = Broadcast.objects.create(record=record, notice=notice, **columns)
            made.append(row)
            log_action(
                "broadcast.recorded",
                actor=actor,
                record_id=record.pk,
                data={"on": one["on"].isoformat(), "at": str(row.at), "minutes": row.minutes},
            )
        told_everybody(notice.record)
    return tuple(made)


def _cleaned_lines(notice: Notice, contents: Sequence[BroadcastInput]) -> list[dict[str, Any]]:
    if not 1 <= len(contents) <= MOST_AT_ONCE:
        raise BadInput(
            f"Ghi từ 1 đến {MOST_AT_ONCE} lần phát.",
            f"Write down 1 to {MOST_AT_ONCE} broadcasts.",
            field="at",
        )
    faults, values, names = Faults(), list[dict[str, Any]](), names_beside(notice)
    for n, content in enumerate(contents):
        with _of_line(n, faults):
            one = cleaned_broadcast(content, notice.record.occurred_on)
            refuse_listed_name(names, one["station"], field="station")
            values.append(one)
    faults.tell()
    return values


def _refuse_twice(notice: Notice, values: Sequence[dict[str, Any]]) -> None:
    known = {
        _line(on, at, station)
        for on, at, station in notice.broadcasts.filter(
            record__occurred_on__in=[one["on"] for one in values],
            record__state=Record.State.RECORDED,
        ).values_list("record__occurred_on", "at", "station_key")
    }
    faults = Faults()
    for n, one in enumerate(values):
        line = _line(one["on"], one["at"], one["station_key"])
        with _of_line(n, faults):
            if line in known:
                raise BadInput(
                    "Lần phát này đã được ghi.",
                    "This broadcast is written down already.",
                    field="at",
                )
        known.add(line)
    faults.tell()


@contextmanager
def _of_line(n: int, faults: Faults) -> Iterator[None]:
    """Keep what is refused of a line; what is said for all lines is kept once."""
    try:
        yield
    except BadInput as refusal:
        for fault in refusal.each:
            shared = fault.field in ("station", "minutes")
            if n and not shared:
                fault.field = f"broadcasts-{n}-{fault.field}"
            if not (shared and any(one.vi == fault.vi for one in faults.found)):
                faults.add(BadInput(fault.vi, fault.en, code=fault.code, field=fault.field))


def _line(on: dt.date, at: dt.time, station: str) -> tuple[dt.date, dt.time, str]:
    return on, at, station


def _keys(client_key: uuid.UUID | None, number: int) -> list[uuid.UUID | None]:
    """A key of its own for each line, told by that of the form."""
    if client_key is None:
        return [None] * number
    return [client_key, *(uuid.uuid5(client_key, str(n)) for n in range(1, number))]


def _all_keys(client_key: uuid.UUID | None) -> list[uuid.UUID]:
    return [key for key in _keys(client_key, MOST_AT_ONCE) if key is not None]


def add_form_used(
    *,
    actor: Actor,
    notice_id: int,
    content: FormInput,
    client_key: uuid.UUID | None = None,
) -> FormUsed:
    """Write down another form by which a notice was made known; the same key twice gives one.

    Raises ``BadInput`` (field "form") for one that is written down of that day with the same
    note: it would count twice. Several of one day, as meetings in two villages, differ in it.
    ``Conflict`` (code "sent_before") where the key came with another content before.
    """
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        values = cleaned_form(content, notice.record.occurred_on)
        on = values.pop("on")
        sent = (
            notice.forms_used.select_related("record")
            .filter(record__author_id=actor.actor_id, record__client_key=client_key)
            .first()
            if client_key is not None
            else None
        )
        if sent is not None:
            told = (sent.record.occurred_on, sent.form, sent.note)
            require_same(sent.record, told == (on, values["form"], values["note"]))
            return sent
        refuse_listed_name(names_beside(notice), values["note"], field="note")
        _refuse_form_twice(notice, on, **values)
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


def _refuse_form_twice(notice: Notice, on: dt.date, *, form: str, note: str) -> None:
    notes = notice.forms_used.filter(
        form=form, record__occurred_on=on, record__state=Record.State.RECORDED
    ).values_list("note", flat=True)
    if fold(note) in map(fold, notes):
        raise BadInput(
            f"Hình thức này của ngày {format_date(on)} đã được ghi. Nếu là lần khác trong ngày "
            "thì ghi chú rõ là ở đâu, lúc nào.",
            f"This form is written down of {format_date(on)} already. If it is another one of "
            "that day, say in the note where or when it was.",
            field="form",
        )


def cancel_broadcast(*, actor: Actor, broadcast_id: int, reason: str) -> None:
    """Cancel a broadcast written down by mistake; it stays, with the reason."""
    _cancel(actor, broadcast_id, "broadcast", reason)


def cancel_form_used(*, actor: Actor, form_id: int, reason: str) -> None:
    """Cancel a form written down by mistake; it stays, with the reason."""
    _cancel(actor, form_id, "disclosure_form", reason)


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
