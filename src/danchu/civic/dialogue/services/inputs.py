"""What minutes and opinions must say, checked once for every way they come in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from danchu.core.errors import BadInput, Faults
from danchu.core.records.inputs import (
    clean_choice,
    clean_count,
    clean_day,
    clean_line,
    clean_text,
)

from ..models import BaseKind, Dialogue, Opinion

MOST_OPINIONS = 500


@dataclass(frozen=True, slots=True)
class OpinionInput:
    """One opinion as spoken. ``taken_up_on`` None: not taken up yet."""

    text: str
    field: str = Opinion.Field.OTHER
    within_competence: bool = True
    assigned_to: str = ""
    due_on: dt.date | None = None
    taken_up_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DialogueInput:
    """A dialogue as the minutes have it. ``participants`` None: nobody counted them."""

    kind: str
    topic: str
    place: str
    chair_post: str
    base_kind: str = BaseKind.COMMUNE
    participants: int | None = None
    result_summary: str = ""
    public: bool = False
    opinions: tuple[OpinionInput, ...] = field(default=())


def cleaned(content: DialogueInput) -> dict[str, object]:
    """The columns of a dialogue; ``BadInput`` names the field at fault."""
    return {
        "kind": clean_choice(
            content.kind, Dialogue.Kind.values, "kind", "hình thức", "form of the meeting"
        ),
        "base_kind": clean_choice(
            content.base_kind, BaseKind.values, "base_kind", "loại hình cơ sở", "kind of unit"
        ),
        "topic": clean_line(content.topic, "topic", "nội dung chính", "topic", limit=300),
        "place": clean_line(content.place, "place", "địa điểm", "place", limit=200),
        "chair_post": clean_line(
            content.chair_post,
            "chair_post",
            "chức vụ người chủ trì",
            "post of the chair",
            limit=160,
        ),
        "participants": clean_count(
            content.participants, "participants", "số người dự", "number present", limit=1_000_000
        ),
        "result_summary": clean_text(content.result_summary, "result_summary", "kết quả", "result"),
    }


def cleaned_opinion(content: OpinionInput, day: dt.date, prefix: str = "") -> dict[str, object]:
    """The columns of an opinion given on ``day``; fields are named with ``prefix``."""
    start = f"{prefix}-" if prefix else ""
    if not isinstance(content.within_competence, bool):
        raise BadInput(
            "Chọn ý kiến thuộc hay không thuộc thẩm quyền của đơn vị.",
            "Choose whether the opinion is within the unit's competence.",
            field=f"{start}within_competence",
        )
    taken_up, due_on = content.taken_up_on, content.due_on
    faults = Faults()
    with faults.noted():
        if taken_up is not None:
            taken_up = clean_day(
                taken_up,
                f"{start}taken_up_on",
                "ngày tiếp nhận",
                "day it was taken up",
                not_before=day,
            )
    with faults.noted():
        due_on = cleaned_due(due_on, day, f"{start}due_on")
    faults.tell()
    return {
        "text": clean_text(
            content.text, f"{start}text", "nội dung ý kiến", "opinion", limit=5_000, required=True
        ),
        "field": clean_choice(
            content.field, Opinion.Field.values, f"{start}field", "lĩnh vực", "field"
        ),
        "within_competence": content.within_competence,
        "assigned_to": clean_line(
            content.assigned_to,
            f"{start}assigned_to",
            "bộ phận trả lời",
            "office that answers",
            limit=160,
            required=False,
        ),
        "due_on": due_on,
        "taken_up_on": taken_up if content.within_competence else None,
    }


def cleaned_due(due_on: dt.date | None, day: dt.date, field: str = "due_on") -> dt.date | None:
    """The promised day, not before the day the opinion was given."""
    if due_on is None:
        return None
    if isinstance(due_on, dt.datetime) or not isinstance(due_on, dt.date):
        raise BadInput(
            "Hạn trả lời phải là một ngày.", "The promised day must be a date.", field=field
        )
    if due_on < day:
        raise BadInput(
            "Hạn trả lời không thể trước ngày nêu ý kiến.",
            "The answer cannot be due before the opinion was given.",
            field=field,
        )
    return due_on
