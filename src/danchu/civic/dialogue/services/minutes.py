"""Writing down dialogues and meetings, correcting and cancelling them, publishing results."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Faults, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import EARLIEST, clean_day, clean_line, clean_text
from danchu.core.records.models import Record
from danchu.core.records.services import (
    cancel_record,
    keep_version,
    open_record,
    require_same,
    require_same_content,
    touch_figures,
    unchanged_since,
)
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import raise_public_version, require_held_unit
from danchu.core.work.services import assign, complete, complete_for_record

from .. import rules
from ..models import Dialogue, Opinion
from .inputs import MOST_OPINIONS, DialogueInput, cleaned, cleaned_opinion
from .opinions import add_to


def record_dialogue(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: DialogueInput,
    client_key: uuid.UUID | None = None,
) -> Dialogue:
    """Write down a dialogue or meeting with its opinions; the same key twice gives the same one.

    Needs ``records.write`` over the unit. Raises ``BadInput`` naming the field at fault,
    ``Conflict`` (code "sent_before") where the key came with other minutes before.
    """
    require(actor, "records.write", unit_id)
    faults = Faults()
    day = EARLIEST  # opinions are looked at too where the day itself is wrong
    with faults.noted():
        day = clean_day(occurred_on, "occurred_on", "ngày diễn ra", "day it took place")
        require_unit(unit_id, day, field="occurred_on")
    with faults.noted():
        values = cleaned(content)
    if len(content.opinions) > MOST_OPINIONS:
        raise BadInput(
            f"Một biên bản ghi nhiều nhất {MOST_OPINIONS} ý kiến.",
            f"Minutes hold at most {MOST_OPINIONS} opinions.",
            field="opinions",
        )
    opinions = []
    for n, given in enumerate(content.opinions):
        with faults.noted():
            opinions.append(cleaned_opinion(given, day, f"opinions-{n}"))
    faults.tell()
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="dialogue",
            unit_id=unit_id,
            occurred_on=day,
            visibility=_visibility(content.public),
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            return _sent_before(record, day, values, [str(one["text"]) for one in opinions])
        dialogue = Dialogue.objects.create(record=record, **values)
        said = [
            add_to(actor, dialogue, order, columns)
            for order, columns in enumerate(opinions, start=1)
        ]
        _follow_publication(actor, dialogue)
        if content.public:
            raise_public_version(unit_id)
        for opinion, columns in zip(said, opinions, strict=True):
            log_action("opinion.recorded", actor=actor, record_id=opinion.pk, data=columns)
        log_action(
            "dialogue.recorded",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat(), "opinions": len(opinions)},
        )
    return dialogue


def _sent_before(
    record: Record, day: dt.date, values: Mapping[str, object], opinions: Sequence[str]
) -> Dialogue:
    """The minutes that came with this key, if they are these."""
    sent = Dialogue.objects.select_related("record").get(record=record)
    # What follows is written down by itself: a result, opinions from sheets that were found later.
    typed = {**values, "occurred_on": day.isoformat()}
    del typed["result_summary"]
    require_same_content(sent.record, _snapshot(sent), typed)
    first = sent.opinions.order_by("order").values_list("text", flat=True)[: len(opinions)]
    require_same(record, list(first) == list(opinions))
    return sent


def correct_dialogue(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    occurred_on: dt.date | None,
    content: DialogueInput,
    reason: str,
) -> Dialogue:
    """Correct the minutes: what stood before is kept as a version with the reason.

    ``version`` is the one the person saw; ``Conflict`` when somebody corrected it since.
    Opinions are corrected one by one, never here, and an empty ``result_summary`` leaves the
    published result as it is. ``BadInput`` for a day after something that followed from it.
    """
    day = clean_day(occurred_on, "occurred_on", "ngày diễn ra", "day it took place")
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    values = cleaned(content)
    with acting_as(actor):
        dialogue = locked(record_id)
        record = dialogue.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        _not_after_what_followed(dialogue, day)
        if not values["result_summary"]:
            values["result_summary"] = dialogue.result_summary
        keep_version(record, content=_snapshot(dialogue), actor=actor, reason=why)
        touch_figures(record)  # the periods of the day it stood on before
        _touch_opinions(dialogue)
        for name, value in values.items():
            setattr(dialogue, name, value)
        dialogue.save()
        record.occurred_on = day
        record.visibility = _visibility(content.public)
        record.save(update_fields=["occurred_on", "visibility"])
        _like_the_minutes(dialogue)
        touch_figures(record)
        _touch_opinions(dialogue)
        _follow_publication(actor, dialogue)
        raise_public_version(record.unit_id)
        log_action(
            "dialogue.corrected",
            actor=actor,
            record_id=record.pk,
            data={**values, "occurred_on": day.isoformat(), "public": bool(content.public)},
        )
    return dialogue


def _not_after_what_followed(dialogue: Dialogue, day: dt.date) -> None:
    """Nothing is taken up, answered or published before it was said."""
    followed = [dialogue.result_published_on]
    for opinion in dialogue.opinions.filter(record__state=Record.State.RECORDED):
        followed += [opinion.taken_up_on, opinion.answered_on]
    first = min((later for later in followed if later is not None), default=day)
    if day > first:
        raise BadInput(
            f"Đã ghi việc tiếp nhận, trả lời hoặc công bố ngày {format_date(first)}; "
            "ngày diễn ra không thể sau ngày đó.",
            f"Something was taken up, answered or published on {format_date(first)} already; "
            "it cannot have taken place after that.",
            field="occurred_on",
        )


def _like_the_minutes(dialogue: Dialogue) -> None:
    """Opinions stand on the day of their minutes and are seen by whoever sees these."""
    Record.objects.filter(opinion__dialogue=dialogue).update(
        occurred_on=dialogue.record.occurred_on, visibility=dialogue.record.visibility
    )


def _touch_opinions(dialogue: Dialogue) -> None:
    """Opinions move with their minutes, and count on in the periods after."""
    first = dialogue.opinions.select_related("record").first()
    if first is not None:
        touch_figures(first.record)


def publish_result(*, actor: Actor, record_id: int, on: dt.date | None, summary: str) -> Dialogue:
    """Note that the result was published, and show it on the citizens' page.

    Law 72/2025 article 43: within 10 days after the dialogue. Published again, the result that
    stood before is kept as a version.
    """
    with acting_as(actor):
        dialogue = locked(record_id)
        record = dialogue.record
        require(actor, "records.write", record.unit_id)
        day = clean_day(
            on, "on", "ngày công bố", "day of publication", not_before=record.occurred_on
        )
        text = clean_text(summary, "summary", "kết quả đối thoại", "result", required=True)
        if dialogue.result_published_on is not None:
            keep_version(record, content=_snapshot(dialogue), actor=actor)
        else:
            record.version += 1
        dialogue.result_published_on, dialogue.result_summary = day, text
        dialogue.save()
        record.visibility = Record.Visibility.PUBLIC
        record.save(update_fields=["visibility", "version"])
        _like_the_minutes(dialogue)
        complete(actor=actor, key=f"dialogue.publish:{record.pk}")
        raise_public_version(record.unit_id)
        log_action(
            "dialogue.result_published",
            actor=actor,
            record_id=record.pk,
            data={"on": day.isoformat(), "summary": text},
        )
    return dialogue


def cancel_dialogue(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel minutes written by mistake, with their opinions. They stay, with the reason."""
    with acting_as(actor):
        dialogue = locked(record_id)
        require(actor, "records.cancel", dialogue.record.unit_id)
        for opinion in dialogue.opinions.select_related("record"):
            if opinion.record.state == Record.State.RECORDED:
                cancel_record(
                    actor=actor, record_id=opinion.pk, reason=reason, right="records.cancel"
                )
                _touch_opinion_days(opinion)
                complete_for_record(actor=actor, record_id=opinion.pk)
        complete_for_record(actor=actor, record_id=record_id)
        raise_public_version(dialogue.record.unit_id)
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def _touch_opinion_days(opinion: Opinion) -> None:
    for day in {opinion.taken_up_on, opinion.answered_on} - {None}:
        touch_figures(opinion.record, day=day)


