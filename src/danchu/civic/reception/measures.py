"""What receptions contribute to figures: visits, people and matters, each apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from danchu.core.contracts import Measure, MeasuredRow
from danchu.core.records.models import Record

from .models import Reception

# A session is one that a leader is bound to hold; the officer's daily reception is not one.
LEADERS = (Reception.Receiver.HEAD, Reception.Receiver.PARTY_SECRETARY)


def _receptions(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    rows = Reception.objects.filter(
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__range=(start, end),
    ).values_list(
        "record__unit_id",
        "record_id",
        "form",
        "receiver",
        "visits",
        "people",
        "matters",
        "mass_groups",
    )
    for unit_id, record_id, form, receiver, visits, people, matters, mass_groups in rows:
        for indicator, amount in (
            ("citizens_received", visits),
            ("citizens_received_persons", people),
            ("reception_cases", matters),
            ("mass_groups_received", mass_groups),
        ):
            if amount is not None:
                yield MeasuredRow(unit_id, record_id, indicator, amount, form)
        if form == Reception.Form.PERIODIC:
            # A deputy sitting in does not count for the head (C1).
            if receiver in LEADERS:
                yield MeasuredRow(unit_id, record_id, "reception_sessions_held", 1, receiver)
            elif receiver == Reception.Receiver.DEPUTY:
                yield MeasuredRow(unit_id, record_id, "reception_sessions_delegated", 1, receiver)


MEASURES = [
    Measure(
        name="reception",
        record_kind="reception",
        indicators=(
            "citizens_received",
            "citizens_received_persons",
            "reception_cases",
            "mass_groups_received",
            "reception_sessions_held",
            "reception_sessions_delegated",
        ),
        rows=_receptions,
    ),
]
