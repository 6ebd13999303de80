"""Arithmetic of validity: [first, last], both inclusive, None an end that is open or unknown.

Pure functions; nothing here knows the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``; None reaches as far as there are days."""

    first: dt.date | None
    last: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        return self.common(other) is not None

    def common(self, other: Span) -> Span | None:
        """The days both hold, or None."""
        starts = [day for day in (self.first, other.first) if day is not None]
        ends = [day for day in (self.last, other.last) if day is not None]
        first, last = max(starts, default=None), min(ends, default=None)
        return None if first and last and last < first else Span(first, last)

    def followed_by(self, other: Span) -> bool:
        """Whether ``other`` begins on the day after this one ends."""
        return (
            self.last is not None
            and other.first is not None
            and day_after(self.last) == other.first
        )

    @property
    def order(self) -> dt.date:
        """A key that sorts spans by their beginning, the unknown ones first."""
        return self.first or dt.date.min


def day_after(day: dt.date) -> dt.date:
    """The next day."""
    return day + _ONE_DAY


def day_before(day: dt.date) -> dt.date:
    """The day before."""
    return day - _ONE_DAY


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in one tree, and for which days."""

    span: Span
    parent_id: int | None
    path: str


def standings(
    unit_id: int,
    parents: Iterable[tuple[Span, int | None]],
    above: Mapping[int, Sequence[Standing]],
) -> tuple[list[Standing], list[Span]]:
    """The paths of a unit from its parents and from where those stand.

    Returns the standings in order, neighbours with the same path joined, and the spans in
    which the given parent stands nowhere itself; there the parent's nearest path is kept, so
    that a child of an ended unit is still found under it until it is moved.
    """
    found: list[Standing] = []
    gaps: list[Span] = []
    for span, parent_id in parents:
        if parent_id is None:
            found.append(Standing(span, None, f"/{unit_id}/"))
            continue
        of_parent = sorted(above.get(parent_id, ()), key=lambda standing: standing.span.order)
        shared = [(span.common(standing.span), standing.path) for standing in of_parent]
        pieces = [(common, path) for common, path in shared if common is not None]
        for gap in uncovered(span, [common for common, _path in pieces]):
            gaps.append(gap)
            earlier = [standing for standing in of_parent if standing.span.order <= gap.order]
            nearest = (earlier or of_parent)[-1].path if of_parent else f"/{parent_id}/"
            pieces.append((gap, nearest))
        found += [Standing(piece, parent_id, f"{path}{unit_id}/") for piece, path in pieces]
    return joined(sorted(found, key=lambda standing: standing.span.order)), gaps


def uncovered(span: Span, covers: Iterable[Span]) -> list[Span]:
    """The days of ``span`` that none of ``covers`` holds, in order."""
    rest = [span]
    for cover in covers:
        rest = [piece for part in rest for piece in _minus(part, cover)]
    return rest


def _minus(span: Span, cover: Span) -> list[Span]:
    if not span.meets(cover):
        return [span]
    rest = []
    if cover.first is not None and (span.first is None or span.first < cover.first):
        rest.append(Span(span.first, day_before(cover.first)))
    if cover.last is not None and (span.last is None or cover.last < span.last):
        rest.append(Span(day_after(cover.last), span.last))
    return rest


def joined(found: Sequence[Standing]) -> list[Standing]:
    """Standings in order, neighbours with the same parent and path made one."""
    whole: list[Standing] = []
    for standing in found:
        if whole:
            before = whole[-1]
            same = (before.parent_id, before.path) == (standing.parent_id, standing.path)
            if same and before.span.followed_by(standing.span):
                span = Span(before.span.first, standing.span.last)
                whole[-1] = Standing(span, standing.parent_id, standing.path)
                continue
        whole.append(standing)
    return whole
