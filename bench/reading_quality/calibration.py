"""Whether a confidence of 0.9 is right nine times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Said:
    """The confidence of one figure, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The figures of one band of confidence: how sure reading was, and how often it was right."""

    low: float
    high: float
    number: int
    confidence: float
    right: float


def bands(said: Sequence[Said]) -> list[Band]:
    """The reliability table; bands without a figure are left out."""
    found = []
    for low, high in pairwise(_EDGES):
        inside = [s for s in said if low <= s.confidence < high or s.confidence == high == 1.0]
        if inside:
            n = len(inside)
            found.append(
                Band(
                    low,
                    high,
                    n,
                    sum(s.confidence for s in inside) / n,
                    sum(s.right for s in inside) / n,
                )
            )
    return found


def expected_error(said: Sequence[Said]) -> float:
    """How far confidence and truth lie apart in a band, weighted by its figures; 0 is perfect."""
    return sum(b.number * abs(b.confidence - b.right) for b in bands(said)) / (len(said) or 1)


def as_rows(said: Sequence[Said]) -> list[dict[str, float]]:
    """The reliability table as plain values."""
    return [asdict(band) for band in bands(said)]
