"""Bringing the roll-up up to date from what changed, and rebuilding it whole (decision 13).

The fold recomputes a unit's own cells from their sources, then each ancestor's from its own
and its children's. Whoever folds a period holds the lock on its row, so two workers never
compute the same ancestor from half of its children. Once, twice or out of order gives the
same; a rebuild gives the same cells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from danchu.core.calendar.models import Period
from danchu.core.outbox.models import Message
from danchu.core.prepared import PreparedInsert
from danchu.core.units.models import Unit
from danchu.core.units.services import raise_public_version

from . import below, lower, structure, wholesale
from .adding import Part, Row, added, as_one, part_of
from .after import after_fold
from .counting import counting_parents
from .models import Cell, Layer
from .selectors import indicator_ids, summed_over_units
from .sources import AddingSource, Source, sources

WRITTEN = "written"
AT_ONCE = 200  # units whose cells are worked out together: some ten thousand cells
AT_ONCE_LOWER = 2000  # of villages and workplaces, which have a few each
MOST_NAMED = 5000  # rows named or written in one statement
# A version belongs to the period of its round, and its message says so; the day it was handed
# in on says nothing of the other periods. It changes no layer but this one.
OF_ONE_LAYER = {"submission": Layer.REPORTED}
_OVER_COMMUNES = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)

_T = TypeVar("_T")
_Key = tuple[int, str]  # unit, layer
_Made = dict[_Key, list[Row]]


def consume(messages: list[Message]) -> None:
    """Recompute what the messages name. Called by the outbox inside its transaction."""
    pairs: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    whole: set[int] = set()
    messages = [m for m in messages if m.period_id or m.form not in OF_ONE_LAYER]
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
                pairs[period_id][message.unit_id].add(OF_ONE_LAYER.get(message.form, ""))
    for period in locked_periods(set(pairs) | whole):
        if period.pk in whole:
            rebuild_period(period)
        else:
            _fold_each(period, pairs[period.pk])
        after_fold(period, None if period.pk in whole else pairs[period.pk])
    # Stated figures stand on citizens' pages: what is kept of those ends with the new cells.
    for unit_id in sorted({m.unit_id for m in messages if m.form == "reading" and m.unit_id}):
        raise_public_version(unit_id)


def _fold_each(period: Period, units: Mapping[int, set[str]]) -> None:
    """Fold the layers that the messages on each unit speak of; "" is all of them."""
    by_layer: dict[str, set[int]] = defaultdict(set)
    for unit_id, layers in units.items():
        for layer in {""} if "" in layers else layers:
            by_layer[layer].add(unit_id)
    for layer, unit_ids in sorted(by_layer.items()):
        fold_units(period, unit_ids, {layer} if layer else None)


def locked_periods(period_ids: set[int]) -> list[Period]:
    """The periods, each held until the transaction ends: nobody else folds them meanwhile."""
    # No key of a period ever changes, so whoever writes a row that points at it need not wait.
    rows = Period.objects.select_for_update(no_key=True).filter(pk__in=period_ids)
    return list(rows.order_by("pk"))


def rebuild() -> int:
    """Compute every cell of every period anew; returns how many cells there are."""
    with transaction.atomic():
        for period in locked_periods(set(Period.objects.values_list("pk", flat=True))):
            rebuild_period(period)
        return Cell.objects.count()


def rebuild_period(period: Period, layers: Collection[str] | None = None) -> int:
    """Compute every cell of a period anew and write those that differ; returns how many did.

    ``layers``: the only ones; None for all of them. The caller holds the period's lock.
    """
    tally: Counter[str] = Counter()
    for layer, source in sources().items():
        if layers is None or layer in layers:
            done = fold_layer(period, layer, source.units(period), tally=tally)
            kept = Cell.objects.filter(period_id=period.pk, layer=layer)
            strays = sorted(set(kept.values_list("unit_id", flat=True).distinct()) - done)
            for chunk in _chunks(strays, MOST_NAMED):
                gone, _ = kept.filter(unit_id__in=chunk).delete()
                tally[WRITTEN] += gone
    return tally[WRITTEN]


def fold_layer(
    period: Period, layer: str, unit_ids: Iterable[int], *, tally: Counter[str] | None = None
) -> set[int]:
    """What ``fold_units`` does, for many units of one layer at once; returns them and all above.

    What the database can do alone for whole provinces it does. The caller holds the period's
    lock. ``tally``: counts under ``WRITTEN`` the cells that were added, changed or removed.
    """
    units = set(unit_ids)
    chains = _chains(period, units)
    known = _map_of(period, chains, {layer}, tally)
    settled: set[int] = set()
    if layer in known.adding:
        communes = {
            unit_id: known.provinces[unit_id]
            for unit_id in units
            if known.levels[unit_id] == Unit.Level.COMMUNE
        }
        source = known.adding[layer]
        settled, written = wholesale.settle(source, layer, communes, period, known.summed)
        known.tally[WRITTEN] += written
    return _climb(known, chains, units - settled)


@dataclass(frozen=True, slots=True)
class _Map:
    """What the fold of one period knows of units and indicators."""

    period: Period
    provinces: Mapping[int, int | None]
    levels: Mapping[int, str]
    ids: Mapping[str, int]
    summed: frozenset[int]
    sources: Mapping[str, Source]  # of the layers that are folded
    adding: Mapping[str, AddingSource]  # layer -> the source that adds up lower units itself
    tally: Counter[str]

    def keeps(self, layer: str, unit_id: int) -> bool:
        """Whether the unit's values of this layer become cells."""
        return layer not in self.adding or self.levels[unit_id] not in structure.LOWER


