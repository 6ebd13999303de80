"""How a posting stands on a day: the clock's days, its interruptions, what is still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from danchu.core.errors import Refusal
from danchu.core.law.clock import Derivation
from danchu.core.law.events import ClockEvent
from danchu.core.law.selectors import deadline

from .rules import calendar_class

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a posting was not to be read, both inclusive; ``to_on`` None: it still is."""

    from_on: dt.date
    to_on: dt.date | None
    reason: str = ""


def gap_on(gaps: Iterable[Gap], ends_on: dt.date | None, on: dt.date) -> Gap | None:
    """The interruption in which a posting that was not taken down by ``on`` is on that day."""
    if ends_on is not None and ends_on <= on:
        return None
    found = [one for one in gaps if one.from_on <= on and (one.to_on is None or one.to_on >= on)]
    return max(found, key=lambda one: one.from_on, default=None)


def posting_derivation(
    rule_key: str, kind: str, starts_on: dt.date, gaps: Iterable[Gap]
) -> Derivation | None:
    """The least time of a posting, day by day; each interruption starts the count again.

    None where the rule in force on ``starts_on`` sets no days of posting.
    """
    events = [ClockEvent("start", starts_on)]
    for gap in gaps:
        events.append(ClockEvent("suspend", gap.from_on))
        if gap.to_on is not None:
            events.append(ClockEvent("resume", gap.to_on + _ONE_DAY))
    try:
        return deadline(rule_key, events, calendar_class(kind), posting=True)
    except Refusal as refusal:
        if refusal.code in ("no_days", "not_in_force"):
            return None
        raise


State = Literal["hanging", "complete", "interrupted", "taken_early", "taken_down", "not_yet"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a posting stands on a day: ``day`` of ``of`` consecutive days (0 on the first).

    ``state``: "hanging", "interrupted" (not to be read that day), "complete" (the least days are
    over), "taken_early" (taken down before), "taken_down" (no least days were set), "not_yet".
    ``until``: the day that completes it. ``of`` None: no least days, or permanent.
    """

    state: State
    day: int
    of: int | None
    until: dt.date | None
    gaps: tuple[Gap, ...] = ()

    @property
    def left(self) -> int | None:
        """Days still to hang; None where there are none to count."""
        return None if self.of is None else max(0, self.of - self.day)


def standing(
    *,
    starts_on: dt.date,
    ends_on: dt.date | None,
    least_days: int | None,
    complete_on: dt.date | None,
    permanent: bool,
    gaps: Sequence[Gap],
    on: dt.date,
) -> Standing:
    """How a posting stands on ``on``; its days are those the clock counted."""
    told = tuple(gap for gap in gaps if gap.from_on <= on)
    if on < starts_on:
        return Standing("not_yet", 0, least_days, complete_on)
    last = min(on, ends_on) if ends_on is not None else on
    done = complete_on is not None and complete_on <= last
    begun = starts_on
    for gap in told:
        if complete_on is not None and gap.from_on > complete_on:
            break
        begun = last if gap.to_on is None else gap.to_on + _ONE_DAY
    day = max(0, (last - begun).days)
    if least_days is not None:
        day = least_days if done else min(day, least_days)
    now_gone = any(gap.to_on is None or gap.to_on >= on for gap in told)
    if done and not permanent:
        state: State = "complete"
    elif ends_on is not None and on >= ends_on:
        # It was written down as taken down: on that day too it is so told everywhere.
        state = "taken_early" if least_days is not None else "taken_down"
    else:
        state = "interrupted" if now_gone else "hanging"
    return Standing(state, day, least_days, complete_on, told)
