"""What a round does not take unseen: a period that has not begun, two rounds over the same days,
a version that came late and looks as if it had come in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.errors import BadInput, Conflict
from danchu.reporting.figures.services import confirm_states, open_period
from danchu.reporting.reading.services import DocumentInput, set_period, take_in_document
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import FormValue, Round, Submission
from danchu.reporting.rounds.selectors import round_at
from danchu.reporting.rounds.services import accept_submission, open_round, submit
from danchu.reporting.rounds.spreadsheet.taking_in import preview_sheet
from tests.cast import TODAY, Cast
from tests.making import refused
from tests.reporting.folding import open_periods, open_round_of_minhhoa

NOW, FAR = "nd09:2026H1", "2027"


@pytest.fixture
def far(cast: Cast) -> Any:
    """A round over a year that has not begun."""
    period = open_period(FAR)
    return open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Năm 2027",
        cut_off=period.end,
        due_on=period.end,
    )


def test_a_period_that_has_not_begun_takes_no_figures_in_any_way(
    cast: Cast, far: Round, settle: Any
) -> None:
    who, place = cast.reporter_benmau, {"round_id": far.pk, "unit_id": cast.benmau}
    typed = {"indicator": "dialogues_held", "row_version": 0, "text": "5"}
    said = {"actor": who, "unit_id": cast.benmau, "period": far.period}
    asked = {"actor": who, "unit_id": cast.benmau}
    text = "Báo cáo. Đã tổ chức 12 hội nghị đối thoại."
    report = DocumentInput(name="", text=text, period_code=FAR)
    document = take_in_document(**asked, content=DocumentInput(name="", text=f"{text} Hết."))
    settle()
    ways: tuple[tuple[Any, dict[str, Any]], ...] = (
        (enter_value, {"actor": who, **place, **typed}),
        (preview_sheet, {"actor": who, **place, "data": b"PK"}),
        (submit, {"actor": who, **place}),
        (confirm_states, {**said, "keys": ["dialogues_held"], "state": "zero"}),
        (write_note, {**said, "kind": "task", "text": "Một việc."}),
        (take_in_document, {**asked, "content": report}),
        (set_period, {"actor": who, "document_id": document.pk, "period_code": FAR}),
    )
    for way, given in ways:
        assert "nên chưa nhận số liệu" in refused(BadInput, way, **given).vi, way
    assert not FormValue.objects.exists() and not Submission.objects.exists()
    # On its first day it does.
    with on_day(dt.date(2199, 1, 1)):
        enter_value(actor=who, **place, **typed)
    assert FormValue.objects.count() == 1


def test_a_round_over_the_same_days_is_opened_only_knowingly(cast: Cast) -> None:
    first = open_round_of_minhhoa(cast)
    year = open_periods("2026")["2026"]
    given: dict[str, Any] = {
        "actor": cast.committee_minhhoa,
        "period": year,
        "title": "Cả năm",
        "cut_off": year.end,
        "due_on": year.end,
    }
    told = refused(Conflict, open_round, unit_id=cast.minhhoa, **given)
    assert told.field == "overlaps_seen" and first.title in told.vi
    # Another unit's round is no overlap, nor is one of other days.
    open_round(unit_id=cast.benmau, **given)
    open_round(unit_id=cast.minhhoa, overlaps_seen=True, **given)
    assert Round.objects.filter(unit_id=cast.minhhoa).count() == 2


def test_a_version_that_came_late_says_by_how_many_days(cast: Cast) -> None:
    opened = open_round_of_minhhoa(cast)
    line = opened.expected.get(unit_id=cast.benmau)
    line.due_on = TODAY - dt.timedelta(days=3)
    line.save()
    for unit, person in ((cast.benmau, cast.reporter_benmau), (cast.caumau, cast.reporter_caumau)):
        made = submit(actor=person, round_id=opened.pk, unit_id=unit)
        # Handed in on the day that the tests call today.
        Submission.objects.filter(pk=made.pk).update(
            submitted_at=dt.datetime.combine(TODAY, dt.time(20), tzinfo=dt.UTC)
            - dt.timedelta(hours=12)
        )
        accept_submission(actor=cast.committee_minhhoa, submission_id=made.pk)
    found = round_at(cast.committee_minhhoa, cast.minhhoa, NOW, TODAY)
    assert found is not None
    late = {r.unit_id: (r.state, r.received_late) for r in found.reporters}
    assert late == {cast.benmau: ("accepted", 3), cast.caumau: ("accepted", 0)}