def _follow_publication(actor: Actor, dialogue: Dialogue) -> None:
    duty = rules.publication_duty(dialogue.kind, dialogue.record.occurred_on)
    if duty is None or dialogue.result_published_on is not None:
        complete(actor=actor, key=f"dialogue.publish:{dialogue.pk}")
        return
    assign(
        key=f"dialogue.publish:{dialogue.pk}",
        unit_id=dialogue.record.unit_id,
        kind="dialogue.publish_result",
        title=f"Công bố kết quả đối thoại: {dialogue.topic[:140]}",
        basis=duty.basis,
        starts_on=dialogue.record.occurred_on,
        due_on=duty.due_on,
        day_unit=duty.day_unit,
        path=rules.office_path(dialogue.record.public_id),
        record_id=dialogue.pk,
    )


def _visibility(public: bool) -> str:
    return Record.Visibility.PUBLIC if public else Record.Visibility.INTERNAL


def locked(record_id: int) -> Dialogue:
    """The dialogue, locked until the transaction ends; ``NotFound`` when cancelled."""
    # The record holds version and state: without its lock the one who waited would still
    # read them as they were before.
    found = (
        Dialogue.objects.select_for_update(of=("self", "record"))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy biên bản này.", "There are no such minutes.")
    return found


def _snapshot(dialogue: Dialogue) -> dict[str, object]:
    return {
        "occurred_on": dialogue.record.occurred_on.isoformat(),
        "kind": dialogue.kind,
        "base_kind": dialogue.base_kind,
        "topic": dialogue.topic,
        "place": dialogue.place,
        "chair_post": dialogue.chair_post,
        "participants": dialogue.participants,
        "result_summary": dialogue.result_summary,
        "result_published_on": _iso(dialogue.result_published_on),
        "visibility": dialogue.record.visibility,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
