"""Working days and why a day is off: pure functions on an immutable calendar (FEATURES U6).

Two classes of employer read the same calendar. The public sector keeps public holidays,
swapped days off and their make-up days; an enterprise keeps the public holidays of the
Labour Code only, for the swap of days is decided for officials and public employees.
Saturday and Sunday are off for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from danchu.core.errors import BadInput

from .words import Phrase, printed, weekday

CalendarClass = Literal["public", "enterprise"]
DayKind = Literal["holiday", "swap_off", "work", "ordinary"]
CALENDAR_CLASSES: tuple[CalendarClass, ...] = get_args(CalendarClass)

# Nothing this system answers for lies outside; a slip of the keyboard often does.
FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2199, 12, 31)
MOST_DAYS = 10_000

# The public holidays that fall on the same date every year (Labour Code 2012 Article 115,
# Labour Code 2019 Article 112): a year for which one is missing has no calendar yet.
_FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Special:
    """A day that is not what its weekday says. ``certainty`` is "sure" once it is published."""

    date: dt.date
    kind: DayKind
    name_vi: str
    name_en: str = ""
    basis: str = ""
    certainty: str = "sure"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of a derivation. ``day`` is the number of a counted day, None if not counted."""

    day: int | None
    date: dt.date
    why: Phrase


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day passed over because it is off, and why."""

    date: dt.date
    why_vi: str
    why_en: str


@dataclass(frozen=True, slots=True)
class WorkdayResult:
    """The day on which ``n`` working days after (before, if negative) ``from_`` end."""

    from_: dt.date
    n: int
    date: dt.date
    rows: tuple[DayRow, ...]
    calendar_version: int
    warnings: tuple[Phrase, ...]

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days off between the two dates, in the order of the count."""
        return tuple(Skipped(r.date, r.why.vi, r.why.en) for r in self.rows if r.day is None)


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """One version of the calendar: what is known of each special day. It never changes."""

    version: int
    days: Mapping[dt.date, Special]

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    def knows_year(self, year: int) -> bool:
        """Whether the holidays of that year were entered (its fixed ones are all there)."""
        return all(
            (special := self.days.get(dt.date(year, month, day))) is not None
            and special.kind == "holiday"
            for month, day in _FIXED_HOLIDAYS
        )

    def why_off(self, day: dt.date, calendar_class: CalendarClass = "public") -> Phrase | None:
        """Why nobody of that class works on the day; None on a working day."""
        special = self._special(day, calendar_class)
        if special is not None and special.kind in ("holiday", "swap_off"):
            basis = f" ({special.basis})" if special.basis else ""
            vi, en = special.name_vi, special.name_en or special.name_vi
            if special.kind == "holiday":
                return Phrase(f"nghỉ lễ, tết: {vi}{basis}", f"public holiday: {en}{basis}")
            return Phrase(f"{vi[:1].lower()}{vi[1:]}{basis}", f"{en[:1].lower()}{en[1:]}{basis}")
        if day.weekday() >= 5 and (special is None or special.kind != "work"):
            name = weekday(day)
            return Phrase(f"{name.vi}, nghỉ hằng tuần", f"{name.en}, weekly day off")
        return None

    def is_working_day(self, day: dt.date, calendar_class: CalendarClass = "public") -> bool:
        """Whether that class of employer works on the day."""
        return self.why_off(day, calendar_class) is None

    def why_working(self, day: dt.date, calendar_class: CalendarClass = "public") -> Phrase:
        """What makes a day a working day: its weekday, or the day it makes up for."""
        name = weekday(day)
        special = self.days.get(day)
        if special is None or special.kind not in ("work", "swap_off"):
            return name
        made_up = special.name_en or special.name_vi
        if special.kind == "work" and calendar_class == "public":
            basis = f" ({special.basis})" if special.basis else ""
            return Phrase(
                f"{name.vi}, {special.name_vi[:1].lower()}{special.name_vi[1:]}{basis}",
                f"{name.en}, {made_up[:1].lower()}{made_up[1:]}{basis}",
            )
        return Phrase(
            f"{name.vi}, doanh nghiệp không theo ngày hoán đổi của khu vực công",
            f"{name.en}, enterprises do not follow the swapped days of the public sector",
        )

    def add_working_days(
        self, start: dt.date, n: int, calendar_class: CalendarClass = "public"
    ) -> WorkdayResult:
        """The day on which ``n`` working days after ``start`` end; ``start`` is not counted.

        A negative ``n`` counts back. ``n`` = 0 is ``start`` itself when it is a working day
        and the next working day when it is not. Raises ``BadInput`` for a count beyond
        ``MOST_DAYS`` or a date outside the years the system answers for.
        """
        checked_count(n)
        day = checked_day(start)
        rows: list[DayRow] = []
        if n == 0:
            while (why := self.why_off(day, calendar_class)) is not None:
                rows.append(DayRow(None, day, why))
                day = checked_day(day + _ONE_DAY)
        step = _ONE_DAY if n >= 0 else -_ONE_DAY
        counted = 0
        while counted < abs(n):
            day = checked_day(day + step)
            why = self.why_off(day, calendar_class)
            if why is None:
                counted += 1
                rows.append(DayRow(counted, day, self.why_working(day, calendar_class)))
            else:
                rows.append(DayRow(None, day, why))
        warnings = self.remarks(min(start, day), max(start, day), calendar_class)
        return WorkdayResult(start, n, day, tuple(rows), self.version, warnings)

    def remarks(
        self, first: dt.date, last: dt.date, calendar_class: CalendarClass = "public"
    ) -> tuple[Phrase, ...]:
        """What makes a count over [first, last] uncertain: unknown years, unpublished days."""
        said: list[Phrase] = []
        unknown = [y for y in range(first.year, last.year + 1) if not self.knows_year(y)]
        if unknown:
            years = _years(unknown)
            said.append(
                Phrase(
                    f"Chưa có lịch nghỉ của năm {years}: những ngày của năm ấy chỉ tính theo "
                    "thứ trong tuần, cần tính lại khi có lịch nghỉ.",
                    f"There is no calendar of days off for {years} yet: days of that time were "
                    "counted by the weekday only; count again when the calendar is known.",
                )
            )
        unsure = [
            day
            for day in sorted(self.days)
            if first <= day <= last
            and self.days[day].certainty != "sure"
            and self._special(day, calendar_class) is not None
        ]
        if unsure:
            days = ", ".join(printed(day) for day in unsure)
            said.append(
                Phrase(
                    f"Ngày nghỉ chưa được công bố chính thức: {days}. Kết quả có thể thay đổi.",
                    f"Days off not yet officially published: {days}. The result may change.",
                )
            )
        return tuple(said)

    def _special(self, day: dt.date, calendar_class: CalendarClass) -> Special | None:
        special = self.days.get(day)
        if calendar_class == "enterprise" and special is not None and special.kind != "holiday":
            return None
        return special


