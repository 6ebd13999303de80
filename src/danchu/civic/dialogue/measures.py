"""What dialogues and opinions contribute to figures.

A fact counts on the day it happened: an opinion on the day it was given, its taking up and
its answer each on their own day (DESIGN decision 17). What is still open is a stock: carried
over and received in the period make answered in the period and open at its end, always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import F, Q

from danchu.core.clock import today
from danchu.core.contracts import Gainsaying, Measure, MeasuredRow
from danchu.core.records.models import Record
from danchu.core.text import format_date

from .models import BaseKind, Dialogue, Opinion
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


WORKPLACES = (BaseKind.AGENCY, BaseKind.STATE_ENTERPRISE, BaseKind.WORKPLACE)


def _against(unit_id: int, start: dt.date, end: dt.date) -> Iterator[Gainsaying]:
    """A dialogue at a workplace that was recorded: workplace dialogues were not none."""
    rows = Dialogue.objects.filter(
        Q(kind=Dialogue.Kind.WORKPLACE) | Q(kind__in=DIALOGUE_KINDS, base_kind__in=WORKPLACES),
        record__unit_id=unit_id,
        record__state=Record.State.RECORDED,
        record__occurred_on__range=(start, end),
    ).order_by("record__occurred_on", "pk")
    for topic, day in rows.values_list("topic", "record__occurred_on"):
        yield Gainsaying(
            "workplace_dialogues",
            f"biên bản “{topic}” ngày {format_date(day)}",
            f"the minutes “{topic}” of {format_date(day)}",
        )


def _opinions(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    kept = Opinion.objects.filter(record__unit_id__in=unit_ids, record__state=Record.State.RECORDED)
    for indicator, column in (
        ("opinions_received", "record__occurred_on"),
        ("opinions_resolved", "taken_up_on"),
    ):
        within = kept.filter(**{f"{column}__range": (start, end)})
        for unit_id, record_id, topic in within.values_list(
            "record__unit_id", "record_id", "field"
        ):
            yield MeasuredRow(unit_id, record_id, indicator, 1, topic)


def _stock(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Every opinion that was open on some day of the period, said before it or in it.

    Each says yes or no to the four counts, so that a nought rests on records. Overdue is what
    was promised for a day before the period's last one, or before today while it runs.
    """
    by = min(end, today())
    alive = Opinion.objects.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gte=start),
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        record__occurred_on__lte=end,
    )
    columns = ("record__unit_id", "record_id", "field", "record__occurred_on", "due_on")
    for unit_id, record_id, topic, said, due, answered in alive.values_list(
        *columns, "answered_on"
    ):
        still_open = answered is None or answered > end
        for indicator, holds in (
            ("opinions_carried_over", said < start),
            ("opinions_answered", not still_open),
            ("opinions_pending", still_open),
            ("opinions_overdue", still_open and due is not None and due < by),
        ):
            yield MeasuredRow(unit_id, record_id, indicator, int(holds), topic if holds else "")


def _answers(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """What the reader of "answered" must know: which answers came late, which passed it on."""
    answered = Opinion.objects.filter(
        record__unit_id__in=unit_ids,
        record__state=Record.State.RECORDED,
        answered_on__range=(start, end),
    )
    for indicator, which in (
        ("opinions_answered_late", Q(due_on__lt=F("answered_on"))),
        ("opinions_transferred", Q(outcome=Opinion.Outcome.TRANSFERRED)),
    ):
        for unit_id, record_id, topic in answered.filter(which).values_list(
            "record__unit_id", "record_id", "field"
        ):
            yield MeasuredRow(unit_id, record_id, indicator, 1, topic)


MEASURES = [
    Measure(
        name="dialogue.meetings",
        record_kind="dialogue",
        indicators=("conferences_held", "dialogues_held", "participants"),
        rows=_meetings,
        against=_against,
    ),
    Measure(
        name="dialogue.opinions",
        record_kind="opinion",
        indicators=("opinions_received", "opinions_resolved"),
        rows=_opinions,
    ),
    Measure(
        name="dialogue.opinions_open",
        record_kind="opinion",
        indicators=(
            "opinions_carried_over",
            "opinions_answered",
            "opinions_pending",
            "opinions_overdue",
        ),
        rows=_stock,
        lasting=True,
    ),
    Measure(
        name="dialogue.answers",
        record_kind="opinion",
        indicators=("opinions_answered_late", "opinions_transferred"),
        rows=_answers,
        lasting=True,
    ),
]
