"""Which rows hold on a day, asked with a date, with a column and of a span; on a small map."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef

from danchu.core.units.models import Lineage, Unit, UnitState
from danchu.core.units.selectors.validity import holds, in_force, in_force_within
from tests.core.small_map import CHANGE, EVE

DAYS = (dt.date(1990, 1, 1), EVE, CHANGE, dt.date(2026, 6, 10))


def pairs(states):
    return sorted(states.values_list("unit_id", "valid_from", "valid_to").distinct(), key=str)


def test_both_ends_are_inclusive_and_an_end_that_is_not_known_is_open(land):
    for day in DAYS:
        kept = [state.pk for state in UnitState.objects.all() if holds(state, day)]
        found = UnitState.objects.filter(in_force(day))
        assert sorted(found.values_list("pk", flat=True)) == sorted(kept), day
    assert UnitState.objects.filter(in_force(EVE), unit=land["Bến Mẫu cũ"]).exists()
    assert not UnitState.objects.filter(in_force(CHANGE), unit=land["Bến Mẫu cũ"]).exists()
    assert not UnitState.objects.filter(in_force(EVE), unit=land["Bến Mẫu"]).exists()
    assert UnitState.objects.filter(in_force(CHANGE), unit=land["Bến Mẫu"]).exists()


def test_a_column_and_a_date_ask_the_same(land):
    lines = Lineage.objects.filter(on=CHANGE)
    states = UnitState.objects.filter(unit_id=OuterRef("successor_id"))
    begun = lines.filter(Exists(states.filter(in_force(OuterRef("on")))))
    assert lines.count() == begun.count() > 0
    old = UnitState.objects.filter(unit_id=OuterRef("predecessor_id"))
    assert set(lines.filter(Exists(old.filter(in_force(OuterRef("on")))))) == set(
        lines.filter(Exists(old.filter(in_force(CHANGE))))
    )
    column = lines.filter(in_force(F("on"), "successor__states__"))
    assert set(column) == set(lines.filter(in_force(CHANGE, "successor__states__"))) == set(lines)


def test_a_span_finds_what_holds_on_any_of_its_days(land):
    several = UnitState.objects.filter(in_force_within(EVE, CHANGE))
    each = UnitState.objects.filter(in_force(EVE)) | UnitState.objects.filter(in_force(CHANGE))
    assert pairs(several) == pairs(each)
    assert {land["Bến Mẫu cũ"].pk, land["Bến Mẫu"].pk} <= {unit for unit, *_ in pairs(several)}
    before = Unit.objects.filter(in_force_within(DAYS[0], EVE, "states__"))
    assert land["Bến Mẫu"] not in before and land["Bến Mẫu cũ"] in before
