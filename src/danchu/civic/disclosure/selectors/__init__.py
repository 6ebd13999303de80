"""Reading disclosures; each selector returns only what the viewer may see."""

from ..quarters import Quarter
from ..views import NoticeLine, NoticeView, PostingView
from .documents import open_document
from .matrix import (
    Below,
    ClauseOfUnit,
    Matrix,
    MatrixGroup,
    MatrixUnit,
    clause_of_unit,
    disclosure_matrix,
    may_remind,
)
from .missing import (
    Missing,
    Missings,
    Reminded,
    missing_below,
    reminded_of,
    reminder_of_cell,
)
from .notices import (
    clause_counts,
    notice,
    notices,
    offered_clauses,
)
from .papers import PaperView, SentView, paper, settled_report
from .places import usual_places
from .plans import (
    CarriedOver,
    PlannedView,
    PlanView,
    last_year_items,
    plan,
    plan_of_year,
    proposed_items,
)
from .postings import derivation_of_posting
from .registers import (
    PublishedRegister,
    Register,
    RegisterLine,
    n_read_inside,
    published_register,
    register_of,
)
from .sessions import SessionView, council_sessions
from .summaries import Summary, disclosure_summary
from .told import AT_ONCE

__all__ = [
    "AT_ONCE",
    "Below",
    "CarriedOver",
    "ClauseOfUnit",
    "Matrix",
    "MatrixGroup",
    "MatrixUnit",
    "Missing",
    "Missings",
    "NoticeLine",
    "NoticeView",
    "PaperView",
    "PlanView",
    "PlannedView",
    "PostingView",
    "PublishedRegister",
    "Quarter",
    "Register",
    "RegisterLine",
    "Reminded",
    "SentView",
    "SessionView",
    "Summary",
    "clause_counts",
    "clause_of_unit",
    "council_sessions",
    "derivation_of_posting",
    "disclosure_matrix",
    "disclosure_summary",
    "last_year_items",
    "may_remind",
    "missing_below",
    "n_read_inside",
    "notice",
    "notices",
    "offered_clauses",
    "open_document",
    "paper",
    "plan",
    "plan_of_year",
    "proposed_items",
    "published_register",
    "register_of",
    "reminded_of",
    "reminder_of_cell",
    "settled_report",
    "usual_places",
]
