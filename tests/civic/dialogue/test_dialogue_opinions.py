"""The chain of an opinion: said, taken up, answered; corrected in versions, never lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.civic.dialogue.models import Opinion
from danchu.civic.dialogue.services import (
    add_opinion,
    answer_opinion,
    correct_opinion,
    opinions,
    take_up_opinion,
)
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.units.models import PublicVersion
from danchu.core.work.models import Task
from tests.cast import TODAY, Cast
from tests.making import DAY, cut_off, entries, hold, opinion_input, refused

LATER = DAY + dt.timedelta(3)


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.recorder_caumau,
        cast.village_head,
        cast.recorder_mautrung,
        cast.viewer_benmau,
        cast.reporter_benmau,
        cast.leader_benmau,
        cast.committee_minhhoa,
        cast.outsider,
        NOBODY,
    ]


def said(cast: Cast, *, on: dt.date = DAY, **changes: Any) -> Opinion:
    """One opinion of minutes of Bến Mẫu."""
    minutes = hold(cast.recorder_benmau, cast.benmau, opinion_input(**changes), on=on)
    opinion = minutes.opinions.select_related("record").get()
    Message.objects.all().delete()
    return opinion


def again(opinion: Opinion) -> Opinion:
    return Opinion.objects.select_related("record").get(pk=opinion.pk)


def days() -> set[dt.date]:
    return set(Message.objects.values_list("day", flat=True))


def task_of(opinion: Opinion) -> Task:
    return Task.objects.get(key=f"opinion.answer:{opinion.pk}")


def test_an_opinion_is_added_to_its_minutes_once(cast: Cast) -> None:
    minutes = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.", public=True)
    Message.objects.all().delete()
    given = {
        "record_id": minutes.pk,
        "content": opinion_input(text="Đèn đường hỏng.", taken_up_on=LATER),
        "client_key": uuid.uuid4(),
    }
    for stranger in strangers(cast):
        refused(NotAllowed, add_opinion, actor=stranger, **given)
    writer = cast.recorder_benmau
    wrong = {**given, "content": opinion_input(text="")}
    assert refused(BadInput, add_opinion, actor=writer, **wrong).field == "text"
    refused(NotFound, add_opinion, actor=writer, **{**given, "record_id": 10**9})
    number = PublicVersion.objects.get(unit_id=cast.benmau).number
    made = add_opinion(actor=writer, **given)
    assert (made.order, made.record.occurred_on, made.record.visibility) == (2, DAY, "public")
    assert days() == {DAY, LATER}
    assert task_of(made).path.endswith("#y-kien-2")
    assert PublicVersion.objects.get(unit_id=cast.benmau).number > number
    assert entries("opinion.recorded")[-1].record_id == made.pk
    # Sent twice it stays one, and the form of one meeting does not serve another.
    assert add_opinion(actor=writer, **given).pk == made.pk
    another = {**given, "content": opinion_input(text="Cầu hỏng.")}
    assert refused(Conflict, add_opinion, actor=writer, **another).code == "sent_before"
    assert minutes.opinions.count() == 2
    # So it stays when it was corrected meanwhile: compared is what the form said.
    better = opinion_input(text="Đèn đường cuối xóm hỏng.")
    correct_opinion(actor=writer, opinion_id=made.pk, version=1, content=better, reason="Rõ hơn")
    assert add_opinion(actor=writer, **given).pk == made.pk
    assert refused(Conflict, add_opinion, actor=writer, **{**given, "content": better})
    other = hold(writer, cast.benmau, topic="Buổi khác")
    refused(Conflict, add_opinion, actor=writer, **{**given, "record_id": other.pk})


def test_minutes_hold_so_many_opinions_and_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinions, "MOST_OPINIONS", 2)
    minutes = hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.")
    refused(
        BadInput,
        add_opinion,
        actor=cast.recorder_benmau,
        record_id=minutes.pk,
        content=opinion_input(),
    )


def test_taking_up_names_the_office_and_counts_on_its_day(cast: Cast) -> None:
    opinion = said(cast, due_on=DAY + dt.timedelta(20))
    given = {
        "opinion_id": opinion.pk,
        "version": 1,
        "on": LATER,
        "assigned_to": "Phòng Kinh tế",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, take_up_opinion, actor=stranger, **given)
    writer = cast.recorder_benmau
    for wrong, field in (
        ({"on": None}, "on"),
        ({"on": DAY - dt.timedelta(1)}, "on"),
        ({"on": TODAY + dt.timedelta(1)}, "on"),
        ({"assigned_to": " "}, "assigned_to"),
        ({"assigned_to": "x" * 161}, "assigned_to"),
        ({"due_on": DAY - dt.timedelta(1)}, "due_on"),
        ({"due_on": "2026-06-01"}, "due_on"),
    ):
        assert refused(BadInput, take_up_opinion, actor=writer, **{**given, **wrong}).field == field
    refused(Conflict, take_up_opinion, actor=writer, **{**given, "version": 2})
    refused(NotFound, take_up_opinion, actor=writer, **{**given, "opinion_id": 10**9})
    take_up_opinion(actor=writer, **given)
    found = again(opinion)
    assert (found.taken_up_on, found.assigned_to, found.record.version) == (
        LATER,
        "Phòng Kinh tế",
        2,
    )
    assert found.due_on == DAY + dt.timedelta(20)  # what was promised to the meeting stands
    assert task_of(opinion).due_on == found.due_on
    assert days() == {LATER}
    assert entries("opinion.taken_up")[-1].record_id == opinion.pk


def test_taking_up_again_keeps_who_had_it_before(cast: Cast) -> None:
    opinion = said(cast, assigned_to="Văn phòng", taken_up_on=DAY)
    take_up_opinion(
        actor=cast.recorder_benmau,
        opinion_id=opinion.pk,
        version=1,
        on=LATER,
        assigned_to="Phòng Kinh tế",
        due_on=DAY + dt.timedelta(30),
    )
    kept = RecordVersion.objects.get(record_id=opinion.pk)
    assert (kept.number, kept.content["assigned_to"], kept.content["taken_up_on"]) == (
        1,
        "Văn phòng",
        DAY.isoformat(),
    )
    assert again(opinion).record.version == 2
    # On the day after the promised one it is overdue, and the figures say so.
    assert days() == {DAY, LATER, DAY + dt.timedelta(31)}
    assert task_of(opinion).due_on == DAY + dt.timedelta(30)


def test_what_is_outside_competence_is_transferred_and_not_taken_up(cast: Cast) -> None:
    opinion = said(cast, within_competence=False, taken_up_on=LATER)
    assert opinion.taken_up_on is None
    writer = cast.recorder_benmau
    refused(
        Conflict,
        take_up_opinion,
        actor=writer,
        opinion_id=opinion.pk,
        version=1,
        on=LATER,
        assigned_to="Phòng Kinh tế",
    )
    answer_opinion(
        actor=writer,
        opinion_id=opinion.pk,
        version=1,
        on=LATER,
        outcome="transferred",
        answer="Đã chuyển công ty cấp nước.",
    )
    found = again(opinion)
    assert (found.taken_up_on, found.answered_on, found.outcome) == (None, LATER, "transferred")


def test_an_answer_counts_on_its_day_and_closes_the_task(cast: Cast) -> None:
    opinion = said(cast)
    given = {
        "opinion_id": opinion.pk,
        "version": 1,
        "on": LATER,
        "outcome": "accepted",
        "answer": "Đã khơi mương.",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, answer_opinion, actor=stranger, **given)
    writer = cast.recorder_benmau
    for wrong, field in (
        ({"on": None}, "on"),
        ({"on": DAY - dt.timedelta(1)}, "on"),
        ({"on": TODAY + dt.timedelta(1)}, "on"),
        ({"outcome": "ignored"}, "outcome"),
        ({"answer": "  "}, "answer"),
        ({"answer": "x" * 10_001}, "answer"),
    ):
        assert refused(BadInput, answer_opinion, actor=writer, **{**given, **wrong}).field == field
    refused(Conflict, answer_opinion, actor=writer, **{**given, "version": 7})
    answer_opinion(actor=writer, **given)
    found = again(opinion)
    assert (found.answered_on, found.answer, found.outcome) == (LATER, "Đã khơi mương.", "accepted")
    assert found.taken_up_on == LATER  # answered within competence, so taken up by then
    assert found.record.version == 2
    assert days() == {LATER}
    assert task_of(opinion).done_by_id == writer.pk
    assert entries("opinion.answered")[-1].record_id == opinion.pk
    assert not RecordVersion.objects.exists()


def test_an_answer_corrected_keeps_the_first_and_moves_its_day(cast: Cast) -> None:
    opinion = said(cast)
    given = {
        "actor": cast.recorder_benmau,
        "opinion_id": opinion.pk,
        "outcome": "accepted",
        "answer": "Đã khơi mương.",
    }
    answer_opinion(version=1, on=LATER, **given)
    Message.objects.all().delete()
    sooner = DAY + dt.timedelta(1)
    answer_opinion(version=2, on=sooner, **{**given, "answer": "Đã khơi 120 m mương."})
    found = again(opinion)
    assert (found.answered_on, found.taken_up_on, found.record.version) == (sooner, sooner, 3)
    kept = RecordVersion.objects.get()
    assert (kept.content["answer"], kept.content["answered_on"]) == (
        "Đã khơi mương.",
        LATER.isoformat(),
    )
    assert days() == {LATER, sooner}
    # What was taken up by hand stays where it was: nothing is answered before that.
    second = said(cast, taken_up_on=LATER)
    again_given = {**given, "opinion_id": second.pk}
    assert refused(BadInput, answer_opinion, version=1, on=sooner, **again_given).field == "on"
    # Nor is anything taken up after it was answered.
    late = refused(
        BadInput,
        take_up_opinion,
        actor=cast.recorder_benmau,
        opinion_id=opinion.pk,
        version=3,
        on=LATER,
        assigned_to="Phòng Kinh tế",
    )
    assert late.field == "on"


def test_a_corrected_opinion_keeps_its_words_and_is_folded_on_all_its_days(cast: Cast) -> None:
    opinion = said(cast, field="land", taken_up_on=LATER, assigned_to="Văn phòng")
    answered = LATER + dt.timedelta(2)
    answer_opinion(
        actor=cast.recorder_benmau,
        opinion_id=opinion.pk,
        version=1,
        on=answered,
        outcome="explained",
        answer="Đã nêu rõ.",
    )
    Message.objects.all().delete()
    given = {
        "opinion_id": opinion.pk,
        "version": 2,
        "content": opinion_input(text="Mương cuối thôn bị lấp.", field="environment"),
        "reason": "Sai thôn",
    }
    for stranger in strangers(cast):
        refused(NotAllowed, correct_opinion, actor=stranger, **given)
    writer = cast.recorder_benmau
    assert refused(BadInput, correct_opinion, actor=writer, **{**given, "reason": ""}).field == (
        "reason"
    )
    wrong = {**given, "content": opinion_input(text="x" * 5001)}
    assert refused(BadInput, correct_opinion, actor=writer, **wrong).field == "text"
    refused(Conflict, correct_opinion, actor=writer, **{**given, "version": 1})
    correct_opinion(actor=writer, **given)
    found = again(opinion)
    assert (found.text, found.field) == ("Mương cuối thôn bị lấp.", "environment")
    assert (found.taken_up_on, found.answered_on, found.record.version) == (LATER, answered, 3)
    assert days() == {DAY, LATER, answered}
    kept = RecordVersion.objects.get()
    assert kept.reason == "Sai thôn"
    assert (kept.content["text"], kept.content["field"], kept.content["assigned_to"]) == (
        "Mương thoát nước đầu thôn bị lấp.",
        "land",
        "Văn phòng",
    )
    assert entries("opinion.corrected")[-1].record_id == opinion.pk


def test_competence_corrected_takes_the_taking_up_along(cast: Cast) -> None:
    opinion = said(cast, taken_up_on=LATER)
    given = {"actor": cast.recorder_benmau, "opinion_id": opinion.pk, "reason": "Sai thẩm quyền"}
    correct_opinion(version=1, content=opinion_input(within_competence=False), **given)
    assert again(opinion).taken_up_on is None
    assert days() == {DAY, LATER}
    answer_opinion(
        actor=cast.recorder_benmau,
        opinion_id=opinion.pk,
        version=2,
        on=LATER,
        outcome="explained",
        answer="Đã nêu rõ.",
    )
    assert again(opinion).taken_up_on is None
    correct_opinion(version=3, content=opinion_input(), **given)
    assert again(opinion).taken_up_on == LATER


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion = said(cast)
    writer = cast.recorder_benmau
    one = {"opinion_id": opinion.pk, "version": 1}
    for call, given in (
        (add_opinion, {"record_id": opinion.dialogue_id, "content": opinion_input()}),
        (take_up_opinion, {**one, "on": DAY, "assigned_to": "Văn phòng"}),
        (answer_opinion, {**one, "on": DAY, "outcome": "accepted", "answer": "Đã khơi."}),
        (correct_opinion, {**one, "content": opinion_input(text="Khác."), "reason": "Sai"}),
    ):
        cut_off(monkeypatch, call, actor=writer, **given)
    found = again(opinion)
    assert (found.text, found.taken_up_on, found.answered_on) == (opinion.text, None, None)
    assert Record.objects.get(pk=opinion.pk).version == 1
    assert task_of(opinion).done_at is None
