"""How receptions are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among
from danchu.core.text import format_date

from .models import Reception

_LINES = Prepared(
    lambda ids: Reception.objects.filter(pk__in=ids).values_list(
        "pk",
        "record__visibility",
        "record__unit_id",
        "record__occurred_on",
        "record__public_id",
        "receiver_post",
    )
)


def _receptions(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = _LINES.rows(record_ids)
    seen = seen_among(viewer, (row[:3] for row in rows))
    return {
        pk: (f"{format_date(day)}: {post}", f"/office/ghi-viec/tiep-cong-dan/{public_id}/")
        for pk, _visibility, _unit, day, public_id, post in rows
        if pk in seen
    }


FINDABLES = [Findable("reception", "Tiếp công dân", "Reception of citizens", _receptions)]
