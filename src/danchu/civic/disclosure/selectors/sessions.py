"""The regular sessions of a People's Council that were written down, with the reports for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from ..models import CouncilSession, Dispatch
from ..sessions import served


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session. ``sent_on``: when the report for it was sent to the Council, None for not yet."""

    record_id: int
    public_id: UUID
    day: dt.date
    since: dt.date
    sent_on: dt.date | None


def council_sessions(viewer: Actor, unit_id: int) -> tuple[SessionView, ...]:
    """The sessions of a unit, the newest first; none for who may not read its records."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["council_session"])
    rows = CouncilSession.objects.filter(
        record__in=records, record__state=Record.State.RECORDED
    ).values_list("pk", "record__public_id", "record__occurred_on")
    named = {pk: public_id for pk, public_id, _day in rows}
    if not named:
        return ()
    sent = Dispatch.objects.filter(
        about__in=visible_records(viewer, unit_id=unit_id, kinds=["council_report"]),
        about__state=Record.State.RECORDED,
        record__state=Record.State.RECORDED,
        recipient=Dispatch.Recipient.COUNCIL,
    ).values_list("record__occurred_on", "about_id")
    found = served([(day, pk) for pk, _public_id, day in rows], list(sent))
    return tuple(
        SessionView(one.record_id, named[one.record_id], one.day, one.since, one.sent_on)
        for one in reversed(found)
    )
