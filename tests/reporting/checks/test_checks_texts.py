"""A report's text against what the database holds of its unit, and against earlier reports."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from danchu.core.calendar.selectors import known_period
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotAllowed, NotFound
from danchu.reporting.checks.texts import checks_of_reading, checks_of_text
from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.services import decide_figure
from tests.cast import Cast
from tests.making import hold
from tests.reporting.folding import open_periods
from tests.reporting.readings import figure, take_in

EARLIER = "BÁO CÁO\nHuyện Mẫu Đông, 6 tháng đầu năm 2018.\nTrong kỳ ghi nhận 150 ý kiến.\n"
NOW = (
    "BÁO CÁO\nHuyện Mẫu Đông, 6 tháng đầu năm 2019.\n"
    "Trong kỳ ghi nhận 191 ý kiến, tăng {} ý kiến so với cùng kỳ.\n"
)
OTHER = "BÁO CÁO\nHuyện Mẫu Đông, 6 tháng đầu năm 2019, bản lần hai.\nGhi nhận {} ý kiến.\n"


def state(monkeypatch: Any, cast: Cast, text: str, value: int, period: str, **more: Any) -> Any:
    read = figure(f"{value} ý kiến", "opinions_received", value, text=text)
    return take_in(
        monkeypatch,
        cast.committee_minhhoa,
        cast.old_district,
        read,
        text=text,
        period=period,
        **more,
    )


def told(viewer: Any, document: Any) -> list[tuple[str, str]]:
    found = checks_of_reading(viewer, document.record.public_id)
    return [(one.verdict, one.vi) for one in found]


@pytest.fixture
def two_years(cast: Cast) -> None:
    open_periods("2018H1", "2019H1")


def test_a_rise_is_held_against_what_the_report_of_last_year_stated(
    cast: Cast, monkeypatch: Any, two_years: None
) -> None:
    right = state(monkeypatch, cast, NOW.format(41), 191, "2019H1")
    assert told(cast.committee_minhhoa, right) == [], "nothing is known of last year yet"
    state(monkeypatch, cast, EARLIER, 150, "2018H1", confirm=True)
    ((verdict, vi),) = told(cast.committee_minhhoa, right)
    assert verdict == "ok" and "6 tháng đầu năm 2018" in vi
    wrong = state(monkeypatch, cast, NOW.format(45), 191, "2019H1")
    ((verdict, vi),) = told(cast.committee_minhhoa, wrong)
    assert verdict == "fail" and "tăng 41" in vi


def test_another_report_of_the_period_speaks_and_the_checked_one_does_not_speak_for_itself(
    cast: Cast, monkeypatch: Any, two_years: None
) -> None:
    first = state(monkeypatch, cast, OTHER.format(188), 188, "2019H1", confirm=True)
    assert told(cast.committee_minhhoa, first) == []
    second = state(monkeypatch, cast, NOW.format(41), 191, "2019H1")
    ((verdict, vi),) = told(cast.committee_minhhoa, second)
    assert verdict == "fail" and "191" in vi and "188" in vi
    (one,) = checks_of_reading(cast.committee_minhhoa, second.record.public_id)
    assert one.figure_ids == tuple(second.figures.values_list("pk", flat=True))


def test_a_rejected_figure_is_no_longer_held_against_anything(
    cast: Cast, monkeypatch: Any, two_years: None
) -> None:
    state(monkeypatch, cast, OTHER.format(188), 188, "2019H1", confirm=True)
    document = state(monkeypatch, cast, NOW.format(41), 191, "2019H1")
    row = document.figures.get()
    decide_figure(
        actor=cast.committee_minhhoa,
        figure_id=row.pk,
        row_version=row.row_version,
        decision="rejected",
    )
    assert told(cast.committee_minhhoa, document) == []


def test_the_records_of_the_unit_are_held_against_the_text(cast: Cast, settle: Any) -> None:
    open_periods("2026H1")
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    period = known_period("2026H1")
    assert period is not None
    verdicts = []
    for number in ("02", "03"):
        text = f"BÁO CÁO\nKết quả 6 tháng đầu năm 2026\n\nXã tổ chức {number} hội nghị đối thoại.\n"
        found = checks_of_text(cast.recorder_benmau, cast.benmau, period, text, read_text(text))
        verdicts += [(c.rule, c.verdict, c.indicators) for c in found]
    assert verdicts == [
        ("database", "ok", ("dialogues_held",)),
        ("database", "fail", ("dialogues_held",)),
    ]


def test_strangers_learn_nothing_of_the_unit(cast: Cast, monkeypatch: Any, two_years: None) -> None:
    document = state(monkeypatch, cast, NOW.format(41), 191, "2019H1")
    text, period = NOW.format(41), known_period("2019H1")
    assert period is not None
    for stranger in (cast.recorder_thuong, cast.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            checks_of_text(stranger, cast.old_district, period, text, read_text(text))
        with pytest.raises(NotFound):
            checks_of_reading(stranger, document.record.public_id)
    with pytest.raises(NotFound):
        checks_of_reading(cast.committee_minhhoa, uuid.uuid4())
