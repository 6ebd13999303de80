"""Reading receptions and the published schedule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from danchu.core.calendar.days import WorkCalendar
from danchu.core.calendar.selectors import current_calendar
from danchu.core.calendar.words import Phrase
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .models import Reception, ScheduleLine

WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """A reception day with its totals."""

    record_id: int
    public_id: UUID
    unit_id: int
    version: int
    occurred_on: dt.date
    cancelled: bool
    cancel_reason: str
    form: str
    receiver: str
    receiver_post: str
    place: str
    visits: int
    people: int | None
    matters: int | None
    mass_groups: int
    note: str
    written_by: str


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """One line of the schedule as citizens read it.

    ``next_days``: the next working days of it; ``days_off``: the days of it up to the last of
    those on which nobody receives, each with the reason.
    """

    line_id: int
    leader_post: str
    leader_name: str
    rule_vi: str
    rule_en: str
    hours: str
    place: str
    next_days: tuple[dt.date, ...]
    days_off: tuple[tuple[dt.date, Phrase], ...] = ()


def _view(row: Reception) -> ReceptionView:
    record = row.record
    return ReceptionView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        version=record.version,
        occurred_on=record.occurred_on,
        cancelled=record.state == Record.State.CANCELLED,
        cancel_reason=record.cancel_reason,
        form=row.form,
        receiver=row.receiver,
        receiver_post=row.receiver_post,
        place=row.place,
        visits=row.visits,
        people=row.people,
        matters=row.matters,
        mass_groups=row.mass_groups,
        note=row.note,
        written_by=record.author.name if record.author else "",
    )


def reception(viewer: Actor, public_id: UUID) -> ReceptionView:
    """One reception, for who may see it; ``NotFound`` for everybody else."""
    row = (
        Reception.objects.select_related("record__author")
        .filter(
            record__in=visible_records(viewer, kinds=["reception"]), record__public_id=public_id
        )
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy lần tiếp công dân này.", "There is no such reception.")
    return _view(row)


def receptions(
    viewer: Actor,
    *,
    unit_id: int,
    start: dt.date | None = None,
    end: dt.date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[ReceptionView], int]:
    """Receptions of one unit that the viewer may see, newest first, and how many there are."""
    rows = Reception.objects.filter(
        record__in=visible_records(
            viewer, unit_id=unit_id, kinds=["reception"], start=start, end=end
        )
    )
    lines = rows.select_related("record__author").order_by("-record__occurred_on", "-record_id")
    return [_view(row) for row in lines[offset : offset + limit]], rows.count()


def published_schedule(viewer: Actor, unit_id: int, on: dt.date) -> list[ScheduleView]:
    """Who receives citizens when, as published on that day. Public: everybody may read it."""
    rows = [_Line(*row) for row in _SCHEDULE.rows(unit_id, on)]
    calendar = current_calendar() if rows else None
    return [_schedule(row, on, calendar) for row in rows if calendar]


class _Line(NamedTuple):
    """A line of the schedule as :data:`_SCHEDULE` reads it."""

    id: int
    leader_post: str
    leader_name: str
    weekday: int
    weeks: str
    starts_at: dt.time
    ends_at: dt.time
    place: str


_SCHEDULE = Prepared(
    lambda unit_id, on: (
        ScheduleLine.objects.filter(unit_id=unit_id, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("weekday", "starts_at", "id")
        .values_list(*_Line._fields)
    )
)


def _schedule(row: _Line, on: dt.date, calendar: WorkCalendar) -> ScheduleView:
    weeks = tuple(int(week) for week in row.weeks.split(",") if week)
    next_days, days_off = _next_days(row.weekday, weeks, on, calendar)
    listed = ", ".join(str(week) for week in weeks)
    return ScheduleView(
        line_id=row.id,
        leader_post=row.leader_post,
        leader_name=row.leader_name,
        rule_vi=WEEKDAYS_VI[row.weekday]
        + (f" tuần {listed} hằng tháng" if weeks else " hằng tuần"),
        rule_en=(
            f"{WEEKDAYS_EN[row.weekday]} of week {listed} of the month"
            if weeks
            else f"Every {WEEKDAYS_EN[row.weekday]}"
        ),
        hours=f"{_clock(row.starts_at)} đến {_clock(row.ends_at)}",
        place=row.place,
        next_days=next_days,
        days_off=days_off,
    )


def _clock(time: dt.time) -> str:
    return f"{time.hour} giờ {time.minute:02d}" if time.minute else f"{time.hour} giờ"


def _next_days(
    weekday: int, weeks: tuple[int, ...], on: dt.date, calendar: WorkCalendar
) -> tuple[tuple[dt.date, ...], tuple[tuple[dt.date, Phrase], ...]]:
    """The next two days of the rule that are working days, within ten weeks, and those of the
    rule before them that are not.

    Week n of a month holds its n-th such weekday, as schedules are read aloud.
    """
    found: list[dt.date] = []
    off: list[tuple[dt.date, Phrase]] = []
    day = on + dt.timedelta(days=(weekday - on.weekday()) % 7)
    last = on + dt.timedelta(weeks=10)
    while day <= last and len(found) < 2:
        nth = (day.day - 1) // 7 + 1
        if not weeks or nth in weeks:
            why = calendar.why_off(day)
            if why is None:
                found.append(day)
            elif weekday < 5:  # of a line for Saturdays nothing more is to be said
                off.append((day, why))
        day += dt.timedelta(weeks=1)
    return tuple(found), tuple(off)
