"""Keeping the index. Called inside the transaction of the service that publishes or takes back."""

from __future__ import annotations

from django.db import connection

from danchu.core.records.models import Record

from .models import IndexedRecord
from .tokens import words_of

MOST_LETTERS = 20_000  # of a text that are searched


def index_record(record: Record, title: str, text: str) -> bool:
    """Make a public record findable by these words, or no longer; whether it is now.

    ``title`` is shown with the result, so neither may hold what the public may not see, nor what
    goes dark by itself (a list of names). A record that is internal or cancelled leaves the
    index. Raises ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("index_record must run inside the transaction of the service")
    public = record.visibility == Record.Visibility.PUBLIC
    if not public or record.state == Record.State.CANCELLED:
        forget_record(record.pk)
        return False
    IndexedRecord.objects.update_or_create(
        record=record,
        defaults={
            "unit_id": record.unit_id,
            "kind": record.kind,
            "day": record.occurred_on,
            "title": title[:400],
            "words": words_of(title, text[:MOST_LETTERS]),
        },
    )
    return True


def forget_record(record_id: int) -> None:
    """Take a record out of the index; nothing happens where it is not in it."""
    IndexedRecord.objects.filter(pk=record_id).delete()
