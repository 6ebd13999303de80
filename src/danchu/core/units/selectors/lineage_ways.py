"""The ways of lineage from a unit to what it became, or back to what it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet

from danchu.core.prepared import Prepared

from ..models import Lineage
from ..spans import day_before


@dataclass(frozen=True, slots=True)
class Step:
    """A unit come by on the way.

    ``part``: whether the predecessor went into the successor whole, all the way; ``share``: the
    exact share of the predecessor where it is known. ``on`` and ``basis`` are those of the last
    change, None and "" before any.
    """

    unit_id: int
    when: dt.date  # the way has been followed up (or down) to this day
    part: str = "whole"
    share: Fraction | None = Fraction(1)
    on: dt.date | None = None
    basis: str = ""


def follow(
    start: Step, until: dt.date, *, forward: bool, way: set[int] | None = None
) -> list[Step]:
    """Where the ways from ``start`` lead, change after change; one query for every two depths.

    ``forward``: to successors, up to the day ``until``; else to predecessors, down to it. ``way``
    takes every unit come by.
    """
    arrived: list[Step] = []
    known: dict[int, list[_Link]] = {}
    open_steps = [start]
    while open_steps:
        _learn(known, {step.unit_id for step in open_steps} - known.keys(), forward)
        onward: list[Step] = []
        if way is not None:
            way |= {step.unit_id for step in open_steps}
        for step in open_steps:
            due = [
                row
                for row in known[step.unit_id]
                if (step.when < row.on <= until if forward else until < row.on <= step.when)
            ]
            if not due:
                arrived.append(step)
                continue
            change = min(row.on for row in due) if forward else max(row.on for row in due)
            onward += [_stepped(step, row, forward) for row in due if row.on == change]
        open_steps = onward
    return _merged(arrived)


class _Link(NamedTuple):
    """A row of lineage as :data:`_LINKS` reads it."""

    predecessor_id: int
    successor_id: int
    part: str
    share_numerator: int | None
    share_denominator: int | None
    on: dt.date
    basis: str


def _learn(known: dict[int, list[_Link]], unit_ids: set[int], forward: bool) -> None:
    """Read what leads on from these units, and from the units it leads to."""
    links = [_Link(*row) for row in _LINKS[forward].rows(sorted(unit_ids))]
    by_unit = [(link[0], link[1], link) if forward else (link[1], link[0], link) for link in links]
    new = unit_ids | {onward for unit, onward, _link in by_unit if unit in unit_ids}
    new -= known.keys()
    known |= {unit: [] for unit in new}
    for unit, _onward, link in by_unit:
        if unit in new:
            known[unit].append(link)


def _links(side: str, onward: str, unit_ids: Sequence[int]) -> QuerySet[Lineage, Any]:
    near = Lineage.objects.filter(**{f"{side}__in": unit_ids})
    far = Lineage.objects.filter(**{f"{side}__in": near.values(onward)})
    return near.values_list(*_Link._fields).union(far.values_list(*_Link._fields))


_LINKS = {
    True: Prepared(partial(_links, "predecessor_id", "successor_id")),
    False: Prepared(partial(_links, "successor_id", "predecessor_id")),
}


def _stepped(step: Step, row: _Link, forward: bool) -> Step:
    share: Fraction | None = None
    if row.part == Lineage.Part.WHOLE:
        share = step.share
    elif row.share_numerator is not None and row.share_denominator and step.share is not None:
        share = step.share * Fraction(row.share_numerator, row.share_denominator)
    both_whole = step.part == row.part == Lineage.Part.WHOLE
    return Step(
        row.successor_id if forward else row.predecessor_id,
        row.on if forward else day_before(row.on),
        "whole" if both_whole else "part",
        share,
        row.on,
        row.basis,
    )


def _merged(steps: list[Step]) -> list[Step]:
    """One step for each unit: parts that came together again along several ways are added."""
    found: dict[int, Step] = {}
    for step in steps:
        known = found.get(step.unit_id)
        if known is None:
            found[step.unit_id] = step
            continue
        both = known.share is not None and step.share is not None
        share = known.share + step.share if both else None  # type: ignore[operator]
        part = "whole" if share == 1 else "part"
        found[step.unit_id] = replace(step, part=part, share=share)
    return list(found.values())
