"""Reading the dictionary and the cells of the roll-up."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet

from danchu.core.accounts.policy import within
from danchu.core.calendar.models import Period
from danchu.core.clock import today
from danchu.core.contracts import Actor, WorkKind
from danchu.core.errors import NotFound
from danchu.core.outbox.models import Message
from danchu.core.outbox.selectors import not_yet_done
from danchu.core.prepared import Prepared
from danchu.core.records.services import FIGURES
from danchu.core.units.models import Unit
from danchu.core.units.selectors import UnitOnDay, units_below

from . import lower, structure
from .adding import Row, added
from .counting import counted_children, counting_parents
from .dictionary import Definition
from .models import Cell, CellState, DictionaryVersion, Indicator, Layer
from .reference import current_definitions
from .sources import AddingSource, sources

FRESH = 2.0  # seconds a process goes on with the dictionary it knows before it asks again


@dataclass(slots=True)
class _Known:
    number: int
    asked_at: float
    meanings: dict[str, Definition]
    ids: dict[str, int]


_known: _Known | None = None


def forget_dictionary() -> None:
    """Have the dictionary read again at once; called when a new version was loaded."""
    global _known
    _known = None


def _dictionary() -> _Known:
    global _known
    now = time.monotonic()
    if _known is not None and now - _known.asked_at < FRESH:
        return _known
    number = DictionaryVersion.objects.aggregate(n=Max("number"))["n"] or 0
    if _known is None or _known.number != number or not number:
        _known = _Known(
            number,
            now,
            current_definitions(),
            dict(Indicator.objects.values_list("key", "id")),
        )
    _known.asked_at = now
    return _known


def dictionary_number() -> int:
    """The number of the dictionary's newest version; 0 before any was loaded."""
    return _dictionary().number


def definitions() -> dict[str, Definition]:
    """The current dictionary by key, in report order."""
    return _dictionary().meanings


def indicator_ids() -> dict[str, int]:
    """key -> id of every indicator, retired ones too."""
    return _dictionary().ids


def summed_over_units() -> frozenset[int]:
    """Ids of the indicators whose amounts are added up over units."""
    ids = indicator_ids()
    return frozenset(
        ids[key] for key, meaning in definitions().items() if meaning.unit_operator == "sum"
    )


def definition(key: str) -> Definition:
    """One indicator; ``NotFound`` for a key the dictionary does not have."""
    found = definitions().get(key)
    if found is None:
        raise NotFound(f"Không có chỉ tiêu {key}.", f"There is no indicator {key}.")
    return found


def work_kinds() -> dict[str, WorkKind]:
    """The kinds an officer may write down by hand as "việc khác"."""
    return {
        key: WorkKind(
            key=key,
            name_vi=d.name_vi,
            name_en=d.name_en,
            unit_vi=d.unit_vi,
            unit_en=d.unit_en,
            scale=d.scale,
            people_key=d.people_key,
            section=d.section,
        )
        for key, d in definitions().items()
        if d.work_kind
    }


class Value(NamedTuple):
    """One cell as read. ``amount`` in the indicator's smallest unit."""

    key: str
    layer: str
    dimension: str
    state: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    n_reported: int
    n_zero: int
    n_not_applicable: int
    n_missing: int
    n_expected: int
    sources: int

    @property
    def has_amount(self) -> bool:
        """Whether it is a number, a nought among them."""
        return self.amount is not None and self.state in (CellState.REPORTED, CellState.ZERO)


# The columns of a cell that a value is read from, in the order of its fields after the key.
_READ = Value._fields[1:]


def values(
    viewer: Actor,
    unit_id: int,
    period: Period,
    *,
    reach: str = Cell.Reach.ALL,
    dimensions: bool = False,
    level: str | None = None,
) -> dict[tuple[str, str, str], Value]:
    """The unit's cells of a period, by (layer, indicator key, dimension).

    Nothing for who may not read the unit's figures; what published reports state is for
    everybody and is read through their own selectors.
    """
    levels = None if level is None else {unit_id: level}
    return values_of(viewer, [unit_id], period, reach=reach, dimensions=dimensions, levels=levels)[
        unit_id
    ]


