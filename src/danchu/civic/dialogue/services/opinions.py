"""Following each opinion: taken up within competence, then answered."""

from __future__ import annotations

import datetime as dt

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_day, clean_line, clean_text
from danchu.core.records.models import Record
from danchu.core.records.services import (
    keep_version,
    open_record,
    touch_figures,
    unchanged_since,
)
from danchu.core.units.services import raise_public_version
from danchu.core.work.services import assign, complete

from .. import rules
from ..models import Dialogue, Opinion
from .inputs import MOST_OPINIONS, OpinionInput, cleaned_due, cleaned_opinion


def add_opinion(*, actor: Actor, record_id: int, content: OpinionInput) -> Opinion:
    """Add an opinion to minutes already written, for instance from a paper sheet found later."""
    with acting_as(actor):
        dialogue = _locked_dialogue(record_id)
        record = dialogue.record
        require(actor, "records.write", record.unit_id)
        count = dialogue.opinions.count()
        if count >= MOST_OPINIONS:
            raise BadInput(
                f"Một biên bản ghi nhiều nhất {MOST_OPINIONS} ý kiến.",
                f"Minutes hold at most {MOST_OPINIONS} opinions.",
            )
        cleaned = cleaned_opinion(content, record.occurred_on, "")
        opinion = add_to(actor, dialogue, count + 1, cleaned)
        touch_figures(record)
        raise_public_version(record.unit_id)
        log_action("opinion.recorded", actor=actor, record_id=opinion.pk, data={"order": count + 1})
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
    """Take an opinion up within the unit's competence and name the office that answers it."""
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
        if opinion.taken_up_on is not None:
            touch_figures(record, day=opinion.taken_up_on)
        opinion.taken_up_on = clean_day(
            on, "on", "ngày tiếp nhận", "day it was taken up", not_before=record.occurred_on
        )
        opinion.assigned_to = clean_line(
            assigned_to, "assigned_to", "bộ phận trả lời", "office that answers", limit=160
        )
        opinion.due_on = cleaned_due(due_on, record.occurred_on)
        opinion.save()
        _changed(record, opinion.taken_up_on)
        _follow_answer(opinion)
        log_action("opinion.taken_up", actor=actor, record_id=record.pk, data={"version": version})
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
        keep_version(record, content=_opinion_snapshot(opinion), actor=actor)
        for earlier in {opinion.answered_on, opinion.taken_up_on} - {None}:
            touch_figures(record, day=earlier)
        opinion.answered_on = clean_day(
            on,
            "on",
            "ngày trả lời",
            "day of the answer",
            not_before=opinion.taken_up_on or record.occurred_on,
        )
        opinion.outcome = clean_choice(
            outcome, Opinion.Outcome.values, "outcome", "kết quả", "outcome"
        )
        opinion.answer = clean_text(
            answer, "answer", "nội dung trả lời", "answer", limit=10_000, required=True
        )
        if opinion.within_competence and opinion.taken_up_on is None:
            opinion.taken_up_on = opinion.answered_on
        opinion.save()
        _changed(record, opinion.answered_on)
        complete(actor=actor, key=f"opinion.answer:{opinion.pk}")
        log_action("opinion.answered", actor=actor, record_id=record.pk, data={"outcome": outcome})
    return opinion


def correct_opinion(
    *, actor: Actor, opinion_id: int, version: int, content: OpinionInput, reason: str
) -> Opinion:
    """Correct an opinion's text, field or competence; what stood before is kept.

    The days of taking up and answering are left as they are.
    """
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        opinion = _locked_opinion(opinion_id)
        record = opinion.record
        require(actor, "records.write", record.unit_id)
        unchanged_since(record, version)
        columns = cleaned_opinion(content, record.occurred_on)
        keep_version(record, content=_opinion_snapshot(opinion), actor=actor, reason=why)
        for name in ("text", "field", "within_competence", "assigned_to", "due_on"):
            setattr(opinion, name, columns[name])
        if not opinion.within_competence and opinion.taken_up_on is not None:
            touch_figures(record, day=opinion.taken_up_on)
            opinion.taken_up_on = None
        opinion.save()
        touch_figures(record)
        raise_public_version(record.unit_id)
        _follow_answer(opinion)
        log_action("opinion.corrected", actor=actor, record_id=record.pk, data=columns)
    return opinion


def _changed(record: Record, day: dt.date) -> None:
    record.version += 1
    record.save(update_fields=["version"])
    touch_figures(record, day=day)
    raise_public_version(record.unit_id)


def add_to(actor: Actor, dialogue: Dialogue, order: int, values: dict[str, object]) -> Opinion:
    """Make the opinion's rows; called inside the transaction that holds the dialogue."""
    parent = dialogue.record
    record, _ = open_record(
        actor=actor,
        kind="opinion",
        unit_id=parent.unit_id,
        occurred_on=parent.occurred_on,
        visibility=parent.visibility,
        author_id=actor.actor_id,
    )
    opinion = Opinion.objects.create(record=record, dialogue=dialogue, order=order, **values)
    _follow_answer(opinion)
    return opinion


def _follow_answer(opinion: Opinion) -> None:
    if opinion.answered_on is not None:
        return
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
        Opinion.objects.select_for_update(of=("self",))
        .select_related("record", "dialogue__record")
        .filter(pk=opinion_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy ý kiến này.", "There is no such opinion.")
    return found


def _locked_dialogue(record_id: int) -> Dialogue:
    found = (
        Dialogue.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy biên bản này.", "There are no such minutes.")
    return found


def _opinion_snapshot(opinion: Opinion) -> dict[str, object]:
    return {
        "text": opinion.text,
        "taken_up_on": opinion.taken_up_on.isoformat() if opinion.taken_up_on else None,
        "answered_on": opinion.answered_on.isoformat() if opinion.answered_on else None,
        "answer": opinion.answer,
        "outcome": opinion.outcome,
    }
