"""What other work contributes: its number, and its people where the kind has a figure for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from danchu.core.contracts import Measure, MeasuredRow, work_kinds
from danchu.core.records.models import Record

from .models import OtherWork


def _rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    kinds = work_kinds()
    rows = OtherWork.objects.filter(
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__range=(start, end),
        taken_over_by__isnull=True,
    ).values_list("record__unit_id", "record_id", "kind", "base_kind", "number", "people")
    for unit_id, record_id, key, base_kind, number, people in rows:
        yield MeasuredRow(unit_id, record_id, key, number, base_kind)
        kind = kinds.get(key)
        if people is not None and kind is not None and kind.people_key:
            yield MeasuredRow(unit_id, record_id, kind.people_key, people, base_kind)


MEASURES = [
    Measure(name="otherwork", record_kind="otherwork", indicators=(), rows=_rows),
]
