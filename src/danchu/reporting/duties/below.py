"""The duties of the units below one, rule by rule, with the units behind each count.

In as many questions for a hundred units as for two. Nothing is ranked: units stand in the order of
their names, and of units the viewer may not read only their number is told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from danchu.core.accounts.models import Account
from danchu.core.accounts.policy import among, may_under
from danchu.core.calendar.selectors import current_calendar
from danchu.core.contracts import Actor
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement, Unit, UnitState
from danchu.core.units.selectors import holder_on
from danchu.core.units.selectors.named import NamedUnit
from danchu.core.units.selectors.validity import in_force

from .facts import unit_facts
from .instances import Judge
from .ledger import Counts, counts_of, no_such_unit
from .reading import read_instances, rules_of
from .scope import KINDS

# Where a unit stands with a rule: the first of these that holds.
Standing = Literal["late", "advised", "flawed", "open", "done", "unknown", "idle"]
STANDINGS: tuple[Standing, ...] = (
    "late",
    "advised",
    "flawed",
    "open",
    "done",
    "unknown",
    "idle",  # nothing has come up yet that the rule asks of
)
# Of a whole nation the ledger is asked province by province: thousands of units are no list.
TOLD_FOR = (Unit.Level.PROVINCE, Unit.Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class UnitBelow:
    """A unit below with how it stands with one rule."""

    id: int
    code: str
    name: str
    is_demo: bool
    counts: Counts

    @property
    def standing(self) -> Standing:
        """The worst of how it stands."""
        told = STANDINGS[:-1]
        return next((one for one in told if getattr(self.counts, one)), "idle")


@dataclass(frozen=True)
class RuleBelow:
    """One rule over all units below that it binds, in the order of their names: each stands in one
    column, so that a row adds up to its units."""

    rule: Rule
    units: tuple[UnitBelow, ...]

    def standing(self, standing: Standing) -> tuple[UnitBelow, ...]:
        """The units that stand so."""
        return tuple(unit for unit in self.units if unit.standing == standing)

    @property
    def tally(self) -> tuple[tuple[Standing, int], ...]:
        """How many units stand how, in the order of ``STANDINGS``."""
        return tuple((one, len(self.standing(one))) for one in STANDINGS)


@dataclass(frozen=True)
class DutiesBelow:
    """``units``: how many were looked at; ``hidden``: below, but not for this viewer."""

    unit: NamedUnit
    first: dt.date
    last: dt.date
    on: dt.date
    lines: tuple[RuleBelow, ...]
    units: int
    hidden: int


def duties_below(
    viewer: Actor, code: str, first: dt.date, last: dt.date, on: dt.date
) -> DutiesBelow:
    """How every unit below stands with the duties that are followed by records.

    Units are those that stand below on the last day of [first, last] that is not to come. Needs
    "records.read" over the unit; ``NotFound`` for everybody else.
    """
    day = min(max(on, first), last)
    unit = holder_on(code, day)
    if not viewer.may("records.read", unit.unit_id):
        raise no_such_unit(code)
    everyone: list[tuple[Any, ...]] = []
    if unit.path and unit.level in TOLD_FOR:
        end = unit.path[:-1] + "0"  # "0" follows "/"
        everyone = [row for row in _BELOW.rows(unit.path, end, day) if row[1] in KINDS]
    readable = _readable(viewer, unit, [row[0] for row in everyone])
    shown = [row for row in everyone if row[0] in readable]
    catalogue = current_catalogue()
    facts = unit_facts({row[0]: row[4] for row in shown})
    bound = {
        (level, kind): rules_of(catalogue, level, kind, first, last)
        for _id, level, _code, _name, kind, _demo in shown
    }
    found = read_instances(
        facts.values(),
        lambda one: bound[one.level, one.kind],
        Judge(current_calendar(), on),
        first,
        last,
    )
    by_rule: dict[str, list[UnitBelow]] = defaultdict(list)
    for unit_id, _level, its_code, name, _kind, is_demo in shown:
        for key, instances in found[unit_id].items():
            counts = counts_of(instances)
            by_rule[key].append(UnitBelow(unit_id, its_code, name, is_demo, counts))
    rules = {rule.key: rule for rules in bound.values() for rule in rules}
    return DutiesBelow(
        unit=unit,
        first=first,
        last=last,
        on=on,
        lines=tuple(
            RuleBelow(rule, tuple(by_rule[rule.key]))
            for rule in catalogue
            # A rule that asks nothing of anybody yet is no line.
            if rule.key in rules
            and any(one.standing != "idle" for one in by_rule.get(rule.key, ()))
        ),
        units=len(shown),
        hidden=len(everyone) - len(shown),
    )


def _readable(viewer: Actor, unit: NamedUnit, below: list[int]) -> set[int]:
    """Those of the units below whose records the viewer may read."""
    if isinstance(viewer, Account) and may_under(
        viewer, "records.read", Placement.Tree.STATE, unit.path or ""
    ):
        return set(below)  # a role over the unit, or over one above it, reaches all below
    return among(viewer, "records.read", below)


def _below(path: str, end: str, day: dt.date) -> QuerySet[UnitState, Any]:
    placed = Placement.objects.filter(
        in_force(day), tree=Placement.Tree.STATE, path__gt=path, path__lt=end
    )
    return (
        UnitState.objects.filter(in_force(day), unit_id__in=placed.values("unit_id"))
        .order_by("sort_key", "code")
        .values_list("unit_id", "unit__level", "code", "name", "kind", "unit__is_demo")
    )


_BELOW = Prepared(_below)
