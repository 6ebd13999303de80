"""Reading rounds: who handed in what, who is late, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.units.selectors import units_by_ids

from .models import ExpectedReporter, Round, Submission


@dataclass(frozen=True, slots=True)
class ReporterLine:
    """A unit expected in a round.

    ``state``: missing, late, submitted, returned, accepted or excused.
    """

    unit_id: int
    code: str
    kind: str
    name: str
    due_on: dt.date
    state: str
    number: int
    submission_id: int | None
    submitted_at: dt.datetime | None
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
    due_on: dt.date
    structure_on: dt.date
    reporters: tuple[ReporterLine, ...]

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
    found = Round.objects.filter(unit_id=unit_id, period=period).select_related("period").first()
    return _view(found, on) if found else None


def standing_rounds(viewer: Actor, unit_ids: Collection[int], period: Period) -> set[int]:
    """Those of the units whose own round of the period has at least one version that stands.

    For who may read the unit's figures. Of each reporter the newest version counts; one that
    was returned does not stand.
    """
    readable = [unit_id for unit_id in unit_ids if viewer.may("figures.read", unit_id)]
    newest: dict[tuple[int, int], str] = {}
    rows = Submission.objects.filter(round__unit_id__in=readable, round__period=period)
    for opened_by, unit_id, state in rows.order_by("number").values_list(
        "round__unit_id", "unit_id", "state"
    ):
        newest[opened_by, unit_id] = state
    return {
        opened_by for (opened_by, _), state in newest.items() if state != Submission.State.RETURNED
    }


def rounds_of(viewer: Actor, unit_id: int, on: dt.date) -> list[RoundView]:
    """Every round a unit opened, newest period first."""
    if not viewer.may("reports.read", unit_id):
        return []
    rows = Round.objects.filter(unit_id=unit_id).select_related("period")
    return [_view(row, on) for row in rows.order_by("-period__end")[:20]]


def _view(found: Round, on: dt.date) -> RoundView:
    expected = list(ExpectedReporter.objects.filter(round=found))
    newest: dict[int, Submission] = {}
    for row in Submission.objects.filter(round=found).order_by("number"):
        newest[row.unit_id] = row
    names = units_by_ids([e.unit_id for e in expected], found.structure_on)
    lines = []
    for item in expected:
        last = newest.get(item.unit_id)
        if item.excused:
            state = "excused"
        elif last is not None:
            state = last.state
        else:
            state = "late" if on > item.due_on else "missing"
        unit = names[item.unit_id]
        lines.append(
            ReporterLine(
                unit_id=item.unit_id,
                code=unit.code,
                kind=unit.kind,
                name=unit.name,
                due_on=item.due_on,
                state=state,
                number=last.number if last else 0,
                submission_id=last.pk if last else None,
                submitted_at=last.submitted_at if last else None,
                reason=item.excused or (last.reason if last else ""),
            )
        )
    lines.sort(key=lambda line: line.code)
    return RoundView(
        round_id=found.pk,
        unit_id=found.unit_id,
        title=found.title,
        letter=found.letter,
        period_code=found.period.code,
        cut_off=found.cut_off,
        due_on=found.due_on,
        structure_on=found.structure_on,
        reporters=tuple(lines),
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
    versions: tuple[tuple[int, str, dt.datetime, str], ...]  # number, state, when, reason


def asked_of(viewer: Actor, unit_id: int, period: Period) -> AskedView | None:
    """The round that asks this unit for this period, with the unit's versions, newest first."""
    if not viewer.may("reports.read", unit_id):
        return None
    item = (
        ExpectedReporter.objects.filter(unit_id=unit_id, round__period=period)
        .select_related("round")
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
        versions=tuple((v.number, v.state, v.submitted_at, v.reason) for v in versions),
    )
