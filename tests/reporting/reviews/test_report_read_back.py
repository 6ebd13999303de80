"""A report of danchu's own, read by danchu: nothing it says is read as something else."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.demo.load import settle
from danchu.reporting.reading.extraction import check_reading, extract_text, read_text
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.export import render
from tests.cast import TODAY, Cast, gathered
from tests.making import hold, opinion_input, receive, work
from tests.reporting.folding import open_periods

NOW = "nd09:2026H1"
BY_HAND = {
    "labour_days": 275,
    "works_completed": 2,
    "documents_issued": 4,
    "trainings_held": 3,
    "inspections_conducted": 6,
    "land_donated_m2": 2500,
}


@pytest.fixture(scope="module")
def _worked(_staged_cast: None, django_db_blocker: Any) -> None:
    """Bến Mẫu has worked; once for this module."""
    with django_db_blocker.unblock(), on_day(TODAY):
        cast = gathered()
        open_periods(NOW)
        who, unit = cast.recorder_benmau, cast.benmau
        hold(who, unit, "Đường lầy lội.", "Chợ thiếu đèn.", participants=1246)
        hold(who, unit, opinion_input(text="Nước yếu."), participants=62)
        receive(who, unit, visits=37)
        for key, number in BY_HAND.items():
            work(who, unit, kind=key, number=number, people=None)
        settle()


@pytest.fixture
def report(_worked: None, cast: Cast) -> Report:
    return compose(viewer=OPERATOR, code="9A001", period_code=NOW)


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_a_report_read_back_says_what_it_said(report: Report, fmt: str) -> None:
    source = extract_text(render(report, fmt), f"bao-cao.{fmt}")
    reading = read_text(source.text)
    printed = {f.key: f for f in report.figures}
    read: set[str] = set()
    for figure in reading.indicators:
        said = printed.get(figure.key)
        assert said is not None, f"{figure.key} was never reported: {figure.surface!r}"
        if said.meaning.is_rate or figure.part_of == figure.key:
            continue
        read.add(figure.key)
        assert figure.value == Fraction(said.amount or 0, said.meaning.scale), figure
    assert read >= {*BY_HAND, "dialogues_held", "participants", "citizens_received"}
    assert reading.event_date is None
    assert reading.period is not None and reading.period.end.isoformat() == "2026-06-14"
    assert not [check for check in check_reading(reading) if check.verdict == "fail"]
