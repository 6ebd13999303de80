"""Following each opinion: taken up within competence, then answered."""

from __future__ import annotations

import datetime as dt
import uuid

from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import EARLIEST, clean_choice, clean_day, clean_line, clean_text
from danchu.core.records.models import Record
from danchu.core.records.services import (
    keep_version,
    open_record,
    require_same_content,
    touch_figures,
    touch_figures_later,
    unchanged_since,
)
from danchu.core.text import format_date
from danchu.core.units.services import raise_public_version
from danchu.core.work.services import assign, complete

from .. import rules
from ..models import Dialogue, Opinion
from .inputs import MOST_OPINIONS, OpinionInput, cleaned_due, cleaned_opinion


def add_opinion(
    *,
    actor: Actor,
    record_id: int,
    content: OpinionInput,
    client_key: uuid.UUID | None = None,
) -> Opinion:
    """Add an opinion to minutes already written, for instance from a paper sheet found later.

    The same key twice gives the same opinion; ``Conflict`` (code "sent_before") where it came with
    another one before.
    """
    with acting_as(actor):
        dialogue = _locked_dialogue(record_id)
        record = dialogue.record
        require(actor, "records.write", record.unit_id)
        if client_key is not None:
            sent = dialogue.opinions.filter(
                record__author_id=actor.actor_id, record__client_key=client_key
            ).first()
            if sent is not None:
                told = cleaned_opinion(content, record.occurred_on, "")
                said = {name: told[name] for name in ("text", "field")}
                require_same_content(sent.record, {"text": sent.text, "field": sent.field}, said)
                return sent
        count = dialogue.opinions.count()
        if count >= MOST_OPINIONS:
            raise BadInput(
                f"Một biên bản ghi nhiều nhất {MOST_OPINIONS} ý kiến.",
                f"Minutes hold at most {MOST_OPINIONS} opinions.",
            )
        cleaned = cleaned_opinion(content, record.occurred_on, "")
        opinion = add_to(actor, dialogue, count + 1, cleaned, client_key)
        touch_figures(record)
        raise_public_version(record.unit_id)
        log_action("opinion.recorded", actor=actor, record_id=opinion.pk, data=cleaned)
    return opinion


def take_up_opinion(
    *,
    actor: Actor,
    opinion_id: int,
    version: int,
    on: dt.date | None,
    assigned_to: str,
    due_on: dt.date | None = None,
) -> Opinion:
    """Take an opinion up within the unit's competence and name the office that answers it.

    ``due_on`` None leaves the day promised to the meeting, where one was.
    """
    with acting_as(actor):
        opinion = _locked_opinion(opinion_id)
        record = opinion.record
        require(actor, "records.write", record.unit_id)
        unchanged_since(record, version)
        if not opinion.within_competence:
            raise Conflict(
                "Ý kiến này không thuộc thẩm quyền của đơn vị; "
                "ghi kết quả chuyển thay cho tiếp nhận.",
                "This opinion is outside the unit's competence; record its transfer instead.",
            )
        day = clean_day(
            on, "on", "ngày tiếp nhận", "day it was taken up", not_before=record.occurred_on
        )
        if opinion.answered_on is not None and day > opinion.answered_on:
            raise BadInput(
                f"Ý kiến đã được trả lời ngày {format_date(opinion.answered_on)}; "
                "ngày tiếp nhận không thể sau ngày đó.",
                f"The opinion was answered on {format_date(opinion.answered_on)}; "
                "it cannot have been taken up after that.",
                field="on",
            )
        said_before = opinion.taken_up_on or opinion.assigned_to or opinion.due_on
        _next_version(opinion, actor, keep=bool(said_before))
        if opinion.taken_up_on is not None:
            touch_figures(record, day=opinion.taken_up_on)
        opinion.taken_up_on = day
        opinion.assigned_to = clean_line(
            assigned_to, "assigned_to", "bộ phận trả lời", "office that answers", limit=160
        )
        opinion.due_on = cleaned_due(due_on, record.occurred_on) or opinion.due_on
        opinion.save()
        _tell(record, day)
        _follow_answer(opinion)
        log_action(
            "opinion.taken_up",
            actor=actor,
            record_id=record.pk,
            data={"on": day, "assigned_to": opinion.assigned_to, "due_on": opinion.due_on},
        )
    return opinion


def answer_opinion(
    *,
    actor: Actor,
    opinion_id: int,
    version: int,
    on: dt.date | None,
    outcome: str,
    answer: str,
) -> Opinion:
    """Write the answer given to an opinion. A settlement counts on the day of settlement."""
    with acting_as(actor):
        opinion = _locked_opinion(opinion_id)
        record = opinion.record
        require(actor, "records.write", record.unit_id)
        unchanged_since(record, version)
        _next_version(opinion, actor, keep=opinion.answered_on is not None)
        for earlier in {opinion.answered_on, opinion.taken_up_on} - {None}:
            touch_figures(record, day=earlier)
        # Answered without having been taken up, both stand on one day and move together.
        at_once = opinion.taken_up_on is None or opinion.taken_up_on == opinion.answered_on
        opinion.answered_on = clean_day(
            on,
            "on",
            "ngày trả lời",
            "day of the answer",
            not_before=record.occurred_on if at_once else opinion.taken_up_on or EARLIEST,
        )
        opinion.outcome = clean_choice(
            outcome, Opinion.Outcome.values, "outcome", "kết quả", "outcome"
        )
        opinion.answer = clean_text(
            answer, "answer", "nội dung trả lời", "answer", limit=10_000, required=True
        )
        _taken_up_when_answered(opinion)
        opinion.save()
        _tell(record, opinion.answered_on)
        complete(actor=actor, key=f"opinion.answer:{opinion.pk}")
        log_action(
            "opinion.answered",
            actor=actor,
            record_id=record.pk,
            data={"on": opinion.answered_on, "outcome": outcome, "answer": opinion.answer},
        )
    return opinion


