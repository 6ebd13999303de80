"""What people do with past reports: take them in, then decide what was read."""

from .deciding import confirm_figures, decide_figure, decide_finding, set_period
from .taking_in import DocumentInput, take_in_document

__all__ = [
    "DocumentInput",
    "confirm_figures",
    "decide_figure",
    "decide_finding",
    "set_period",
    "take_in_document",
]
