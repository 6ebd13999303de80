"""The ledger of a unit: what is done, late, next; what only advises; who may read it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.civic.dialogue.services import cancel_dialogue, publish_result
from danchu.core.contracts import NOBODY, OPERATOR, Shape, declared_duties
from danchu.core.errors import BadInput, NotFound
from danchu.core.law.selectors import current_catalogue
from danchu.core.law.services import confirm_rule
from danchu.core.units.services import place_unit, register_unit
from danchu.reporting.duties.coming import broken_by_absence, coming, week_after
from danchu.reporting.duties.ledger import Ledger, Line, duty_ledger, evidence_of, line_of
from tests.cast import TODAY
from tests.making import hold, opinion_input, receive

D = dt.date
YEAR = (D(2026, 1, 1), D(2026, 12, 31))


def ledger_of(viewer: Any, code: str = "9A001", year: int = 2026, on: dt.date = TODAY) -> Ledger:
    return duty_ledger(viewer, code, D(year, 1, 1), D(year, 12, 31), on)


def by_head(cast: Any, on: dt.date, receiver: str = "head", form: str = "periodic") -> Any:
    return receive(cast.recorder_benmau, cast.benmau, on=on, receiver=receiver, form=form)


def states(line: Line) -> list[tuple[dt.date, str]]:
    return [(one.start, one.state) for one in line.instances if one.state != "ahead"]


def test_every_declared_duty_is_a_rule_of_the_catalogue_of_the_kind_it_is_declared_for(cast):
    catalogue = current_catalogue()
    shapes = [(key, one.shape) for one in declared_duties() for key in one.rules]
    assert len(shapes) == len(set(shapes)) > 10
    for key, _shape in shapes:
        assert key in catalogue.rules, key
    for one in declared_duties():
        for key in one.rules:
            rule = catalogue.rule(key)
            # What is asked in each period has a rhythm, what sets a term going has days; the days
            # of the Council's sessions (article 14.3) are written down as they are called.
            assert rule.period if one.shape is Shape.PERIODIC else True, key
            has_days = rule.deadline_days or rule.period == "each regular session"
            assert has_days if one.shape is Shape.TERM else True, key


def test_a_unit_that_never_recorded_here_has_failed_nothing(cast):
    ledger = ledger_of(cast.recorder_benmau)
    assert ledger.follows_from is None
    assert (ledger.counts.late, ledger.counts.advised) == (0, 0)
    assert ledger.counts.unknown > 20
    # The schedule of reception hangs out since it was entered.
    posted = line_of(ledger, "tcd_lich")
    assert (posted.state, posted.instances[0].done_on) == ("done", TODAY)


def test_each_week_asks_for_the_chairman_himself_until_the_law_changed(cast):
    hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 4))  # followed from this Monday on
    by_head(cast, D(2026, 5, 20))
    by_head(cast, D(2026, 5, 27), receiver="deputy")  # Law 42/2013: sitting in does not count
    by_head(cast, D(2026, 5, 28), form="ad_hoc")
    line = line_of(ledger_of(cast.recorder_benmau), "tcd_xa_cu")
    told = dict(states(line))
    assert told[D(2026, 4, 27)] == "unknown"
    assert [told[D(2026, 5, 4) + dt.timedelta(weeks=n)] for n in range(6)] == [
        "late",
        "late",
        "done",
        "late",
        "late",
        "open",
    ]
    assert (line.counts.late, line.counts.advised) == (4, 0), "read in full: it may fail"
    # The week that lies on both sides of 1 July 2026 is asked by neither law, Tết by none.
    assert D(2026, 6, 29) not in [one.start for one in line.instances]
    assert D(2026, 2, 16) not in told
    later = line_of(ledger_of(cast.recorder_benmau), "tcd_xa")
    assert [one.start for one in later.instances] == [D(2026, month, 1) for month in range(7, 13)]
    assert {(one.state, one.needed) for one in later.instances} == {("ahead", 2)}


def test_two_days_of_a_month_are_two_days_and_what_only_advises_fails_nobody(cast):
    hold(cast.recorder_benmau, cast.benmau, on=D(2026, 4, 1))
    for day in (D(2026, 4, 7), D(2026, 4, 7), D(2026, 5, 12), D(2026, 5, 26)):
        by_head(cast, day, receiver="party_secretary")
    ledger = ledger_of(cast.recorder_benmau)
    line = line_of(ledger, "dang_xa")
    april, may, june = (one for one in line.instances if one.start.month in (4, 5, 6))
    assert (april.state, april.done, april.needed) == ("late", 1, 2)
    assert (may.state, may.done_on, may.due_on) == ("done", D(2026, 5, 26), D(2026, 5, 29))
    assert (june.state, june.last_days) == ("open", (D(2026, 6, 29), D(2026, 6, 30)))
    assert not line.rule.can_fail
    assert (line.counts.late, line.counts.advised) == (0, 1)
    assert april.advises and not april.fails


def test_the_result_of_a_dialogue_is_due_by_the_clock_and_counts_late_when_it_was(cast):
    dialogue = hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20))
    (term,) = line_of(ledger_of(cast.recorder_benmau), "xa_dt_72_kq").instances
    # Ten days end on Saturday 30 May and move to Monday.
    assert (term.due_on, term.state, term.days_late(TODAY)) == (D(2026, 6, 1), "late", 9)
    assert term.derivation is not None and term.derivation.rows[-1].date == D(2026, 6, 1)
    assert term.record_ids == (dialogue.pk,)
    publish_result(
        actor=cast.recorder_benmau, record_id=dialogue.pk, on=D(2026, 6, 5), summary="Đã trả lời."
    )
    (term,) = line_of(ledger_of(cast.recorder_benmau), "xa_dt_72_kq").instances
    assert (term.state, term.done_on) == ("done_late", D(2026, 6, 5))
    assert line_of(ledger_of(cast.recorder_benmau), "xa_dt_nam").instances[0].state == "done"
    cancel_dialogue(actor=cast.leader_benmau, record_id=dialogue.pk, reason="Ghi nhầm")
    ledger = ledger_of(cast.recorder_benmau)
    assert line_of(ledger, "xa_dt_72_kq").instances == ()
    assert line_of(ledger, "xa_dt_nam").instances[0].state == "open"


def test_a_rule_confirmed_here_fails_and_withdrawn_advises_again(cast):
    from danchu.core.law.services import withdraw_confirmation

    hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20))
    before = ledger_of(cast.recorder_benmau).counts
    confirm_rule(
        actor=cast.legal_officer, key="xa_dt_72_kq", on=TODAY, officer="Bùi Mẫu Liên",
        text_compared="12/VBHN-VPQH",
    )  # fmt: skip
    after = ledger_of(cast.recorder_benmau).counts
    assert (after.late, after.advised) == (before.late + 1, before.advised - 1)
    withdraw_confirmation(actor=cast.legal_officer, key="xa_dt_72_kq", reason="Nhầm bản")
    assert ledger_of(cast.recorder_benmau).counts == before


def test_what_no_kind_of_work_shows_stands_apart(cast):
    hold(cast.recorder_benmau, cast.benmau, on=D(2026, 1, 5))
    ledger = ledger_of(cast.recorder_benmau)
    untracked = {rule.key for rule in ledger.untracked}
    tracked = {line.rule.key for line in ledger.lines}
    assert "xa_ck_yc" in untracked and not untracked & tracked
    assert all(rule.applies_on(TODAY) for rule in ledger.untracked)
    # Of the citizen, of a province, of Khánh Hòa alone: no duties of a commune.
    assert not untracked & {"kn_thoihieu", "hu_bc_tinh", "bc_gui_kh"}


def test_an_old_year_is_judged_by_the_law_of_that_year(cast):
    hold(OPERATOR, cast.old_benmau, on=D(2019, 5, 6))
    ledger = ledger_of(cast.recorder_benmau, year=2019)
    assert ledger.unit.id == cast.old_benmau
    keys = {line.rule.key for line in ledger.lines}
    assert "xa_dt_77" in keys and not keys & {"xa_dt_nam", "xa_dt_72", "tcd_xa"}
    assert [one.state for one in line_of(ledger, "xa_dt_77").instances] == ["done"]


@pytest.mark.parametrize(
    ("unit", "code", "kinds"),
    [
        ("minhhoa", "9A", {"tcd_tinh", "dang_tinh"}),
        ("agency", "9A.SNV", {"tcd_thutruong", *(f"cq_ck_{n:02}" for n in range(1, 13))}),
        (
            "enterprise",
            "9A.CN",
            {"nn_dt", *(f"nn_ck_{part}" for part in ["a", "b", "c", "d", "dd", "e", "g", "h"])},
        ),
        ("workplace", "9A001.MAY", {"nlv_dt_nam", "nlv_dt_congbo"}),
        ("maulai", "9A001.01", set()),
    ],
)
def test_each_kind_of_unit_has_the_duties_of_its_kind(cast, unit, code, kinds):
    ledger = ledger_of(OPERATOR, code)
    assert ledger.unit.id == getattr(cast, unit)
    assert {line.rule.key for line in ledger.lines} == kinds
    assert (ledger.kind is None) == (unit == "maulai")


def test_a_workplace_publishes_within_three_of_its_own_working_days(cast):
    hold(
        cast.workplace_officer, cast.workplace, on=D(2026, 4, 24), kind="workplace",
        base_kind="workplace", public=False,
    )  # fmt: skip
    ledger = ledger_of(cast.workplace_officer, "9A001.MAY")
    (term,) = line_of(ledger, "nlv_dt_congbo").instances
    # Monday 27 April is a public holiday (Giỗ Tổ moved); 28 and 29 count, 30/4 and 1/5 do not.
    assert term.due_on == D(2026, 5, 4)
    assert term.fails, "the decree was read in full"
    assert line_of(ledger, "nlv_dt_nam").instances[0].state == "done"


def test_the_week_to_come_and_the_absence_of_one_day(cast):
    hold(
        cast.recorder_benmau, cast.benmau,
        opinion_input(text="Bao giờ xong?", due_on=D(2026, 6, 15)), on=D(2026, 6, 5),
    )  # fmt: skip
    ledger = ledger_of(cast.recorder_benmau)
    next_week = coming(cast.recorder_benmau, ledger, *week_after(TODAY))
    told = [(one.day, one.duty.rule.key if one.duty else one.task.title) for one in next_week]
    assert told == [
        (D(2026, 6, 15), "xa_dt_72_kq"),  # once, though there is a task for it too
        (D(2026, 6, 15), "Trả lời ý kiến: Bao giờ xong?"),
        (D(2026, 6, 19), "tcd_xa_cu"),
    ]

    def lost(day: dt.date, viewer: Any = cast.recorder_benmau) -> set[str]:
        return {
            one.duty.rule.key if one.duty else one.task.title
            for one in broken_by_absence(viewer, ledger, day)
        }

    assert lost(D(2026, 6, 15)) == {"xa_dt_72_kq", "Trả lời ý kiến: Bao giờ xong?"}
    assert lost(D(2026, 6, 11)) == set()
    assert lost(D(2026, 6, 12)) == {"tcd_xa_cu"}  # the last working day of the week
    assert "dang_xa" not in lost(D(2026, 6, 26))
    assert "dang_xa" in lost(D(2026, 6, 29)) and "dang_xa" in lost(D(2026, 6, 30))
    by_head(cast, D(2026, 6, 9), receiver="party_secretary")
    ledger = ledger_of(cast.recorder_benmau)
    assert "dang_xa" not in lost(D(2026, 6, 29)) and "dang_xa" in lost(D(2026, 6, 30))


def test_records_are_linked_for_who_may_see_them_and_counted_for_others(cast):
    dialogue = hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20), public=False)
    line = line_of(ledger_of(cast.recorder_benmau), "xa_dt_nam")
    ((_one, mine),) = evidence_of(cast.recorder_benmau, line)
    assert mine.hidden == 0
    assert str(dialogue.record.public_id) in mine.shown[0][1]
    ((_one, others),) = evidence_of(NOBODY, line)
    assert (others.shown, others.hidden) == ((), 1)


def test_who_may_read_the_records_reads_the_ledger_and_nobody_else(cast):
    for reads in (cast.recorder_benmau, cast.viewer_benmau, cast.committee_minhhoa, OPERATOR):
        assert ledger_of(reads).unit.id == cast.benmau
    for does_not in (cast.recorder_caumau, cast.committee_maunguyen, cast.outsider, NOBODY):
        with pytest.raises(NotFound):
            ledger_of(does_not)
    with pytest.raises(NotFound):
        ledger_of(cast.village_head)  # below, not above
    with pytest.raises(BadInput):
        duty_ledger(cast.recorder_benmau, "9A001", D(2024, 1, 1), D(2026, 1, 1), TODAY)


def test_a_former_parent_reads_it_no_more(cast):
    moved = register_unit(
        actor=OPERATOR, parent_id=cast.caumau, level="workplace", name="Xí nghiệp Mẫu Chuyển",
        kind="doanh nghiệp", short_code="CHUYEN", valid_from=D(2026, 1, 1),
    )  # fmt: skip
    place_unit(
        actor=OPERATOR, unit_id=moved.pk, tree="state", parent_id=cast.benmau,
        valid_from=D(2026, 5, 1),
    )  # fmt: skip
    assert ledger_of(cast.recorder_benmau, "9A002.CHUYEN").unit.id == moved.pk
    with pytest.raises(NotFound):
        ledger_of(cast.recorder_caumau, "9A002.CHUYEN")
