"""Reading rounds: who handed in what, who is late, what is missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from danchu.core.accounts.policy import among
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import Unit, UnitState
from danchu.reporting.figures.completeness import Base

from .models import Closing, ExpectedReporter, Round, RoundDue, Submission
from .reported import newest_versions


@dataclass(frozen=True, slots=True)
class ReporterLine:
    """A unit expected in a round.

    ``state``: missing, late, submitted, returned, accepted or excused.
    """

    unit_id: int
    code: str
    kind: str
    name: str
    level: str
    due_on: dt.date
    days_late: int  # since its own last day, while nothing of it stands
    state: str
    number: int
    submission_id: int | None
    submitted_at: dt.datetime | None
    reason: str

    @property
    def received_late(self) -> int:
        """Days past its last day on which the version that stands was handed in; 0 in time."""
        if self.state not in ("submitted", "accepted") or self.submitted_at is None:
            return 0
        return max(0, (timezone.localdate(self.submitted_at) - self.due_on).days)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """One closing: when, on how many units, and why it was opened again, if it was."""

    number: int
    closed_at: dt.datetime
    counted: int
    missing: int
    reopened_at: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everybody expected in it."""

    round_id: int
    unit_id: int
    title: str
    letter: str
    period_code: str
    cut_off: dt.date
    due_on: dt.date  # the last day of those it asks
    locks_on: dt.date | None
    structure_on: dt.date
    reporters: tuple[ReporterLine, ...]
    closed_at: dt.datetime | None
    closings: tuple[ClosingView, ...]  # oldest first

    @property
    def waiting(self) -> tuple[ReporterLine, ...]:
        """Units whose version waits to be accepted or returned."""
        return tuple(r for r in self.reporters if r.state == "submitted")

    @property
    def missing(self) -> tuple[ReporterLine, ...]:
        """Units that have handed in nothing that stands."""
        return tuple(r for r in self.reporters if r.state in ("missing", "late", "returned"))

    @property
    def standing(self) -> tuple[ReporterLine, ...]:
        """Units of which a version stands: handed in and not returned."""
        return tuple(r for r in self.reporters if r.state in ("submitted", "accepted"))

    @property
    def expected(self) -> int:
        """How many units the round asks; the excused are not among them."""
        return sum(r.state != "excused" for r in self.reporters)


def round_of(viewer: Actor, unit_id: int, period: Period, on: dt.date) -> RoundView | None:
    """The round a unit opened for a period, for who may read its reports."""
    if not viewer.may("reports.read", unit_id):
        return None
    rows = Round.objects.filter(unit_id=unit_id, period=period).select_related("period")
    return next(iter(_views(list(rows), on)), None)


def round_at(viewer: Actor, unit_id: int, period_code: str, on: dt.date) -> RoundView | None:
    """The same round, of a period that is known only by its code."""
    if not viewer.may("reports.read", unit_id):
        return None
    rows = Round.objects.filter(unit_id=unit_id, period__code=period_code).annotate(
        ever_closed=Exists(Closing.objects.filter(round=OuterRef("pk")))
    )
    return next(iter(_views(list(rows.select_related("period")), on)), None)


def standing_words(
    viewer: Actor, unit_ids: Collection[int], period: Period
) -> dict[int, Base | None]:
    """Those of the units whose figures of the period are signed: a version stands.

    That is the unit's own version; above the communes one of those its own round asks, told with
    the units of that round. Of each unit the newest version counts, and one that was returned
    does not stand. For who may read the unit's figures.
    """
    readable = [unit_id for unit_id in unit_ids if viewer.may("figures.read", unit_id)]
    return {
        unit_id: Base(listed, asked) if listed else None
        for unit_id, _period, listed, asked in _STANDING.rows(readable, period.pk)
    }


