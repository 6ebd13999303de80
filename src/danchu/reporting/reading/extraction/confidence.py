"""How sure a figure is: signs of its reading, weighed so that nine in ten at 0.9 are right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from .model import DocKind, Indicator
from .weights import BIAS, MOST, WEIGHTS

SIGNS = (
    "nearness",  # of the wording to its rule, 0 to 1
    "lead",  # over the next rule of another key, 0 to 1
    "spelled",  # a number in words
    "doubtful",  # a number that may be something else
    "bare",  # no noun of its own
    "denied",  # nought, told in words
    "inferred",  # taken from what stands beside it, by no rule of the lexicon
    "tabled",  # a cell of a table
    "told",  # in a text that tells a story rather than reports
    "alone",  # few figures in the text
)
"""What the weights belong to, in this order."""

_STORIES = frozenset(("other", "dialogue", "inspection"))
_NEAREST, _WIDEST = 90, 40
_DOUBTFUL = SIGNS.index("doubtful")
# The lowest level at which figures are accepted together is 0.5.
_MOST_DOUBTFUL = 0.45


def signs_of(
    score: float,
    rival: float,
    *,
    spelled: bool = False,
    doubtful: bool = False,
    bare: bool = False,
    denied: bool = False,
    inferred: bool = False,
) -> tuple[float, ...]:
    """The signs of one figure, but for those of the whole text and of a table."""
    return (
        min(score, _NEAREST) / _NEAREST,
        max(0.0, min(score - rival, _WIDEST)) / _WIDEST,
        *(float(sign) for sign in (spelled, doubtful, bare, denied, inferred)),
    )


def weighed(
    indicators: Sequence[Indicator], kind: DocKind, tabled: Sequence[tuple[int, int]]
) -> list[Indicator]:
    """``indicators`` with the signs of the whole text and the confidence they give."""
    told, alone = float(kind in _STORIES), 1 / (1 + len(indicators) / 5)
    out = []
    for indicator in indicators:
        place = indicator.number[0]
        cell = float(any(start <= place < end for start, end in tabled))
        signs = (*indicator.signs, cell, told, alone)
        out.append(replace(indicator, signs=signs, confidence=confidence(signs)))
    return out


def in_doubt(signs: tuple[float, ...]) -> tuple[float, ...]:
    """``signs`` of a number that may be something else."""
    return (*signs[:_DOUBTFUL], 1.0, *signs[_DOUBTFUL + 1 :])


def doubted(signs: Sequence[float]) -> bool:
    """Whether ``signs`` are those of a number that may be something else."""
    return len(signs) > _DOUBTFUL and bool(signs[_DOUBTFUL])


def confidence(signs: Sequence[float]) -> float:
    """The share of figures with such ``signs`` that are right, never above what was measured.

    A number that may be something else stays below every level that is accepted in bulk.
    """
    weight = BIAS + sum(w * sign for w, sign in zip(WEIGHTS, signs, strict=True))
    most = _MOST_DOUBTFUL if signs[_DOUBTFUL] else MOST
    return min(most, 1 / (1 + math.exp(-weight)))
