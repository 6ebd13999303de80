"""How reports that were read are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.records.selectors import visible_records

from .models import ReadDocument


def _documents(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = ReadDocument.objects.filter(
        record__in=visible_records(viewer, kinds=["reading"]).filter(pk__in=record_ids)
    ).select_related("record")
    return {row.pk: (row.title, f"/office/ra-soat/{row.record.public_id}/") for row in rows}


FINDABLES = [
    Findable("reading", "Báo cáo cũ", "Past report", _documents, right="readings.write"),
]
