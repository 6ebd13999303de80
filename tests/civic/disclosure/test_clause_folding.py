"""The standings that are kept: as a rebuild makes them, whatever happened in which order."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction

from danchu.civic.dialogue.services import cancel_dialogue
from danchu.civic.disclosure import folding
from danchu.civic.disclosure.asked import periods_kept
from danchu.civic.disclosure.clause_states import FAILS, ClauseState
from danchu.civic.disclosure.folding import CLAUSES, consume, rebuild, turn_of_day
from danchu.civic.disclosure.models import ClauseStanding, ClauseUnit, ClauseYear
from danchu.civic.disclosure.selectors import Matrix, Quarter, disclosure_matrix
from danchu.civic.disclosure.services import (
    PlanInput,
    PlannedInput,
    add_posting,
    cancel_notice,
    cancel_plan,
    cancel_posting,
    correct_notice,
    hang_again,
    interrupt_posting,
    record_plan,
    resume_posting,
    take_down,
)
from danchu.core.changes.withdrawing import withdraw_map_change
from danchu.core.clock import today
from danchu.core.contracts import OPERATOR
from danchu.core.law.services import confirm_rule, withdraw_confirmation
from danchu.core.outbox.models import Message
from danchu.core.units.services import register_demo_unit
from danchu.demo.load import settle
from tests.cast import TODAY
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    notice_input,
    publish,
    publish_register_now,
)
from tests.core.changes.test_changes_services import act, merger
from tests.making import hold

D = dt.date
Kept = dict[tuple[str, int, str], tuple[str, int]]


def kept() -> Kept:
    """(period, unit, clause) -> how it stands, with how many notices."""
    rows = ClauseStanding.objects.values_list("period", "unit_id", "rule_key", "state", "n")
    return {(period, unit, rule): (state, n) for period, unit, rule, state, n in rows}


def stands(unit: int, rule: str, period: str = "2026") -> str | None:
    """How a unit is kept to stand; None where nothing is kept of it."""
    found = kept().get((period, unit, rule))
    return found[0] if found else None


def as_a_rebuild_makes_them() -> Kept:
    """What is kept, which a rebuild of it, and one from nothing, do not change."""
    before, begun = kept(), set(ClauseUnit.objects.values_list())
    assert rebuild() == len(before)
    assert kept() == before
    for model in (ClauseStanding, ClauseUnit):
        model.objects.all().delete()
    rebuild()
    assert kept() == before
    assert set(ClauseUnit.objects.values_list()) == begun
    return before


@pytest.fixture
def kept_cast(cast: Any) -> Any:
    """Two communes that wrote something down long ago, with everything folded."""
    hold(cast.recorder_benmau, cast.benmau, on=D(2025, 12, 1))
    hold(cast.recorder_caumau, cast.caumau, on=D(2026, 2, 3))
    settle()
    turn_of_day()
    return cast


def acts(cast: Any) -> Any:
    """One act of each kind after another; yields after each."""
    who, unit = cast.recorder_benmau, cast.benmau
    items = (
        PlannedInput("xa_ck_02", "Dự toán", from_on=D(2026, 5, 1), to_on=D(2026, 5, 31)),
        PlannedInput("xa_ck_06", "Tài sản", from_on=D(2025, 11, 1), to_on=D(2025, 11, 30)),
    )
    made = {}
    for year in (2025, 2026):
        made[year] = record_plan(
            actor=who,
            unit_id=unit,
            occurred_on=D(2026, 1, 5),
            content=PlanInput(year=year, items=items[year - 2025 - 1 :][:1]),
        )
        yield f"plan of {year}"
    budget = publish(who, unit, HALL, on=D(2026, 5, 20), decided_on=D(2026, 5, 18))
    yield "a notice that hangs"
    answer = publish(who, unit, rule_key="xa_ck_06", on=D(2026, 6, 1), decided_on=D(2026, 5, 29))
    yield "one that answers a line of last year"
    house = add_posting(actor=who, notice_id=answer.pk, content=HEADQUARTERS)
    yield "posted"
    interrupt_posting(
        actor=who, posting_id=house.pk, version=1, from_on=D(2026, 6, 2), reason="Mưa bão"
    )
    yield "interrupted"
    resume_posting(actor=who, posting_id=house.pk, version=2, on=D(2026, 6, 4))
    yield "put up again"
    hall = budget.postings.get()
    take_down(actor=who, posting_id=hall.pk, version=1, on=D(2026, 6, 5), early=True)
    yield "taken down early"
    hang_again(actor=who, posting_id=hall.pk, version=2, reason="Ghi nhầm")
    yield "it hangs after all"
    days = {"on": D(2025, 12, 20), "decided_on": D(2025, 12, 18)}
    always = publish(who, unit, HEADQUARTERS, rule_key="xa_ck_04", **days)
    yield "what hangs all the time"
    publish_register_now(actor=who, unit_id=unit, quarter=Quarter.read("2026-Q2"))
    yield "a register"
    correct_notice(
        actor=who,
        record_id=budget.pk,
        version=1,
        occurred_on=D(2026, 5, 20),
        content=notice_input(rule_key="xa_ck_03"),
        reason="Nhầm khoản",
    )
    yield "another clause"
    cancel_posting(actor=who, posting_id=always.postings.get().pk, reason="Ghi nhầm")
    yield "a posting cancelled"
    cancel_notice(actor=who, record_id=answer.pk, reason="Ghi nhầm")
    yield "a notice cancelled"
    cancel_plan(actor=who, record_id=made[2025].pk, reason="Ghi nhầm")
    yield "a plan cancelled"


def test_folded_act_by_act_they_are_what_a_rebuild_makes_of_them(kept_cast: Any) -> None:
    seen = [kept()]
    for act_ in acts(kept_cast):
        assert Message.objects.filter(topic=CLAUSES, unit_id=kept_cast.benmau).exists(), act_
        settle()
        told = {
            (span.code, unit.id, rule.key): cell.state
            for year in (2025, 2026)
            for span in periods_kept(year, TODAY)
            for group in disclosure_matrix(OPERATOR, "9A", span.code, anew=True).groups
            for unit in group.units
            for rule, cell in zip(group.rules, unit.cells, strict=True)
            if cell.state not in ("unconfirmed", *FAILS)
        }
        now = kept()
        assert told, act_
        assert {key: state for key, state in told.items() if key in now} == {
            key: now[key][0] for key in told if key in now
        }, act_
        seen.append(now)
    assert all(one != other for one, other in pairwise(seen))
    assert {state for state, _n in as_a_rebuild_makes_them().values()} >= {"missing", "planned"}


def test_folded_once_twice_or_from_the_last_to_the_first_they_are_the_same(kept_cast: Any) -> None:
    for _act in acts(kept_cast):
        pass
    waiting = list(Message.objects.filter(topic=CLAUSES).order_by("-pk"))
    assert len(waiting) > 10
    with transaction.atomic():
        for message in waiting:
            consume([message])
    once = kept()
    with transaction.atomic():
        consume(waiting)
    settle()
    assert kept() == once == as_a_rebuild_makes_them()


def test_the_first_record_of_any_kind_begins_a_unit_and_its_last_one_ends_it(cast: Any) -> None:
    rebuild()
    assert kept() == {}
    made = hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20))
    settle()
    assert stands(cast.benmau, "xa_ck_04") == "missing"
    assert stands(cast.benmau, "xa_ck_so", "2026Q1") == "unknown"
    assert stands(cast.caumau, "xa_ck_04") is None
    # Written down later, and it happened earlier: the first quarter is asked for.
    earlier = hold(cast.recorder_benmau, cast.benmau, on=D(2025, 12, 1))
    settle()
    assert stands(cast.benmau, "xa_ck_so", "2026Q1") == "missing"
    as_a_rebuild_makes_them()
    for one in (earlier, made):
        cancel_dialogue(actor=cast.recorder_benmau, record_id=one.pk, reason="Ghi nhầm")
        settle()
        as_a_rebuild_makes_them()
    assert kept() == {}
    assert not ClauseUnit.objects.exists()


def test_the_turn_of_the_day_brings_what_runs_and_what_still_hangs_to_the_day(
    kept_cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = kept_cast
    publish(
        cast.recorder_benmau,
        cast.benmau,
        HALL,
        on=D(2026, 5, 20),
        decided_on=D(2026, 5, 18),
        rule_key="xa_ck_05",
    )
    publish(
        cast.recorder_benmau,
        cast.benmau,
        HALL,
        on=D(2026, 1, 5),
        decided_on=D(2026, 1, 5),
        rule_key="xa_ck_03",
    )
    settle()
    assert stands(cast.benmau, "xa_ck_05") == stands(cast.benmau, "xa_ck_05", "2026Q2") == "hanging"
    assert stands(cast.benmau, "xa_ck_so", "2026Q2") == "planned"
    for day in (D(2026, 6, 19), D(2026, 7, 1), D(2026, 12, 31), D(2027, 1, 1)):
        monkeypatch.setenv("DANCHU_TODAY", day.isoformat())
        period = "2026Q2"
        before = disclosure_matrix(OPERATOR, "9A", period)
        assert not ClauseYear.objects.filter(judged_on=day).exists()
        turn_of_day()
        assert {year.judged_on for year in ClauseYear.objects.all()} == {day}
        after = disclosure_matrix(OPERATOR, "9A", period)
        assert told(after) == told(before), "judged anew until the day was turned"
        assert stands(cast.benmau, "xa_ck_05", period) == "done"
        as_a_rebuild_makes_them()
    assert stands(cast.benmau, "xa_ck_so", "2026Q2") == "missing"
    assert stands(cast.benmau, "xa_ck_04", "2027Q1") == "missing", "a new year is opened"
    again = kept()
    ClauseStanding.objects.update(n=99)
    turn_of_day()
    assert kept() != again, "a worker that is started again on the same day judges nothing"


def test_what_can_still_turn_is_judged_however_long_ago_its_period_ended(
    kept_cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = kept_cast
    made = publish(
        cast.recorder_benmau,
        cast.benmau,
        HALL,
        on=D(2026, 2, 20),
        decided_on=D(2026, 2, 20),
        rule_key="xa_ck_05",
    )
    # Torn down in its last days and put up again much later.
    hall = made.postings.get()
    who = {"actor": cast.recorder_benmau, "posting_id": hall.pk}
    interrupt_posting(**who, version=1, from_on=D(2026, 3, 10), reason="Mất")
    monkeypatch.setenv("DANCHU_TODAY", "2026-08-01")
    resume_posting(**who, version=2, on=D(2026, 8, 1))
    settle()
    turn_of_day()
    assert stands(cast.benmau, "xa_ck_05", "2026Q1") == "hanging"
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-15")
    turn_of_day()
    assert stands(cast.benmau, "xa_ck_05", "2026Q1") == "done"


def shown(code: str, rule: str) -> ClauseState:
    for group in disclosure_matrix(OPERATOR, "9A", "2026").groups:
        for unit in group.units:
            if unit.code == code:
                return unit.cells[[one.key for one in group.rules].index(rule)].state
    raise AssertionError(code)


def test_to_confirm_a_rule_or_take_it_back_changes_what_is_shown_and_no_row(kept_cast: Any) -> None:
    cast, before = kept_cast, kept()
    assert shown("9A001", "xa_ck_04") == "unconfirmed"
    whole = disclosure_matrix(OPERATOR, "9A", "2026")
    assert (whole.owing, whole.tally()["missing"]) == (0, 0)
    confirm_rule(
        actor=cast.legal_officer, key="xa_ck_04", on=TODAY, officer="Bùi", text_compared="12/VBHN"
    )
    assert shown("9A001", "xa_ck_04") == "missing"
    whole = disclosure_matrix(OPERATOR, "9A", "2026")
    assert (whole.owing, whole.needing, whole.tally()["missing"]) == (2, 2, 2)
    withdraw_confirmation(actor=cast.legal_officer, key="xa_ck_04", reason="Nhầm bản")
    assert shown("9A001", "xa_ck_04") == "unconfirmed"
    assert not Message.objects.filter(topic=CLAUSES).exists()
    assert kept() == before


def test_rows_judged_by_other_rules_are_not_read_and_are_judged_anew(kept_cast: Any) -> None:
    ClauseYear.objects.update(catalogue=999)
    ClauseStanding.objects.update(state="done")
    assert shown("9A001", "xa_ck_04") == "unconfirmed"
    turn_of_day()
    assert "missing" in {state for state, _n in kept().values()}
    assert shown("9A001", "xa_ck_04") == "unconfirmed"


def test_units_that_a_change_of_the_map_moves_are_judged_again(kept_cast: Any) -> None:
    cast = kept_cast
    _plan, change = act(OPERATOR, merger(cast, on=D(2026, 6, 1)))
    told = set(Message.objects.filter(topic=CLAUSES).values_list("unit_id", flat=True))
    assert told > {cast.benmau, cast.caumau}
    settle()
    as_a_rebuild_makes_them()
    withdraw_map_change(actor=OPERATOR, public_id=change.public_id, reason="Nhập nhầm")
    assert Message.objects.filter(topic=CLAUSES).exists()
    settle()
    as_a_rebuild_makes_them()


def test_some_units_at_a_time_give_the_same(
    kept_cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = as_a_rebuild_makes_them()
    monkeypatch.setattr(folding, "AT_ONCE", 1)
    assert as_a_rebuild_makes_them() == before


# --- what is read of them -----------------------------------------------------------------------


def more_communes(cast: Any, number: int) -> None:
    for n in reversed(range(number)):
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9A2{n:02}",
            name=f"xã Mẫu {n}",
            kind="xã",
            parent_id=cast.minhhoa,
            valid_from=D(2025, 7, 1),
            basis="Dữ liệu minh họa",
        )


def test_a_page_has_forty_units_in_the_order_of_codes_and_the_sums_of_all(
    kept_cast: Any, django_assert_max_num_queries: Any
) -> None:
    cast = kept_cast
    confirm_rule(
        actor=cast.legal_officer, key="xa_ck_04", on=TODAY, officer="Bùi", text_compared="12/VBHN"
    )
    more_communes(cast, 50)
    who = cast.committee_minhhoa
    whole = disclosure_matrix(who, "9A", "2026")
    codes = [unit.code for group in whole.groups for unit in group.units]
    assert len(codes) == whole.number == whole.listed > 52
    assert codes[:52] == sorted(codes[:52])
    pages = [disclosure_matrix(who, "9A", "2026", page=n) for n in (1, 2)]
    shown_ = [unit.code for page in pages for group in page.groups for unit in group.units]
    assert shown_ == codes
    assert sum(len(group.units) for group in pages[0].groups) == 40
    for page in (*pages, disclosure_matrix(who, "9A", "2026", needing=True)):
        assert (page.owing, page.needing, page.tally()) == (2, 2, whole.tally())
        assert [g.columns for g in page.groups] == [g.columns for g in whole.groups]
    only = disclosure_matrix(who, "9A", "2026", page=7, needing=True)
    assert [unit.code for group in only.groups for unit in group.units] == ["9A001", "9A002"]
    assert (only.page, only.listed) == (1, 2)
    with django_assert_max_num_queries(9):
        disclosure_matrix(who, "9A", "2026", page=1)


def told(matrix: Matrix) -> list[tuple[int, list[tuple[str, int]]]]:
    """Each unit with its cells; which quarters are owed is asked when one is opened."""
    groups = (*matrix.groups, *((matrix.own,) if matrix.own else ()))
    return [
        (unit.id, [(cell.state, cell.n) for cell in unit.cells])
        for group in groups
        for unit in group.units
    ]


def test_what_is_kept_is_shown_as_it_would_be_judged_of_every_unit_and_period(
    kept_cast: Any,
) -> None:
    more_communes(kept_cast, 3)
    for _act in acts(kept_cast):
        pass
    settle()
    confirm_rule(
        actor=kept_cast.legal_officer,
        key="xa_ck_so",
        on=TODAY,
        officer="Bùi",
        text_compared="12/VBHN",
    )
    compared = 0
    for code in ("9A", "9A001"):
        for year in (2025, 2026):
            for span in periods_kept(year, today()):
                read = disclosure_matrix(OPERATOR, code, span.code)
                anew = disclosure_matrix(OPERATOR, code, span.code, anew=True)
                cells = told(read)
                assert cells == told(anew), span.code
                for state in ("missing", "late", "short", "unconfirmed", "hanging", "done"):
                    assert read.tally()[state] == anew.tally()[state], (span.code, state)
                assert (read.owing, read.needing) == (anew.owing, anew.needing), span.code
                compared += len(cells)
    assert compared > 50


def test_units_that_are_looked_through_tell_how_many_communes_below_need_a_hand(
    kept_cast: Any, django_assert_max_num_queries: Any
) -> None:
    cast = kept_cast
    # In the first half of 2025 districts stood between the province and its communes.
    hold(cast.recorder_benmau, cast.old_benmau, on=D(2025, 1, 20))
    settle()
    found = disclosure_matrix(OPERATOR, "9A", "2025H1")
    assert [one.code for one in found.others] == ["9A1", "9A2"]
    district = found.others[0]
    keys = [rule.key for rule in found.clauses]
    assert district.columns is not None
    told = disclosure_matrix(OPERATOR, "9A1", "2025H1")
    assert district.communes == sum(g.number for g in told.groups if g.kind == "commune")
    for key in keys:
        its = district.columns[keys.index(key)]
        (group,) = (g for g in told.groups if g.kind == "commune")
        same = group.column(keys.index(key))
        assert {s: n for s, n in its.items() if n} == {
            s: same[s] for s in ("missing", "late", "short", "unconfirmed") if same[s]
        }
    assert district.columns[keys.index("xa_ck_04")]["unconfirmed"] == 1
    with django_assert_max_num_queries(9):
        disclosure_matrix(OPERATOR, "9A", "2025H1")
    # Nobody counts periods that are not kept.
    assert {one.columns for one in disclosure_matrix(OPERATOR, "9A", "2024").others} == {None}
