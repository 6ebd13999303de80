"""What the law asks of a dialogue, on the day it took place."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.dialogue.models import Dialogue
from danchu.civic.dialogue.rules import DIALOGUE_KINDS, publication_duty
from tests.cast import Cast


def test_a_result_is_published_within_ten_days_moved_off_a_day_off(cast: Cast) -> None:
    # 10 calendar days after Wednesday 13/05/2026 is Saturday 23/05: due on Monday.
    duty = publication_duty("people", dt.date(2026, 5, 13))
    assert duty is not None
    assert (duty.due_on, duty.day_unit) == (dt.date(2026, 5, 25), "calendar")
    assert duty.basis == "Điều 43, 72/2025/QH15"
    assert publication_duty("by_request", dt.date(2026, 5, 13)) == duty


def test_a_workplace_publishes_within_three_working_days(cast: Cast) -> None:
    duty = publication_duty("workplace", dt.date(2026, 5, 14))
    assert duty is not None
    assert (duty.due_on, duty.day_unit) == (dt.date(2026, 5, 19), "working")


def test_there_is_no_duty_before_its_law_or_for_other_meetings(cast: Cast) -> None:
    assert publication_duty("people", dt.date(2025, 6, 30)) is None
    assert publication_duty("people", dt.date(2025, 7, 1)) is not None
    for kind in ("briefing", "conference", "staff", "village_heads", "lower_leaders"):
        assert publication_duty(kind, dt.date(2026, 5, 13)) is None
    with pytest.raises(ValueError, match="party"):
        publication_duty("party", dt.date(2026, 5, 13))


def test_a_briefing_and_a_conference_are_meetings_and_no_dialogues() -> None:
    assert set(Dialogue.Kind) - set(DIALOGUE_KINDS) == {
        Dialogue.Kind.BRIEFING,
        Dialogue.Kind.CONFERENCE,
    }
