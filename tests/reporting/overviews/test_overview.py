"""A unit and a period on one page: figures, tiles of the units below, what is open, the trend."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.dialogue.open_below import opinions_open_under
from danchu.civic.dialogue.services import answer_opinion
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.units.models import Placement
from danchu.core.units.selectors.changing import change_days
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.overviews.needs import needs_of
from danchu.reporting.overviews.selectors import overview
from danchu.reporting.overviews.sheets import overview_xlsx
from danchu.reporting.overviews.shown import INDICATORS, keys_read, tone_of
from danchu.reporting.rounds.services import accept_submission, return_submission, submit
from danchu.reporting.rounds.standing import asked_in
from tests.cast import CHANGE, TODAY
from tests.making import hold, opinion_input
from tests.reporting.folding import open_periods, open_round_of_minhhoa

NOW, BEFORE = "nd09:2026H1", "nd09:2025H1"
ON = dt.date(2026, 5, 20)


def opinions(n: int, taken_up: int, on: dt.date = ON) -> list:
    return [
        opinion_input(text=f"Ý kiến {k}.", taken_up_on=on if k < taken_up else None)
        for k in range(n)
    ]


@pytest.fixture
def told(cast, settle):
    """Bến Mẫu took up 10 of 12 opinions, Cầu Mẫu 3 of 3."""
    open_periods(NOW, BEFORE)
    hold(OPERATOR, cast.benmau, *opinions(12, 10), on=ON)
    hold(OPERATOR, cast.caumau, *opinions(3, 3), on=ON)
    hold(OPERATOR, cast.mautrung, *opinions(4, 1), on=ON)
    settle()
    return cast


def tiles(found) -> dict[str, tuple[str, str, str]]:
    return {tile.unit.code: (tile.text, tile.tone, tile.waits) for tile in found.tiles}


def test_each_unit_below_is_a_tile_with_its_own_two_numbers(told):
    found = overview(told.committee_minhhoa, "9A", NOW)
    assert found.chosen.key == "opinions_resolved_pct" and found.layer == "recorded"
    assert found.figure.text == "86,7%"
    assert (found.figure.numerator, found.figure.denominator) == (13, 15)
    assert (found.figure.n_reported, found.figure.n_expected) == (2, 2)
    # 10 of 12 are 83 per cent; of three cases no rate is made and no colour given.
    assert tiles(found) == {"9A001": ("10/12", "low", ""), "9A002": ("3/3", "plain", "")}
    assert sum(tile.denominator for tile in found.tiles) == found.figure.denominator
    counted = overview(told.committee_minhhoa, "9A", NOW, "opinions_received")
    assert tiles(counted) == {"9A001": ("12", "plain", ""), "9A002": ("3", "plain", "")}


def test_the_tone_of_a_share_is_told_by_exact_numbers():
    assert [tone_of(n, 100) for n in (95, 94, 90, 89, 85, 84)] == [
        "high",
        "good",
        "good",
        "fair",
        "fair",
        "low",
    ]
    assert (tone_of(9, 9), tone_of(10, 10)) == ("plain", "high")
    assert tone_of(12, 11) == "plain"  # settled now what was received before
    assert tone_of(949_999, 1_000_000) == "good"


def test_an_overview_shows_nothing_sensitive_and_only_shares_made_of_two_numbers():
    meanings = shipped()
    for key in INDICATORS:
        for read in keys_read(meanings, key):
            assert read and not meanings[read].sensitive, key


def test_only_who_may_read_the_figures_of_a_unit_sees_its_overview(told):
    assert overview(told.reporter_benmau, "9A001", NOW).figure is not None
    for viewer in (told.reporter_benmau, told.committee_maunguyen, told.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            overview(viewer, "9A", NOW)
    with pytest.raises(NotAllowed):
        overview(told.reporter_caumau, "9A001", NOW)
    with pytest.raises(NotFound):
        overview(told.committee_minhhoa, "9Z", NOW)
    with pytest.raises(BadInput):
        overview(told.committee_minhhoa, "9A", NOW, "training_participants")
    with pytest.raises(BadInput):
        overview(told.committee_minhhoa, "9A", "không phải kỳ")


def test_a_role_in_another_tree_shows_no_unit_of_the_states_tree(told):
    """The Front's people over a province see the province and what stands below it there."""
    Placement.objects.create(unit_id=told.minhhoa, tree="front", path=f"/{told.minhhoa}/")
    viewer = Account.objects.create(email="mattran@minhhoa.example", name="Người Mẫu")
    RoleGrant.objects.create(
        account=viewer, role="viewer", unit_id=told.minhhoa, tree="front", valid_from=CHANGE
    )
    found = overview(viewer, "9A", NOW)
    assert found.figure.text == "86,7%"
    assert (
        found.tiles == ()
        and found.hidden
        == len(overview(told.committee_minhhoa, "9A", NOW).tiles)
        + overview(told.committee_minhhoa, "9A", NOW).others
    )
    assert opinions_open_under(viewer, f"/{told.minhhoa}/", TODAY) == []


