"""The round that the tests of this room look at."""

from __future__ import annotations

import pytest

from danchu.reporting.rounds.models import Round
from tests.cast import Cast
from tests.reporting.folding import open_round_of_minhhoa


@pytest.fixture
def opened(cast: Cast) -> Round:
    """The open round of Minh Họa for nd09:2026H1."""
    return open_round_of_minhhoa(cast)
