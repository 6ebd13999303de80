"""The layer "reported": the values of each unit's newest version that was not returned."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from danchu.core.calendar.models import Period
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow

from .models import ExpectedReporter, Round, Submission, SubmissionValue


def rows(unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
    """The values handed in; a value not reported makes no row.

    Of each unit the newest version counts, unless it was returned.
    """
    newest: dict[int, tuple[int, str]] = {}
    versions = Submission.objects.filter(unit_id__in=unit_ids, round__period=period)
    # A unit is asked by one round of a period as a rule; of two the later version stands.
    for unit_id, version, state in versions.order_by("number", "pk").values_list(
        "unit_id", "pk", "state"
    ):
        newest[unit_id] = (version, state)
    standing = [pk for pk, state in newest.values() if state != Submission.State.RETURNED]
    values = SubmissionValue.objects.filter(submission__in=standing).exclude(
        state=CellState.MISSING
    )
    columns = ("state", "amount", "dimension", "numerator", "denominator")
    for unit_id, key, state, amount, dimension, numerator, denominator in values.values_list(
        "submission__unit_id", "indicator__key", *columns
    ):
        yield unit_id, SourceRow(key, state, amount, dimension, numerator, denominator, sources=1)


def units(period: Period) -> set[int]:
    """Units that handed something in for the period."""
    return set(
        Submission.objects.filter(round__period=period).values_list("unit_id", flat=True).distinct()
    )


def expected(unit_id: int, period: Period) -> int | None:
    """How many units a round of this unit expects; None where it opened none."""
    opened = Round.objects.filter(unit_id=unit_id, period=period).first()
    if opened is None:
        return None
    return ExpectedReporter.objects.filter(round=opened, excused="").count()
