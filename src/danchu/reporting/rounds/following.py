"""Rounds with something left to do, for the first page of the office that opened them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import UnitState
from danchu.core.units.selectors.validity import in_force

from .models import Closing, ExpectedReporter, Round, Submission
from .names import named_on


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
        in_force(OuterRef("round__structure_on")),
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
    names = named_on({row.unit_id for row in rows}, rows[0].structure_on)
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
