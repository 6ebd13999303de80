"""Freezing a report, noting its way to the signature, issuing it, and taking back what was signed.

What is frozen never changes: it is issued as it is, or withdrawn with a reason before that. An
issued report is amended by a later one, which names it and tells what differs. The steps of
trình ký may all happen outside; danchu notes them.
"""

from .amending import last_issued
from .back import take_back
from .freeze import freeze_report
from .issue import issue_report
from .release import release_signed
from .steps import note_step, withdraw_frozen

__all__ = [
    "freeze_report",
    "issue_report",
    "last_issued",
    "note_step",
    "release_signed",
    "take_back",
    "withdraw_frozen",
]
