"""The roll-up held against its sources once a day: a rebuild gives the same cells (decision 13)."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from danchu.core.calendar.models import Period
from danchu.core.clock import now, today
from danchu.core.outbox.selectors import pending
from danchu.core.outbox.services import drain

from .fold import locked_periods, rebuild_period
from .models import Cell, Comparison

log = logging.getLogger(__name__)
# Longer ago nothing is written any more but by an amendment, which is folded and rare.
DAYS_BACK = 400
# A worker that is started again does not compare again.
AT_LEAST = dt.timedelta(hours=20)
KEPT = dt.timedelta(days=90)


def compare_rollup() -> list[Comparison]:
    """Compute the cells of every living period anew, put right what differs and note how many.

    A duty of the worker. Each period is held only while it is compared. What a writer changed
    meanwhile waits in the outbox: such a period is noted as not to be told.
    """
    while drain():
        pass
    since = now() - AT_LEAST
    Comparison.objects.filter(compared_at__lt=now() - KEPT).delete()
    fresh = set(
        Comparison.objects.filter(compared_at__gte=since).values_list("period_id", flat=True)
    )
    filled = set(Cell.objects.values_list("period_id", flat=True).distinct())
    living = Period.objects.filter(end__gte=today() - dt.timedelta(days=DAYS_BACK))
    asked = set(living.values_list("pk", flat=True)) & filled - fresh
    return [_compared(period_id) for period_id in sorted(asked)]


def _compared(period_id: int) -> Comparison:
    with transaction.atomic():
        (period,) = locked_periods({period_id})
        differing: int | None = rebuild_period(period)
        if differing and pending().count:
            differing = None
        if differing:
            log.error("roll-up: %s cells of period %s differed", differing, period.code)
        return Comparison.objects.create(
            period=period,
            compared_at=now(),
            cells=Cell.objects.filter(period_id=period_id).count(),
            differing=differing,
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """When the roll-up was last compared, over how many cells, and how many differed that day."""

    at: dt.datetime | None = None
    cells: int = 0
    differing: int = 0


def last_comparison() -> Compared:
    """The comparison of the last day on which there was one."""
    last = Comparison.objects.order_by("-compared_at").first()
    if last is None:
        return Compared()
    same = Comparison.objects.filter(compared_at__gte=last.compared_at - AT_LEAST)
    sums = same.aggregate(cells=Sum("cells"), differing=Sum("differing"))
    return Compared(last.compared_at, sums["cells"] or 0, sums["differing"] or 0)