def values_of(
    viewer: Actor,
    unit_ids: Sequence[int],
    period: Period,
    *,
    reach: str = Cell.Reach.ALL,
    dimensions: bool = False,
    levels: Mapping[int, str] | None = None,
) -> dict[int, dict[tuple[str, str, str], Value]]:
    """The same for many units at once, in as many queries as for one.

    ``levels``: unit -> its level, from who knows it already; asked for otherwise.
    """
    if len(unit_ids) == 1:
        readable = [unit_id for unit_id in unit_ids if viewer.may("figures.read", unit_id)]
    else:
        seen = Unit.objects.filter(within(viewer, "figures.read"), pk__in=unit_ids)
        readable = list(seen.values_list("pk", flat=True))
    found: dict[int, dict[tuple[str, str, str], Value]] = {unit_id: {} for unit_id in unit_ids}
    if not readable:
        return found
    cells = _CELLS if dimensions else _WHOLE_CELLS
    keys = {number: key for key, number in indicator_ids().items()}
    for unit_id, indicator_id, *rest in cells.rows(readable, period.pk, str(reach)):
        value = Value(keys[indicator_id], *rest)
        found[unit_id][value.layer, value.key, value.dimension] = value
    without = [
        unit_id
        for unit_id in readable
        if (levels is None or levels.get(unit_id) in structure.LOWER)
        and not any(layer == Layer.REPORTED for layer, _key, _dimension in found[unit_id])
    ]
    for unit_id, rows in _handed_in(without, period, reach).items():
        for row in rows:
            if dimensions or not row.dimension:
                value = _value_of(row, keys)
                found[unit_id][value.layer, value.key, value.dimension] = value
    return found


def _handed_in(unit_ids: Sequence[int], period: Period, reach: str) -> dict[int, list[Row]]:
    """What lower units handed in, which is read where it stands and never copied into cells."""
    source = sources()[Layer.REPORTED]
    if not unit_ids or not isinstance(source, AddingSource):
        return {}
    asked = Unit.objects.filter(pk__in=unit_ids, level__in=structure.LOWER)
    units = list(asked.values_list("pk", flat=True))
    if not units:
        return {}
    if reach == Cell.Reach.OWN:
        return lower.own_rows(source, units, period, indicator_ids())
    return lower.all_rows(source, units, period, indicator_ids(), summed_over_units())


def _value_of(row: Row, keys: Mapping[int, str]) -> Value:
    return Value(keys[row.indicator_id], Layer.REPORTED, *row[1:])


def _cells(unit_ids: Sequence[int], period_id: int, reach: str) -> QuerySet[Cell, Any]:
    rows = Cell.objects.filter(unit_id__in=unit_ids, period_id=period_id, reach=reach)
    return rows.values_list("unit_id", "indicator_id", *_READ)


_CELLS = Prepared(_cells)
_WHOLE_CELLS = Prepared(lambda *asked: _cells(*asked).filter(dimension=""))


def values_below(
    viewer: Actor, unit_id: int, period: Period, key: str, layer: str
) -> dict[int, Value]:
    """child unit -> its value of one indicator in one layer, for the units directly below."""
    indicator = Indicator.objects.filter(key=key).first()
    if indicator is None or not viewer.may("figures.read", unit_id):
        return {}
    source = sources().get(layer)
    if isinstance(source, AddingSource):
        below = counted_children(source, [unit_id], period)[unit_id]
    else:
        below = structure.children(period, unit_id)
    rows = Cell.objects.filter(
        unit_id__in=below,
        period_id=period.pk,
        indicator_id=indicator.pk,
        layer=layer,
        reach=Cell.Reach.ALL,
        dimension="",
    )
    found = {unit: Value(key, *rest) for unit, *rest in rows.values_list("unit_id", *_READ)}
    if layer == Layer.REPORTED:
        without = [unit for unit in below if unit not in found]
        for unit, handed_in in _handed_in(without, period, Cell.Reach.ALL).items():
            for row in handed_in:
                if row.indicator_id == indicator.pk and not row.dimension:
                    found[unit] = _value_of(row, {indicator.pk: key})
    return found


def sums_below(viewer: Actor, unit_id: int, period: Period) -> dict[str, Value]:
    """indicator -> what the villages, agencies and workplaces directly below handed in, added up.

    Whatever the unit itself handed in: its own word stands for its figure, and this stays beside
    it. Counts say of how many units it is the sum. Empty for who may not read the unit's figures.
    """
    source = sources()[Layer.REPORTED]
    if not viewer.may("figures.read", unit_id) or not isinstance(source, AddingSource):
        return {}
    ids, summed = indicator_ids(), summed_over_units()
    parts = lower.parts_below(source, [unit_id], period, ids, summed).get(unit_id, [])
    keys = {number: key for key, number in ids.items()}
    return {
        keys[row.indicator_id]: _value_of(row, keys)
        for row in added(parts, 0, summed)
        if not row.dimension
    }


