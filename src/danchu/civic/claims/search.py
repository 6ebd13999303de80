"""How claims are shown in lists that mix kinds of records: never with their text."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among
from danchu.core.text import format_date

from .models import Claim
from .rules import KIND_NAMES, office_path

_CLAIMS = Prepared(
    lambda ids: Claim.objects.filter(pk__in=ids).values_list(
        "pk",
        "record__visibility",
        "record__unit_id",
        "record__occurred_on",
        "record__public_id",
        "kind",
    )
)


def _claims(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = _CLAIMS.rows(record_ids)
    seen = seen_among(viewer, (row[:3] for row in rows))
    return {
        pk: (f"{format_date(day)}: {KIND_NAMES[kind].vi}", office_path(public_id))
        for pk, _visibility, _unit, day, public_id, kind in rows
        if pk in seen
    }


FINDABLES = [
    Findable("claim", "Phản ánh, góp ý về nội dung công khai", "Claim about a notice", _claims)
]
