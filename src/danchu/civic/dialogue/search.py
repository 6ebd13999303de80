"""How dialogues and opinions are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.contracts import Actor, Findable
from danchu.core.records.selectors import visible_records
from danchu.core.text import format_date

from .models import Dialogue, Opinion
from .rules import office_path


def _dialogues(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Dialogue.objects.filter(
        record__in=visible_records(viewer, kinds=["dialogue"]).filter(pk__in=record_ids)
    ).select_related("record")
    return {
        row.pk: (
            f"{format_date(row.record.occurred_on)}: {row.topic}",
            office_path(row.record.public_id),
        )
        for row in rows
    }


def _opinions(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Opinion.objects.filter(
        record__in=visible_records(viewer, kinds=["opinion"]).filter(pk__in=record_ids)
    ).select_related("record", "dialogue__record")
    return {
        row.pk: (
            f"{format_date(row.record.occurred_on)}: {row.text[:120]}",
            f"{office_path(row.dialogue.record.public_id)}#y-kien-{row.order}",
        )
        for row in rows
    }


FINDABLES = [
    Findable("dialogue", "Đối thoại, hội nghị", "Dialogue, meeting", _dialogues),
    Findable("opinion", "Ý kiến", "Opinion", _opinions),
]
