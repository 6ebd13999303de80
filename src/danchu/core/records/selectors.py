"""Reading the spine: which records a viewer may see."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from danchu.core.accounts.policy import among, within
from danchu.core.accounts.reach import reached
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound

from .models import Record, RecordVersion


def visible_records(
    viewer: Actor,
    *,
    unit_id: int | None = None,
    kinds: Collection[str] | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> QuerySet[Record]:
    """The records that ``viewer`` may see, of every state, in no order.

    Public ones for everybody; internal ones for those who hold "records.read" over the
    record's unit on today's structure. ``unit_id``: of exactly this unit; ``kinds``: of these
    kinds only; ``start`` and ``end``: legal days of the act, both inclusive.

    Every list, page, export, search and attachment of a kind of work goes through here.
    """
    public = Q(visibility=Record.Visibility.PUBLIC)
    if unit_id is None:
        seen = Record.objects.filter(public | within(viewer, "records.read", "unit"))
    else:
        # One unit is asked after by name: no need to work out the whole scope.
        seen = Record.objects.filter(unit_id=unit_id)
        if not viewer.may("records.read", unit_id):
            seen = seen.filter(public)
    if kinds is not None:
        seen = seen.filter(kind__in=list(kinds))
    if start is not None:
        seen = seen.filter(occurred_on__gte=start)
    if end is not None:
        seen = seen.filter(occurred_on__lte=end)
    return seen


def seen_in_reach(*held: Any) -> Q:
    """The rule of :func:`visible_records` for prepared statements of whom ``policy.reach`` tells:
    ``held`` are the values of the reach over "records.read"."""
    return Q(visibility=Record.Visibility.PUBLIC) | reached("unit", *held)


def seen_faces(viewer: Actor, unit_id: int) -> list[str]:
    """The visibilities of the records of one unit that ``viewer`` may see.

    The rule of :func:`visible_records` for statements that are prepared.
    """
    inside = viewer.may("records.read", unit_id)
    return [str(face) for face in Record.Visibility if inside or face == Record.Visibility.PUBLIC]


def seen_among(viewer: Actor, rows: Iterable[tuple[int, str, int]]) -> set[int]:
    """Of rows at hand, each (record, visibility, unit), the records that ``viewer`` may see.

    The rule of :func:`visible_records` for records that were already read by their ids.
    """
    known = list(rows)
    inside = {unit for _id, visibility, unit in known if visibility != Record.Visibility.PUBLIC}
    over = among(viewer, "records.read", inside) if inside else set()
    return {
        record
        for record, visibility, unit in known
        if visibility == Record.Visibility.PUBLIC or unit in over
    }


def visible_record(viewer: Actor, public_id: uuid.UUID) -> Record:
    """The record of this address. Raises ``NotFound`` alike for none and for one not to be seen."""
    record = visible_records(viewer).filter(public_id=public_id).first()
    if record is None:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such record.")
    return record


def versions_of(viewer: Actor, record_id: int) -> list[RecordVersion]:
    """What a record said before each correction, the latest first; for who may read inside.

    Empty for those who see only the public face: a correction may have taken something out.
    """
    return list(
        RecordVersion.objects.filter(
            within(viewer, "records.read", "record__unit"), record_id=record_id
        ).order_by("-number")
    )
