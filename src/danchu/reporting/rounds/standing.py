"""Where each unit that a round asks stands, in one question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.reporting.figures.completeness import Base

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


def asked_in(
    viewer: Actor, unit_id: int, period_codes: Collection[str], on: dt.date
) -> dict[str, list[Asked]]:
    """period -> the units that this unit's round of it asks; nothing where it opened no round.

    For who may read the unit's figures.
    """
    if not viewer.may("figures.read", unit_id):
        return {}
    found: dict[str, list[Asked]] = {}
    for code, unit, level, due_on, excused, newest in _ASKED.rows(unit_id, sorted(period_codes)):
        line = Asked(unit, level, due_on, _state(excused, newest, due_on, on))
        found.setdefault(code, []).append(line)
    return found


def base_of(asked: Collection[Asked]) -> Base | None:
    """On how many units the figures of the one that asks are counted; None without a round."""
    if not asked:
        return None
    return Base(len(asked), sum(line.state != "excused" for line in asked))


def bases_of(unit_ids: Iterable[int], period_id: int) -> dict[int, Base]:
    """The same for many units and one period, by unit that asks, in one question.

    How many units a round asks is no secret, so it takes no viewer.
    """
    return {unit: Base(*counts) for unit, *counts in _BASES.rows(sorted(unit_ids), period_id)}


def bases_over_time(unit_ids: Iterable[int]) -> dict[tuple[int, int], Base]:
    """The same over all periods: (unit that asks, id of the period) -> its base."""
    rows = _EVERY_BASE.rows(sorted(unit_ids))
    return {(unit, period): Base(*counts) for unit, period, *counts in rows}


_EVERY_BASE = Prepared(
    lambda unit_ids: (
        ExpectedReporter.objects.filter(round__unit_id__in=unit_ids)
        .values("round__unit_id", "round__period_id")
        .annotate(listed=Count("pk"), asked=Count("pk", filter=Q(excused="")))
        .values_list("round__unit_id", "round__period_id", "listed", "asked")
    )
)
_BASES = Prepared(
    lambda unit_ids, period_id: (
        ExpectedReporter.objects.filter(round__unit_id__in=unit_ids, round__period_id=period_id)
        .values("round__unit_id")
        .annotate(listed=Count("pk"), asked=Count("pk", filter=Q(excused="")))
        .values_list("round__unit_id", "listed", "asked")
    )
)


def _state(excused: str, newest: str | None, due_on: dt.date, on: dt.date) -> str:
    if excused:
        return "excused"
    return newest or ("late" if on > due_on else "missing")


def _asked(unit_id: int, period_codes: list[str]) -> QuerySet[ExpectedReporter, Any]:
    newest = Submission.objects.filter(
        round_id=OuterRef("round_id"), unit_id=OuterRef("unit_id")
    ).order_by("-number")
    return (
        ExpectedReporter.objects.filter(
            round__unit_id=unit_id, round__period__code__in=period_codes
        )
        .order_by("unit_id")
        .values_list(
            "round__period__code",
            "unit_id",
            "unit__level",
            "due_on",
            "excused",
            Subquery(newest.values("state")[:1]),
        )
    )


_ASKED = Prepared(_asked)