@dataclass(frozen=True, slots=True)
class DayCount:
    """Day ``day`` of ``of``. Beyond the due day ``day`` goes on and ``late`` is positive."""

    day: int
    of: int
    late: int


def statutory_day_count(
    start: dt.date,
    due: dt.date,
    today: dt.date,
    calendar: WorkCalendar,
    unit: Literal["working", "calendar"],
    calendar_class: CalendarClass = "public",
) -> DayCount:
    """How far a term has run today: day N of M, in working or in calendar days.

    The first day is not counted, so on ``start`` the answer is day 0. M is what lies between
    the two dates, a last day that was moved off a day off included; a clock that was
    suspended is better asked for the count of its own derivation.
    """
    if unit == "calendar":
        day, of = (today - start).days, (due - start).days
    else:
        day = _working_days_between(start, today, calendar, calendar_class)
        of = _working_days_between(start, due, calendar, calendar_class)
    return DayCount(max(day, 0), max(of, 0), max((today - due).days, 0))


def checked_day(day: dt.date) -> dt.date:
    """The day itself; ``BadInput`` outside the years the system answers for."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadInput(
            f"Ngày {printed(day)} nằm ngoài khoảng tính được, từ {printed(FIRST_DAY)} đến "
            f"{printed(LAST_DAY)}.",
            f"The day {printed(day)} is outside what can be computed, {printed(FIRST_DAY)} to "
            f"{printed(LAST_DAY)}.",
            field="date",
        )
    return day


def checked_count(n: int) -> int:
    """The number of days itself; ``BadInput`` when it is beyond ``MOST_DAYS``."""
    if abs(n) > MOST_DAYS:
        raise BadInput(
            f"Số ngày {n} quá lớn, chỉ tính được đến {MOST_DAYS} ngày.",
            f"{n} days are too many; the most that can be computed is {MOST_DAYS}.",
            field="n",
        )
    return n


def _working_days_between(
    start: dt.date, end: dt.date, calendar: WorkCalendar, calendar_class: CalendarClass
) -> int:
    days = (end - start).days
    return sum(
        calendar.is_working_day(start + dt.timedelta(days=k), calendar_class)
        for k in range(1, days + 1)
    )


def _years(years: list[int]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}-{years[-1]}"
    return ", ".join(str(year) for year in years)
