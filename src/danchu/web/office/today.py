"""Việc hôm nay: what is overdue, due and coming here and below, and where to begin writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from danchu.civic.dialogue.selectors import WaitingOpinion, waiting_opinions, waiting_within
from danchu.civic.disclosure.rules import KIND_OF_LEVEL
from danchu.core.calendar.selectors import current_calendar
from danchu.core.clock import today
from danchu.core.work.selectors import OpenTask, open_tasks
from danchu.reporting.figures.services import open_period
from danchu.reporting.reading.selectors import waiting_documents
from danchu.reporting.reviews.readiness import readiness_at_a_glance
from danchu.reporting.reviews.to_sign import reports_to_sign
from danchu.reporting.rounds.following import rounds_to_follow
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.templatetags.kept import address_with

from .periods import period_choices, period_label
from .scope import chosen_unit
from .today_duties import duties_overdue
from .today_shown import jobs_shown, opinions_shown, readings_shown

SOON = dt.timedelta(days=14)
ABOVE = ("nation", "province", "district")  # levels that open rounds and look after communes
MOST_READ = 60  # opinions looked at to tell those that are no task on the page
MOST_OPINIONS = 5  # of those, named in the box
MOST_UNITS = 12  # units named in one group; the page of the round names them all


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one day, or of all overdue days."""

    tone: str  # late, now, "" for later
    day: dt.date | None
    tasks: tuple[OpenTask, ...]
    off: str = ""

    @property
    def jobs(self) -> SafeString:
        """The tasks as the page shows them."""
        return jobs_shown(self.tasks, self.off)


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The officer's first page."""
    query = parameters(request, {"don-vi": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    day = today()
    tasks = open_tasks(viewer, unit.id, day)
    is_above = unit.level in ABOVE
    groups = _groups(tasks, day)
    waiting, n_waiting = ([], 0) if is_above else waiting_opinions(viewer, unit.id, limit=MOST_READ)
    listed = {task.path for group in groups for task in group.tasks}
    others = [one for one in waiting if _path_of(one) not in listed]
    within = waiting_within(viewer, unit.id) if is_above else None
    followed = rounds_to_follow(viewer, unit.id, day) if is_above else None
    rounds = followed.rounds if followed else ()
    # The first page of a commune has its twelve questions; its report stands two steps away.
    to_sign = reports_to_sign(viewer, unit.id, followed.closed) if followed else []
    period = period_choices(day)[0][0]
    row = open_period(period) if viewer.may("figures.read", unit.id) else None
    ready = readiness_at_a_glance(viewer, unit.id, unit.level, row) if row else None
    may_open = unit.level == "province" and viewer.may("rounds.open", unit.id)
    return render(
        request,
        "office/today.html",
        {
            "unit": unit,
            "groups": groups,
            "n_late": sum(task.days_late > 0 for task in tasks),
            "n_now": sum(task.due_on == day for task in tasks),
            "n_soon": sum(
                task.due_on is not None and day < task.due_on <= day + SOON for task in tasks
            ),
            "waiting": opinions_shown(others[:MOST_OPINIONS], day),
            "n_shown": min(len(others), MOST_OPINIONS),
            "n_others": len(others),
            "n_listed": len(waiting) - len(others),
            "n_waiting": n_waiting,
            "within": within,
            "is_above": is_above,
            "rounds": rounds,
            "to_sign": [(item, period_label(item.period_code)) for item in to_sign],
            "n_check": sum(len(found.to_check) for found in rounds),
            "n_units_late": sum(len(found.late) for found in rounds),
            "to_open": may_open and followed is not None and period not in followed.period_codes,
            "most": MOST_UNITS,
            "ready": ready,
            "period": period,
            "period_label": period_label(period),
            "readings": readings_shown(waiting_documents(viewer, unit.id, limit=5)),
            "duties": duties_overdue(viewer, unit, day),
            "year": day.year,
            "may_write": viewer.may("records.write", unit.id),
            "may_disclose": unit.level in KIND_OF_LEVEL,
        },
    )


def _path_of(opinion: WaitingOpinion) -> str:
    return f"{address_with('office:dialogue', opinion.public_id)}#y-kien-{opinion.order}"


def _groups(tasks: list[OpenTask], day: dt.date) -> list[Group]:
    late = tuple(t for t in tasks if t.days_late > 0)
    groups = [Group("late", None, late)] if late else []
    by_day: dict[dt.date, list[OpenTask]] = {}
    for task in tasks:
        if task.due_on is not None and task.due_on >= day:
            by_day.setdefault(task.due_on, []).append(task)
    calendar = current_calendar() if by_day else None
    for due in sorted(by_day)[:8]:
        off = calendar.why_off(due) if calendar else None
        why = "" if off is None else off.en if get_language() == "en" else off.vi
        groups.append(Group("now" if due == day else "", due, tuple(by_day[due]), why))
    # What has no last day waits until it can be done: a posting hangs its days first.
    undated = tuple(t for t in tasks if t.due_on is None and t.starts_on <= day)
    if undated:
        groups.append(Group("undated", None, undated[:10]))
    return groups
