"""What the floors promise each other: types and the registry of what kinds of work declare."""

from .actor import NOBODY, OPERATOR, Actor, require
from .corrections import Corrections
from .duties import DutyRow, Fulfilment, Shape
from .measure import Gainsaying, Measure, MeasuredRow
from .questions import CitizensAnswers, CitizensQuestion
from .reference import ReferenceChange, ReferenceSet
from .registry import (
    Findable,
    declared_attestations,
    declared_corrections,
    declared_duties,
    declared_findables,
    declared_followings,
    declared_measures,
    declared_questions,
)
from .unit_changes import (
    ChangeKind,
    Done,
    Effect,
    Following,
    Heir,
    Touched,
    UnitChange,
    Withdrawal,
)
from .work_kinds import WorkKind, work_kinds

__all__ = [
    "NOBODY",
    "OPERATOR",
    "Actor",
    "ChangeKind",
    "CitizensAnswers",
    "CitizensQuestion",
    "Corrections",
    "Done",
    "DutyRow",
    "Effect",
    "Findable",
    "Following",
    "Fulfilment",
    "Gainsaying",
    "Heir",
    "Measure",
    "MeasuredRow",
    "ReferenceChange",
    "ReferenceSet",
    "Shape",
    "Touched",
    "UnitChange",
    "Withdrawal",
    "WorkKind",
    "declared_attestations",
    "declared_corrections",
    "declared_duties",
    "declared_findables",
    "declared_followings",
    "declared_measures",
    "declared_questions",
    "require",
    "work_kinds",
]
