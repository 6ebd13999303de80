"""What disclosures show of the duties of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from danchu.civic.disclosure.budget_quarters import field_of_another, period_told, quarter_told
from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import (
    PlanInput,
    PlannedInput,
    add_posting,
    cancel_notice,
    cancel_posting,
    record_plan,
    take_down,
)
from danchu.core.clock import on_day
from danchu.core.contracts import Shape
from danchu.core.errors import BadInput
from danchu.reporting.duties.ledger import duty_ledger, line_of
from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_register_now

D = dt.date


def line(cast: Any, rule: str, on: dt.date = TODAY, code: str = "9A001") -> Any:
    ledger = duty_ledger(cast.recorder_benmau, code, D(2026, 1, 1), D(2026, 12, 31), on)
    return line_of(ledger, rule)


def terms(cast: Any, rule: str, on: dt.date = TODAY) -> list[Any]:
    return [one for one in line(cast, rule, on).instances if one.shape is Shape.TERM]


def quarters(cast: Any, on: dt.date = TODAY) -> list[tuple[str, str]]:
    found = line(cast, "xa_ck_02", on).instances
    return [(one.label.vi, one.state) for one in found if one.shape is Shape.PERIODIC]


def test_a_clause_asks_for_publication_in_its_days_from_each_decision(cast):
    who, day = cast.recorder_benmau, D(2026, 5, 18)
    publish(who, cast.benmau, HEADQUARTERS, on=D(2026, 5, 20), decided_on=day)
    late = publish(who, cast.benmau, HEADQUARTERS, on=D(2026, 6, 1), decided_on=day)
    # From Monday 18 May five working days end on Monday 25 May.
    told = terms(cast, "xa_ck_02")
    assert [(one.due_on, one.done_on, one.state) for one in told] == [
        (D(2026, 5, 25), D(2026, 5, 20), "done"),
        (D(2026, 5, 25), D(2026, 6, 1), "done_late"),
    ]
    assert line(cast, "xa_ck_03").instances == (), "nothing was decided under it"
    cancel_notice(actor=cast.recorder_benmau, record_id=late.pk, reason="Ghi nhầm ngày")
    assert [one.state for one in terms(cast, "xa_ck_02")] == ["done"]


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
    publish_register_now(
        actor=cast.recorder_benmau, unit_id=cast.benmau, quarter=Quarter.read("2026-Q2")
    )
    after = {one.start: one.state for one in line(cast, "xa_ck_so").instances}
    assert after[D(2026, 4, 1)] == "done"
    assert after[D(2026, 7, 1)] == "ahead"


def test_a_register_counts_for_the_quarter_it_is_of_and_for_no_other(cast):
    who = cast.recorder_benmau
    publish(who, cast.benmau, on=D(2026, 5, 20))
    with on_day(D(2026, 8, 12)):
        publish_register_now(actor=who, unit_id=cast.benmau, quarter=Quarter.read("2026-Q2"))
        found = {one.start: one for one in line(cast, "xa_ck_so", D(2026, 8, 12)).instances}
        second, third = found[D(2026, 4, 1)], found[D(2026, 7, 1)]
        assert (second.state, second.done_on) == ("done_late", D(2026, 8, 12))
        assert third.state == "open", "published in it, and of the one before"
        ledger = duty_ledger(who, "9A001", D(2026, 4, 1), D(2026, 6, 30), D(2026, 8, 12))
        (told,) = line_of(ledger, "xa_ck_so").instances
        assert told.state == "done_late", "a ledger of the quarter alone finds it too"
    with on_day(D(2026, 10, 5)):
        found = {one.start: one for one in line(cast, "xa_ck_so", D(2026, 10, 5)).instances}
        assert found[D(2026, 7, 1)].state == "late"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Tình hình thực hiện dự toán ngân sách xã quý I năm 2026", "2026-Q1"),
        ("Số liệu thực hiện dự toán thu, chi ngân sách quý 3/2025", "2025-Q3"),
        ("Báo cáo thu, chi ngân sách quý II", "2026-Q2"),
        ("Kết quả thực hiện ngân sách quý IV", "2025-Q4"),
        ("Thực hiện ngân sách 6 tháng đầu năm 2026", "2026-Q2"),
        ("Ước thực hiện ngân sách 06 tháng cuối năm 2025", "2025-Q4"),
        ("Kết quả thực hiện ngân sách 9 tháng năm 2025", "2025-Q3"),
        ("Kết quả thực hiện ngân sách xã năm 2025", "2025-Q4"),
        ("Tình hình thực hiện thu, chi ngân sách xã quý gần nhất", "2026-Q1"),
        ("Tình hình thực hiện ngân sách xã 3 tháng đầu năm 2026", "2026-Q1"),
        ("Dự toán thu, chi ngân sách xã năm 2026", None),
        ("Quyết toán ngân sách xã năm 2025", None),
        ("Báo cáo quyết toán quý I năm 2026", None),
        ("Quy định về quý khách", None),
        ("", None),
    ],
)
def test_the_title_of_a_content_on_the_budget_tells_of_which_quarter_it_is(title, told):
    found = quarter_told(title, D(2026, 5, 18))
    assert (found.key if found else None) == told


def test_the_execution_of_the_budget_is_looked_for_quarter_by_quarter(cast):
    who = cast.recorder_benmau
    publish(who, cast.benmau, on=D(2026, 1, 5), decided_on=D(2026, 1, 5))  # the estimate
    assert quarters(cast) == [
        ("của quý IV năm 2025", "unknown"),
        ("của quý I năm 2026", "open"),
        ("của quý II năm 2026", "ahead"),
        ("của quý III năm 2026", "ahead"),
    ]
    assert quarters(cast, D(2026, 8, 3))[1] == ("của quý I năm 2026", "late")
    execution = "Tình hình thực hiện ngân sách xã quý I năm 2026"
    done = publish(who, cast.benmau, on=D(2026, 4, 10), decided_on=D(2026, 4, 8), title=execution)
    assert quarters(cast, D(2026, 8, 3))[1] == ("của quý I năm 2026", "done")
    (last,) = {
        one.due_on
        for one in line(cast, "xa_ck_02").instances
        if one.label.vi.startswith("của quý I ")
    }
    assert last == D(2026, 6, 30)
    cancel_notice(actor=cast.leader_benmau, record_id=done.pk, reason="Ghi nhầm")
    with on_day(D(2026, 7, 6)):
        publish(who, cast.benmau, on=D(2026, 7, 6), decided_on=D(2026, 7, 3), title=execution)
        assert quarters(cast, D(2026, 7, 6))[1] == ("của quý I năm 2026", "done_late")
    # Told before its quarter is over, it is found all the same.
    with on_day(D(2025, 12, 30)):
        early = "Kết quả thực hiện ngân sách xã quý IV năm 2025"
        publish(who, cast.benmau, on=D(2025, 12, 30), decided_on=D(2025, 12, 29), title=early)
    assert quarters(cast)[0] == ("của quý IV năm 2025", "done")


def test_a_posting_taken_down_early_is_not_plainly_done_until_it_hangs_again(cast):
    who = cast.recorder_benmau
    one = publish(
        who, cast.benmau, HEADQUARTERS, HALL, on=D(2026, 5, 20), decided_on=D(2026, 5, 18)
    )
    assert [term.state for term in terms(cast, "xa_ck_02")] == ["done"]
    house, _hall = one.postings.order_by("pk")
    take_down(actor=who, posting_id=house.pk, version=1, on=D(2026, 6, 3), early=True)
    counts = line(cast, "xa_ck_02").counts
    assert (counts.done, counts.short, counts.late, counts.advised) == (0, 1, 0, 0)
    assert [(term.state, term.broken_off) for term in terms(cast, "xa_ck_02")] == [("short", True)]
    add_posting(actor=who, notice_id=one.pk, content=replace(HEADQUARTERS, starts_on=D(2026, 6, 4)))
    assert [term.state for term in terms(cast, "xa_ck_02")] == ["done"]


def test_what_hangs_nowhere_is_not_done_until_it_is_posted(cast):
    who = cast.recorder_benmau
    one = publish(who, cast.benmau, on=D(2026, 5, 20), decided_on=D(2026, 5, 18))
    (term,) = terms(cast, "xa_ck_02")
    assert (term.state, term.unposted, term.done) == ("short", True, 0)
    assert (line(cast, "xa_ck_02").counts.done, line(cast, "xa_ck_02").counts.short) == (0, 1)
    hung = add_posting(actor=who, notice_id=one.pk, content=HEADQUARTERS)
    (term,) = terms(cast, "xa_ck_02")
    assert (term.state, term.unposted) == ("done", False)
    cancel_posting(actor=who, posting_id=hung.pk, reason="Ghi nhầm")
    assert terms(cast, "xa_ck_02")[0].unposted


def test_what_the_officer_chose_tells_the_quarter_before_any_title(cast):
    who, title = cast.recorder_benmau, "Công khai ngân sách xã đợt 1 năm 2026"
    publish(who, cast.benmau, on=D(2026, 4, 10), decided_on=D(2026, 4, 8), title=title)
    assert quarters(cast)[1] == ("của quý I năm 2026", "open")
    with pytest.raises(BadInput) as told:
        publish(who, cast.benmau, title=title, budget_period="q5")
    assert told.value.field == "budget_period"
    chosen = publish(
        who, cast.benmau, on=D(2026, 4, 10), decided_on=D(2026, 4, 8), title=title,
        budget_period="q1",
    )  # fmt: skip
    assert quarters(cast)[1] == ("của quý I năm 2026", "done")
    assert chosen.budget_period == "q1"
    # Something else is none, whatever words its name has.
    said = "Tình hình thực hiện ngân sách xã quý IV năm 2025"
    publish(who, cast.benmau, title=said, budget_period="other")
    assert quarters(cast)[0] == ("của quý IV năm 2025", "unknown")
    other = publish(who, cast.benmau, rule_key="xa_ck_05", budget_period="q1")
    assert other.budget_period == "", "of another clause it is not asked"


@pytest.mark.parametrize(
    ("title", "text", "chosen", "field"),
    [
        ("Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025", "", "q3", "title"),
        ("Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025", "", "q4", ""),
        ("Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025", "", "other", ""),
        ("Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025", "", "est", "title"),
        ("Thực hiện dự toán quý II năm 2025", "", "h1", "title"),
        ("Số liệu thực hiện 6 tháng đầu năm 2025", "", "year", "title"),
        ("Kết quả thực hiện 9 tháng", "", "q3", "title"),
        ("Kết quả thực hiện quý III và 9 tháng", "", "m9", ""),
        ("Thực hiện dự toán quý I, II, III năm 2025", "", "m9", ""),
        ("Thực hiện dự toán đến hết quý III năm 2025", "", "m9", ""),
        ("Thực hiện dự toán đến hết quý III năm 2025", "", "year", "title"),
        ("Phân bổ dự toán quý IV năm 2025", "", "est", ""),
        ("Quyết toán ngân sách 6 tháng, cả năm 2025", "", "final", ""),
        ("Thực hiện dự toán ngân sách năm 2026", "", "q1", ""),
        ("Thực hiện thu, chi quỹ 2 năm 2026", "", "q1", ""),
        ("Thực hiện dự toán ngân sách", "Tổng thu quý II đạt 40%.", "q1", "text"),
        ("Thực hiện dự toán ngân sách", "Thu tăng so với quý II.", "q3", ""),
        ("Thực hiện dự toán quý III", "Thu tăng, quý II giảm.", "q3", ""),
    ],
)
def test_a_title_of_one_period_is_not_published_as_another(title, text, chosen, field):
    assert field_of_another(title, text, chosen)[0] == field


def test_a_notice_that_names_another_quarter_than_was_chosen_is_refused(cast):
    who, title = cast.recorder_benmau, "Thực hiện dự toán ngân sách xã Bến Mẫu quý IV năm 2025"
    with pytest.raises(BadInput) as told:
        publish(who, cast.benmau, title=title, budget_period="q3")
    assert (told.value.field, told.value.code) == ("title", "another_period")
    assert "quý IV" in str(told.value) and "quý III" in str(told.value)
    assert publish(who, cast.benmau, title=title, budget_period="q4").budget_period == "q4"


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Dự toán thu, chi ngân sách xã năm 2026", "est"),
        ("Tình hình thực hiện ngân sách 3 tháng đầu năm 2026", "q1"),
        ("Số liệu thực hiện quý 3/2025", "q3"),
        ("Thực hiện ngân sách 6 tháng đầu năm", "h1"),
        ("Kết quả thực hiện 9 tháng", "m9"),
        ("Kết quả thực hiện ngân sách xã năm 2025", "year"),
        ("Quyết toán ngân sách xã năm 2025", "final"),
        ("Danh sách", ""),
    ],
)
def test_the_choice_begins_with_what_the_title_says(title, begins):
    assert period_told(title) == begins
