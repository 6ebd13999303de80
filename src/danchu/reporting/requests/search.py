"""How requests from above are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.records.selectors import visible_records

from .models import Request


def _requests(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    seen = visible_records(viewer, kinds=["request"]).filter(pk__in=record_ids)
    rows = Request.objects.filter(record__in=seen).select_related("record")
    return {r.pk: (r.title, f"/office/yeu-cau/{r.record.public_id}/") for r in rows}


FINDABLES = [
    Findable("request", "Yêu cầu từ cấp trên", "Request from above", _requests, "reports.write")
]
