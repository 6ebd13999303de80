"""What disclosures count, when, and that nothing is counted twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

from danchu.civic.disclosure.measures import MEASURES
from danchu.civic.disclosure.services import (
    BroadcastInput,
    FormInput,
    PlanInput,
    PlannedInput,
    add_broadcast,
    add_form_used,
    cancel_notice,
    correct_plan,
    interrupt_posting,
    record_plan,
    resume_posting,
    take_down,
)
from danchu.core.clock import on_day
from danchu.core.contracts import work_kinds
from danchu.reporting.figures.selectors import values
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish
from tests.making import DAY
from tests.reporting.folding import cell, open_periods, sound

H1 = (dt.date(2025, 12, 15), dt.date(2026, 6, 14))
LATER = dt.timedelta


def count(unit: int, start: dt.date = H1[0], end: dt.date = H1[1]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for measure in MEASURES:
        for row in measure.rows([unit], start, end):
            assert row.indicator in measure.indicators
            found[row.indicator, row.dimension] += row.amount
    return +found


def test_a_notice_counts_once_on_its_day_and_in_time_by_its_due_day(cast: Cast) -> None:
    who = cast.recorder_benmau
    publish(who, cast.benmau, HEADQUARTERS, HALL)
    publish(who, cast.benmau, on=TODAY)
    found = count(cast.benmau)
    assert found["public_postings", "commune"] == 2
    assert found["disclosures_with_due", "commune"] == 2
    assert found["disclosures_on_time", "commune"] == 1
    assert count(cast.benmau, DAY, DAY)["public_postings", "commune"] == 1
    assert count(cast.caumau) == {}
    assert count(cast.maulai) == {}


def test_a_workplace_has_no_due_day_and_counts_apart(cast: Cast) -> None:
    publish(cast.workplace_officer, cast.workplace, rule_key="nlv_ck_a")
    assert count(cast.workplace) == {
        ("public_postings", "workplace"): 1,
        ("disclosure_clauses_done", "nlv_ck_a"): 1,
        ("disclosure_clauses_due", "nlv_ck_a"): 1,
    }


def test_a_posting_counts_on_the_day_that_completes_it(cast: Cast) -> None:
    who = cast.recorder_benmau
    begun = dt.date(2026, 5, 5)
    made = publish(who, cast.benmau, HALL, HEADQUARTERS, on=begun, decided_on=begun)
    hall, house = made.postings.order_by("pk")
    complete = begun + LATER(30)
    key = ("postings_completed", "commune")
    assert count(cast.benmau)[key] == 2
    assert count(cast.benmau, complete, complete)[key] == 2
    with on_day(complete - LATER(1)):
        assert count(cast.benmau)[key] == 0
    take_down(actor=who, posting_id=hall.pk, version=1, on=complete - LATER(1), early=True)
    assert count(cast.benmau)[key] == 1
    interrupt_posting(
        actor=who, posting_id=house.pk, version=1, from_on=begun + LATER(9), reason="Mưa bão"
    )
    assert count(cast.benmau)[key] == 0
    resume_posting(actor=who, posting_id=house.pk, version=2, on=begun + LATER(11))
    with on_day(begun + LATER(41)):
        assert count(cast.benmau, complete, begun + LATER(41))[key] == 1


def test_clauses_count_once_a_period_and_the_plan_says_what_is_due(cast: Cast) -> None:
    who = cast.recorder_benmau
    for rule in ("xa_ck_02", "xa_ck_02", "xa_ck_13"):
        publish(who, cast.benmau, rule_key=rule)
    item = PlannedInput("xa_ck_02", "Ngân sách")
    record_plan(
        actor=who,
        unit_id=cast.benmau,
        occurred_on=dt.date(2026, 1, 15),
        content=PlanInput(
            2026,
            items=(
                item,
                replace(item, rule_key="xa_ck_07"),
                replace(
                    item,
                    rule_key="xa_ck_09",
                    from_on=dt.date(2026, 11, 1),
                    to_on=dt.date(2026, 12, 1),
                ),
            ),
        ),
    )
    found = count(cast.benmau)
    assert {key[1] for key in found if key[0] == "disclosure_clauses_done"} == {
        "xa_ck_02",
        "xa_ck_13",
    }
    assert {key[1] for key in found if key[0] == "disclosure_clauses_due"} == {
        "xa_ck_02",
        "xa_ck_13",
        "xa_ck_07",
    }
    autumn = count(cast.benmau, dt.date(2026, 10, 1), dt.date(2026, 12, 14))
    assert ("disclosure_clauses_due", "xa_ck_09") in autumn
    assert set(found.values()) <= {1, 3, 2}


def test_a_plan_made_late_binds_no_period_that_was_over_and_cells_are_those_of_a_rebuild(
    cast: Cast, settle: Any
) -> None:
    who, item = cast.recorder_benmau, PlannedInput("xa_ck_07", "Rà soát hộ nghèo")
    spring, half, later = ("2026Q1", "nd09:2026H1", "nd09:2027H1")
    with on_day(dt.date(2026, 11, 23)):
        spoken = dt.date(2026, 2, 10)  # something of the period is known, so that it is folded
        publish(who, cast.benmau, on=spoken, decided_on=spoken)
        rows = open_periods(spring, half, "2026", later)

        def due() -> dict[str, int | None]:
            cells = {
                code: cell(cast.benmau, row, "disclosure_clauses_due") for code, row in rows.items()
            }
            return {code: found.amount if found else None for code, found in cells.items()}

        made = record_plan(
            actor=who,
            unit_id=cast.benmau,
            occurred_on=dt.date(2026, 11, 20),
            content=PlanInput(2026, items=(item,)),
        )
        settle()
        assert due() == {spring: 1, half: 1, "2026": 2, later: 1}
        sound()
        correct_plan(
            actor=who,
            record_id=made.pk,
            version=1,
            occurred_on=dt.date(2026, 3, 2),
            content=PlanInput(2026, items=(replace(item, item_id=made.items.get().pk),)),
            reason="Ngày ban hành ghi sai",
        )
        settle()
        assert due() == {spring: 2, half: 2, "2026": 2, later: 1}
        sound()


def test_each_form_counts_where_it_was_used(cast: Cast) -> None:
    who = cast.recorder_benmau
    portal = replace(HALL, kind="portal", place="", link="https://benmau.example/a")
    made = publish(who, cast.benmau, HEADQUARTERS, HALL, portal)
    add_form_used(actor=who, notice_id=made.pk, content=FormInput("d", DAY))
    for day in (0, 1):
        add_broadcast(
            actor=who,
            notice_id=made.pk,
            content=BroadcastInput(DAY + LATER(day), dt.time(6), "Đài xã"),
        )
    used = {key[1]: n for key, n in count(cast.benmau).items() if key[0] == "disclosure_forms_used"}
    assert used == {"form_a": 2, "form_b": 1, "form_c": 2, "form_d": 1}


def test_the_figure_follows_the_records_up_and_back(cast: Cast, settle: Any) -> None:
    period = open_periods("nd09:2026H1")["nd09:2026H1"]
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HEADQUARTERS)
    settle()

    def figure(unit: int) -> int | None:
        found = values(cast.committee_minhhoa, unit, period).get(
            ("recorded", "public_postings", "")
        )
        return found.amount if found else None

    assert (figure(cast.benmau), figure(cast.minhhoa)) == (1, 1)
    sound()
    cancel_notice(actor=who, record_id=made.pk, reason="Nhập trùng")
    settle()
    assert (figure(cast.benmau), figure(cast.minhhoa)) == (None, None)
    sound()


def test_what_is_counted_from_notices_is_no_longer_written_by_hand(cast: Cast) -> None:
    assert "public_postings" not in work_kinds()
