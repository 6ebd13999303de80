"""Opening a round, handing figures in, accepting and returning them."""

from .deciding import accept_submission, return_submission
from .opening import open_round
from .submitting import submit

__all__ = ["accept_submission", "open_round", "return_submission", "submit"]
