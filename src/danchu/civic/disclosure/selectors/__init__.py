"""Reading disclosures; each selector returns only what the viewer may see."""

from ..views import NoticeLine, NoticeView, PostingView
from .matrix import (
    ClauseOfUnit,
    Matrix,
    MatrixGroup,
    MatrixUnit,
    clause_of_unit,
    disclosure_matrix,
)
from .missing import Missing, Missings, missing_below
from .notices import (
    clause_counts,
    derivation_of_posting,
    lines_of,
    notice,
    notices,
    offered_clauses,
)
from .places import usual_places
from .plans import PlannedView, PlanView, plan, plan_of_year, proposed_items
from .registers import Quarter, Register, RegisterLine, register_of, registers_published

__all__ = [
    "ClauseOfUnit",
    "Matrix",
    "MatrixGroup",
    "MatrixUnit",
    "Missing",
    "Missings",
    "NoticeLine",
    "NoticeView",
    "PlanView",
    "PlannedView",
    "PostingView",
    "Quarter",
    "Register",
    "RegisterLine",
    "clause_counts",
    "clause_of_unit",
    "derivation_of_posting",
    "disclosure_matrix",
    "lines_of",
    "missing_below",
    "notice",
    "notices",
    "offered_clauses",
    "plan",
    "plan_of_year",
    "proposed_items",
    "register_of",
    "registers_published",
    "usual_places",
]
