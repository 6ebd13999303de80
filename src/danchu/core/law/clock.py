"""The statutory clock: a deadline is a derivation, not a date (DESIGN decision 8).

Pure. The rules of counting, as the interface promises them:

- the first day is not counted;
- a last day that is not a working day moves to the next one, in working and calendar days;
- days from a suspension up to the day before the resumption are not counted;
- an extension adds its days in the rule's unit, and only the last day of the whole is moved;
- a minimum time *before* an event is counted back from it, and a last lawful day that is a
  day off moves to the working day before;
- a minimum duration ends with its last full day and is not moved;
- posting has to be unbroken ("liên tục"), so an interruption starts its count again;
- a transfer is recorded and changes nothing: no rule of the catalogue says that it does, the
  receiver's own term is a clock of its own, and until acceptance the sender stays answerable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from danchu.core.calendar.days import (
    CalendarClass,
    DayCount,
    DayRow,
    WorkCalendar,
    checked_count,
)
from danchu.core.calendar.words import Phrase, printed
from danchu.core.errors import BadInput, Refusal

from .catalog import Catalogue, Rule, not_in_force
from .counting import Sense, Unit, Walk
from .events import ClockEvent, Timeline, timeline
from .words import period_name


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a due day came about, day by day. ``due`` is None while the clock stands still.

    ``days`` counts extensions; the numbers of ``rows`` run from 1 to ``days``. Rows without a
    number were passed over. ``sense`` says whether ``due`` is the last day after the start,
    the last lawful day before an event, or the end of a minimum duration.
    """

    rule: Rule
    from_: dt.date
    due: dt.date | None
    sense: Sense
    unit: Unit
    days: int
    calendar_class: CalendarClass
    calendar_version: int
    events: tuple[ClockEvent, ...]
    rows: tuple[DayRow, ...]
    warnings: tuple[Phrase, ...]

    def day_on(self, today: dt.date) -> DayCount:
        """Day N of M on a day, suspended days left out (for a clock that runs forward)."""
        day = max((row.day for row in self.rows if row.day and row.date <= today), default=0)
        late = (today - self.due).days if self.due is not None and today > self.due else 0
        return DayCount(day, self.days, late)

    def as_json(self, language: str) -> dict[str, Any]:
        """The document of ``danchu deadline --json`` (INTERFACE), sentences in ``language``."""
        return {
            "rule": self.rule.key,
            "from": self.from_,
            "due": self.due,
            "unit": self.unit,
            "sense": self.sense,
            "days": self.days,
            "calendar": self.calendar_class,
            "calendar_version": self.calendar_version,
            "basis": {
                "instrument": self.rule.instrument.key,
                "number": self.rule.instrument.number or None,
                "article": self.rule.article or None,
                "text_basis": self.rule.basis,
                "text_basis_words": self.rule.basis_words().said(language),
                "rule_version": self.rule.version,
            },
            "events": [
                {
                    "kind": event.kind,
                    "date": event.date,
                    **({"days": event.days} if event.kind == "extend" else {}),
                    **({"number": event.number} if event.number else {}),
                }
                for event in self.events
            ],
            "derivation": [
                {"day": row.day, "date": row.date, "why": row.why.said(language)}
                for row in self.rows
            ],
            "warnings": [warning.said(language) for warning in self.warnings],
        }


def derive(
    rule: Rule,
    events: Sequence[ClockEvent],
    calendar: WorkCalendar,
    calendar_class: CalendarClass = "public",
    remote: bool = False,
    complex: bool = False,
    *,
    posting: bool = False,
) -> Derivation:
    """The due day of a rule from its events, with every day that leads to it.

    ``events`` hold exactly one start: what sets the term going, or, for a minimum time before
    an event, that event. ``remote`` and ``complex`` take the days of the rule's ``days_if``.
    ``posting`` asks for the least time of posting of a rule that also has a deadline.

    Raises ``BadInput`` for events that contradict each other and ``Refusal`` for a rule not in
    force on the start (ask ``Catalogue.rule_on`` first, which names the rule of that day) or
    one that sets no days.
    """
    line = timeline(events)
    if not rule.applies_on(line.start):
        raise not_in_force(rule, line.start)
    warnings: list[Phrase] = []
    base, sense, unit = _term(rule, remote, complex, posting, warnings)
    days = checked_count(base + line.added)
    walk = Walk(calendar, calendar_class, unit, line)
    continuous = sense == "minimum" and (posting or rule.deadline_days is None)
    if sense == "before":
        _refuse_events(rule, line)
        due, rows = walk.backward(days)
    else:
        due, rows = walk.forward(days, sense, continuous)
        warnings += _about_extensions(rule, base, walk, sense, continuous)
        warnings += _about_events(line, due, continuous)
    if line.stop is not None and (due is None or line.stop.date <= due):
        due, rows = None, [row for row in rows if row.date <= line.stop.date]
        warnings.append(
            Phrase(
                f"Thời hạn chấm dứt do đình chỉ ngày {printed(line.stop.date)}.",
                f"The term ended with the termination of {printed(line.stop.date)}.",
            )
        )
    dates = [line.start, *(row.date for row in rows)]
    warnings += calendar.remarks(min(dates), max(dates), calendar_class)
    return Derivation(
        rule, line.start, due, sense, unit, days, calendar_class, calendar.version,
        line.events, tuple(walk.remarked(rows)), tuple(warnings),
    )  # fmt: skip