def fold_units(
    period: Period, unit_ids: Iterable[int], layers: Collection[str] | None = None
) -> set[int]:
    """Bring the cells of these units and of all their ancestors up to date; returns them all.

    ``layers``: the only ones that changed; None for all of them.
    """
    changed = set(unit_ids)
    chains = _chains(period, changed)
    return _climb(_map_of(period, chains, layers), chains, changed)


def _chains(period: Period, changed: set[int]) -> dict[int, list[int]]:
    """unit -> its ancestors; whoever one of them left within the period is changed too, for with
    it the values may count."""
    former: set[int] = set()
    chains = structure.ancestors(period, changed, former)
    while beside := former - chains.keys():
        changed |= beside
        chains |= structure.ancestors(period, beside, former)
    changed |= former
    return chains


def _map_of(
    period: Period,
    chains: dict[int, list[int]],
    layers: Collection[str] | None,
    tally: Counter[str] | None = None,
) -> _Map:
    folded = {k: source for k, source in sources().items() if layers is None or k in layers}
    levels = structure.levels(_everyone(chains))
    return _Map(
        period,
        structure.provinces(chains, levels),
        levels,
        indicator_ids(),
        summed_over_units(),
        folded,
        {layer: source for layer, source in folded.items() if isinstance(source, AddingSource)},
        Counter() if tally is None else tally,
    )


def _everyone(chains: dict[int, list[int]]) -> set[int]:
    return {above for chain in chains.values() for above in chain}.union(chains)