def standing_over_time(viewer: Actor, unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """The same over all periods: (unit, id of the period)."""
    readable = among(viewer, "figures.read", sorted(unit_ids)) if unit_ids else set()
    return {(unit_id, period) for unit_id, period, *_base in _EVER.rows(sorted(readable))}


def standing_codes(viewer: Actor, unit_id: int) -> set[str]:
    """The same of one unit: the codes of the periods."""
    standing = {period for _unit, period in standing_over_time(viewer, [unit_id])}
    return set(Period.objects.filter(pk__in=standing).values_list("code", flat=True))


def _standing(unit_ids: Collection[int], period_id: int) -> QuerySet[Any, Any]:
    own = newest_versions().filter(unit_id__in=unit_ids, round__period_id=period_id)
    rounds = Round.objects.filter(unit_id__in=unit_ids, period_id=period_id)
    return _of_both(own, rounds)


_ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def _of_both(own: QuerySet[Submission], rounds: QuerySet[Round]) -> QuerySet[Any, Any]:
    newer = Submission.objects.filter(
        round=OuterRef("round"), unit=OuterRef("unit"), number__gt=OuterRef("number")
    )
    versions = Submission.objects.filter(round=OuterRef("pk")).exclude(
        state=Submission.State.RETURNED
    )
    # What villages handed in is below the word of a commune, never instead of it.
    asked = rounds.filter(Exists(versions.filter(~Exists(newer)))).filter(unit__level__in=_ABOVE)
    theirs: QuerySet[Any, Any] = asked.annotate(
        listed=Count("expected"),
        asked=Count("expected", filter=Q(expected__excused="")),
    ).values_list("unit_id", "period_id", "listed", "asked")
    # From the district upward a figure is the sum of the communes, whatever it hands up itself.
    words = own.exclude(unit__level__in=_ABOVE)
    return (
        words.annotate(listed=Value(0), asked=Value(0))
        .values_list("unit_id", "round__period_id", "listed", "asked")
        .union(theirs)
    )


_STANDING = Prepared(_standing)
_EVER = Prepared(
    lambda unit_ids: _of_both(
        newest_versions().filter(unit_id__in=unit_ids), Round.objects.filter(unit_id__in=unit_ids)
    )
)


def rounds_of(viewer: Actor, unit_id: int, on: dt.date) -> list[RoundView]:
    """Every round a unit opened, newest period first; as many queries for twenty as for one."""
    if not viewer.may("reports.read", unit_id):
        return []
    rows = Round.objects.filter(unit_id=unit_id).select_related("period")
    return _views(list(rows.order_by("-period__end")[:20]), on)


def _views(rounds: list[Round], on: dt.date) -> list[RoundView]:
    expected: dict[int, list[ExpectedReporter]] = defaultdict(list)
    for item in ExpectedReporter.objects.filter(round__in=rounds).select_related("unit"):
        expected[item.round_id].append(item)
    newest: dict[tuple[int, int], Submission] = {}
    for row in Submission.objects.filter(round__in=rounds).order_by("number"):
        newest[row.round_id, row.unit_id] = row
    names: dict[dt.date, dict[int, tuple[str, str, str]]] = {}
    for day in {found.structure_on for found in rounds}:
        units = {e.unit_id for r in rounds if r.structure_on == day for e in expected[r.pk]}
        names[day] = _named(units, day)
    closings = _closings(rounds)
    return [
        RoundView(
            round_id=found.pk,
            unit_id=found.unit_id,
            title=found.title,
            letter=found.letter,
            period_code=found.period.code,
            cut_off=found.cut_off,
            due_on=found.due_on,
            locks_on=found.locks_on,
            structure_on=found.structure_on,
            reporters=tuple(
                sorted(
                    (
                        _line(item, newest.get((found.pk, item.unit_id)), names, found, on)
                        for item in expected[found.pk]
                    ),
                    key=lambda line: line.code,
                )
            ),
            closed_at=found.closed_at,
            closings=tuple(closings[found.pk]),
        )
        for found in rounds
    ]


def _named(units: Collection[int], day: dt.date) -> dict[int, tuple[str, str, str]]:
    """Code, name and kind of each unit that day; of one that began later or ended, the nearest.

    Where two of them have one code, the one that ended is told by its last day.
    """
    columns = ("unit_id", "code", "name", "kind", "valid_from", "valid_to")
    rows = UnitState.objects.filter(unit_id__in=units).values_list(*columns)
    nearest: dict[int, tuple[str, str, str, dt.date | None]] = {}
    for unit, code, name, kind, first, last in sorted(rows, key=lambda row: row[4] or dt.date.min):
        begun = first is None or first <= day
        if begun or unit not in nearest:
            nearest[unit] = code, name, kind, last
    codes = Counter(code for code, _name, _kind, _last in nearest.values())
    return {
        unit: (f"{code}@{last.isoformat()}" if last and codes[code] > 1 else code, name, kind)
        for unit, (code, name, kind, last) in nearest.items()
    }


def _line(
    item: ExpectedReporter,
    last: Submission | None,
    names: dict[dt.date, dict[int, tuple[str, str, str]]],
    found: Round,
    on: dt.date,
) -> ReporterLine:
    if item.excused:
        state = "excused"
    elif last is not None:
        state = last.state
    else:
        state = "late" if on > item.due_on else "missing"
    code, name, kind = names[found.structure_on][item.unit_id]
    owes = state in ("late", "missing", Submission.State.RETURNED)
    return ReporterLine(
        unit_id=item.unit_id,
        code=code,
        kind=kind,
        name=name,
        level=item.unit.level,
        due_on=item.due_on,
        days_late=max(0, (on - item.due_on).days) if owes else 0,
        state=state,
        number=last.number if last else 0,
        submission_id=last.pk if last else None,
        submitted_at=last.submitted_at if last else None,
        reason=item.excused or (last.reason if last else ""),
    )


def _closings(rounds: list[Round]) -> dict[int, list[ClosingView]]:
    found: dict[int, list[ClosingView]] = defaultdict(list)
    rounds = [row for row in rounds if getattr(row, "ever_closed", True)]
    if not rounds:
        return found
    rows = (
        Closing.objects.filter(round__in=rounds)
        .annotate(counted=Count("lines__submission"), asked=Count("lines"))
        .order_by("number")
    )
    for row in rows:
        found[row.round_id].append(
            ClosingView(
                number=row.number,
                closed_at=row.closed_at,
                counted=row.counted,
                missing=row.asked - row.counted,
                reopened_at=row.reopened_at,
                reason=row.reason,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Below:
    """What a unit that is asked waits for itself, in the round it opened for the period.

    ``expected`` units, of which ``lacking`` have nothing that stands and ``late`` of those are
    past their own day; ``to_check`` versions wait for the unit's decision.
    """

    expected: int
    lacking: int
    late: int
    to_check: int


def waiting_below(viewer: Actor, found: RoundView, on: dt.date) -> dict[int, Below]:
    """unit of a running round -> how far its own round is; nothing for one that opened none.

    For who may read the reports of the round; in as many queries for a hundred units as for one.
    """
    if found.closed_at is not None or not viewer.may("reports.read", found.unit_id):
        return {}
    newest = Submission.objects.filter(
        round_id=OuterRef("round_id"), unit_id=OuterRef("unit_id")
    ).order_by("-number")
    rows = ExpectedReporter.objects.filter(
        round__unit__in=[line.unit_id for line in found.reporters],
        round__period__code=found.period_code,
        excused="",
    ).values_list("round__unit_id", "due_on", Subquery(newest.values("state")[:1]))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for unit_id, due_on, state in rows:
        count = counts[unit_id]
        owes = state in (None, Submission.State.RETURNED)
        count[0] += 1
        count[1] += owes
        count[2] += owes and on > due_on
        count[3] += state == Submission.State.SUBMITTED
    return {unit_id: Below(*count) for unit_id, count in counts.items()}


def dues_of(viewer: Actor, found: RoundView) -> dict[str, dt.date]:
    """level -> by when it hands in, as the round says; for who may read its reports."""
    if not viewer.may("reports.read", found.unit_id):
        return {}
    told = RoundDue.objects.filter(round=found.round_id).values_list("level", "due_on")
    return {line.level: line.due_on for line in found.reporters} | dict(told)


@dataclass(frozen=True, slots=True)
class ReporterLeft:
    """A unit of a round whose figures wait for a hand. ``days_late`` since its last day."""

    name: str
    code: str
    due_on: dt.date
    days_late: int
    number: int  # of its newest version, 0 for none


@dataclass(frozen=True, slots=True)
class RoundToFollow:
    """A round in which something is left to do, and the units by what is left."""

    title: str
    period_code: str
    due_on: dt.date
    expected: int
    accepted: int
    to_check: tuple[ReporterLeft, ...]  # handed in, waiting for a decision
    late: tuple[ReporterLeft, ...]  # nothing that stands, and the last day is past
    awaited: tuple[ReporterLeft, ...]  # nothing that stands yet, still in time


MOST_FOLLOWED = 4  # rounds; older ones with something left stand in the list of reports


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """A round that is closed now, by its newest closing."""

    title: str
    period_code: str
    closed_at: dt.datetime
    closing_id: int


@dataclass(frozen=True, slots=True)
class Followed:
    """The running rounds of a unit with something left, the newest round if it is closed, and of
    which periods there are running rounds or the newest one."""

    rounds: tuple[RoundToFollow, ...]
    period_codes: frozenset[str]
    closed: ClosedRound | None = None


def rounds_to_follow(viewer: Actor, unit_id: int, on: dt.date) -> Followed:
    """The newest running rounds of a unit with a version not accepted, the earliest due first.

    A version that was returned counts as not handed in: the unit owes another.
    """
    if not viewer.may("reports.read", unit_id):
        return Followed((), frozenset())
    rounds: dict[int, list[_Expected]] = {}
    for round_id, *rest in _FOLLOWED.rows(unit_id):
        rounds.setdefault(round_id, []).append(_Expected(*rest))
    every = [_all_named(lines) for lines in rounds.values()]
    closed = _closed(every[0][0]) if every else None
    with_something_left = [
        rows
        for rows in every
        if rows[0].closed_at is None and any(row.state != Submission.State.ACCEPTED for row in rows)
    ][:MOST_FOLLOWED]
    return Followed(
        tuple(sorted((_to_follow(rows, on) for rows in with_something_left), key=_by_due_day)),
        frozenset(rows[0].period_code for rows in every),
        closed,
    )


def _followed(unit_id: int) -> QuerySet[Any, Any]:
    newest = Submission.objects.filter(
        round_id=OuterRef("round_id"), unit_id=OuterRef("unit_id")
    ).order_by("-number")
    states = UnitState.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=OuterRef("round__structure_on")),
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("round__structure_on")),
        unit_id=OuterRef("unit_id"),
    )
    newest_round = Round.objects.filter(unit_id=unit_id).order_by("-period__end", "-pk")
    newest_closing = Closing.objects.filter(round_id=OuterRef("round_id")).order_by("-number")
    return (
        ExpectedReporter.objects.filter(
            Q(round__closed_at=None) | Q(round_id=Subquery(newest_round.values("pk")[:1])),
            round__unit_id=unit_id,
            excused="",
        )
        .order_by("-round__period__end", "-round_id", "due_on", "pk")
        .values_list(
            "round_id",
            "unit_id",
            "round__structure_on",
            "round__title",
            "round__period__code",
            "round__due_on",
            "due_on",
            Subquery(states.values("code")[:1]),
            Subquery(states.values("name")[:1]),
            Subquery(newest.values("state")[:1]),
            Subquery(newest.values("number")[:1]),
            "round__closed_at",
            Subquery(newest_closing.values("pk")[:1]),
        )
    )


