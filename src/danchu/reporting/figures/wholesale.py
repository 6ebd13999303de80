"""The cells of a province's communes, worked out and held against the stored ones by the database.

A rebuild finds nearly always what is there already. Fetched row by row to be compared here, the
cells of a country would cost several times the sums they come from. What turns out to differ
is left to the fold, which tells the differences one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, Q, QuerySet, Value, Window

from danchu.core.calendar.models import Period
from danchu.core.inserting import insert_from
from danchu.core.room_for_sums import give_room_for_sums

from . import structure
from .models import Cell
from .sources import CELL_COLUMNS, AddingSource


def settle(
    source: AddingSource,
    layer: str,
    communes: Mapping[int, int | None],
    period: Period,
    summed: Collection[int],
) -> tuple[set[int], int]:
    """Bring the cells of these communes up to date where the database can do it alone.

    ``communes``: commune -> its province. Returns the communes whose cells are right now, and
    how many cells were written. A commune below which a unit moved within the period, or has
    units below it, is none of them.
    """
    give_room_for_sums()
    by_province: dict[int | None, list[int]] = defaultdict(list)
    for commune, province in communes.items():
        by_province[province].append(commune)
    done: set[int] = set()
    written = 0
    for province, units in by_province.items():
        plain = sorted(set(units) - structure.with_odd_below(period, units))
        if not plain:
            continue
        stored = _Stored(plain, period, layer, province)
        if not stored.n_own and not stored.n_all:
            written += _filled(source, stored, summed)
        elif not _right(source, stored, summed):
            continue  # the fold tells the differences one by one
        done.update(plain)
    return done, written


class _Stored:
    """The stored cells of some communes of one province, in one layer and period."""

    def __init__(self, units: list[int], period: Period, layer: str, province: int | None) -> None:
        self.units = units
        self.period = period
        self.layer = layer
        self.province = province
        cells = Cell.objects.filter(unit_id__in=units, period_id=period.pk, layer=layer)
        self.own = cells.filter(reach=Cell.Reach.OWN)
        self.all = cells.filter(reach=Cell.Reach.ALL)
        counted = cells.values_list("reach").annotate(
            n=Count("pk"), n_elsewhere=Count("pk", filter=~Q(province_id=province))
        )
        tally = {reach: (n, n_elsewhere) for reach, n, n_elsewhere in counted}
        self.n_own, own_strays = tally.get(Cell.Reach.OWN, (0, 0))
        self.n_all, all_strays = tally.get(Cell.Reach.ALL, (0, 0))
        self.strays = own_strays + all_strays  # cells of another province

    def place(self, reach: str) -> dict[str, Value]:
        """The columns of a cell that are the same for all of these."""
        number = BigIntegerField()
        return {
            "of_period": Value(self.period.pk, number),
            "of_province": Value(self.province, number),
            "of_layer": Value(self.layer, CharField()),
            "of_reach": Value(reach, CharField()),
        }


_PLACE = "period_id province_id layer reach"


def _filled(source: AddingSource, stored: _Stored, summed: Collection[int]) -> int:
    """Write the cells where there are none yet; returns how many."""
    own = source.own_cells(stored.units, stored.period)
    below = source.cells_below(stored.units, stored.period, summed)
    whole = ((Cell.Reach.OWN, own), (Cell.Reach.ALL, own), (Cell.Reach.ALL, below))
    made = 0
    for reach, cells in whole:
        rows = cells.annotate(**stored.place(reach))
        made += insert_from(Cell, f"{' '.join(CELL_COLUMNS)} {_PLACE}", rows)
    return made


def _right(source: AddingSource, stored: _Stored, summed: Collection[int]) -> bool:
    """Whether exactly the cells are stored that the values give.

    With all below it a commune has the cells of its own word, and for every other figure the
    sum of what those below it handed in.
    """
    if stored.strays:
        return False
    own = source.own_cells(stored.units, stored.period)
    if not _same(own, stored.own, stored.n_own):
        return False
    if stored.n_own:
        own_word = stored.own.values_list(*CELL_COLUMNS)
        if own_word.difference(stored.all.values_list(*CELL_COLUMNS)).exists():
            return False
    below = source.cells_below(stored.units, stored.period, summed)
    return _same(below, stored.all, stored.n_all - stored.n_own)


def _same(made: QuerySet[Any, Any], stored: QuerySet[Cell, Any], number: int) -> bool:
    """Whether what the values give is found among the stored cells, and is ``number`` rows.

    Each row carries how many there are beside it, so that one look tells both.
    """
    if not number:
        return not made.exists()
    rows = made.annotate(of=Window(Count("*")))
    among = stored.values_list(*CELL_COLUMNS).annotate(of=Value(number, BigIntegerField()))
    found: int = rows.intersection(among).count()
    return found == number
