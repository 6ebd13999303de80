"""What hangs on the walls of a unit that ends hangs on: who took over looks after it.

Notices and postings stay with the unit that published them (DESIGN decision 1). Plans of the
unit bind nobody after it; who took over makes its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Count, Q

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange
from danchu.core.records.models import Record

from .models import Posting

AREA = "disclosure"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """How many postings hang in each unit that ends, on the day of the change."""
    for unit_id, number in _hanging(change.ends, change.on):
        heir = change.heir(unit_id)
        yield Touched(
            AREA,
            f"postings of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} lần niêm yết của {change.units[unit_id]} đang treo; {heir.name} trông giữ "
            "và gỡ khi đủ ngày",
            f"{number} postings of {change.units[unit_id]} still hang; {heir.name} looks after "
            "them and takes them down",
            number=number,
        )


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Nothing moves; the receipt says what hangs where."""
    return touched(actor, change)


def _hanging(unit_ids: Collection[int], on: dt.date) -> Iterator[tuple[int, int]]:
    rows = Posting.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__lt=on,
    )
    counts = rows.values_list("record__unit_id").annotate(n=Count("pk"))
    yield from counts.order_by("record__unit_id")


FOLLOWING = [Following(AREA, "Niêm yết, công khai", "Postings", touched, transfer)]
