"""Working days: the shipped calendar, two classes of employer, and counts that must hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.core.calendar import shipped
from danchu.core.calendar.days import (
    CALENDAR_CLASSES,
    DayCount,
    Special,
    WorkCalendar,
    statutory_day_count,
)
from danchu.core.calendar.shipped import shipped_calendar
from danchu.core.errors import BadInput

D = dt.date
# The machine may be busy; a slow example is no failure.
steady = settings(deadline=None, max_examples=60)
CALENDAR = shipped_calendar()
known_days = st.dates(D(2018, 1, 1), D(2027, 6, 30))
classes = st.sampled_from(CALENDAR_CLASSES)


@pytest.mark.parametrize(
    ("start", "n", "calendar_class", "end"),
    [
        (D(2025, 12, 31), 7, "public", D(2026, 1, 12)),
        (D(2026, 2, 12), 7, "public", D(2026, 3, 2)),
        (D(2025, 12, 31), 7, "enterprise", D(2026, 1, 12)),  # 2/1 worked, 10/1 a Saturday off
        (D(2026, 8, 21), 1, "public", D(2026, 8, 22)),
        (D(2026, 8, 21), 1, "enterprise", D(2026, 8, 24)),
        (D(2026, 9, 3), -1, "public", D(2026, 8, 28)),
        (D(2026, 9, 3), -1, "enterprise", D(2026, 8, 31)),
        (D(2026, 11, 23), 1, "public", D(2026, 11, 25)),  # 24/11 is a holiday since 2026
        (D(2025, 11, 24), 0, "public", D(2025, 11, 24)),
        (D(2026, 11, 24), 0, "public", D(2026, 11, 25)),
    ],
)
def test_the_nth_working_day_after_a_day(start, n, calendar_class, end):
    assert CALENDAR.add_working_days(start, n, calendar_class).date == end


def test_every_day_passed_over_says_why_in_both_languages():
    skipped = CALENDAR.add_working_days(D(2025, 12, 31), 7).skipped
    assert [day.date for day in skipped] == [
        D(2026, 1, 1), D(2026, 1, 2), D(2026, 1, 3), D(2026, 1, 4), D(2026, 1, 11),
    ]  # fmt: skip
    assert "Tết Dương lịch" in skipped[0].why_vi and "New Year" in skipped[0].why_en
    assert "10/01/2026" in skipped[1].why_vi and "12729/VPCP-KGVX" in skipped[1].why_vi
    assert skipped[2].why_en.startswith("Saturday") and skipped[2].why_vi.startswith("thứ Bảy")


def test_a_make_up_day_names_the_day_it_stands_for():
    row = CALENDAR.add_working_days(D(2026, 1, 9), 1).rows[-1]
    assert row.date == D(2026, 1, 10)
    assert "02/01/2026" in row.why.vi and "02/01/2026" in row.why.en


def test_a_year_without_a_calendar_is_counted_by_weekdays_and_says_so():
    result = CALENDAR.add_working_days(D(2031, 4, 29), 1)
    assert result.date == D(2031, 4, 30)  # nobody has entered that holiday yet
    assert "2031" in result.warnings[0].vi and "2031" in result.warnings[0].en
    assert CALENDAR.add_working_days(D(2026, 4, 29), 1).warnings == ()
    across = CALENDAR.add_working_days(D(2027, 12, 30), 3).warnings
    assert "2028" in across[0].vi and "2027" not in across[0].vi


def test_one_day_entered_does_not_make_its_year_known():
    days = {**CALENDAR.days, D(2031, 1, 1): Special(D(2031, 1, 1), "holiday", "Tết Dương lịch")}
    assert not WorkCalendar(2, days).knows_year(2031)
    assert WorkCalendar(2, days).knows_year(2026)


def test_days_off_not_yet_published_are_named():
    warnings = CALENDAR.add_working_days(D(2027, 2, 1), 5).warnings
    assert "04/02/2027" in warnings[0].vi and "06/02/2027" not in warnings[0].vi


def test_too_far_and_too_many_are_refused():
    with pytest.raises(BadInput):
        CALENDAR.add_working_days(D(2199, 12, 30), 10)
    with pytest.raises(BadInput):
        CALENDAR.add_working_days(D(1900, 1, 2), -10)
    with pytest.raises(BadInput):
        CALENDAR.add_working_days(D(2026, 1, 1), 10_001)
    with pytest.raises(BadInput):
        CALENDAR.add_working_days(D.max, 0)


def test_a_calendar_cannot_be_changed():
    days = dict(CALENDAR.days)
    calendar = WorkCalendar(5, days)
    days.clear()
    assert calendar.why_off(D(2026, 1, 1)) is not None
    with pytest.raises(TypeError):
        calendar.days[D(2026, 1, 5)] = Special(D(2026, 1, 5), "holiday", "x")  # type: ignore[index]


@steady
@given(known_days, st.integers(-40, 40).filter(bool), classes)
def test_a_count_of_working_days_agrees_with_counting_them_one_by_one(start, n, cls):
    result = CALENDAR.add_working_days(start, n, cls)
    low, high = sorted((start, result.date))
    between = [low + dt.timedelta(days=k) for k in range((high - low).days + 1)]
    counted = [d for d in between if d != start and CALENDAR.is_working_day(d, cls)]
    assert len(counted) == abs(n)
    assert result.date in counted
    step = 1 if n > 0 else -1
    dates = [row.date for row in result.rows]
    assert dates == [start + dt.timedelta(days=step * k) for k in range(1, len(dates) + 1)]
    assert [row.day for row in result.rows if row.day] == list(range(1, abs(n) + 1))


@steady
@given(known_days, st.integers(1, 40), classes)
def test_counting_back_undoes_counting_on(start, n, cls):
    on = CALENDAR.add_working_days(start, n, cls).date
    assert CALENDAR.add_working_days(on, -n, cls).date <= start
    if CALENDAR.is_working_day(start, cls):
        assert CALENDAR.add_working_days(on, -n, cls).date == start


@steady
@given(known_days, st.integers(1, 60), st.integers(-5, 80), classes)
def test_day_n_of_m_is_the_count_of_the_calendar(start, n, after, cls):
    due = CALENDAR.add_working_days(start, n, cls).date
    today = start + dt.timedelta(days=after)
    count = statutory_day_count(start, due, today, CALENDAR, "working", cls)
    assert count.of == n
    assert count.late == max((today - due).days, 0)
    assert (count.day >= count.of) == (today >= due)


def test_day_n_of_m_in_calendar_days():
    start, due = D(2026, 7, 20), D(2026, 8, 19)
    assert statutory_day_count(start, due, start, CALENDAR, "calendar") == DayCount(0, 30, 0)
    assert statutory_day_count(start, due, due, CALENDAR, "calendar") == DayCount(30, 30, 0)
    late = statutory_day_count(start, due, D(2026, 8, 21), CALENDAR, "calendar")
    assert late == DayCount(32, 30, 2)
    early = statutory_day_count(start, due, D(2026, 7, 1), CALENDAR, "calendar")
    assert early == DayCount(0, 30, 0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-02-30,holiday,Tết,,sure", "day"),
        ("2026-03-02,feast,Tết,,sure", "feast"),
        ("2026-03-02,work,Làm bù,,sure", "02/03/2026"),  # a Monday
        ("2026-03-07,swap_off,Nghỉ,,sure", "07/03/2026"),  # a Saturday
        ("2026-03-02,holiday, ,,sure", "02/03/2026"),
        ("2026-03-02,holiday,Tết,,sure\n2026-03-02,holiday,Tết,,sure", "02/03/2026"),
    ],
)
def test_a_calendar_file_with_a_wrong_line_is_refused_and_named(tmp_path, line, said):
    path = tmp_path / "calendar.csv"
    path.write_text(f"date,kind,name_vi,basis,certainty\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        shipped.read_days(path)
    assert said in refusal.value.en


def test_a_calendar_file_that_is_none_is_refused(tmp_path):
    path = tmp_path / "calendar.csv"
    path.write_text("day,what\n2026-01-01,holiday\n", encoding="utf-8")
    with pytest.raises(BadInput, match="certainty"):
        shipped.read_days(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput):
        shipped.read_days(path)
    with pytest.raises(BadInput):
        shipped.read_days(tmp_path / "nowhere.csv")
