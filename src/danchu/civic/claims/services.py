"""Sending a claim without an account, answering it, amending that, cancelling what is none."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from danchu.core.access_codes.services import NewCode, code_for, keep_code, new_token
from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.law.citing import cited
from danchu.core.law.clock import Derivation
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_line, clean_text
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.records.services import cancel_record, keep_version, open_record, unchanged_since
from danchu.core.text import format_date
from danchu.core.text.telephones import holds_a_telephone
from danchu.core.units.services import raise_public_version
from danchu.core.work.services import assign, complete, complete_for_record

from . import rules
from .models import Claim
from .selectors import corrected_since, corrections_of

ABOUT = ("disclosure",)  # kinds of public record about which something may be said


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender gets. ``again``: the same was sent before from the same form."""

    claim: Claim
    code: NewCode
    again: bool = False


def refuse_telephone(text: str) -> None:
    """Raise ``BadInput`` (code "telephone") for a text that plainly holds a telephone number.

    Asked before a sending is counted against its address: who takes it out sends a second time.
    """
    if holds_a_telephone(text):
        raise BadInput(
            "Nội dung có số điện thoại. Trả lời được xem bằng mã và PIN, không cần số điện thoại: "
            "bỏ số đó đi, hoặc chọn để nguyên, rồi gửi lại. Chưa gửi đi.",
            "There is a telephone number in the text. The answer is read with the code and the "
            "PIN, no telephone is needed: take it out, or choose to leave it, and send it again. "
            "Nothing was sent yet.",
            code="telephone",
            field="text",
        )


def send_claim(
    *, about: uuid.UUID, kind: str, text: str, token: str = "", telephone: bool = False
) -> Sent:
    """Take in what somebody says of a public content; anybody may, no name is asked for.

    ``token``: that of the form (``new_token``); the same sent again from the same form is one claim
    and has the same code and PIN, another text is another claim. Makes a task for the unit, due in
    ten days where the law says so. Raises ``NotFound`` for what is not public, ``BadInput`` (field
    "text", "kind"), ``Conflict`` for a form that was opened too long ago ("form_expired"). A text
    with a telephone number is asked for first: ``BadInput`` (code "telephone") without
    ``telephone``; no claim needs one, and some want theirs to be known.

    However many came today, the next one is taken in: no stranger may use up the right to an answer
    within ten days (Law 01/2026 article 22.4). The face slows each address down.
    """
    if kind not in rules.ANSWERS:
        raise BadInput(
            "Chọn: thông tin chưa đúng, hoặc góp ý.",
            "Choose: the information is wrong, or an opinion.",
            field="kind",
        )
    said = clean_text(text, "text", "nội dung", "text", limit=rules.MOST, required=True)
    if len(said) < rules.LEAST:
        raise BadInput(
            f"Nội dung quá ngắn. Ghi rõ chỗ nào chưa đúng, ít nhất {rules.LEAST} ký tự.",
            f"The text is too short. Say what is wrong, in at least {rules.LEAST} characters.",
            field="text",
        )
    if not telephone:
        refuse_telephone(said)
    # Slow: before anything is locked.
    code = code_for(token or new_token(), str(about), kind, said)
    day = today()
    with acting_as(NOBODY):
        target = (
            visible_records(NOBODY, kinds=ABOUT)
            .filter(public_id=about, state=Record.State.RECORDED)
            .first()
        )
        if target is None:
            raise NotFound("Không tìm thấy nội dung này.", "There is no such content.")
        record, created = open_record(
            actor=NOBODY,
            kind="claim",
            unit_id=target.unit_id,
            occurred_on=day,
            author_id=None,
            visibility=Record.Visibility.INTERNAL,
            client_key=code.client_key,
            in_figures=False,
        )
        if not created:
            return Sent(Claim.objects.select_related("record").get(pk=record.pk), code, True)
        derived = rules.due_by(kind, day)
        claim = Claim.objects.create(
            record=record,
            about=target,
            kind=kind,
            text=said,
            due_on=derived.due if derived else None,
            derivation=_told(derived),
        )
        keep_code(code, record_id=record.pk)
        assign(
            key=_task(record.pk),
            unit_id=target.unit_id,
            kind="claim.answer",
            # Without the text: tasks are read in lists, and it may name somebody.
            title=f"Trả lời người dân về nội dung đã công khai: {rules.KIND_NAMES[kind].vi}",
            basis=cited(derived.rule).vi if derived else "",
            starts_on=day,
            due_on=claim.due_on,
            path=rules.office_path(record.public_id),
            record_id=record.pk,
        )
        log_action(
            "claim.received",
            actor=NOBODY,
            record_id=record.pk,
            data={"about": target.pk, "kind": kind, "text": said, "due_on": str(claim.due_on)},
        )
    return Sent(claim, code)


