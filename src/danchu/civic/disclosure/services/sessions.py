"""Writing down the days of regular sessions of the People's Council, to come or held."""

from __future__ import annotations

import datetime as dt
import uuid

from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import EARLIEST
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record, open_record, require_same
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit

from ..council_paper import require_council
from ..models import CouncilSession

FURTHEST = dt.timedelta(days=366)  # nobody calls a session earlier than that


def record_session(
    *, actor: Actor, unit_id: int, on: dt.date | None, client_key: uuid.UUID | None = None
) -> CouncilSession:
    """Write down the first day of a regular session; the same key twice gives the same one.

    By that day the report on disclosure is due (article 14.3). Needs ``records.write``. Raises
    ``BadInput`` (field "on") for a day further away than a year or written down already, and for a
    unit other than a commune. One that was moved is cancelled and written anew.
    """
    require(actor, "records.write", unit_id)
    day = _cleaned(on)
    require_council(require_unit(unit_id, min(day, today()), field="on").level)
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="council_session",
            unit_id=unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            in_figures=False,
            happened_there=True,  # the unit is held still: two at once are told apart
        )
        if not created:
            require_same(record, record.occurred_on == day)
            return CouncilSession.objects.get(record=record)
        if CouncilSession.objects.filter(
            record__unit_id=unit_id, record__occurred_on=day, record__state=Record.State.RECORDED
        ).exists():
            raise BadInput(
                f"Kỳ họp ngày {format_date(day)} đã được ghi.",
                f"The session of {format_date(day)} is written down already.",
                field="on",
            )
        session = CouncilSession.objects.create(record=record)
        log_action(
            "council_session.recorded",
            actor=actor,
            record_id=record.pk,
            data={"on": day.isoformat()},
        )
    return session


def cancel_session(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel a session that was moved or written down by mistake; it stays, with the reason."""
    with acting_as(actor):
        if not CouncilSession.objects.filter(pk=record_id).exists():
            raise NotFound("Không tìm thấy kỳ họp này.", "There is no such session.")
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def _cleaned(on: dt.date | None) -> dt.date:
    if not isinstance(on, dt.date) or isinstance(on, dt.datetime):
        raise BadInput("Nhập ngày họp.", "Enter the day of the session.", field="on")
    if not EARLIEST <= on <= today() + FURTHEST:
        raise BadInput(
            f"Ngày họp từ {format_date(EARLIEST)} đến {format_date(today() + FURTHEST)}.",
            f"The day lies between {format_date(EARLIEST)} and {format_date(today() + FURTHEST)}.",
            field="on",
        )
    return on
