"""How other work is shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable, work_kinds
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among
from danchu.core.text import format_date

from .models import OtherWork

_LINES = Prepared(
    lambda ids: OtherWork.objects.filter(pk__in=ids).values_list(
        "pk",
        "record__visibility",
        "record__unit_id",
        "record__occurred_on",
        "record__public_id",
        "kind",
    )
)


def _rows(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    kinds = work_kinds()
    rows = _LINES.rows(record_ids)
    seen = seen_among(viewer, (row[:3] for row in rows))
    return {
        pk: (
            f"{format_date(day)}: " + (kinds[kind].name_vi if kind in kinds else kind),
            f"/office/ghi-viec/viec-khac/{public_id}/",
        )
        for pk, _visibility, _unit, day, public_id, kind in rows
        if pk in seen
    }


FINDABLES = [Findable("otherwork", "Việc khác", "Other work", _rows)]
