"""A rebuild has the database work out whole provinces, and tells what was not right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from danchu.core.inserting import insert_from
from danchu.reporting.figures.fold import rebuild_period
from danchu.reporting.figures.models import Cell, Indicator
from tests.cast import Cast
from tests.reporting.figures.test_lower_units import Province
from tests.reporting.folding import cell, cells, open_periods


@pytest.fixture
def province(cast: Cast, settle: Any) -> Province:
    """Two communes: one gives its own word on one figure, below both stand answers in all states."""
    (period,) = open_periods("nd09:2026H1").values()
    made = Province(cast, period, 1)
    for commune in made.communes:
        first, second, third = (made.found(commune) for _ in range(3))
        made.hand_in(first, {"dialogues_held": ("reported", 3), "participants": ("zero", 0)})
        made.hand_in(second, {"dialogues_held": ("reported", 4), "participants": ("missing", None)})
        made.hand_in(third, {"dialogues_held": ("not_applicable", None)})
    made.hand_in(
        cast.benmau, {"dialogues_held": ("reported", 9), "participants": ("missing", None)}
    )
    settle()
    made.look()
    return made


def rebuilt(period: Any) -> int:
    with transaction.atomic():
        return rebuild_period(period, {"reported"})


def handed_in() -> Any:
    return Cell.objects.filter(layer="reported")


def test_cells_that_are_right_are_neither_fetched_nor_written(province: Province) -> None:
    before = cells()
    with CaptureQueriesContext(connection) as asked:
        assert rebuilt(province.period) == 0
    assert cells() == before
    texts = [query["sql"] for query in asked]
    assert not [text for text in texts if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    # What is fetched of cells are those of the province and the nation alone.
    fetched = [text for text in texts if "INTERSECT" in text]
    assert len(fetched) == 2


def test_cells_built_from_nothing_are_those_of_the_fold(province: Province) -> None:
    before = cells()
    handed_in().delete()
    assert rebuilt(province.period) == len([key for key in before if key[2] == "reported"])
    assert cells() == before


TAMPERINGS: dict[str, dict[str, Any]] = {
    "another amount": {"amount": 8},
    "no amount": {"amount": None},
    "another state": {"state": "zero", "amount": 0, "n_reported": 0, "n_zero": 1},
    "another count": {"n_missing": 1, "n_expected": 2},
    "another number of sources": {"sources": 7},
    "another province": {"province_id": None},
    "another numerator": {"numerator": 3},
}


@pytest.mark.parametrize("told", TAMPERINGS)
@pytest.mark.parametrize("reach", ["own", "all"])
def test_a_cell_that_is_wrong_is_put_right_and_counted(
    province: Province, told: str, reach: str
) -> None:
    before = cells()
    found = cell(
        province.cast.benmau, province.period, "dialogues_held", reach=reach, layer="reported"
    )
    assert found is not None
    handed_in().filter(pk=found.pk).update(**TAMPERINGS[told])
    assert cells() != before
    assert rebuilt(province.period) == 1
    assert cells() == before


def test_a_cell_too_few_and_one_too_many_are_put_right(province: Province) -> None:
    before = cells()
    commune = province.cast.caumau
    handed_in().filter(unit_id=commune).first().delete()
    assert rebuilt(province.period) == 1
    assert cells() == before
    too_many = handed_in().filter(unit_id=commune).first()
    too_many.pk, too_many.indicator_id = None, Indicator.objects.get(key="opinions_received").pk
    too_many.save()
    assert rebuilt(province.period) == 1
    assert cells() == before
    # As many as there ought to be, but one of them of another figure.
    one = handed_in().filter(unit_id=commune, reach="all").first()
    handed_in().filter(pk=one.pk).update(indicator_id=too_many.indicator_id)
    assert rebuilt(province.period) == 2
    assert cells() == before


@pytest.mark.parametrize("reach", ["own", "all"])
def test_cells_of_which_one_reach_is_lost_are_put_right(province: Province, reach: str) -> None:
    before = cells()
    communes = handed_in().filter(unit_id__in=province.communes, reach=reach)
    lost, _ = communes.delete()
    assert lost
    assert rebuilt(province.period) == lost
    assert cells() == before


def test_a_cell_of_a_figure_that_nobody_handed_up_is_removed(province: Province) -> None:
    before = cells()
    stray = handed_in().filter(unit_id=province.cast.benmau, reach="all").first()
    stray.pk, stray.unit_id = None, province.cast.minhhoa
    stray.dimension = "khác"
    stray.save()
    assert rebuilt(province.period) == 1
    assert cells() == before


def test_a_commune_below_which_a_unit_moved_is_left_to_the_fold(
    province: Province, settle: Any
) -> None:
    moving = province.found(province.cast.benmau)
    province.hand_in(moving, {"participants": ("reported", 5)})
    province.move(moving, province.cast.caumau, dt.date(2026, 3, 1))
    settle()
    province.look()
    before = cells()
    assert rebuilt(province.period) == 0
    handed_in().delete()
    rebuilt(province.period)
    assert cells() == before


def test_rows_from_a_query_need_every_column(db: None) -> None:
    with pytest.raises(ValueError, match="province_id"):
        insert_from(Cell, "unit_id period_id", Cell.objects.values_list("unit_id", "period_id"))
