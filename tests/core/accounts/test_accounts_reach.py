"""Where a right is held, as values of a statement that is prepared: the same as ``within``."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core import clock
from danchu.core.accounts import policy
from danchu.core.accounts.reach import reached
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement
from tests.core.small_map import Map, grant, holder

TODAY = dt.date(2026, 3, 1)
BELOW = Prepared(
    lambda *held: Placement.objects.filter(reached("unit", *held)).values_list("unit_id")
)
UNITS = ("Minh Họa", "Ví Dụ", "Bến Mẫu", "Cầu Mẫu", "thôn Một", "Chợ Mẫu", "Đảo Mẫu")


@pytest.mark.parametrize("name", UNITS)
def test_the_units_are_those_within_the_scope(land: Map, name: str) -> None:
    with clock.on_day(TODAY):
        somebody = holder("recorder", land[name])
        other = holder("viewer", land["Bến Mẫu"])
        grant(other, "recorder", land[name])
        for viewer in (somebody, other):
            held = policy.reach(viewer, "records.read")
            assert held is not None
            found = {unit for (unit,) in BELOW.rows(*held)}
            within = policy.within(viewer, "records.read", "unit")
            assert found == set(Placement.objects.filter(within).values_list("unit_id", flat=True))
            assert land[name].pk in found and land["nation"].pk not in found


def test_who_sees_all_or_nothing_is_asked_of_in_another_form(land: Map) -> None:
    with clock.on_day(TODAY):
        closed = holder("recorder", land["Bến Mẫu"])
        closed.is_active = False
        for viewer in (NOBODY, OPERATOR, closed, holder("viewer", land["nation"])):
            assert policy.reach(viewer, "records.read") is None
        assert policy.reach(holder("viewer", land["Bến Mẫu"]), "people.manage") is None
