"""Tasks: made once for their need, brought up to date, closed and opened again."""

from __future__ import annotations

import datetime as dt

from danchu.core.work.models import Task
from danchu.core.work.services import assign, complete, complete_for_record
from tests.cast import Cast
from tests.making import hold

DAY = dt.date(2026, 6, 1)


def give(cast: Cast, key: str = "test:1", **more: object) -> Task:
    given = {
        "unit_id": cast.benmau,
        "kind": "test",
        "title": "Việc mẫu",
        "starts_on": DAY,
        "due_on": DAY + dt.timedelta(10),
        **more,
    }
    return assign(key=key, **given)


def test_the_same_need_is_one_task_brought_up_to_date(cast: Cast) -> None:
    first = give(cast, basis="Điều 1")
    again = give(cast, title="Việc mẫu đã đổi", due_on=None, day_unit="working")
    assert again.pk == first.pk
    assert Task.objects.get(key="test:1").title == "Việc mẫu đã đổi"
    assert Task.objects.get(key="test:1").due_on is None
    assert Task.objects.get(key="test:1").day_unit == "working"
    other = give(cast, "test:2")
    assert other.pk != first.pk


def test_a_long_title_is_cut_to_what_is_kept(cast: Cast) -> None:
    assert give(cast, title="x" * 1000).title == "x" * 300


def test_a_task_is_closed_once_by_somebody_and_may_be_needed_again(cast: Cast) -> None:
    give(cast)
    who = cast.recorder_benmau
    assert not complete(actor=who, key="test:none")
    assert complete(actor=who, key="test:1")
    done = Task.objects.get(key="test:1")
    assert done.done_by_id == who.pk
    assert done.done_at is not None
    assert not complete(actor=cast.reporter_benmau, key="test:1")
    assert Task.objects.get(key="test:1").done_by_id == who.pk
    give(cast)
    again = Task.objects.get(key="test:1")
    assert (again.done_at, again.done_by_id) == (None, None)


def test_all_that_hangs_on_a_record_is_closed_with_it(cast: Cast) -> None:
    record = hold(cast.recorder_benmau, cast.benmau, kind="briefing").record
    give(cast, "test:1", record_id=record.pk)
    give(cast, "test:2", record_id=record.pk)
    give(cast, "test:3")
    assert complete_for_record(actor=cast.recorder_benmau, record_id=record.pk) == 2
    assert complete_for_record(actor=cast.recorder_benmau, record_id=record.pk) == 0
    assert list(Task.objects.filter(done_at=None).values_list("key", flat=True)) == ["test:3"]
