"""Who reads which cells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.services import FIGURES
from danchu.reporting.figures import selectors
from danchu.reporting.figures.models import DictionaryVersion, Indicator, Layer
from danchu.reporting.figures.selectors import (
    being_folded,
    definition,
    definitions,
    dictionary_number,
    forget_dictionary,
    indicator_ids,
    periods_with_values,
    values,
    values_below,
    values_of,
    work_kinds,
)
from tests.cast import TODAY, Cast
from tests.making import hold, opinion_input
from tests.reporting.folding import open_periods

KEY = (Layer.RECORDED, "dialogues_held", "")


def test_figures_are_read_by_the_unit_and_those_above_it(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau, participants=40)
    settle()
    for viewer in (cast.viewer_benmau, cast.viewer, cast.committee_minhhoa, OPERATOR):
        found = values(viewer, cast.benmau, period)
        assert found[KEY].amount == 1
        assert found[KEY].n_expected == 1
        assert all(dimension == "" for _, _, dimension in found)
        assert periods_with_values(viewer, cast.benmau) == [period]
    for viewer in (
        NOBODY,
        cast.outsider,
        cast.recorder_caumau,
        cast.village_head,
        cast.committee_maunguyen,
    ):
        assert values(viewer, cast.benmau, period) == {}
        assert values_below(viewer, cast.minhhoa, period, "dialogues_held", "recorded") == {}
        assert periods_with_values(viewer, cast.benmau) == []
    # The commune does not read the sums of its province.
    assert values(cast.viewer_benmau, cast.minhhoa, period) == {}
    parts = values(cast.viewer_benmau, cast.benmau, period, dimensions=True)
    assert parts[Layer.RECORDED, "dialogues_held", "commune"].amount == 1
    own = values(cast.viewer, cast.minhhoa, period, reach="own")
    assert own == {}


def test_many_units_are_read_in_as_many_queries_as_one(
    cast: Cast, settle: Any, django_assert_max_num_queries: Any
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_caumau, cast.caumau)
    hold(cast.recorder_mautrung, cast.mautrung)
    settle()
    units = [cast.benmau, cast.caumau, cast.mautrung]
    viewer = cast.committee_minhhoa
    viewer.may("figures.read", cast.minhhoa)
    definitions()
    with django_assert_max_num_queries(5):
        found = values_of(viewer, units, period)
    assert {unit: KEY in cells for unit, cells in found.items()} == {
        cast.benmau: True,
        cast.caumau: True,
        cast.mautrung: False,  # of the other province
    }
    for unit in units:
        assert found[unit] == values(viewer, unit, period)
    assert values_of(NOBODY, units, period) == {unit: {} for unit in units}
    assert values_of(viewer, [], period) == {}


def test_below_stand_the_units_with_a_value(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.village_head, cast.maulai)
    settle()
    found = values_below(cast.viewer, cast.minhhoa, period, "dialogues_held", "recorded")
    assert {unit: value.amount for unit, value in found.items()} == {cast.benmau: 2}
    assert set(values_below(cast.viewer, cast.benmau, period, "dialogues_held", "recorded")) == {
        cast.maulai
    }
    assert values_below(cast.viewer, cast.minhhoa, period, "no_such_key", "recorded") == {}
    assert values_below(cast.viewer, cast.minhhoa, period, "dialogues_held", "stated") == {}


@pytest.mark.usefixtures("changing_dictionary")
def test_the_dictionary_is_read_once_and_again_when_it_changed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(selectors, "FRESH", 1000.0)
    forget_dictionary()
    first = definitions()
    with django_assert_num_queries(0):
        assert definitions() is first
        assert dictionary_number() == 1
        assert definition("dialogues_held").name_vi
        assert work_kinds()["trainings_held"].unit_vi == "lớp"
        assert indicator_ids()["dialogues_held"] == indicator_ids()["dialogues_held"]
    DictionaryVersion.objects.create(number=2, source_hash="x" * 64)
    forget_dictionary()
    assert dictionary_number() == 2
    assert indicator_ids() == dict(Indicator.objects.values_list("key", "id"))
    with pytest.raises(NotFound, match="no_such_key"):
        definition("no_such_key")


@pytest.mark.parametrize("most", [1, 500])  # few units waiting, or more than are asked by name
def test_what_waits_for_a_day_to_come_is_not_being_folded(
    cast: Cast, settle: Any, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST_ASKED", most)
    open_periods("nd09:2026H1")
    assert not being_folded(cast.viewer_benmau, cast.benmau)
    promised = opinion_input(due_on=TODAY + dt.timedelta(5))
    hold(cast.recorder_benmau, cast.benmau, promised)
    assert being_folded(cast.viewer_benmau, cast.benmau)
    assert being_folded(cast.viewer, cast.minhhoa)
    assert not being_folded(cast.outsider, cast.benmau)
    settle()
    waiting = Message.objects.filter(topic=FIGURES, unit_id=cast.benmau)
    assert waiting.exists()
    assert not being_folded(cast.viewer_benmau, cast.benmau)
    # A message that failed and is tried again later is late, not early.
    waiting.update(attempts=1)
    assert being_folded(cast.viewer_benmau, cast.benmau)