def _climb(known: _Map, chains: dict[int, list[int]], changed: Collection[int]) -> set[int]:
    """Fold storey by storey from the lowest; returns everybody in the chains.

    ``chains``: unit -> its ancestors. The own cells of those ``changed`` are worked out anew; of
    the other units that a chain begins with all cells are right already.
    """
    every = _everyone(chains)
    above = {ancestor for chain in chains.values() for ancestor in chain}
    settled = set(chains) - set(changed) - above
    depth: dict[int, int] = {}
    for unit_id, chain in chains.items():
        line = [unit_id, *chain]
        for position, member in enumerate(line):
            depth[member] = len(line) - position
    storeys: dict[int, list[int]] = defaultdict(list)
    for unit_id in sorted(every - settled):
        storeys[depth[unit_id]].append(unit_id)
    for storey in sorted(storeys, reverse=True):
        waiting = storeys[storey]
        lowest = all(known.levels[unit_id] in structure.LOWER for unit_id in waiting)
        for chunk in _chunks(waiting, AT_ONCE_LOWER if lowest else AT_ONCE):
            own = _own(known, [unit_id for unit_id in chunk if unit_id in changed])
            others = [unit_id for unit_id in chunk if unit_id not in changed]
            own |= _stored(known, others, Cell.Reach.OWN) if others else {}
            wide = [unit_id for unit_id in chunk if known.levels[unit_id] in _OVER_COMMUNES]
            for unit_id in wide:
                _wide(known, unit_id, own)
            _narrow(known, [unit_id for unit_id in chunk if unit_id not in wide], own)
    return every


def _chunks(whole: Sequence[_T], length: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(whole), length):
        yield whole[start : start + length]


def _own(known: _Map, unit_ids: Sequence[int]) -> _Made:
    """Bring the units' own cells up to date from their sources; returns them."""
    made: _Made = {}
    if not unit_ids:
        return made
    for layer, source in known.sources.items():
        asked = [unit_id for unit_id in unit_ids if known.keeps(layer, unit_id)]
        if asked:
            found = lower.own_rows(source, asked, known.period, known.ids)
            made |= {(unit_id, layer): rows for unit_id, rows in found.items()}
    _replace(known, unit_ids, Cell.Reach.OWN, made)
    return made


def _stored(known: _Map, units: Sequence[int] | QuerySet[Any, Any], reach: str) -> _Made:
    found: dict[_Key, list[Row]] = defaultdict(list)
    cells = _cells(known, units, reach)
    for layer, unit_id, *row in cells.values_list("layer", "unit_id", *Row._fields):
        found[unit_id, layer].append(Row._make(row))
    return found


def _cells(
    known: _Map, units: Sequence[int] | QuerySet[Any, Any], reach: str
) -> QuerySet[Cell, Any]:
    return Cell.objects.filter(
        unit_id__in=units, period_id=known.period.pk, reach=reach, layer__in=list(known.sources)
    )


def _wide(known: _Map, unit_id: int, own: _Made) -> None:
    """The cells of a unit that counts the communes below it."""
    period = known.period
    parents = structure.ever_children(period, [unit_id])
    communes = structure.communes_by_child(period, unit_id)
    last = {child: some[-1] for child, some in parents.items()}
    children = structure.by_parent(last, [unit_id])[unit_id]
    plain = [layer for layer in known.sources if layer not in known.adding]
    theirs = below.parts_below(unit_id, children, communes, period, plain) if plain else {}
    made: _Made = {}
    for layer, source in known.sources.items():
        if layer in known.adding:
            added_up, base = _handed_up(known, layer, unit_id, parents, communes)
        else:
            asked = source.asked(unit_id, period)
            added_up = theirs.get(layer, [])
            base = sum(communes.values()) if asked is None else len(asked)
        mine: list[Part] = []
        if layer != Layer.REPORTED or not added_up:  # what it hands up holds what it was handed
            mine = [part_of(unit_id, row) for row in own.get((unit_id, layer), ())]
        if not mine and not added_up:
            continue
        if layer == Layer.REPORTED and not added_up:
            base = 0
        made[unit_id, layer] = added(mine + added_up, base, known.summed)
    _replace(known, [unit_id], Cell.Reach.ALL, made)


