"""A claim about something public: sent without a name, due in ten days, answered by the unit."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.civic.claims import rules
from danchu.civic.claims.counting import many_came_today
from danchu.civic.claims.models import Claim
from danchu.civic.claims.selectors import (
    EarlierAnswer,
    answers_to,
    claim,
    claims,
    corrections_of,
    earlier_answers,
    followed,
)
from danchu.civic.claims.services import (
    amend_claim_answer,
    answer_claim,
    cancel_claim,
    send_claim,
)
from danchu.core.access_codes.services import new_token
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.units.models import PublicVersion
from danchu.core.work.models import Task
from tests.civic.disclosure.made import publish
from tests.making import refused

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
    assert "01/2026/QH16" in task.basis and "khoản 4 Điều 22" in task.basis
    assert TEXT not in task.title
    assert Entry.objects.order_by("-number").first().code == "claim.received"


def test_a_telephone_number_is_refused_unless_its_sender_leaves_it(made):
    for number in ("0912345678", "+84 912.345.678", "09 1234 5678"):
        told = f"{TEXT} Gọi {number}"
        fault = refused(BadInput, send, made=made, text=told)
        assert (fault.code, fault.field) == ("telephone", "text")
        assert send(made, text=told, telephone=True).claim.text == told


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


def test_sent_twice_it_is_one_with_the_same_code_and_pin(made):
    token = new_token()
    first, second = send(made, token=token), send(made, token=token)
    assert first.claim.pk == second.claim.pk
    assert (first.again, second.again) == (False, True)
    assert (first.code.code, first.code.pin) == (second.code.code, second.code.pin)
    assert followed(second.code.shown, second.code.pin).text == TEXT
    assert Claim.objects.count() == 1


def test_another_text_of_the_same_form_is_another_claim_and_neither_is_lost(cast, made):
    token, more = new_token(), TEXT + " Xem biên bản số 3."
    first, second = send(made, token=token), send(made, token=token, text=more)
    third = send(made, token=token, text=more, kind="opinion")
    assert len({one.claim.pk for one in (first, second, third)}) == 3
    assert followed(first.code.shown, first.code.pin).text == TEXT
    assert followed(second.code.shown, second.code.pin).text == more
    assert len({one.code.pin for one in (first, second, third)} - {""}) > 1
    other = publish(cast.recorder_benmau, cast.benmau, title="Nội dung khác")
    assert send(other, token=token).claim.about_id == other.pk


def test_a_form_that_was_not_made_here_sends_nothing(made):
    with pytest.raises(Conflict) as told:
        send(made, token="tự nghĩ ra")
    assert told.value.code == "form_expired"
    assert not Claim.objects.exists()


def test_the_key_of_the_form_is_not_kept_and_the_pin_is_not_in_the_database(made):
    token = new_token()
    sent = send(made, token=token)
    record = sent.claim.record
    assert token not in str(vars(record)) and sent.code.pin not in record.client_key.hex
    assert sent.code.pin not in sent.claim.record.access_code.pin_hash


def test_what_others_sent_refuses_nobody(cast, made, monkeypatch):
    other = publish(cast.recorder_benmau, cast.benmau, title="Nội dung khác")
    monkeypatch.setattr(rules, "MANY_ABOUT", 2)
    send(made)
    assert not many_came_today(made.record.public_id, cast.benmau)
    send(made)
    assert many_came_today(made.record.public_id, cast.benmau)
    assert not many_came_today(other.record.public_id, cast.benmau)
    monkeypatch.setattr(rules, "MANY_OF_DAY", 2)
    assert many_came_today(other.record.public_id, cast.benmau)
    assert send(made).claim.pk and send(other).claim.pk
    monkeypatch.setenv("DANCHU_TODAY", "2026-06-11")
    assert not many_came_today(made.record.public_id, cast.benmau)


def answered(cast, sent, **changes):
    values = {"version": 1, "outcome": "corrected", "answer": "Đã đính chính.", **changes}
    return answer_claim(actor=cast.recorder_benmau, record_id=sent.claim.pk, **values)


def test_corrected_is_answered_only_with_a_published_correction_of_that_content(
    cast, made, in_september
):
    from danchu.civic.disclosure.services import cancel_notice

    sent = send(made)
    who, unit, day = cast.recorder_benmau, cast.benmau, dt.date(2026, 6, 9)
    assert answers_to(claim(who, sent.claim.record.public_id)) == ["stands"]
    with pytest.raises(BadInput) as told:
        answered(cast, sent)
    assert (told.value.code, told.value.field) == ("no_correction", "outcome")
    hidden = publish(who, unit, on=day, title="Nháp", corrects_id=made.pk, public=False)
    gone = publish(who, unit, on=day, title="Đính chính nhầm", corrects_id=made.pk)
    cancel_notice(actor=cast.leader_benmau, record_id=gone.pk, reason="Ghi nhầm.")
    other = publish(who, unit, on=day, title="Nội dung khác")
    with pytest.raises(BadInput):
        answered(cast, sent, correction=hidden.record.public_id)
    right = publish(who, unit, on=day, title="Đính chính khoản chi sửa đường", corrects_id=made.pk)
    assert [one.title for one in corrections_of("disclosure", made.pk)] == [right.title]
    assert answers_to(claim(who, sent.claim.record.public_id)) == ["corrected", "stands"]
    for wrong in (None, hidden.record.public_id, gone.record.public_id, other.record.public_id):
        with pytest.raises(BadInput) as told:
            answered(cast, sent, correction=wrong)
        assert told.value.field == "correction"
    assert Claim.objects.get().answered_on is None
    answered(cast, sent, correction=right.record.public_id)
    seen = followed(sent.code.shown, sent.code.pin)
    assert (seen.outcome, seen.correction.title) == ("corrected", right.title)
    assert seen.correction.public_id == right.record.public_id
    cancel_notice(actor=cast.leader_benmau, record_id=right.pk, reason="Ghi nhầm.")
    assert followed(sent.code.shown, sent.code.pin).correction is None


def test_no_longer_made_known_is_answered_only_once_it_is_not(cast, made, in_september):
    from danchu.civic.disclosure.services import cancel_notice

    sent = send(made)
    with pytest.raises(BadInput) as told:
        answered(cast, sent, outcome="withdrawn")
    assert told.value.field == "outcome" and "vẫn đang công khai" in told.value.vi
    cancel_notice(actor=cast.leader_benmau, record_id=made.pk, reason="Ghi nhầm.")
    seen = claim(cast.recorder_benmau, sent.claim.record.public_id)
    assert answers_to(seen) == ["stands", "withdrawn"]
    assert answered(cast, sent, outcome="withdrawn", answer="Đã gỡ.").outcome == "withdrawn"


def test_what_is_no_claim_is_cancelled_for_a_listed_reason_that_its_sender_reads(
    cast, made, in_september, monkeypatch
):
    sent = send(made)
    pk = sent.claim.pk

    def cancel(actor=cast.leader_benmau, **changes):
        values = {"record_id": pk, "version": 1, "why": "spam", **changes}
        cancel_claim(actor=actor, **values)

    for actor in (cast.viewer_benmau, cast.leader_caumau, cast.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            cancel(actor)
    for wrong, field in (
        ({"why": ""}, "why"),
        ({"why": "không thích"}, "why"),
        ({"why": "elsewhere"}, "note"),
        ({"note": "a" * 301}, "note"),
    ):
        with pytest.raises(BadInput) as told:
            cancel(**wrong)
        assert told.value.field == field
    with pytest.raises(Conflict):
        cancel(version=2)
    assert claim(cast.viewer_benmau, sent.claim.record.public_id).is_open
    cancel(why="elsewhere", note="Gửi tại nơi tiếp công dân của xã.")
    monkeypatch.setenv("DANCHU_TODAY", "2026-10-30")  # long after it would have been due
    seen = followed(sent.code.shown, sent.code.pin)
    assert (seen.cancelled_as, seen.cancel_note) == (
        "elsewhere",
        "Gửi tại nơi tiếp công dân của xã.",
    )
    assert (seen.is_open, seen.days_late, seen.text) == (False, 0, TEXT)
    assert Task.objects.get(kind="claim.answer").done_at is not None
    entry = Entry.objects.order_by("-number").first()
    assert (entry.code, entry.record_id) == ("record.cancelled", pk)
    assert [one.record_id for one in claims(cast.viewer, cast.benmau)] == [pk]
    assert claims(cast.recorder_benmau, cast.benmau, waiting=True) == []
    with pytest.raises(NotFound):
        cancel()
    with pytest.raises(NotFound):
        answered(cast, sent, outcome="stands")


def test_what_was_answered_is_not_cancelled(cast, made, in_september):
    sent = send(made)
    answered(cast, sent, outcome="stands", answer="Đúng.")
    with pytest.raises(Conflict):
        cancel_claim(actor=cast.leader_benmau, record_id=sent.claim.pk, version=1, why="spam")
    assert followed(sent.code.shown, sent.code.pin).answer == "Đúng."


def test_those_due_first_head_the_list_and_what_is_done_ends_it(cast, made, monkeypatch):
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")
    opinion = send(made, kind="opinion")
    first = send(made)
    done = send(made, text=TEXT + " Nữa.")
    answered(cast, done, outcome="stands", answer="Đúng.")
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-14")
    later = send(made)
    order = [one.record_id for one in claims(cast.recorder_benmau, cast.benmau)]
    assert order == [one.claim.pk for one in (first, later, opinion, done)]


def test_right_is_not_answered_once_a_correction_was_published_after_the_claim(
    cast, made, in_september
):
    who, unit = cast.recorder_benmau, cast.benmau
    publish(who, unit, title="Đính chính trước đó", corrects_id=made.pk)
    sent, other = send(made), send(made, text=TEXT + " Nữa.")
    publish(who, unit, title="Chưa công khai", corrects_id=made.pk, public=False)
    answered(cast, other, outcome="stands", answer="Đúng.")  # what came before says nothing of it
    publish(who, unit, title="Đính chính khoản chi", corrects_id=made.pk)
    with pytest.raises(BadInput) as told:
        answered(cast, sent, outcome="stands", answer="Đúng.")
    assert (told.value.code, told.value.field) == ("corrected_since", "outcome")
    assert "đã được đính chính ngày" in told.value.vi
    assert Claim.objects.get(pk=sent.claim.pk).answered_on is None
    done = answered(cast, sent, outcome="stands", answer="Đúng.", other_point=True)
    assert (done.outcome, done.correction_id) == ("stands", None)


def amended(cast, sent, actor=None, **changes):
    values = {
        "version": 1,
        "outcome": "corrected",
        "answer": "Thông tin chưa đúng, đã đính chính.",
        "reason": "Chọn nhầm kết quả.",
        **changes,
    }
    return amend_claim_answer(
        actor=actor or cast.recorder_benmau, record_id=sent.claim.pk, **values
    )


def test_an_answer_given_wrongly_is_amended_and_what_stood_before_is_kept(
    cast, made, in_september, monkeypatch
):
    sent = send(made)
    with pytest.raises(Conflict):
        amended(cast, sent)  # not answered yet
    answered(cast, sent, outcome="stands", answer="Đúng.")
    right = publish(cast.recorder_benmau, cast.benmau, title="Đính chính", corrects_id=made.pk)
    chosen = right.record.public_id
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-30")
    for actor in (cast.viewer_benmau, cast.recorder_caumau, cast.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            amended(cast, sent, actor, correction=chosen)
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({"answer": ""}, "answer"),
        ({"correction": None}, "correction"),
        ({"outcome": "noted"}, "outcome"),
        ({"outcome": "withdrawn"}, "outcome"),
        ({"outcome": "stands"}, "outcome"),
        ({"outcome": "stands", "answer": "Đúng.", "other_point": True}, "answer"),
    ):
        with pytest.raises(BadInput) as told:
            amended(cast, sent, **{"correction": chosen, **wrong})
        assert told.value.field == field
    assert followed(sent.code.shown, sent.code.pin).amended_on is None
    number = PublicVersion.objects.get(unit_id=cast.benmau).number
    amended(cast, sent, correction=chosen)
    assert PublicVersion.objects.get(unit_id=cast.benmau).number == number + 1
    seen = followed(sent.code.shown, sent.code.pin)
    assert (seen.outcome, seen.correction.public_id) == ("corrected", chosen)
    assert seen.answer == "Thông tin chưa đúng, đã đính chính."
    # Late is counted by the first answer.
    assert (seen.answered_on, seen.days_late) == (AFTER_THE_LAW, 0)
    assert seen.amended_on == dt.date(2026, 9, 30)
    entry = Entry.objects.order_by("-number").first()
    assert (entry.code, entry.record_id) == ("claim.answer_amended", sent.claim.pk)
    with pytest.raises(Conflict):
        amended(cast, sent, correction=chosen, answer="Của cửa sổ khác.")
    monkeypatch.setenv("DANCHU_TODAY", "2026-10-02")
    amended(cast, sent, version=2, correction=chosen, answer="Viết rõ hơn.", reason="Thiếu.")
    shown = claim(cast.viewer_benmau, seen.public_id)
    assert earlier_answers(cast.viewer_benmau, shown) == [
        EarlierAnswer("corrected", seen.answer, dt.date(2026, 10, 2), "Thiếu."),
        EarlierAnswer("stands", "Đúng.", dt.date(2026, 9, 30), "Chọn nhầm kết quả."),
    ]
    for other in (NOBODY, cast.outsider, cast.recorder_caumau):
        assert earlier_answers(other, shown) == []
