"""Minutes: written once, corrected in versions, published, cancelled with their opinions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.civic.dialogue.models import Dialogue, Opinion
from danchu.civic.dialogue.services import (
    answer_opinion,
    cancel_dialogue,
    correct_dialogue,
    publish_result,
    record_dialogue,
    take_up_opinion,
)
from danchu.civic.dialogue.services.inputs import MOST_OPINIONS
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.units.models import PublicVersion
from danchu.core.work.models import Task
from tests.cast import CHANGE, LAST_OLD_DAY, TODAY, Cast
from tests.making import DAY, cut_off, dialogue_input, entries, hold, opinion_input, refused


def strangers(cast: Cast) -> list[Any]:
    """Who may not write for Bến Mẫu: another unit, role or province, and nobody."""
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


def public_number(unit_id: int) -> int:
    return getattr(PublicVersion.objects.filter(unit_id=unit_id).first(), "number", 0)


def publication_task(dialogue: Dialogue) -> Task:
    return Task.objects.get(key=f"dialogue.publish:{dialogue.pk}")


def test_the_recorder_of_the_unit_writes_minutes_and_nobody_else(cast: Cast) -> None:
    given = {
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "content": dialogue_input("Mương bị lấp.", opinion_input(text="Đèn đường hỏng.")),
    }
    for stranger in strangers(cast):
        refused(NotAllowed, record_dialogue, actor=stranger, **given)
    number = public_number(cast.benmau)
    made = record_dialogue(actor=cast.recorder_benmau, **given)
    assert (made.record.kind, made.record.unit_id, made.record.occurred_on) == (
        "dialogue",
        cast.benmau,
        DAY,
    )
    assert made.record.visibility == Record.Visibility.INTERNAL
    assert made.record.author_id == cast.recorder_benmau.pk
    opinions = list(made.opinions.select_related("record").order_by("order"))
    assert [o.text for o in opinions] == ["Mương bị lấp.", "Đèn đường hỏng."]
    assert {(o.record.kind, o.record.unit_id, o.record.occurred_on) for o in opinions} == {
        ("opinion", cast.benmau, DAY)
    }
    # Each opinion has its own proof.
    assert [e.record_id for e in entries("opinion.recorded")] == [o.pk for o in opinions]
    entry = entries("dialogue.recorded")[-1]
    assert (entry.record_id, entry.account_id) == (made.pk, cast.recorder_benmau.pk)
    assert public_number(cast.benmau) == number


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "x" * 301}, "topic"),
        ({"topic": 7}, "topic"),
        ({"place": " "}, "place"),
        ({"chair_post": "x" * 161}, "chair_post"),
        ({"kind": "party"}, "kind"),
        ({"base_kind": None}, "base_kind"),
        ({"participants": -1}, "participants"),
        ({"participants": 2.5}, "participants"),
        ({"participants": 10**12}, "participants"),
        ({"result_summary": "x" * 10_001}, "result_summary"),
    ],
)
def test_what_minutes_cannot_say_is_refused_by_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    refusal = refused(
        BadInput,
        record_dialogue,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=dialogue_input(**changes),
    )
    assert refusal.field == field


@pytest.mark.parametrize(
    "day", [None, TODAY + dt.timedelta(1), LAST_OLD_DAY, dt.date(1997, 1, 1), "2026-05-20"]
)
def test_minutes_are_of_a_day_that_has_come_and_on_which_the_unit_stood(
    cast: Cast, day: Any
) -> None:
    refusal = refused(
        BadInput,
        record_dialogue,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=day,
        content=dialogue_input(),
    )
    assert refusal.field == "occurred_on"


def test_the_first_and_the_last_day_of_a_unit_belong_to_it(cast: Cast) -> None:
    who = cast.recorder_benmau
    assert hold(who, cast.benmau, on=CHANGE).record.occurred_on == CHANGE
    # What the old commune did is written on it by those who answer for it now.
    assert hold(who, cast.old_benmau, on=LAST_OLD_DAY).record.unit_id == cast.old_benmau
    assert hold(who, cast.benmau, on=TODAY).record.occurred_on == TODAY
    refused(
        BadInput,
        record_dialogue,
        actor=who,
        unit_id=cast.old_benmau,
        occurred_on=CHANGE,
        content=dialogue_input(),
    )


def test_a_wrong_opinion_is_named_by_its_place_and_nothing_is_kept(cast: Cast) -> None:
    for wrong, field in (
        (opinion_input(text=""), "opinions-1-text"),
        (opinion_input(field="weather"), "opinions-1-field"),
        (opinion_input(due_on=DAY - dt.timedelta(1)), "opinions-1-due_on"),
        (opinion_input(taken_up_on=DAY - dt.timedelta(1)), "opinions-1-taken_up_on"),
        (opinion_input(taken_up_on=TODAY + dt.timedelta(1)), "opinions-1-taken_up_on"),
        (opinion_input(within_competence="no"), "opinions-1-within_competence"),
    ):
        refusal = refused(
            BadInput,
            record_dialogue,
            actor=cast.recorder_benmau,
            unit_id=cast.benmau,
            occurred_on=DAY,
            content=dialogue_input("Một ý kiến đúng.", wrong),
        )
        assert refusal.field == field
    refused(
        BadInput,
        record_dialogue,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=dialogue_input(*["Một ý kiến."] * (MOST_OPINIONS + 1)),
    )


def test_sending_twice_makes_one(cast: Cast) -> None:
    key = uuid.uuid4()
    given = {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "content": dialogue_input("Mương bị lấp."),
        "client_key": key,
    }
    first = record_dialogue(**given)
    number = len(entries())
    assert record_dialogue(**given).pk == first.pk
    assert (Dialogue.objects.count(), Opinion.objects.count()) == (1, 1)
    assert len(entries()) == number
    # The same key for another unit is a mistake, never a silent success.
    refused(Conflict, record_dialogue, **{**given, "unit_id": cast.maulai})
    # Nor is another meeting taken for the first, which going back in the browser would send.
    for other in (dialogue_input("Đèn đường hỏng."), dialogue_input("Mương bị lấp.", topic="Khác")):
        again = refused(Conflict, record_dialogue, **{**given, "content": other})
        assert again.code == "sent_before"
    later = {**given, "occurred_on": DAY + dt.timedelta(1)}
    assert refused(Conflict, record_dialogue, **later).code == "sent_before"
    assert Dialogue.objects.count() == 1


def test_a_result_is_to_be_published_and_each_opinion_answered(cast: Cast) -> None:
    due = DAY + dt.timedelta(30)
    made = hold(
        cast.recorder_benmau, cast.benmau, "Mương bị lấp.", opinion_input(due_on=due), on=DAY
    )
    task = publication_task(made)
    assert task.done_at is None
    assert task.due_on is not None
    assert DAY < task.due_on <= DAY + dt.timedelta(20)
    assert "43" in task.basis
    assert task.path == f"/office/ghi-viec/doi-thoai/{made.record.public_id}/"
    answers = Task.objects.filter(kind="opinion.answer").order_by("record_id")
    assert [t.due_on for t in answers] == [None, due]
    # A briefing has nothing to publish.
    briefing = hold(cast.recorder_benmau, cast.benmau, kind="briefing")
    assert not Task.objects.filter(key=f"dialogue.publish:{briefing.pk}").exists()


def test_a_correction_keeps_what_stood_before(cast: Cast) -> None:
    made = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    given = {
        "record_id": made.pk,
        "version": 1,
        "occurred_on": DAY + dt.timedelta(1),
        "content": dialogue_input(topic="Đối thoại về đất đai", participants=90, public=True),
        "reason": "Ghi nhầm ngày",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, correct_dialogue, actor=stranger, **given)
    writer = cast.recorder_benmau
    assert refused(BadInput, correct_dialogue, actor=writer, **{**given, "reason": " "}).field == (
        "reason"
    )
    refused(Conflict, correct_dialogue, actor=writer, **{**given, "version": 2})
    before = {**given, "occurred_on": LAST_OLD_DAY}
    assert refused(BadInput, correct_dialogue, actor=writer, **before).field == "occurred_on"
    refused(NotFound, correct_dialogue, actor=writer, **{**given, "record_id": made.pk + 10_000})
    Message.objects.all().delete()
    correct_dialogue(actor=writer, **given)

    record = Record.objects.get(pk=made.pk)
    assert (record.version, record.occurred_on, record.visibility) == (
        2,
        DAY + dt.timedelta(1),
        "public",
    )
    version = RecordVersion.objects.get(record=record)
    assert (version.number, version.reason, version.changed_by_id) == (
        1,
        "Ghi nhầm ngày",
        writer.pk,
    )
    assert version.content["topic"] == "Đối thoại về vệ sinh môi trường"
    assert version.content["occurred_on"] == DAY.isoformat()
    assert version.content["participants"] == 86
    assert version.content["visibility"] == "internal"
    # Its opinions go with it, and both days are folded again.
    opinion = made.opinions.get().record
    assert (opinion.occurred_on, opinion.visibility) == (record.occurred_on, "public")
    assert set(Message.objects.values_list("day", flat=True)) == {DAY, DAY + dt.timedelta(1)}
    assert entries("dialogue.corrected")[-1].record_id == made.pk
    # Whoever still looks at the first version is told.
    refused(Conflict, correct_dialogue, actor=writer, **given)


def test_a_correction_of_the_minutes_leaves_the_published_result(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, "Mương bị lấp.")
    publish_result(actor=writer, record_id=made.pk, on=DAY, summary="Đã khơi mương.")
    correct_dialogue(
        actor=writer,
        record_id=made.pk,
        version=2,
        occurred_on=DAY,
        content=dialogue_input(topic="Tên đúng", public=True),
        reason="Sai tên",
    )
    made.refresh_from_db()
    assert (made.topic, made.result_summary) == ("Tên đúng", "Đã khơi mương.")


def test_minutes_cannot_move_behind_what_followed_from_them(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, opinion_input(taken_up_on=DAY + dt.timedelta(2)), on=DAY)
    given = {"actor": writer, "record_id": made.pk, "version": 1, "reason": "Ghi nhầm ngày"}
    content = dialogue_input()
    late = DAY + dt.timedelta(3)
    refusal = refused(BadInput, correct_dialogue, occurred_on=late, content=content, **given)
    assert refusal.field == "occurred_on"
    assert "22/05/2026" in refusal.vi
    moved = correct_dialogue(occurred_on=DAY + dt.timedelta(2), content=content, **given)
    assert moved.record.occurred_on == DAY + dt.timedelta(2)


def test_a_published_result_shows_the_minutes_and_closes_the_task(cast: Cast) -> None:
    made = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    given = {"record_id": made.pk, "on": DAY + dt.timedelta(5), "summary": "Đã khơi mương."}
    for stranger in strangers(cast):
        refused(NotAllowed, publish_result, actor=stranger, **given)
    writer = cast.recorder_benmau
    for wrong, field in (
        ({"on": DAY - dt.timedelta(1)}, "on"),
        ({"on": TODAY + dt.timedelta(1)}, "on"),
        ({"on": None}, "on"),
        ({"summary": " "}, "summary"),
        ({"summary": "x" * 10_001}, "summary"),
    ):
        assert refused(BadInput, publish_result, actor=writer, **{**given, **wrong}).field == field
    number = public_number(cast.benmau)
    publish_result(actor=writer, **given)
    made.refresh_from_db()
    assert (made.result_published_on, made.result_summary) == (given["on"], "Đã khơi mương.")
    assert Record.objects.get(pk=made.pk).visibility == "public"
    assert made.opinions.get().record.visibility == "public"
    assert publication_task(made).done_by_id == writer.pk
    assert public_number(cast.benmau) > number
    assert not RecordVersion.objects.exists()
    # Published again, the first result is kept.
    publish_result(actor=writer, **{**given, "summary": "Đã khơi 120 m mương."})
    version = RecordVersion.objects.get()
    assert version.content["result_summary"] == "Đã khơi mương."
    assert version.content["result_published_on"] == given["on"].isoformat()
    assert len(entries("dialogue.result_published")) == 2


def test_cancelled_minutes_stay_with_their_reason_and_take_their_opinions_along(
    cast: Cast,
) -> None:
    writer = cast.recorder_benmau
    up, down = DAY + dt.timedelta(1), DAY + dt.timedelta(4)
    made = hold(writer, cast.benmau, opinion_input(taken_up_on=up), "Đèn đường hỏng.", public=True)
    first = made.opinions.select_related("record").order_by("order")[0]
    answer_opinion(
        actor=writer,
        opinion_id=first.pk,
        version=first.record.version,
        on=down,
        outcome="accepted",
        answer="Đã khơi.",
    )
    given = {"record_id": made.pk, "reason": "Nhập trùng"}
    for stranger in strangers(cast):
        refused(NotAllowed, cancel_dialogue, actor=stranger, **given)
    for wrong in ("", "x" * 501):
        refusal = refused(BadInput, cancel_dialogue, actor=writer, **{**given, "reason": wrong})
        assert refusal.field == "reason"
    Message.objects.all().delete()
    number = public_number(cast.benmau)
    cancel_dialogue(actor=cast.leader_benmau, **given)  # a leader may cancel, not write

    states = set(Record.objects.values_list("state", "cancel_reason"))
    assert states == {("cancelled", "Nhập trùng")}
    assert not Task.objects.filter(done_at=None).exists()
    assert set(Message.objects.values_list("day", flat=True)) == {DAY, up, down}
    assert public_number(cast.benmau) > number
    assert len(entries("record.cancelled")) == 3
    # It is gone for everything else.
    refused(NotFound, cancel_dialogue, actor=writer, **given)
    refused(NotFound, publish_result, actor=writer, record_id=made.pk, on=DAY, summary="x")
    refused(
        NotFound,
        take_up_opinion,
        actor=writer,
        opinion_id=first.pk,
        version=9,
        on=DAY,
        assigned_to="x",
    )


def test_a_correction_of_the_kind_follows_the_duty(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau)
    given = {"actor": writer, "record_id": made.pk, "occurred_on": DAY, "reason": "Sai loại"}
    correct_dialogue(version=1, content=dialogue_input(kind="briefing"), **given)
    assert publication_task(made).done_at is not None
    correct_dialogue(version=2, content=dialogue_input(), **given)
    assert publication_task(made).done_at is None


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, "Mương bị lấp.")
    correction = {
        "record_id": made.pk,
        "version": 1,
        "occurred_on": DAY,
        "content": dialogue_input(topic="Khác"),
        "reason": "Sai tên",
    }
    for call, given in (
        (
            record_dialogue,
            {"unit_id": cast.benmau, "occurred_on": DAY, "content": dialogue_input("Một.")},
        ),
        (correct_dialogue, correction),
        (publish_result, {"record_id": made.pk, "on": DAY, "summary": "Đã khơi."}),
        (cancel_dialogue, {"record_id": made.pk, "reason": "Nhập trùng"}),
    ):
        cut_off(monkeypatch, call, actor=writer, **given)
    made.refresh_from_db()
    record = Record.objects.get(pk=made.pk)
    assert (made.topic, made.result_summary) == ("Đối thoại về vệ sinh môi trường", "")
    assert (record.version, record.state, record.visibility) == (1, "recorded", "internal")
    correct_dialogue(actor=writer, **correction)  # and the same goes through afterwards
    assert entries()
