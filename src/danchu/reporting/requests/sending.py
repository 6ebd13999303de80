"""One form for several receivers, and noting what went out to whom."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.clock import VIET_NAM, now
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput
from danchu.core.files.storage import store
from danchu.core.ledger.services import log_action

from .access import open_request
from .filling import unreadable
from .models import Request, Sending
from .services import RequestInput, take_in_request


@dataclass(frozen=True, slots=True)
class ReceiverInput:
    """Who else asks for the same form, and by when."""

    sender: str
    due_at: dt.datetime
    letter_number: str = ""
    letter_day: dt.date | None = None


def add_receiver(
    *,
    actor: Actor,
    request_id: int,
    content: ReceiverInput,
    client_key: uuid.UUID | None = None,
) -> Request:
    """Take in the same form, about the same period, for another receiver with an hour of its own.

    It is a request like any other: mapped already, answered by itself. Needs ``reports.write``.
    Raises as ``take_in_request`` does, ``Conflict`` for a cancelled request.
    """
    request = open_request(actor, request_id)
    try:
        with store().open(request.form.stored_as) as kept:
            data = kept.read()
    except OSError:
        raise unreadable() from None
    return take_in_request(
        actor=actor,
        unit_id=request.unit_id,
        content=RequestInput(
            title=request.title,
            sender=content.sender,
            period_code=request.period.code,
            due_at=content.due_at,
            letter_number=content.letter_number,
            letter_day=content.letter_day,
        ),
        data=data,
        name=request.form.name,
        client_key=client_key,
    )


def note_sent(
    *, actor: Actor, request_id: int, number: int, sent_at: dt.datetime | None = None
) -> Sending:
    """Note that an answer was sent to who asked, by default now; noted twice it stays as it was.

    Differences between receivers are those between what was sent. Needs ``reports.write``. Raises
    ``BadInput`` for an answer that is not there and for an hour before it was filled or still to
    come, ``Conflict`` for a cancelled request.
    """
    at = now()
    with acting_as(actor):
        request = open_request(actor, request_id, lock=True)
        answer = request.answers.filter(number=number).first()
        if answer is None:
            raise BadInput("Không có bản đã điền này.", "There is no such answer.")
        known = Sending.objects.filter(answer=answer).first()
        if known is not None:
            return known
        sent_at = sent_at or at
        made_at = answer.made_at.astimezone(VIET_NAM).replace(second=0, microsecond=0)
        if not made_at <= sent_at <= at:
            raise BadInput(
                f"Giờ gửi phải sau lúc điền ({made_at:%H:%M %d/%m/%Y}) và không ở tương lai.",
                f"It was sent after it was filled ({made_at:%H:%M %d/%m/%Y}) and not in the "
                "future.",
                field="sent_on",
            )
        sending = Sending.objects.create(
            answer=answer, sent_at=sent_at, noted_at=at, noted_by_id=actor.actor_id
        )
        log_action(
            "request.sent",
            actor=actor,
            record_id=request.pk,
            data={"number": number, "sent_at": sent_at.isoformat()},
        )
    return sending
