"""What dialogues and opinions contribute to figures.

A fact counts on the day it happened: an opinion on the day it was given, its taking up and
its answer each on their own day (DESIGN decision 17).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from danchu.core.contracts import Measure, MeasuredRow
from danchu.core.records.models import Record

from .models import Dialogue, Opinion
from .rules import DIALOGUE_KINDS


def _meetings(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    rows = Dialogue.objects.filter(
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__range=(start, end),
    ).values_list("record__unit_id", "record_id", "kind", "base_kind", "participants")
    for unit_id, record_id, kind, base_kind, participants in rows:
        yield MeasuredRow(unit_id, record_id, "conferences_held", 1, base_kind)
        if kind in DIALOGUE_KINDS:
            yield MeasuredRow(unit_id, record_id, "dialogues_held", 1, base_kind)
        if participants is not None:
            yield MeasuredRow(unit_id, record_id, "participants", participants, base_kind)


def _opinions(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    kept = Opinion.objects.filter(record__unit_id__in=unit_ids, record__state=Record.State.RECORDED)
    for indicator, column in (
        ("opinions_received", "record__occurred_on"),
        ("opinions_resolved", "taken_up_on"),
        ("opinions_answered", "answered_on"),
    ):
        within = kept.filter(**{f"{column}__range": (start, end)})
        for unit_id, record_id, topic in within.values_list(
            "record__unit_id", "record_id", "field"
        ):
            yield MeasuredRow(unit_id, record_id, indicator, 1, topic)


MEASURES = [
    Measure(
        name="dialogue.meetings",
        record_kind="dialogue",
        indicators=("conferences_held", "dialogues_held", "participants"),
        rows=_meetings,
    ),
    Measure(
        name="dialogue.opinions",
        record_kind="opinion",
        indicators=("opinions_received", "opinions_resolved", "opinions_answered"),
        rows=_opinions,
    ),
]
