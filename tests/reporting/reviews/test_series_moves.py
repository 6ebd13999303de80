"""Where communes moved, or nobody knows what a unit was made of, nothing is compared."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.contracts import OPERATOR
from danchu.core.units.models import UnitState
from danchu.reporting.figures.models import Cell, Indicator
from danchu.reporting.figures.reference import REFERENCES
from danchu.reporting.figures.restating import Reason
from danchu.reporting.figures.selectors import forget_dictionary
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.series import SeriesRequest, series
from danchu.reporting.reviews.series_points import Reading

KEY = "trainings_held"


@pytest.fixture
def told(land, monkeypatch):
    """A value of every unit in each half-year in which it stood."""
    monkeypatch.setenv("DANCHU_TODAY", "2026-06-10")
    for reference in REFERENCES:
        reference.apply(reference.folder)
    indicator = Indicator.objects.get(key=KEY)
    later = dt.date(2026, 1, 1)
    land.add("Bãi Mới", "commune", "Minh Họa", begins=dt.date(2025, 7, 1))
    land.add("Hợp Nhất", "commune", "Minh Họa", begins=later)
    for name in ("Bãi Mới", "Bến Mẫu"):
        UnitState.objects.filter(unit=land[name]).update(valid_to=dt.date(2025, 12, 31))
        land.became(name, "Hợp Nhất", on=later)
    for code in ("2025H1", "2025H2", "2026H1"):
        period = open_period(code)
        for unit in land.units.values():
            Cell.objects.create(
                unit_id=unit.pk,
                period_id=period.pk,
                indicator_id=indicator.pk,
                layer="recorded",
                reach="all",
                state="reported",
                amount=3,
                n_reported=1,
                n_expected=1,
            )
    yield land
    forget_dictionary()


def points(land, name, **more):
    code = UnitState.objects.get(unit=land[name]).code
    asked = SeriesRequest(code, KEY, family="cal:half_year", **more)
    return {line.period_code: line.point for line in series(OPERATOR, asked).points}


@pytest.mark.parametrize("name", ["Minh Họa", "Ví Dụ"])
def test_a_province_is_not_compared_over_the_day_a_commune_moved(told, name):
    for reading in (Reading.TODAY, Reading.SAME):
        found = points(told, name, reading=reading)
        assert found["2025H1"].reason == Reason.MOVED
        assert found["2026H1"].low == 3
    assert points(told, name, reading=Reading.PUBLISHED)["2025H1"].low == 3


def test_a_unit_of_unknown_origin_has_no_figure_before_it_began(told):
    found = points(told, "Hợp Nhất")
    assert found["2026H1"].low == 3
    # Two units that ended on the last day of the half-year, merged whole the day after.
    assert (found["2025H2"].low, found["2025H2"].reason) == (6, None)
    assert found["2025H1"].reason == Reason.ORIGIN
