"""How a figure went from period to period, and where the map of units changed between them.

The numbers are those of the unit itself as each period has them: nothing is brought to another
map here. What the units before it gave is read in the series (``reviews.series``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danchu.core.calendar.periods import SCHEMES, PeriodSpan, previous
from danchu.reporting.figures.completeness import Base, completeness
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import Value
from danchu.reporting.reviews.prose import SMALLEST_BASE

from .shown import keys_read

MOST = 6  # periods of a trend, with the one of the page

Cells = Mapping[tuple[str, str, str], Value]


@dataclass(frozen=True, slots=True)
class Given:
    """A number of one period; amounts in the smallest unit. ``n`` of ``of`` units gave it."""

    amount: int
    text: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A period; ``numbers`` in the order of the trend's meanings, None: not reported.

    ``changed_on``: the days since the period before on which the map of the unit changed.
    """

    span: PeriodSpan
    numbers: tuple[Given | None, ...]
    share: str  # "94,8%", "" for a count and where the two numbers make no share
    changed_on: tuple[dt.date, ...]
    layer: str  # where the numbers come from, "" without any


@dataclass(frozen=True, slots=True)
class Trend:
    """Points from the oldest to the period of the page. ``meanings``: one, or the number of
    cases and how many of them had the outcome."""

    meanings: tuple[Definition, ...]
    points: tuple[TrendPoint, ...]

    @property
    def has_line(self) -> bool:
        """Whether there are two numbers to compare."""
        return sum(any(number for number in point.numbers) for point in self.points) > 1


def first_shown(span: PeriodSpan) -> PeriodSpan:
    """The oldest period that a trend up to this one shows."""
    return spans_shown(span)[0]


def spans_shown(span: PeriodSpan) -> list[PeriodSpan]:
    """The periods of a trend, oldest first; of a committee's own scheme only the period itself."""
    found = [span]
    while span.scheme in SCHEMES and len(found) < MOST:
        found.append(previous(found[-1]))
    return found[::-1]


def trend_of(
    meaning: Definition,
    meanings: Mapping[str, Definition],
    own: Mapping[str, Cells],
    orders: Mapping[str, Sequence[str]],
    span: PeriodSpan,
    changes: Sequence[dt.date],
    bases: Mapping[str, Base],
) -> Trend:
    """The trend of an indicator; of a share, of the two numbers it is made of.

    ``orders``: period -> the layers its figures are taken from, as on the pages of the period.
    ``bases``: period -> the units of the round of it.
    """
    keys = keys_read(meanings, meaning.key)[::-1]  # the whole before its part
    of = tuple(meanings[key] for key in keys)
    points = []
    spans = spans_shown(span)
    known = [number for number, one in enumerate(spans) if one.code in own]
    for one in spans[known[0] if known else -1 :]:
        cells = own.get(one.code, {})
        layer, numbers = _numbers(of, cells, orders.get(one.code, ()), bases.get(one.code))
        before = previous(one) if one.scheme in SCHEMES else None
        changed = tuple(
            day for day in changes if before is not None and before.end < day <= one.end
        )
        points.append(TrendPoint(one, numbers, _share(meaning, numbers), changed, layer))
    return Trend(of, tuple(points))


def _numbers(
    of: Sequence[Definition], cells: Cells, order: Sequence[str], base: Base | None
) -> tuple[str, tuple[Given | None, ...]]:
    """The numbers of one period from the first layer that has any of them."""
    for layer in order:
        found = tuple(_given(part, cells.get((layer, part.key, "")), base) for part in of)
        if any(found):
            return layer, found
    return "", (None,) * len(of)


def _given(meaning: Definition, value: Value | None, base: Base | None) -> Given | None:
    if value is None or value.amount is None:
        return None
    if value.state not in (CellState.REPORTED, CellState.ZERO):
        return None
    text = amount_text(meaning, value.amount)
    n, of, _others = completeness(
        value.layer, value.n_reported + value.n_zero, value.n_expected, base
    )
    return Given(value.amount, text, n, of)


def _share(meaning: Definition, numbers: tuple[Given | None, ...]) -> str:
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return ""
    base, top = numbers[0].amount, numbers[1].amount
    # A share of a handful says more than is known.
    return rate_text(meaning, top, base) if top <= base and base >= SMALLEST_BASE else ""
