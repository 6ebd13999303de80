"""The layer "stated": only what a person decided, never more than was said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.records.models import Record
from danchu.reporting.figures.models import Cell
from danchu.reporting.reading.services import confirm_figures, decide_figure, set_period
from tests.cast import Cast
from tests.reporting.folding import amount, cell, open_periods, sound
from tests.reporting.readings import LOCAL, RECEIVED, RESOLVED, TEXT, figure, take_in


def stated(unit: int, period: Any, key: str, dimension: str = "") -> int | None:
    return amount(unit, period, key, layer="stated", dimension=dimension)


def test_only_decided_figures_count_and_corrected_ones_under_their_new_key(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods("2019H1").values()
    who, unit = cast.committee_minhhoa, cast.old_district
    document = take_in(monkeypatch, who, unit)

    def decide(position: int, decision: str, **more: Any) -> None:
        row = document.figures.get(position=position)
        decide_figure(
            actor=who, figure_id=row.pk, row_version=row.row_version, decision=decision, **more
        )
        settle()
        sound()

    settle()
    assert not Cell.objects.exists()
    decide(0, "confirmed")
    assert stated(unit, period, "opinions_received") == 191
    decide(1, "corrected", key="opinions_answered", amount=180)
    assert stated(unit, period, "opinions_answered") == 180
    assert stated(unit, period, "opinions_resolved") is None
    decide(1, "rejected")
    assert stated(unit, period, "opinions_answered") is None
    decide(0, "pending")
    assert not Cell.objects.exists()


def test_a_figure_of_a_place_is_never_taken_for_the_whole(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods("2019H1").values()
    unit = cast.old_district
    take_in(monkeypatch, cast.committee_minhhoa, unit, LOCAL, confirm=True)
    settle()
    assert stated(unit, period, "opinions_received") is None
    assert stated(unit, period, "opinions_received", "xã Núi Mẫu") == 12
    sound()


def test_a_report_stands_for_itself_and_is_not_added_upward(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods("2019H1").values()
    take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, confirm=True)
    take_in(monkeypatch, cast.committee_minhhoa, cast.old_town, confirm=True)
    settle()
    found = cell(cast.old_district, period, "opinions_received", layer="stated")
    assert found is not None
    assert (found.amount, found.n_reported, found.n_expected) == (191, 1, 1)
    # A share without its number of answers stays where it was said.
    assert stated(cast.old_district, period, "satisfaction_very_satisfied_pct") == 90_490
    assert set(Cell.objects.values_list("unit_id", flat=True)) == {
        cast.old_district,
        cast.old_town,
    }
    sound()


def test_of_two_reports_the_later_one_stands(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    (period,) = open_periods("2019H1").values()
    who, unit = cast.committee_minhhoa, cast.old_district

    def say(number: int, day: dt.date | None) -> Any:
        text = f"{TEXT}\nBản {number}: {number} ý kiến."
        said = figure(f"{number} ý kiến", "opinions_received", number, text=text)
        made = take_in(monkeypatch, who, unit, said, text=text, event_date=day, confirm=True)
        settle()
        return made

    say(200, dt.date(2019, 7, 1))
    say(150, dt.date(2019, 6, 11))
    assert stated(unit, period, "opinions_received") == 200
    say(170, None)  # without a day it is not later than one with a day, on either engine
    assert stated(unit, period, "opinions_received") == 200
    last = say(210, dt.date(2019, 7, 31))
    assert stated(unit, period, "opinions_received") == 210
    sound()
    Record.objects.filter(pk=last.pk).update(state="cancelled", cancel_reason="Nhầm")
    from danchu.core.outbox.services import enqueue
    from danchu.core.records.services import FIGURES

    enqueue(FIGURES, unit_id=unit, period_id=period.pk)
    settle()
    assert stated(unit, period, "opinions_received") == 200


def test_in_one_report_the_first_mention_stands(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    (period,) = open_periods("2019H1").values()
    again = figure("40 cuộc", "opinions_received", 40)
    take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, RECEIVED, again, confirm=True)
    settle()
    assert stated(cast.old_district, period, "opinions_received") == 191


def test_a_report_moved_to_another_period_takes_its_figures_along(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    first, second = open_periods("2019H1", "2018H2").values()
    document = take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, confirm=True)
    settle()
    set_period(actor=cast.committee_minhhoa, document_id=document.pk, period_code="2018H2")
    settle()
    assert stated(cast.old_district, first, "opinions_received") is None
    assert stated(cast.old_district, second, "opinions_received") == 191
    sound()


def test_a_stated_nought_is_a_nought(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    (period,) = open_periods("2019H1").values()
    document = take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, RESOLVED)
    row = document.figures.get()
    decide_figure(
        actor=cast.committee_minhhoa,
        figure_id=row.pk,
        row_version=0,
        decision="corrected",
        amount=0,
    )
    settle()
    found = cell(cast.old_district, period, "opinions_resolved", layer="stated")
    assert found is not None
    assert (found.state, found.n_zero, found.n_expected) == ("zero", 1, 1)
    sound()


def test_a_report_without_a_period_counts_nowhere(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    open_periods("2019H1")
    document = take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, period="")
    ids = list(document.figures.values_list("pk", flat=True))
    confirm_figures(actor=cast.committee_minhhoa, document_id=document.pk, figure_ids=ids)
    settle()
    assert not Cell.objects.exists()