def test_a_unit_that_moved_away_is_shown_to_its_new_parent_alone(told, settle):
    moved = dt.date(2026, 6, 1)
    place = Placement.objects.get(unit_id=told.caumau, tree="state")
    Placement.objects.filter(pk=place.pk).update(valid_to=moved - dt.timedelta(days=1))
    path = f"/{told.maunguyen}/{told.caumau}/"
    Placement.objects.create(
        unit_id=told.caumau, tree="state", parent_id=told.maunguyen, path=path, valid_from=moved
    )
    assert "9A002" in tiles(overview(told.committee_maunguyen, "9B", NOW))
    assert "9A002" not in tiles(overview(told.committee_minhhoa, "9A", NOW))
    # In an earlier period it stood here; who may read it is asked of today.
    earlier = overview(told.committee_minhhoa, "9A", "nd09:2025H2")
    assert "9A002" not in tiles(earlier) and earlier.hidden >= 1
    assert moved in change_days(told.minhhoa, dt.date(2026, 5, 1), TODAY)
    assert moved in change_days(told.maunguyen, dt.date(2026, 5, 1), TODAY)


def test_what_was_not_handed_in_is_said_in_words_and_never_filled_in(told, settle):
    opened = open_round_of_minhhoa(told)
    before = overview(told.committee_minhhoa, "9A", NOW)
    assert before.layer == "recorded" and [line.handed_in for line in before.handing] == [0]
    handed = submit(actor=told.leader_benmau, round_id=opened.pk, unit_id=told.benmau)
    settle()
    found = overview(told.committee_minhhoa, "9A", NOW)
    assert found.layer == "reported" and found.figure.text == "83,3%"
    assert tiles(found) == {"9A001": ("10/12", "low", ""), "9A002": ("", "missing", "missing")}
    assert [(line.handed_in, line.asked) for line in found.handing] == [(1, 2)]
    return_submission(
        actor=told.committee_minhhoa, submission_id=handed.pk, reason="Thiếu thuyết minh"
    )
    settle()
    again = overview(told.committee_minhhoa, "9A", NOW)
    assert again.layer == "recorded" and tiles(again)["9A001"][:2] == ("10/12", "low")
    states = {line.unit_id: line.state for line in again.asked}
    assert states == {told.benmau: "returned", told.caumau: "missing"}


def test_who_is_asked_stands_as_on_the_board_of_the_round(told, settle):
    opened = open_round_of_minhhoa(told)
    late = dt.date(2026, 6, 20)
    lines = asked_in(told.committee_minhhoa, told.minhhoa, [NOW], late)[NOW]
    assert {(line.state, line.days_late(late)) for line in lines} == {("late", 4)}
    handed = submit(actor=told.leader_benmau, round_id=opened.pk, unit_id=told.benmau)
    accept_submission(actor=told.committee_minhhoa, submission_id=handed.pk)
    lines = asked_in(told.committee_minhhoa, told.minhhoa, [NOW], late)[NOW]
    assert {line.unit_id for line in lines if line.stands} == {told.benmau}
    assert asked_in(told.reporter_benmau, told.minhhoa, [NOW], late) == {}
    assert asked_in(told.committee_minhhoa, told.maunguyen, [NOW], late) == {}


