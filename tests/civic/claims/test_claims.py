"""A claim about something public: sent without a name, due in ten days, answered by the unit."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.civic.claims import rules
from danchu.civic.claims.models import Claim
from danchu.civic.claims.selectors import claim, claims, followed
from danchu.civic.claims.services import answer_claim, send_claim
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.work.models import Task
from tests.civic.disclosure.made import publish

TEXT = "Khoản chi sửa đường ghi 5 triệu, biên bản họp thôn ghi 15 triệu."
AFTER_THE_LAW = dt.date(2026, 9, 10)


@pytest.fixture
def made(cast):
    return publish(cast.recorder_benmau, cast.benmau)


@pytest.fixture
def in_september(monkeypatch):
    """The law of 2026 is in force from 1 September."""
    monkeypatch.setenv("DANCHU_TODAY", AFTER_THE_LAW.isoformat())


def send(made, **changes):
    return send_claim(about=made.record.public_id, **{"kind": "wrong", "text": TEXT, **changes})


def test_it_is_due_in_ten_days_and_becomes_a_task_of_the_unit(cast, made, in_september):
    sent = send(made)
    assert sent.claim.due_on == dt.date(2026, 9, 21)  # the tenth day is a Sunday
    assert sent.claim.derivation["vi"]["rule"] == "tctt_saisot"
    assert sent.claim.record.author_id is None
    task = Task.objects.get(kind="claim.answer")
    assert (task.unit_id, task.due_on, task.done_at) == (cast.benmau, sent.claim.due_on, None)
    assert "01/2026/QH16" in task.basis and "22.4" in task.basis
    assert TEXT not in task.title
    assert Entry.objects.order_by("-number").first().code == "claim.received"


def test_the_law_sets_no_day_for_an_opinion_nor_before_it_was_in_force(cast, made, monkeypatch):
    assert send(made).claim.due_on is None
    monkeypatch.setenv("DANCHU_TODAY", AFTER_THE_LAW.isoformat())
    assert send(made, kind="opinion").claim.due_on is None
    assert Task.objects.filter(kind="claim.answer", due_on__isnull=True).count() == 2


def test_its_sender_follows_it_with_code_and_pin_and_nobody_else_reads_it(cast, made, in_september):
    sent = send(made)
    seen = followed(sent.code.shown, sent.code.pin)
    assert (seen.text, seen.answer, seen.about_title) == (TEXT, "", made.title)
    with pytest.raises(NotAllowed):
        followed(sent.code.shown, "x")
    assert claim(cast.recorder_benmau, seen.public_id).text == TEXT
    assert [one.record_id for one in claims(cast.recorder_benmau, cast.benmau)] == [sent.claim.pk]
    for other in (NOBODY, cast.outsider, cast.recorder_caumau):
        with pytest.raises(NotFound):
            claim(other, seen.public_id)
        assert claims(other, cast.benmau) == []


def test_the_unit_answers_once_and_the_sender_reads_it(cast, made, in_september):
    sent = send(made)
    pk = sent.claim.pk
    with pytest.raises(NotAllowed):
        answer_claim(
            actor=cast.recorder_caumau, record_id=pk, version=1, outcome="stands", answer="Đúng."
        )
    for outcome in ("noted", "", "xong"):
        with pytest.raises(BadInput):
            answer_claim(
                actor=cast.recorder_benmau, record_id=pk, version=1, outcome=outcome, answer="A"
            )
    answer_claim(
        actor=cast.recorder_benmau, record_id=pk, version=1, outcome="stands",
        answer="Số trong biên bản là của hai năm.",
    )  # fmt: skip
    seen = followed(sent.code.shown, sent.code.pin)
    assert (seen.outcome, seen.answered_on) == ("stands", AFTER_THE_LAW)
    assert seen.answer == "Số trong biên bản là của hai năm."
    assert Task.objects.get(kind="claim.answer").done_at is not None
    with pytest.raises(Conflict):
        answer_claim(
            actor=cast.recorder_benmau, record_id=pk, version=1, outcome="corrected", answer="B"
        )
    assert claims(cast.recorder_benmau, cast.benmau, waiting=True) == []


def test_what_is_late_is_counted(cast, made, in_september, monkeypatch):
    sent = send(made)
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-23")
    assert claim(cast.recorder_benmau, sent.claim.record.public_id).days_late == 2


def test_nothing_can_be_said_of_what_is_not_public(cast, made):
    from danchu.civic.disclosure.services import cancel_notice

    hidden = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    cancel_notice(actor=cast.leader_benmau, record_id=made.pk, reason="Ghi nhầm.")
    for about in (hidden.record.public_id, made.record.public_id, uuid.uuid4()):
        with pytest.raises(NotFound):
            send_claim(about=about, kind="wrong", text=TEXT)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "sai"}, "text"),
        ({"text": "a" * 2001}, "text"),
        ({"text": "TUYỆT MẬT\nNội dung của một văn bản."}, "text"),
        ({"kind": "denunciation"}, "kind"),
        ({"kind": ""}, "kind"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_beside_its_field(made, changes, field):
    with pytest.raises(BadInput) as told:
        send(made, **changes)
    assert told.value.field == field
    assert not Claim.objects.exists()


def test_sent_twice_it_is_one_and_the_pin_is_not_told_again(made):
    key = uuid.uuid4()
    first, second = send(made, client_key=key), send(made, client_key=key)
    assert first.claim.pk == second.claim.pk
    assert first.code is not None and second.code is None
    assert Claim.objects.count() == 1


def test_a_flood_is_stopped_for_the_content_and_for_the_day_of_the_unit(cast, made, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WAITING", 2)
    send(made)
    send(made)
    with pytest.raises(Conflict) as told:
        send(made)
    assert told.value.code == "too_many"
    other = publish(cast.recorder_benmau, cast.benmau, title="Nội dung khác")
    send(other)
    monkeypatch.setattr(rules, "MOST_OF_DAY", 3)
    with pytest.raises(Conflict):
        send(other)
    assert Claim.objects.count() == 3
