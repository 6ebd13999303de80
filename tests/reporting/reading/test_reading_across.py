"""What is stated of several units and periods gives no small count away to who adds and subtracts."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.calendar.models import Period
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.units.models import PublicVersion
from danchu.reporting.reading.open_statements import open_statements
from danchu.reporting.reading.selectors import open_stated, stated_over_time
from tests.cast import Cast
from tests.reporting.readings import figure, take_in

KEY = "complaints_received"


def state(cast: Cast, monkeypatch: Any, unit: int, number: int, period: str, **more: Any) -> None:
    """A published report that states so many complaints of a unit and period, and nothing else."""
    words = f"{number} đơn khiếu nại"
    text = f"Trong kỳ {period} tiếp nhận {words}."
    take_in(
        monkeypatch,
        OPERATOR,
        unit,
        figure(words, KEY, number, text=text),
        text=text,
        period=period,
        confirm=True,
        **{"public": True, "source_note": "Trang thông tin minh họa", **more},
    )


def version(unit: int) -> int:
    return PublicVersion.objects.get(unit_id=unit).number


def told() -> dict[tuple[str, str], tuple[int | None, str]]:
    return {
        (one.unit_code, one.period_code): (
            None if one.value is None else int(one.value),
            one.withheld,
        )
        for one in open_statements(NOBODY)
    }


def test_the_province_less_its_other_commune_tells_no_small_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    H1 = "2026H1"
    state(cast, monkeypatch, cast.benmau, 2, H1)
    before = version(cast.minhhoa)
    state(cast, monkeypatch, cast.caumau, 30, H1)
    assert version(cast.minhhoa) > before  # its pages may tell less now
    assert told() == {("9A001", H1): (None, "small"), ("9A002", H1): (30, "")}
    state(cast, monkeypatch, cast.minhhoa, 32, H1)
    assert told()["9A", H1] == (None, "protects") and told()["9A002", H1] == (30, "")
    # The page of the unit, the series and the file for everybody say the same of it.
    period = Period.objects.get(code=H1)
    page = open_stated(NOBODY, cast.minhhoa, period)
    assert KEY not in page.told and page.held == {KEY: "protects"}
    assert stated_over_time(NOBODY, [cast.minhhoa, cast.caumau], [KEY]).keys() == {
        (cast.caumau, period.pk, KEY)
    }
    # Who may read the unit's figures reads them; a neighbour does not.
    inside = open_stated(cast.committee_minhhoa, cast.minhhoa, period)
    assert inside.told[KEY].amount == 32 and not inside.held
    assert KEY not in open_stated(cast.committee_maunguyen, cast.minhhoa, period).told
    # The other province has nothing to do with it.
    state(cast, monkeypatch, cast.maunguyen, 40, H1)
    assert told()["9B", H1] == (40, "")


def test_the_half_year_less_its_other_quarter_tells_no_small_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = cast.benmau
    state(cast, monkeypatch, unit, 20, "2026Q1")
    state(cast, monkeypatch, unit, 23, "2026H1")
    assert told()["9A001", "2026H1"] == (None, "protects")  # the other quarter has three
    state(cast, monkeypatch, unit, 3, "2026Q2")
    assert told() == {
        ("9A001", "2026Q1"): (20, ""),
        ("9A001", "2026Q2"): (None, "small"),
        ("9A001", "2026H1"): (None, "protects"),
    }


def test_a_report_that_is_not_public_takes_nothing_from_the_public(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(cast, monkeypatch, cast.benmau, 12, "2026H1")
    state(cast, monkeypatch, cast.caumau, 30, "2026H1")
    state(cast, monkeypatch, cast.minhhoa, 42, "2026H1")
    state(cast, monkeypatch, cast.benmau, 2, "2026Q1", public=False, source_note="")
    state(cast, monkeypatch, cast.benmau, 10, "2026Q2")
    assert {why for _number, why in told().values()} == {"", "protects"}
    assert told()["9A001", "2026H1"] == (None, "protects")  # less its quarter it leaves two
    assert told()["9A", "2026H1"] == (None, "protects") and told()["9A002", "2026H1"] == (30, "")


def test_however_many_units_state_something_few_statements_are_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    for number, unit in enumerate((cast.benmau, cast.caumau, cast.minhhoa, cast.maunguyen), 20):
        for period in ("2026Q1", "2026H1", "2026"):
            state(cast, monkeypatch, unit, number, period)
    with django_assert_max_num_queries(9):
        assert open_statements(NOBODY)
    period = Period.objects.get(code="2026H1")
    with django_assert_max_num_queries(6):
        assert open_stated(NOBODY, cast.benmau, period).told