def test_units_need_a_hand_by_what_is_open_and_how_long_and_not_by_rate(cast, settle):
    open_periods(NOW)
    hold(OPERATOR, cast.caumau, *opinions(20, 0), on=dt.date(2026, 6, 1))
    late = opinion_input(text="Quá hẹn.", due_on=dt.date(2026, 5, 1))
    hold(OPERATOR, cast.benmau, late, *opinions(1, 0), on=dt.date(2026, 4, 20))
    hold(OPERATOR, cast.mautrung, *opinions(30, 0), on=dt.date(2026, 1, 20))
    hold(OPERATOR, cast.minhhoa, "Ở chính tỉnh.", on=ON)
    settle()
    viewer = cast.committee_minhhoa
    found = overview(viewer, "9A", NOW)
    needs = needs_of(found, opinions_open_under(viewer, found.path, TODAY), TODAY)
    assert [(need.unit.code, need.waiting, need.late, need.days) for need in needs.lines] == [
        ("9A001", 2, 1, 51),
        ("9A002", 20, 0, 9),
    ]
    assert needs.own == 1
    workbook = overview_xlsx(found, needs)
    assert workbook[:2] == b"PK"


def test_what_was_open_on_a_day_is_told_as_of_that_day(cast):
    minutes = hold(OPERATOR, cast.benmau, "Một.", "Hai.", on=ON)
    opinion = minutes.opinions.order_by("order")[0]
    answer_opinion(
        actor=cast.recorder_benmau,
        opinion_id=opinion.pk,
        version=opinion.record.version,
        on=dt.date(2026, 6, 5),
        outcome="accepted",
        answer="Đã khơi mương.",
    )
    path = f"/{cast.minhhoa}/"

    def open_on(day: dt.date) -> int:
        rows = opinions_open_under(cast.committee_minhhoa, path, day)
        return sum(row.waiting for row in rows)

    assert open_on(dt.date(2026, 5, 19)) == 0
    assert open_on(dt.date(2026, 6, 4)) == 2
    assert open_on(dt.date(2026, 6, 5)) == 1
    assert opinions_open_under(cast.recorder_caumau, path, TODAY) == []


def test_the_line_of_a_trend_is_cut_where_the_map_changed(cast, settle):
    open_periods(NOW, BEFORE, "nd09:2025H2", "nd09:2024H2")
    hold(OPERATOR, cast.old_benmau, *opinions(5, 5, dt.date(2025, 6, 2)), on=dt.date(2025, 6, 2))
    hold(OPERATOR, cast.benmau, *opinions(7, 6), on=ON)
    settle()
    trend = overview(cast.committee_minhhoa, "9A", NOW).trend
    points = {point.span.code: point for point in trend.points}
    assert [meaning.key for meaning in trend.meanings] == ["opinions_received", "opinions_resolved"]
    assert [number.amount for number in points[BEFORE].numbers] == [5, 5]
    assert points["nd09:2025H2"].numbers == (None, None)
    assert points["nd09:2025H2"].changed_on == (CHANGE,) and points[NOW].changed_on == ()
    assert points[NOW].share == ""  # of seven: told by its two numbers
    # The commune itself began that day: its own line holds nothing of what was before.
    young = overview(cast.committee_minhhoa, "9A001", NOW).trend
    assert [point.span.code for point in young.points] == [NOW]
    assert change_days(cast.benmau, dt.date(2025, 1, 1), TODAY) == [CHANGE]
    assert change_days(cast.benmau, CHANGE, TODAY) == []


def test_in_a_demonstration_a_real_unit_owes_nothing(told):
    """Only its own published figures would stand there (DESIGN section 5)."""
    from danchu.core.units.models import Unit

    empty = overview(told.committee_minhhoa, "9A", NOW, "dossiers_on_time_pct")
    assert {tile.state for tile in empty.tiles} == {"missing"} and len(empty.tiles) == 2
    Unit.objects.filter(pk=told.minhhoa).update(is_demo=False)
    shown = overview(
        told.committee_minhhoa, "9A", NOW, "dossiers_on_time_pct", in_demonstration=True
    )
    assert shown.tiles == ()
    live = overview(told.committee_minhhoa, "9A", NOW, "dossiers_on_time_pct")
    assert len(live.tiles) == 2


def test_without_a_choice_the_first_indicator_with_a_figure_is_told(cast, settle):
    from tests.making import receive

    open_periods(NOW)
    receive(OPERATOR, cast.benmau, on=ON)
    settle()
    found = overview(cast.committee_minhhoa, "9A", NOW)
    assert found.chosen.key == "citizens_received" and found.figure.text == "12"
    assert tiles(found)["9A001"][0] == "12"
    asked = overview(cast.committee_minhhoa, "9A", NOW, "opinions_resolved_pct")
    assert asked.figure is None and asked.chosen.key == "opinions_resolved_pct"
