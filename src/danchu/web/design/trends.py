"""Geometry of a trend: up to two lines over periods, broken where the map of units changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Tick, axis

RIGHT = 84  # room for the last value beside its point
APART = 18  # least distance between two labels at the right, in the units of the drawing


@dataclass(frozen=True, slots=True)
class Dot:
    """One value as a point. The words of the last one of a line stand at ``text_x``, ``text_y``.

    ``is_part``: not every unit gave it; the point is drawn hollow.
    """

    x: int
    y: int
    text: str
    text_x: int
    text_y: int
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its pieces, each a list of points "x,y x,y", and its dots."""

    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A chart whose axis of values begins at nought. ``breaks``: where the map changed."""

    lines: tuple[Line, ...]
    places: tuple[Tick, ...]
    grid: tuple[Tick, ...]
    breaks: tuple[int, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    base: int = HEIGHT - BOTTOM

    @property
    def has_parts(self) -> bool:
        """Whether a value is not of every unit."""
        return any(dot.is_part for line in self.lines for dot in line.dots)


def trend_chart(
    labels: Sequence[str],
    series: Sequence[Sequence[tuple[Fraction, str] | None]],
    breaks: Collection[int],
    parts: Collection[tuple[int, int]] = (),
) -> TrendChart | None:
    """The chart; None where no value is known.

    ``series``: for each line, for each label, the value and its words, None where there is
    none: the line stops there and no number is put in its place. ``breaks``: positions before
    which no line leads. ``parts``: (line, position) of values that not every unit gave.
    """
    values = [given[0] for line in series for given in line if given is not None]
    if not values:
        return None
    bottom, top, step = axis(min(values), max(values))
    room = Fraction(WIDTH - LEFT - RIGHT, max(len(labels), 1))
    xs = [round(LEFT + room * place + room / 2) for place in range(len(labels))]

    def y(value: Fraction) -> int:
        return round(HEIGHT - BOTTOM - (value - bottom) * (HEIGHT - TOP - BOTTOM) / (top - bottom))

    lines: list[Line] = []
    ends: list[int] = []  # heights taken by the labels at the right
    for number, line in enumerate(series):
        points = [(x, y(one[0]), one[1]) if one else None for x, one in zip(xs, line, strict=True)]
        hollow = {place for at, place in parts if at == number}
        lines.append(_line(points, breaks, ends, hollow))
    return TrendChart(
        lines=tuple(lines),
        places=tuple(Tick(x, Fraction(0), text) for x, text in zip(xs, labels, strict=True)),
        grid=tuple(
            Tick(y(bottom + step * n), bottom + step * n, "")
            for n in range(int((top - bottom) / step) + 1)
        ),
        breaks=tuple((xs[place - 1] + xs[place]) // 2 for place in sorted(breaks) if place),
    )


def _line(
    points: Sequence[tuple[int, int, str] | None],
    breaks: Collection[int],
    ends: list[int],
    hollow: Collection[int],
) -> Line:
    pieces: list[list[str]] = [[]]
    dots: list[Dot] = []
    for place, point in enumerate(points):
        if (point is None or place in breaks) and pieces[-1]:
            pieces.append([])
        if point is None:
            continue
        x, y, text = point
        pieces[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, text, x, y, place in hollow))
    if dots:
        last = dots[-1]
        height = last.y
        while any(abs(height - taken) < APART for taken in ends):
            height += APART  # the lines are drawn whole first: its part stands below
        ends.append(height)
        dots[-1] = replace(last, text_x=last.x + 12, text_y=height + 5)
    return Line(tuple(" ".join(piece) for piece in pieces if len(piece) > 1), tuple(dots))
