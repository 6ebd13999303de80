"""Which duties of the law disclosures fulfil.

A clause under which a unit has nothing to disclose asks nothing of it: only what was written down
sets a term going. What hung shorter than the law asks, or nowhere, is not plainly done. The
execution of the budget is looked for quarter by quarter (article 11.2). The report to the People's
Council is due by the regular sessions that were written down (article 14.3).
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

from .budget_quarters import BUDGET_RULE, quarter_of
from .models import CouncilSession, Dispatch, Notice, Plan, Posting
from .quarters import Quarter
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
    "chosen": Value(""),
    "short": _NOT,
    "nowhere": _NOT,
}


def _kept(units: Collection[int], start: dt.date, end: dt.date) -> QuerySet[Any, Any]:
    """Notices, permanent postings, plans, sessions of the Council and reports sent to it or to the
    Front in one question: what, unit, rule, record, its public id, day, the day that set the term
    going, the last day, the period it speaks of, the title, what was chosen for it, whether a
    posting of it was taken down before its least days, whether it never hung at all."""
    live = Q(record__unit_id__in=units, record__state=Record.State.RECORDED)
    who = ("record__unit_id", "rule", "of_record", "public", "record__occurred_on")
    days = ("before", "last", "of", "headed", "chosen", "short", "nowhere")
    notices = (
        Notice.objects.filter(
            live,
            Q(decided_on__lte=end) | ~Q(register_of=""),
            record__occurred_on__gte=start,
        )
        .annotate(
            what=Value(_NOTICE),
            rule=F("rule_key"),
            of_record=F("record_id"),
            public=F("record__public_id"),
            before=F("decided_on"),
            last=F("due_on"),
            of=F("register_of"),
            headed=F("title"),
            chosen=F("budget_period"),
            short=Exists(_taken_early()),
            nowhere=~Exists(_hung()),
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
            chosen=Value(""),
            short=_NOT,
            nowhere=_NOT,
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
            chosen=Value(""),
            short=_NOT,
            nowhere=_NOT,
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
            about__kind="council_report",
            about__state=Record.State.RECORDED,
        )
        .annotate(
            what=Value(_SENT),
            of_record=F("about_id"),
            **{**_OF_SESSIONS, "chosen": F("recipient")},
        )
        .values_list("what", *who, *days)
    )
    return notices.union(postings, plans, sessions, sent, all=True)


def _hung() -> QuerySet[Posting, Any]:
    """The postings of a notice that were not cancelled. By a difference from the notice's own id,
    which none has, PostgreSQL looks them up instead of reading all postings of the country."""
    return Posting.objects.filter(notice=OuterRef("pk"), is_live=True).exclude(pk=OuterRef("pk"))


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
    sent: dict[int, dict[str, dict[int, dt.date]]] = defaultdict(lambda: defaultdict(dict))
    for row in kept:
        what, unit_id, rule, record_id, public_id, day, before, last, of, headed, *how = row
        chosen, short, nowhere = how
        if what == _NOTICE:
            if of:
                # It counts for the quarter it is of, whenever it was published.
                told_of = Quarter.kept(of).start
                yield DutyRow(unit_id, REGISTER_RULE, record_id, done_on=day, tells_of=told_of)
                continue
            if rule in _IN_TIME:
                told = quarter_of(chosen, headed, before) if rule == BUDGET_RULE else None
                yield DutyRow(
                    unit_id,
                    rule,
                    record_id,
                    done_on=day,
                    event_on=before,
                    due_on=last,
                    path=office_path(public_id),
                    broken_off=bool(short),
                    unposted=bool(nowhere),
                    tells_of=told.start if told else None,
                )
        elif what == _POSTING:
            if last is None or last >= start:
                yield DutyRow(unit_id, rule, record_id, done_on=day, until=last)
        elif what == _SESSION:
            held[unit_id].append((day, record_id))
        elif what == _SENT:
            to = sent[unit_id][chosen]
            to[record_id] = min(day, to.get(record_id, day))
        elif start.year <= int(of) <= end.year:
            begins, ends = dt.date(int(of), 1, 1), dt.date(int(of), 12, 31)
            yield DutyRow(unit_id, rule, record_id, done_on=max(begins, day), until=ends)
    yield from _session_rows(held, sent, start, end)


def _session_rows(
    held: dict[int, list[tuple[dt.date, int]]],
    sent: dict[int, dict[str, dict[int, dt.date]]],
    start: dt.date,
    end: dt.date,
) -> Iterator[DutyRow]:
    """A term for each session that was written down; without one nothing is known to be due.

    It is done when the report was sent to the Council for the session and to the Front too:
    article 14.3 asks for both.
    """
    for unit, sessions in held.items():
        council = sent[unit][Dispatch.Recipient.COUNCIL] if unit in sent else {}
        front = sent[unit][Dispatch.Recipient.FRONT] if unit in sent else {}
        both = [(day, report) for report, day in council.items() if report in front]
        for one in served(sessions, both):
            if one.since <= end and one.day >= start:
                yield DutyRow(
                    unit,
                    REPORT_RULE,
                    one.report_id or one.record_id,
                    done_on=_later(one.sent_on, front.get(one.report_id or 0)),
                    event_on=one.since,
                    due_on=one.day,
                    path=COUNCIL_PATH,
                )


def _later(*days: dt.date | None) -> dt.date | None:
    """The last of the days; None where one is not known."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


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
