"""What records show of just those units that handed in: only like is held against like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import (
    Value,
    indicator_ids,
    summed_over_units,
)

from .figures import ReportFigure, recorded_beside

Cells = dict[tuple[str, str, str], Value]


def recorded_of(cells_of: Mapping[int, Cells], of: int) -> Cells:
    """The cells of records of these units added up. ``of``: how many units were asked in all."""
    ids, summed = indicator_ids(), summed_over_units()
    groups: dict[str, list[Value]] = {}
    for cells in cells_of.values():
        for (layer, key, _dimension), value in cells.items():
            if layer == Layer.RECORDED and value.state != CellState.MISSING:
                groups.setdefault(key, []).append(value)
    return {
        (Layer.RECORDED, key, ""): _added(values, ids[key] in summed, of)
        for key, values in groups.items()
    }


def beside_same_units(
    figures: Mapping[str, ReportFigure], recorded: Mapping[tuple[str, str, str], Value]
) -> dict[str, ReportFigure]:
    """Sums of versions, each with what the records of the same units show where that differs."""
    return {
        key: figure._replace(beside=recorded_beside(recorded, figure.meaning, figure))
        if figure.layer == Layer.REPORTED
        else figure
        for key, figure in figures.items()
    }


def _added(values: Sequence[Value], is_summed: bool, of: int) -> Value:
    first = values[0]
    n_reported = sum(value.n_reported for value in values)
    n_zero = sum(value.n_zero for value in values)
    n_not = sum(value.n_not_applicable for value in values)
    state = CellState.NOT_APPLICABLE
    if n_reported or n_zero:
        state = CellState.REPORTED if n_reported else CellState.ZERO
    return first._replace(
        state=state,
        amount=_sum([v.amount for v in values]) if is_summed or len(values) == 1 else None,
        numerator=_sum([v.numerator for v in values]),
        denominator=_sum([v.denominator for v in values]),
        n_reported=n_reported,
        n_zero=n_zero,
        n_not_applicable=n_not,
        n_missing=max(0, of - n_reported - n_zero - n_not),
        n_expected=of,
        sources=sum(value.sources for value in values),
    )


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
