"""A series over the change of 1 July 2025: what each unit gave, on today's map, same territory."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.documents.sheets_in import read_xlsx
from danchu.core.errors import NotAllowed, NotFound
from danchu.reporting.figures.restating import Reason, Standing
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.series import SeriesRequest, series
from danchu.reporting.reviews.series_file import series_xlsx
from danchu.reporting.reviews.series_points import Reading
from tests.making import work
from tests.reporting.readings import take_in

OLD, NEW = dt.date(2025, 6, 10), dt.date(2026, 3, 3)
GIVEN = {"old_benmau": 20, "old_dongmau": 30, "old_nuimau": 40, "old_chomau": 12, "old_caumau": 5}


@pytest.fixture
def told(cast, settle):
    """Trainings before the change in every old commune, and after it in both of today."""
    for code in ("2025H1", "2026H1"):
        open_period(code)
    for unit, number in GIVEN.items():
        work(OPERATOR, getattr(cast, unit), on=OLD, kind="trainings_held", number=number)
    work(OPERATOR, cast.benmau, on=NEW, kind="trainings_held", number=9)
    work(OPERATOR, cast.caumau, on=NEW, kind="trainings_held", number=4)
    settle()
    return cast


def ask(viewer, code="9A001", key="trainings_held", family="cal:half_year", **more):
    found = series(viewer, SeriesRequest(code, key, family=family, **more))
    return {line.period_code: line for line in found.points}, found


def test_on_todays_map_whole_units_are_added_known_shares_taken_unknown_ones_a_range(told):
    points, found = ask(told.committee_minhhoa)
    point = points["2025H1"].point
    # 20 + 30 whole, 2/5 of 12, and nobody knows how much of 40.
    assert (point.standing, point.low, point.high) == (
        Standing.RANGE,
        50 + Fraction(24, 5),
        90 + Fraction(24, 5),
    )
    assert points["2025H1"].text == "54,8–94,8"
    shares = {s.unit.code: s.share_vi for s in points["2025H1"].sources}
    assert shares["9A004"] == "một phần, không rõ tỷ lệ"
    assert shares["9A005"] == "2/5 đơn vị" and shares["9A001"] == ""
    assert (point.n, point.of) == (4, 4)
    assert len(points["2025H1"].bases) == 1 and points["2026H1"].bases == ()
    assert points["2026H1"].point.low == 9
    assert (found.layer, found.points[-1].layers) == ("chosen", ("recorded",))
    # The half-year between the two is not passed over.
    assert points["2025H2"].point.standing == Standing.MISSING


def test_the_same_territory_is_shown_for_the_group_and_refused_for_a_part(told):
    alone, found = ask(told.committee_minhhoa, reading=Reading.SAME)
    assert alone["2025H1"].point.reason == Reason.TERRITORY
    assert alone["2026H1"].point.low == 9
    assert [unit.code for unit in found.group_units] == ["9A001", "9A002"]
    together, found = ask(told.committee_minhhoa, reading=Reading.SAME, group=True)
    assert found.group
    assert (together["2025H1"].point.standing, together["2025H1"].point.low) == (
        Standing.EXACT,
        sum(GIVEN.values()),
    )
    assert together["2026H1"].point.low == 13


def test_as_published_every_unit_of_its_day_keeps_its_number(told):
    points, _found = ask(told.committee_minhhoa, reading=Reading.PUBLISHED)
    line = points["2025H1"]
    assert {s.unit.code: s.text for s in line.sources} == {
        "9A001": "20",
        "9A003": "30",
        "9A004": "40",
        "9A005": "12",
    }
    assert line.text == "" and line.point.low is None
    assert points["2026H1"].text == "9"


def test_an_ended_unit_stands_for_those_that_received_it(told):
    points, found = ask(told.committee_minhhoa, "9A004", reading=Reading.SAME, on=OLD)
    assert found.ended and found.group
    assert {unit.code for unit in found.units} == {"9A001", "9A002"}
    assert points["2026H1"].point.low == 13
    with pytest.raises(NotFound):
        ask(told.committee_minhhoa, "9Z999")


def test_neighbours_see_nothing_of_it(told):
    for viewer in (told.recorder_mautrung, told.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            ask(viewer)
    points, _found = ask(told.reporter_benmau)
    assert points["2026H1"].point.low == 9


def test_published_figures_of_a_former_district_are_for_everybody(cast, monkeypatch, settle):
    take_in(monkeypatch, OPERATOR, cast.old_benmau, confirm=True, public=True)
    settle()
    points, found = ask(cast.recorder_mautrung, key="opinions_received")
    assert {layer for point in found.points for layer in point.layers} == {"stated"}
    assert (points["2019H1"].text, points["2019H1"].point.n, points["2019H1"].point.of) == (
        "191",
        1,
        4,
    )
    hidden = [r.vi for r in points["2019H1"].remarks]
    assert "3 đơn vị ngoài phạm vi được xem." in hidden
    assert "Chưa đủ đơn vị có số liệu, số thật có thể lớn hơn." in hidden
    share, _found = ask(cast.recorder_mautrung, key="opinions_resolved_pct", group=True)
    assert share["2019H1"].text == "95,8%"
    stated, _found = ask(cast.recorder_mautrung, key="satisfaction_very_satisfied_pct")
    assert stated["2019H1"].point.standing == Standing.NOT_COMPARABLE


def test_a_report_that_is_not_public_stays_inside(cast, monkeypatch, settle):
    take_in(monkeypatch, OPERATOR, cast.old_benmau, confirm=True)
    settle()
    with pytest.raises(NotAllowed):
        ask(cast.recorder_mautrung, key="opinions_received")
    points, _found = ask(cast.committee_minhhoa, key="opinions_received")
    assert points["2019H1"].text == "191"


def test_the_file_holds_the_three_readings(told):
    found = [ask(told.committee_minhhoa, reading=reading)[1] for reading in Reading]
    sheets = {sheet.name: sheet.rows for sheet in read_xlsx(series_xlsx(found))}
    assert list(sheets)[:3] == ["Như đã công bố", "Theo địa giới hiện hành", "Cùng địa giới"]
    rows = sheets["Theo địa giới hiện hành"]
    assert str(rows[0][0]).startswith(found[0].meaning.name_vi)
    assert "theo địa giới hiện hành: " in str(rows[1][0]) and "Bến Mẫu" in str(rows[1][0])
    line = next(row for row in rows if str(row[0]).startswith("6 tháng đầu năm 2025"))
    assert line[1:5] == ("khoảng", "54,8–94,8", "274/5", "474/5")
    assert "xã Núi Mẫu (9A004), một phần, không rõ tỷ lệ: 40" in line[10]


def test_the_number_of_questions_is_bounded(told):
    viewer = told.committee_minhhoa
    for more in ({}, {"group": True}, {"reading": Reading.SAME, "group": True}):
        with CaptureQueriesContext(connection) as asked:
            ask(viewer, **more)
        assert len(asked) <= 20, len(asked)
