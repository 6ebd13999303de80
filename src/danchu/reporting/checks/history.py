"""What a unit had in earlier periods and what its peers have now, for many forms at once.

Values come from the cells of the roll-up, so from the version of each unit that stands. Units
below a commune have no cells of their own: for them nothing is known and nothing is checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from danchu.core.calendar.models import Period
from danchu.core.units.models import UnitState
from danchu.core.units.selectors.validity import in_force
from danchu.reporting.figures import structure
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids

from .statistics import FEWEST, Last, Usual, usual

MOST_PERIODS = 12  # earlier periods looked at, newest first
MOST_PEERS = 40  # peers looked at: more of them hardly move a median
# What a series may be made of, the best first; values of two layers never stand in one series.
_LAYERS = (
    (Layer.REPORTED, Cell.Reach.OWN),
    (Layer.STATED, Cell.Reach.OWN),
    (Layer.RECORDED, Cell.Reach.ALL),
)
_KNOWN = (CellState.REPORTED, CellState.ZERO)

Form = tuple[int, int]  # unit id, period id


@dataclass(frozen=True, slots=True)
class Background:
    """(form, indicator) -> what is usual; nothing where fewer than five values are known.

    ``last``: what the unit had last, from one value on.
    """

    earlier: Mapping[tuple[Form, str], Usual] = field(default_factory=dict)
    peers: Mapping[tuple[Form, str], Usual] = field(default_factory=dict)
    last: Mapping[tuple[Form, str], Last] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """The earlier periods like that of each form, newest first, and what the units had in them."""

    periods: Mapping[int, Sequence[Period]]
    series: Mapping[tuple[int, int, str, str], int]  # unit, period, layer, indicator -> amount


def past_of(
    forms: Collection[tuple[int, Period]], keys: Collection[str], *, only_last: bool = False
) -> Past:
    """What the units had in earlier periods of the same kind and scheme; two queries.

    ``only_last``: only the same period a year before and the period just before.
    """
    asked = {period.pk: period for _unit, period in forms}
    before = _earlier_periods(asked.values())
    if only_last:
        before = {pk: _last_of(rows, asked[pk]) for pk, rows in before.items()}
    return Past(before, _series(forms, before, keys))


def earlier(
    forms: Collection[tuple[int, Period]], keys: Collection[str], past: Past
) -> dict[tuple[Form, str], Usual]:
    """What is usual for each unit by its own earlier periods of the same kind and scheme."""
    scales = {key: meaning.scale for key, meaning in definitions().items()}
    found: dict[tuple[Form, str], Usual] = {}
    for unit_id, period in forms:
        for key in keys:
            for layer, _reach in _LAYERS:
                values = _known_in(past, past.periods[period.pk], unit_id, str(layer), key)
                if len(values) >= FEWEST:
                    known = usual(values, str(layer), scale=scales[key])
                    assert known is not None
                    found[(unit_id, period.pk), key] = known
                    break
    return found


def last(
    forms: Collection[tuple[int, Period]], keys: Collection[str], past: Past
) -> dict[tuple[Form, str], Last]:
    """What each unit had in the same period a year before and in the period just before.

    Values of one layer only; one of the two periods is enough.
    """
    meanings = definitions()
    found: dict[tuple[Form, str], Last] = {}
    for unit_id, period in forms:
        rows = _last_of(past.periods[period.pk], period)
        for key in keys:
            for layer, _reach in _LAYERS:
                values = [
                    Fraction(amount, meanings[key].scale)
                    for amount in _known_in(past, rows, unit_id, str(layer), key)
                ]
                if values:
                    known = Last(min(values), max(values), len(values), str(layer))
                    found[(unit_id, period.pk), key] = known
                    break
    return found


def _known_in(past: Past, rows: Iterable[Period], unit_id: int, layer: str, key: str) -> list[int]:
    places = ((unit_id, row.pk, layer, key) for row in rows)
    return [past.series[place] for place in places if place in past.series]


def _last_of(rows: Sequence[Period], period: Period) -> list[Period]:
    """Of the earlier periods, newest first: the one just before, and the one a year before."""
    return [row for n, row in enumerate(rows) if n == 0 or _a_year_apart(row, period)]


def _a_year_apart(one: Period, other: Period) -> bool:
    first, second = one.start, other.start
    return (first.year + 1, first.month, first.day) == (second.year, second.month, second.day)


def _series(
    forms: Collection[tuple[int, Period]],
    before: Mapping[int, Iterable[Period]],
    keys: Collection[str],
) -> dict[tuple[int, int, str, str], int]:
    wanted = {row.pk for rows in before.values() for row in rows}
    if not wanted:
        return {}
    layers = Q()
    for layer, reach in _LAYERS:
        layers |= Q(layer=layer, reach=reach)
    rows = _cells({unit_id for unit_id, _period in forms}, wanted, keys).filter(layers)
    return {
        (unit_id, period_id, of_layer, key): amount
        for unit_id, period_id, of_layer, key, amount in _amounts(rows)
    }


def _earlier_periods(periods: Iterable[Period]) -> dict[int, list[Period]]:
    """period -> the periods like it that ended before it began, newest first."""
    asked = list(periods)
    alike = Q(pk__in=[])
    for scheme_id, kind in {(p.scheme_id, p.kind) for p in asked}:
        alike |= Q(scheme_id=scheme_id, kind=kind)
    rows = list(Period.objects.filter(alike).order_by("-end"))
    return {
        period.pk: [
            row
            for row in rows
            if (row.scheme_id, row.kind) == (period.scheme_id, period.kind)
            and row.end < period.start
        ][:MOST_PERIODS]
        for period in asked
    }


def peers(
    forms: Collection[tuple[int, Period]], keys: Collection[str]
) -> dict[tuple[Form, str], Usual]:
    """What is usual in the same period among units of the same kind below the same parent.

    Only what those units handed in counts, and only the median leaves this function.
    """
    scales = {key: meaning.scale for key, meaning in definitions().items()}
    found: dict[tuple[Form, str], Usual] = {}
    by_period: dict[int, list[int]] = defaultdict(list)
    periods = {period.pk: period for _unit, period in forms}
    for unit_id, period in forms:
        by_period[period.pk].append(unit_id)
    for period_id, unit_ids in by_period.items():
        alike = _alike(periods[period_id], unit_ids)
        everyone = {peer for group in alike.values() for peer in group}
        values: dict[str, dict[int, int]] = {key: {} for key in keys}
        if len(everyone) >= FEWEST:
            rows = _cells(everyone, {period_id}, keys).filter(
                layer=Layer.REPORTED, reach=Cell.Reach.OWN
            )
            for peer, _period, _layer, key, amount in _amounts(rows):
                values[key][peer] = amount
        for unit_id, group in alike.items():
            for key, amounts in values.items():
                series = [amounts[peer] for peer in group if peer in amounts]
                known = usual(series, scale=scales[key])
                if known is not None:
                    found[(unit_id, period_id), key] = known
    return found


def _alike(period: Period, unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """unit -> its peers in the period: same parent, level and kind."""
    places = structure.last_placements(period, unit_ids)
    parents = {place.parent_id for place in places.values() if place.parent_id is not None}
    below = structure.children_of(period, parents) if parents else {}
    kinds: dict[int, tuple[str, str]] = {}
    named = set(unit_ids) | {unit for group in below.values() for unit in group}
    states = UnitState.objects.filter(in_force(period.end), unit_id__in=named)
    for unit_id, level, kind in states.values_list("unit_id", "unit__level", "kind"):
        kinds[unit_id] = (level, kind)
    found: dict[int, list[int]] = {}
    for unit_id in unit_ids:
        place = places.get(unit_id)
        group = below.get(place.parent_id, []) if place and place.parent_id else []
        found[unit_id] = thinned(
            [
                peer
                for peer in group
                if peer != unit_id and peer in kinds and kinds[peer] == kinds.get(unit_id)
            ]
        )
    return found


def thinned(units: Sequence[int]) -> list[int]:
    """At most ``MOST_PEERS`` of the units, evenly taken from all, the same ones every time."""
    if len(units) <= MOST_PEERS:
        return list(units)
    return [units[place * len(units) // MOST_PEERS] for place in range(MOST_PEERS)]


def _cells(
    unit_ids: Collection[int], period_ids: Collection[int], keys: Collection[str]
) -> QuerySet[Cell, Any]:
    ids = indicator_ids()
    return Cell.objects.filter(
        unit_id__in=unit_ids,
        period_id__in=period_ids,
        indicator_id__in=[ids[key] for key in keys],
        dimension="",
        state__in=_KNOWN,
        amount__isnull=False,
    )


def _amounts(rows: QuerySet[Cell, Any]) -> Iterator[tuple[int, int, str, str, int]]:
    names = {number: key for key, number in indicator_ids().items()}
    columns = ("unit_id", "period_id", "layer", "indicator_id", "amount")
    for unit_id, period_id, layer, indicator_id, amount in rows.values_list(*columns):
        yield unit_id, period_id, layer, names[indicator_id], amount
