"""Việc khác: a number of something done on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.civic.otherwork.models import OtherWork
from danchu.civic.otherwork.services import MOST, correct_other_work, record_other_work
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.records.services import cancel_record
from tests.cast import LAST_OLD_DAY, TODAY, Cast
from tests.making import DAY, cut_off, entries, refused, work, work_input


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.recorder_caumau,
        cast.village_head,
        cast.workplace_officer,
        cast.recorder_mautrung,
        cast.viewer_benmau,
        cast.reporter_benmau,
        cast.committee_minhhoa,
        cast.outsider,
        NOBODY,
    ]


def test_the_recorder_writes_work_once_and_nobody_else(cast: Cast) -> None:
    given = {
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "content": work_input(),
        "client_key": uuid.uuid4(),
    }
    for stranger in strangers(cast):
        refused(NotAllowed, record_other_work, actor=stranger, **given)
    made = record_other_work(actor=cast.recorder_benmau, **given)
    assert (made.kind, made.number, made.people, made.base_kind) == (
        "trainings_held",
        2,
        70,
        "commune",
    )
    assert (made.record.kind, made.record.unit_id) == ("otherwork", cast.benmau)
    assert entries("otherwork.recorded")[-1].record_id == made.pk
    assert record_other_work(actor=cast.recorder_benmau, **given).pk == made.pk
    assert OtherWork.objects.count() == 1
    # Whoever works for a unit below writes for that unit only.
    assert work(cast.workplace_officer, cast.workplace, base_kind="workplace").pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "no_such_key"}, "kind"),
        ({"kind": "opinions_received"}, "kind"),  # has a package of its own
        ({"number": None}, "number"),
        ({"number": -1}, "number"),
        ({"number": MOST + 1}, "number"),
        ({"number": 2.0}, "number"),
        ({"number": "2"}, "number"),
        ({"people": -1}, "people"),
        ({"base_kind": "village"}, "base_kind"),
        ({"place": "x" * 201}, "place"),
        ({"note": "x" * 5001}, "note"),
    ],
)
def test_what_work_cannot_say_is_refused_by_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    refusal = refused(
        BadInput,
        record_other_work,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=work_input(**changes),
    )
    assert refusal.field == field


@pytest.mark.parametrize("day", [None, TODAY + dt.timedelta(1), LAST_OLD_DAY])
def test_work_is_of_a_day_that_has_come_and_on_which_the_unit_stood(cast: Cast, day: Any) -> None:
    refusal = refused(
        BadInput,
        record_other_work,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=day,
        content=work_input(),
    )
    assert refusal.field == "occurred_on"


def test_the_largest_number_is_kept_whole(cast: Cast) -> None:
    made = work(cast.recorder_benmau, cast.benmau, kind="contributions_vnd", number=MOST)
    made.refresh_from_db()
    assert made.number == MOST
    assert work(cast.recorder_benmau, cast.benmau, number=0).number == 0


def test_a_correction_keeps_what_stood_before_and_folds_both_days(cast: Cast) -> None:
    made = work(cast.recorder_benmau, cast.benmau)
    day = DAY + dt.timedelta(1)
    given = {
        "record_id": made.pk,
        "version": 1,
        "occurred_on": day,
        "content": work_input(kind="documents_issued", number=5, people=None),
        "reason": "Sai loại việc",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, correct_other_work, actor=stranger, **given)
    writer = cast.recorder_benmau
    assert refused(
        BadInput, correct_other_work, actor=writer, **{**given, "reason": "x" * 501}
    ).field == ("reason")
    refused(Conflict, correct_other_work, actor=writer, **{**given, "version": 2})
    refused(NotFound, correct_other_work, actor=writer, **{**given, "record_id": 10**9})
    Message.objects.all().delete()
    correct_other_work(actor=writer, **given)
    made.refresh_from_db()
    assert (made.kind, made.number, made.people) == ("documents_issued", 5, None)
    record = Record.objects.get(pk=made.pk)
    assert (record.version, record.occurred_on) == (2, day)
    kept = RecordVersion.objects.get()
    assert (kept.content["kind"], kept.content["number"], kept.content["people"]) == (
        "trainings_held",
        2,
        70,
    )
    assert kept.content["occurred_on"] == DAY.isoformat()
    assert set(Message.objects.values_list("day", flat=True)) == {DAY, day}
    assert entries("otherwork.corrected")[-1].record_id == made.pk
    cancel_record(actor=writer, record_id=made.pk, reason="Nhập trùng", right="records.cancel")
    refused(NotFound, correct_other_work, actor=writer, **{**given, "version": 2})


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = work(cast.recorder_benmau, cast.benmau)
    cut_off(
        monkeypatch,
        record_other_work,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=work_input(),
    )
    cut_off(
        monkeypatch,
        correct_other_work,
        actor=cast.recorder_benmau,
        record_id=made.pk,
        version=1,
        occurred_on=DAY,
        content=work_input(number=9),
        reason="Đếm lại",
    )
    made.refresh_from_db()
    assert (made.number, Record.objects.get(pk=made.pk).version) == (2, 1)
