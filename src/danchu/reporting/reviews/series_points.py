"""The points of one series: what each unit of that time gave, brought to the map asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.units.selectors import Warning
from danchu.core.units.selectors.territory import (
    NamedState,
    Placed,
    Territory,
    communes_ever_below,
    moved,
    over_communes,
)
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.restating import (
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

from .earlier import period_name
from .series_told import CHOSEN, Told
from .series_words import (
    CHANGED,
    ESTIMATED,
    INCOMPLETE,
    INCOMPLETE_RATE,
    RANGE,
    REASONS,
    given_text,
    known_from,
    left_out_of_view,
    point_text,
    share_words,
)

MOST_SIGNED = 6  # values signed otherwise that a point names
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
    ``said_of``: the one other unit the value is of, as a former district; "" where it is none.
    """

    period_code: str
    label: str
    point: Point
    text: str
    sources: tuple[Source, ...]
    bases: tuple[str, ...]
    remarks: tuple[Warning, ...]
    layers: tuple[str, ...]
    said_of: str = ""


class KnownPeriod(NamedTuple):
    """A period, and its row where the installation has met it."""

    span: PeriodSpan
    id: int | None


class PointReader:
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

    def point(self, period: KnownPeriod, reading: Reading) -> SeriesPoint:
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
            text=point_text(self.meaning, point),
            sources=tuple(self._source(part, span) for part in point.parts),
            bases=tuple(
                dict.fromkeys(
                    basis for part in point.parts for basis in self.bases.get(part.unit_id, ())
                )
            ),
            remarks=(*self._remarks(point, span), *self._signed_otherwise(point, period)),
            layers=self._layers(point, period),
            said_of=self._said_of(point, span) if reading == Reading.PUBLISHED else "",
        )

    def _said_of(self, point: Point, span: PeriodSpan) -> str:
        if len(point.parts) != 1 or point.parts[0].unit_id in self.ground.members:
            return ""
        return self._source(point.parts[0], span).unit.name

    def _layers(self, point: Point, period: KnownPeriod) -> tuple[str, ...]:
        if self.layer != CHOSEN:
            return (self.layer,) if point.parts else ()
        found = (self.told.sources.get((part.unit_id, period.id or 0)) for part in point.parts)
        return tuple(dict.fromkeys(layer for layer in found if layer is not None))

    def _signed_otherwise(self, point: Point, period: KnownPeriod) -> list[Warning]:
        """Where another value was signed than the one the point is made of."""
        said = []
        for part in point.parts:
            for signed in self.told.signed.get((part.unit_id, period.id or 0), ()):
                text = given_text(self.meaning, signed.given)
                if not text or text == given_text(self.meaning, part.given):
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

    def _parts(self, period: KnownPeriod) -> dict[str, list[Part]]:
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

    def _told_parts(self, period: KnownPeriod) -> list[Part]:
        """What the units of that time gave, each for itself."""
        return [
            Part(part.unit_id, _WHOLE, part.given, part.ended)
            for parts in self._parts(period).values()
            for part in parts
            if part.given is not None
        ]

    def _chosen(self, period: KnownPeriod, *, same: bool) -> tuple[str, list[Part]]:
        by_level = self._parts(period)
        if not by_level:
            return self.own, []
        points = {
            level: restate(self.meaning, parts, same_territory=same)
            for level, parts in by_level.items()
        }
        level = best(points, self.own)
        return level, by_level[level]

    def _restated(self, period: KnownPeriod, level: str, parts: list[Part], *, same: bool) -> Point:
        held = {part.unit_id for part in parts}
        if self.since > period.span.end:
            return without_value(parts, Reason.ORIGIN)
        if self._moved(period, level, held):
            return without_value(parts, Reason.MOVED)
        return restate(self.meaning, parts, same_territory=same)

    def _moved(self, period: KnownPeriod, level: str, held: set[int]) -> bool:
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
        share_vi, share_en = share_words(part.share)
        path = f"/office/so-lieu/{unit.code}/{span.code}/{self.meaning.key}/"
        return Source(
            unit=unit,
            text=given_text(self.meaning, part.given),
            share_vi=share_vi,
            share_en=share_en,
            path=path if day == span.end else "",
            given=part.given is not None,
        )

    def _remarks(self, point: Point, span: PeriodSpan) -> list[Warning]:
        said = []
        if point.reason is not None:
            said.append(REASONS[point.reason])
        if point.standing == Standing.ESTIMATED:
            said.append(ESTIMATED)
        if point.standing == Standing.RANGE:
            said.append(RANGE)
        if point.has_value and not point.complete:
            said.append(INCOMPLETE_RATE if point.numerator is not None else INCOMPLETE)
        hidden = [p for p in point.parts if p.given is None and p.unit_id in self.told.hidden]
        if hidden:
            said.append(left_out_of_view(len(hidden)))
        units = [part.unit_id for part in point.parts]
        if self.ways.changed(units, span.start, span.end):
            said.append(CHANGED)
        early = self._begins_after(units, span.end)
        if early is not None:
            said.append(known_from(early))
        return said

    def _begins_after(self, units: Sequence[int], day: dt.date) -> dt.date | None:
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
