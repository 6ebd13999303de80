"""Where each unit that a round asks stands, in one question."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared

from .models import ExpectedReporter, Submission


class Asked(NamedTuple):
    """A unit that a round asks.

    ``state``: missing, late, submitted, returned, accepted or excused, as in ``ReporterLine``.
    """

    unit_id: int
    level: str
    due_on: dt.date
    state: str

    @property
    def stands(self) -> bool:
        """Whether a version of it counts: handed in and not returned."""
        return self.state in ("submitted", "accepted")

    def days_late(self, on: dt.date) -> int:
        """Days since its last day, for a unit of which nothing stands; else 0."""
        return 0 if self.stands or self.state == "excused" else max(0, (on - self.due_on).days)


def asked_in(viewer: Actor, unit_id: int, period_code: str, on: dt.date) -> list[Asked]:
    """The units that this unit's round of the period asks; none where it opened no round.

    For who may read the unit's figures.
    """
    if not viewer.may("figures.read", unit_id):
        return []
    return [
        Asked(unit, level, due_on, _state(excused, newest, due_on, on))
        for unit, level, due_on, excused, newest in _ASKED.rows(unit_id, period_code)
    ]


def _state(excused: str, newest: str | None, due_on: dt.date, on: dt.date) -> str:
    if excused:
        return "excused"
    return newest or ("late" if on > due_on else "missing")


def _asked(unit_id: int, period_code: str) -> QuerySet[ExpectedReporter, Any]:
    newest = Submission.objects.filter(
        round_id=OuterRef("round_id"), unit_id=OuterRef("unit_id")
    ).order_by("-number")
    return (
        ExpectedReporter.objects.filter(round__unit_id=unit_id, round__period__code=period_code)
        .order_by("unit_id")
        .values_list(
            "unit_id", "unit__level", "due_on", "excused", Subquery(newest.values("state")[:1])
        )
    )


_ASKED = Prepared(_asked)
