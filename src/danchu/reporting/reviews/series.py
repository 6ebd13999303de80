"""The series of an indicator for a unit over several periods and several maps (R10).

Three readings of the same figures: as each unit of its day published them, brought to today's
map, and only where the territory is the same. Unless one layer is asked for, each unit and period
speaks with what its report in force says, else with what the rule of :mod:`.figures` gives; a
point says which, and where another value was signed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES, previous
from danchu.core.calendar.selectors import span_of
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound
from danchu.core.units.selectors import UnitOnDay, Warning, code_history, unit_on
from danchu.core.units.selectors.territory import (
    NamedState,
    Territory,
    shared_territory,
    territory_of,
)
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.histories import periods_by_ids, values_over_time
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.restating import (
    Ways,
)
from danchu.reporting.figures.selectors import definition, definitions
from danchu.reporting.reading.selectors import keys_stated_among

from .series_points import KnownPeriod, PointReader, Reading, SeriesPoint
from .series_told import CHOSEN, Told, told_of

MOST_PERIODS = 16  # points of one series, the newest
_LAYERS = (Layer.REPORTED, Layer.RECORDED, Layer.STATED)


@dataclass(frozen=True, slots=True)
class Series:
    """A series in one reading. ``units``: the units of today it speaks of.

    ``layer`` is "chosen" unless one was asked for; ``layers`` and ``families`` list what could be
    read; a family is a scheme and length of periods ("cal:half_year"). ``group``: the units are
    those that share territory with the unit, taken together; ``group_units`` are they, where
    there is such a group beyond the unit itself.
    """

    unit: UnitOnDay
    ended: bool
    meaning: Definition
    reading: Reading
    layer: str
    layers: tuple[str, ...]
    family: str
    families: tuple[str, ...]
    group: bool
    units: tuple[NamedState, ...]
    group_units: tuple[NamedState, ...]
    points: tuple[SeriesPoint, ...]
    remarks: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """What is asked for: None leaves the choice to the figures there are."""

    code: str
    key: str
    on: dt.date | None = None
    reading: Reading = Reading.TODAY
    group: bool = False
    layer: str | None = None
    family: str | None = None
    language: str = "vi"


def series(viewer: Actor, asked: SeriesRequest) -> Series:
    """The series of one indicator for the unit that holds the code, on today's map.

    A code that nobody holds today means its last holder, which stands for the group of units
    that received any of its territory. Values of units whose figures the viewer may not read
    are left out, but for published ones; the points say so. Raises ``NotFound``, and
    ``NotAllowed`` where the viewer may read nothing of it.
    """
    meaning = definition(asked.key)
    now = today()
    unit = _unit(asked.code, asked.on or now)
    wide = shared_territory([unit.id], now)
    last = wide.last_day(unit.id)
    ended = last is not None and last < now
    group = (asked.group or ended) and wide.whole
    day = last if last is not None and last < now and not group else now
    ground = wide if group else territory_of([unit.id], day)
    ways = Ways(ground.links)
    known = ways.behind(ground.members)
    told = told_of(viewer, meaning, known)
    if not told.values:
        require(viewer, "figures.read", unit.id)
    layer, layers = _layer(told, asked.layer)
    periods = periods_by_ids({period for _unit, period, of in told.values if of == layer})
    family, families = _family(periods.values(), asked.family)
    shown = _without_gaps([p for p in periods.values() if _family_of(p) == family])
    reader = PointReader(meaning, ground, ways, told, layer, day, asked.language)
    points = tuple(reader.point(span, asked.reading) for span in shown)
    return Series(
        unit=unit,
        ended=ended,
        meaning=meaning,
        reading=asked.reading,
        layer=layer,
        layers=layers,
        family=family,
        families=families,
        group=group,
        units=_named(ground, ground.members),
        group_units=_named(wide, wide.members) if wide.whole and wide.members != {unit.id} else (),
        points=points,
        remarks=_of_all(wide, group=asked.group or ended),
    )


def keys_behind(viewer: Actor, unit_id: int) -> set[str]:
    """The indicators of which a unit without figures of its own has a series all the same: those
    known of the units its territory was of."""
    ground = territory_of([unit_id], today())
    behind = Ways(ground.links).behind(ground.members) - {unit_id}
    if not behind:
        return set()
    cells = values_over_time(viewer, behind, list(definitions()))
    return {key for *_place, key in cells} | keys_stated_among(viewer, behind)


def _unit(code: str, on: dt.date) -> UnitOnDay:
    try:
        return unit_on(code, on)
    except NotFound:
        for held in code_history(code):
            if held.code == code.upper() and (held.valid_from is None or held.valid_from <= on):
                return held
        raise


def _named(ground: Territory, unit_ids: Collection[int]) -> tuple[NamedState, ...]:
    return tuple(sorted((ground.latest(u) for u in unit_ids), key=lambda state: state.code))


def _of_all(wide: Territory, *, group: bool) -> tuple[Warning, ...]:
    if not group or wide.whole:
        return ()
    return (
        Warning(
            "Nhóm đơn vị chung địa giới lan quá rộng nên không lập được; chuỗi chỉ của đơn vị này.",
            "The group of units that share territory reaches too far to be formed; "
            "the series is of this unit alone.",
        ),
    )


def _layer(told: Told, asked: str | None) -> tuple[str, tuple[str, ...]]:
    """The layer asked for, where there is any value of it; else that of the rule."""
    count = Counter(layer for _unit, _period, layer in told.values)
    known = tuple(layer.value for layer in _LAYERS if count[layer])
    return (asked if asked in known else CHOSEN), (CHOSEN, *known)


def _family_of(period: Period) -> str:
    return f"{period.scheme.code}:{period.kind}"


def _family(periods: Collection[Period], asked: str | None) -> tuple[str, tuple[str, ...]]:
    count = Counter(_family_of(period) for period in periods)
    known = tuple(sorted(count, key=lambda family: (-count[family], family)))
    if asked in known:
        return asked, known
    return (known[0] if known else ""), known


def _without_gaps(periods: Sequence[Period]) -> list[KnownPeriod]:
    """The newest periods in order, and those between them of which nothing is known."""
    known = sorted((KnownPeriod(span_of(p), p.pk) for p in periods), key=lambda k: k.span.end)
    if not known or known[-1].span.scheme not in SCHEMES:
        return known[-MOST_PERIODS:]
    by_code = {one.span.code: one for one in known}
    first, span = known[0].span, known[-1].span
    found = [known[-1]]
    while len(found) < MOST_PERIODS and span.start > first.start:
        span = previous(span)
        found.append(by_code.get(span.code) or KnownPeriod(span, None))
    return found[::-1]
