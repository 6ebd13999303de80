"""What hangs on the walls of a unit that ends hangs on: who took over looks after it.

Notices and postings stay with the unit that published them (DESIGN decision 1). Plans of the
unit bind nobody after it; who took over makes its own. How a unit stands with the clauses depends
on the days on which it stood itself, so those that change are judged anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Count, Q

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange, Withdrawal
from danchu.core.records.models import Record

from .folding import judge_again
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
    heirs = {heir.unit_id for several in change.became.values() for heir in several}
    for unit_id in sorted({*change.units} | {heir for heir in heirs if heir is not None}):
        judge_again(unit_id, change.on)
    return touched(actor, change)


def take_back(_actor: Actor, withdrawal: Withdrawal) -> Iterator[Touched]:
    """Nothing moves back; the units stand on other days again."""
    for unit_id in sorted(withdrawal.units.keys() | withdrawal.heirs):
        judge_again(unit_id, withdrawal.on)
    yield from ()


def _hanging(unit_ids: Collection[int], on: dt.date) -> Iterator[tuple[int, int]]:
    rows = Posting.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__lt=on,
    )
    counts = rows.values_list("record__unit_id").annotate(n=Count("pk"))
    yield from counts.order_by("record__unit_id")


FOLLOWING = [
    Following(AREA, "Niêm yết, công khai", "Postings", touched, transfer, take_back=take_back)
]
