"""Which duties of the law recorded receptions and the published schedule fulfil.

A reception counts for the duty of the very person it binds: a deputy who sits in does not count
for the head (C1; the law provides for no delegation), and the officer's daily reception for nobody.
Periodic reception alone counts, for what is held ad hoc the law asks beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, Q, QuerySet, Value

from danchu.core.contracts import DutyRow, Fulfilment, Shape
from danchu.core.contracts.duties import Every
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record

from .measures import LEADERS
from .models import Reception, ScheduleLine

_HEAD, _SECRETARY = Reception.Receiver.HEAD.value, Reception.Receiver.PARTY_SECRETARY.value
# Law 42/2013 articles 12.5, 15.2.d and 18.2, from 1 July 2026 Law 136/2025 article 1.7 and Decree
# 154/2026 article 10.2: the head. Conclusion 215-KL/TW: the secretary. Which of them binds a unit
# the ledger knows from the unit.
_BOUND: dict[str, tuple[str, ...]] = {
    _HEAD: ("tcd_xa", "tcd_xa_cu", "tcd_thutruong", "tcd_dvsn", "tcd_tinh"),
    _SECRETARY: ("dang_xa", "dang_tinh"),
}
_TWICE_A_MONTH = ("tcd_xa", "dang_xa")
_ONCE_A_MONTH = ("tcd_thutruong", "tcd_dvsn", "tcd_tinh", "dang_tinh")
_ONCE_A_WEEK = ("tcd_xa_cu",)


_POSTED = "posted"
_NO_DAY = Value(None, output_field=DateField())
_NO_RECORD = Value(None, output_field=BigIntegerField())


def _receptions_and_lines(units: Any, start: dt.date, end: dt.date) -> QuerySet[Any, Any]:
    """(unit, record, day, who received or ``_POSTED``, last day) of receptions held in the days
    and of lines of the schedule that were published in them; one statement for both."""
    held = (
        Reception.objects.filter(
            record__unit_id__in=units,
            record__kind="reception",  # known, but it leads the database to the right index
            record__state=Record.State.RECORDED,
            record__occurred_on__gte=start,
            record__occurred_on__lte=end,
            form=Reception.Form.PERIODIC,
            receiver__in=[one.value for one in LEADERS],
        )
        .annotate(until=_NO_DAY)
        .values_list("record__unit_id", "record_id", "record__occurred_on", "receiver", "until")
    )
    posted = (
        ScheduleLine.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=start),
            unit_id__in=units,
            valid_from__lte=end,
        )
        .annotate(record=_NO_RECORD, what=Value(_POSTED, output_field=CharField()))
        .values_list("unit_id", "record", "valid_from", "what", "valid_to")
    )
    return held.union(posted, all=True)


_ROWS = Prepared(_receptions_and_lines)


def _rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[DutyRow]:
    for unit_id, record_id, day, what, until in _ROWS.rows(sorted(unit_ids), start, end):
        if what == _POSTED:
            yield DutyRow(unit_id, "tcd_lich", done_on=day, until=until)
            continue
        for rule in _BOUND[what]:
            yield DutyRow(unit_id, rule, record_id, done_on=day)


def _by_the_head(name: str, rules: tuple[str, ...], every: Every, times: int) -> Fulfilment:
    return Fulfilment(
        name=name,
        shape=Shape.PERIODIC,
        rules=rules,
        rows=_rows,
        every=every,
        times=times,
    )


DUTIES = [
    _by_the_head("reception.twice_a_month", _TWICE_A_MONTH, "month", 2),
    _by_the_head("reception.once_a_month", _ONCE_A_MONTH, "month", 1),
    _by_the_head("reception.once_a_week", _ONCE_A_WEEK, "week", 1),
    # Law 42/2013 article 24.4. That it was posted five working days ahead is not judged: a line
    # entered here may have hung on the wall for a year.
    Fulfilment(name="reception.schedule", shape=Shape.STANDING, rules=("tcd_lich",), rows=_rows),
]
