"""What stands behind a computed figure: the records, through the measures that counted them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, declared_findables, declared_measures
from danchu.core.contracts.registry import Findable
from danchu.core.records.models import Record

from . import structure

MOST_UNITS = 200


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One record behind a figure, and how much of the figure it is."""

    record_id: int
    kind_vi: str
    kind_en: str
    title: str
    path: str
    amount: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records of one figure: those the viewer may see, and how many others there are."""

    lines: tuple[EvidenceLine, ...]
    hidden: int
    total: int


def records_behind(
    viewer: Actor, unit_id: int, period: Period, key: str, *, own_only: bool = True
) -> Evidence:
    """Records that were counted into one indicator of the unit itself in the period, by day.

    The same measures as the fold's, so the number and its records cannot differ. Figures of
    units below are shown on those units' own pages.
    """
    unit_ids = [unit_id] if own_only else [unit_id, *structure.children(period, unit_id)]
    return _behind(viewer, unit_ids, period, {key})[key]


def records_behind_each(
    viewer: Actor, unit_id: int, period: Period, keys: Collection[str]
) -> dict[str, Evidence]:
    """The same for several indicators, with the units directly below, each measure asked once."""
    return _behind(viewer, [unit_id, *structure.children(period, unit_id)], period, keys)


def _behind(
    viewer: Actor, unit_ids: Sequence[int], period: Period, keys: Collection[str]
) -> dict[str, Evidence]:
    counted = _amounts(unit_ids, period, keys)
    kinds: dict[str, set[int]] = defaultdict(set)
    for amounts in counted.values():
        for kind, by_record in amounts.items():
            kinds[kind] |= set(by_record)
    findables = declared_findables()
    seen = {
        kind: findables[kind].visible(viewer, sorted(record_ids)) if kind in findables else {}
        for kind, record_ids in kinds.items()
    }
    wanted = [record_id for found in seen.values() for record_id in found]
    days = dict(Record.objects.filter(pk__in=wanted).values_list("pk", "occurred_on"))
    return {key: _evidence(counted.get(key, {}), seen, findables, days) for key in keys}


def _amounts(
    unit_ids: Sequence[int], period: Period, keys: Collection[str]
) -> dict[str, dict[str, dict[int, int]]]:
    """indicator -> kind of record -> record -> amount, of those that made the figure."""
    found: dict[str, dict[str, dict[int, int]]] = {}
    for measure in declared_measures():
        if measure.indicators and not set(keys) & set(measure.indicators):
            continue
        for row in measure.rows(unit_ids[:MOST_UNITS], period.start, period.end):
            if row.indicator in keys:
                counted = found.setdefault(row.indicator, {}).setdefault(measure.record_kind, {})
                counted[row.record_id] = counted.get(row.record_id, 0) + row.amount
    for amounts in found.values():
        if any(amount for counted in amounts.values() for amount in counted.values()):
            # Records that say no add nothing; they stand behind a nought only.
            for kind, counted in amounts.items():
                amounts[kind] = {pk: n for pk, n in counted.items() if n}
    return found


def _evidence(
    amounts: dict[str, dict[int, int]],
    seen: dict[str, dict[int, tuple[str, str]]],
    findables: dict[str, Findable],
    days: dict[int, dt.date],
) -> Evidence:
    lines: list[EvidenceLine] = []
    hidden = 0
    for kind, counted in amounts.items():
        findable = findables.get(kind)
        shown = {pk: seen[kind][pk] for pk in counted if pk in seen[kind]}
        hidden += len(counted) - len(shown)
        lines += [
            EvidenceLine(
                record_id=record_id,
                kind_vi=findable.name_vi if findable else kind,
                kind_en=findable.name_en if findable else kind,
                title=title,
                path=path,
                amount=counted[record_id],
            )
            for record_id, (title, path) in shown.items()
        ]
    lines.sort(key=lambda line: (days[line.record_id], line.record_id))
    return Evidence(tuple(lines), hidden, len(lines) + hidden)
