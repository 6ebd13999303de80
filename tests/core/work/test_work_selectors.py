"""The list behind "việc hôm nay": most urgent first, for those whose work it is."""

from __future__ import annotations

import datetime as dt

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.work.selectors import open_tasks
from danchu.core.work.services import assign, complete
from tests.cast import TODAY, Cast


def give(cast: Cast, key: str, due: dt.date | None, **more: object) -> None:
    assign(
        key=key,
        unit_id=cast.benmau,
        kind="test",
        title=key,
        starts_on=TODAY,
        due_on=due,
        **more,
    )


def test_the_most_urgent_stands_first_and_what_is_done_is_gone(cast: Cast) -> None:
    give(cast, "no day", None)
    give(cast, "tomorrow", TODAY + dt.timedelta(1), owner_id=cast.reporter_benmau.pk)
    give(cast, "late", TODAY - dt.timedelta(3))
    give(cast, "done", TODAY - dt.timedelta(9))
    complete(actor=cast.recorder_benmau, key="done")
    found = open_tasks(cast.recorder_benmau, cast.benmau, TODAY)
    assert [task.title for task in found] == ["late", "tomorrow", "no day"]
    assert [task.days_late for task in found] == [3, -1, 0]
    assert [task.owner_name for task in found] == ["", cast.reporter_benmau.name, ""]
    assert [t.title for t in open_tasks(OPERATOR, cast.benmau, TODAY, limit=1)] == ["late"]


def test_a_neighbour_and_the_public_see_no_task(cast: Cast) -> None:
    give(cast, "one", TODAY)
    for viewer in (cast.viewer_benmau, cast.leader_benmau, cast.committee_minhhoa):
        assert len(open_tasks(viewer, cast.benmau, TODAY)) == 1
    for viewer in (
        NOBODY,
        cast.outsider,
        cast.recorder_caumau,
        cast.village_head,
        cast.committee_maunguyen,
    ):
        assert open_tasks(viewer, cast.benmau, TODAY) == []
