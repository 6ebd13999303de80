"""Reading disclosure plans, and what the law in force would put into one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .. import rules
from ..models import Notice, Plan
from .notices import offered_clauses


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A line of a plan; ``fulfilled``: notices written down for it or, before the plan was, under
    its clause in its days; ``done_on``: the day of the newest of them."""

    item_id: int | None
    rule_key: str
    rule: Rule | None
    title: str
    forms: tuple[str, ...]
    places: tuple[str, ...]
    responsible: str
    from_on: dt.date | None
    to_on: dt.date | None
    fulfilled: int = 0
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlanView:
    """The disclosure plan of a year."""

    record_id: int
    public_id: UUID
    unit_id: int
    version: int
    occurred_on: dt.date
    cancelled: bool
    cancel_reason: str
    year: int
    number: str
    items: tuple[PlannedView, ...]
    versions: int
    written_by: str


def plan(viewer: Actor, public_id: UUID) -> PlanView:
    """A plan, for who may see it; ``NotFound`` for everybody else."""
    row = (
        Plan.objects.select_related("record__author")
        .filter(
            record__in=visible_records(viewer, kinds=["disclosure_plan"]),
            record__public_id=public_id,
        )
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy kế hoạch này.", "There is no such plan.")
    return _view(viewer, row)


def plan_of_year(viewer: Actor, unit_id: int, year: int) -> PlanView | None:
    """The plan of a year that stands, or None for none that the viewer may see."""
    row = (
        Plan.objects.select_related("record__author")
        .filter(
            record__in=visible_records(viewer, unit_id=unit_id, kinds=["disclosure_plan"]),
            record__state=Record.State.RECORDED,
            year=year,
        )
        .first()
    )
    return _view(viewer, row) if row else None


def proposed_items(unit_id: int, year: int, on: dt.date) -> tuple[PlannedView, ...]:
    """What a plan begins with: every clause in force that day, its forms and places.

    Days are left open where the law leaves them to the year; nothing is invented.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return tuple(
        PlannedView(
            item_id=None,
            rule_key=rule.key,
            rule=rule,
            title=rule.title_vi,
            forms=wanted.forms,
            places=wanted.places,
            responsible="",
            from_on=first if rule.period == "permanent" else None,
            to_on=last if rule.period == "permanent" else None,
        )
        for rule, wanted in offered_clauses(unit_id, on)
        if rule.key != rules.REGISTER_RULE
    )


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The lines of last year's plan for this one; ``left_out``: those whose clause ended."""

    items: tuple[PlannedView, ...]
    left_out: tuple[PlannedView, ...]


def last_year_items(viewer: Actor, unit_id: int, year: int, on: dt.date) -> CarriedOver | None:
    """The lines of the plan of the year before, their days a year later; None for no such plan.

    A clause that is not in force any more on ``on`` is left out: the law would refuse it.
    """
    before = plan_of_year(viewer, unit_id, year - 1)
    if before is None:
        return None
    held = {item.rule_key for item in before.items if item.rule and item.rule.applies_on(on)}
    moved = tuple(
        replace(
            item,
            item_id=None,
            fulfilled=0,
            done_on=None,
            from_on=_a_year_later(item.from_on),
            to_on=_a_year_later(item.to_on),
        )
        for item in before.items
        if item.rule_key in held
    )
    return CarriedOver(moved, tuple(item for item in before.items if item.rule_key not in held))


def _a_year_later(day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + 1, day=last)


def disclosed_of_plan(row: Plan, unit_id: int) -> dict[int, list[dt.date]]:
    """line of the plan -> the days on which something of it was disclosed.

    A notice that names no line counts for the one of its clause in whose days it lies: what was
    disclosed before the plan was written down is done all the same.
    """
    items = list(row.items.order_by("order"))
    found: dict[int, list[dt.date]] = defaultdict(list)
    year = dt.date(row.year, 1, 1), dt.date(row.year, 12, 31)
    notices = (
        Notice.objects.filter(
            Q(planned_item__plan=row)
            | Q(
                planned_item__isnull=True,
                corrects__isnull=True,
                register_of="",
                rule_key__in={item.rule_key for item in items},
                record__occurred_on__range=year,
            ),
            record__unit_id=unit_id,
            record__state=Record.State.RECORDED,
        )
        .order_by("record__occurred_on", "pk")
        .values_list("planned_item_id", "rule_key", "record__occurred_on")
    )
    for item_id, rule_key, day in notices:
        line = item_id or next(
            (
                item.pk
                for item in items
                if item.rule_key == rule_key
                and (item.from_on or year[0]) <= day <= (item.to_on or year[1])
            ),
            None,
        )
        if line is not None:
            found[line].append(day)
    return found


def _view(viewer: Actor, row: Plan) -> PlanView:
    record = row.record
    inside = viewer.may("records.read", record.unit_id)
    known = current_catalogue().rules
    done = disclosed_of_plan(row, record.unit_id)
    return PlanView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        version=record.version,
        occurred_on=record.occurred_on,
        cancelled=record.state == Record.State.CANCELLED,
        cancel_reason=record.cancel_reason,
        year=row.year,
        number=row.number,
        items=tuple(
            PlannedView(
                item_id=item.pk,
                rule_key=item.rule_key,
                rule=known.get(item.rule_key),
                title=item.title,
                forms=tuple(item.forms),
                places=tuple(item.places),
                responsible=item.responsible,
                from_on=item.from_on,
                to_on=item.to_on,
                fulfilled=len(done[item.pk]),
                done_on=max(done[item.pk], default=None),
            )
            for item in row.items.order_by("order")
        ),
        versions=record.versions.count() if inside else 0,
        written_by=record.author.name if inside and record.author else "",
    )
