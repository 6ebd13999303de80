"""What the matrix of clauses stands on: four statements, for a hundred units as for two.

Each adds up or picks out in the database over the units at once; nothing is asked for a unit or a
cell alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from danchu.core.contracts import declared_measures
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.units.models import Unit, UnitState
from danchu.core.units.selectors.validity import in_force

from ..budget_quarters import BUDGET_RULE, quarter_of
from ..clause_states import Asked, Disclosed, Planned, UnitRows
from ..models import Notice, Plan, Posting
from ..rules import ALWAYS

_LIVE = Q(record__state=Record.State.RECORDED)
_HANGS = 0  # no year of a plan
_WITHOUT_DAY = Cast(Value(None), DateField())


def read_rows(unit_ids: Collection[int], asked: Asked) -> dict[int, UnitRows]:
    """unit -> what was written down that decides how it stands with the clauses."""
    units = sorted(unit_ids)
    if not units:
        return {}
    # Lines of a plan may be for the whole year, a register for a quarter begun before the period;
    # the execution of a quarter may be told before that is over.
    quarters = (one.before.start for one in asked.quarters)
    since = min(asked.start, dt.date(asked.day.year, 1, 1), *quarters)
    disclosed: dict[int, dict[str, Disclosed]] = defaultdict(dict)
    registers: dict[int, dict[str, dt.date]] = defaultdict(dict)
    executions: dict[int, dict[dt.date, dt.date]] = defaultdict(dict)
    hung = {
        (unit, rule): (hanging, broken)
        for unit, rule, hanging, broken in _POSTINGS.rows(units, asked.start, asked.end, asked.on)
    }
    for unit, rule, of, chosen, title, decided, first, last, n, late, nowhere in _NOTICES.rows(
        units, since, asked.start, asked.end, asked.on
    ):
        if of:
            registers[unit][of] = last
        told = quarter_of(chosen, title, decided) if decided is not None else None
        if told is not None:
            executions[unit][told.start] = min(first, executions[unit].get(told.start, first))
        hanging, broken = hung.pop((unit, rule), (0, 0))
        before = disclosed[unit].get(rule)
        found = Disclosed(last, n, late, hanging, nowhere + broken)
        disclosed[unit][rule] = found if before is None else _both(before, found)
    planned: dict[int, dict[str, list[Planned]]] = defaultdict(lambda: defaultdict(list))
    plans: dict[int, set[dt.date]] = defaultdict(set)
    hangs: dict[int, set[str]] = defaultdict(set)
    for unit, year, made_on, rule, from_on, to_on in _STANDING.rows(
        units, asked.start.year, asked.end.year, asked.day
    ):
        if year == _HANGS:
            hangs[unit].add(rule)
            continue
        if year == asked.day.year:
            plans[unit].add(made_on)
        if rule is not None:
            first, last = from_on or dt.date(year, 1, 1), to_on or dt.date(year, 12, 31)
            planned[unit][rule].append(Planned(first, last))
    days = [one.start for one in asked.quarters]
    begun: dict[int, tuple[Any, ...]] = {
        row[0]: row[1:] for row in _BEGUN.rows(units, _kinds(), asked.on, *days)
    }
    n = len(days)
    return {
        unit: UnitRows(
            disclosed=disclosed.get(unit, {}),
            planned=planned.get(unit, {}),
            plans=sorted(plans.get(unit, ())),
            hangs=frozenset(hangs.get(unit, ())),
            registers=registers.get(unit, {}),
            executions=executions.get(unit, {}),
            has_begun=bool(begun[unit][0]),
            begun=dict(zip(days, map(bool, begun[unit][1 : n + 1]), strict=True)),
            stood=dict(zip(days, map(bool, begun[unit][n + 1 :]), strict=True)),
        )
        for unit in units
    }


def _both(one: Disclosed, other: Disclosed) -> Disclosed:
    last = max(filter(None, (one.last_on, other.last_on)), default=None)
    return Disclosed(
        last,
        one.n + other.n,
        one.late + other.late,
        one.hanging + other.hanging,
        one.short + other.short,
    )


def _kinds() -> list[str]:
    """The kinds of records that kinds of work write: the first of them begins a unit here."""
    return sorted({one.record_kind for one in declared_measures()})


def _notices(
    units: Sequence[int], since: dt.date, start: dt.date, end: dt.date, on: dt.date
) -> QuerySet[Notice, Any]:
    """unit, clause, the quarter of a register or "", of a paper on the budget what was chosen for
    it, its title and day, first and last day of publication, and of those of the period how many,
    how many late, how many that hung nowhere. Papers on the budget come one by one: what was
    chosen or their titles say of which quarter they tell."""
    inside = Q(record__occurred_on__range=(start, end))
    hung = _apart(Posting.objects.filter(notice_id=OuterRef("pk"), is_live=True))
    return (
        Notice.objects.filter(
            _LIVE,
            record__unit_id__in=units,
            record__kind="disclosure",
            record__occurred_on__range=(since, on),
        )
        .annotate(
            chosen=Case(When(rule_key=BUDGET_RULE, then=F("budget_period")), default=Value("")),
            headed=Case(When(rule_key=BUDGET_RULE, then=F("title")), default=Value("")),
            decided=Case(When(rule_key=BUDGET_RULE, then=F("decided_on"))),
        )
        .values_list("record__unit_id", "rule_key", "register_of", "chosen", "headed", "decided")
        .annotate(
            first=Min("record__occurred_on"),
            last=Max("record__occurred_on"),
            n=Count("pk", filter=inside),
            late=Count("pk", filter=inside & Q(record__occurred_on__gt=F("due_on"))),
            nowhere=Count("pk", filter=inside & Q(~Exists(hung))),
        )
        .order_by()
    )


def _postings(
    units: Sequence[int], start: dt.date, end: dt.date, on: dt.date
) -> QuerySet[Posting, Any]:
    """unit, clause: of notices of the period how many whose days run, how many that did not hang
    somewhere as long as they must. Most hung long enough: their own row says so."""
    runs = Q(ends_on__isnull=True, complete_on__gt=on)
    full = (
        Q(least_days__isnull=True)
        | Q(complete_on__lte=on, ends_on__isnull=True)
        | Q(complete_on__lte=on, ends_on__gte=F("complete_on"))
    )
    # Whoever took it down early and put it up again at the same place has made it good.
    beside = _apart(
        Posting.objects.filter(
            runs | full,
            notice_id=OuterRef("notice_id"),
            place_key=OuterRef("place_key"),
            is_live=True,
        )
    )
    return (
        Posting.objects.filter(
            _LIVE,
            ~full,
            is_live=True,
            record__unit_id__in=units,
            record__kind="posting",
            record__occurred_on__range=(start, on),
            notice__record__state=Record.State.RECORDED,
            notice__record__occurred_on__range=(start, end),
        )
        .values_list("record__unit_id", "notice__rule_key")
        .annotate(
            hanging=Count("notice_id", filter=runs, distinct=True),
            broken=Count("notice_id", filter=~runs & Q(~Exists(beside)), distinct=True),
        )
        .order_by()
    )


def _apart(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """The postings other than the row asked for, of which a notice is none.

    PostgreSQL would else read the postings of the whole country into memory, to look up the few of
    one province there; by a difference it cannot look up, and asks the index.
    """
    return rows.exclude(pk=OuterRef("pk"))


def _standing(
    units: Sequence[int], first: int, last: int, day: dt.date
) -> QuerySet[Plan | Posting, Any]:
    """unit, year, day of the plan, and a line of it: clause and days; one row of a plan without.
    Beside them, under the year ``_HANGS``, what has to hang all the time and does so on the day."""
    columns = ("record__unit_id", "of", "record__occurred_on", "rule", "first", "last")
    plans = (
        Plan.objects.filter(_LIVE, record__unit_id__in=units, year__range=(first, last))
        .annotate(
            of=F("year"),
            rule=F("items__rule_key"),
            first=F("items__from_on"),
            last=F("items__to_on"),
        )
        .values_list(*columns)
    )
    hanging = (
        Posting.objects.filter(
            _LIVE,
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            record__unit_id__in=units,
            record__occurred_on__lte=day,
            notice__record__state=Record.State.RECORDED,
            notice__rule_key__in=ALWAYS,
            notice__permanent=True,
        )
        .annotate(
            of=Value(_HANGS, output_field=PositiveSmallIntegerField()),
            rule=F("notice__rule_key"),
            first=_WITHOUT_DAY,
            last=_WITHOUT_DAY,
        )
        .values_list(*columns)
    )
    return plans.union(hanging, all=True)


def _begun(
    units: Sequence[int], kinds: Sequence[str], on: dt.date, *days: dt.date
) -> QuerySet[Unit, Any]:
    """unit; whether it had written something down by ``on`` and by each of the days; whether it
    stood on each of them."""
    written = Record.objects.filter(
        unit_id=OuterRef("pk"), kind__in=kinds, state=Record.State.RECORDED
    )
    there = UnitState.objects.filter(unit_id=OuterRef("pk"))
    return (
        Unit.objects.filter(pk__in=units)
        .annotate(
            by_now=Exists(written.filter(occurred_on__lte=on)),
            **{
                f"begun_{n}": Exists(written.filter(occurred_on__lte=d)) for n, d in enumerate(days)
            },
            **{f"stood_{n}": Exists(there.filter(in_force(d))) for n, d in enumerate(days)},
        )
        .values_list(
            "pk",
            "by_now",
            *(f"begun_{n}" for n in range(len(days))),
            *(f"stood_{n}" for n in range(len(days))),
        )
    )


_NOTICES = Prepared(_notices)
_POSTINGS = Prepared(_postings)
_STANDING = Prepared(_standing)
_BEGUN = Prepared(_begun)
