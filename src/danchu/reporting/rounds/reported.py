"""The layer "reported": the values of each unit's newest version that was not returned."""

from __future__ import annotations

from collections.abc import Iterable

from danchu.core.calendar.models import Period
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow

from .models import ExpectedReporter, Round, Submission, SubmissionValue


def standing_submission(unit_id: int, period: Period) -> Submission | None:
    """The version that counts: the newest one, unless it was returned."""
    newest = (
        Submission.objects.filter(unit_id=unit_id, round__period=period).order_by("-number").first()
    )
    if newest is None or newest.state == Submission.State.RETURNED:
        return None
    return newest


def rows(unit_id: int, period: Period) -> Iterable[SourceRow]:
    """The values handed in; a value not reported makes no row."""
    standing = standing_submission(unit_id, period)
    if standing is None:
        return
    values = SubmissionValue.objects.filter(submission=standing).select_related("indicator")
    for value in values:
        if value.state != CellState.MISSING:
            yield SourceRow(
                value.indicator.key,
                value.state,
                value.amount,
                value.dimension,
                value.numerator,
                value.denominator,
                sources=1,
            )


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
