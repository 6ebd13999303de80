"""What disclosures show of the duties of the law."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import (
    PlanInput,
    PlannedInput,
    cancel_notice,
    publish_register,
    record_plan,
)
from danchu.reporting.duties.ledger import duty_ledger, line_of
from tests.cast import TODAY
from tests.civic.disclosure.made import HEADQUARTERS, publish

D = dt.date


def line(cast: Any, rule: str, on: dt.date = TODAY, code: str = "9A001") -> Any:
    ledger = duty_ledger(cast.recorder_benmau, code, D(2026, 1, 1), D(2026, 12, 31), on)
    return line_of(ledger, rule)


def test_a_clause_asks_for_publication_in_its_days_from_each_decision(cast):
    publish(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20), decided_on=D(2026, 5, 18))
    late = publish(cast.recorder_benmau, cast.benmau, on=D(2026, 6, 1), decided_on=D(2026, 5, 18))
    # From Monday 18 May five working days end on Monday 25 May.
    told = line(cast, "xa_ck_02").instances
    assert [(one.due_on, one.done_on, one.state) for one in told] == [
        (D(2026, 5, 25), D(2026, 5, 20), "done"),
        (D(2026, 5, 25), D(2026, 6, 1), "done_late"),
    ]
    assert line(cast, "xa_ck_03").instances == (), "nothing was decided under it"
    cancel_notice(actor=cast.recorder_benmau, record_id=late.pk, reason="Ghi nhầm ngày")
    assert [one.state for one in line(cast, "xa_ck_02").instances] == ["done"]


def test_what_hangs_all_the_time_stands_from_its_posting_on_and_a_plan_for_its_year(cast):
    assert line(cast, "xa_ck_04").state != "done"
    publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        on=D(2026, 5, 20),
        rule_key="xa_ck_04",
        title="Quy chế thực hiện dân chủ của xã",
    )
    assert line(cast, "xa_ck_04").state == "done"
    assert line(cast, "xa_ck_13").state != "done", "another clause"
    assert line(cast, "xa_ck_kh").state != "done"
    record_plan(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=D(2026, 1, 5),
        content=PlanInput(
            year=2026, items=(PlannedInput(rule_key="xa_ck_02", title="Dự toán năm"),)
        ),
    )
    assert line(cast, "xa_ck_kh").state == "done"


def test_a_register_is_published_in_each_quarter(cast):
    publish(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20))
    before = {one.start: one.state for one in line(cast, "xa_ck_so").instances}
    assert before[D(2026, 4, 1)] == "open"
    publish_register(
        actor=cast.recorder_benmau, unit_id=cast.benmau, quarter=Quarter.read("2026-Q2")
    )
    after = {one.start: one.state for one in line(cast, "xa_ck_so").instances}
    assert after[D(2026, 4, 1)] == "done"
    assert after[D(2026, 7, 1)] == "ahead"
