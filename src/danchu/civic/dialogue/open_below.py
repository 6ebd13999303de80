"""Opinions that were still open on a day, in a unit and in those below it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from danchu.core.accounts.policy import among
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.units.selectors.validity import in_force

from .models import Opinion

_PLACES = "record__unit__placements__"


@dataclass(frozen=True, slots=True)
class OpenOpinions:
    """What is open in one unit. ``path``: where it stands in the tree of the State.

    ``late`` of the ``waiting`` are past the day promised; ``since``: the day of the oldest.
    """

    path: str
    waiting: int
    late: int
    since: dt.date


def opinions_open_under(viewer: Actor, path: str, on: dt.date) -> list[OpenOpinions]:
    """The units under a path of the State tree with opinions that had no answer at the end of
    ``on``, in the order of their paths; two queries however many.

    Only units whose records the viewer may read today.
    """
    rows = _OPEN.rows(path, path[:-1] + "0", on)  # "0" follows "/"
    readable = among(viewer, "records.read", {unit_id for unit_id, *_rest in rows})
    return [OpenOpinions(*rest) for unit_id, *rest in rows if unit_id in readable]


def _open(path: str, end: str, on: dt.date) -> QuerySet[Opinion, Any]:
    return (
        Opinion.objects.filter(
            in_force(on, _PLACES),
            Q(answered_on__isnull=True) | Q(answered_on__gt=on),
            **{
                f"{_PLACES}tree": "state",
                f"{_PLACES}path__gte": path,
                f"{_PLACES}path__lt": end,
            },
            record__kind="opinion",
            record__state=Record.State.RECORDED,
            record__occurred_on__lte=on,
        )
        .values_list("record__unit_id", f"{_PLACES}path")
        .annotate(
            waiting=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=on)),
            since=Min("record__occurred_on"),
        )
        .order_by(f"{_PLACES}path")
    )


_OPEN = Prepared(_open)
