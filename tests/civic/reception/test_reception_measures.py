"""Visits, people and matters, each apart; a deputy does not count for the head."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from danchu.civic.reception.measures import MEASURES
from danchu.core.records.services import cancel_record
from tests.cast import Cast
from tests.making import DAY, receive


def count(unit: int, start: dt.date = DAY, end: dt.date = DAY) -> Counter[tuple[str, str]]:
    (measure,) = MEASURES
    found: Counter[tuple[str, str]] = Counter()
    for row in measure.rows([unit], start, end):
        assert row.indicator in measure.indicators
        found[row.indicator, row.dimension] += row.amount
    return found


def test_the_three_counts_stand_apart_and_the_uncounted_is_no_nought(cast: Cast) -> None:
    receive(cast.recorder_benmau, cast.benmau)
    receive(cast.recorder_benmau, cast.benmau, people=None, matters=None, mass_groups=0)
    assert count(cast.benmau) == {
        ("citizens_received", "regular"): 24,
        ("citizens_received_persons", "regular"): 15,
        ("reception_cases", "regular"): 9,
        ("mass_groups_received", "regular"): 1,
    }
    (measure,) = MEASURES
    rows = [r for r in measure.rows([cast.benmau], DAY, DAY) if r.indicator == "reception_cases"]
    assert len(rows) == 1


def test_only_who_is_bound_to_receive_holds_a_session(cast: Cast) -> None:
    for receiver in ("head", "party_secretary", "deputy", "officer"):
        for form in ("periodic", "regular", "ad_hoc"):
            receive(cast.recorder_benmau, cast.benmau, form=form, receiver=receiver)
    found = count(cast.benmau)
    sessions = {key: n for key, n in found.items() if "sessions" in key[0]}
    assert sessions == {
        ("reception_sessions_held", "head"): 1,
        ("reception_sessions_held", "party_secretary"): 1,
        ("reception_sessions_delegated", "deputy"): 1,
    }


def test_other_days_other_units_and_what_was_cancelled_count_nothing(cast: Cast) -> None:
    made = receive(cast.recorder_benmau, cast.benmau)
    assert count(cast.caumau) == {}
    assert count(cast.maulai) == {}
    assert count(cast.benmau, DAY + dt.timedelta(1), DAY + dt.timedelta(9)) == {}
    assert count(cast.benmau)
    cancel_record(
        actor=cast.recorder_benmau, record_id=made.pk, reason="Trùng", right="records.cancel"
    )
    assert count(cast.benmau) == {}
