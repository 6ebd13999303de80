"""A commune that has handed in, and days after the cut-off on which its records go on growing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.reporting.rounds.services import submit
from tests.cast import Cast
from tests.making import receive
from tests.reporting.folding import open_round_of_minhhoa

AFTER = dt.date(2026, 6, 16)  # a Tuesday, two days after the period's end
LAST = dt.date(2026, 6, 30)  # ten working days later


@pytest.fixture
def opened(cast: Cast) -> Any:
    """The open round of Minh Họa for nd09:2026H1, with one reception of Bến Mẫu in it."""
    receive(cast.recorder_benmau, cast.benmau)
    return open_round_of_minhhoa(cast)


@pytest.fixture
def version(cast: Cast, opened: Any) -> Any:
    """What Bến Mẫu handed in before the cut-off: 12 visits, 15 people, 9 matters."""
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)


@pytest.fixture
def after(cast: Cast) -> Iterator[None]:
    """The day is two days after the period's end."""
    with on_day(AFTER):
        yield