_FOLLOWED = Prepared(_followed)


@dataclass(frozen=True, slots=True)
class _Expected:
    unit_id: int
    structure_on: dt.date
    title: str
    period_code: str
    round_due_on: dt.date
    due_on: dt.date
    code: str
    name: str
    state: str | None
    number: int | None
    closed_at: dt.datetime | None
    closing_id: int | None


def _all_named(rows: list[_Expected]) -> list[_Expected]:
    """With the names of units that began or ended since the round's map; then one query more."""
    if all(row.code for row in rows):
        return rows
    names = _named({row.unit_id for row in rows}, rows[0].structure_on)
    return [replace(row, code=names[row.unit_id][0], name=names[row.unit_id][1]) for row in rows]


def _closed(row: _Expected) -> ClosedRound | None:
    if row.closed_at is None or row.closing_id is None:
        return None
    return ClosedRound(row.title, row.period_code, row.closed_at, row.closing_id)


def _by_due_day(found: RoundToFollow) -> dt.date:
    return found.due_on


def _to_follow(rows: list[_Expected], on: dt.date) -> RoundToFollow:
    to_check: list[ReporterLeft] = []
    late: list[ReporterLeft] = []
    awaited: list[ReporterLeft] = []
    for row in rows:
        if row.state == Submission.State.ACCEPTED:
            continue
        days = max(0, (on - row.due_on).days)
        line = ReporterLeft(row.name, row.code, row.due_on, days, row.number or 0)
        group = to_check if row.state == Submission.State.SUBMITTED else late if days else awaited
        group.append(line)
    return RoundToFollow(
        title=rows[0].title,
        period_code=rows[0].period_code,
        due_on=min((line.due_on for line in awaited), default=rows[0].round_due_on),
        expected=len(rows),
        accepted=sum(row.state == Submission.State.ACCEPTED for row in rows),
        to_check=tuple(to_check),
        late=tuple(late),
        awaited=tuple(awaited),
    )


