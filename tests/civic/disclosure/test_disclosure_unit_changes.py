"""What hangs in a unit that ends hangs on, and who took over takes it down."""

from __future__ import annotations

import datetime as dt

from danchu.civic.disclosure.services import take_down
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR, Effect
from danchu.core.records.models import Record
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish
from tests.core.changes.test_changes_services import act, merger


def test_a_merger_tells_what_hangs_and_the_heir_may_take_it_down(cast: Cast) -> None:
    made = publish(cast.recorder_benmau, cast.benmau, HALL, HEADQUARTERS)
    hall, house = made.postings.order_by("pk")
    take_down(
        actor=OPERATOR, posting_id=house.pk, version=1, on=TODAY - dt.timedelta(2), early=True
    )
    plan, _change = act(OPERATOR, merger(cast))
    (told,) = [item for item in plan.touched if item.area == "disclosure"]
    assert (told.effect, told.unit_id, told.number) == (Effect.STAYS, cast.benmau, 1)
    assert Record.objects.get(pk=hall.pk).unit_id == cast.benmau
    with on_day(TODAY + dt.timedelta(1)):
        taken = take_down(
            actor=cast.recorder_benmau,
            posting_id=hall.pk,
            version=1,
            on=TODAY - dt.timedelta(1),
            early=True,
        )
    assert taken.ends_on == TODAY - dt.timedelta(1)


def test_a_merger_of_units_where_nothing_hangs_says_nothing_of_it(cast: Cast) -> None:
    plan, _change = act(OPERATOR, merger(cast))
    assert not [item for item in plan.touched if item.area == "disclosure"]
