"""What the matrix of clauses asks: of which units, which clauses, which quarters of a period."""

from __future__ import annotations

import datetime as dt

from danchu.core.calendar.periods import PeriodSpan, parse_period
from danchu.core.law.catalog import Catalogue, Rule, UnitKind

from . import rules
from .clause_states import Asked
from .quarters import Quarter

# A province discloses nothing of its own by these articles; it and the nation are looked through.
LOOKED_THROUGH = frozenset({"nation", "province", "district"})
KIND_ASKED: dict[str, UnitKind] = {
    level: kind for level, kind in rules.KIND_OF_LEVEL.items() if level not in LOOKED_THROUGH
}
_PARTS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4")


def asked_of(span: PeriodSpan, on: dt.date) -> Asked:
    """The period with the quarters in which a register is due: those that end in it, and the one
    that runs on the day."""
    quarters: list[Quarter] = []
    quarter = Quarter.of(span.start)
    while quarter.start <= span.end:
        runs = quarter.start <= on <= quarter.end and span.start <= on <= span.end
        if quarter.end <= span.end or runs:
            quarters.append(quarter)
        quarter = Quarter.of(quarter.end + dt.timedelta(days=1))
    return Asked(span.start, span.end, on, tuple(quarters))


def clauses_of(known: Catalogue, kind: UnitKind, day: dt.date) -> tuple[Rule, ...]:
    """The plan, then the contents to be disclosed, in catalogue order."""
    bound = known.in_force(kind, day, "inform")
    plan = tuple(rule for rule in bound if rule.key == rules.PLAN_RULE)
    return plan + tuple(
        rule
        for rule in bound
        if rule.group.startswith("cong_khai") and rule.key not in rules.ABOUT_FORMS
    )


def periods_kept(year: int, on: dt.date) -> list[PeriodSpan]:
    """The periods of a calendar year whose standings are kept, of those begun by the day."""
    spans = [parse_period(f"{year}{part}") for part in _PARTS]
    return [span for span in spans if span.start <= on]
