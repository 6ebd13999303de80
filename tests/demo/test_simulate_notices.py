"""The notices of a simulated country: the bulk path and the services leave the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from danchu.civic.disclosure.models import Notice, Posting
from danchu.core.calendar.periods import parse_period
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY
from danchu.core.search.selectors import search
from danchu.demo.load import settle
from danchu.demo.simulate import frame
from danchu.demo.simulate import notices as drawing
from danchu.demo.simulate.by_services import found_communes
from danchu.demo.simulate.drawing import Plan
from danchu.demo.simulate.notices import Days, notices
from danchu.demo.simulate.notices_written import notices_by_services, notices_in_bulk
from danchu.demo.simulate.plan import Scale, Time
from tests.cast import Cast
from tests.demo.test_simulate_two_writers import compared, told, written  # noqa: F401 - a fixture

TIME = Time(parse_period("nd09:2026H1"), dt.date(2023, 7, 1))
FEW = 25  # a year, of as many as a commune has in a nation


def plan(scale: Scale, seed: int = 1) -> Plan:
    return Plan(scale, seed, TIME, ())


def with_units(write: Any) -> Any:
    def of(a_plan: Plan) -> None:
        with on_day(TIME.day):
            nation_id, _period = frame.found_nation(TIME)
            for province in a_plan.provinces():
                province_id, _people = frame.found_province(province, nation_id, TIME)
                found_communes(a_plan, province, province_id)
            settle()  # the period that was opened
        write(a_plan)

    return of


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(drawing, "A_YEAR", FEW)
    yield


def test_notices_in_bulk_are_those_of_the_services(
    cast: Cast,
    told: list[bytes],  # noqa: F811 - the fixture
    few: None,
) -> None:
    of = plan(Scale("a commune", 1, 1, 3, 0))
    services = written(with_units(notices_by_services), of)
    said, told[:] = list(told), []
    bulk = written(with_units(notices_in_bulk), of)
    compared(services, bulk)
    assert said == told
    assert len(bulk["Notice"]) == FEW * 3
    filled = {name for name, found in bulk.items() if found}
    assert filled >= {"Posting", "IndexedRecord", "RecordVersion", "Task", "Message", "Cell"}
    # How communes stand with the clauses is folded of both.
    assert filled >= {"ClauseYear", "ClauseUnit", "ClauseStanding"}


def test_a_commune_has_as_many_notices_as_it_says_over_three_years(cast: Cast) -> None:
    of = plan(Scale("two communes", 1, 2, 4, 0))
    province, *_ = of.provinces()
    one, other = (list(notices(of, commune, Days())) for commune in of.communes(province))
    assert len(one) == len(other) == 450
    assert one == list(notices(of, of.communes(province)[0], Days())), (
        "the same seed, the same notices"
    )
    assert [notice.key for notice in one] != [notice.key for notice in other]
    days = sorted(notice.day for notice in one)
    assert days[0].year == 2023
    assert days[-1] <= TIME.day
    assert {notice.content.rule_key for notice in one} == {f"xa_ck_{n:02}" for n in range(1, 15)}


def test_what_was_written_in_bulk_is_found(cast: Cast, few: None) -> None:
    of = plan(Scale("two communes", 1, 2, 4, 0))
    with_units(notices_in_bulk)(of)
    assert Notice.objects.count() == 2 * 3 * FEW
    assert Posting.objects.filter(ends_on__isnull=False).exists()
    assert Posting.objects.filter(ends_on__isnull=True).exists()
    assert search(NOBODY, "ngân sách").total == search(NOBODY, "ngan sach").total > 5
