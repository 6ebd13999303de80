"""The story of a difference: every change of it is one more step."""

from __future__ import annotations

import datetime as dt

from danchu.core.clock import today

from .models import Difference, DifferenceStep


def explained(row: Difference, *, words: str, at: dt.datetime, by: int | None, late: bool) -> None:
    """Keep an explanation of the amounts as they are; an earlier one stays in its step.

    Called inside the transaction that holds the row.
    """
    row.explanation, row.explanation_stands = words, True
    row.explained_at, row.explained_by_id, row.explained_late = at, by, late
    row.row_version += 1
    row.save()
    DifferenceStep.objects.create(
        difference=row,
        number=row.row_version,
        kind=DifferenceStep.Kind.EXPLAINED,
        on=today(),
        stated_in_id=row.stated_in_id,
        stated_state=row.stated_state,
        stated_amount=row.stated_amount,
        recorded_state=row.recorded_state,
        recorded_amount=row.recorded_amount,
        text=words,
        written_by_id=by,
    )
