"""How receptions are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.records.selectors import visible_records
from danchu.core.text import format_date

from .models import Reception


def _receptions(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Reception.objects.filter(
        record__in=visible_records(viewer, kinds=["reception"]).filter(pk__in=record_ids)
    ).select_related("record")
    return {
        row.pk: (
            f"{format_date(row.record.occurred_on)}: {row.receiver_post}",
            f"/office/ghi-viec/tiep-cong-dan/{row.record.public_id}/",
        )
        for row in rows
    }


FINDABLES = [Findable("reception", "Tiếp công dân", "Reception of citizens", _receptions)]
