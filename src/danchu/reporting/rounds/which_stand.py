"""Which versions of what units handed in stand: of each unit and period one, the newest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from danchu.core.calendar.models import Period
from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement
from danchu.core.units.selectors.validity import in_force

from .models import Submission


def versions_that_stand(*of: Q, **which: Any) -> QuerySet[Submission]:
    """Of each unit and period one version: the newest in its round, unless it was returned.

    A unit is asked by one round of a period as a rule. Of several stands what a closed round
    counted, then what was handed in to the unit it belongs to now, then what came later.
    ``of`` and ``which``: of which units and periods; never of which rounds or versions.
    """
    versions = newest_versions().filter(*of, **which).alias(rank=_rank())
    # What holds of a unit and period holds of its other versions: without it PostgreSQL would
    # look for them among those of the whole country.
    other = newest_versions().filter(*of, **which).alias(rank=_rank())
    before = Q(rank__gt=OuterRef("rank")) | Q(rank=OuterRef("rank"), pk__gt=OuterRef("pk"))
    rivals = other.filter(
        before, unit=OuterRef("unit"), round__period=OuterRef("round__period")
    ).exclude(round=OuterRef("round"))
    return versions.filter(~Exists(rivals))


def newest_versions() -> QuerySet[Submission]:
    """Of each unit and round the newest version, unless it was returned.

    Where there is one, one of its period stands (``versions_that_stand``).
    """
    newer = Submission.objects.filter(
        round=OuterRef("round"), unit=OuterRef("unit"), number__gt=OuterRef("number")
    )
    return Submission.objects.exclude(state=Submission.State.RETURNED).filter(~Exists(newer))


def newest_number() -> Subquery:
    """The number of the newest version of a version's unit and round.

    For the versions of few rounds: it is looked up for each of them. Asked instead whether there
    is a newer one, PostgreSQL may hold each version against all others of its round.
    """
    alike = Submission.objects.filter(round=OuterRef("round"), unit=OuterRef("unit"))
    return Subquery(alike.order_by("-number").values("number")[:1])


def _rank() -> Case:
    """Which of the rounds that a unit handed in to in one period speaks for it."""
    here = Placement.objects.filter(
        in_force(OuterRef("round__period__end")),
        unit=OuterRef("unit"),
        parent=OuterRef("round__unit"),
        tree=Placement.Tree.STATE,
    )
    return Case(
        When(round__closed_at__isnull=False, then=Value(2)),
        When(Exists(here), then=Value(1)),
        default=Value(0),
    )


def standing_versions(
    period: Period, unit_ids: Collection[int] | None = None
) -> QuerySet[Submission]:
    """The versions that stand in the period, of these units or of all; a query, never a list."""
    which = {} if unit_ids is None else {"unit_id__in": unit_ids}
    return versions_that_stand(round__period=period, **which)


def ids_of_standing(period: Period, unit_ids: Collection[int]) -> list[int]:
    """The ids of the versions that stand of these units, for whoever reads their values.

    Joined to the question which versions stand, PostgreSQL expects one of them and may read every
    value of the country beside it.
    """
    only = only_versions(newest_of(period, unit_ids))
    if only is not None:
        return only
    return list(standing_versions(period, unit_ids).values_list("pk", flat=True))


def newest_of(period: Period, unit_ids: Collection[int]) -> list[tuple[int, int]]:
    """(version, unit) of the newest versions of these units in the rounds of the period."""
    return _NEWEST_OF.rows(as_list(unit_ids), period.pk)


_NEWEST_OF = Prepared(
    lambda units, period_id: (
        newest_versions()
        .filter(Listed("unit_id", units), round__period_id=period_id)
        .values_list("pk", "unit_id")
    )
)


def only_versions(newest: Iterable[tuple[int, int]]) -> list[int] | None:
    """The versions (version, unit), where every unit was asked by one round of the period; else
    None: it has to be asked which of them speaks for its unit."""
    versions = dict(newest)
    return list(versions) if len(set(versions.values())) == len(versions) else None
