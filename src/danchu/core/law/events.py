"""What happens to a statutory clock: ordered events, checked before anything is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from danchu.core.calendar.days import MOST_DAYS, checked_day
from danchu.core.calendar.words import Phrase, printed
from danchu.core.errors import BadInput

EventKind = Literal["start", "suspend", "resume", "extend", "transfer", "stop"]

EVENT_NAMES: dict[EventKind, Phrase] = {
    "start": Phrase("bắt đầu", "start"),
    "suspend": Phrase("tạm đình chỉ", "suspension"),
    "resume": Phrase("tiếp tục", "resumption"),
    "extend": Phrase("gia hạn", "extension"),
    "transfer": Phrase("chuyển", "transfer"),
    "stop": Phrase("đình chỉ", "termination"),
}


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One act on a clock. ``days`` belongs to an extension, ``number`` is its decision's."""

    kind: EventKind
    date: dt.date
    days: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days from ``first`` up to the day before ``resumed`` do not count."""

    first: dt.date
    resumed: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether the clock stands still on the day."""
        return self.first <= day and (self.resumed is None or day < self.resumed)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one clock in order, sorted by what they do."""

    start: dt.date
    events: tuple[ClockEvent, ...]
    suspensions: tuple[Suspension, ...]
    extensions: tuple[ClockEvent, ...]
    stop: ClockEvent | None

    @property
    def added(self) -> int:
        """The days all extensions add."""
        return sum(event.days for event in self.extensions)


def timeline(events: Sequence[ClockEvent]) -> Timeline:
    """The events in order of their dates; those of one day keep the order they came in.

    Raises ``BadInput`` when there is not exactly one start, when anything comes before it or
    after the stop, when a resumption has no suspension, when one suspension falls into
    another, or when an extension has no days.
    """
    ordered = tuple(sorted(events, key=lambda event: (event.date, event.kind != "start")))
    starts = [event for event in ordered if event.kind == "start"]
    if len(starts) != 1:
        raise _wrong("Đồng hồ cần đúng một ngày bắt đầu.", "A clock needs exactly one start.")
    start = checked_day(starts[0].date)
    suspensions: list[Suspension] = []
    extensions: list[ClockEvent] = []
    since: dt.date | None = None
    stop: ClockEvent | None = None
    for event in ordered:
        day = printed(checked_day(event.date))
        if event.date < start:
            name = EVENT_NAMES[event.kind]
            raise _wrong(
                f"Việc {name.vi} ngày {day} trước ngày bắt đầu {printed(start)}.",
                f"The {name.en} of {day} comes before the start on {printed(start)}.",
            )
        if stop is not None:
            name = EVENT_NAMES[event.kind]
            raise _wrong(
                f"Việc {name.vi} ngày {day} sau khi đã đình chỉ ngày {printed(stop.date)}.",
                f"The {name.en} of {day} comes after the termination on {printed(stop.date)}.",
            )
        match event.kind:
            case "suspend":
                if since is not None:
                    raise _wrong(
                        f"Tạm đình chỉ ngày {day} khi lần tạm đình chỉ từ {printed(since)} chưa "
                        "kết thúc.",
                        f"Suspended on {day} while the suspension of {printed(since)} still runs.",
                    )
                since = event.date
            case "resume":
                if since is None:
                    raise _wrong(
                        f"Tiếp tục ngày {day} nhưng trước đó không có việc tạm đình chỉ.",
                        f"Resumed on {day} with no suspension before it.",
                    )
                if since < event.date:  # resumed the same day: no day was lost
                    suspensions.append(Suspension(since, event.date))
                since = None
            case "extend":
                if not 1 <= event.days <= MOST_DAYS:
                    raise _wrong(
                        f"Gia hạn ngày {day} phải ghi số ngày, từ 1 đến {MOST_DAYS}.",
                        f"The extension of {day} must say its days, from 1 to {MOST_DAYS}.",
                    )
                extensions.append(event)
            case "stop":
                stop = event
    if since is not None:
        suspensions.append(Suspension(since, None))
    return Timeline(start, ordered, tuple(suspensions), tuple(extensions), stop)


def _wrong(vi: str, en: str) -> BadInput:
    return BadInput(vi, en, field="event")
