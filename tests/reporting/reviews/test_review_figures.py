"""Which value a report prints, from which layer, and with which remark."""

from __future__ import annotations

from typing import Any

from danchu.core.contracts import NOBODY
from danchu.reporting.figures.services import confirm_states
from danchu.reporting.reading.services import decide_figure
from danchu.reporting.reviews.figures import (
    ReportFigure,
    report_figures,
    report_figures_of,
)
from danchu.reporting.reviews.layers import chosen_values
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import hold, opinion_input, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import RECEIVED, RESOLVED, SATISFIED, SHARE, TEXT, figure, take_in

NOW = "nd09:2026H1"


def of_benmau(cast: Cast, period: Any, viewer: Any = None) -> dict[str, ReportFigure]:
    viewer = viewer or cast.viewer_benmau
    return report_figures(viewer, cast.benmau, "commune", "9A001", period)


def test_own_records_come_before_an_old_text_which_is_quoted_where_it_differs(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    who = cast.reporter_benmau
    take_in(monkeypatch, who, cast.benmau, period=NOW, confirm=True)
    settle()
    before = of_benmau(cast, period)["opinions_received"]
    assert (before.layer, before.text, before.remark_vi) == ("stated", "191", "")
    hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.")
    settle()
    found = of_benmau(cast, period)
    received = found["opinions_received"]
    assert (received.layer, received.text) == ("recorded", "2")
    assert received.remark_vi == "văn bản đã rà soát ghi 191"
    assert received.remark_en == "the reviewed report states 191"
    assert received.stated is not None
    # What no record speaks of still stands as the text has it.
    assert found["opinions_resolved"].layer == "stated"
    # Two layers make no share.
    assert found["opinions_resolved_pct"].layer == "stated"
    assert found["opinions_resolved_pct"].text == "96%"
    assert found["opinions_resolved_pct"].remark_vi == "theo văn bản nguồn"
    assert [f.ref for f in found.values()] == list(range(1, len(found) + 1))


def test_two_layers_make_no_share(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    document = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, RESOLVED, period=NOW)
    decide_figure(
        actor=cast.reporter_benmau,
        figure_id=document.figures.get().pk,
        row_version=0,
        decision="corrected",
        amount=1,
    )
    hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.")
    settle()
    found = of_benmau(cast, period)
    assert (found["opinions_received"].text, found["opinions_resolved"].text) == ("2", "1")
    assert "opinions_resolved_pct" not in found


def test_above_the_communes_what_was_handed_in_comes_first(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    opened = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=period.end,
        due_on=period.end,
    )
    hold(cast.recorder_benmau, cast.benmau)
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    above = report_figures(cast.viewer, cast.minhhoa, "province", "9A", period)
    assert (above["dialogues_held"].layer, above["dialogues_held"].text) == ("reported", "1")
    own = of_benmau(cast, period)
    assert (own["dialogues_held"].layer, own["dialogues_held"].text) == ("reported", "1")
    assert own["dialogues_held"].beside == ("recorded", "2", 1, 1)
    assert above["dialogues_held"].beside == ("recorded", "2", 1, 2)


def test_a_share_is_made_of_its_two_numbers_and_quotes_the_source(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    take_in(
        monkeypatch,
        cast.reporter_benmau,
        cast.benmau,
        RECEIVED,
        RESOLVED,
        SHARE,
        SATISFIED,
        period=NOW,
        confirm=True,
    )
    settle()
    found = of_benmau(cast, period)
    share = found["opinions_resolved_pct"]
    assert (share.text, share.numerator, share.denominator) == ("95,8%", 183, 191)
    assert (share.remark_vi, share.remark_en) == (
        "văn bản nguồn ghi 96%",
        "the source states 96%",
    )
    alone = found["satisfaction_very_satisfied_pct"]
    assert (alone.text, alone.remark_vi) == ("90,49%", "nguồn không nêu số phiếu trả lời")
    assert alone.remark_en == "the source gives no number of answers"
    assert (alone.numerator, alone.denominator) == (None, None)
    # A share without its number of answers is never added up.
    above = report_figures(cast.viewer, cast.minhhoa, "province", "9A", period)
    assert "satisfaction_very_satisfied_pct" not in above
    assert "opinions_resolved_pct" not in above


def test_a_share_that_agrees_needs_no_remark(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    text = TEXT.replace("96%", "95,8%")
    same = figure("95,8%", "opinions_resolved_pct", "95.8", text=text, digits="95,8%")
    parts = (
        figure("191 ý kiến", "opinions_received", 191, text=text),
        figure("183 ý kiến", "opinions_resolved", 183, text=text),
    )
    take_in(
        monkeypatch,
        cast.reporter_benmau,
        cast.benmau,
        *parts,
        same,
        text=text,
        period=NOW,
        confirm=True,
    )
    settle()
    share = of_benmau(cast, period)["opinions_resolved_pct"]
    assert (share.text, share.remark_vi) == ("95,8%", "")


def test_a_share_of_more_than_all_is_not_made(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    minutes = hold(
        cast.recorder_benmau, cast.benmau, opinion_input(taken_up_on=None), on=period.start
    )
    del minutes
    for number, kind in ((3, "dossiers_on_time"), (2, "dossiers_resolved")):
        work(cast.recorder_benmau, cast.benmau, kind=kind, number=number, people=None)
    settle()
    assert "dossiers_on_time_pct" not in of_benmau(cast, period)
    work(cast.recorder_benmau, cast.benmau, kind="dossiers_resolved", number=2, people=None)
    settle()
    share = of_benmau(cast, period)["dossiers_on_time_pct"]
    assert (share.text, share.state, share.layer) == ("75%", "reported", "recorded")


def test_a_share_of_nothing_is_not_made_and_nought_of_something_is(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    given = {"actor": cast.reporter_benmau, "unit_id": cast.benmau, "period": period}
    confirm_states(**given, keys=["dossiers_resolved", "dossiers_on_time"], state="zero")
    settle()
    found = of_benmau(cast, period)
    assert found["dossiers_resolved"].text == "0"
    assert "dossiers_on_time_pct" not in found
    work(cast.recorder_benmau, cast.benmau, kind="dossiers_resolved", number=8, people=None)
    settle()
    assert of_benmau(cast, period)["dossiers_on_time_pct"].text == "0%"


def test_what_does_not_apply_has_a_state_and_no_value(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["social_criticism_held"],
        state="not_applicable",
        reason="Không có tổ chức",
    )
    settle()
    found = of_benmau(cast, period)["social_criticism_held"]
    assert (found.state, found.text, found.has_value) == ("not_applicable", "", False)
    above = report_figures(cast.viewer, cast.minhhoa, "province", "9A", period)
    assert not above["social_criticism_held"].has_value


def test_an_estimate_is_called_one_and_a_correction_prints_as_corrected(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    document = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW)
    row = document.figures.get(key="satisfaction_very_satisfied_pct")
    decide_figure(
        actor=cast.reporter_benmau,
        figure_id=row.pk,
        row_version=0,
        decision="corrected",
        amount=94_900,
    )
    rough = document.figures.get(key="conferences_held")
    decide_figure(
        actor=cast.reporter_benmau, figure_id=rough.pk, row_version=0, decision="confirmed"
    )
    settle()
    found = of_benmau(cast, period)
    assert found["satisfaction_very_satisfied_pct"].text == "94,9%"
    assert found["conferences_held"].remark_vi == "số ước lượng trong văn bản nguồn"
    assert found["conferences_held"].text == "40"


def test_the_public_has_what_was_published_as_it_was_said(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW, confirm=True)
    settle()
    assert of_benmau(cast, period, NOBODY) == {}
    from danchu.core.records.models import Record

    Record.objects.filter(kind="reading").update(visibility="public")
    outside = of_benmau(cast, period, NOBODY)
    inside = of_benmau(cast, period)
    assert {k: f.text for k, f in outside.items()} == {k: f.text for k, f in inside.items()}
    assert outside == inside
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    settle()
    assert of_benmau(cast, period, NOBODY) == outside


def test_many_units_at_once_have_the_figures_they_have_alone(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_caumau, cast.caumau)
    hold(cast.recorder_mautrung, cast.mautrung)
    settle()
    units = {
        cast.benmau: ("commune", "9A001"),
        cast.caumau: ("commune", "9A002"),
        cast.mautrung: ("commune", "9B001"),
    }
    viewer = cast.committee_minhhoa
    many = report_figures_of(viewer, units, period)
    for unit, (level, code) in units.items():
        assert many[unit] == report_figures(viewer, unit, level, code, period)
    assert many[cast.mautrung] == {}
    assert chosen_values(viewer, cast.benmau, "commune", period)["dialogues_held"].amount == 1
