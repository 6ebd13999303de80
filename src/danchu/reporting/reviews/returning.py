"""Returning figures of which a report is issued already: an amendment is proposed at once.

The return itself is that of ``rounds.services``; here the units whose issued report stands on
the returned figures get the task to amend it, in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.text import format_date
from danchu.core.units.selectors import address_code, units_by_ids
from danchu.core.work.services import assign
from danchu.reporting.rounds.closing import reopen_round
from danchu.reporting.rounds.commenting import Cell
from danchu.reporting.rounds.models import Submission
from danchu.reporting.rounds.services import return_submission

from .frozen import sign_of
from .in_force import reports_in_force


@dataclass(frozen=True, slots=True)
class ToAmend:
    """An issued report that stands on figures just returned. ``path``: where it is amended."""

    unit: str
    sign: str
    issued_on: dt.date
    path: str


def amendment_task(unit_id: int, period_id: int) -> str:
    """The key of the task to amend the report of a unit and period."""
    return f"report.amend:{unit_id}:{period_id}"


def return_version(
    *,
    actor: Actor,
    submission_id: int,
    reason: str,
    comments: Mapping[Cell, str] | None = None,
    seen: str = "",
) -> list[ToAmend]:
    """Return a version as ``return_submission`` does; the issued reports to be amended for it.

    They are the unit's own and that of who asked for the figures, where one is in force.
    """
    with acting_as(actor):
        row = Submission.objects.filter(pk=submission_id).select_related("round__period").first()
        due = _propose({row.unit_id, row.round.unit_id}, row.round.period) if row else []
        return_submission(
            actor=actor, submission_id=submission_id, reason=reason, comments=comments, seen=seen
        )
    return due


def reopen_for_amendment(
    *, actor: Actor, round_id: int, reason: str, units: Sequence[int] = ()
) -> list[ToAmend]:
    """Open a closed round again as ``reopen_round`` does; the issued reports to be amended."""
    with acting_as(actor):
        row = reopen_round(actor=actor, round_id=round_id, reason=reason, units=units)
        # With the round held: a report that was issued just now is among them.
        return _propose({row.unit_id, *units}, row.period)


def _propose(unit_ids: Collection[int], period: Period) -> list[ToAmend]:
    """Give each of these units with a report in force the task to amend it."""
    in_force = reports_in_force().filter(unit_id__in=unit_ids, period=period).order_by("unit_id")
    names = units_by_ids({row.unit_id for row in in_force}, period.end)
    found = []
    for row in in_force:
        assert row.issued_on is not None
        code = address_code(row.unit_id, period.end)
        told = ToAmend(
            unit=names[row.unit_id].name,
            sign=sign_of(row),
            issued_on=row.issued_on,
            path=f"/office/bao-cao/{code}/{period.code}/ban-chot/",
        )
        assign(
            key=amendment_task(row.unit_id, period.pk),
            unit_id=row.unit_id,
            kind="report.amend",
            title=f"Lập báo cáo đính chính: Báo cáo số {told.sign} ngày "
            f"{format_date(told.issued_on)}, có số liệu đã được trả lại",
            starts_on=today(),
            due_on=None,
            path=told.path,
        )
        found.append(told)
    return found
