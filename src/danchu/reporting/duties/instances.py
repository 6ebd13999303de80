"""One duty at one time: by when it was to be done, whether it was, on which records. Pure.

A unit is never said to have failed what could not be seen: a period that was over before the unit
recorded its first work here is told as not followed, and a period in which the rule or the unit was
not there from the first day to the last is not asked at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from danchu.core.calendar.days import CalendarClass, WorkCalendar
from danchu.core.calendar.words import Phrase
from danchu.core.contracts import DutyRow, Fulfilment, Shape
from danchu.core.errors import Refusal
from danchu.core.law.catalog import Rule
from danchu.core.law.clock import Derivation, derive
from danchu.core.law.events import ClockEvent
from danchu.core.text import english_date, format_date

from .rhythm import Span, last_working_days, span_before, spans_ending

# done; done after its last day; broken off before the least time was full; not done and past its
# last day; still to do; its period has not begun; cannot be told
State = Literal["done", "done_late", "short", "late", "open", "ahead", "unknown"]


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What of a unit decides which duties it has. ``begun``: the day of its first record here.

    ``begins`` None: its beginning is not known; ``ends`` None: it still stands.
    """

    id: int
    level: str
    kind: str
    begins: dt.date | None
    ends: dt.date | None
    begun: dt.date | None

    def stood(self, first: dt.date, last: dt.date) -> bool:
        """Whether the unit stood on every day of [first, last]."""
        return (self.begins is None or self.begins <= first) and (
            self.ends is None or last <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """One duty of one unit at one time.

    ``start`` to ``end``: its period; of a term the day that set it going, twice. ``due_on`` is the
    last day to do it, of a period its last working day; None where the rule sets none.
    ``last_days``: the working days of which none may be lost if nothing more is done before them.
    ``path``: the page where it is done. ``derivation``: how a term was counted, day by day.
    ``broken_off``: it was done, and did not last as long as the law asks; ``unposted``: it was
    done, and hangs nowhere.
    """

    unit_id: int
    rule: Rule
    shape: Shape
    label: Phrase
    start: dt.date
    end: dt.date
    due_on: dt.date | None
    state: State
    done: int = 0
    needed: int = 1
    done_on: dt.date | None = None
    record_ids: tuple[int, ...] = ()
    last_days: tuple[dt.date, ...] = ()
    path: str = ""
    derivation: Derivation | None = None
    broken_off: bool = False
    unposted: bool = False

    @property
    def fails(self) -> bool:
        """Whether the unit is failed by it: a rule that only advises never does (L1)."""
        return self.state in ("late", "short") and self.rule.can_fail

    @property
    def advises(self) -> bool:
        """Whether it is only advised of it, for the text of the rule was not compared yet."""
        return self.state in ("late", "short") and not self.rule.can_fail

    def days_late(self, on: dt.date) -> int:
        """Calendar days since the last day of a term that is not done; of a period that is over
        none are counted, for it cannot be made good."""
        if self.state == "late" and self.shape is Shape.TERM and self.due_on is not None:
            return (on - self.due_on).days
        return 0


@dataclass(frozen=True)
class Judge:
    """By what instances are judged: the calendar and the day; keeps what it has counted once."""

    calendar: WorkCalendar
    on: dt.date
    _days: dict[tuple[Span, CalendarClass, int], tuple[dt.date, ...]] = field(default_factory=dict)
    _terms: dict[tuple[str, dt.date, bool, CalendarClass], Derivation | None] = field(
        default_factory=dict
    )

    def periodic(
        self,
        rule: Rule,
        fulfilment: Fulfilment,
        unit: UnitFacts,
        rows: Sequence[DutyRow],
        spans: Sequence[Span],
        calendar_class: CalendarClass,
    ) -> Iterator[Instance]:
        """The duty in each of the periods in which it was asked of the unit."""
        if fulfilment.of_before:
            yield from self._of_before(rule, fulfilment, unit, rows, spans, calendar_class)
            return
        told = sorted(
            (row.done_on, row.record_id or 0, row.tells_of or row.done_on)
            for row in rows
            if row.done_on is not None and row.done_on <= self.on
        )
        needed = fulfilment.times
        for span in spans:
            if not _whole(rule, span) or not unit.stood(span.start, span.end):
                continue
            days = self._last_days(span, calendar_class, needed)
            if len(days) < needed:
                continue  # a week of holidays
            inside = [one for one in told if span.start <= one[2] <= span.end]
            held = sorted({day for day, _record, _of in inside})
            done = len(held)
            state = self._state(span, done, needed, unit)
            if state == "done" and held[needed - 1] > span.end:
                state = "done_late"
            yield Instance(
                unit.id,
                rule,
                Shape.PERIODIC,
                span.label,
                span.start,
                span.end,
                days[-1],
                state,
                done=done,
                needed=needed,
                done_on=held[needed - 1] if done >= needed else None,
                record_ids=tuple(record for _day, record, _of in inside if record),
                last_days=days[done:] if done < needed else (),
            )

    def _of_before(
        self,
        rule: Rule,
        fulfilment: Fulfilment,
        unit: UnitFacts,
        rows: Sequence[DutyRow],
        spans: Sequence[Span],
        calendar_class: CalendarClass,
    ) -> Iterator[Instance]:
        """In each period what tells of the one before; what came after its period came late."""
        for span in spans:
            days = self._last_days(span, calendar_class, 1)
            if not days or not _whole(rule, span) or not unit.stood(span.start, span.end):
                continue
            told_of = span_before(fulfilment.every, span)
            inside = sorted(
                (row.done_on, row.record_id or 0)
                for row in rows
                if row.done_on is not None
                and row.done_on <= self.on
                and row.tells_of is not None
                and told_of.start <= row.tells_of <= told_of.end
            )
            done_on = inside[0][0] if inside else None
            if done_on is None:
                state = self._state(span, 0, 1, unit)
            else:
                state = "done" if done_on <= span.end else "done_late"
            yield Instance(
                unit.id,
                rule,
                Shape.PERIODIC,
                Phrase(f"của {told_of.label.vi}", f"of {told_of.label.en}"),
                span.start,
                span.end,
                days[-1],
                state,
                done=int(done_on is not None),
                done_on=done_on,
                record_ids=tuple(record for _day, record in inside if record),
                last_days=days if done_on is None else (),
            )

    def _state(self, span: Span, done: int, needed: int, unit: UnitFacts) -> State:
        if done >= needed:
            return "done"
        if self.on < span.start:
            return "ahead"
        if self.on <= span.end:
            return "open"
        return "late" if unit.begun is not None and unit.begun <= span.start else "unknown"

    def _last_days(
        self, span: Span, calendar_class: CalendarClass, number: int
    ) -> tuple[dt.date, ...]:
        key = (span, calendar_class, number)
        if key not in self._days:
            self._days[key] = last_working_days(self.calendar, span, number, calendar_class)
        return self._days[key]

    def term(
        self,
        rule: Rule,
        fulfilment: Fulfilment,
        unit: UnitFacts,
        row: DutyRow,
        calendar_class: CalendarClass,
    ) -> Instance | None:
        """One term; None where the rule was not in force on the day that set it going."""
        event = row.event_on
        if event is None or not rule.applies_on(event):
            return None
        derivation = self._derived(rule, event, fulfilment.posting, calendar_class)
        due = row.due_on or (derivation.due if derivation else None)
        is_minimum = derivation is not None and derivation.sense == "minimum"
        done_on = row.done_on if row.done_on is not None and row.done_on <= self.on else None
        state: State
        if is_minimum:
            state = _least_time(due, done_on, self.on)
        elif done_on is not None:
            state = "done_late" if due is not None and done_on > due else "done"
        else:
            state = "late" if due is not None and self.on > due else "open"
        # What hangs nowhere was made known on this page alone, not as the law has it.
        if done_on is not None and (row.broken_off or (row.unposted and state == "done")):
            state = "short"
        return Instance(
            unit.id,
            rule,
            Shape.TERM,
            Phrase(f"từ ngày {format_date(event)}", f"from {english_date(event)}"),
            event,
            event,
            due,
            state,
            done=int(state in ("done", "done_late")),
            done_on=done_on,
            record_ids=() if row.record_id is None else (row.record_id,),
            last_days=(due,) if due is not None and state == "open" and not is_minimum else (),
            path=row.path,
            derivation=None if row.due_on else derivation,
            broken_off=row.broken_off and done_on is not None,
            unposted=row.unposted and done_on is not None,
        )

    def _derived(
        self, rule: Rule, event: dt.date, posting: bool, calendar_class: CalendarClass
    ) -> Derivation | None:
        key = (rule.key, event, posting, calendar_class)
        if key not in self._terms:
            try:
                found = derive(
                    rule,
                    [ClockEvent("start", event)],
                    self.calendar,
                    calendar_class,
                    posting=posting,
                )
            except Refusal as refusal:
                if refusal.code != "no_days":
                    raise
                found = None
            self._terms[key] = found
        return self._terms[key]

    def standing(self, rule: Rule, unit: UnitFacts, rows: Sequence[DutyRow]) -> Instance | None:
        """Whether something is in force on the day; None where the rule or the unit is not."""
        if not rule.applies_on(self.on) or not unit.stood(self.on, self.on):
            return None
        there = [
            row
            for row in rows
            if row.done_on is not None
            and row.done_on <= self.on
            and (row.until is None or row.until >= self.on)
        ]
        since = min((row.done_on for row in there if row.done_on), default=None)
        state: State = "done" if there else "late" if unit.begun is not None else "unknown"
        return Instance(
            unit.id,
            rule,
            Shape.STANDING,
            Phrase("thường xuyên", "all the time"),
            since or self.on,
            self.on,
            None,
            state,
            done=len(there),
            done_on=since,
            record_ids=tuple(row.record_id for row in there if row.record_id is not None),
        )


def _least_time(due: dt.date | None, ended_on: dt.date | None, on: dt.date) -> State:
    """A least time is kept when it ran to its last full day, and broken off before it is not."""
    if due is None or (ended_on or on) >= due:
        return "done"
    return "open" if ended_on is None else "short"


def _whole(rule: Rule, span: Span) -> bool:
    """Whether the rule was in force on every day of the period."""
    return (rule.applies_from is None or rule.applies_from <= span.start) and (
        rule.applies_to is None or span.end <= rule.applies_to
    )


def spans_asked(
    fulfilments: Sequence[Fulfilment], first: dt.date, last: dt.date, on: dt.date
) -> dict[str, list[Span]]:
    """every -> the periods that end in [first, last], and the one that runs on ``on``."""
    found: dict[str, list[Span]] = {}
    for one in fulfilments:
        if one.shape is not Shape.PERIODIC or one.every in found:
            continue
        spans = spans_ending(one.every, first, last)
        if first <= on <= last and not any(span.start <= on <= span.end for span in spans):
            spans += [
                span
                for span in spans_ending(one.every, on, on + dt.timedelta(days=366))
                if span.start <= on
            ]
        found[one.every] = spans
    return found