def deadline_in(
    catalogue: Catalogue,
    calendar: WorkCalendar,
    key: str,
    events: Sequence[ClockEvent],
    calendar_class: CalendarClass = "public",
    *,
    remote: bool = False,
    complex: bool = False,
    posting: bool = False,
) -> Derivation:
    """The derivation under the rule of a catalogue that was in force on the start.

    Raises what ``Catalogue.rule_on`` and ``derive`` raise.
    """
    rule = catalogue.rule_on(key, timeline(events).start)
    return derive(rule, events, calendar, calendar_class, remote, complex, posting=posting)


def _term(
    rule: Rule, remote: bool, complex_: bool, posting: bool, warnings: list[Phrase]
) -> tuple[int, Sense, Unit]:
    """The rule's days before any extension, what kind of term they make and their unit."""
    if rule.date_confidence == "recalled":
        warnings.append(
            Phrase(
                "Mốc áp dụng của quy tắc này là nhớ lại hoặc suy ra, cần đối chiếu.",
                "The dates of validity of this rule are recalled or inferred; check them.",
            )
        )
    elif rule.applies_from is None:
        warnings.append(
            Phrase(
                "Chưa xác lập được ngày bắt đầu áp dụng của quy tắc này.",
                "The day from which this rule applies is not established.",
            )
        )
    if rule.period.endswith("hours"):
        warnings.append(
            Phrase(
                f"Hạn gốc tính bằng giờ ({period_name(rule.period).vi}); ngày ở đây chỉ "
                "để theo dõi.",
                f"The term itself is in hours ({rule.period}); the day is for planning only.",
            )
        )
    if posting or rule.deadline_days is None or rule.deadline_unit is None:
        if rule.posting_days is None:
            raise _no_days(rule, posting)
        return (
            _choose(rule, rule.posting_days, {}, remote, complex_, warnings),
            "minimum",
            "calendar",
        )
    days = _choose(rule, rule.deadline_days, dict(rule.days_if), remote, complex_, warnings)
    match rule.deadline_unit:
        case "working" | "calendar":
            return days, "after", rule.deadline_unit
        case "working_before":
            return days, "before", "working"
        case "calendar_before":
            return days, "before", "calendar"
        case "calendar_min":
            return days, "minimum", "calendar"


def _choose(
    rule: Rule,
    base: int,
    days_if: dict[str, int],
    remote: bool,
    complex_: bool,
    warnings: list[Phrase],
) -> int:
    """The days under the conditions asked for; a condition without days of its own is said."""
    if rule.variant_of:
        complex_ = False  # the rule is the complex case already
    if remote and complex_ and "complex_remote" in days_if:
        return days_if["complex_remote"]
    chosen = base
    for asked, key, vi, en in (
        (complex_, "complex", "vụ việc phức tạp", "complex matters"),
        (remote, "remote", "vùng sâu, vùng xa", "remote areas"),
    ):
        if asked and key in days_if:
            chosen = max(chosen, days_if[key])
        elif asked:
            warnings.append(
                Phrase(
                    f"Quy tắc {rule.key} không có số ngày riêng cho {vi}; số ngày giữ nguyên.",
                    f"The rule {rule.key} has no days of its own for {en}; its days stand.",
                )
            )
    return chosen