def correct_opinion(
    *, actor: Actor, opinion_id: int, version: int, content: OpinionInput, reason: str
) -> Opinion:
    """Correct an opinion's text, field or competence; what stood before is kept.

    The days of taking up and answering are left as they are, unless the competence changes:
    outside it nothing is taken up, within it an answered opinion was.
    """
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        opinion = _locked_opinion(opinion_id)
        record = opinion.record
        require(actor, "records.write", record.unit_id)
        unchanged_since(record, version)
        columns = cleaned_opinion(content, record.occurred_on)
        _next_version(opinion, actor, keep=True, reason=why)
        for name in ("text", "field", "within_competence", "assigned_to", "due_on"):
            setattr(opinion, name, columns[name])
        for day in {opinion.taken_up_on, opinion.answered_on} - {None}:
            touch_figures(record, day=day)  # its field is a part of those figures too
        if not opinion.within_competence:
            opinion.taken_up_on = None
        _taken_up_when_answered(opinion)
        opinion.save()
        _tell(record, record.occurred_on)
        _follow_answer(opinion)
        log_action("opinion.corrected", actor=actor, record_id=record.pk, data=columns)
    return opinion


def _taken_up_when_answered(opinion: Opinion) -> None:
    """What was answered within competence was taken up on that day at the latest."""
    answered, taken_up = opinion.answered_on, opinion.taken_up_on
    if opinion.within_competence and answered is not None:
        opinion.taken_up_on = answered if taken_up is None else min(taken_up, answered)


def _tell(record: Record, day: dt.date) -> None:
    touch_figures(record, day=day)
    raise_public_version(record.unit_id)


def _next_version(opinion: Opinion, actor: Actor, *, keep: bool, reason: str = "") -> None:
    """Raise the version; ``keep`` what stood before where something is about to be replaced."""
    record = opinion.record
    if not keep:
        record.version += 1
        record.save(update_fields=["version"])
        return
    content = {
        "text": opinion.text,
        "field": opinion.field,
        "within_competence": opinion.within_competence,
        "assigned_to": opinion.assigned_to,
        "due_on": _iso(opinion.due_on),
        "taken_up_on": _iso(opinion.taken_up_on),
        "answered_on": _iso(opinion.answered_on),
        "answer": opinion.answer,
        "outcome": opinion.outcome,
    }
    keep_version(record, content=content, actor=actor, reason=reason)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def add_to(
    actor: Actor,
    dialogue: Dialogue,
    order: int,
    values: dict[str, object],
    client_key: uuid.UUID | None = None,
) -> Opinion:
    """Make the opinion's rows; called inside the transaction that holds the dialogue."""
    parent = dialogue.record
    record, created = open_record(
        actor=actor,
        kind="opinion",
        unit_id=parent.unit_id,
        occurred_on=parent.occurred_on,
        visibility=parent.visibility,
        client_key=client_key,
        author_id=actor.actor_id,
    )
    if not created:
        raise Conflict(
            "Phiếu này đã được gửi cho một biên bản khác. Ý kiến vừa nhập chưa được ghi; "
            "hãy mở lại biên bản rồi nhập lại.",
            "This form was already sent for other minutes. The opinion was not recorded; "
            "open the minutes again and enter it once more.",
        )
    opinion = Opinion.objects.create(record=record, dialogue=dialogue, order=order, **values)
    if opinion.taken_up_on is not None:
        touch_figures(record, day=opinion.taken_up_on)
    _follow_answer(opinion)
    return opinion


def _follow_answer(opinion: Opinion) -> None:
    if opinion.answered_on is not None:
        return
    if opinion.due_on is not None and opinion.due_on >= today():
        touch_figures_later(opinion.record, day=opinion.due_on + dt.timedelta(days=1))
    assign(
        key=f"opinion.answer:{opinion.pk}",
        unit_id=opinion.record.unit_id,
        kind="opinion.answer",
        title=f"Trả lời ý kiến: {opinion.text[:140]}",
        starts_on=opinion.record.occurred_on,
        due_on=opinion.due_on,
        path=rules.office_path(opinion.dialogue.record.public_id) + f"#y-kien-{opinion.order}",
        record_id=opinion.pk,
    )


def _locked_opinion(opinion_id: int) -> Opinion:
    found = (
        Opinion.objects.select_for_update(of=("self", "record"))
        .select_related("record", "dialogue__record")
        .filter(pk=opinion_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy ý kiến này.", "There is no such opinion.")
    return found


def _locked_dialogue(record_id: int) -> Dialogue:
    found = (
        Dialogue.objects.select_for_update(of=("self", "record"))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy biên bản này.", "There are no such minutes.")
    return found
