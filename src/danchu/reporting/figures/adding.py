"""Adding values up: from the parts of a sum to the rows of cells. Pure arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from .models import CellState


class Part(NamedTuple):
    """What a sum is made of: the value of one unit, or of several that are added up already.

    ``beyond``: of how many units it speaks that are not among those expected anyway.
    """

    unit_id: int
    indicator_id: int
    dimension: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    n_reported: int
    n_zero: int
    n_not_applicable: int
    beyond: int
    sources: int
    n_known: int  # how many amounts the amount is the sum of


class Row(NamedTuple):
    """One cell without its unit, period, layer and reach."""

    indicator_id: int
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


def one(
    indicator_id: int,
    dimension: str,
    state: str,
    amount: int | None,
    numerator: int | None,
    denominator: int | None,
    sources: int,
) -> Row:
    """The cell of one unit's own value: it speaks of one unit, in its state."""
    return Row(
        indicator_id,
        dimension,
        state,
        amount,
        numerator,
        denominator,
        int(state == CellState.REPORTED),
        int(state == CellState.ZERO),
        int(state == CellState.NOT_APPLICABLE),
        int(state == CellState.MISSING),
        1,
        sources,
    )


def as_one(row: Row) -> Row:
    """The same value of a unit that answers as one for all below it."""
    return one(*row[:6], row.sources)


def part_of(unit_id: int, row: Row) -> Part:
    """The cell of one unit that nobody expected, as a part of the sum above it."""
    known = int(row.amount is not None)
    given = row.n_reported + row.n_zero + row.n_not_applicable
    return Part(
        unit_id,
        row.indicator_id,
        row.dimension,
        row.amount,
        row.numerator,
        row.denominator,
        row.n_reported,
        row.n_zero,
        row.n_not_applicable,
        given,
        row.sources,
        known,
    )


def added(parts: Iterable[Part], base: int, summed: Set[int]) -> list[Row]:
    """The cells of a unit from the parts it consists of.

    ``summed``: the indicators whose amounts are added over units; of the others only a single
    amount stands. ``base``: how many units are expected, those a round asked or, without one,
    the communes that stand below. Whoever else gave something (an office of the province, a
    commune that ended inside the period) comes on top, so that nobody stands in for a unit that
    is missing.
    """
    groups: dict[tuple[int, str], list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.indicator_id, part.dimension].append(part)
    made = []
    for (indicator_id, dimension), group in groups.items():
        n_reported = n_zero = n_not = known = sources = beyond = 0
        for part in group:
            n_reported += part.n_reported
            n_zero += part.n_zero
            n_not += part.n_not_applicable
            known += part.n_known
            sources += part.sources
            beyond += part.beyond
        given = n_reported + n_zero + n_not
        expected = base + beyond
        made.append(
            Row(
                indicator_id,
                dimension,
                _state(n_reported, n_zero, n_not),
                _sum([p.amount for p in group]) if indicator_id in summed or known == 1 else None,
                _sum([p.numerator for p in group]),
                _sum([p.denominator for p in group]),
                n_reported,
                n_zero,
                n_not,
                expected - given,
                expected,
                sources,
            )
        )
    return made


def _state(n_reported: int, n_zero: int, n_not: int) -> str:
    if n_reported:
        return CellState.REPORTED
    if n_zero:
        return CellState.ZERO
    return CellState.NOT_APPLICABLE if n_not else CellState.MISSING


def _sum(values: Sequence[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None
