"""The ways in which shorter periods lie one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar


class Lasting(Protocol):
    """Whatever has a first and a last day."""

    @property
    def start(self) -> dt.date: ...

    @property
    def end(self) -> dt.date: ...


P = TypeVar("P", bound=Lasting)


def rows_of_periods(inside: Sequence[P]) -> Iterator[tuple[P, ...]]:
    """Every row of these periods that do not overlap, of whatever kinds.

    Only rows into which none of the others would still fit: with one left out less is known.
    """

    def go_on(row: tuple[P, ...]) -> Iterator[tuple[P, ...]]:
        after = [one for one in inside if not row or one.start > row[-1].end]
        if not after:
            yield row
            return
        first_end = min(one.end for one in after)
        for one in after:
            if one.start <= first_end:  # else another would fit before it
                yield from go_on((*row, one))

    if inside:
        yield from go_on(())
