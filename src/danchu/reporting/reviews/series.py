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
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES, PeriodSpan, previous
from danchu.core.calendar.selectors import span_of
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound
from danchu.core.text import english_date, format_number
from danchu.core.units.selectors import UnitOnDay, Warning, code_history, unit_on
from danchu.core.units.selectors.territory import (
    NamedState,
    Placed,
    Territory,
    communes_ever_below,
    moved,
    over_communes,
    shared_territory,
    territory_of,
)
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.histories import (
    periods_by_ids,
)
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.restating import (
    Given,
    Part,
    Point,
    Reason,
    Share,
    Standing,
    Ways,
    best,
    counted,
    restate,
    without_value,
)
from danchu.reporting.figures.selectors import definition

from .earlier import period_name
from .series_told import CHOSEN, Told, told_of

MOST_PERIODS = 16  # points of one series, the newest
MOST_SIGNED = 6  # values signed otherwise that a point names
_LAYERS = (Layer.REPORTED, Layer.RECORDED, Layer.STATED)
_WHOLE = Share(Fraction(1), Fraction(1))


class Reading(StrEnum):
    """How the figures of former units are read."""

    PUBLISHED = "published"
    TODAY = "today"
    SAME = "same"


class Source(NamedTuple):
    """A unit of that day in a point: what it gave and how much of it counts.

    ``share`` is "" for a unit that counts whole. ``path`` is the page of its figure, "" where
    the unit's code meant another unit at the end of the period.
    """

    unit: NamedState
    text: str
    share_vi: str
    share_en: str
    path: str
    given: bool


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of a series, ready to be printed.

    ``bases``: the texts by which former units became those of today. ``remarks`` say what a
    reader must know; ``layers``: where the values come from, "issued" for a report in force.
    """

    period_code: str
    label: str
    point: Point
    text: str
    sources: tuple[Source, ...]
    bases: tuple[str, ...]
    remarks: tuple[Warning, ...]
    layers: tuple[str, ...]


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
    reader = _Reader(meaning, ground, ways, told, layer, day, asked.language)
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


def _without_gaps(periods: Sequence[Period]) -> list[_Known]:
    """The newest periods in order, and those between them of which nothing is known."""
    known = sorted((_Known(span_of(p), p.pk) for p in periods), key=lambda k: k.span.end)
    if not known or known[-1].span.scheme not in SCHEMES:
        return known[-MOST_PERIODS:]
    by_code = {one.span.code: one for one in known}
    first, span = known[0].span, known[-1].span
    found = [known[-1]]
    while len(found) < MOST_PERIODS and span.start > first.start:
        span = previous(span)
        found.append(by_code.get(span.code) or _Known(span, None))
    return found[::-1]


class _Known(NamedTuple):
    """A period, and its row where the installation has met it."""

    span: PeriodSpan
    id: int | None


class _Reader:
    """Makes the points of one series."""

    def __init__(
        self,
        meaning: Definition,
        ground: Territory,
        ways: Ways,
        told: Told,
        layer: str,
        now: dt.date,
        language: str,
    ) -> None:
        self.meaning, self.ground, self.ways, self.told = meaning, ground, ways, told
        self.layer, self.now, self.language = layer, now, language
        self.own = ground.latest(min(ground.members)).level if ground.members else ""
        self.places: list[Placed] | None = None
        # Before the youngest unit that nobody knows the origin of, the territory is unknown.
        begins = [ground.states[unit][0].valid_from for unit in ways.origins(ground.members)]
        self.since = max((day for day in begins if day is not None), default=dt.date.min)
        self.bases: dict[int, list[str]] = {}
        for link in ground.links:
            if link.basis and not {link.predecessor, link.successor} <= ground.members:
                self.bases.setdefault(link.predecessor, []).append(link.basis)

    def point(self, period: _Known, reading: Reading) -> SeriesPoint:
        """The value of one period."""
        span = period.span
        if reading == Reading.PUBLISHED:
            parts = self._told_parts(period)
            point = _as_published(self.meaning, parts)
        else:
            level, parts = self._chosen(period, same=reading == Reading.SAME)
            point = self._restated(period, level, parts, same=reading == Reading.SAME)
        return SeriesPoint(
            period_code=span.code,
            label=period_name(span, self.language),
            point=point,
            text=_text(self.meaning, point),
            sources=tuple(self._source(part, span) for part in point.parts),
            bases=tuple(
                dict.fromkeys(
                    basis for part in point.parts for basis in self.bases.get(part.unit_id, ())
                )
            ),
            remarks=(*self._remarks(point, span), *self._signed_otherwise(point, period)),
            layers=self._layers(point, period),
        )

    def _layers(self, point: Point, period: _Known) -> tuple[str, ...]:
        if self.layer != CHOSEN:
            return (self.layer,) if point.parts else ()
        found = (self.told.sources.get((part.unit_id, period.id or 0)) for part in point.parts)
        return tuple(dict.fromkeys(layer for layer in found if layer is not None))

    def _signed_otherwise(self, point: Point, period: _Known) -> list[Warning]:
        """Where another value was signed than the one the point is made of."""
        said = []
        for part in point.parts:
            for signed in self.told.signed.get((part.unit_id, period.id or 0), ()):
                text = _given_text(self.meaning, signed.given)
                if not text or text == _given_text(self.meaning, part.given):
                    continue
                of = f"{signed.given.n_given}/{signed.given.n_expected}"
                one = signed.given.n_expected <= 1
                who = self.ground.latest(part.unit_id).name if len(point.parts) > 1 else ""
                said.append(
                    Warning(
                        (f"{who}: " if who else "")
                        + f"{signed.words.vi} {text}"
                        + ("." if one else f" (số của {of} đơn vị)."),
                        (f"{who}: " if who else "")
                        + f"{signed.words.en} {text}"
                        + ("." if one else f" (of {of} units)."),
                    )
                )
        return said[:MOST_SIGNED]

    def _parts(self, period: _Known) -> dict[str, list[Part]]:
        """level -> the units of that period that may hold something of the territory."""
        span = period.span
        found: dict[str, list[Part]] = {}
        for unit in sorted(self.ways.behind(self.ground.members)):
            last = self.ground.last_day(unit)
            when = span.end if last is None or last >= span.end else last
            state = self.ground.state_on(unit, when)
            if state is None or when < span.start:
                continue
            share = self.ways.share(unit, when, self.ground.members)
            given = self.told.values.get((unit, period.id or 0, self.layer))
            part = Part(unit, share, given, ended=when < span.end)
            found.setdefault(state.level, []).append(part)
        return {level: counted(self.meaning, parts) for level, parts in found.items()}

    def _told_parts(self, period: _Known) -> list[Part]:
        """What the units of that time gave, each for itself."""
        return [
            Part(part.unit_id, _WHOLE, part.given, part.ended)
            for parts in self._parts(period).values()
            for part in parts
            if part.given is not None
        ]

    def _chosen(self, period: _Known, *, same: bool) -> tuple[str, list[Part]]:
        by_level = self._parts(period)
        if not by_level:
            return self.own, []
        points = {
            level: restate(self.meaning, parts, same_territory=same)
            for level, parts in by_level.items()
        }
        level = best(points, self.own)
        return level, by_level[level]

    def _restated(self, period: _Known, level: str, parts: list[Part], *, same: bool) -> Point:
        held = {part.unit_id for part in parts}
        if self.since > period.span.end:
            return without_value(parts, Reason.ORIGIN)
        if self._moved(period, level, held):
            return without_value(parts, Reason.MOVED)
        return restate(self.meaning, parts, same_territory=same)

    def _moved(self, period: _Known, level: str, held: set[int]) -> bool:
        """Whether communes moved in or out of the units since the period."""
        if not over_communes(level) or level != self.own or period.span.end >= self.now:
            return False
        if self.places is None:
            self.places = communes_ever_below(self.ways.behind(self.ground.members))
        members = self.ground.members
        return bool(moved(self.places, held, period.span.end, members, self.now))

    def _source(self, part: Part, span: PeriodSpan) -> Source:
        when = self.ground.last_day(part.unit_id)
        day = span.end if when is None or when >= span.end else when
        unit = self.ground.state_on(part.unit_id, day) or self.ground.latest(part.unit_id)
        share_vi, share_en = _share_words(part.share)
        path = f"/office/so-lieu/{unit.code}/{span.code}/{self.meaning.key}/"
        return Source(
            unit=unit,
            text=_given_text(self.meaning, part.given),
            share_vi=share_vi,
            share_en=share_en,
            path=path if day == span.end else "",
            given=part.given is not None,
        )

    def _remarks(self, point: Point, span: PeriodSpan) -> list[Warning]:
        said = []
        if point.reason is not None:
            said.append(_REASONS[point.reason])
        if point.standing == Standing.ESTIMATED:
            said.append(_ESTIMATED)
        if point.standing == Standing.RANGE:
            said.append(_RANGE)
        if point.has_value and not point.complete:
            said.append(_INCOMPLETE_RATE if point.numerator is not None else _INCOMPLETE)
        hidden = [p for p in point.parts if p.given is None and p.unit_id in self.told.hidden]
        if hidden:
            said.append(_hidden(len(hidden)))
        units = [part.unit_id for part in point.parts]
        if self.ways.changed(units, span.start, span.end):
            said.append(_CHANGED)
        early = self._known_from(units, span.end)
        if early is not None:
            said.append(_early(early))
        return said

    def _known_from(self, units: Sequence[int], day: dt.date) -> dt.date | None:
        states = [self.ground.state_on(unit, day) for unit in units]
        days = [
            state.known_from
            for state in states
            if state and state.valid_from is None and state.known_from and day < state.known_from
        ]
        return max(days, default=None)


def _as_published(meaning: Definition, parts: list[Part]) -> Point:
    """The value of the one unit that spoke; several stand beside each other and have no sum."""
    point = restate(meaning, parts)
    if len(parts) <= 1:
        return point
    return Point(
        Standing.NOT_COMPARABLE,
        None,
        None,
        None,
        None,
        point.n,
        point.of,
        point.complete,
        tuple(parts),
    )


def _text(meaning: Definition, point: Point) -> str:
    """The value as printed: "191", "0–191", "≈ 96,4", "95,8%"; "" without one."""
    if point.numerator is not None and point.denominator is not None:
        return rate_text(meaning, point.numerator, point.denominator)
    if point.low is None or point.high is None:
        return ""
    if point.standing == Standing.RANGE:
        return f"{_number(meaning, point.low)}–{_number(meaning, point.high)}"
    if point.standing == Standing.ESTIMATED:
        exact = point.low / meaning.scale
        if exact.denominator == 1:
            return f"≈ {_number(meaning, point.low)}"
        return f"≈ {_number(meaning, point.low)} ({exact.numerator}/{exact.denominator})"
    return _number(meaning, point.low)


def _number(meaning: Definition, value: Fraction) -> str:
    if value.denominator == 1:
        return amount_text(meaning, value.numerator)
    return format_number(value / meaning.scale, decimals=max(meaning.decimals, 1))


def _given_text(meaning: Definition, given: Given | None) -> str:
    if given is None:
        return ""
    if given.numerator is not None and given.denominator:
        return f"{given.numerator}/{given.denominator}"
    return amount_text(meaning, given.amount) if given.amount is not None else ""


def _share_words(share: Share) -> tuple[str, str]:
    if share.whole:
        return "", ""
    if share.known:
        return f"{share.low} đơn vị", f"{share.low} of the unit"
    if share == Share(Fraction(0), Fraction(1)):
        return "một phần, không rõ tỷ lệ", "part, share unknown"
    return f"từ {share.low} đến {share.high} đơn vị", f"{share.low} to {share.high} of the unit"


_ESTIMATED = Warning(
    "Ước tính: nhân đúng với phần đã biết của đơn vị cũ.",
    "Estimated: multiplied exactly by the known share of the former unit.",
)
_RANGE = Warning(
    "Khoảng: không rõ phần của đơn vị cũ, nên chỉ biết ít nhất và nhiều nhất.",
    "A range: the share of a former unit is unknown, so only the least and the most are known.",
)
_INCOMPLETE = Warning(
    "Chưa đủ đơn vị có số liệu, số thật có thể lớn hơn.",
    "Not every unit gave a value; the true number may be larger.",
)
_INCOMPLETE_RATE = Warning(
    "Chưa đủ đơn vị có số liệu, tỷ lệ chỉ của các đơn vị đã có.",
    "Not every unit gave a value; the rate is that of those that did.",
)
_CHANGED = Warning("Địa giới thay đổi ngay trong kỳ.", "The map changed within the period.")
_REASONS = {
    Reason.TERRITORY: Warning("Khác địa giới.", "Another territory."),
    Reason.ORIGIN: Warning(
        "Không rõ đơn vị khi đó hình thành từ đâu.", "What the unit was made of then is unknown."
    ),
    Reason.MOVED: Warning(
        "Có xã chuyển sang hoặc chuyển đi từ kỳ đó.", "Communes moved in or out since then."
    ),
    Reason.KIND: Warning(
        "Chỉ tiêu này không cộng, không chia theo đơn vị.",
        "Values of this indicator are neither added over units nor divided.",
    ),
    Reason.NUMBERS: Warning(
        "Tỷ lệ không có đủ tử số và mẫu số.", "A rate without its two numbers."
    ),
    Reason.OVER: Warning(
        "Tử số lớn hơn mẫu số, không thành tỷ lệ.",
        "The numerator is larger than the denominator: the two do not make a share.",
    ),
    Reason.INSIDE: Warning(
        "Địa giới thay đổi trong kỳ và chỉ tiêu này không cộng được.",
        "The map changed within the period and this indicator cannot be added.",
    ),
}


def _hidden(n: int) -> Warning:
    return Warning(
        f"{n} đơn vị ngoài phạm vi được xem.", f"{n} units outside what this account may see."
    )


def _early(known_from: dt.date) -> Warning:
    day = f"{known_from:%d/%m/%Y}"
    return Warning(
        f"Bản đồ cũ nhất được biết là của ngày {day}; đơn vị của kỳ này lấy theo bản đồ đó.",
        f"The oldest map known is that of {english_date(known_from)}; the units are taken from it.",
    )