@dataclass(frozen=True, slots=True)
class AskedView:
    """A round in which a unit is expected, and where its own versions stand."""

    round_id: int
    title: str
    asked_by: int
    cut_off: dt.date
    due_on: dt.date
    excused: str
    closed_at: dt.datetime | None
    versions: tuple[tuple[int, str, dt.datetime, str], ...]  # number, state, when, reason


def periods_of_rounds(viewer: Actor, unit_id: int) -> set[str]:
    """The codes of the periods for which a round asks the unit or the unit opened one.

    Nothing without "reports.read" over the unit. One query.
    """
    if not viewer.may("reports.read", unit_id):
        return set()
    rounds = Round.objects.filter(Q(unit_id=unit_id) | Q(expected__unit_id=unit_id))
    return set(rounds.values_list("period__code", flat=True))


def asked_of(viewer: Actor, unit_id: int, period: Period) -> AskedView | None:
    """The round that asks this unit for this period, with the unit's versions, newest first."""
    if not viewer.may("reports.read", unit_id):
        return None
    item = (
        ExpectedReporter.objects.filter(unit_id=unit_id, round__period=period)
        .select_related("round")
        .order_by("excused", "-round_id")  # first the round that asks, if one does
        .first()
    )
    if item is None:
        return None
    versions = Submission.objects.filter(round=item.round, unit_id=unit_id).order_by("-number")
    return AskedView(
        round_id=item.round_id,
        title=item.round.title,
        asked_by=item.round.unit_id,
        cut_off=item.round.cut_off,
        due_on=item.due_on,
        excused=item.excused,
        closed_at=item.round.closed_at,
        versions=tuple((v.number, v.state, v.submitted_at, v.reason) for v in versions),
    )
