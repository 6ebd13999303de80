"""One version of a unit's figures as it is checked: value by value beside the version before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.checks.running import CheckedValue, Finding, run_checks
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import Value, definitions, sums_below, values

from .comments import Comment, by_indicator, comments_on
from .form import period_before, printed_before
from .models import ExpectedReporter, Submission, SubmissionValue


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One indicator of the version; amounts in its smallest unit.

    ``before``: state and amount in the version before; None where that had no such line.
    ``last_year``: the same period a year before, as printed; "" where nothing is known.
    ``comments``: what was said of the indicator on earlier versions and on this one.
    """

    meaning: Definition
    state: str
    amount: int | None
    recorded: int | None
    reason: str
    before: tuple[str, int | None] | None
    last_year: str
    comments: tuple[Comment, ...]

    @property
    def changed(self) -> bool:
        """Whether the version before said something else."""
        return self.before is not None and self.before != (self.state, self.amount)

    @property
    def differs(self) -> bool:
        """Whether it says something else than the records did that day."""
        return self.recorded is not None and (self.recorded or 0) != (self.amount or 0)

    @property
    def is_noted(self) -> bool:
        """Whether it asks for a look: other than the records, with a reason, changed or
        commented on."""
        return self.differs or self.changed or bool(self.reason or self.comments)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version with the round that asked for it."""

    round_id: int
    asked_by: int  # the unit that opened the round and decides
    title: str
    cut_off: dt.date
    due_on: dt.date
    closed_at: dt.datetime | None
    submission_id: int
    number: int
    newest: int
    state: str
    submitted_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    reason: str
    last_year: str  # code of the period compared with; "" when none is known
    sections: tuple[tuple[str, tuple[VersionLine, ...]], ...]

    @property
    def lines(self) -> tuple[VersionLine, ...]:
        """Every line in order."""
        return tuple(line for _section, lines in self.sections for line in lines)

    @property
    def may_be_decided(self) -> bool:
        """Whether it can still be accepted or returned."""
        return (
            self.closed_at is None
            and self.number == self.newest
            and self.state != Submission.State.RETURNED
        )


def version_of(
    viewer: Actor, unit_id: int, period: Period, number: int | None = None
) -> VersionView | None:
    """A version the unit handed in for the period, the newest unless ``number`` says which.

    For who may read the unit's reports; None otherwise and where there is no such version.
    """
    if not viewer.may("reports.read", unit_id):
        return None
    asked = (
        ExpectedReporter.objects.filter(unit_id=unit_id, round__period=period)
        .select_related("round", "unit")
        .order_by("excused", "-round_id")  # first the round that asks, if one does
        .first()
    )
    if asked is None:
        return None
    versions = list(
        Submission.objects.filter(round=asked.round, unit_id=unit_id)
        .select_related("decided_by")
        .order_by("number")
    )
    found = next((v for v in reversed(versions) if number is None or v.number == number), None)
    if found is None:
        return None
    earlier = next((v for v in versions if v.number == found.number - 1), None)
    comments = comments_on(viewer, asked.round_id, unit_id)
    said = [comment for comment in comments if comment.number <= found.number]
    a_year_ago = period_before(period)
    level = asked.unit.level
    known = values(viewer, unit_id, a_year_ago, level=level) if a_year_ago else {}
    return VersionView(
        round_id=asked.round_id,
        asked_by=asked.round.unit_id,
        title=asked.round.title,
        cut_off=asked.round.cut_off,
        due_on=asked.due_on,
        closed_at=asked.round.closed_at,
        submission_id=found.pk,
        number=found.number,
        newest=versions[-1].number,
        state=found.state,
        submitted_at=found.submitted_at,
        decided_by=found.decided_by.name if found.decided_by else "",
        decided_at=found.decided_at,
        reason=found.reason,
        last_year=a_year_ago.code if a_year_ago else "",
        sections=_sections(found, earlier, said, known),
    )


def _sections(
    version: Submission,
    earlier: Submission | None,
    comments: Iterable[Comment],
    known: dict[tuple[str, str, str], Value],
) -> tuple[tuple[str, tuple[VersionLine, ...]], ...]:
    now = _values(version)
    before = _values(earlier) if earlier else {}
    said = by_indicator(comments)
    found: dict[str, list[VersionLine]] = defaultdict(list)
    for key, meaning in definitions().items():
        row, old = now.get(key), before.get(key)
        if row is None and old is None:
            continue
        found[meaning.section].append(
            VersionLine(
                meaning=meaning,
                state=row.state if row else CellState.MISSING,
                amount=row.amount if row else None,
                recorded=row.recorded_amount if row else None,
                reason=row.reason if row else "",
                before=(old.state, old.amount) if old else None,
                last_year=printed_before(meaning, known),
                comments=tuple(said.get(key, ())),
            )
        )
    return tuple((section, tuple(lines)) for section, lines in found.items())


def _values(version: Submission) -> dict[str, SubmissionValue]:
    rows = SubmissionValue.objects.filter(submission=version, dimension="")
    return {row.indicator.key: row for row in rows.select_related("indicator")}


def findings_on_version(
    viewer: Actor, unit_id: int, period: Period, version: VersionView
) -> list[Finding]:
    """The rules that the version breaks, those that would hold it back first.

    Needs ``figures.read`` over the unit.
    """
    below = sums_below(viewer, unit_id, period)
    handed_in = {
        line.meaning.key: CheckedValue(
            line.state,
            line.amount,
            # A nought beside the value may be the unit's own earlier word, which is no record.
            line.recorded or None,
            line.reason,
            below[line.meaning.key].amount if line.meaning.key in below else None,
        )
        for line in version.lines
    }
    found = run_checks(viewer, unit_id, period, handed_in)
    return sorted((f for f in found if f.fired), key=lambda finding: not finding.holds_back)
