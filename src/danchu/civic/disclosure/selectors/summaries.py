"""What a unit disclosed between two days, counted for its report to the People's Council.

Counted is what everybody may see: the report is as public as what it tells of (article 14.3).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from danchu.core.calendar.words import printed
from danchu.core.contracts import NOBODY, Actor
from danchu.core.errors import NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .. import rules
from ..models import Broadcast, Dispatch, FormUsed, Interruption, Notice, Plan, Posting
from ..quarters import Quarter
from ..standing import Gap, gap_on, standing
from .notices import offered_clauses
from .plans import disclosed_of_plan

_ONE_DAY = dt.timedelta(days=1)
_LIVE = Q(record__state=Record.State.RECORDED)
_STANDS = {"complete": "complete", "taken_early": "short", "interrupted": "broken"}


@dataclass(frozen=True, slots=True)
class ClauseSum:
    """What was disclosed under one clause.

    Of ``with_due``, ``late`` were published after their day and ``on_time`` by it; what then hung
    nowhere is in neither. ``unposted``: of all contents those that hang nowhere. Postings:
    ``complete`` hung their least consecutive days, ``short`` were taken down before, ``running``
    still hang towards them, ``broken`` would and are not to be read now.
    """

    rule: Rule
    contents: int
    with_due: int
    on_time: int
    late: int
    unposted: int
    complete: int
    short: int
    running: int
    broken: int


@dataclass(frozen=True, slots=True)
class Told:
    """A content with what is to be said of it: the day of its publication, or where and why."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class RegisterTold:
    """A register published in the period, and the day on which the Front was sent it."""

    quarter: Quarter
    published_on: dt.date
    sent_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PlanTold:
    """The plan of the year: how many of its contents were disclosed."""

    year: int
    number: str
    items: int
    fulfilled: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a unit disclosed from ``first`` to ``last``, as it stands on the day ``on``.

    ``without``: clauses in force under which nothing was disclosed; ``lasting``: those of which
    nothing was disclosed in the period and something hangs permanently since before it.
    ``broadcasts``: every one that was written down, a content by itself; ``broadcast_days``: the
    days with one or more. ``unposted``, ``short``, ``interrupted``, ``late``, ``corrections``: one
    by one, oldest first. ``dark``: postings that are interrupted on the day ``on``, whether or not
    they have least days.
    """

    unit_id: int
    first: dt.date
    last: dt.date
    on: dt.date
    clauses: tuple[ClauseSum, ...]
    without: tuple[Rule, ...]
    lasting: tuple[Rule, ...]
    late: tuple[Told, ...]
    unposted: tuple[Told, ...]
    short: tuple[Told, ...]
    interrupted: tuple[Told, ...]
    dark: tuple[Told, ...]
    corrections: tuple[Told, ...]
    postings: int
    broadcasts: int
    broadcast_days: int
    forms: tuple[tuple[str, int], ...]
    registers: tuple[RegisterTold, ...]
    plan: PlanTold | None

    def total(self, name: str) -> int:
        """A count over all clauses, by its name in :class:`ClauseSum`."""
        return sum(getattr(one, name) for one in self.clauses)


def disclosure_summary(
    viewer: Actor, unit_id: int, first: dt.date, last: dt.date, on: dt.date
) -> Summary:
    """What a unit disclosed in [first, last], for who may read its records.

    A fixed number of queries, whatever the number of notices. Raises ``NotFound`` for others,
    ``BadInput`` for a unit that discloses nothing of its own.
    """
    if not viewer.may("records.read", unit_id):
        raise NotFound(
            "Không tìm thấy đơn vị này trong phạm vi của tài khoản.",
            "There is no such unit within this account's scope.",
        )
    records = visible_records(NOBODY, unit_id=unit_id, kinds=["disclosure"], start=first, end=last)
    every = list(
        Notice.objects.select_related("record", "corrects")
        .filter(_LIVE, record__in=records)
        .order_by("record__occurred_on", "record_id")
    )
    shown = [row for row in every if not row.register_of]
    ids = [row.pk for row in shown]
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in (
        Posting.objects.select_related("record")
        .filter(_LIVE, notice_id__in=ids)
        .order_by("record__occurred_on", "pk")
    ):
        postings[posting.notice_id].append(posting)
    gaps: dict[int, list[Gap]] = defaultdict(list)
    for gap in Interruption.objects.filter(posting__notice_id__in=ids).order_by("from_on", "pk"):
        gaps[gap.posting_id].append(Gap(gap.from_on, gap.to_on))
    forms: dict[str, int] = defaultdict(int)
    for form in FormUsed.objects.filter(_LIVE, notice_id__in=ids).values_list("form", flat=True):
        forms[form] += 1
    aired = list(
        Broadcast.objects.filter(_LIVE, notice_id__in=ids).values_list(
            "record__occurred_on", flat=True
        )
    )
    offered = {rule.key: rule for rule, _wanted in offered_clauses(unit_id, min(on, last))}
    offered.pop(rules.REGISTER_RULE, None)
    now = {row.rule_key for row in shown}
    before = _hanging_since_before(unit_id, first, min(on, last)) - now
    return Summary(
        unit_id=unit_id,
        first=first,
        last=last,
        on=on,
        clauses=_clauses(shown, postings, gaps, on),
        without=tuple(rule for key, rule in offered.items() if key not in now | before),
        lasting=tuple(rule for key, rule in offered.items() if key in before),
        late=tuple(
            Told(row.title, printed(row.record.occurred_on)) for row in shown if _is_late(row)
        ),
        unposted=tuple(
            Told(row.title, printed(row.record.occurred_on))
            for row in shown
            if not postings[row.pk]
        ),
        short=_short(shown, postings, gaps, on),
        interrupted=_interrupted(shown, postings, gaps),
        dark=_dark(shown, postings, gaps, on),
        corrections=tuple(
            Told(row.title, printed(row.record.occurred_on))
            for row in shown
            if row.corrects is not None and not row.corrects.register_of
        ),
        postings=sum(len(found) for found in postings.values()),
        broadcasts=len(aired),
        broadcast_days=len(set(aired)),
        forms=tuple(sorted(forms.items())),
        registers=_registers([row for row in every if row.register_of]),
        plan=_plan(unit_id, last.year),
    )


def _hanging_since_before(unit_id: int, first: dt.date, day: dt.date) -> set[str]:
    """The clauses of which something public was disclosed before ``first`` and hangs permanently
    on ``day`` (article 13.1)."""
    records = visible_records(NOBODY, unit_id=unit_id, kinds=["posting"], end=day)
    hanging = Posting.objects.filter(
        _LIVE,
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        record__in=records,
        notice__permanent=True,
        notice__record__state=Record.State.RECORDED,
        notice__record__visibility=Record.Visibility.PUBLIC,
        notice__record__occurred_on__lt=first,
    )
    return set(hanging.values_list("notice__rule_key", flat=True))


def _is_late(row: Notice) -> bool:
    return row.due_on is not None and row.record.occurred_on > row.due_on


def _stands(row: Notice, posting: Posting, gaps: Sequence[Gap], on: dt.date) -> str:
    if posting.least_days is None or row.permanent:
        return ""
    state = standing(
        starts_on=posting.record.occurred_on,
        ends_on=posting.ends_on,
        least_days=posting.least_days,
        complete_on=posting.complete_on,
        permanent=row.permanent,
        gaps=gaps,
        # Taken down today it has had its last day: it comes to no more.
        on=max(on, posting.ends_on + _ONE_DAY) if posting.ends_on else on,
    ).state
    return _STANDS.get(state, "running")


def _clauses(
    shown: Sequence[Notice],
    postings: dict[int, list[Posting]],
    gaps: dict[int, list[Gap]],
    on: dt.date,
) -> tuple[ClauseSum, ...]:
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in shown:
        one = counted[row.rule_key]
        one["contents"] += 1
        one["with_due"] += row.due_on is not None
        late, hung = _is_late(row), bool(postings[row.pk])
        one["late"] += late
        one["on_time"] += row.due_on is not None and not late and hung
        one["unposted"] += not hung
        for posting in postings[row.pk]:
            one[_stands(row, posting, gaps[posting.pk], on)] += 1
    return tuple(
        ClauseSum(
            rule,
            *(
                counted[key][name]
                for name in (
                    "contents",
                    "with_due",
                    "on_time",
                    "late",
                    "unposted",
                    "complete",
                    "short",
                    "running",
                    "broken",
                )
            ),
        )
        for key, rule in current_catalogue().rules.items()
        if key in counted
    )


def _short(
    shown: Sequence[Notice],
    postings: dict[int, list[Posting]],
    gaps: dict[int, list[Gap]],
    on: dt.date,
) -> tuple[Told, ...]:
    return tuple(
        Told(
            row.title,
            f"{posting.place or posting.link}, từ {printed(posting.record.occurred_on)} đến "
            f"{printed(posting.ends_on)}",
        )
        for row in shown
        for posting in postings[row.pk]
        if posting.ends_on and _stands(row, posting, gaps[posting.pk], on) == "short"
    )


def _interrupted(
    shown: Sequence[Notice],
    postings: dict[int, list[Posting]],
    gaps: dict[int, list[Gap]],
) -> tuple[Told, ...]:
    return tuple(
        Told(
            row.title,
            f"{posting.place or posting.link}, từ {printed(gap.from_on)}"
            + (f" đến {printed(gap.to_on)}" if gap.to_on else ", chưa niêm yết lại"),
        )
        for row in shown
        for posting in postings[row.pk]
        for gap in gaps[posting.pk]
    )


def _dark(
    shown: Sequence[Notice],
    postings: dict[int, list[Posting]],
    gaps: dict[int, list[Gap]],
    on: dt.date,
) -> tuple[Told, ...]:
    """The postings that were not put up again since they were interrupted."""
    return tuple(
        Told(row.title, f"{posting.place or posting.link}, từ {printed(gap.from_on)}")
        for row in shown
        for posting in postings[row.pk]
        for gap in (gap_on(gaps[posting.pk], posting.ends_on, on),)
        if gap is not None
    )


def _registers(rows: Sequence[Notice]) -> tuple[RegisterTold, ...]:
    sent = dict(
        Dispatch.objects.filter(
            _LIVE,
            about__in=[row.pk for row in rows],
            recipient=Dispatch.Recipient.FRONT,
        )
        .order_by("-record__occurred_on")
        .values_list("about_id", "record__occurred_on")
    )
    return tuple(
        RegisterTold(Quarter.kept(row.register_of), row.record.occurred_on, sent.get(row.pk))
        for row in rows
    )


def _plan(unit_id: int, year: int) -> PlanTold | None:
    plan = Plan.objects.filter(_LIVE, record__unit_id=unit_id, year=year).first()
    if plan is None:
        return None
    done = disclosed_of_plan(plan, unit_id)
    return PlanTold(year, plan.number, plan.items.count(), len(done))