def _no_days(rule: Rule, posting: bool) -> Refusal:
    if posting:
        return Refusal(
            f"Quy tắc {rule.key} không đặt số ngày niêm yết.",
            f"The rule {rule.key} sets no days of posting.",
            code="no_days",
        )
    return Refusal(
        f"Quy tắc {rule.key} “{rule.title_vi}” không đặt số ngày nên không tính được hạn."
        + (f" Kỳ hạn của nó: {period_name(rule.period).vi}." if rule.period else ""),
        f"The rule {rule.key} “{rule.title_en}” sets no number of days, so it has no due day."
        + (f" Its rhythm: {rule.period}." if rule.period else ""),
        code="no_days",
    )


def _refuse_events(rule: Rule, line: Timeline) -> None:
    if len(line.events) > 1:
        raise BadInput(
            f"Quy tắc {rule.key} đếm ngược từ ngày diễn ra sự kiện, nên không tạm đình chỉ, gia "
            "hạn, chuyển hay đình chỉ được.",
            f"The rule {rule.key} counts back from an event; it cannot be suspended, extended, "
            "transferred or terminated.",
            field="event",
        )


def _about_extensions(
    rule: Rule, base: int, walk: Walk, sense: Sense, continuous: bool
) -> list[Phrase]:
    """What the law does not provide for in the extensions; they are counted all the same."""
    said: list[Phrase] = []
    extensions = walk.line.extensions
    if extensions and rule.extend_max is None:
        said.append(
            Phrase(
                f"Quy tắc {rule.key} không quy định việc gia hạn; số ngày gia hạn vẫn được tính.",
                f"The rule {rule.key} does not provide for an extension; it was counted all the "
                "same.",
            )
        )
    if rule.extend_times is not None and len(extensions) > rule.extend_times:
        said.append(
            Phrase(
                f"Gia hạn {len(extensions)} lần, quy tắc cho tối đa {rule.extend_times} lần.",
                f"Extended {len(extensions)} times; the rule allows {rule.extend_times} at most.",
            )
        )
    so_far = base
    for event in extensions:
        if rule.extend_max is not None and event.days > rule.extend_max:
            said.append(
                Phrase(
                    f"Gia hạn ngày {printed(event.date)} thêm {event.days} ngày, quy tắc cho tối "
                    f"đa {rule.extend_max} ngày mỗi lần.",
                    f"The extension of {printed(event.date)} is for {event.days} days; the rule "
                    f"allows {rule.extend_max} at a time.",
                )
            )
        before, _ = walk.forward(so_far, sense, continuous)
        if before is not None and event.date > before:
            said.append(
                Phrase(
                    f"Gia hạn ngày {printed(event.date)}, sau khi đã hết hạn ngày "
                    f"{printed(before)}.",
                    f"The extension of {printed(event.date)} came after the term had ended on "
                    f"{printed(before)}.",
                )
            )
        so_far += event.days
    return said


def _about_events(line: Timeline, due: dt.date | None, continuous: bool) -> list[Phrase]:
    said: list[Phrase] = []
    for pause in line.suspensions:
        day = printed(pause.first)
        if due is not None and pause.first > due:
            said.append(
                Phrase(
                    f"Việc tạm đình chỉ ngày {day} sau khi đã hết hạn, không làm đổi thời hạn.",
                    f"The suspension of {day} came after the term had ended and changes nothing.",
                )
            )
        elif pause.resumed is None:
            said.append(
                Phrase(
                    f"Đã tạm đình chỉ từ {day} và chưa tiếp tục: đồng hồ đang đứng, chưa có ngày "
                    "hết hạn.",
                    f"Suspended since {day} and not resumed: the clock stands still, there is no "
                    "due day yet.",
                )
            )
        elif continuous:
            said.append(
                Phrase(
                    f"Niêm yết bị gián đoạn ngày {day}: phải liên tục nên đếm lại từ "
                    f"{printed(pause.resumed)}.",
                    f"The posting was interrupted on {day}: it must be unbroken, so the count "
                    f"starts again on {printed(pause.resumed)}.",
                )
            )
    for event in line.events:
        if event.kind == "transfer":
            said.append(
                Phrase(
                    f"Việc chuyển ngày {printed(event.date)} được ghi lại và không làm đổi thời "
                    "hạn này; thời hạn của nơi nhận tính riêng từ ngày nhận.",
                    f"The transfer of {printed(event.date)} is recorded and does not change this "
                    "term; the receiver's own term runs from the day of receipt.",
                )
            )
        elif event.kind == "stop" and due is not None and event.date > due:
            said.append(
                Phrase(
                    f"Đình chỉ ngày {printed(event.date)}, sau khi đã hết hạn.",
                    f"Terminated on {printed(event.date)}, after the term had ended.",
                )
            )
    return said
