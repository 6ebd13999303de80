"""The cells of communes as the database gives them: their own word, and sums of those below."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from danchu.core.calendar.models import Period
from danchu.core.listed import Listed
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.structure import LOWER, ever_below, standing_below

from .models import Submission, SubmissionValue
from .which_stand import newest_of, newest_versions, only_versions, versions_that_stand


def own_cells(communes: Collection[int], period: Period) -> QuerySet[Any, Any]:
    """The cells of what these communes themselves handed in."""
    counted = _own_values(communes, period).annotate(
        **_as_one({state: Q(state=state) for state in _NUMBERED}), behind=Value(1)
    )
    cells: QuerySet[Any, Any] = counted.values_list(
        "submission__unit_id",
        "indicator_id",
        "dimension",
        "state",
        "amount",
        "numerator",
        "denominator",
        *_COUNTS,
        "behind",
    )
    return cells


def cells_below(
    communes: Collection[int], period: Period, summed: Collection[int]
) -> QuerySet[Any, Any]:
    """The cells of what the lower units directly below these handed in, added up.

    None of those units stood at another place within the period. A figure on which the commune
    gave its own word is none of them.
    """
    lower = ever_below(period, communes).filter(unit__level__in=LOWER)
    # Named: else the versions of the whole country are gone through for each province.
    units = list(lower.values_list("unit_id", flat=True)[: _MOST_NAMED + 1])
    versions = _standing(period, units if len(units) <= _MOST_NAMED else lower)
    # A condition on the version, not on the value: it is looked at once for fifty values.
    stands = FilteredRelation("submission", condition=_one_of(versions, "submission__pk"))
    open_ones = (
        SubmissionValue.objects.alias(version=stands)
        .filter(standing_below(period, of=_PLACE))
        .exclude(state=CellState.MISSING)
        .annotate(commune=F(f"{_PLACE}parent_id"))
    )
    said = _own_values(communes, period)
    if not said.query.is_empty():  # else PostgreSQL would look for their word at each value
        own_word = said.filter(submission__unit=OuterRef("commune"))
        open_ones = open_ones.filter(~Exists(own_word.filter(indicator=OuterRef("indicator"))))
    sums = open_ones.values("commune", "indicator_id", "dimension").annotate(
        reported=_count(CellState.REPORTED),
        zero=_count(CellState.ZERO),
        behind=Count("pk"),
        known=Count("amount"),
    )
    states = {CellState.REPORTED: Q(reported__gt=0), CellState.ZERO: Q(zero__gt=0)}
    added_up = Q(indicator_id__in=summed) | Q(known=1)
    cells: QuerySet[Any, Any] = sums.annotate(
        answer=Case(
            *(When(of, then=Value(state.value)) for state, of in states.items()),
            default=Value(CellState.NOT_APPLICABLE.value),
        ),
        of_amounts=Case(When(added_up, then=_sum("amount"))),
        of_numerators=_sum("numerator"),
        of_denominators=_sum("denominator"),
        **_as_one(states),
    ).values_list(
        "commune",
        "indicator_id",
        "dimension",
        "answer",
        "of_amounts",
        "of_numerators",
        "of_denominators",
        *_COUNTS,
        "behind",
    )
    return cells


def _own_values(communes: Collection[int], period: Period) -> QuerySet[SubmissionValue]:
    """What the communes themselves said; an empty query where none of them handed anything in."""
    versions = _standing(period, communes)
    if versions == []:
        return SubmissionValue.objects.none()
    values = SubmissionValue.objects.filter(_one_of(versions, "submission_id"))
    return values.exclude(state=CellState.MISSING)


def _one_of(versions: list[int] | QuerySet[Submission, Any], column: str) -> Q:
    named = isinstance(versions, list)
    return Q(Listed(column, versions)) if named else Q(**{f"{column}__in": versions})


def _standing(
    period: Period, units: Collection[int] | QuerySet[Any, Any]
) -> list[int] | QuerySet[Submission, Any]:
    """The versions that stand, their ids where they are few enough.

    Joined to the question which versions stand, PostgreSQL expects a handful of values of a
    province's hundred thousands and goes through them one by one.
    """
    if isinstance(units, QuerySet):
        of = Q(unit__in=units)
        newest = newest_versions().filter(of, round__period=period)
        found = list(newest.values_list("pk", "unit_id")[: _MOST_NAMED + 1])
    else:
        of = Q(Listed("unit_id", units))
        found = newest_of(period, units)
    many = len(found) > _MOST_NAMED
    only = None if many else only_versions(found)
    if only is not None:
        return only
    versions = versions_that_stand(of, round__period=period)
    return versions.values("pk") if many else list(versions.values_list("pk", flat=True))


_PLACE = "version__unit__placements__"
_MOST_NAMED = 50_000  # a province has some seven thousand lower units


_COUNTS = ("n_reported", "n_zero", "n_not_applicable", "n_missing", "n_expected")


_NUMBERED = (CellState.REPORTED, CellState.ZERO)  # what is not missing otherwise: not applicable


def _as_one(states: Mapping[CellState, Q]) -> dict[str, Any]:
    """The counts of a cell of a unit that answers as one: it stands in one state.

    The first of ``states`` that holds, else not applicable. No condition says again what one
    before it said: SQLite counts for each anew.
    """
    passed: list[When] = []
    counts: list[Case] = []
    for holds in states.values():
        counts.append(Case(*passed, When(holds, then=Value(1)), default=Value(0)))
        passed.append(When(holds, then=Value(0)))
    counts.append(Case(*passed, default=Value(1)))
    return dict(zip(_COUNTS, (*counts, Value(0), Value(1)), strict=True))


def _sum(column: str) -> Cast:
    return Cast(Sum(column), BigIntegerField())


def _count(state: str) -> Count:
    return Count("pk", filter=Q(state=state))
