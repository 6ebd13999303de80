"""Whether two figures say something else."""

from __future__ import annotations

from danchu.reporting.figures.models import CellState

_NUMBERS = (CellState.REPORTED, CellState.ZERO)


def differ(state: str, amount: int | None, other_state: str, other_amount: int | None) -> bool:
    """Whether one figure says another number; "not applicable" says that nothing was done.

    A number that is not known is not compared.
    """
    one = amount if state in _NUMBERS else 0
    other = other_amount if other_state in _NUMBERS else 0
    return one is not None and other is not None and one != other
