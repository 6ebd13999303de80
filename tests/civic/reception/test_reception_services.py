"""Receptions as totals, and the schedule citizens read."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.civic.reception.models import Reception, ScheduleLine
from danchu.civic.reception.services import (
    ScheduleInput,
    add_schedule_line,
    correct_reception,
    end_schedule_line,
    record_reception,
)
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.records.services import cancel_record
from danchu.core.units.models import PublicVersion
from tests.cast import LAST_OLD_DAY, TODAY, Cast
from tests.making import DAY, cut_off, entries, receive, reception_input, refused

LINE = ScheduleInput(
    leader_post="Chủ tịch UBND xã",
    leader_name="Trần Mẫu Hòa",
    weekday=3,
    weeks=(3, 1, 1),
    starts_at=dt.time(7, 30),
    ends_at=dt.time(11, 30),
    place="Phòng tiếp công dân",
)


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.recorder_caumau,
        cast.village_head,
        cast.recorder_mautrung,
        cast.viewer_benmau,
        cast.reporter_benmau,
        cast.committee_minhhoa,
        cast.outsider,
        NOBODY,
    ]


def public_number(cast: Cast) -> int:
    return PublicVersion.objects.get(unit_id=cast.benmau).number


def test_the_recorder_writes_a_reception_once_and_nobody_else(cast: Cast) -> None:
    given = {
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "content": reception_input(),
        "client_key": uuid.uuid4(),
    }
    for stranger in strangers(cast):
        refused(NotAllowed, record_reception, actor=stranger, **given)
    made = record_reception(actor=cast.recorder_benmau, **given)
    assert (made.visits, made.people, made.matters, made.mass_groups) == (12, 15, 9, 1)
    assert (made.record.kind, made.record.occurred_on, made.record.visibility) == (
        "reception",
        DAY,
        "internal",
    )
    assert entries("reception.recorded")[-1].record_id == made.pk
    assert record_reception(actor=cast.recorder_benmau, **given).pk == made.pk
    assert Reception.objects.count() == 1
    refused(
        Conflict,
        record_reception,
        actor=cast.recorder_benmau,
        **{**given, "unit_id": cast.maulai},
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"form": "daily"}, "form"),
        ({"receiver": ""}, "receiver"),
        ({"receiver_post": ""}, "receiver_post"),
        ({"receiver_post": "x" * 161}, "receiver_post"),
        ({"place": "x" * 201}, "place"),
        ({"visits": None}, "visits"),
        ({"visits": -1}, "visits"),
        ({"visits": 100_001}, "visits"),
        ({"visits": 0, "people": 3, "mass_groups": 0}, "visits"),
        ({"visits": 0, "people": None, "mass_groups": 1}, "visits"),
        ({"people": 1.5}, "people"),
        ({"matters": True}, "matters"),
        ({"mass_groups": None}, "mass_groups"),
        ({"note": "x" * 5001}, "note"),
        ({"note": 3}, "note"),
    ],
)
def test_what_a_reception_cannot_say_is_refused_by_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    refusal = refused(
        BadInput,
        record_reception,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=reception_input(**changes),
    )
    assert refusal.field == field


@pytest.mark.parametrize("day", [None, TODAY + dt.timedelta(1), LAST_OLD_DAY, "2026-05-20"])
def test_a_reception_is_of_a_day_that_has_come_and_on_which_the_unit_stood(
    cast: Cast, day: Any
) -> None:
    refusal = refused(
        BadInput,
        record_reception,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=day,
        content=reception_input(),
    )
    assert refusal.field == "occurred_on"


def test_what_was_not_counted_stays_uncounted_and_counts_are_never_ordered(cast: Cast) -> None:
    made = receive(cast.recorder_benmau, cast.benmau, visits=3, people=None, matters=None)
    assert (made.people, made.matters) == (None, None)
    # One group of forty is one visit; forty visits may be of three persons.
    receive(cast.recorder_benmau, cast.benmau, visits=1, people=40, matters=0, mass_groups=1)
    receive(cast.recorder_benmau, cast.benmau, visits=40, people=3, matters=60)
    # A day on which nobody came is a day of reception all the same.
    receive(cast.recorder_benmau, cast.benmau, visits=0, people=0, matters=0, mass_groups=0)
    assert Reception.objects.count() == 4


def test_a_correction_keeps_what_stood_before_and_folds_both_days(cast: Cast) -> None:
    made = receive(cast.recorder_benmau, cast.benmau)
    day = DAY + dt.timedelta(1)
    given = {
        "record_id": made.pk,
        "version": 1,
        "occurred_on": day,
        "content": reception_input(visits=13, note="Đếm lại"),
        "reason": "Đếm sót một lượt",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, correct_reception, actor=stranger, **given)
    writer = cast.recorder_benmau
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"occurred_on": TODAY + dt.timedelta(1)}, "occurred_on"),
        ({"occurred_on": LAST_OLD_DAY}, "occurred_on"),
        ({"content": reception_input(visits=-1)}, "visits"),
    ):
        refusal = refused(BadInput, correct_reception, actor=writer, **{**given, **wrong})
        assert refusal.field == field
    refused(Conflict, correct_reception, actor=writer, **{**given, "version": 0})
    refused(NotFound, correct_reception, actor=writer, **{**given, "record_id": 10**9})
    Message.objects.all().delete()
    correct_reception(actor=writer, **given)
    made.refresh_from_db()
    record = Record.objects.get(pk=made.pk)
    assert (made.visits, made.note, record.version, record.occurred_on) == (13, "Đếm lại", 2, day)
    kept = RecordVersion.objects.get()
    assert (kept.content["visits"], kept.content["occurred_on"], kept.reason) == (
        12,
        DAY.isoformat(),
        "Đếm sót một lượt",
    )
    assert set(Message.objects.values_list("day", flat=True)) == {DAY, day}
    assert entries("reception.corrected")[-1].record_id == made.pk
    cancel_record(actor=writer, record_id=made.pk, reason="Nhập trùng", right="records.cancel")
    refused(NotFound, correct_reception, actor=writer, **{**given, "version": 2})


def test_the_schedule_is_set_by_who_edits_the_unit_and_shown_at_once(cast: Cast) -> None:
    given = {"unit_id": cast.benmau, "content": LINE}
    for stranger in [
        *strangers(cast),
        cast.recorder_benmau,
        cast.leader_caumau,
    ]:
        refused(NotAllowed, add_schedule_line, actor=stranger, **given)
    number = public_number(cast)
    line = add_schedule_line(actor=cast.leader_benmau, **given)
    assert (line.weeks, line.valid_from, line.valid_to) == ("1,3", TODAY, None)
    assert public_number(cast) == number + 1
    assert entries("reception.schedule_added")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"leader_post": ""}, "leader_post"),
        ({"leader_name": "x" * 121}, "leader_name"),
        ({"place": ""}, "place"),
        ({"weekday": 7}, "weekday"),
        ({"weekday": -1}, "weekday"),
        ({"weeks": (0,)}, "weeks"),
        ({"weeks": (6,)}, "weeks"),
        ({"ends_at": dt.time(7, 30)}, "ends_at"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    from dataclasses import replace

    refusal = refused(
        BadInput,
        add_schedule_line,
        actor=cast.leader_benmau,
        unit_id=cast.benmau,
        content=replace(LINE, **changes),
    )
    assert refusal.field == field


def test_a_line_taken_off_stays_known_for_the_days_it_stood(cast: Cast) -> None:
    line = add_schedule_line(actor=cast.leader_benmau, unit_id=cast.benmau, content=LINE)
    day = TODAY + dt.timedelta(30)
    for stranger in [*strangers(cast), cast.recorder_benmau, cast.leader_caumau]:
        refused(NotAllowed, end_schedule_line, actor=stranger, line_id=line.pk)
    with on_day(day):
        refused(NotFound, end_schedule_line, actor=cast.leader_benmau, line_id=10**9)
        number = public_number(cast)
        end_schedule_line(actor=cast.leader_benmau, line_id=line.pk)
        assert public_number(cast) == number + 1
        refused(NotFound, end_schedule_line, actor=cast.leader_benmau, line_id=line.pk)
    line.refresh_from_db()
    assert line.valid_to == day - dt.timedelta(1)
    assert ScheduleLine.objects.filter(pk=line.pk).exists()
    assert entries("reception.schedule_ended")


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = receive(cast.recorder_benmau, cast.benmau)
    line = add_schedule_line(actor=cast.leader_benmau, unit_id=cast.benmau, content=LINE)
    recorder, leader = cast.recorder_benmau, cast.leader_benmau
    correction = {
        "record_id": made.pk,
        "version": 1,
        "occurred_on": DAY,
        "content": reception_input(visits=99),
        "reason": "Đếm lại",
    }
    record = {"unit_id": cast.benmau, "occurred_on": DAY, "content": reception_input()}
    cut_off(monkeypatch, record_reception, actor=recorder, **record)
    cut_off(monkeypatch, correct_reception, actor=recorder, **correction)
    cut_off(monkeypatch, add_schedule_line, actor=leader, unit_id=cast.benmau, content=LINE)
    cut_off(monkeypatch, end_schedule_line, actor=leader, line_id=line.pk)
    made.refresh_from_db()
    line.refresh_from_db()
    assert (made.visits, line.valid_to) == (12, None)
    assert Record.objects.get(pk=made.pk).version == 1
