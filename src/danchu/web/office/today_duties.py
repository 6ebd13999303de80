"""What the ledger of duties and the matrix of disclosure have for the first page: one number.

Counting it reads a year of records; the page has twelve statements at most. So each process keeps
it for a minute, for each person and unit: the pages it leads to count anew.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict

from danchu.civic.disclosure.selectors import disclosure_matrix
from danchu.core.contracts import Actor
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.duties.ledger import duty_ledger

KEPT_FOR = 60  # seconds
_MOST_KEPT = 2000
_kept: OrderedDict[tuple[int | None, int, dt.date], tuple[float, int]] = OrderedDict()


def forget_duties() -> None:
    """Count anew; for tests."""
    _kept.clear()


def duties_overdue(viewer: Actor, unit: UnitOnDay, day: dt.date) -> int:
    """How many duties of the unit have something overdue or without record this year, as its
    ledger tells them; for a province how many units below owe a disclosure. 0 for who may not
    read the records."""
    if not viewer.may("records.read", unit.id):
        return 0
    key, now = (viewer.actor_id, unit.id, day), time.monotonic()
    kept = _kept.get(key)
    if kept is not None and now < kept[0] + KEPT_FOR:
        return kept[1]
    number = _owing(viewer, unit, day) if unit.level == "province" else _late(viewer, unit, day)
    _kept[key] = now, number
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return number


def _late(viewer: Actor, unit: UnitOnDay, day: dt.date) -> int:
    first, last = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    ledger = duty_ledger(viewer, unit.code, first, last, day)
    return sum(bool(line.counts.late) for line in ledger.lines)


def _owing(viewer: Actor, unit: UnitOnDay, day: dt.date) -> int:
    return disclosure_matrix(viewer, unit.code, str(day.year)).owing
