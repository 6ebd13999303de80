"""The layer "reported": the values of each unit's newest version that was not returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from danchu.core.calendar.models import Period
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit
from danchu.core.units.selectors.validity import in_force
from danchu.reporting.figures.adding import Part
from danchu.reporting.figures.below import whole
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow
from danchu.reporting.figures.structure import LOWER, ever_below, standing_below

from .models import Closing, ExpectedReporter, Round, Submission, SubmissionValue
from .reported_cells import cells_below as cells_below
from .reported_cells import own_cells as own_cells
from .which_stand import ids_of_standing, newest_versions, versions_that_stand

_PLACE = "submission__unit__placements__"


def rows(unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
    """The values handed in; a value not reported makes no row."""
    versions = ids_of_standing(period, unit_ids)
    values = SubmissionValue.objects.filter(submission_id__in=versions).exclude(
        state=CellState.MISSING
    )
    columns = ("state", "amount", "dimension", "numerator", "denominator")
    for unit_id, key, state, amount, dimension, numerator, denominator in values.values_list(
        "submission__unit_id", "indicator__key", *columns
    ):
        yield unit_id, SourceRow(key, state, amount, dimension, numerator, denominator, sources=1)


def added(parents: Collection[int], period: Period, without: Collection[int]) -> Iterator[Part]:
    """Sums of what the lower units directly below each of these handed in."""
    if without:
        found = list(_sums(parents, period).exclude(submission__unit__in=without))
    else:
        found = _SUMS.rows(sorted(parents), period.pk, period.start, period.end)
    for row in found:
        part = _part(*row)
        yield part._replace(beyond=part.sources)


def _part(
    unit_id: int,
    indicator_id: int,
    dimension: str,
    amount: Any,
    numerator: Any,
    denominator: Any,
    reported: int,
    zero: int,
    not_applicable: int,
    known: int,
) -> Part:
    """Of units that are all expected."""
    return Part(
        unit_id,
        indicator_id,
        dimension,
        whole(amount),
        whole(numerator),
        whole(denominator),
        reported,
        zero,
        not_applicable,
        beyond=0,
        sources=reported + zero + not_applicable,
        n_known=known,
    )


def _below(parents: Collection[int], period: Period) -> QuerySet[SubmissionValue]:
    """The values that stand of the lower units directly below these, each with its place."""
    return SubmissionValue.objects.filter(
        standing_below(period, parents, of=_PLACE),
        # Named twice: PostgreSQL would else look for the newest version of every unit there is.
        submission__in=versions_that_stand(
            round__period=period, unit__in=ever_below(period, parents)
        ),
        submission__unit__level__in=LOWER,
    ).exclude(state=CellState.MISSING)


def _sums(parents: Collection[int], period: Period) -> QuerySet[Any, Any]:
    values = _below(parents, period)
    of = (f"{_PLACE}parent_id", "indicator_id", "dimension")
    found: QuerySet[Any, Any] = _summed(values.values(*of)).values_list(*of, *_SUMMED)
    return found


_SUMMED = (
    "sum_of_amounts",
    "sum_of_numerators",
    "sum_of_denominators",
    "reported",
    "zero",
    "not_applicable",
    "known",
)


def _summed(values: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = values.annotate(
        sum_of_amounts=Sum("amount"),
        sum_of_numerators=Sum("numerator"),
        sum_of_denominators=Sum("denominator"),
        reported=_count(CellState.REPORTED),
        zero=_count(CellState.ZERO),
        not_applicable=_count(CellState.NOT_APPLICABLE),
        known=Count("amount"),
    )
    return found


_SUMS = Prepared(
    lambda parents, period_id, start, end: _sums(
        parents, Period(pk=period_id, start=start, end=end)
    )
)


def _count(state: str) -> Count:
    return Count("pk", filter=Q(state=state))


def units(period: Period) -> set[int]:
    """Communes and above that handed something in, whoever has lower units that did, and above
    communes whoever opened a round."""
    lower = Q(unit__level__in=LOWER)
    handed_in = Submission.objects.filter(
        ~lower | standing_below(period, of="unit__placements__"), round__period=period
    )
    counts_at = Case(When(lower, then=F("unit__placements__parent_id")), default=F("unit_id"))
    opened = Round.objects.filter(period=period).exclude(unit__level=Unit.Level.COMMUNE)
    found = {*opened.values_list("unit_id", flat=True)}
    return found | {unit for unit in handed_in.values_list(counts_at, flat=True).distinct() if unit}


def periods(unit_id: int) -> QuerySet[Submission, Any]:
    """Periods for which something stands that the unit handed in."""
    newest = newest_versions().filter(unit_id=unit_id, unit__level__in=LOWER)
    return newest.values("round__period_id")


def asked(unit_id: int, period: Period) -> list[int] | None:
    """The units that the round of this unit asks; None where it opened none."""
    opened = Round.objects.filter(unit_id=unit_id, period=period)
    lines = list(opened.values_list("expected__unit_id", "expected__excused"))
    if not lines:
        return None
    return [unit for unit, excused in lines if unit is not None and not excused]


def expected(communes: Mapping[int, int], period: Period) -> dict[int, int]:
    """unit -> how many units its round asks; without one its communes of the map, but for those
    that moved there and are asked by the round of where they were.

    ``communes``: unit -> how many communes it holds; a commune among them stands for itself.
    """
    found = dict(communes)
    opened = Round.objects.filter(unit_id__in=sorted(communes), period=period)
    asks = opened.exclude(unit__level=Unit.Level.COMMUNE).annotate(
        asked=Count("expected", filter=Q(expected__excused=""))
    )
    with_round = dict(asks.values_list("unit_id", "asked"))
    found.update(with_round)
    without = communes.keys() - with_round.keys()
    if not with_round or not without:
        return found
    here = Placement.objects.filter(
        in_force(period.end), tree=Placement.Tree.STATE, parent_id__in=sorted(without)
    )
    moved = ExpectedReporter.objects.filter(
        round__period=period,
        round__unit_id__in=sorted(with_round),
        excused="",
        unit__level=Unit.Level.COMMUNE,
        unit_id__in=here.values("unit_id"),
    ).values("unit_id")
    for parent in here.filter(unit_id__in=moved).values_list("parent_id", flat=True):
        if parent is not None:
            found[parent] -= 1
    return found


def counted_with(parents: Mapping[int, Sequence[int | None]], period: Period) -> dict[int, int]:
    """unit -> the former parent with whose round what it handed in counts.

    A version counts where it was handed in; where none stands, with whose round asks for it.
    """
    units = sorted(parents)
    with_whom = dict(
        versions_that_stand(round__period=period, unit_id__in=units).values_list(
            "unit_id", "round__unit_id"
        )
    )
    asking: dict[int, set[int]] = defaultdict(set)
    for unit, parent in ExpectedReporter.objects.filter(
        unit_id__in=units, round__period=period, excused=""
    ).values_list("unit_id", "round__unit_id"):
        asking[unit].add(parent)
    found: dict[int, int] = {}
    for unit, some in parents.items():
        asked_by = [p for p in some if p in asking[unit]]
        there = with_whom.get(unit)
        counts = there if there in some else (asked_by or some)[-1]
        if counts is not None and counts != some[-1]:
            found[unit] = counts
    return found


def counted(unit_id: int, period: Period) -> list[Part] | None:
    """Sums over the versions that the closing of the unit's round names; None while it is open.

    What was closed stays as it was closed, whatever the map does afterwards.
    """
    closings = Closing.objects.filter(
        round__unit_id=unit_id,
        round__period=period,
        round__closed_at__isnull=False,
        reopened_at=None,
    )
    lines = list(closings.values_list("lines__submission_id", flat=True))
    if not lines:
        return None
    versions = [version for version in lines if version is not None]
    return [_part(unit_id, *row) for row in _sums_of(versions)]


def _sums_of(versions: list[int]) -> QuerySet[Any, Any]:
    values = SubmissionValue.objects.filter(submission_id__in=versions)
    sums = _summed(values.exclude(state=CellState.MISSING).values("indicator_id", "dimension"))
    found: QuerySet[Any, Any] = sums.values_list("indicator_id", "dimension", *_SUMMED)
    return found
