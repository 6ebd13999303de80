"""A year of invented work, placed relative to the day of loading."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from danchu.civic.dialogue.models import Opinion
from danchu.civic.dialogue.services import (
    DialogueInput,
    OpinionInput,
    answer_opinion,
    publish_result,
    record_dialogue,
)
from danchu.civic.disclosure.services import (
    BroadcastInput,
    FormInput,
    NoticeInput,
    PostingInput,
    add_broadcast,
    add_form_used,
    record_notice,
    table_from_text,
    take_down,
)
from danchu.civic.otherwork.services import OtherWorkInput, record_other_work
from danchu.civic.reception.services import ReceptionInput, record_reception
from danchu.core.calendar.selectors import current_calendar
from danchu.core.clock import today
from danchu.core.contracts import Actor

from .cast import Cast
from .data import invented

_KEYS = uuid.UUID("5d1c2d4e-0c0b-4d6e-9a67-1f5e8f0f2a11")
MAP_CHANGE = dt.date(2025, 7, 1)  # the invented communes of today begin here


def workday(days_ago: int) -> dt.date:
    """The working day so many days before today, or the one before when that is a day off."""
    calendar = current_calendar()
    day = today() - dt.timedelta(days=days_ago)
    while not calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def load_records(cast: Cast) -> int:
    """Write the year's records through the services, as their officers; how many there are."""
    count = 0
    for block in invented()["records"]:
        actor: Actor = cast.people[block["author"]]
        unit_id = cast.units[block["unit"]]
        for number, row in enumerate(block.get("dialogues", ())):
            count += _dialogue(actor, unit_id, row, _key(block, "d", number))
        for number, row in enumerate(block.get("receptions", ())):
            count += _reception(actor, unit_id, row, _key(block, "r", number))
        for number, row in enumerate(block.get("disclosures", ())):
            count += _disclosure(actor, unit_id, row, _key(block, "n", number))
        for number, row in enumerate(block.get("works", ())):
            count += _work(actor, unit_id, row, _key(block, "w", number))
    return count


def _key(block: dict[str, Any], kind: str, number: int) -> uuid.UUID:
    return uuid.uuid5(_KEYS, f"{block['unit']}:{kind}:{number}")


def _before_today(day: dt.date, after: int | None) -> dt.date | None:
    if after is None:
        return None
    later = day + dt.timedelta(days=after)
    return later if later <= today() else None


def _dialogue(actor: Actor, unit_id: int, row: dict[str, Any], key: uuid.UUID) -> int:
    day = workday(row["days_ago"])
    if day < MAP_CHANGE:
        return 0
    opinions = row.get("opinions", ())
    dialogue = record_dialogue(
        actor=actor,
        unit_id=unit_id,
        occurred_on=day,
        client_key=key,
        content=DialogueInput(
            kind=row["kind"],
            base_kind=row.get("base_kind", "commune"),
            topic=row["topic"],
            place=row["place"],
            chair_post=row["chair_post"],
            participants=row.get("participants"),
            public=row.get("visibility") == "public",
            opinions=tuple(
                OpinionInput(
                    text=o["text"],
                    field=o.get("field", "other"),
                    within_competence=o.get("within_competence", True),
                    assigned_to=o.get("assigned_to", ""),
                    due_on=(day + dt.timedelta(days=o["due_after"]) if "due_after" in o else None),
                    taken_up_on=_before_today(day, o.get("taken_up_after")),
                )
                for o in opinions
            ),
        ),
    )
    for opinion, o in zip(
        Opinion.objects.filter(dialogue=dialogue).select_related("record").order_by("order"),
        opinions,
        strict=True,
    ):
        answered = _before_today(day, o.get("answered_after"))
        if answered is not None and opinion.answered_on is None:
            answer_opinion(
                actor=actor,
                opinion_id=opinion.pk,
                version=opinion.record.version,
                on=answered,
                outcome=o["outcome"],
                answer=o["answer"],
            )
    published = _before_today(day, row.get("result_published_after"))
    if published is not None and row.get("result_summary"):
        publish_result(
            actor=actor, record_id=dialogue.pk, on=published, summary=row["result_summary"]
        )
    return 1


def _reception(actor: Actor, unit_id: int, row: dict[str, Any], key: uuid.UUID) -> int:
    day = workday(row["days_ago"])
    if day < MAP_CHANGE:
        return 0
    record_reception(
        actor=actor,
        unit_id=unit_id,
        occurred_on=day,
        client_key=key,
        content=ReceptionInput(
            form=row["form"],
            receiver=row["receiver"],
            receiver_post=row["receiver_post"],
            place=row.get("place", ""),
            visits=row["visits"],
            people=row.get("people"),
            matters=row.get("matters"),
            mass_groups=row.get("mass_groups", 0),
            note=row.get("note", ""),
        ),
    )
    return 1


def _disclosure(actor: Actor, unit_id: int, row: dict[str, Any], key: uuid.UUID) -> int:
    """A notice with its postings, which are taken down, and its broadcasts, once their day came."""
    day = workday(row["days_ago"])
    if day < MAP_CHANGE:
        return 0
    places = [said.partition(": ") for said in row["places"]]
    notice = record_notice(
        actor=actor,
        unit_id=unit_id,
        occurred_on=day,
        client_key=key,
        alike=True,
        content=NoticeInput(
            rule_key=row["rule"],
            title=row["title"],
            document_number=row["number"],
            decided_on=max(MAP_CHANGE, day - dt.timedelta(days=row["after"])),
            text=row["text"],
            table=table_from_text(row.get("table", ""), money=row.get("money", "")),
            postings=tuple(PostingInput(kind=kind, place=place) for kind, _colon, place in places),
        ),
    )
    down = _before_today(day, row.get("down_after"))
    for posting in notice.postings.select_related("record").filter(ends_on=None).order_by("pk"):
        if down is not None:
            take_down(
                actor=actor,
                posting_id=posting.pk,
                version=posting.record.version,
                on=down,
                early=True,
            )
    for number in range(row.get("broadcast_days", 0)):
        on = _before_today(day, number)
        if on is not None:
            add_broadcast(
                actor=actor,
                notice_id=notice.pk,
                content=BroadcastInput(on, dt.time(17, 30), "Đài truyền thanh", 10),
                client_key=uuid.uuid5(key, f"broadcast {number}"),
            )
    for form in row.get("forms", ()):
        add_form_used(
            actor=actor,
            notice_id=notice.pk,
            content=FormInput(form, day),
            client_key=uuid.uuid5(key, f"form {form}"),
        )
    return 1


def _work(actor: Actor, unit_id: int, row: dict[str, Any], key: uuid.UUID) -> int:
    day = workday(row["days_ago"])
    if day < MAP_CHANGE:
        return 0
    record_other_work(
        actor=actor,
        unit_id=unit_id,
        occurred_on=day,
        client_key=key,
        content=OtherWorkInput(
            kind=row["kind"],
            number=row["number"],
            people=row.get("people"),
            place=row.get("place", ""),
            note=row.get("note", ""),
            base_kind=row.get("base_kind", "commune"),
        ),
    )
    return 1
