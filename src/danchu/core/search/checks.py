"""The system check of the index: run with the database, as by ``migrate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .index import missing_parts


@register(Tags.database)
def the_index_is_whole(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning that names what is missing of the index over the words."""
    if not databases:
        return []
    try:
        missing = missing_parts()
    except DatabaseError:  # nothing to be said of a database that is away
        return []
    if not missing:
        return []
    return [
        Warning(
            f"The index that finds records by their words lacks: {', '.join(missing)}.",
            hint="Run: danchu init. A migration that rebuilds search_indexedrecord has to make "
            "the triggers again (core/search/index.py).",
            id="danchu.search.W001",
        )
    ]
