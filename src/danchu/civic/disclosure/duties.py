"""Which duties of the law disclosures fulfil.

A clause under which a unit has nothing to disclose asks nothing of it: only what was written down
sets a term going. That a notice also hung long enough is told on its own page and by the figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from danchu.core.contracts import DutyRow, Fulfilment, Shape
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record

from .models import Notice, Plan, Posting
from .rules import ALWAYS, PLAN_RULE, REGISTER_RULE, office_path

# Law 10/2022 articles 11.1-11.14 and 12.3, 46 and 47.2, 64.1 and 65.2: within five working days of
# the decision, for a state enterprise within fifteen days.
_IN_TIME = (
    *(f"xa_ck_{n:02}" for n in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 14)),
    *(f"cq_ck_{n:02}" for n in range(1, 13)),
    *(f"nn_ck_{letter}" for letter in ("a", "b", "c", "d", "dd", "e", "g", "h")),
)

_NOTICE, _POSTING = "notice", "posting"
_WITHOUT_DAY = Cast(Value(None), DateField())


def _kept(units: Collection[int], start: dt.date, end: dt.date) -> QuerySet[Any, Any]:
    """Notices, permanent postings and plans in one question: what, unit, rule, record, its public
    id, day, the day before it, the last day, the period it speaks of."""
    live = Q(record__unit_id__in=units, record__state=Record.State.RECORDED)
    who = ("record__unit_id", "rule", "of_record", "public", "record__occurred_on")
    days = ("before", "last", "of")
    notices = (
        Notice.objects.filter(live, record__occurred_on__gte=start, decided_on__lte=end)
        .annotate(
            what=Value(_NOTICE),
            rule=F("rule_key"),
            of_record=F("record_id"),
            public=F("record__public_id"),
            before=F("decided_on"),
            last=F("due_on"),
            of=F("register_of"),
        )
        .values_list("what", *who, *days)
    )
    postings = (
        Posting.objects.filter(
            live,
            record__occurred_on__lte=end,
            notice__record__state=Record.State.RECORDED,
            notice__rule_key__in=ALWAYS,
            notice__permanent=True,
        )
        .annotate(
            what=Value(_POSTING),
            rule=F("notice__rule_key"),
            of_record=F("notice_id"),
            public=F("notice__record__public_id"),
            before=_WITHOUT_DAY,
            last=F("ends_on"),
            of=Value(""),
        )
        .values_list("what", *who, *days)
    )
    plans = (
        Plan.objects.filter(live)  # one a year
        .annotate(
            what=Value("plan"),
            rule=Value(PLAN_RULE),
            of_record=F("record_id"),
            public=F("record__public_id"),
            before=_WITHOUT_DAY,
            last=_WITHOUT_DAY,
            of=Cast("year", CharField()),
        )
        .values_list("what", *who, *days)
    )
    return notices.union(postings, plans, all=True)


_KEPT = Prepared(_kept)


def _rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[DutyRow]:
    kept = _KEPT.rows(sorted(unit_ids), start, end)
    for what, unit_id, rule, record_id, public_id, day, before, last, of in kept:
        if what == _NOTICE:
            if of and day <= end:
                yield DutyRow(unit_id, REGISTER_RULE, record_id, done_on=day)
            if rule in _IN_TIME:
                yield DutyRow(
                    unit_id,
                    rule,
                    record_id,
                    done_on=day,
                    event_on=before,
                    due_on=last,
                    path=office_path(public_id),
                )
        elif what == _POSTING:
            if last is None or last >= start:
                yield DutyRow(unit_id, rule, record_id, done_on=day, until=last)
        elif start.year <= int(of) <= end.year:
            begins, ends = dt.date(int(of), 1, 1), dt.date(int(of), 12, 31)
            yield DutyRow(unit_id, rule, record_id, done_on=max(begins, day), until=ends)


DUTIES = [
    Fulfilment(name="disclosure.in_time", shape=Shape.TERM, rules=_IN_TIME, rows=_rows),
    Fulfilment(
        name="disclosure.register",
        shape=Shape.PERIODIC,
        rules=(REGISTER_RULE,),
        rows=_rows,
        every="quarter",
    ),
    Fulfilment(
        name="disclosure.standing", shape=Shape.STANDING, rules=(*ALWAYS, PLAN_RULE), rows=_rows
    ),
]
