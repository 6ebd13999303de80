"""What people do with past reports: take them in, then decide what was read."""

from .accepting import Accepted, accept_above, undo_acceptance
from .batches import decide_file, hand_in_batch, read_next, sort_to_unit
from .closing import cancel_reading, close_review, reopen_review
from .deciding import confirm_figures, decide_figure, decide_finding, set_period
from .marking import add_figure, correct_from_words
from .taking_in import DocumentInput, take_in_document

__all__ = [
    "Accepted",
    "DocumentInput",
    "accept_above",
    "add_figure",
    "cancel_reading",
    "close_review",
    "confirm_figures",
    "correct_from_words",
    "decide_figure",
    "decide_file",
    "decide_finding",
    "hand_in_batch",
    "read_next",
    "reopen_review",
    "set_period",
    "sort_to_unit",
    "take_in_document",
    "undo_acceptance",
]
