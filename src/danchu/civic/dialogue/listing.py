"""The statement behind every list of a unit's dialogues, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet, Window

from danchu.core.prepared import Prepared

from .models import Dialogue


@lru_cache(maxsize=64)
def page_of(limit: int, offset: int, published_only: bool) -> Prepared:
    """The statement of one page; its values are those of :func:`newest`."""

    def page(*asked: Any) -> QuerySet[Dialogue, Any]:
        return newest(*asked, published_only=published_only)[offset : offset + limit]

    return Prepared(page)


def newest(
    unit_id: int,
    faces: Sequence[str],
    states: Sequence[str],
    start: dt.date,
    end: dt.date,
    *,
    published_only: bool,
) -> QuerySet[Dialogue, Any]:
    """Dialogues of a unit, newest first, each with how many there are.

    ``faces``: the visibilities the viewer may see (``records.selectors.seen_faces``).
    """
    rows = Dialogue.objects.filter(
        record__unit_id=unit_id,
        record__kind="dialogue",  # known, but it leads the database to the right index
        record__visibility__in=faces,
        record__state__in=states,
        record__occurred_on__gte=start,
        record__occurred_on__lte=end,
    )
    if published_only:
        rows = rows.filter(result_published_on__isnull=False)
    lines = rows.order_by("-record__occurred_on", "-record_id").values_list(*_LINE)
    return lines.annotate(total=Window(Count("*")))


_LINE = (
    "pk",
    "record__public_id",
    "record__occurred_on",
    "kind",
    "topic",
    "place",
    "participants",
    "result_published_on",
    "record__state",
)
