"""How much the outbox still has to do; counts only, for the operator and for health checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet

from danchu.core import clock

from .models import Message
from .services import GIVE_UP_AFTER


@dataclass(frozen=True, slots=True)
class Pending:
    """What is waiting: ``count`` messages, the oldest written at ``oldest_at``.

    Messages for a day yet to come wait for that day and are not counted.
    ``failed`` were tried so often that they wait for a person, and are not in ``count``.
    """

    count: int
    oldest_at: dt.datetime | None
    failed: int


def not_yet_done() -> QuerySet[Message]:
    """What is due or was tried already. A message for a day yet to come is not: nothing is late."""
    # Not as "all but those for later", which are most and would all be read.
    return Message.objects.filter(
        Q(due_at__isnull=True) | Q(due_at__lte=clock.now()) | Q(attempts__gt=0)
    )


def pending() -> Pending:
    """What waits in the outbox now."""
    waiting = not_yet_done().filter(attempts__lt=GIVE_UP_AFTER)
    return Pending(
        count=waiting.count(),
        oldest_at=waiting.aggregate(oldest=Min("created_at"))["oldest"],
        failed=Message.objects.filter(attempts__gte=GIVE_UP_AFTER).count(),
    )
