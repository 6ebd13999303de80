"""Finding records by their words: one function for every face (DESIGN section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.units.selectors import path_of, units_under

from .models import IndexedRecord
from .tokens import asked

MOST_FOUND = 1000  # beyond it nobody reads on, and nothing is counted


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    record_id: int
    public_id: UUID
    kind: str
    unit_id: int
    day: dt.date
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what was found, newest first. ``total`` is ``MOST_FOUND`` where ``more`` is true:
    then there are others nobody counted."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


def search(
    viewer: Actor,
    text: str,
    *,
    unit_id: int | None = None,
    below: int | None = None,
    kinds: Collection[str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Public records with all words of ``text``, newest first; nothing for a text without words.

    Words without accents find both ways of writing, accents that were typed have to be there.
    ``unit_id``: of this unit only; ``below``: of this unit and all that stand below it today;
    ``kinds``: kinds of record. Only what the viewer may see; the first ``MOST_FOUND`` are offered.
    Raises ``NotFound`` where ``below`` stands nowhere in the tree today.
    """
    words = asked(text)
    if not words or offset >= MOST_FOUND:
        return Found((), 0, False)
    rows = _visible(viewer, unit_id, kinds).filter(_HasWords(words))
    if below is not None:
        day = today()
        rows = rows.filter(unit_id__in=units_under(path_of(below, day), day).values("unit_id"))
    newest = rows.order_by("-day", "-record_id")
    total = newest[: MOST_FOUND + 1].count()
    page = newest[offset : min(offset + limit, MOST_FOUND)].values_list(
        "record_id", "record__public_id", "kind", "unit_id", "day", "title"
    )
    return Found(tuple(Hit(*row) for row in page), min(total, MOST_FOUND), total > MOST_FOUND)


def _visible(
    viewer: Actor, unit_id: int | None, kinds: Collection[str] | None
) -> QuerySet[IndexedRecord]:
    """What stands in the index and may be seen: asked again of the spine, not of the index."""
    seen = visible_records(viewer, unit_id=unit_id, kinds=kinds)
    rows = IndexedRecord.objects.filter(
        record__in=seen,
        record__state=Record.State.RECORDED,
        record__visibility=Record.Visibility.PUBLIC,
    )
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    return rows


class _HasWords(Func):
    """Whether a row has all the words, asked of the index of the engine."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, words: list[str]) -> None:
        self._words = words
        super().__init__(F("record_id"), F("words"), Value(" ".join(words)))

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        words, question = self.get_source_expressions()[1:]
        return Func(
            words,
            question,
            template="(to_tsvector('simple'::regconfig, %(expressions)s))",
            arg_joiner=") @@ plainto_tsquery('simple'::regconfig, ",
        ).as_sql(compiler, connection)

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        record = self.get_source_expressions()[0]
        # Every word is letters and digits: in quotes FTS5 takes none for an operator.
        question = Value(" ".join(f'"{word}"' for word in self._words))
        return Func(
            record,
            question,
            template="(%(expressions)s))",
            arg_joiner=" IN (SELECT rowid FROM search_words WHERE search_words MATCH ",
        ).as_sql(compiler, connection)
