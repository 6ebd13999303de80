"""Notices outside a period that make a clause late in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from danchu.core.contracts import Actor
from danchu.core.records.selectors import visible_records

from ..budget_quarters import quarter_of
from ..clause_states import Asked
from ..models import Notice
from ..quarters import Quarter
from ..views import NoticeLine
from .lines import lines_by_ids
from .postings import LIVE


def told_late(
    viewer: Actor,
    unit_id: int,
    rule_key: str,
    asked: Asked,
    days: Collection[dt.date],
    quarters: Collection[Quarter],
) -> tuple[frozenset[int], tuple[NoticeLine, ...]]:
    """The notices of a clause published on one of the ``days``: the records of those within the
    period, and those after it, the first first.

    ``quarters``: only those that tell of one of them, by a register or the figures of the budget;
    none for all. Only what the viewer may see.
    """
    if not days:
        return frozenset(), ()
    records = visible_records(
        viewer, unit_id=unit_id, kinds=["disclosure"], start=min(days), end=max(days)
    )
    rows = Notice.objects.filter(
        LIVE, record__in=records, record__occurred_on__in=days, rule_key=rule_key
    )
    found = [
        (pk, day)
        for pk, day, register, chosen, title, decided_on in rows.order_by(
            "record__occurred_on", "record_id"
        ).values_list(
            "pk", "record__occurred_on", "register_of", "budget_period", "title", "decided_on"
        )
        if not quarters
        or register in {one.key for one in quarters}
        or (not register and quarter_of(chosen, title, decided_on) in quarters)
    ]
    after = [pk for pk, day in found if day > asked.end]
    within = frozenset(pk for pk, day in found if asked.start <= day <= asked.end)
    return within, tuple(lines_by_ids(after, asked.on)) if after else ()
