"""Reports that still have a way to go before they are issued, told in short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from danchu.core.contracts import Actor
from danchu.reporting.rounds.following import ClosedRound

from .models import FrozenReport


@dataclass(frozen=True, slots=True)
class ReportToSign:
    """A report to be frozen, where ``frozen_at`` is None, or one that waits for signature.

    ``closed``: the round it sums up, where that is what made it due.
    """

    period_code: str
    frozen_at: dt.datetime | None
    closed: ClosedRound | None = None


def reports_to_sign(
    viewer: Actor, unit_id: int, closed: ClosedRound | None = None
) -> list[ReportToSign]:
    """What of a unit waits for signature, and the report of the round that was just closed.

    For who may read the unit's reports. A report issued before the round was closed once more
    does not settle that closing: it is to be amended.
    """
    if not viewer.may("reports.read", unit_id):
        return []
    asked = Q(state=FrozenReport.State.FROZEN)
    if closed is not None:
        asked |= Q(state=FrozenReport.State.ISSUED, closing_id=closed.closing_id)
    rows = FrozenReport.objects.filter(asked, unit_id=unit_id).order_by("frozen_at")
    found, settled = [], closed is None
    for code, frozen_at, state, closing_id in rows.values_list(
        "period__code", "frozen_at", "state", "closing_id"
    ):
        of_closed = closed is not None and closing_id == closed.closing_id
        settled = settled or of_closed
        if state == FrozenReport.State.FROZEN:
            found.append(ReportToSign(code, frozen_at, closed if of_closed else None))
    if closed is not None and not settled:
        found.insert(0, ReportToSign(closed.period_code, None, closed))
    return found
