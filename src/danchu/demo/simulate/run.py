"""Whether a database may be filled with an invented country, and filling it."""

from __future__ import annotations

import datetime as dt

from danchu.core.accounts.installation import DEMO, LIVE, installation
from danchu.core.calendar.periods import containing, previous
from danchu.core.clock import today
from danchu.core.errors import Conflict, Refusal
from danchu.core.records.models import Record
from danchu.core.units.models import Unit
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.rounds.form_cells import is_asked

from .drawing import Plan
from .in_bulk import Progress, Written, in_bulk
from .plan import SCALES, Time

# The invented map is as old as Law 10/2022, so that years of disclosures can stand on it.
SINCE = dt.date(2023, 7, 1)


def may_be_filled() -> None:
    """Raise a ``Refusal`` unless the database is that of an empty demonstration, or none yet.

    On a live installation nothing invented is ever written. Where a demonstration's units or
    records are, a second set would count beside the first and the same seed would no longer
    give the same database. One whose making was cut off passes: it is emptied first.
    """
    known = installation()
    if known is None or is_half_made():
        return
    if known.mode == LIVE:
        raise Conflict(
            "Đây là bản dùng thật, không sinh dữ liệu mô phỏng. Không có gì thay đổi. "
            "Dùng DANCHU_DATA hoặc DATABASE_URL khác.",
            "This is a live installation; nothing is simulated here. Nothing changed. "
            "Use another DANCHU_DATA or DATABASE_URL.",
        )
    if _is_invented():
        raise Conflict(
            "Cơ sở dữ liệu này đã có dữ liệu minh họa. Không có gì thay đổi. "
            "Dùng DANCHU_DATA hoặc DATABASE_URL khác, còn trống.",
            "This database holds a demonstration already. Nothing changed. "
            "Use another DANCHU_DATA or DATABASE_URL that is empty.",
        )


def _is_invented() -> bool:
    """Whether there is any unit or record of a demonstration."""
    return Unit.objects.filter(is_demo=True).exists() or Record.objects.exists()


def is_half_made() -> bool:
    """Whether a demonstration was begun here and cut off before its end."""
    known = installation()
    return known is not None and known.mode == DEMO and known.demo_state == "loading"


def plan_for(scale: str, seed: int) -> Plan:
    """The plan of a scale ("commune", "province", "nation") over the last half-year that ended."""
    this = next(
        span for span in containing(today()) if span.scheme == "nd09" and span.kind == "half_year"
    )
    half = previous(this)
    if half.end < SINCE:
        raise Refusal(
            "Chưa có kỳ nào kết thúc sau ngày 01/07/2023.",
            "No half-year has ended since 1 July 2023.",
        )
    core = tuple(key for key, meaning in definitions().items() if is_asked(meaning))
    return Plan(SCALES[scale], seed, Time(half, SINCE), core)


def simulate(plan: Plan, progress: Progress | None = None) -> Written:
    """Fill an empty demonstration; :func:`may_be_filled` was asked before."""
    may_be_filled()
    return in_bulk(plan, progress)
