"""What the floors promise each other: types and the registry of what kinds of work declare."""

from .actor import NOBODY, OPERATOR, Actor, require
from .measure import Measure, MeasuredRow
from .registry import Findable, declared_findables, declared_measures

__all__ = [
    "NOBODY",
    "OPERATOR",
    "Actor",
    "Findable",
    "Measure",
    "MeasuredRow",
    "declared_findables",
    "declared_measures",
    "require",
]
