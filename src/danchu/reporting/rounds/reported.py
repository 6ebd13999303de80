"""The layer "reported": the values of each unit's newest version that was not returned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from danchu.core.calendar.models import Period
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement
from danchu.reporting.figures.adding import Part
from danchu.reporting.figures.below import whole
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow
from danchu.reporting.figures.structure import LOWER, ever_below, standing_below

from .models import ExpectedReporter, Round, Submission, SubmissionValue

_PLACE = "submission__unit__placements__"


def rows(unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
    """The values handed in; a value not reported makes no row."""
    values = SubmissionValue.objects.filter(
        submission__in=_standing(round__period=period, unit_id__in=unit_ids)
    ).exclude(state=CellState.MISSING)
    columns = ("state", "amount", "dimension", "numerator", "denominator")
    for unit_id, key, state, amount, dimension, numerator, denominator in values.values_list(
        "submission__unit_id", "indicator__key", *columns
    ):
        yield unit_id, SourceRow(key, state, amount, dimension, numerator, denominator, sources=1)


def _standing(**which: Any) -> QuerySet[Submission]:
    """Of each unit and period the newest version, unless it was returned.

    A unit is asked by one round of a period as a rule; of two the later version stands.
    """
    later = Q(number__gt=OuterRef("number")) | Q(number=OuterRef("number"), pk__gt=OuterRef("pk"))
    newer = Submission.objects.filter(
        later, unit=OuterRef("unit"), round__period=OuterRef("round__period")
    )
    versions = Submission.objects.filter(**which).exclude(state=Submission.State.RETURNED)
    return versions.filter(~Exists(newer))


def added(parents: Collection[int], period: Period, without: Collection[int]) -> Iterator[Part]:
    """Sums of what the lower units directly below each of these handed in."""
    if without:
        found = list(_sums(parents, period).exclude(submission__unit__in=without))
    else:
        found = _SUMS.rows(sorted(parents), period.pk, period.start, period.end)
    for parent, indicator, dimension, amount, numerator, denominator, *counts in found:
        reported, zero, not_applicable, known = counts
        given = reported + zero + not_applicable
        yield Part(
            parent,
            indicator,
            dimension,
            whole(amount),
            whole(numerator),
            whole(denominator),
            reported,
            zero,
            not_applicable,
            given,
            given,
            known,
        )


def _sums(parents: Collection[int], period: Period) -> QuerySet[Any, Any]:
    values = SubmissionValue.objects.filter(
        standing_below(period, parents, of=_PLACE),
        submission__in=_standing(round__period=period),
        submission__unit__level__in=LOWER,
    ).exclude(state=CellState.MISSING)
    sums = values.values(f"{_PLACE}parent_id", "indicator_id", "dimension").annotate(
        sum_of_amounts=Sum("amount"),
        sum_of_numerators=Sum("numerator"),
        sum_of_denominators=Sum("denominator"),
        reported=_count(CellState.REPORTED),
        zero=_count(CellState.ZERO),
        not_applicable=_count(CellState.NOT_APPLICABLE),
        known=Count("amount"),
    )
    found: QuerySet[Any, Any] = sums.values_list(
        f"{_PLACE}parent_id",
        "indicator_id",
        "dimension",
        "sum_of_amounts",
        "sum_of_numerators",
        "sum_of_denominators",
        "reported",
        "zero",
        "not_applicable",
        "known",
    )
    return found


_SUMS = Prepared(
    lambda parents, period_id, start, end: _sums(
        parents, Period(pk=period_id, start=start, end=end)
    )
)


def own_cells(communes: Collection[int], period: Period) -> QuerySet[Any, Any]:
    """The cells of what these communes themselves handed in."""
    values = SubmissionValue.objects.filter(
        submission__in=_standing(round__period=period, unit_id__in=communes)
    ).exclude(state=CellState.MISSING)
    counted = values.annotate(**_as_one(lambda state: Q(state=state)), behind=Value(1))
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

    A figure on which the commune gave its own word is none of them.
    """
    said = SubmissionValue.objects.filter(
        submission__in=_standing(round__period=period, unit_id__in=communes),
        submission__unit=OuterRef("commune"),
        indicator=OuterRef("indicator"),
    ).exclude(state=CellState.MISSING)
    below = ever_below(period, communes)
    values = SubmissionValue.objects.filter(
        standing_below(period, communes, of=_PLACE),
        submission__in=_standing(round__period=period, unit__in=below),
        submission__unit__level__in=LOWER,
    ).exclude(state=CellState.MISSING)
    open_ones = values.annotate(commune=F(f"{_PLACE}parent_id")).filter(~Exists(said))
    sums = open_ones.values("commune", "indicator_id", "dimension").annotate(
        reported=_count(CellState.REPORTED),
        zero=_count(CellState.ZERO),
        behind=Count("pk"),
        known=Count("amount"),
    )
    states = {
        CellState.REPORTED: Q(reported__gt=0),
        CellState.ZERO: Q(reported=0, zero__gt=0),
        CellState.NOT_APPLICABLE: Q(reported=0, zero=0),
    }
    added_up = Q(indicator_id__in=summed) | Q(known=1)
    cells: QuerySet[Any, Any] = sums.annotate(
        answer=Case(*(When(of, then=Value(state.value)) for state, of in states.items())),
        of_amounts=Case(When(added_up, then=_sum("amount"))),
        of_numerators=_sum("numerator"),
        of_denominators=_sum("denominator"),
        **_as_one(states.__getitem__),
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


_COUNTS = ("n_reported", "n_zero", "n_not_applicable", "n_missing", "n_expected")


def _as_one(in_state: Callable[[CellState], Q]) -> dict[str, Any]:
    """The counts of a cell of a unit that answers as one: it stands in one state."""
    given = (CellState.REPORTED, CellState.ZERO, CellState.NOT_APPLICABLE)
    counted = (Case(When(in_state(s), then=Value(1)), default=Value(0)) for s in given)
    return dict(zip(_COUNTS, (*counted, Value(0), Value(1)), strict=True))


def _sum(column: str) -> Cast:
    return Cast(Sum(column), BigIntegerField())


def _count(state: str) -> Count:
    return Count("pk", filter=Q(state=state))


def units(period: Period) -> set[int]:
    """Communes and above that handed something in, and whoever has lower units that did."""
    versions = Submission.objects.filter(round__period=period)
    above = Placement.objects.filter(
        standing_below(period), unit__level__in=LOWER, unit__in=versions.values("unit")
    )
    upper = versions.exclude(unit__level__in=LOWER)
    return set(upper.values_list("unit_id", flat=True).distinct()) | {
        parent for parent in above.values_list("parent_id", flat=True).distinct() if parent
    }


def periods(unit_id: int) -> QuerySet[Submission, Any]:
    """Periods for which something stands that the unit handed in."""
    standing = _standing(unit_id=unit_id, unit__level__in=LOWER)
    return standing.values("round__period_id")


def expected(unit_id: int, period: Period) -> int | None:
    """How many units a round of this unit expects; None where it opened none."""
    opened = Round.objects.filter(unit_id=unit_id, period=period).first()
    if opened is None:
        return None
    return ExpectedReporter.objects.filter(round=opened, excused="").count()


def standing_versions(
    period: Period, unit_ids: Collection[int] | None = None
) -> QuerySet[Submission]:
    """The versions that stand in the period, of these units or of all; a query, never a list."""
    which = {} if unit_ids is None else {"unit_id__in": unit_ids}
    return _standing(round__period=period, **which)
