"""Which duties of the law disclosures fulfil.

A clause under which a unit has nothing to disclose asks nothing of it: only what was written down
sets a term going. What hung shorter than the law asks is not plainly done. The execution of the
budget is looked for quarter by quarter (article 11.2). The report to the People's Council is due by
the regular sessions that were written down (article 14.3).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from danchu.core.contracts import DutyRow, Fulfilment, Shape
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record

from .budget_quarters import BUDGET_RULE, quarter_told
from .models import CouncilSession, Dispatch, Notice, Plan, Posting
from .rules import ALWAYS, PLAN_RULE, REGISTER_RULE, office_path
from .sending import COUNCIL_PATH
from .sessions import REPORT_RULE, served

# Law 10/2022 articles 11.1-11.14 and 12.3, 46 and 47.2, 64.1 and 65.2: within five working days of
# the decision, for a state enterprise within fifteen days.
_IN_TIME = (
    *(f"xa_ck_{n:02}" for n in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 14)),
    *(f"cq_ck_{n:02}" for n in range(1, 13)),
    *(f"nn_ck_{letter}" for letter in ("a", "b", "c", "d", "dd", "e", "g", "h")),
)

_NOTICE, _POSTING, _SESSION, _SENT = "notice", "posting", "session", "sent"
_WITHOUT_DAY = Cast(Value(None), DateField())
_NOT = Value(False, output_field=BooleanField())
_OF_SESSIONS: dict[str, Any] = {
    "rule": Value(REPORT_RULE),
    "public": F("record__public_id"),
    "before": _WITHOUT_DAY,
    "last": _WITHOUT_DAY,
    "of": Value(""),
    "headed": Value(""),
    "short": _NOT,
}


def _kept(units: Collection[int], start: dt.date, end: dt.date) -> QuerySet[Any, Any]:
    """Notices, permanent postings, plans, sessions of the Council and reports sent to it in one
    question: what, unit, rule, record, its public id, day, the day that set the term going, the
    last day, the period it speaks of, the title, whether a posting of it was taken down before its
    least days."""
    live = Q(record__unit_id__in=units, record__state=Record.State.RECORDED)
    who = ("record__unit_id", "rule", "of_record", "public", "record__occurred_on")
    days = ("before", "last", "of", "headed", "short")
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
            headed=F("title"),
            short=Exists(_taken_early()),
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
            headed=Value(""),
            short=_NOT,
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
            headed=Value(""),
            short=_NOT,
        )
        .values_list("what", *who, *days)
    )
    sessions = (
        CouncilSession.objects.filter(live)
        .annotate(what=Value(_SESSION), of_record=F("record_id"), **_OF_SESSIONS)
        .values_list("what", *who, *days)
    )
    sent = (
        Dispatch.objects.filter(
            live,
            recipient=Dispatch.Recipient.COUNCIL,
            about__kind="council_report",
            about__state=Record.State.RECORDED,
        )
        .annotate(what=Value(_SENT), of_record=F("about_id"), **_OF_SESSIONS)
        .values_list("what", *who, *days)
    )
    return notices.union(postings, plans, sessions, sent, all=True)


def _taken_early() -> QuerySet[Posting, Any]:
    """Postings of a notice taken down before their least days, and not put up there again."""
    live = Q(record__state=Record.State.RECORDED)
    again = Posting.objects.filter(
        live,
        Q(ends_on__isnull=True) | Q(complete_on__lte=F("ends_on")),
        notice=OuterRef("notice"),
        place_key=OuterRef("place_key"),
    )
    return Posting.objects.filter(
        live,
        Q(complete_on__isnull=True) | Q(complete_on__gt=F("ends_on")),
        ~Exists(again),
        notice=OuterRef("pk"),
        least_days__isnull=False,
        ends_on__isnull=False,
    )


_KEPT = Prepared(_kept)


def _rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[DutyRow]:
    kept = _KEPT.rows(sorted(unit_ids), start, end)
    held: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    sent: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for what, unit_id, rule, record_id, public_id, day, before, last, of, headed, short in kept:
        if what == _NOTICE:
            if of and day <= end:
                yield DutyRow(unit_id, REGISTER_RULE, record_id, done_on=day)
            if rule in _IN_TIME:
                told = quarter_told(headed, before) if rule == BUDGET_RULE else None
                yield DutyRow(
                    unit_id,
                    rule,
                    record_id,
                    done_on=day,
                    event_on=before,
                    due_on=last,
                    path=office_path(public_id),
                    broken_off=bool(short),
                    tells_of=told.start if told else None,
                )
        elif what == _POSTING:
            if last is None or last >= start:
                yield DutyRow(unit_id, rule, record_id, done_on=day, until=last)
        elif what in (_SESSION, _SENT):
            (held if what == _SESSION else sent)[unit_id].append((day, record_id))
        elif start.year <= int(of) <= end.year:
            begins, ends = dt.date(int(of), 1, 1), dt.date(int(of), 12, 31)
            yield DutyRow(unit_id, rule, record_id, done_on=max(begins, day), until=ends)
    yield from _session_rows(held, sent, start, end)


def _session_rows(
    held: dict[int, list[tuple[dt.date, int]]],
    sent: dict[int, list[tuple[dt.date, int]]],
    start: dt.date,
    end: dt.date,
) -> Iterator[DutyRow]:
    """A term for each session that was written down; without one nothing is known to be due."""
    for unit, sessions in held.items():
        for one in served(sessions, sent.get(unit, ())):
            if one.since <= end and one.day >= start:
                yield DutyRow(
                    unit,
                    REPORT_RULE,
                    one.report_id or one.record_id,
                    done_on=one.sent_on,
                    event_on=one.since,
                    due_on=one.day,
                    path=COUNCIL_PATH,
                )


DUTIES = [
    Fulfilment(name="disclosure.in_time", shape=Shape.TERM, rules=_IN_TIME, rows=_rows),
    # The law names the quarters and no last day for them: within the quarter that follows.
    Fulfilment(
        name="disclosure.budget",
        shape=Shape.PERIODIC,
        rules=(BUDGET_RULE,),
        rows=_rows,
        every="quarter",
        of_before=True,
    ),
    Fulfilment(
        name="disclosure.register",
        shape=Shape.PERIODIC,
        rules=(REGISTER_RULE,),
        rows=_rows,
        every="quarter",
    ),
    Fulfilment(name="disclosure.council", shape=Shape.TERM, rules=(REPORT_RULE,), rows=_rows),
    Fulfilment(
        name="disclosure.standing", shape=Shape.STANDING, rules=(*ALWAYS, PLAN_RULE), rows=_rows
    ),
]
