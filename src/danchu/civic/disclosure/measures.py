"""What disclosures contribute to figures.

A notice counts on the day it was published, a posting on the day that completed its least
consecutive days, a form on the day it was used. Registers are notices too: article 13.2 has
them posted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from django.db.models import F, Q

from danchu.core.clock import today
from danchu.core.contracts import Measure, MeasuredRow
from danchu.core.records.models import Record

from .models import Broadcast, Form, FormUsed, Notice, Place, PlannedItem, Posting

_LIVE = Q(record__state=Record.State.RECORDED)


def _notices(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    rows = Notice.objects.filter(
        _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
    ).values_list("record__unit_id", "record_id", "base_kind", "due_on", "record__occurred_on")
    for unit_id, record_id, base_kind, due_on, published_on in rows:
        yield MeasuredRow(unit_id, record_id, "public_postings", 1, base_kind)
        if due_on is not None:
            in_time = int(published_on <= due_on)
            yield MeasuredRow(unit_id, record_id, "disclosures_with_due", 1, base_kind)
            yield MeasuredRow(unit_id, record_id, "disclosures_on_time", in_time, base_kind)


def _postings(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Postings that hung through the day which completed them; a day to come completes nothing."""
    rows = Posting.objects.filter(
        _LIVE,
        Q(ends_on__isnull=True) | Q(ends_on__gte=F("complete_on")),
        record__unit_id__in=unit_ids,
        complete_on__range=(start, min(end, today())),
    ).values_list("record__unit_id", "record_id", "notice__base_kind")
    for unit_id, record_id, base_kind in rows:
        yield MeasuredRow(unit_id, record_id, "postings_completed", 1, base_kind)


def _disclosed(
    unit_ids: Collection[int], start: dt.date, end: dt.date
) -> Iterator[tuple[int, int, str]]:
    notices = Notice.objects.filter(
        _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
    ).order_by("record__occurred_on", "record_id")
    yield from notices.values_list("record__unit_id", "record_id", "rule_key")


def _clauses_done(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Clauses under which something was disclosed, each once in the period."""
    seen: set[tuple[int, str]] = set()
    for unit_id, record_id, key in _disclosed(unit_ids, start, end):
        first = int((unit_id, key) not in seen)
        seen.add((unit_id, key))
        part = key if first else ""
        yield MeasuredRow(unit_id, record_id, "disclosure_clauses_done", first, part)
        yield MeasuredRow(unit_id, record_id, "disclosure_clauses_due", first, part)


def _clauses_open(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
    """Clauses that the plan has for days of the period and nothing was disclosed under.

    A line of the plan without days is for the whole year.
    """
    seen = {(unit_id, key) for unit_id, _record, key in _disclosed(unit_ids, start, end)}
    planned = (
        PlannedItem.objects.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=end),
            Q(to_on__isnull=True) | Q(to_on__gte=start),
            plan__record__unit_id__in=unit_ids,
            plan__record__state=Record.State.RECORDED,
            plan__year__range=(start.year, end.year),
        )
        .order_by("plan__record__occurred_on", "plan_id", "order")
        .values_list("plan__record__unit_id", "plan_id", "rule_key")
    )
    for unit_id, record_id, key in planned:
        if (unit_id, key) not in seen:
            seen.add((unit_id, key))
            yield MeasuredRow(unit_id, record_id, "disclosure_clauses_due", 1, key)


def _forms(
    model: type[Posting] | type[Broadcast] | type[FormUsed], *columns: str
) -> Callable[[Collection[int], dt.date, dt.date], Iterator[MeasuredRow]]:
    """Forms of article 12.1 used: each posting, broadcast and other act is one use."""

    def rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[MeasuredRow]:
        found = model.objects.filter(
            _LIVE, record__unit_id__in=unit_ids, record__occurred_on__range=(start, end)
        )
        for unit_id, record_id, *said in found.values_list(
            "record__unit_id", "record_id", *columns
        ):
            form = said[0] if said else Form.BROADCAST
            if model is Posting:
                form = Form.PORTAL if form == Place.PORTAL else Form.POSTING
            yield MeasuredRow(unit_id, record_id, "disclosure_forms_used", 1, f"form_{form}")

    return rows


MEASURES = [
    Measure(
        name="disclosure.notices",
        record_kind="disclosure",
        indicators=("public_postings", "disclosures_with_due", "disclosures_on_time"),
        rows=_notices,
    ),
    Measure(
        name="disclosure.postings",
        record_kind="posting",
        indicators=("postings_completed",),
        rows=_postings,
    ),
    Measure(
        name="disclosure.clauses",
        record_kind="disclosure",
        indicators=("disclosure_clauses_done", "disclosure_clauses_due"),
        rows=_clauses_done,
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
        name="disclosure.forms_posted",
        record_kind="posting",
        indicators=("disclosure_forms_used",),
        rows=_forms(Posting, "kind"),
    ),
    Measure(
        name="disclosure.forms_broadcast",
        record_kind="broadcast",
        indicators=("disclosure_forms_used",),
        rows=_forms(Broadcast),
    ),
    Measure(
        name="disclosure.forms_other",
        record_kind="disclosure_form",
        indicators=("disclosure_forms_used",),
        rows=_forms(FormUsed, "form"),
    ),
]