def answer_claim(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    outcome: str,
    answer: str,
    correction: uuid.UUID | None = None,
    other_point: bool = False,
) -> Claim:
    """Answer a claim, once. Needs ``records.write`` over its unit.

    What turned out wrong is corrected likewise first (Law 01/2026 article 22.5): ``correction`` is
    one of ``corrections_of`` the claim, and the sender is led to it. Where a correction was
    published since the claim came, nobody answers that the information is right, unless it corrects
    another point than the claim names: ``other_point``. Raises ``BadInput`` (field "outcome",
    "correction", "answer"), ``Conflict`` when it was answered before.
    """
    said = clean_text(answer, "answer", "nội dung trả lời", "answer", required=True)
    with acting_as(actor):
        claim = _locked(record_id)
        require(actor, "records.write", claim.record.unit_id)
        unchanged_since(claim.record, version)
        if claim.answered_on is not None:
            raise Conflict(
                "Phản ánh này đã được trả lời. Câu trả lời trước được giữ nguyên.",
                "This was answered before. The earlier answer stands.",
            )
        claim.correction_id = _checked(claim, outcome, correction, other_point)
        claim.outcome, claim.answer, claim.answered_on = outcome, said, today()
        claim.save(update_fields=["outcome", "answer", "answered_on", "correction"])
        complete(actor=actor, key=_task(record_id))
        log_action(
            "claim.answered",
            actor=actor,
            record_id=record_id,
            data=_answer_told(claim) | {"other_point": other_point},
        )
    return claim


def amend_claim_answer(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    outcome: str,
    answer: str,
    reason: str,
    correction: uuid.UUID | None = None,
    other_point: bool = False,
) -> Claim:
    """Amend an answer that was given wrongly; what stood before is kept with the reason.

    Needs ``records.write`` over the unit, as answering does, and asks the same of the outcome. The
    sender reads the new answer and the day it was amended; lateness stays counted by the day of the
    first answer. Raises ``BadInput`` (as ``answer_claim``, and field "reason"), ``Conflict`` when
    nothing was answered yet or somebody changed it meanwhile.
    """
    why = clean_line(
        reason, "reason", "lý do sửa", "reason for the change", limit=500, required=True
    )
    said = clean_text(answer, "answer", "nội dung trả lời", "answer", required=True)
    with acting_as(actor):
        claim = _locked(record_id)
        require(actor, "records.write", claim.record.unit_id)
        unchanged_since(claim.record, version)
        if claim.answered_on is None:
            raise Conflict(
                "Phản ánh này chưa được trả lời nên chưa có gì để sửa.",
                "This was not answered yet, so there is nothing to amend.",
            )
        chosen = _checked(claim, outcome, correction, other_point)
        if (outcome, said, chosen) == (claim.outcome, claim.answer, claim.correction_id):
            raise BadInput(
                "Câu trả lời không khác câu trước.",
                "The answer is the same as before.",
                field="answer",
            )
        keep_version(claim.record, content=_answer_told(claim), actor=actor, reason=why)
        claim.outcome, claim.answer, claim.correction_id = outcome, said, chosen
        claim.amended_on = today()
        claim.save(update_fields=["outcome", "answer", "correction", "amended_on"])
        raise_public_version(claim.record.unit_id)
        log_action(
            "claim.answer_amended",
            actor=actor,
            record_id=record_id,
            data=_answer_told(claim) | {"other_point": other_point, "reason": why},
        )
    return claim


