"""Sending a claim without an account, and answering it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from danchu.core.access_codes.services import NewCode, keep_code, new_code
from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.law.catalog import cited
from danchu.core.law.clock import Derivation
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_text
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.records.services import open_record, unchanged_since
from danchu.core.work.services import assign, complete

from . import rules
from .models import Claim

ABOUT = ("disclosure",)  # kinds of public record about which something may be said


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender gets. ``code`` None: the same was sent before, its PIN is not known again."""

    claim: Claim
    code: NewCode | None


def send_claim(
    *, about: uuid.UUID, kind: str, text: str, client_key: uuid.UUID | None = None
) -> Sent:
    """Take in what somebody says of a public content; anybody may, no name is asked for.

    Makes a task for the unit, due in ten days where the law says so. Raises ``NotFound`` for what
    is not public, ``BadInput`` (field "text", "kind"), ``Conflict`` where so many wait that more
    would not be read.
    """
    if kind not in rules.ANSWERS:
        raise BadInput("Chọn loại phản ánh.", "Choose what it is.", field="kind")
    said = clean_text(text, "text", "nội dung", "text", limit=rules.MOST, required=True)
    if len(said) < rules.LEAST:
        raise BadInput(
            f"Nội dung quá ngắn. Ghi rõ chỗ nào chưa đúng, ít nhất {rules.LEAST} ký tự.",
            f"The text is too short. Say what is wrong, in at least {rules.LEAST} characters.",
            field="text",
        )
    code = new_code()  # slow: before anything is locked
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
            client_key=client_key,
            in_figures=False,
        )
        if not created:
            return Sent(Claim.objects.select_related("record").get(pk=record.pk), None)
        _not_flooded(target)
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


def answer_claim(*, actor: Actor, record_id: int, version: int, outcome: str, answer: str) -> Claim:
    """Answer a claim, once. Needs ``records.write`` over its unit.

    What turned out wrong is corrected by a notice of its own first (Law 01/2026 article 22.5).
    Raises ``BadInput`` (field "outcome", "answer"), ``Conflict`` when it was answered before.
    """
    said = clean_text(answer, "answer", "nội dung trả lời", "answer", required=True)
    with acting_as(actor):
        claim = (
            Claim.objects.select_for_update(of=("self", "record"))
            .select_related("record")
            .filter(pk=record_id, record__state=Record.State.RECORDED)
            .first()
        )
        if claim is None:
            raise NotFound("Không tìm thấy phản ánh này.", "There is no such claim.")
        require(actor, "records.write", claim.record.unit_id)
        unchanged_since(claim.record, version)
        if claim.answered_on is not None:
            raise Conflict(
                "Phản ánh này đã được trả lời. Câu trả lời trước được giữ nguyên.",
                "This was answered before. The earlier answer stands.",
            )
        if outcome not in rules.ANSWERS[claim.kind]:
            raise BadInput("Chọn kết quả.", "Choose the outcome.", field="outcome")
        claim.outcome, claim.answer, claim.answered_on = outcome, said, today()
        claim.save(update_fields=["outcome", "answer", "answered_on"])
        complete(actor=actor, key=_task(record_id))
        log_action(
            "claim.answered",
            actor=actor,
            record_id=record_id,
            data={"outcome": outcome, "answer": said, "on": str(claim.answered_on)},
        )
    return claim


def _task(record_id: int) -> str:
    return f"claim.answer:{record_id}"


def _told(derived: Derivation | None) -> dict[str, object]:
    """The derivation as it is kept, in both languages."""
    if derived is None:
        return {}
    told = {language: derived.as_json(language) for language in ("vi", "en")}
    kept: dict[str, object] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return kept


def _not_flooded(target: Record) -> None:
    waiting = Claim.objects.filter(
        about=target, answered_on__isnull=True, record__state=Record.State.RECORDED
    ).count()
    of_day = Record.objects.filter(unit_id=target.unit_id, kind="claim", occurred_on=today())
    # The one just opened is among those of the day.
    if waiting >= rules.MOST_WAITING or of_day.count() > rules.MOST_OF_DAY:
        raise Conflict(
            "Nội dung này đang có nhiều phản ánh chờ trả lời nên hôm nay chưa nhận thêm. Nội dung "
            "vừa nhập chưa được gửi; có thể báo trực tiếp tại trụ sở.",
            "Many claims about this are waiting, so no more are taken today. What was typed was "
            "not sent; it may be told at the office.",
            code="too_many",
        )
