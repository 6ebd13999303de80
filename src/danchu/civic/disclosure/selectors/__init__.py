"""Reading disclosures; each selector returns only what the viewer may see."""

from ..views import NoticeLine, NoticeView, PostingView
from .documents import open_document
from .notices import (
    clause_counts,
    lines_of,
    notice,
    notices,
    offered_clauses,
)
from .places import usual_places
from .plans import PlannedView, PlanView, plan, plan_of_year, proposed_items
from .postings import derivation_of_posting
from .registers import Quarter, Register, RegisterLine, register_of, registers_published

__all__ = [
    "NoticeLine",
    "NoticeView",
    "PlanView",
    "PlannedView",
    "PostingView",
    "Quarter",
    "Register",
    "RegisterLine",
    "clause_counts",
    "derivation_of_posting",
    "lines_of",
    "notice",
    "notices",
    "offered_clauses",
    "open_document",
    "plan",
    "plan_of_year",
    "proposed_items",
    "register_of",
    "registers_published",
    "usual_places",
]