def cancel_claim(*, actor: Actor, record_id: int, version: int, why: str, note: str = "") -> None:
    """Cancel what is no claim, for one of the listed reasons; it stays and its sender reads why.

    Needs ``records.cancel`` over its unit. ``why``: a key of ``rules.CANCEL_NAMES``; ``note`` is
    read by the sender too. Raises ``BadInput`` (field "why", "note"), ``Conflict`` for one that
    was answered: an answer stands.
    """
    clean_choice(why, rules.CANCEL_NAMES, "why", "lý do hủy", "reason for cancelling")
    told = clean_line(
        note,
        "note",
        "nơi gửi đúng và lời giải thích",
        "place to send it to",
        limit=rules.MOST_NOTE,
        required=why in rules.NOTE_NEEDED,
    )
    with acting_as(actor):
        claim = _locked(record_id)
        require(actor, "records.cancel", claim.record.unit_id)
        unchanged_since(claim.record, version)
        if claim.answered_on is not None:
            raise Conflict(
                "Phản ánh này đã được trả lời nên không hủy. Câu trả lời được giữ nguyên.",
                "This was answered, so it is not cancelled. The answer stands.",
            )
        claim.cancelled_as, claim.cancel_note = why, told
        claim.save(update_fields=["cancelled_as", "cancel_note"])
        complete_for_record(actor=actor, record_id=record_id)
        reason = rules.CANCEL_NAMES[why].vi + (f": {told}" if told else "")
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def _locked(record_id: int) -> Claim:
    claim = (
        Claim.objects.select_for_update(of=("self", "record"))
        .select_related("record", "about")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if claim is None:
        raise NotFound("Không tìm thấy phản ánh này.", "There is no such claim.")
    return claim


def _answer_told(claim: Claim) -> dict[str, object]:
    """The answer as it is kept and told to the ledger."""
    return {
        "outcome": claim.outcome,
        "answer": claim.answer,
        "on": str(claim.answered_on),
        "amended_on": str(claim.amended_on) if claim.amended_on else None,
        "correction": claim.correction_id,
    }


def _checked(
    claim: Claim, outcome: str, correction: uuid.UUID | None, other_point: bool
) -> int | None:
    """Refuse an outcome that what is public contradicts; the record that corrects, if any."""
    if outcome not in rules.ANSWERS[claim.kind]:
        raise BadInput("Chọn kết quả.", "Choose the outcome.", field="outcome")
    if outcome == Claim.Outcome.WITHDRAWN:
        _no_longer_public(claim)
    if outcome == Claim.Outcome.STANDS and not other_point:
        _not_corrected_since(claim)
    if outcome == Claim.Outcome.CORRECTED:
        return _published_correction(claim, correction)
    return None


def _not_corrected_since(claim: Claim) -> None:
    found = corrected_since(claim.about.kind, claim.about_id, claim.record.created_at)
    if found is not None:
        day = format_date(found.day)
        raise BadInput(
            f"Nội dung này đã được đính chính ngày {day}. Chọn "
            f"“{rules.OUTCOME_NAMES[Claim.Outcome.CORRECTED].vi}”; nếu đính chính đó sửa chỗ "
            "khác thì đánh dấu ô bên dưới. Câu trả lời chưa được gửi.",
            f"This content was corrected on {day}. Choose "
            f"“{rules.OUTCOME_NAMES[Claim.Outcome.CORRECTED].en}”; if that correction is of "
            "another point, tick the box below. The answer was not sent.",
            code="corrected_since",
            field="outcome",
        )


def _published_correction(claim: Claim, chosen: uuid.UUID | None) -> int:
    """The record that corrects what the claim is about, published and chosen."""
    published = corrections_of(claim.about.kind, claim.about_id)
    found = next((one for one in published if one.public_id == chosen), None)
    if found is not None:
        return found.record_id
    if published:
        raise BadInput(
            "Chọn nội dung đính chính. Câu trả lời chưa được gửi.",
            "Choose the correction. The answer was not sent.",
            field="correction",
        )
    raise BadInput(
        "Chưa có nội dung đính chính nào được công khai. Công khai nội dung đính chính trước, rồi "
        "trả lời. Câu trả lời chưa được gửi.",
        "No correction has been published. Publish the correction first, then answer. The answer "
        "was not sent.",
        code="no_correction",
        field="outcome",
    )


def _no_longer_public(claim: Claim) -> None:
    about = claim.about
    if about.state == Record.State.RECORDED and about.visibility == Record.Visibility.PUBLIC:
        raise BadInput(
            "Nội dung này vẫn đang công khai. Đính chính, hoặc hủy nội dung đó trước. Câu trả lời "
            "chưa được gửi.",
            "This content is still public. Correct it, or cancel it first. The answer was not "
            "sent.",
            field="outcome",
        )


def _task(record_id: int) -> str:
    return f"claim.answer:{record_id}"


def _told(derived: Derivation | None) -> dict[str, object]:
    """The derivation as it is kept, in both languages."""
    if derived is None:
        return {}
    told = {language: derived.as_json(language) for language in ("vi", "en")}
    kept: dict[str, object] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return kept
