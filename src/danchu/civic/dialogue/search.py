"""How dialogues and opinions are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among
from danchu.core.text import format_date

from .models import Dialogue, Opinion
from .rules import office_path

_SEEN = ("pk", "record__visibility", "record__unit_id", "record__occurred_on")
_DIALOGUES = Prepared(
    lambda ids: Dialogue.objects.filter(pk__in=ids).values_list(
        *_SEEN, "record__public_id", "topic"
    )
)
_OPINIONS = Prepared(
    lambda ids: Opinion.objects.filter(pk__in=ids).values_list(
        *_SEEN, "dialogue__record__public_id", "order", "text"
    )
)


def _dialogues(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = _DIALOGUES.rows(record_ids)
    seen = seen_among(viewer, (row[:3] for row in rows))
    return {
        pk: (f"{format_date(day)}: {topic}", office_path(public_id))
        for pk, _visibility, _unit, day, public_id, topic in rows
        if pk in seen
    }


def _opinions(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = _OPINIONS.rows(record_ids)
    seen = seen_among(viewer, (row[:3] for row in rows))
    return {
        pk: (f"{format_date(day)}: {text[:120]}", f"{office_path(minutes)}#y-kien-{order}")
        for pk, _visibility, _unit, day, minutes, order, text in rows
        if pk in seen
    }


FINDABLES = [
    Findable("dialogue", "Đối thoại, hội nghị", "Dialogue, meeting", _dialogues),
    Findable("opinion", "Ý kiến", "Opinion", _opinions),
]
