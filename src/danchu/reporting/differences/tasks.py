"""The tasks that tell a unit of what it may explain, one for each period and last day."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Min, Q

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import label_vi, parse_period
from danchu.core.contracts import OPERATOR, Actor
from danchu.core.errors import BadInput
from danchu.core.units.selectors import address_code
from danchu.core.work.models import Task
from danchu.core.work.services import assign, complete

from .models import Difference

KIND = "difference.explain"


def follow(period: Period, unit_ids: Collection[int], actor: Actor = OPERATOR) -> None:
    """Bring the tasks of these units up to date with what is still to be explained.

    Called inside the transaction that changed the differences. The tasks are told to the unit
    itself only.
    """
    open_ones = Difference.objects.filter(
        period=period, unit_id__in=unit_ids, settled_on__isnull=True
    ).exclude(explanation_stands=True)
    waiting = {
        (unit_id, due): (number, since)
        for unit_id, due, number, since in open_ones.values_list("unit_id", "explain_by")
        .annotate(number=Count("pk"), since=Min("noticed_on"))
        .order_by("unit_id", "explain_by")
    }
    for unit_id in sorted(unit_ids):
        mine = {due: found for (unit, due), found in waiting.items() if unit == unit_id}
        head = f"{KIND}:{unit_id}:{period.pk}:"
        keys = set()
        for due, (number, since) in mine.items():
            keys.add(f"{head}{due.isoformat()}")
            code = address_code(unit_id, period.end)
            assign(
                key=f"{head}{due.isoformat()}",
                unit_id=unit_id,
                kind=KIND,
                title=f"Giải trình chênh lệch số liệu: {number} chỉ tiêu, {_name(period)}",
                starts_on=since,
                due_on=due,
                day_unit="working",
                path=f"/office/doi-chieu/{code}/{period.code}/",
                inside=True,
            )
        done = Task.objects.filter(Q(key__startswith=head), done_at__isnull=True)
        for key in done.exclude(key__in=keys).values_list("key", flat=True):
            complete(actor=actor, key=key)


def _name(period: Period) -> str:
    try:
        return label_vi(parse_period(period.code))
    except BadInput:  # a committee's own
        return f"kỳ {period.code}"
