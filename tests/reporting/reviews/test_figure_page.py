"""One figure and everything behind it."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.calendar.models import Period
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.figure_page import HandedIn, figure_page, figure_table
from danchu.reporting.reviews.official import rests_on
from danchu.reporting.reviews.wording import words
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import hold, opinion_input, refused, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import take_in

NOW = "nd09:2026H1"


def test_the_page_shows_units_below_parts_records_and_proof(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    minutes = hold(
        cast.recorder_benmau, cast.benmau, opinion_input(field="land"), "Đèn hỏng.", "Rác."
    )
    hold(cast.village_head, cast.maulai, opinion_input(field="land"))
    settle()
    page = figure_page(cast.viewer_benmau, "9A001", NOW, "opinions_received")
    assert page.figure is not None
    assert (page.figure.text, page.figure.layer, page.dictionary) == ("4", "recorded", 1)
    assert [(line.unit.code, line.text) for line in page.below] == [("9A001.01", "1")]
    assert page.below[0].path == f"/office/so-lieu/9A001.01/{NOW}/opinions_received/"
    assert [(d.dimension, d.text) for d in page.dimensions] == [("environment", "2"), ("land", "2")]
    assert (len(page.evidence.lines), page.evidence.hidden) == (3, 0)
    proof = Entry.objects.get(number=page.entry)
    assert proof.hash == page.entry_hash
    assert page.before_label.startswith("6 tháng đầu năm 2025")
    assert page.before is None
    rate = figure_page(cast.viewer_benmau, "9A001", NOW, "opinions_resolved_pct")
    assert rate.figure is None
    assert rate.denominator is not None
    assert rate.denominator.text == "4"
    assert minutes.pk


def test_the_page_is_for_who_may_read_figures_or_what_was_published(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW, confirm=True, public=True)
    settle()
    strangers = (NOBODY, cast.outsider, cast.recorder_caumau, cast.committee_maunguyen)
    for viewer in strangers:
        refused(
            NotAllowed,
            figure_page,
            viewer=viewer,
            code="9A001",
            period_code=NOW,
            key="participants",
        )
        page = figure_page(viewer, "9A001", NOW, "opinions_received")
        assert page.figure is not None
        assert (page.figure.layer, page.figure.text) == ("stated", "191")
        assert page.dimensions == ()
        assert page.below == ()
        assert page.evidence.lines == ()
        assert page.entry is None
    inside = figure_page(cast.viewer, "9A001", NOW, "opinions_received")
    assert inside.figure is not None
    assert (inside.figure.layer, inside.figure.text) == ("recorded", "1")


def test_what_does_not_exist_is_refused_and_opens_nothing(cast: Cast) -> None:
    for stranger in (NOBODY, cast.recorder_caumau):
        refused(
            NotAllowed,
            figure_page,
            viewer=stranger,
            code="9A001",
            period_code=NOW,
            key="participants",
        )
        refused(NotAllowed, figure_table, viewer=stranger, code="9A001", period_code=NOW)
    assert not Period.objects.filter(code=NOW).exists()
    given = {"viewer": OPERATOR, "code": "9A001", "period_code": NOW, "key": "participants"}
    refused(NotFound, figure_page, **{**given, "key": "no_such_key"})
    refused(NotFound, figure_page, **{**given, "code": "9A999"})
    refused(BadInput, figure_page, **{**given, "period_code": "soon"})


def test_the_table_has_every_core_indicator_and_whatever_else_has_a_value(
    cast: Cast, settle: Any, django_assert_max_num_queries: Any
) -> None:
    open_periods(NOW, "nd09:2025H1")
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    unit, period, lines = figure_table(cast.viewer_benmau, "9A001", NOW)
    assert (unit.id, period.code) == (cast.benmau, NOW)
    by_key = {line.meaning.key: line for line in lines}
    held = by_key["dialogues_held"].figure
    assert held is not None
    assert held.text == "1"
    assert by_key["documents_issued"].figure is None
    assert "officials_rotated" not in by_key
    with django_assert_max_num_queries(24):
        figure_page(cast.viewer_benmau, "9A001", NOW, "dialogues_held")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_names_its_periods_in_the_language(cast: Cast, language: str) -> None:
    open_periods(NOW)
    page = figure_page(cast.viewer_benmau, "9A001", NOW, "dialogues_held", language)
    assert page.period_label.startswith(
        "first six months of 2026" if language == "en" else "6 tháng đầu năm 2026"
    )


def test_the_page_sets_the_unit_s_own_word_beside_the_sum_of_those_below(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    dates = {"period": period, "cut_off": period.end, "due_on": period.end}
    rounds = {
        unit: open_round(actor=OPERATOR, unit_id=unit, title="Đợt mẫu", **dates).pk
        for unit in (cast.minhhoa, cast.benmau)
    }
    work(OPERATOR, cast.maulai, number=3)
    settle()
    submit(actor=OPERATOR, round_id=rounds[cast.benmau], unit_id=cast.maulai)

    def handed_in(viewer: Any) -> HandedIn | None:
        settle()
        return figure_page(viewer, "9A001", NOW, "trainings_held").handed_in

    # Until the commune answers, what its village handed in stands for it.
    assert handed_in(cast.viewer_benmau) == HandedIn(None, "3", 1, "", "")
    enter_value(
        actor=OPERATOR,
        round_id=rounds[cast.minhhoa],
        unit_id=cast.benmau,
        indicator="trainings_held",
        text="2",
        reason="Một lớp ghi hai lần",
        row_version=0,
    )
    submit(actor=OPERATOR, round_id=rounds[cast.minhhoa], unit_id=cast.benmau)
    # Shown to the commune and to who decides above it; a neighbour sees nothing of it.
    for viewer in (cast.viewer_benmau, cast.committee_minhhoa):
        assert handed_in(viewer) == HandedIn("2", "3", 1, "", "1")
        version = figure_page(viewer, "9A001", NOW, "trainings_held").version
        assert version is not None and version.is_typed
        assert (version.number, version.reason) == (1, "Một lớp ghi hai lần")
    # The annex of the paper tells it from what the records give, with the reason.
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    (own,) = [one for one in report.figures if one.key == "trainings_held"]
    told = rests_on(own, report, words("vi"))
    assert told == "số đơn vị nhập, đã nộp; lý do: Một lớp ghi hai lần"
    from_records = own._replace(typed=False, why="")
    assert rests_on(from_records, report, words("vi")) == "số theo hồ sơ của đơn vị, đã nộp"
    page = figure_page(cast.committee_minhhoa, "9A", NOW, "trainings_held")
    assert page.figure is not None and page.figure.text == "2" and page.version is None
    refused(
        NotAllowed,
        figure_page,
        viewer=cast.recorder_caumau,
        code="9A001",
        period_code=NOW,
        key="trainings_held",
    )
