"""The layer "reported": the values of each unit's newest version that was not returned."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from danchu.core.calendar.models import Period
from danchu.core.listed import Listed
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit
from danchu.reporting.figures.adding import Part
from danchu.reporting.figures.below import whole
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow
from danchu.reporting.figures.structure import LOWER, ever_below, standing_below

from .models import Closing, ExpectedReporter, Round, Submission, SubmissionValue

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
        _valid_on(OuterRef("round__period__end")),
        unit=OuterRef("unit"),
        parent=OuterRef("round__unit"),
        tree=Placement.Tree.STATE,
    )
    return Case(
        When(round__closed_at__isnull=False, then=Value(2)),
        When(Exists(here), then=Value(1)),
        default=Value(0),
    )


def _valid_on(day: dt.date | OuterRef) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


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


def own_cells(communes: Collection[int], period: Period) -> QuerySet[Any, Any]:
    """The cells of what these communes themselves handed in."""
    values = SubmissionValue.objects.filter(_of_standing(period, communes)).exclude(
        state=CellState.MISSING
    )
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
        _of_standing(period, communes),
        submission__unit=OuterRef("commune"),
        indicator=OuterRef("indicator"),
    ).exclude(state=CellState.MISSING)
    lower = ever_below(period, communes).filter(unit__level__in=LOWER)
    # Named too: else the versions of the whole country are gone through for each province.
    units = list(lower.values_list("unit_id", flat=True)[: _MOST_NAMED + 1])
    below = _of_standing(period, units if len(units) <= _MOST_NAMED else lower)
    values = SubmissionValue.objects.filter(
        standing_below(period, communes, of=_PLACE), below
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


def _of_standing(period: Period, units: Collection[int] | QuerySet[Any, Any]) -> Q:
    """Values of the versions that stand, named by their ids where those are few enough.

    Joined to the question which versions stand, PostgreSQL expects a handful of values of a
    province's hundred thousands and goes through them one by one.
    """
    of = Q(unit__in=units) if isinstance(units, QuerySet) else Q(Listed("unit_id", units))
    newest = newest_versions().filter(of, round__period=period)
    found = list(newest.values_list("pk", "unit_id")[: _MOST_NAMED + 1])
    many = len(found) > _MOST_NAMED
    # Where every unit was asked by one round, nobody need be asked which of them speaks for it.
    if not many and len({unit for _version, unit in found}) == len(found):
        return Q(Listed("submission_id", [version for version, _unit in found]))
    versions = versions_that_stand(of, round__period=period)
    if many:
        return Q(submission__in=versions)
    return Q(Listed("submission_id", versions.values_list("pk", flat=True)))


_MOST_NAMED = 50_000  # a province has some seven thousand lower units


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
    """Communes and above that handed something in, whoever has lower units that did, and above
    communes whoever opened a round."""
    versions = Submission.objects.filter(round__period=period)
    above = Placement.objects.filter(
        standing_below(period), unit__level__in=LOWER, unit__in=versions.values("unit")
    )
    upper = versions.exclude(unit__level__in=LOWER)
    opened = Round.objects.filter(period=period).exclude(unit__level=Unit.Level.COMMUNE)
    return (
        {*opened.values_list("unit_id", flat=True)}
        | set(upper.values_list("unit_id", flat=True).distinct())
        | {parent for parent in above.values_list("parent_id", flat=True).distinct() if parent}
    )


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
        _valid_on(period.end), tree=Placement.Tree.STATE, parent_id__in=sorted(without)
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
    return list(standing_versions(period, unit_ids).values_list("pk", flat=True))
