"""Bringing the roll-up up to date from what changed, and rebuilding it whole (decision 13).

The fold recomputes a unit's own cells from their sources, then each ancestor's from its own
and its children's. Whoever folds a period holds the lock on its row, so two workers never
compute the same ancestor from half of its children. Once, twice or out of order gives the
same; a rebuild gives the same cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from danchu.core.calendar.models import Period
from danchu.core.outbox.models import Message
from danchu.core.units.models import Unit
from danchu.core.units.services import raise_public_version

from . import structure
from .models import Cell, CellState, Layer
from .selectors import definitions, indicator_ids
from .sources import SourceRow, sources

_KEY = tuple[int, str]  # indicator id, dimension
AT_ONCE = 200  # units whose cells are worked out together: some ten thousand cells
MOST_NAMED = 5000  # units named in one query
_OVER_COMMUNES = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def consume(messages: list[Message]) -> None:
    """Recompute what the messages name. Called by the outbox inside its transaction."""
    pairs: dict[int, set[int]] = defaultdict(set)
    whole: set[int] = set()
    days = {m.day for m in messages if m.day is not None}
    containing: dict[object, list[int]] = {
        day: list(Period.objects.filter(start__lte=day, end__gte=day).values_list("id", flat=True))
        for day in days
    }
    for message in messages:
        named = [message.period_id] if message.period_id else containing.get(message.day, [])
        for period_id in named:
            if message.unit_id is None:
                whole.add(period_id)
            else:
                pairs[period_id].add(message.unit_id)
    for period in _locked(set(pairs) | whole):
        if period.pk in whole:
            rebuild_period(period)
        else:
            fold_units(period, pairs[period.pk])
    # Stated figures stand on citizens' pages: what is kept of those ends with the new cells.
    for unit_id in sorted({m.unit_id for m in messages if m.form == "reading" and m.unit_id}):
        raise_public_version(unit_id)


def _locked(period_ids: set[int]) -> list[Period]:
    return list(Period.objects.select_for_update().filter(pk__in=period_ids).order_by("pk"))


def rebuild() -> int:
    """Compute every cell of every period anew; returns how many cells there are."""
    with transaction.atomic():
        for period in _locked(set(Period.objects.values_list("pk", flat=True))):
            rebuild_period(period)
        return Cell.objects.count()


def rebuild_period(period: Period) -> None:
    """Compute every cell of a period anew; the caller holds its lock."""
    Cell.objects.filter(period_id=period.pk).delete()
    units: set[int] = set()
    for source in sources().values():
        units |= source.units(period)
    fold_units(period, units)


def fold_units(period: Period, unit_ids: Iterable[int]) -> None:
    """Bring the cells of these units and of all their ancestors up to date."""
    changed = set(unit_ids)
    if not changed:
        return
    chains = structure.ancestors(period, changed)
    provinces = structure.provinces(period, chains)
    ids = indicator_ids()
    for chunk in _chunks(sorted(changed), AT_ONCE):
        _own(period, chunk, provinces, ids)
    above = {a for chain in chains.values() for a in chain}
    depth: dict[int, int] = {}
    for unit_id, chain in chains.items():
        line = [unit_id, *chain]
        for position, member in enumerate(line):
            depth[member] = len(line) - position
    summed = _summed_over_units(ids)
    wide = set(
        Unit.objects.filter(pk__in=changed | above, level__in=_OVER_COMMUNES).values_list(
            "pk", flat=True
        )
    )
    levels: dict[int, list[int]] = defaultdict(list)
    for unit_id in sorted(changed | above):
        levels[depth[unit_id]].append(unit_id)
    for level in sorted(levels, reverse=True):
        for unit_id in levels[level]:
            if unit_id in wide:
                _all(period, [unit_id], provinces, summed, counts_below=True)
        narrow = [unit_id for unit_id in levels[level] if unit_id not in wide]
        for chunk in _chunks(narrow, AT_ONCE):
            _all(period, chunk, provinces, summed, counts_below=False)


def _chunks(units: Sequence[int], length: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(units), length):
        yield units[start : start + length]


def _own(
    period: Period,
    unit_ids: Sequence[int],
    provinces: Mapping[int, int | None],
    ids: dict[str, int],
) -> None:
    cells: list[Cell] = []
    for layer, source in sources().items():
        for unit_id, row in source.rows(unit_ids, period):
            if row.indicator in ids:
                cells.append(_own_cell(period, unit_id, provinces.get(unit_id), layer, row, ids))
    _replace(period, unit_ids, Cell.Reach.OWN, cells)


def _own_cell(
    period: Period,
    unit_id: int,
    province_id: int | None,
    layer: str,
    row: SourceRow,
    ids: dict[str, int],
) -> Cell:
    return Cell(
        unit_id=unit_id,
        period_id=period.pk,
        province_id=province_id,
        indicator_id=ids[row.indicator],
        layer=layer,
        reach=Cell.Reach.OWN,
        dimension=row.dimension,
        state=row.state,
        amount=row.amount,
        numerator=row.numerator,
        denominator=row.denominator,
        n_reported=int(row.state == CellState.REPORTED),
        n_zero=int(row.state == CellState.ZERO),
        n_not_applicable=int(row.state == CellState.NOT_APPLICABLE),
        n_missing=int(row.state == CellState.MISSING),
        n_expected=1,
        sources=row.sources,
    )


class _Part(NamedTuple):
    """What a sum is made of: the columns of a cell that are added up."""

    unit_id: int
    layer: str
    indicator_id: int
    dimension: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    n_reported: int
    n_zero: int
    n_not_applicable: int
    n_expected: int
    sources: int


_By = dict[tuple[int, str], list[_Part]]  # (unit, layer) -> its parts


def _parts(period: Period, unit_ids: Sequence[int], reach: str) -> _By:
    found: _By = defaultdict(list)
    for chunk in _chunks(unit_ids, MOST_NAMED):
        rows = Cell.objects.filter(unit_id__in=chunk, period_id=period.pk, reach=reach)
        for part in map(_Part._make, rows.values_list(*_Part._fields)):
            found[part.unit_id, part.layer].append(part)
    return found


def _all(
    period: Period,
    unit_ids: Sequence[int],
    provinces: Mapping[int, int | None],
    summed: set[int],
    *,
    counts_below: bool,
) -> None:
    children = structure.children_of(period, unit_ids)
    own = _parts(period, unit_ids, Cell.Reach.OWN)
    below = _parts(period, [c for of in children.values() for c in of], Cell.Reach.ALL)
    cells: list[Cell] = []
    for unit_id in unit_ids:
        communes = structure.communes_by_child(period, unit_id) if counts_below else {}
        for layer, source in sources().items():
            mine = own.get((unit_id, layer), [])
            theirs = []
            if layer != Layer.STATED:  # a report stands for itself and is not added upward
                theirs = [p for child in children[unit_id] for p in below.get((child, layer), ())]
            if layer == Layer.REPORTED and theirs:
                mine = []  # what a unit hands up already holds what those below handed it
            parts = mine + theirs
            if not parts:
                continue
            asked: int | None = 1  # villages and offices answer through their commune
            if counts_below and (theirs or layer != Layer.REPORTED):
                asked = source.expected(unit_id, period)
            added = _added(
                period, unit_id, provinces.get(unit_id), layer, parts, asked, communes, summed
            )
            cells += added if counts_below else [_as_one(cell) for cell in added]
    _replace(period, unit_ids, Cell.Reach.ALL, cells)


def _expected(parts: list[_Part], asked: int | None, communes: dict[int, int]) -> int:
    """Of how many units a sum of these parts speaks.

    ``asked`` is how many a round asked. Without one the map decides: every commune below is
    expected, and whoever else gave something (an office of the province, a commune that ended
    inside the period) comes on top, so that nobody stands in for a commune that is missing.
    """
    if asked is not None:
        return max(asked, sum(_given(part) for part in parts))
    return sum(communes.values()) + sum(
        part.n_expected - communes[part.unit_id] if part.unit_id in communes else _given(part)
        for part in parts
    )


def _given(part: _Part) -> int:
    return part.n_reported + part.n_zero + part.n_not_applicable


def _added(
    period: Period,
    unit_id: int,
    province_id: int | None,
    layer: str,
    parts: list[_Part],
    asked: int | None,
    communes: dict[int, int],
    summed: set[int],
) -> list[Cell]:
    groups: dict[_KEY, list[_Part]] = defaultdict(list)
    for part in parts:
        groups[part.indicator_id, part.dimension].append(part)
    made: list[Cell] = []
    for (indicator_id, dimension), group in groups.items():
        n_reported = sum(c.n_reported for c in group)
        n_zero = sum(c.n_zero for c in group)
        n_not = sum(c.n_not_applicable for c in group)
        known = [c for c in group if c.amount is not None]
        adds = indicator_id in summed or len(known) == 1
        expected = _expected(group, asked, communes)
        made.append(
            Cell(
                unit_id=unit_id,
                period_id=period.pk,
                province_id=province_id,
                indicator_id=indicator_id,
                layer=layer,
                reach=Cell.Reach.ALL,
                dimension=dimension,
                state=_state(n_reported, n_zero, n_not),
                amount=_sum(c.amount for c in known) if adds else None,
                numerator=_sum(c.numerator for c in group),
                denominator=_sum(c.denominator for c in group),
                n_reported=n_reported,
                n_zero=n_zero,
                n_not_applicable=n_not,
                n_missing=expected - n_reported - n_zero - n_not,
                n_expected=expected,
                sources=sum(c.sources for c in group),
            )
        )
    return made


def _as_one(cell: Cell) -> Cell:
    cell.n_reported = int(cell.state == CellState.REPORTED)
    cell.n_zero = int(cell.state == CellState.ZERO)
    cell.n_not_applicable = int(cell.state == CellState.NOT_APPLICABLE)
    cell.n_missing = int(cell.state == CellState.MISSING)
    cell.n_expected = 1
    return cell


def _state(n_reported: int, n_zero: int, n_not: int) -> str:
    if n_reported:
        return CellState.REPORTED
    if n_zero:
        return CellState.ZERO
    return CellState.NOT_APPLICABLE if n_not else CellState.MISSING


def _sum(values: Iterable[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _summed_over_units(ids: dict[str, int]) -> set[int]:
    return {
        ids[key] for key, definition in definitions().items() if definition.unit_operator == "sum"
    }


_COMPARED = (
    "province_id",
    "state",
    "amount",
    "numerator",
    "denominator",
    "n_reported",
    "n_zero",
    "n_not_applicable",
    "n_missing",
    "n_expected",
    "sources",
)


def _replace(period: Period, unit_ids: Sequence[int], reach: str, cells: list[Cell]) -> None:
    """Make the stored cells of these units, this period and reach exactly these."""
    stored = {
        (c.unit_id, c.layer, c.indicator_id, c.dimension): c
        for c in Cell.objects.filter(unit_id__in=unit_ids, period_id=period.pk, reach=reach)
    }
    fresh: list[Cell] = []
    for cell in cells:
        before = stored.pop((cell.unit_id, cell.layer, cell.indicator_id, cell.dimension), None)
        if before is None:
            fresh.append(cell)
        elif any(getattr(before, name) != getattr(cell, name) for name in _COMPARED):
            cell.pk = before.pk
            cell.save(force_update=True)
    if stored:
        Cell.objects.filter(pk__in=[c.pk for c in stored.values()]).delete()
    Cell.objects.bulk_create(fresh)
