"""Walking a term day by day, forward or back; each day leaves a row that says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from danchu.core.calendar.days import CalendarClass, DayRow, WorkCalendar, checked_day
from danchu.core.calendar.words import Phrase, printed

from .events import EVENT_NAMES, Suspension, Timeline

Sense = Literal["after", "before", "minimum"]
Unit = Literal["working", "calendar"]
Counted = tuple[dt.date | None, list[DayRow]]
_ONE_DAY = dt.timedelta(days=1)

_COUNTED_ALL_THE_SAME = Phrase("vẫn tính", "counted all the same")
_LAST = Phrase("ngày cuối của thời hạn", "the last day of the term")
_LAST_MOVED = Phrase(
    "ngày cuối trùng ngày nghỉ nên dời sang ngày làm việc kế tiếp",
    "the last day is a day off and moves to the next working day",
)
_LAST_LAWFUL = Phrase("ngày cuối còn kịp theo luật", "the last lawful day")
_LAWFUL_MOVED = Phrase(
    "ngày cuối còn kịp trùng ngày nghỉ nên lùi về ngày làm việc trước đó",
    "the last lawful day is a day off and moves to the working day before",
)
_COMPLETE = Phrase("hết ngày này là đủ số ngày tối thiểu", "with this day the minimum is complete")
_SAME_DAY = Phrase("làm ngay trong ngày", "due the same day")
_STANDS_STILL = Phrase(
    "tạm đình chỉ từ ngày này, chưa tiếp tục", "suspended from this day, not resumed"
)
_BROKEN = Phrase("niêm yết bị gián đoạn, không tính", "the posting was interrupted, not counted")
_POSTED_AGAIN = Phrase(
    "niêm yết lại, ngày đầu không tính", "posted again, the first day is not counted"
)


@dataclass(frozen=True, slots=True)
class Walk:
    """A term on its calendar: the unit its days are counted in and what happened to it."""

    calendar: WorkCalendar
    calendar_class: CalendarClass
    unit: Unit
    line: Timeline

    def forward(self, days: int, sense: Sense, continuous: bool) -> Counted:
        """The day on which ``days`` end and the rows up to it; None while the clock stands still.

        ``continuous`` starts again after each suspension.
        """
        if continuous:
            return self._unbroken(days)
        rows: list[DayRow] = []
        day, counted = self.line.start, 0
        while counted < days:
            day = checked_day(day + _ONE_DAY)
            pause = self._pause(day)
            off = self._off(day)
            if pause is not None:
                rows.append(DayRow(None, day, _paused(pause)))
                if pause.resumed is None:
                    return None, rows
            elif off is not None and self.unit == "working":
                rows.append(DayRow(None, day, off))
            else:
                counted += 1
                rows.append(DayRow(counted, day, self._counted(day, off)))
        if sense == "minimum":
            _add(rows, _COMPLETE)
            return day, rows
        return self._moved_on(day, rows)

    def backward(self, days: int) -> Counted:
        """The last lawful day at least ``days`` before the start, and the rows back to it."""
        rows: list[DayRow] = []
        day, counted = self.line.start, 0
        while counted < days:
            day = checked_day(day - _ONE_DAY)
            off = self._off(day)
            if off is not None and self.unit == "working":
                rows.append(DayRow(None, day, off))
            else:
                counted += 1
                rows.append(DayRow(counted, day, self._counted(day, off)))
        if self._off(day) is None:
            _add(rows, _LAST_LAWFUL)
            return day, rows
        _add(rows, _LAWFUL_MOVED)
        while True:
            day = checked_day(day - _ONE_DAY)
            off = self._off(day)
            if off is None:
                rows.append(DayRow(None, day, self._working(day)))
                _add(rows, _LAST_LAWFUL)
                return day, rows
            rows.append(DayRow(None, day, off))

    def remarked(self, rows: list[DayRow]) -> list[DayRow]:
        """The rows with the acts of their day added to the reason."""
        acts: dict[dt.date, list[Phrase]] = {}
        for event in self.line.events:
            if event.kind in ("start", "suspend"):
                continue  # the first day has no row, and a suspended day says so itself
            name = EVENT_NAMES[event.kind]
            number = f" ({event.number})" if event.number else ""
            more = (
                Phrase(f" thêm {event.days} ngày", f" by {event.days} days")
                if event.kind == "extend"
                else Phrase("", "")
            )
            said = Phrase(f"{name.vi}{more.vi}{number}", f"{name.en}{more.en}{number}")
            acts.setdefault(event.date, []).append(said)
        return [
            DayRow(row.day, row.date, _joined(row.why, *acts.get(row.date, ()))) for row in rows
        ]

    def _moved_on(self, day: dt.date, rows: list[DayRow]) -> Counted:
        """The last day, or the next working day on which the clock runs."""
        pause, off = self._pause(day), self._off(day)
        if pause is None and off is None:
            if rows:
                _add(rows, _LAST)
            else:
                rows.append(DayRow(None, day, _joined(self._working(day), _SAME_DAY)))
            return day, rows
        if rows:
            _add(rows, _LAST_MOVED)
        else:
            rows.append(DayRow(None, day, _paused(pause) if pause else off or _LAST))
        while True:
            if pause is not None and pause.resumed is None:
                return None, rows
            day = checked_day(day + _ONE_DAY)
            pause, off = self._pause(day), self._off(day)
            if pause is None and off is None:
                rows.append(DayRow(None, day, self._working(day)))
                _add(rows, _LAST)
                return day, rows
            rows.append(DayRow(None, day, _paused(pause) if pause else off or _LAST))

    def _unbroken(self, days: int) -> Counted:
        first = self.line.start
        for pause in self.line.suspensions:
            if pause.first > first + dt.timedelta(days=days):
                break
            if pause.resumed is None:
                rows = self._days_lost(checked_day(pause.first))
                rows.append(DayRow(None, pause.first, _STANDS_STILL))
                return None, rows
            first = pause.resumed
        rows = self._days_lost(first)
        if first > self.line.start:
            rows.append(DayRow(None, first, _POSTED_AGAIN))
        for number in range(1, days + 1):
            day = checked_day(first + dt.timedelta(days=number))
            rows.append(DayRow(number, day, self._counted(day, self._off(day))))
        _add(rows, _COMPLETE)
        return first + dt.timedelta(days=days), rows

    def _days_lost(self, until: dt.date) -> list[DayRow]:
        """A row for each day between the start and ``until``, both left out."""
        days = (until - self.line.start).days
        return [
            DayRow(None, self.line.start + dt.timedelta(days=number), _BROKEN)
            for number in range(1, days)
        ]

    def _pause(self, day: dt.date) -> Suspension | None:
        return next((pause for pause in self.line.suspensions if pause.covers(day)), None)

    def _off(self, day: dt.date) -> Phrase | None:
        return self.calendar.why_off(day, self.calendar_class)

    def _working(self, day: dt.date) -> Phrase:
        return self.calendar.why_working(day, self.calendar_class)

    def _counted(self, day: dt.date, off: Phrase | None) -> Phrase:
        if off is None:
            return self._working(day)
        return Phrase(
            f"{off.vi}, {_COUNTED_ALL_THE_SAME.vi}", f"{off.en}, {_COUNTED_ALL_THE_SAME.en}"
        )


def _paused(pause: Suspension) -> Phrase:
    if pause.resumed is None:
        return _STANDS_STILL
    last = pause.resumed - _ONE_DAY
    return Phrase(
        f"tạm đình chỉ từ {printed(pause.first)} đến hết {printed(last)}, không tính",
        f"suspended from {printed(pause.first)} to {printed(last)}, not counted",
    )


def _add(rows: list[DayRow], said: Phrase) -> None:
    row = rows[-1]
    rows[-1] = DayRow(row.day, row.date, _joined(row.why, said))


def _joined(*said: Phrase) -> Phrase:
    return Phrase("; ".join(part.vi for part in said), "; ".join(part.en for part in said))
