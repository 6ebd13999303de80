"""Which told sums together come to a number that is not told.

Each sum is written as the set of the smallest pieces it adds up. A number follows from the told
ones exactly where its pieces are a combination of theirs: that is what anybody with a spreadsheet
can do, and nothing beyond it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

Piece = TypeVar("Piece", bound=Hashable)
Sum = TypeVar("Sum", bound=Hashable)


def leads_to(wanted: frozenset[Piece], told: Mapping[Sum, frozenset[Piece]]) -> set[Sum]:
    """The told sums that together come to the wanted one; none where they do not."""
    near = _connected(wanted, told)
    known: dict[Piece, tuple[dict[Piece, Fraction], dict[Sum, Fraction]]] = {}
    for name, pieces in near.items():
        line, made_of = dict.fromkeys(pieces, Fraction(1)), {name: Fraction(1)}
        _reduce(line, made_of, known)
        if line:
            known[next(iter(line))] = (line, made_of)
    goal: dict[Piece, Fraction] = dict.fromkeys(wanted, Fraction(1))
    way: dict[Sum, Fraction] = {}
    _reduce(goal, way, known)
    return set() if goal else set(way)


def _connected(
    wanted: frozenset[Piece], told: Mapping[Sum, frozenset[Piece]]
) -> dict[Sum, frozenset[Piece]]:
    """The sums that touch the wanted one, or one that touches it, and so on."""
    found: dict[Sum, frozenset[Piece]] = {}
    reached, rest = set(wanted), dict(told)
    while True:
        more = {name: pieces for name, pieces in rest.items() if not reached.isdisjoint(pieces)}
        if not more:
            return found
        found |= more
        for name, pieces in more.items():
            reached |= pieces
            del rest[name]


def _reduce(
    line: dict[Piece, Fraction],
    made_of: dict[Sum, Fraction],
    known: Mapping[Piece, tuple[dict[Piece, Fraction], dict[Sum, Fraction]]],
) -> None:
    """Take the known lines off a line, in place, and note of which sums it is made then."""
    while (pivot := next((piece for piece in line if piece in known), None)) is not None:
        other, of = known[pivot]
        factor = line[pivot] / other[pivot]
        _less(line, other, factor)
        _less(made_of, of, factor)


def _less(one: dict[Piece, Fraction], other: Mapping[Piece, Fraction], factor: Fraction) -> None:
    for name, value in other.items():
        left = one.get(name, Fraction(0)) - factor * value
        if left:
            one[name] = left
        else:
            one.pop(name, None)
