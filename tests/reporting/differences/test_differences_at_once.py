"""Two officers explain the same difference in one moment: one word stands, the other is told."""

from __future__ import annotations

from functools import partial
from typing import Any

from danchu.core.errors import Conflict
from danchu.reporting.differences.models import Difference, DifferenceStep
from danchu.reporting.differences.services import explain
from danchu.reporting.rounds.services import submit
from tests.making import receive
from tests.reporting.differences.conftest import AFTER
from tests.reporting.folding import open_round_of_minhhoa


def test_of_two_at_once_one_stands(
    committed_cast: Any, settle: Any, at_once: Any, monkeypatch: Any
) -> None:
    cast = committed_cast

    def prepare() -> Difference:
        receive(cast.recorder_benmau, cast.benmau)
        opened = open_round_of_minhhoa(cast)
        submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
        monkeypatch.setenv("DANCHU_TODAY", AFTER.isoformat())
        receive(cast.recorder_benmau, cast.benmau, visits=3)
        settle()
        return Difference.objects.get(indicator__key="citizens_received")

    (row,) = at_once(prepare)
    asked = {"difference_id": row.pk, "seen": row.row_version}
    came = at_once(
        partial(explain, actor=cast.reporter_benmau, text="Ghi bổ sung sau.", **asked),
        partial(explain, actor=cast.leader_benmau, text="Sổ giấy ghi sau.", **asked),
    )
    assert sorted(type(one) is Conflict for one in came) == [False, True], came
    (said,) = at_once(lambda: list(DifferenceStep.objects.filter(difference=row)))
    assert [step.kind for step in said] == ["noticed", "explained"]
