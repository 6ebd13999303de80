"""Periods of duties and the calendar file: nothing here touches a database."""

from __future__ import annotations

import datetime as dt

from danchu.core.calendar.shipped import shipped_calendar
from danchu.reporting.duties.coming import week_after
from danchu.reporting.duties.ics import CalendarDay, calendar_file
from danchu.reporting.duties.rhythm import last_working_days, spans_ending

D = dt.date


def test_a_period_belongs_to_where_it_ends():
    months = spans_ending("month", D(2026, 1, 31), D(2026, 3, 30))
    assert [(s.start, s.end) for s in months] == [
        (D(2026, 1, 1), D(2026, 1, 31)),
        (D(2026, 2, 1), D(2026, 2, 28)),
    ]
    assert [s.label.vi for s in spans_ending("quarter", D(2026, 1, 1), D(2026, 12, 31))] == [
        "quý I năm 2026",
        "quý II năm 2026",
        "quý III năm 2026",
        "quý IV năm 2026",
    ]
    assert len(spans_ending("half_year", D(2026, 1, 1), D(2026, 12, 31))) == 2
    assert [s.label.en for s in spans_ending("year", D(2025, 12, 31), D(2026, 12, 31))] == [
        "2025",
        "2026",
    ]
    assert spans_ending("year", D(2026, 1, 1), D(2026, 12, 30)) == []


def test_weeks_run_from_monday_over_the_turn_of_the_year():
    weeks = spans_ending("week", D(2026, 1, 1), D(2026, 1, 11))
    assert [(s.start, s.end) for s in weeks] == [
        (D(2025, 12, 29), D(2026, 1, 4)),
        (D(2026, 1, 5), D(2026, 1, 11)),
    ]
    assert weeks[0].label.vi == "tuần 29/12 đến 04/01/2026"
    assert week_after(D(2026, 6, 10)) == (D(2026, 6, 15), D(2026, 6, 21))
    assert week_after(D(2026, 6, 14)) == (D(2026, 6, 15), D(2026, 6, 21))  # a Sunday


def test_the_last_days_of_a_period_are_days_on_which_somebody_works():
    calendar = shipped_calendar()
    may = spans_ending("month", D(2026, 5, 31), D(2026, 5, 31))[0]
    # 30 and 31 May 2026 are a weekend.
    assert last_working_days(calendar, may, 2, "public") == (D(2026, 5, 28), D(2026, 5, 29))
    # The days of Tết 2026 begin on Monday 16 February: nobody works in that week.
    tet = spans_ending("week", D(2026, 2, 22), D(2026, 2, 22))[0]
    assert last_working_days(calendar, tet, 1, "public") == ()


def test_the_calendar_file_keeps_to_its_format_whatever_is_written_in_it():
    title = "Công bố, niêm yết; kết quả đối thoại \\ với Nhân dân các thôn về đất đai, môi trường"
    made = calendar_file(
        "Nghĩa vụ: xã Bến Mẫu",
        [CalendarDay("a-1@danchu", D(2026, 12, 31), title, "Điều 43\nBEGIN:VEVENT", "https://x/")],
        dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC),
    )
    lines = made.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    text = made.replace(b"\r\n ", b"").decode()  # unfolding gives every letter back
    assert (
        "SUMMARY:Công bố\\, niêm yết\\; kết quả đối thoại \\\\ với Nhân dân các thôn về đất đai\\, "
        "môi trường\r\n" in text
    )
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert "DESCRIPTION:Điều 43\\nBEGIN:VEVENT\r\n" in text
    assert "DTSTAMP:20260610T090000Z" in text
