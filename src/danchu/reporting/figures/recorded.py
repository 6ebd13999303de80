"""The layer "recorded": own values computed from records through the declared measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from danchu.core.calendar.models import Period
from danchu.core.contracts import declared_measures
from danchu.core.records.models import Record

from .models import CellState, ConfirmedState
from .sources import SourceRow


def rows(unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
    """Sums of each unit's records in the period, in all and by dimension.

    A sum of nought that rests on records is a confirmed zero. Where no record speaks, an
    officer's word counts: zero, or not applicable and why. Otherwise there is no row, and
    the value is not reported.
    """
    totals: dict[tuple[int, str, str], int] = defaultdict(int)
    records: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    saying_no: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for measure in declared_measures():
        for row in measure.rows(unit_ids, period.start, period.end):
            for dimension in {"", row.dimension}:
                totals[row.unit_id, row.indicator, dimension] += row.amount
                behind = records if row.amount else saying_no
                behind[row.unit_id, row.indicator, dimension].add(row.record_id)
    for (unit_id, indicator, dimension), amount in totals.items():
        yield (
            unit_id,
            SourceRow(
                indicator,
                CellState.REPORTED if amount else CellState.ZERO,
                amount,
                dimension,
                sources=len(
                    records[unit_id, indicator, dimension]
                    or saying_no[unit_id, indicator, dimension]
                ),
            ),
        )
    said = ConfirmedState.objects.filter(unit_id__in=unit_ids, period=period)
    for unit_id, key, state in said.values_list("unit_id", "indicator__key", "state"):
        if (unit_id, key, "") not in totals:
            yield unit_id, SourceRow(key, state, 0 if state == CellState.ZERO else None)


def units(period: Period) -> set[int]:
    """Units with records, or with an officer's word, in the period.

    An act may be settled in a later period than it began (an opinion answered after the
    half-year), so units with any record up to the period's end are asked.
    """
    kinds = {measure.record_kind for measure in declared_measures()}
    with_records = Record.objects.filter(
        occurred_on__lte=period.end, kind__in=sorted(kinds)
    ).values_list("unit_id", flat=True)
    with_word = ConfirmedState.objects.filter(period=period).values_list("unit_id", flat=True)
    return set(with_records.distinct()) | set(with_word.distinct())


def asked(unit_id: int, period: Period) -> Collection[int] | None:
    """Every commune of the map is expected to have records."""
    return None