def units_behind(
    viewer: Actor, unit_id: int, period: Period, keys: Collection[str]
) -> dict[tuple[str, str], frozenset[int]]:
    """(layer, indicator) -> the units whose values the unit's own figure is the sum of.

    Communes, offices that answer for themselves, and the levels above communes with what they
    did themselves; a nought is a value. Empty for who may not read the unit's figures. In as
    many queries for a thousand units below as for two.
    """
    names = {number: key for key, number in indicator_ids().items() if key in keys}
    if not names or not viewer.may("figures.read", unit_id):
        return {}
    source = sources()[Layer.REPORTED]
    assert isinstance(source, AddingSource)
    above, placed, counted, offices = {unit_id}, set[int](), set[int](), set[int]()
    storey = {unit_id}
    while storey:
        parents = structure.ever_children(period, storey)
        here = {child for child, some in parents.items() if some[-1] in storey}
        theirs = counting_parents(source, parents, period)
        handed_up = {child for child, parent in theirs.items() if parent in storey}
        levels = structure.levels(here | handed_up) if here | handed_up else {}
        storey = {unit for unit in here - above if levels[unit] in _ADDING_LEVELS}
        above |= storey
        placed |= here - storey
        counted |= handed_up - storey
        offices |= {unit for unit in handed_up if levels[unit] in structure.LOWER}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = Cell.objects.filter(
        Q(unit_id__in=placed | counted, reach=Cell.Reach.ALL)
        | Q(unit_id__in=above, reach=Cell.Reach.OWN),
        period_id=period.pk,
        dimension="",
        indicator_id__in=names,
        state__in=_GIVEN,
    )
    for layer, indicator_id, unit in rows.values_list("layer", "indicator_id", "unit_id"):
        if unit in above or unit in (counted if layer == Layer.REPORTED else placed):
            found[layer, names[indicator_id]].add(unit)
    for unit, handed_in in _handed_in(sorted(offices), period, Cell.Reach.ALL).items():
        for row in handed_in:
            if row.indicator_id in names and not row.dimension and row.state in _GIVEN:
                found[Layer.REPORTED, names[row.indicator_id]].add(unit)
    return {
        # What a unit hands up already holds what those below handed it.
        (layer, key): frozenset((units - above or units) if layer == Layer.REPORTED else units)
        for (layer, key), units in found.items()
    }


_GIVEN = (CellState.REPORTED, CellState.ZERO)
_ADDING_LEVELS = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def periods_with_values(viewer: Actor, unit_id: int) -> list[Period]:
    """Periods for which the unit has any value the viewer may see, newest first."""
    if not viewer.may("figures.read", unit_id):
        return []
    ids = [pk for (pk,) in _KNOWN_IDS.rows(unit_id)]
    known = Period.objects.filter(pk__in=ids).select_related("scheme")
    return list(known.order_by("-end", "-start"))


def keys_with_values(viewer: Actor, unit_id: int) -> list[str]:
    """The indicators of which the unit has a value the viewer may see, in dictionary order."""
    if not viewer.may("figures.read", unit_id):
        return []
    cells = Cell.objects.filter(unit_id=unit_id, dimension="")
    known = set(cells.values_list("indicator_id", flat=True).distinct())
    ids = indicator_ids()
    return [key for key in definitions() if ids[key] in known]


def _known_periods(unit_id: int) -> QuerySet[Period, Any]:
    known = Q(pk__in=_with_cells(unit_id))
    for source in sources().values():
        if isinstance(source, AddingSource):
            known |= Q(pk__in=source.periods(unit_id))
    return Period.objects.filter(known).order_by("-end", "-start")


def _with_cells(unit_id: int) -> QuerySet[Cell, Any]:
    return Cell.objects.filter(unit_id=unit_id).values("period_id").distinct()


def period_codes_with_values(viewer: Actor, unit: UnitOnDay) -> list[str]:
    """The codes of the same periods, in the same order."""
    if not viewer.may("figures.read", unit.id):
        return []
    kept = _KNOWN_CODES if unit.level in structure.LOWER else _CODES_OF_CELLS
    return [code for (code,) in kept.rows(unit.id)]


_KNOWN_IDS = Prepared(lambda unit_id: _known_periods(unit_id).values_list("pk"))
_KNOWN_CODES = Prepared(lambda unit_id: _known_periods(unit_id).values_list("code"))
_CODES_OF_CELLS = Prepared(
    lambda unit_id: (
        Period.objects.filter(pk__in=_with_cells(unit_id))
        .order_by("-end", "-start")
        .values_list("code")
    )
)


def waits_for_first_fold(period_ids: Collection[int]) -> bool:
    """Whether one of these periods is still to be folded whole, as when it was just opened."""
    waiting = Message.objects.filter(topic=FIGURES, unit_id=None, period_id__in=period_ids)
    return waiting.exists()


MOST_ASKED = 500  # waiting units that are asked after by name


def being_folded(viewer: Actor, unit_id: int) -> bool:
    """Whether something written down in the unit or below it is not in its figures yet.

    What waits for a day yet to come, as an opinion for the day after its promised one, does not
    count: until that day the figures are right without it.
    """
    if not viewer.may("figures.read", unit_id):
        return False
    waiting = not_yet_done().filter(topic=FIGURES)
    units = set(waiting.order_by().values_list("unit_id", flat=True).distinct()[:MOST_ASKED])
    if not units:
        return False
    if units & {None, unit_id}:
        return True
    below = units_below(unit_id, today())
    if len(units) < MOST_ASKED:
        return below.filter(unit_id__in=[unit for unit in units if unit]).exists()
    here = Q(unit_id=None) | Q(unit_id=unit_id) | Q(unit_id__in=below.values("unit_id"))
    return waiting.filter(here).exists()
