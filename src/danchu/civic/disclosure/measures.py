"""What disclosures contribute to figures.

A notice counts on the day it was published, a posting on the day that completed its least
consecutive days, a form on the day it was used. Registers are notices too: article 13.2 has
them posted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q

from danchu.core.clock import today
from danchu.core.contracts import Measure, MeasuredRow
from danchu.core.records.models import Record

from .models import Broadcast, Form, FormUsed, Notice, Place, PlannedItem, Posting

_LIVE = Q(record__state=Record.State.RECORDED)


def _notices(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Notices, whether each was in time, and the clauses they fall under, each once a period."""
    seen: set[tuple[int, str]] = set()
    rows = (
        Notice.objects.filter(
            _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
        )
        .order_by("record__occurred_on", "record_id")
        .values_list(
            "record__unit_id",
            "record_id",
            "base_kind",
            "due_on",
            "record__occurred_on",
            "rule_key",
        )
    )
    for unit_id, record_id, base_kind, due_on, published_on, key in rows:
        yield MeasuredRow(unit_id, record_id, "public_postings", 1, base_kind)
        if due_on is not None:
            in_time = int(published_on <= due_on)
            yield MeasuredRow(unit_id, record_id, "disclosures_with_due", 1, base_kind)
            yield MeasuredRow(unit_id, record_id, "disclosures_on_time", in_time, base_kind)
        first = int((unit_id, key) not in seen)
        seen.add((unit_id, key))
        part = key if first else ""
        yield MeasuredRow(unit_id, record_id, "disclosure_clauses_done", first, part)
        yield MeasuredRow(unit_id, record_id, "disclosure_clauses_due", first, part)


def _postings(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Each posting is a use of its form; one that hung through the day which completed it counts
    on that day. A day to come completes nothing."""
    by = min(end, today())
    rows = Posting.objects.filter(
        _LIVE,
        Q(record__occurred_on__range=(start, end)) | Q(complete_on__range=(start, by)),
        record__unit_id__in=unit_ids,
    ).values_list(
        "record__unit_id",
        "record_id",
        "notice__base_kind",
        "kind",
        "record__occurred_on",
        "ends_on",
        "complete_on",
    )
    for unit_id, record_id, base_kind, kind, begun, ended, complete in rows:
        if start <= begun <= end:
            form = Form.PORTAL if kind == Place.PORTAL else Form.POSTING
            yield MeasuredRow(unit_id, record_id, "disclosure_forms_used", 1, f"form_{form}")
        if complete and start <= complete <= by and (ended is None or ended >= complete):
            yield MeasuredRow(unit_id, record_id, "postings_completed", 1, base_kind)


def _clauses_open(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Clauses that the plan has for days of the period and nothing was disclosed under.

    A line of the plan without days is for the whole year. Nothing is due by a plan that was made
    when the period was over.
    """
    disclosed = Notice.objects.filter(
        _LIVE,
        record__unit_id=OuterRef("plan__record__unit_id"),
        rule_key=OuterRef("rule_key"),
        record__occurred_on__range=(start, end),
    )
    planned = (
        PlannedItem.objects.filter(
            ~Exists(disclosed),
            Q(from_on__isnull=True) | Q(from_on__lte=end),
            Q(to_on__isnull=True) | Q(to_on__gte=start),
            plan__record__unit_id__in=unit_ids,
            plan__record__state=Record.State.RECORDED,
            plan__record__occurred_on__lte=end,
            plan__year__range=(start.year, end.year),
        )
        .order_by("plan__record__occurred_on", "plan_id", "order")
        .values_list("plan__record__unit_id", "plan_id", "rule_key")
    )
    seen: set[tuple[int, str]] = set()
    for unit_id, record_id, key in planned:
        if (unit_id, key) not in seen:
            seen.add((unit_id, key))
            yield MeasuredRow(unit_id, record_id, "disclosure_clauses_due", 1, key)


def _broadcasts(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    rows = Broadcast.objects.filter(
        _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
    ).values_list("record__unit_id", "record_id")
    for unit_id, record_id in rows:
        form = f"form_{Form.BROADCAST}"
        yield MeasuredRow(unit_id, record_id, "disclosure_forms_used", 1, form)


def _forms(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    rows = FormUsed.objects.filter(
        _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
    ).values_list("record__unit_id", "record_id", "form")
    for unit_id, record_id, form in rows:
        yield MeasuredRow(unit_id, record_id, "disclosure_forms_used", 1, f"form_{form}")


# One measure for each kind of record, asked once: a check asks them all.
MEASURES = [
    Measure(
        name="disclosure.notices",
        record_kind="disclosure",
        indicators=(
            "public_postings",
            "disclosures_with_due",
            "disclosures_on_time",
            "disclosure_clauses_done",
            "disclosure_clauses_due",
        ),
        rows=_notices,
    ),
    Measure(
        name="disclosure.postings",
        record_kind="posting",
        indicators=("disclosure_forms_used", "postings_completed"),
        rows=_postings,
    ),
    # A plan made in January binds the half-years after it.
    Measure(
        name="disclosure.planned_clauses",
        record_kind="disclosure_plan",
        indicators=("disclosure_clauses_due",),
        rows=_clauses_open,
        lasting=True,
    ),
    Measure(
        name="disclosure.broadcasts",
        record_kind="broadcast",
        indicators=("disclosure_forms_used",),
        rows=_broadcasts,
    ),
    Measure(
        name="disclosure.forms",
        record_kind="disclosure_form",
        indicators=("disclosure_forms_used",),
        rows=_forms,
    ),
]
