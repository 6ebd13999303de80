"""Units that need a hand: by what is open there and for how long. Never a ranking.

What is open is handed in by the face, from the kinds of work; reports come from the round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from danchu.core.clock import today

from .below import Below
from .selectors import Overview


class OpenWork(Protocol):
    """What waits in one unit, as a kind of work tells it. ``path``: in the State's tree."""

    @property
    def path(self) -> str: ...
    @property
    def waiting(self) -> int: ...
    @property
    def late(self) -> int: ...
    @property
    def since(self) -> dt.date: ...


@dataclass(frozen=True, slots=True)
class Need:
    """What is open in a unit below with all under it.

    ``waiting`` cases, ``late`` of them past the day promised, the oldest ``days`` old; and
    where its report stands: a state of ``rounds.standing.Asked``, "" where no round asks it,
    ``days_late`` since its day.
    """

    unit: Below
    waiting: int
    late: int
    days: int
    report: str
    days_late: int


_IN_NEED = ("late", "returned")


@dataclass(frozen=True, slots=True)
class Needs:
    """``lines``: most past their day first, then the longest waiting. ``own``: what waits in
    the unit itself, below nobody."""

    lines: tuple[Need, ...]
    own: int
    on: dt.date


def needs_of(found: Overview, open_work: Iterable[OpenWork], on: dt.date) -> Needs:
    """The units directly below in which something was open on ``on``, or whose report is late
    now or was returned.

    Of a unit the overview does not show nothing is told. A report still in time is no need.
    """
    units = {tile.unit.unit_id: tile.unit for tile in found.tiles}
    waiting: dict[int, list[OpenWork]] = {}
    own = 0
    for work in open_work:
        child = work.path[len(found.path) :].partition("/")[0]
        if not child:
            own += work.waiting
        elif int(child) in units:
            waiting.setdefault(int(child), []).append(work)
    reports = {line.unit_id: line for line in found.asked}
    lines = []
    for unit_id, unit in units.items():
        works, report = waiting.get(unit_id, []), reports.get(unit_id)
        if not works and (report is None or report.state not in _IN_NEED):
            continue
        lines.append(
            Need(
                unit,
                sum(work.waiting for work in works),
                sum(work.late for work in works),
                max(((on - work.since).days for work in works), default=0),
                report.state if report else "",
                report.days_late(today()) if report else 0,
            )
        )
    lines.sort(key=lambda need: (-need.late, -need.days, -need.waiting, -need.days_late))
    return Needs(tuple(lines), own, on)
