"""What comes due as its templates take it: duties and tasks of a day, the days of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from danchu.core.calendar.days import WorkCalendar
from danchu.core.calendar.words import Phrase
from danchu.reporting.duties.coming import Coming

from .duties_shown import Tag, instance_tag
from .law_words import rule_cited, rule_title, said
from .words import task_title


@dataclass(frozen=True, slots=True)
class ComingShown:
    """Something of a day: its title, where it is done, what it rests on, its tag."""

    day: dt.date
    title: str
    address: str
    words: str
    tag: Tag | None
    is_advice: bool
    key: str  # of the rule; "" for a task

    @property
    def tone(self) -> str:
        """The colour of its edge: what is late is red, what waits and only advises is ochre."""
        if self.tag is not None:
            return {"late": "is-late", "soon": "is-advice"}.get(self.tag[0], "is-over")
        return "is-advice" if self.is_advice else ""


def coming_shown(found: Sequence[Coming], on: dt.date) -> list[ComingShown]:
    """What comes, in words."""
    return [_coming(one, on) for one in found]


def _coming(one: Coming, on: dt.date) -> ComingShown:
    if one.task is not None:
        late = one.task.due_on < on
        return ComingShown(
            one.day,
            task_title(one.task.title),
            one.task.path,
            one.task.basis,
            ("late", gettext("Quá hạn"), "") if late else None,
            False,
            "",
        )
    duty = one.duty
    assert duty is not None
    parts = [rule_cited(duty.rule), said(duty.label)]
    if duty.needed > 1 and duty.state in ("open", "ahead"):
        parts.append(gettext("đã có %(n)s/%(of)s ngày") % {"n": duty.done, "of": duty.needed})
    waits = duty.state in ("open", "ahead")
    return ComingShown(
        one.day,
        rule_title(duty.rule),
        duty.path if waits else "",
        "; ".join(parts),
        None if waits else instance_tag(duty),
        not duty.rule.can_fail,
        duty.rule.key,
    )


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the month. ``off``: why nobody works; ``holiday``: its name where it is no
    weekend; ``is_outside``: of the month beside it."""

    day: dt.date
    is_today: bool
    is_outside: bool
    off: str
    holiday: str
    items: tuple[ComingShown, ...]


def weeks_of(
    month: dt.date, items: Sequence[ComingShown], calendar: WorkCalendar, on: dt.date
) -> list[list[DayShown]]:
    """The weeks of a month, Monday first, each day with what falls on it."""
    by_day: dict[dt.date, list[ComingShown]] = {}
    for item in items:
        by_day.setdefault(item.day, []).append(item)
    day = month - dt.timedelta(days=month.weekday())
    weeks = []
    while day < month or (day.year, day.month) == (month.year, month.month):
        week = []
        for _n in range(7):
            outside = day.month != month.month
            why = calendar.why_off(day)
            week.append(
                DayShown(
                    day,
                    day == on,
                    outside,
                    said(why) if why is not None else "",
                    _holiday(calendar, day) if why is not None else "",
                    () if outside else tuple(by_day.get(day, ())),
                )
            )
            day += dt.timedelta(days=1)
        weeks.append(week)
    return weeks


def _holiday(calendar: WorkCalendar, day: dt.date) -> str:
    special = calendar.days.get(day)
    if special is None or special.kind not in ("holiday", "swap_off"):
        return ""
    return said(Phrase(special.name_vi, special.name_en or special.name_vi))
