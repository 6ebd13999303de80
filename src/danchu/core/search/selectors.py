"""Finding records by their words: one function for every face (DESIGN section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, DateField, Exists, F, Func, OuterRef, TextField, Value
from django.db.models.expressions import Col

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.units.selectors import path_of, units_under

from .models import IndexedRecord
from .tokens import asked

MOST_FOUND = 1000  # beyond it nobody reads on, and nothing is counted
_MOST_UNITS = 400  # that the index is asked for one by one; a province has a hundred
# Words of a question about a few units that their index is asked for; what it finds is read for
# the others. Each further word cost a look for each row of a hundred units, and left out few.
_LOOKED_UP = 3
_UNIT = "zqxu"  # before the id of the unit among the words; no word begins so (tokens.py)


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
    units = None if unit_id is None else [unit_id]
    if below is not None:
        inside = _units_below(below)
        units = inside if units is None else [unit for unit in units if unit in inside]
    found = _newest(words, units, kinds)
    shown = found[offset : min(offset + limit, MOST_FOUND)]
    return Found(
        tuple(_hits(viewer, shown, kinds)),
        min(len(found), MOST_FOUND),
        len(found) > MOST_FOUND,
    )


def _newest(words: list[str], units: list[int] | None, kinds: Collection[str] | None) -> list[int]:
    """Records with all the words, of these units (None: of all), newest first; one more than is
    offered tells that there are others."""
    if units == []:
        return []
    rows = IndexedRecord.objects.all()
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    day: F | _ByTheWords = F("day")
    if units is None:
        rows = rows.filter(_HasWords(words))
    elif connection.vendor == "postgresql" and len(units) <= _MOST_UNITS:
        # The unit is one of the words: asked for beside them as well, it would be looked for first.
        rows, day = rows.filter(_HasWords(_telling(words), units)), _ByTheWords("day")
        if len(words) > _LOOKED_UP:
            rows = rows.filter(_ReadForWords(words))
    else:
        rows = rows.filter(_HasWords(words), unit_id__in=units)
    ordered = rows.order_by(day.desc(), "-record_id").values_list("record_id", flat=True)
    return list(ordered[: MOST_FOUND + 1])


def _telling(words: Sequence[str]) -> list[str]:
    """The words that leave out most: long ones, those written with accents before the folded."""
    return sorted(words, key=len)[-_LOOKED_UP:]


def _units_below(unit_id: int) -> list[int]:
    """The unit and those that stand below it today, of which anything is in the index.

    Known before the words are looked for: a province has seven thousand units, of which a hundred
    disclose. Asked as one with the words, the database went through all of them for each row.
    """
    day = today()
    indexed = IndexedRecord.objects.filter(unit_id=OuterRef("unit_id"))
    units = units_under(path_of(unit_id, day), day).filter(Exists(indexed))
    return list(units.values_list("unit_id", flat=True).order_by())


def _hits(viewer: Actor, record_ids: Sequence[int], kinds: Collection[str] | None) -> Iterator[Hit]:
    """These of the index, in their order, that the viewer may see: asked again of the spine."""
    if not record_ids:
        return
    rows = IndexedRecord.objects.filter(
        pk__in=record_ids,
        record__in=visible_records(viewer, kinds=kinds).filter(pk__in=record_ids),
        record__state=Record.State.RECORDED,
        record__visibility=Record.Visibility.PUBLIC,
    ).values_list("record_id", "record__public_id", "kind", "unit_id", "day", "title")
    known = {row[0]: Hit(*row) for row in rows}
    yield from (known[record] for record in record_ids if record in known)


class _Texts(Value):
    """A list that is bound as one parameter."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self.value]


class _ByTheWords(Func):
    """The day to order by, where the index of words is to find the rows and not that of the days:
    for rows of a few units the newest of all are no short way."""

    output_field = DateField()
    template = "(%(expressions)s + 0)"


class _HasWords(Func):
    """Whether a row has all the words, asked of the index of the engine.

    ``units``, on PostgreSQL: and is of one of these. It has the unit among the words, so that its
    index looks for each unit by itself and reads nothing of others.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, words: list[str], units: Sequence[int] = ()) -> None:
        self._words = words
        self._units = units
        super().__init__(F("record_id"), F("words"), Value(" ".join(words)))

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        words, question = self.get_source_expressions()[1:]
        vector = _vector(words.alias)
        if self._units:
            # Every word is letters and digits, in quotes no operator.
            asked_for = " & ".join(f"'{word}'" for word in self._words)
            each = [f"{asked_for} & '{_UNIT}{unit}'" for unit in self._units]
            return Func(
                vector,
                _Texts(each),
                template="(%(expressions)s::tsquery[]))",
                arg_joiner=" @@ ANY(",
            ).as_sql(compiler, connection)
        return Func(
            vector,
            question,
            template="(%(expressions)s))",
            arg_joiner=" @@ plainto_tsquery('simple'::regconfig, ",
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


class _ReadForWords(Func):
    """Whether a row has all the words, read in the row itself: a function, for which PostgreSQL
    asks no index."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, words: list[str]) -> None:
        super().__init__(F("words"), Value(" ".join(words)))

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        words, question = self.get_source_expressions()
        return Func(
            _vector(words.alias),
            question,
            template="ts_match_vq(%(expressions)s))",
            arg_joiner=", plainto_tsquery('simple'::regconfig, ",
        ).as_sql(compiler, connection)


def _vector(alias: str) -> Col:
    """The words of a row cut, as the database itself keeps them (migration 0003)."""
    kept = TextField()
    kept.set_attributes_from_name("vector")
    return Col(alias, kept)
