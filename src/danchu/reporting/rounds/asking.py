"""The letter with which a round asks a unit, as its report cites it."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor

from .models import ExpectedReporter


@dataclass(frozen=True, slots=True)
class AskingLetter:
    """Number and day as they were typed, and the unit whose body sent it."""

    words: str
    asked_by: int


def asking_letter(viewer: Actor, unit_id: int, period: Period) -> AskingLetter | None:
    """The letter of the round that asks the unit; for who may read its reports."""
    if not viewer.may("reports.read", unit_id):
        return None
    row = (
        ExpectedReporter.objects.filter(unit_id=unit_id, round__period=period, excused="")
        .exclude(round__letter="")
        .values_list("round__letter", "round__unit_id")
        .first()
    )
    return AskingLetter(*row) if row else None
