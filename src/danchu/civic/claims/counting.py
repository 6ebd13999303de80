"""Claims counted for a report of the unit: how many came, were answered, led to a correction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from . import rules
from .models import Claim


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """``late`` of the answered were answered after their day; ``overdue`` wait past it."""

    wrong: int
    opinions: int
    answered: int
    late: int
    overdue: int
    corrected: int


def claim_counts(
    viewer: Actor, unit_id: int, first: dt.date, last: dt.date, on: dt.date
) -> ClaimCounts:
    """The claims of a unit that came in [first, last], as they stand on ``on``; one question.

    Noughts for who may not read the unit's records.
    """
    rows = list(
        Claim.objects.filter(
            record__in=visible_records(
                viewer, unit_id=unit_id, kinds=["claim"], start=first, end=last
            ),
            record__state=Record.State.RECORDED,
        ).values_list("kind", "due_on", "answered_on", "outcome")
    )
    return ClaimCounts(
        wrong=sum(kind == Claim.Kind.WRONG for kind, *_rest in rows),
        opinions=sum(kind == Claim.Kind.OPINION for kind, *_rest in rows),
        answered=sum(answered is not None for _kind, _due, answered, _outcome in rows),
        late=sum(
            due is not None and answered is not None and answered > due
            for _kind, due, answered, _outcome in rows
        ),
        overdue=sum(
            due is not None and answered is None and on > due
            for _kind, due, answered, _outcome in rows
        ),
        corrected=sum(outcome == Claim.Outcome.CORRECTED for *_rest, outcome in rows),
    )


def many_came_today(about: UUID, unit_id: int) -> bool:
    """Whether so many came today about a content or for its unit that each sender is to go slower.

    For everybody alike: it tells nothing of who sent what.
    """
    of_day = Claim.objects.filter(record__occurred_on=today())
    if of_day.filter(about__public_id=about).count() >= rules.MANY_ABOUT:
        return True
    return of_day.filter(record__unit_id=unit_id).count() >= rules.MANY_OF_DAY
