"""Report periods: codes, neighbours, names, and that a scheme covers every day once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.core.calendar.periods import (
    SCHEMES,
    containing,
    label_en,
    label_vi,
    parse_period,
    previous,
    same_last_year,
)
from danchu.core.errors import BadInput

D = dt.date
# The machine may be busy; a slow example is no failure.
steady = settings(deadline=None, max_examples=60)
PARTS = ["", "H1", "H2", "Q1", "Q2", "Q3", "Q4", "N9", *(f"M{m:02d}" for m in range(1, 13))]
codes = st.builds(
    lambda scheme, year, part: f"{'' if scheme == 'cal' else scheme + ':'}{year}{part}",
    st.sampled_from(sorted(SCHEMES)),
    st.integers(1950, 2150),
    st.sampled_from(PARTS),
)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2019H1", D(2019, 1, 1), D(2019, 6, 30)),
        ("2019H2", D(2019, 7, 1), D(2019, 12, 31)),
        ("2019", D(2019, 1, 1), D(2019, 12, 31)),
        ("2019Q1", D(2019, 1, 1), D(2019, 3, 31)),
        ("2020M02", D(2020, 2, 1), D(2020, 2, 29)),
        ("2019M06", D(2019, 6, 1), D(2019, 6, 30)),
        ("2019N9", D(2019, 1, 1), D(2019, 9, 30)),
        ("nd09:2026H1", D(2025, 12, 15), D(2026, 6, 14)),
        ("nd09:2026H2", D(2026, 6, 15), D(2026, 12, 14)),
        ("nd09:2026", D(2025, 12, 15), D(2026, 12, 14)),
        ("nd09:2026Q1", D(2025, 12, 15), D(2026, 3, 14)),
        ("nd09:2026Q4", D(2026, 9, 15), D(2026, 12, 14)),
        ("nd09:2026M01", D(2025, 12, 15), D(2026, 1, 14)),
        ("nd09:2026M03", D(2026, 2, 15), D(2026, 3, 14)),
        ("nd09:2026N9", D(2025, 12, 15), D(2026, 9, 14)),
    ],
)
def test_a_code_means_its_days(code, start, end):
    span = parse_period(code)
    assert (span.start, span.end, span.code) == (start, end, code)


@pytest.mark.parametrize(
    "code",
    ["2019H3", "abc", "", "0000", "0000H1", "2019M13", "2019M6", "2019Q0", "2019 H1", "19H1",
     "xx:2019H1", "nd09:", "nd09:1900H1", "2019H1\n2019H2", "２０１９", "2300", "x" * 5000],
)  # fmt: skip
def test_a_code_of_no_scheme_is_refused(code):
    with pytest.raises(BadInput) as refusal:
        parse_period(code)
    assert refusal.value.vi != refusal.value.en


def test_the_period_before_and_the_same_of_last_year():
    assert previous(parse_period("2019H1")).code == "2018H2"
    assert previous(parse_period("2019H2")).code == "2019H1"
    assert previous(parse_period("2019N9")).code == "2018N9"
    assert previous(parse_period("nd09:2026Q1")).code == "nd09:2025Q4"
    assert same_last_year(parse_period("nd09:2026H1")).start == D(2024, 12, 15)
    assert same_last_year(parse_period("2020M02")).end == D(2019, 2, 28)


def test_periods_are_named_as_reports_name_them():
    assert label_vi(parse_period("2019H1")) == "6 tháng đầu năm 2019"
    assert label_vi(parse_period("2019H2")) == "6 tháng cuối năm 2019"
    assert label_vi(parse_period("2019Q3")) == "quý III năm 2019"
    assert label_vi(parse_period("2019M06")) == "tháng 6 năm 2019"
    assert label_vi(parse_period("2019N9")) == "9 tháng đầu năm 2019"
    assert label_en(parse_period("2019H1")) == "first six months of 2019"
    assert "từ 15/12/2025 đến 14/06/2026" in label_vi(parse_period("nd09:2026H1"))


def test_a_day_after_the_cut_off_belongs_to_the_next_year():
    assert [span.code for span in containing(D(2025, 12, 15))] == [
        "2025M12", "2025Q4", "2025H2", "2025",
        "nd09:2026M01", "nd09:2026Q1", "nd09:2026H1", "nd09:2026N9", "nd09:2026",
    ]  # fmt: skip
    assert "nd09:2025" in [span.code for span in containing(D(2025, 12, 14))]


@steady
@given(codes)
def test_the_period_before_ends_on_the_eve_unless_it_is_nine_months(code):
    span = parse_period(code)
    before = previous(span)
    assert (before.kind, before.scheme) == (span.kind, span.scheme)
    if span.kind == "nine_months":
        assert before == same_last_year(span)
    else:
        assert before.end == span.start - dt.timedelta(days=1)


@steady
@given(codes)
def test_every_period_contains_its_first_and_last_day_and_not_the_eve(code):
    span = parse_period(code)
    assert span in containing(span.start) and span in containing(span.end)
    assert span not in containing(span.start - dt.timedelta(days=1))
    assert span not in containing(span.end + dt.timedelta(days=1))


@steady
@given(st.dates(D(1950, 1, 1), D(2150, 12, 31)))
def test_a_day_lies_in_one_period_of_each_kind(day):
    for scheme in SCHEMES:
        kinds = [span.kind for span in containing(day) if span.scheme == scheme]
        assert sorted(set(kinds)) == sorted(kinds)
        assert {"month", "quarter", "half_year", "year"} <= set(kinds)
