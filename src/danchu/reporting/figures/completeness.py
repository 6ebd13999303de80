"""How many of how many units a figure stands on: one definition for every page and paper.

N is how many units must report: those the unit's round of the period asks, without the excused.
n is how many of them gave the figure, handed in or, where nothing was, in their records. An
office of the province or a commune that ended inside the period may have records too; it is
told beside n of N and never counted in, so that nobody stands in for a unit that is missing.
Without a round nobody must report, and N is every commune of the map and whoever else gave.
"""

from __future__ import annotations

from typing import NamedTuple

from .models import Layer


class Base(NamedTuple):
    """The units of a round. ``listed``: every line of it; ``asked``: without the excused."""

    listed: int
    asked: int


class Completeness(NamedTuple):
    """``n`` of ``of`` units that must report gave the figure, and ``others`` beside them."""

    n: int
    of: int
    others: int = 0


def completeness(layer: str, n: int, of: int, base: Base | None) -> Completeness:
    """What a cell's own counts come to on the units of the round.

    A cell of records counts every commune of the map, and on top each other unit that gave
    something (``figures.adding``); what was handed in is counted on the round already.
    """
    if base is None or layer != Layer.RECORDED:
        return Completeness(n, of)
    others = max(0, of - base.listed)
    return Completeness(min(max(0, n - others), base.asked), base.asked, min(others, n))
