"""What a unit that ended still owes a round: its pages open, and whoever took over hands in."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.units.models import UnitState
from danchu.core.units.selectors import unit_on, unit_within, who_answers
from danchu.core.work.models import Task
from danchu.core.work.services import assign
from danchu.reporting.rounds.models import Submission
from danchu.reporting.rounds.services import return_submission, submit
from tests.cast import TODAY, gathered
from tests.making import DAY, hold

PERIOD = "nd09:2026H1"


def text_of(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def merged(cast: Any, opened: Any, settle: Any) -> Any:
    """Bến Mẫu and Cầu Mẫu are one today, in the middle of a round that asks both."""
    hold(cast.recorder_benmau, cast.benmau, on=DAY)
    wanted = Wanted(
        ChangeKind.MERGE,
        (cast.benmau, cast.caumau),
        TODAY,
        "Nghị quyết (mẫu)",
        into=(NewUnit("xã Hợp Mẫu", "xã", "9A010"),),
    )
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)
    settle()
    return gathered()


def the_code_is_taken_over(code: str, new: str) -> None:
    """The new unit has the code of a former one, as most communes of July 2025 have."""
    UnitState.objects.filter(code=new).update(code=code)


@pytest.mark.parametrize("reused", [False, True])
def test_whoever_took_over_opens_every_task_and_hands_in_for_the_former_unit(
    merged: Any, opened: Any, as_person: Any, reused: bool
) -> None:
    cast = merged
    new = unit_on("9A010", TODAY).id
    if reused:
        the_code_is_taken_over("9A001", "9A010")
    client = as_person(cast.reporter_benmau)
    tasks = Task.objects.filter(kind="round.submit", unit_id=new, done_at=None)
    assert tasks.count() == 3  # Bến Mẫu's, Cầu Mẫu's and the new unit's own
    for task in tasks:
        if reused and task.key.endswith(f":{new}"):
            continue  # made under the code it had here
        page = client.get(task.path)
        assert page.status_code == 200, task.path
    theirs = Task.objects.get(key=f"round.submit:{opened.pk}:{cast.benmau}")
    assert theirs.path == f"/office/bao-cao/9A001@2026-06-09/{PERIOD}/"
    report = text_of(client.get(theirs.path))
    assert "xã Bến Mẫu" in report and "xã Hợp Mẫu" not in report.split("<main")[1][:600]
    entry = client.get(f"{theirs.path}bieu/")
    assert entry.status_code == 200
    code = "9A001@2026-06-09" if reused else "9A001"
    assert f"/office/bao-cao/{code}/{PERIOD}/" in text_of(entry)
    sent = client.post(f"{theirs.path}nop/")
    assert sent.status_code in (200, 302, 409)
    assert client.get(f"/office/so-lieu/{code}/{PERIOD}/opinions_received/").status_code == 200
    assert client.get(f"/office/don-vi/{code}/", follow=True).status_code == 200


@pytest.mark.parametrize("reused", [False, True])
def test_the_level_above_sees_all_three_and_can_return_each(
    merged: Any, opened: Any, as_person: Any, reused: bool
) -> None:
    cast = merged
    new = unit_on("9A010", TODAY)
    if reused:
        the_code_is_taken_over("9A001", "9A010")
    above = as_person(cast.committee_minhhoa)
    board = above.get(f"/office/bao-cao/9A/{PERIOD}/dot/")
    assert board.status_code == 200
    for name in ("Xã Bến Mẫu", "Phường Cầu Mẫu", "Xã Hợp Mẫu"):
        assert name.lower() in text_of(board).lower()
    assert above.get("/office/").status_code == 200
    assert above.get(f"/office/bao-cao/9A/{PERIOD}/").status_code == 200
    for unit in (cast.benmau, new.id):
        made = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=unit)
        former = "9A001@2026-06-09" if reused else "9A001"
        board = text_of(above.get(f"/office/bao-cao/9A/{PERIOD}/dot/"))
        assert f"/office/bao-cao/{former}/{PERIOD}/" in board
        back = return_submission(
            actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu số."
        )
        assert back.state == Submission.State.RETURNED
        task = Task.objects.get(key=f"round.submit:{opened.pk}:{unit}")
        # The task is that of the people there are.
        assert (task.unit_id, task.done_at) == (new.id, None)
        assert as_person(cast.reporter_benmau).get(task.path).status_code == 200, task.path


def test_a_code_means_a_unit_within_days(merged: Any) -> None:
    cast = merged
    new = unit_on("9A010", TODAY).id
    end = opened_end = TODAY.replace(day=14)
    assert unit_within("9A001", DAY, end).id == cast.benmau
    the_code_is_taken_over("9A001", "9A010")
    assert unit_within("9A001", DAY, opened_end).id == new
    former = unit_within("9A001@2026-06-01", DAY, end)
    assert (former.id, former.code) == (cast.benmau, "9A001@2026-06-09")
    for wrong in ("9A001@2026-13-01", "9A999", "9A001@1999-01-01x"):
        with pytest.raises(Exception, match="9A"):
            unit_within(wrong, DAY, end)
    assert who_answers(cast.benmau, TODAY) == new
    assert who_answers(new, TODAY) == new
    # A task that is made for a unit that ended is given to who took over.
    task = assign(
        key="test:late", unit_id=cast.caumau, kind="test", title="Việc", starts_on=DAY, due_on=None
    )
    assert task.unit_id == new
