"""Reading rounds: who handed in what, who is late, what is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor

from .models import Closing, ExpectedReporter, Round, RoundDue, Submission
from .names import named_on
from .which_stand import newest_number


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
    def returned(self) -> tuple[ReporterLine, ...]:
        """Units that handed in, had their version sent back and owe another."""
        return tuple(r for r in self.reporters if r.state == "returned")

    @property
    def handed_in(self) -> int:
        """How many units handed in a version at all, those returned among them."""
        return len(self.standing) + len(self.returned)

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
    for row in Submission.objects.filter(round__in=rounds, number=newest_number()):
        newest[row.round_id, row.unit_id] = row
    names: dict[dt.date, dict[int, tuple[str, str, str]]] = {}
    for day in {found.structure_on for found in rounds}:
        units = {e.unit_id for r in rounds if r.structure_on == day for e in expected[r.pk]}
        names[day] = named_on(units, day)
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
