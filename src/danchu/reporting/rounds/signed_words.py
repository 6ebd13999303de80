"""Whose figures are signed: the unit's own version that stands, or above it those of its round."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from danchu.core.accounts.policy import among
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import Unit
from danchu.reporting.figures.completeness import Base

from .models import Round, Submission
from .reported import newest_versions


def standing_words(
    viewer: Actor, unit_ids: Collection[int], period: Period
) -> dict[int, Base | None]:
    """Those of the units whose figures of the period are signed: a version stands.

    That is the unit's own version; above the communes one of those its own round asks, told with
    the units of that round. Of each unit the newest version counts, and one that was returned
    does not stand. For who may read the unit's figures.
    """
    readable = [unit_id for unit_id in unit_ids if viewer.may("figures.read", unit_id)]
    return {
        unit_id: Base(listed, asked) if listed else None
        for unit_id, _period, listed, asked in _STANDING.rows(readable, period.pk)
    }


def standing_over_time(viewer: Actor, unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """The same over all periods: (unit, id of the period)."""
    readable = among(viewer, "figures.read", sorted(unit_ids)) if unit_ids else set()
    return {(unit_id, period) for unit_id, period, *_base in _EVER.rows(sorted(readable))}


def standing_codes(viewer: Actor, unit_id: int) -> set[str]:
    """The same of one unit: the codes of the periods."""
    standing = {period for _unit, period in standing_over_time(viewer, [unit_id])}
    return set(Period.objects.filter(pk__in=standing).values_list("code", flat=True))


def _standing(unit_ids: Collection[int], period_id: int) -> QuerySet[Any, Any]:
    own = newest_versions().filter(unit_id__in=unit_ids, round__period_id=period_id)
    rounds = Round.objects.filter(unit_id__in=unit_ids, period_id=period_id)
    return _of_both(own, rounds)


_ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def _of_both(own: QuerySet[Submission], rounds: QuerySet[Round]) -> QuerySet[Any, Any]:
    newer = Submission.objects.filter(
        round=OuterRef("round"), unit=OuterRef("unit"), number__gt=OuterRef("number")
    )
    versions = Submission.objects.filter(round=OuterRef("pk")).exclude(
        state=Submission.State.RETURNED
    )
    # What villages handed in is below the word of a commune, never instead of it.
    asked = rounds.filter(Exists(versions.filter(~Exists(newer)))).filter(unit__level__in=_ABOVE)
    theirs: QuerySet[Any, Any] = asked.annotate(
        listed=Count("expected"),
        asked=Count("expected", filter=Q(expected__excused="")),
    ).values_list("unit_id", "period_id", "listed", "asked")
    # From the district upward a figure is the sum of the communes, whatever it hands up itself.
    words = own.exclude(unit__level__in=_ABOVE)
    return (
        words.annotate(listed=Value(0), asked=Value(0))
        .values_list("unit_id", "round__period_id", "listed", "asked")
        .union(theirs)
    )


_STANDING = Prepared(_standing)
_EVER = Prepared(
    lambda unit_ids: _of_both(
        newest_versions().filter(unit_id__in=unit_ids), Round.objects.filter(unit_id__in=unit_ids)
    )
)
