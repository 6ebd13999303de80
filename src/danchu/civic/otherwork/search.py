"""How other work is shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable, work_kinds
from danchu.core.records.selectors import visible_records
from danchu.core.text import format_date

from .models import OtherWork


def _rows(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    kinds = work_kinds()
    rows = OtherWork.objects.filter(
        record__in=visible_records(viewer, kinds=["otherwork"]).filter(pk__in=record_ids)
    ).select_related("record")
    return {
        row.pk: (
            f"{format_date(row.record.occurred_on)}: "
            + (kinds[row.kind].name_vi if row.kind in kinds else row.kind),
            f"/office/ghi-viec/viec-khac/{row.record.public_id}/",
        )
        for row in rows
    }


FINDABLES = [Findable("otherwork", "Việc khác", "Other work", _rows)]
