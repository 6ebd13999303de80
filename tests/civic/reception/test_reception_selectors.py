"""Who reads receptions, and what citizens read of the schedule."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from danchu.civic.reception.models import ScheduleLine
from danchu.civic.reception.selectors import published_schedule, reception, receptions
from danchu.civic.reception.services import add_schedule_line, end_schedule_line
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR, declared_findables
from danchu.core.errors import NotFound
from danchu.core.records.services import cancel_record
from tests.cast import TODAY, Cast
from tests.civic.reception.test_reception_services import LINE
from tests.making import DAY, receive


def test_receptions_are_read_inside_and_hidden_from_everybody_else(cast: Cast) -> None:
    made = receive(cast.recorder_benmau, cast.benmau)
    address = made.record.public_id
    shown = declared_findables()["reception"].visible
    for viewer in (cast.recorder_benmau, cast.viewer_benmau, cast.viewer, cast.admin, OPERATOR):
        seen = reception(viewer, address)
        assert (seen.visits, seen.people, seen.written_by) == (12, 15, cast.recorder_benmau.name)
        assert receptions(viewer, unit_id=cast.benmau)[1] == 1
        assert shown(viewer, [made.pk]) == {
            made.pk: (
                "20/05/2026: Công chức tiếp công dân",
                f"/office/ghi-viec/tiep-cong-dan/{address}/",
            )
        }
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau, cast.village_head):
        with pytest.raises(NotFound) as hidden:
            reception(viewer, address)
        with pytest.raises(NotFound) as none:
            reception(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)
        assert receptions(viewer, unit_id=cast.benmau) == ([], 0)
        assert shown(viewer, [made.pk]) == {}


def test_the_list_is_newest_first_and_shows_what_was_cancelled(cast: Cast) -> None:
    writer = cast.recorder_benmau
    days = [DAY + dt.timedelta(n) for n in range(4)]
    made = [receive(writer, cast.benmau, on=day) for day in days]
    cancel_record(actor=writer, record_id=made[1].pk, reason="Nhập trùng", right="records.cancel")
    rows, total = receptions(writer, unit_id=cast.benmau, limit=3)
    assert total == 4
    assert [row.occurred_on for row in rows] == [days[3], days[2], days[1]]
    assert [(row.cancelled, row.cancel_reason) for row in rows][-1] == (True, "Nhập trùng")
    assert receptions(writer, unit_id=cast.benmau, start=days[1], end=days[2])[1] == 2
    assert [r.occurred_on for r in receptions(writer, unit_id=cast.benmau, offset=3)[0]] == [
        days[0]
    ]


def test_the_schedule_is_for_everybody_on_the_days_it_holds(cast: Cast) -> None:
    ScheduleLine.objects.all().delete()
    add_schedule_line(actor=cast.leader_benmau, unit_id=cast.benmau, content=LINE)
    every = replace(LINE, weeks=(), weekday=0, starts_at=dt.time(14), ends_at=dt.time(17))
    line = add_schedule_line(actor=cast.leader_benmau, unit_id=cast.benmau, content=every)
    monday, thursday = published_schedule(NOBODY, cast.benmau, TODAY)
    assert (monday.rule_vi, monday.hours) == ("Thứ Hai hằng tuần", "14 giờ đến 17 giờ")
    assert monday.rule_en == "Every Monday"
    assert (thursday.rule_vi, thursday.hours) == (
        "Thứ Năm tuần 1, 3 hằng tháng",
        "7 giờ 30 đến 11 giờ 30",
    )
    assert thursday.rule_en == "Thursday of week 1, 3 of the month"
    assert published_schedule(NOBODY, cast.caumau, TODAY) == []
    assert published_schedule(NOBODY, cast.benmau, TODAY - dt.timedelta(1)) == []
    with on_day(TODAY + dt.timedelta(5)):
        end_schedule_line(actor=cast.leader_benmau, line_id=line.pk)
    assert len(published_schedule(NOBODY, cast.benmau, TODAY + dt.timedelta(4))) == 2
    assert len(published_schedule(NOBODY, cast.benmau, TODAY + dt.timedelta(5))) == 1


def test_the_next_days_are_working_days_of_the_rule(cast: Cast) -> None:
    ScheduleLine.objects.all().delete()

    def days(weekday: int, weeks: tuple[int, ...], on: dt.date) -> list[str]:
        ScheduleLine.objects.all().delete()
        add_schedule_line(
            actor=OPERATOR,
            unit_id=cast.benmau,
            content=replace(LINE, weekday=weekday, weeks=weeks),
        )
        ScheduleLine.objects.update(valid_from=dt.date(2026, 1, 1))
        (line,) = published_schedule(NOBODY, cast.benmau, on)
        return [day.isoformat() for day in line.next_days]

    # From Wednesday 10/06/2026 on: the day itself counts when it is of the rule.
    assert days(2, (), TODAY) == ["2026-06-10", "2026-06-17"]
    assert days(3, (1, 3), TODAY) == ["2026-06-18", "2026-07-02"]
    # Wednesday 2/9 is National Day: nobody receives then.
    assert days(2, (1,), dt.date(2026, 9, 1)) == ["2026-10-07", "2026-11-04"]
    (line,) = published_schedule(NOBODY, cast.benmau, dt.date(2026, 9, 1))
    (skipped,) = line.days_off
    assert skipped[0] == dt.date(2026, 9, 2)
    assert skipped[1].vi.startswith("nghỉ lễ, tết: ")
    # The fifth Monday of a month comes seldom.
    assert days(0, (5,), TODAY) == ["2026-06-29"]
