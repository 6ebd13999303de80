"""Which indicators an overview shows, and how the share of a tile is told by its tone.

Shares in which more is better, and counts beside them; nothing sensitive, for a tile stands for
one unit and may hold a small number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from danchu.reporting.figures.dictionary import Definition

INDICATORS = (
    "opinions_resolved_pct",
    "dossiers_on_time_pct",
    "resolution_rate_pct",
    "reception_compliance_pct",
    "dialogues_held",
    "opinions_received",
    "community_matters_decided",
    "public_postings",
    "inspections_conducted",
    "supervisions_conducted",
    "citizens_received",
    "petitions_received",
)
FIRST = INDICATORS[0]

SMALLEST_BASE = 10  # of fewer cases no rate is made and no colour given

Tone = Literal["high", "good", "fair", "low", "plain", "missing"]


def keys_read(meanings: Mapping[str, Definition], key: str) -> tuple[str, ...]:
    """What must be read to show an indicator: itself, or the two numbers of a share."""
    meaning = meanings[key]
    return (meaning.numerator, meaning.denominator) if meaning.is_rate else (key,)


def tone_of(numerator: int, denominator: int) -> Tone:
    """The tone of a share; "plain" under ten cases and where the two make no share."""
    if denominator < SMALLEST_BASE or numerator > denominator:
        return "plain"
    if numerator * 100 >= denominator * 95:
        return "high"
    if numerator * 100 >= denominator * 90:
        return "good"
    return "fair" if numerator * 100 >= denominator * 85 else "low"
