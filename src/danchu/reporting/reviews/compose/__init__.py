"""Composing the report of a unit: its parts, and what comes out."""

from .composing import compose
from .report import (
    AnnexOfUnits,
    ComparisonRow,
    ComposedParagraph,
    ComposedSection,
    LayoutName,
    Report,
)

__all__ = [
    "AnnexOfUnits",
    "ComparisonRow",
    "ComposedParagraph",
    "ComposedSection",
    "LayoutName",
    "Report",
    "compose",
]
