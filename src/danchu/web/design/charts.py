"""Geometry of small charts drawn by the server: pure numbers, no colours, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 720, 260
NARROW = 300  # of a phone: drawn for its width, for a chart made small cannot be read
LEFT, RIGHT, TOP, BOTTOM = 76, 24, 28, 40
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Datum:
    """One place on the axis of time: the values that stand there, from least to most.

    ``joined``: one value, which a line joins to the values beside it. ``sure``: nothing of it
    is estimated or missing.
    """

    label: str
    spans: tuple[tuple[Fraction, Fraction], ...]
    joined: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, or a bar from ``y`` down over ``height``."""

    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a place of the axis with its words."""

    at: int
    value: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart whose uncertain values are bars. ``lines`` are lists of points "x,y x,y"."""

    lines: tuple[str, ...]
    dots: tuple[Mark, ...]
    unsure: tuple[Mark, ...]
    bars: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    places: tuple[Tick, ...]
    grid: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def line_chart(data: Sequence[Datum], width: int = WIDTH) -> Chart | None:
    """The chart of a series, ``width`` wide; None where there is no value to draw."""
    values = [edge for datum in data for span in datum.spans for edge in span]
    if not values:
        return None
    bottom, top, step = axis(min(values), max(values))

    def y(value: Fraction) -> int:
        return round(HEIGHT - BOTTOM - (value - bottom) * (HEIGHT - TOP - BOTTOM) / (top - bottom))

    left, right = (LEFT, RIGHT) if width > NARROW else (LEFT * 3 // 4, RIGHT // 3)
    room = Fraction(width - left - right, max(len(data), 1))
    xs = [round(left + room * place + room / 2) for place in range(len(data))]
    lines: list[list[str]] = [[]]
    dots: list[Mark] = []
    unsure: list[Mark] = []
    bars: list[Mark] = []
    gaps: list[Mark] = []
    for x, datum in zip(xs, data, strict=True):
        if datum.joined:
            lines[-1].append(f"{x},{y(datum.spans[0][0])}")
        elif lines[-1]:
            lines.append([])
        if not datum.spans:
            gaps.append(Mark(x, HEIGHT - BOTTOM, 0, datum.label))
        for low, high in datum.spans:
            mark = Mark(x, y(high), y(low) - y(high), datum.label)
            single = dots if datum.sure else unsure
            (single if low == high else bars).append(mark)
    grid = [bottom + step * place for place in range(int((top - bottom) / step) + 1)]
    return Chart(
        lines=tuple(" ".join(line) for line in lines if len(line) > 1),
        dots=tuple(dots),
        unsure=tuple(unsure),
        bars=tuple(bars),
        gaps=tuple(gaps),
        places=tuple(Tick(x, Fraction(0), datum.label) for x, datum in zip(xs, data, strict=True)),
        grid=tuple(Tick(y(value), value, "") for value in grid),
        width=width,
        left=left,
        right=width - right,
    )


def axis(least: Fraction, most: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """Ends and step of an axis that begins at nought, or below it where a value does."""
    low, high = min(least, Fraction(0)), max(most, Fraction(0))
    if low == high:
        return Fraction(0), Fraction(1), Fraction(1)
    rough = (high - low) / 4
    power = Fraction(1)
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    step = next(power * factor for factor in _STEPS if power * factor >= rough)
    return (
        -(-low // step) * step if low >= 0 else (low // step) * step,
        -(-high // step) * step,
        step,
    )
