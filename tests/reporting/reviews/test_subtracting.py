"""What everybody may read of several reports together never gives a small count away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR, ChangeKind
from danchu.reporting.reviews.freezing import issue_report
from danchu.reporting.reviews.published import published_report
from danchu.reporting.reviews.published_figures import published_figures
from tests.cast import TODAY, Cast
from tests.making import work
from tests.reporting.publishing import PERIOD, freeze, issue, known, of_state, public_id

KEY = "complaints_received"
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def two(cast: Cast, settle: Any) -> Cast:
    """Two complaints in one commune of the province, thirty in the other."""
    work(cast.recorder_benmau, cast.benmau, kind=KEY, number=2, people=None)
    work(cast.recorder_caumau, cast.caumau, kind=KEY, number=30, people=None)
    of_state(cast.minhhoa, "Minh Họa")
    known(PERIOD, "9A001", "9A002", "9A")
    return cast


def merge(cast: Cast) -> None:
    """The two communes become one tomorrow, inside the period."""
    wanted = Wanted(
        kind=ChangeKind.MERGE,
        units=(cast.benmau, cast.caumau),
        on=TOMORROW,
        basis="Nghị quyết số 01/NQ-HĐND (mẫu)",
        into=(NewUnit("xã Hợp Mẫu", "xã", "9A010"),),
    )
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)


def told(frozen: Any) -> tuple[int | None, str]:
    (one,) = published_figures(NOBODY, report=public_id(frozen), key=KEY, dimensions=False)
    return (None if one.value is None else int(one.value)), one.withheld


def test_units_that_ended_inside_the_period_still_stand_below(two: Cast, settle: Any) -> None:
    small = issue("9A001", number="05")
    large = issue("9A002", number="08")
    with on_day(TOMORROW):
        merge(two)
        settle()
        known(PERIOD, "9A")
        above = issue("9A", number="31", on=TOMORROW)
    assert (told(small), told(large)) == ((None, "small"), (30, ""))
    assert told(above) == (None, "protects")


def test_a_report_of_a_unit_that_has_ended_protects_the_total_issued_before(
    two: Cast, settle: Any
) -> None:
    issue("9A002", number="08")
    above = issue("9A", number="31")
    frozen = freeze("9A001")
    with on_day(TOMORROW):
        merge(two)
        issued = issue_report(
            actor=OPERATOR,
            frozen_id=frozen.pk,
            number="05",
            issued_on=TOMORROW,
            signer_name="Người Ký Mẫu",
        )
    assert told(issued) == (None, "small")
    assert told(above) == (None, "protects")
    assert published_report(NOBODY, public_id(issued)).province_code == "9A"


def test_a_unit_that_published_nothing_is_protected_too(two: Cast, settle: Any) -> None:
    issue("9A002", number="08")
    above = issue("9A", number="31")
    assert told(above) == (None, "protects")
    assert published_report(NOBODY, public_id(above)).files == ()


def test_a_replaced_report_is_protected_like_the_one_that_replaces_it(
    two: Cast, settle: Any
) -> None:
    first = issue("9A", number="31")
    work(two.recorder_caumau, two.caumau, number=4)
    settle()
    second = issue("9A", number="32", reason="Bổ sung lớp tập huấn")
    assert (told(first), told(second)) == ((32, ""), (32, ""))
    assert published_report(NOBODY, public_id(first)).files
    issue("9A002", number="08")
    issue("9A001", number="05")
    for above in (first, second):
        assert told(above) == (None, "protects")
        assert published_report(NOBODY, public_id(above)).files == ()


def test_what_a_replaced_report_below_told_is_told(two: Cast, settle: Any) -> None:
    above = issue("9A", number="31")
    issue("9A002", number="08")
    work(two.recorder_caumau, two.caumau, kind=KEY, number=9, people=None)
    settle()
    assert told(issue("9A002", number="09", reason="Bổ sung đơn")) == (39, "")
    issue("9A001", number="05")
    assert told(above) == (None, "protects")


def test_periods_of_several_kinds_that_fill_a_longer_one_do_not_give_a_small_month_away(
    cast: Cast, settle: Any
) -> None:
    for number, on in ((20, 2), (12, 4), (10, 5), (2, 6)):
        day = dt.date(2026, on, 5)
        work(cast.recorder_benmau, cast.benmau, kind=KEY, number=number, people=None, on=day)
    reports = {}
    for number, code in enumerate(("2026H1", "2026Q1", "2026M04", "2026M05", "2026M06"), start=41):
        known(code)
        reports[code] = issue("9A001", number=str(number), period=code)
    assert told(reports["2026M06"]) == (None, "small")
    assert told(reports["2026H1"]) == (None, "protects")
    assert [told(reports[code])[0] for code in ("2026Q1", "2026M04", "2026M05")] == [20, 12, 10]


def test_a_month_that_published_nothing_is_protected_too(cast: Cast, settle: Any) -> None:
    for number, on in ((20, 2), (12, 4), (10, 5), (2, 6)):
        day = dt.date(2026, on, 5)
        work(cast.recorder_benmau, cast.benmau, kind=KEY, number=number, people=None, on=day)
    reports = {}
    for number, code in enumerate(("2026H1", "2026Q1", "2026M04", "2026M05"), start=41):
        known(code)
        reports[code] = issue("9A001", number=str(number), period=code)
        held = code == "2026M05"
        assert told(reports["2026H1"]) == ((None, "protects") if held else (44, ""))


def test_what_is_held_back_is_not_had_by_a_longer_way(two: Cast, settle: Any) -> None:
    """The half of the province is held back; its year, all of whose rest is told, must be too."""
    work(two.recorder_caumau, two.caumau, kind=KEY, number=25, people=None, on=dt.date(2026, 1, 5))
    known("2026Q1", "9A", "9A001", "9A002")
    known("2026M04", "9A", "9A001", "9A002")
    known("2026M05", "9A", "9A001", "9A002")
    known("2026H1", "9A", "9A001", "9A002")
    half = issue("9A", number="50", period="2026H1")
    quarter = issue("9A", number="51", period="2026Q1")
    may = issue("9A", number="52", period="2026M05")
    assert [told(one) for one in (half, quarter, may)] == [(57, ""), (25, ""), (32, "")]
    issue("9A002", number="53", period="2026M05")
    issue("9A001", number="54", period="2026M05")
    assert [told(one) for one in (half, quarter, may)] == [
        (None, "protects"),
        (25, ""),
        (None, "protects"),
    ]