def _handed_up(
    known: _Map,
    layer: str,
    unit_id: int,
    parents: Mapping[int, Sequence[int | None]],
    communes: Mapping[int, int],
) -> tuple[list[Part], int]:
    """What counts with the unit of what was handed in, and of how many units it is expected."""
    source, period = known.adding[layer], known.period
    asked = source.asked(unit_id, period)
    counted = source.counted(unit_id, period)
    if asked is not None and counted is not None:
        return list(counted), len(asked)
    children = structure.by_parent(counting_parents(source, parents, period), [unit_id])[unit_id]
    on_the_map = {child: communes[child] for child in children if child in communes}
    expected: Mapping[int, int] = (
        source.expected(on_the_map, period) if asked is None else dict.fromkeys(asked, 1)
    )
    parts = below.parts_below(unit_id, children, expected, period, [layer]).get(layer, [])
    if structure.has_lower(children):
        lowest = lower.parts_below(source, [unit_id], period, known.ids, known.summed)
        parts = parts + lowest.get(unit_id, [])
    return parts, sum(expected.values())


def _narrow(known: _Map, unit_ids: Sequence[int], own: _Made) -> None:
    """The cells of communes and below: such a unit answers as one for all below it."""
    if not unit_ids:
        return
    period = known.period
    # Where lower units keep no cells in any of the layers, nobody need be asked for by name.
    only_adding = known.adding.keys() == known.sources.keys()
    children = structure.children_of(period, unit_ids, without_lower=only_adding)
    everyone = [child for units in children.values() for child in units]
    stored = _stored(known, everyone, Cell.Reach.ALL) if everyone else {}
    lowest = {
        layer: lower.parts_below(source, parents, period, known.ids, known.summed)
        for layer, source in known.adding.items()
        if (parents := [u for u in unit_ids if known.keeps(layer, u)])
    }
    made: _Made = {}
    for unit_id in unit_ids:
        for layer in known.sources:
            if not known.keeps(layer, unit_id):
                continue
            theirs: list[Part] = []
            if layer != Layer.STATED:  # a report stands for itself and is not added upward
                theirs = [
                    part_of(child, row)
                    for child in children[unit_id]
                    for row in stored.get((child, layer), ())
                ]
                theirs += lowest.get(layer, {}).get(unit_id, ())
            if not theirs:
                if (unit_id, layer) in own:
                    made[unit_id, layer] = own[unit_id, layer]
                continue
            mine = [part_of(unit_id, row) for row in own.get((unit_id, layer), ())]
            if layer == Layer.REPORTED:  # its own word stands for what those below handed it
                said = {part.indicator_id for part in mine}
                theirs = [part for part in theirs if part.indicator_id not in said]
            rows = added(mine + theirs, 0, known.summed)
            made[unit_id, layer] = [as_one(row) for row in rows]
    _replace(known, unit_ids, Cell.Reach.ALL, made)


def _replace(known: _Map, unit_ids: Sequence[int], reach: str, made: _Made) -> None:
    """Make the stored cells of these units, this period and reach exactly these."""
    period = known.period
    cells = _cells(known, unit_ids, reach)
    columns = ("pk", "unit_id", "layer", "province_id", *Row._fields)
    stored = {
        (unit_id, layer, row[0], row[1]): (pk, province_id, tuple(row))
        for pk, unit_id, layer, province_id, *row in cells.values_list(*columns)
    }
    fresh: list[tuple[Any, ...]] = []
    for (unit_id, layer), rows in made.items():
        province_id = known.provinces.get(unit_id)
        for row in rows:
            before = stored.pop((unit_id, layer, row.indicator_id, row.dimension), None)
            if before is None or before[1] != province_id or before[2] != row:
                fresh.append((unit_id, period.pk, layer, reach, province_id, *row))
    known.tally[WRITTEN] += len(fresh) + len(stored)
    if stored:
        gone = [pk for pk, *_rest in stored.values()]
        for chunk in _chunks(gone, MOST_NAMED):
            Cell.objects.filter(pk__in=chunk).delete()
    for several in _chunks(fresh, MOST_NAMED):
        _FRESH.write_all(several)


_COLUMNS = ("unit_id", "period_id", "layer", "reach", "province_id", *Row._fields)
_FRESH = PreparedInsert(
    Cell, " ".join(_COLUMNS), once="unit_id period_id layer reach indicator_id dimension"
)
