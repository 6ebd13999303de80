"""Two people carry a change of the map out at the same moment: one does, the other is told."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from danchu.core.changes.models import MapChange, Receipt
from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.errors import Refusal
from danchu.core.ledger.models import Entry
from danchu.core.ledger.selectors import verify
from danchu.core.units.models import Lineage, Placement, UnitState
from tests.cast import TODAY, Cast

BASIS = "Nghị quyết số 01/NQ-HĐND (mẫu)"


def merger(cast: Cast, code: str, units: tuple[int, ...]) -> Wanted:
    new = NewUnit(f"xã Hợp {code}", "xã", code)
    return Wanted(ChangeKind.MERGE, units, TODAY, BASIS, into=(new,))


def together(at_once: Any, *wanted: Wanted) -> list[Any]:
    """Each as confirmed on its own dry run, all at once."""
    calls = []
    for one in wanted:
        plan = plan_map_change(viewer=OPERATOR, wanted=one)
        act = partial(
            carry_out_map_change, actor=OPERATOR, wanted=one, fingerprint=plan.fingerprint
        )
        calls.append(act)
    found: list[Any] = at_once(*calls)
    return found


@pytest.mark.parametrize("codes", [("9A010", "9A010"), ("9A010", "9A011")])
def test_of_two_mergers_of_the_same_units_one_is_carried_out_whole_and_the_other_not_at_all(
    committed_cast: Cast, at_once: Any, codes: tuple[str, str]
) -> None:
    cast = committed_cast
    units = ((cast.benmau, cast.caumau), (cast.caumau, cast.benmau))
    came = together(at_once, *(merger(cast, c, u) for c, u in zip(codes, units, strict=True)))
    done = [one for one in came if isinstance(one, MapChange)]
    told = [one for one in came if isinstance(one, Refusal)]
    assert (len(done), len(told)) == (1, 1), came
    assert told[0].vi and told[0].en

    def look() -> tuple[Any, ...]:
        new = UnitState.objects.filter(code__in=codes)
        return (
            MapChange.objects.count(),
            new.count(),
            Lineage.objects.filter(on=TODAY).count(),
            Placement.objects.filter(parent_id__in=(cast.benmau, cast.caumau), valid_to=None)
            .exclude(unit_id__in=(cast.benmau, cast.caumau))
            .count(),
            set(Receipt.objects.values_list("change_id", flat=True)) == {done[0].pk},
            Entry.objects.filter(code="map.changed").count(),
            verify().ok,
        )

    (seen,) = at_once(look)
    assert seen == (1, 1, 2, 0, True, 1, True)
