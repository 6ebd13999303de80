"""What stands behind a computed figure: the records, through the measures that counted them."""

from __future__ import annotations

from collections import defaultdict
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
    amounts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for measure in declared_measures():
        if measure.indicators and key not in measure.indicators:
            continue
        for row in measure.rows(unit_ids[:MOST_UNITS], period.start, period.end):
            if row.indicator == key:
                amounts[measure.record_kind][row.record_id] += row.amount
    if any(amount for counted in amounts.values() for amount in counted.values()):
        # Records that say no add nothing; they stand behind a nought only.
        amounts = defaultdict(
            lambda: defaultdict(int),
            {
                kind: defaultdict(int, {pk: n for pk, n in counted.items() if n})
                for kind, counted in amounts.items()
            },
        )
    lines: list[EvidenceLine] = []
    hidden = 0
    findables = declared_findables()
    for kind, counted in amounts.items():
        findable: Findable | None = findables.get(kind)
        seen = findable.visible(viewer, list(counted)) if findable else {}
        hidden += len(counted) - len(seen)
        lines += [
            EvidenceLine(
                record_id=record_id,
                kind_vi=findable.name_vi if findable else kind,
                kind_en=findable.name_en if findable else kind,
                title=title,
                path=path,
                amount=counted[record_id],
            )
            for record_id, (title, path) in seen.items()
        ]
    days = dict(
        Record.objects.filter(pk__in=[line.record_id for line in lines]).values_list(
            "pk", "occurred_on"
        )
    )
    lines.sort(key=lambda line: (days[line.record_id], line.record_id))
    return Evidence(tuple(lines), hidden, len(lines) + hidden)
