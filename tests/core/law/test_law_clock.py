"""The statutory clock: hand-counted cases, and properties that must hold for every rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.core.calendar.days import CALENDAR_CLASSES, DayCount
from danchu.core.calendar.shipped import shipped_calendar
from danchu.core.errors import BadInput, Refusal
from danchu.core.law.clock import Derivation, derive
from danchu.core.law.events import ClockEvent
from danchu.core.law.shipped import shipped_catalogue

D = dt.date
CALENDAR = shipped_calendar()
RULES = shipped_catalogue()
DAY = dt.timedelta(days=1)
# The machine may be busy; a slow example is no failure.
steady = settings(deadline=None, max_examples=60)


def on(start: dt.date) -> ClockEvent:
    return ClockEvent("start", start)


def suspended(first: dt.date, resumed: dt.date | None = None) -> list[ClockEvent]:
    events = [ClockEvent("suspend", first)]
    return events if resumed is None else [*events, ClockEvent("resume", resumed)]


def extended(days: int, date: dt.date, number: str = "") -> ClockEvent:
    return ClockEvent("extend", date, days, number)


def clock(rule: str, *events: ClockEvent, **options) -> Derivation:
    return derive(RULES.rule(rule), events, CALENDAR, **options)


@pytest.mark.parametrize(
    ("rule", "start", "options", "due", "days"),
    [
        # 7 working days over the make-up Saturday 22/8, the swapped 31/8 and National Day
        ("kn_thuly", D(2026, 8, 20), {}, D(2026, 8, 28), 7),
        ("kn_thuly", D(2026, 8, 20), {"calendar_class": "enterprise"}, D(2026, 8, 31), 7),
        ("kn_thuly", D(2026, 8, 25), {}, D(2026, 9, 8), 7),
        # calendar days; the 30th is Saturday 22/8, worked in the public sector only
        ("kn_l1", D(2026, 7, 23), {}, D(2026, 8, 22), 30),
        ("kn_l1", D(2026, 7, 23), {"calendar_class": "enterprise"}, D(2026, 8, 24), 30),
        # the 30th day is 30/8 (Sunday); 31/8 is swapped, 1 and 2/9 are holidays
        ("kn_l1", D(2026, 7, 31), {}, D(2026, 9, 3), 30),
        ("kn_l1", D(2026, 7, 31), {"calendar_class": "enterprise"}, D(2026, 8, 31), 30),
        ("kn_l1", D(2026, 7, 20), {"complex": True}, D(2026, 9, 3), 45),
        ("kn_l1", D(2026, 7, 20), {"remote": True}, D(2026, 9, 3), 45),
        ("kn_l1", D(2026, 7, 20), {"complex": True, "remote": True}, D(2026, 9, 18), 60),
        ("kn_l2", D(2026, 7, 20), {"complex": True, "remote": True}, D(2026, 9, 28), 70),
        # before an event: the last lawful day
        ("tcd_lich", D(2026, 9, 3), {}, D(2026, 8, 24), 5),
        ("nd59_hop_tb", D(2026, 9, 10), {}, D(2026, 9, 8), 2),
        ("nd59_hop_tb", D(2026, 9, 4), {}, D(2026, 8, 28), 2),  # 2/9 back over the holidays
        # a minimum ends with its last full day, on a Saturday too
        ("xa_yk_1", D(2026, 7, 5), {}, D(2026, 7, 25), 20),
        ("xa_ck_loa", D(2026, 7, 2), {}, D(2026, 7, 5), 3),
        ("xa_ck_01", D(2026, 7, 5), {"posting": True}, D(2026, 8, 4), 30),
        ("xa_ck_01", D(2026, 7, 3), {}, D(2026, 7, 10), 5),
        ("tctt16_truso_dg", D(2026, 8, 21), {}, D(2026, 8, 21), 0),
        ("tctt16_truso_dg", D(2026, 8, 29), {}, D(2026, 9, 3), 0),
    ],
)  # fmt: skip
def test_the_due_day_of_a_rule(rule, start, options, due, days):
    derivation = clock(rule, on(start), **options)
    assert (derivation.due, derivation.days) == (due, days)
    assert derivation.rows[-1].date == due


def test_suspended_days_up_to_the_eve_of_the_resumption_do_not_count():
    start = D(2026, 7, 20)
    plain = clock("kn_l1", on(start))
    assert plain.due == D(2026, 8, 19)
    paused = clock("kn_l1", on(start), *suspended(D(2026, 8, 3), D(2026, 8, 7)))
    assert paused.due == D(2026, 8, 24)  # 4 days more is Sunday 23/8
    not_counted = [r.date for r in paused.rows if "tạm đình chỉ" in r.why.vi]
    assert not_counted == [D(2026, 8, 3), D(2026, 8, 4), D(2026, 8, 5), D(2026, 8, 6)]
    assert next(r for r in paused.rows if r.date == D(2026, 8, 7)).day == 14
    working = clock("kn_thuly", on(D(2026, 7, 6)), *suspended(D(2026, 7, 8), D(2026, 7, 13)))
    assert working.due == D(2026, 7, 20)  # 8, 9, 10 and a weekend left out of 7 working days


def test_a_clock_suspended_and_not_resumed_has_no_due_day():
    derivation = clock("kn_l1", on(D(2026, 7, 20)), *suspended(D(2026, 8, 3)))
    assert derivation.due is None
    assert derivation.rows[-1].date == D(2026, 8, 3)
    assert "đồng hồ đang đứng" in derivation.warnings[0].vi
    assert "stands still" in derivation.warnings[0].en


def test_a_suspension_on_the_days_a_last_day_moves_over_still_counts():
    start = D(2026, 7, 31)  # the 30th day is Sunday 30/8, due on 3/9
    assert clock("kn_l1", on(start)).due == D(2026, 9, 3)
    moved = clock("kn_l1", on(start), *suspended(D(2026, 9, 2), D(2026, 9, 8)))
    assert moved.due == D(2026, 9, 8)
    assert clock("kn_l1", on(start), *suspended(D(2026, 9, 1))).due is None


def test_a_suspension_after_the_term_changes_nothing_and_says_so():
    late = clock("kn_l1", on(D(2026, 7, 20)), *suspended(D(2026, 8, 20)))
    assert late.due == D(2026, 8, 19)
    assert "20/08/2026" in late.warnings[0].vi


def test_only_the_last_day_of_the_whole_is_moved():
    start = D(2026, 7, 20)
    # 30 days end on Wednesday 19/8; 3 more end on Saturday 22/8, worked; 4 more on Sunday.
    assert clock("tc_gq", on(start), extended(3, D(2026, 8, 10))).due == D(2026, 8, 22)
    assert clock("tc_gq", on(start), extended(4, D(2026, 8, 10))).due == D(2026, 8, 24)
    # The 30th day is a Sunday, but 11 more days count from it, not from where it would move.
    assert clock("tc_gq", on(D(2026, 7, 31)), extended(11, D(2026, 8, 10))).due == D(2026, 9, 10)


def test_an_extension_beyond_the_law_is_counted_with_a_warning():
    start = D(2026, 7, 20)
    lawful = clock("tc_gq", on(start), extended(30, D(2026, 8, 10), "12/QĐ"))
    assert (lawful.days, lawful.warnings) == (60, ())
    assert any("gia hạn thêm 30 ngày (12/QĐ)" in row.why.vi for row in lawful.rows)
    longer = clock("tc_gq", on(start), extended(40, D(2026, 8, 10)))
    assert longer.days == 70 and "30" in longer.warnings[0].vi
    three = [extended(5, D(2026, 8, 10) + k * DAY) for k in range(3)]
    assert "3 lần" in clock("tc_gq", on(start), *three).warnings[0].vi
    unprovided = clock("kn_l1", on(start), extended(10, D(2026, 8, 10)))
    assert unprovided.days == 40 and "không quy định" in unprovided.warnings[0].vi
    late = clock("tc_gq", on(start), extended(5, D(2026, 8, 20)))
    assert late.days == 35 and "19/08/2026" in late.warnings[0].vi
    in_time = clock("tc_gq", on(start), extended(5, D(2026, 8, 19)))
    assert in_time.warnings == (), "on the last day it is still in time"
    in_working_days = clock("tc_xuly", on(D(2026, 7, 6)), extended(3, D(2026, 7, 8)))
    assert in_working_days.due == D(2026, 7, 20) and in_working_days.warnings == ()


def test_conditions_the_rule_does_not_know_leave_a_warning_and_its_days():
    start = D(2026, 7, 20)
    plain = clock("kn_thuly", on(start), complex=True, remote=True)
    assert plain.due == clock("kn_thuly", on(start)).due
    assert ["phức tạp" in w.vi for w in plain.warnings] == [True, False]
    filing = clock("kn_l2_han", on(start), complex=True, remote=True)
    assert filing.days == 45 and len(filing.warnings) == 1
    itself = clock("kn_l1_pt", on(start), complex=True)
    assert itself.days == 45 and itself.warnings == ()
    both = clock("kn_l1_pt", on(start), complex=True, remote=True)
    assert both.days == 60 and both.warnings == ()


def test_posting_has_to_be_unbroken():
    start = D(2026, 7, 6)
    broken = clock("xa_ck_01", on(start), *suspended(D(2026, 7, 10), D(2026, 7, 12)), posting=True)
    assert broken.due == D(2026, 8, 11)  # thirty full days after it was posted again
    assert "liên tục" in broken.warnings[0].vi
    assert [r.day for r in broken.rows if r.date <= D(2026, 7, 12)] == [None] * 6
    gone = clock("xa_ck_loa", on(start), *suspended(D(2026, 7, 8)))
    assert gone.due is None
    on_the_last = clock("xa_ck_loa", on(start), *suspended(D(2026, 7, 9), D(2026, 7, 13)))
    assert on_the_last.due == D(2026, 7, 16), "the last day has to be a full one"
    after = clock("xa_ck_loa", on(start), *suspended(D(2026, 7, 10)))
    assert after.due == D(2026, 7, 9)
    same_day = clock("xa_ck_loa", on(start), *suspended(D(2026, 7, 8), D(2026, 7, 8)))
    assert same_day.due == D(2026, 7, 9)


def test_consultation_is_prolonged_by_its_suspension_not_begun_again():
    paused = clock("xa_yk_1", on(D(2026, 7, 5)), *suspended(D(2026, 7, 10), D(2026, 7, 12)))
    assert paused.due == D(2026, 7, 27)


def test_a_transfer_is_recorded_and_a_termination_ends_the_clock():
    start = D(2026, 7, 20)
    moved = clock("kn_l1", on(start), ClockEvent("transfer", D(2026, 7, 25)))
    assert moved.due == clock("kn_l1", on(start)).due
    assert any(row.why.vi.endswith("chuyển") for row in moved.rows)
    assert "25/07/2026" in moved.warnings[0].vi
    ended = clock("kn_l1", on(start), ClockEvent("stop", D(2026, 7, 28), 0, "5/QĐ"))
    assert ended.due is None and ended.rows[-1].date == D(2026, 7, 28)
    assert "5/QĐ" in ended.rows[-1].why.vi
    assert clock("kn_l1", on(start), ClockEvent("stop", D(2026, 8, 19))).due is None
    too_late = clock("kn_l1", on(start), ClockEvent("stop", D(2026, 8, 20)))
    assert too_late.due == D(2026, 8, 19) and "20/08/2026" in too_late.warnings[0].vi


@pytest.mark.parametrize(
    "events",
    [
        [],
        [on(D(2026, 7, 20)), on(D(2026, 7, 21))],
        [on(D(2026, 7, 20)), ClockEvent("resume", D(2026, 8, 1))],
        [on(D(2026, 7, 20)), *suspended(D(2026, 7, 19), D(2026, 8, 1))],
        [on(D(2026, 7, 20)), *suspended(D(2026, 8, 5), D(2026, 8, 1))],
        [on(D(2026, 7, 20)), *suspended(D(2026, 8, 1)), *suspended(D(2026, 8, 3), D(2026, 8, 9))],
        [on(D(2026, 7, 20)), extended(0, D(2026, 8, 1))],
        [on(D(2026, 7, 20)), extended(-3, D(2026, 8, 1))],
        [on(D(2026, 7, 20)), extended(10_001, D(2026, 8, 1))],
        [on(D(2026, 7, 20)), extended(9_999, D(2026, 8, 1)), extended(9_999, D(2026, 8, 2))],
        [on(D(2026, 7, 20)), extended(3, D(2026, 7, 1))],
        [on(D(2026, 7, 20)), ClockEvent("stop", D(2026, 8, 1)), extended(3, D(2026, 8, 2))],
        [on(D.max)],
        [on(D(2199, 12, 20))],
    ],
)
def test_events_that_contradict_each_other_are_refused(events):
    with pytest.raises(BadInput):
        clock("kn_l1", *events)


def test_events_may_be_given_in_any_order():
    events = [*suspended(D(2026, 8, 3), D(2026, 8, 7)), extended(5, D(2026, 8, 1))]
    start = on(D(2026, 7, 20))
    assert clock("tc_gq", *reversed(events), start) == clock("tc_gq", start, *events)
    at_once = suspended(D(2026, 7, 20), D(2026, 7, 22))
    assert clock("tc_gq", *at_once, start) == clock("tc_gq", start, *at_once)


def test_a_count_back_from_an_event_takes_no_events():
    for event in (extended(2, D(2026, 9, 12)), ClockEvent("stop", D(2026, 9, 12))):
        with pytest.raises(BadInput):
            clock("nd59_hop_tb", on(D(2026, 9, 10)), event)


def test_a_rule_without_days_or_outside_its_time_is_refused():
    for rule, options in (("kn_phuctap", {}), ("kn_thuly", {"posting": True})):
        with pytest.raises(Refusal) as refusal:
            clock(rule, on(D(2026, 8, 3)), **options)
        assert refusal.value.code == "no_days" and rule in refusal.value.vi
    with pytest.raises(Refusal) as refusal:
        clock("kn_thuly", on(D(2026, 6, 30)))
    assert refusal.value.code == "not_in_force"


def test_doubts_about_the_rule_and_the_calendar_are_said():
    assert "nhớ lại" in clock("xa_dt_72_kq", on(D(2026, 3, 2))).warnings[0].vi
    assert "chưa xác lập" in clock("bc_gui_kh", on(D(2026, 3, 2))).warnings[0].vi.lower()
    assert "72" in clock("dl13_vipham", on(D(2024, 3, 4))).warnings[-1].vi
    assert "2028" in clock("kn_l1", on(D(2027, 12, 20))).warnings[0].vi


def test_day_n_of_m_leaves_suspended_days_out():
    derivation = clock("kn_l1", on(D(2026, 7, 20)), *suspended(D(2026, 8, 3), D(2026, 8, 7)))
    assert derivation.day_on(D(2026, 7, 20)) == DayCount(0, 30, 0)
    assert derivation.day_on(D(2026, 8, 2)) == DayCount(13, 30, 0)
    assert derivation.day_on(D(2026, 8, 6)) == DayCount(13, 30, 0)
    assert derivation.day_on(D(2026, 8, 26)) == DayCount(30, 30, 2)


def test_the_document_of_a_derivation_has_what_the_interface_promises():
    derivation = clock("kn_thuly", on(D(2026, 8, 20)), *suspended(D(2026, 8, 24), D(2026, 8, 25)))
    document = derivation.as_json("en")
    assert {k: document[k] for k in ("rule", "from", "due", "unit", "days", "warnings")} == {
        "rule": "kn_thuly", "from": D(2026, 8, 20), "due": D(2026, 9, 3), "unit": "working",
        "days": 7, "warnings": [],
    }  # fmt: skip
    assert document["basis"]["instrument"] == "nd155_2026"
    assert document["basis"]["article"] == "10 (sửa 16.1 NĐ 124/2020)"
    assert document["basis"]["text_basis"] == "full_text"
    assert document["calendar_version"] == 1
    assert document["derivation"][0] == {"day": 1, "date": D(2026, 8, 21), "why": "Friday"}
    assert document["events"][1] == {"kind": "suspend", "date": D(2026, 8, 24)}
    assert derivation.as_json("vi")["derivation"][0]["why"] == "thứ Sáu"


counted = [r for r in RULES if r.deadline_days is not None or r.posting_days is not None]
forward = [r for r in counted if "before" not in (r.deadline_unit or "")]
back = [r for r in counted if "before" in (r.deadline_unit or "")]
moving = [r for r in forward if r.deadline_unit in ("working", "calendar")]
classes = st.sampled_from(CALENDAR_CLASSES)


def starts(rule):
    return st.dates(
        max(rule.applies_from or D(2018, 1, 1), D(2016, 1, 1)),
        min(rule.applies_to or D(2027, 6, 30), D(2027, 6, 30)),
    )


@st.composite
def clocks(draw, rules):
    """A rule, a start in its time, pauses in order, perhaps an extension."""
    rule = draw(st.sampled_from(rules))
    start = draw(starts(rule))
    events, day = [on(start)], start
    for _ in range(draw(st.integers(0, 2))):
        day += draw(st.integers(0, 30)) * DAY
        resumed = day + draw(st.integers(0, 30)) * DAY
        events += suspended(day, resumed)
        day = resumed
    if draw(st.booleans()):
        events.append(extended(draw(st.integers(1, 40)), start + draw(st.integers(0, 60)) * DAY))
    return rule, events, draw(classes), draw(st.booleans()), draw(st.booleans())


def run(case, extra=()):
    rule, events, cls, remote, complex_ = case
    return derive(rule, [*events, *extra], CALENDAR, cls, remote, complex_)


@steady
@given(clocks(forward))
def test_rows_are_contiguous_and_their_numbers_are_the_days(case):
    derivation = run(case)
    dates = [row.date for row in derivation.rows]
    first = derivation.from_ if derivation.days == 0 and dates[0] == derivation.from_ else None
    begin = first or derivation.from_ + DAY
    assert dates == [begin + k * DAY for k in range(len(dates))]
    assert [r.day for r in derivation.rows if r.day] == list(range(1, derivation.days + 1))
    assert derivation.due == dates[-1]
    assert derivation == run(case), "equal inputs, equal outputs"


@steady
@given(st.data())
def test_a_count_back_is_contiguous_and_ends_on_a_working_day(data):
    rule = data.draw(st.sampled_from(back))
    start, cls = data.draw(starts(rule)), data.draw(classes)
    derivation = derive(rule, [on(start)], CALENDAR, cls)
    dates = [row.date for row in derivation.rows]
    assert dates == [start - k * DAY for k in range(1, len(dates) + 1)]
    assert derivation.due == dates[-1] and CALENDAR.is_working_day(derivation.due, cls)
    assert [r.day for r in derivation.rows if r.day] == list(range(1, derivation.days + 1))
    # It is the last such day: one working day later is too late.
    later = CALENDAR.add_working_days(derivation.due, 1, cls).date
    if derivation.unit == "calendar":
        assert (start - later).days < derivation.days
    else:
        assert CALENDAR.add_working_days(start, -derivation.days, cls).date == derivation.due


@steady
@given(clocks(moving))
def test_a_due_day_is_a_working_day_on_which_the_clock_runs(case):
    derivation = run(case)
    assert CALENDAR.is_working_day(derivation.due, case[2])
    last = next(row for row in reversed(derivation.rows) if row.day or derivation.days == 0)
    between = [row for row in derivation.rows if row.date > last.date]
    assert all(row.day is None for row in between)


@steady
@given(clocks(moving), st.integers(0, 60), st.integers(0, 60))
def test_a_further_suspension_never_brings_the_due_day_forward(case, after, length):
    events = case[1]
    start = events[0].date
    others = [e for e in events if e.kind in ("suspend", "resume")]
    first = (others[-1].date if others else start) + after * DAY
    before, later = run(case), run(case, suspended(first, first + length * DAY))
    assert later.due >= before.due
    assert run(case, suspended(first)).due in (None, before.due)


@steady
@given(clocks([r for r in forward if r.deadline_unit == "calendar"]), st.integers(1, 60))
def test_days_suspended_in_calendar_terms_are_added_whole(case, length):
    rule, events, cls, remote, complex_ = case
    start = events[0].date
    plain = derive(rule, [on(start)], CALENDAR, cls, remote, complex_)
    paused = derive(
        rule, [on(start), *suspended(start + DAY, start + DAY + length * DAY)],
        CALENDAR, cls, remote, complex_,
    )  # fmt: skip
    counted_to = lambda d: max(r.date for r in d.rows if r.day)  # noqa: E731
    assert counted_to(paused) - counted_to(plain) == length * DAY


@steady
@given(st.sampled_from([r for r in moving if r.deadline_unit == "working"]), st.data(), classes)
def test_a_plain_term_in_working_days_is_what_the_calendar_counts(rule, data, cls):
    start = data.draw(starts(rule))
    derivation = derive(rule, [on(start)], CALENDAR, cls)
    expected = CALENDAR.add_working_days(start, rule.deadline_days, cls)
    assert derivation.due == expected.date
