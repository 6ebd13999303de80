"""Many rows at once, for whoever builds a whole installation and has it for itself.

Rows get their ids before they are written, so that others can point at them. On PostgreSQL they
go in by COPY: ``bulk_create`` took three to four times as long for the values of a country.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from enum import Enum
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import AutoField, ForeignKey, JSONField, Max, Model

BATCH = 2000  # rows of one statement where there is no COPY


class Table:
    """Rows of one table that wait to be written.

    ``columns``: the names of the model's columns, separated by spaces, in the order in which
    ``add`` takes them; an id that the database gives is none of them. Columns that are left out
    take the model's default. Nobody else may write to the table between the first ``add`` and
    ``flush``, and whoever writes with its own ids calls ``give_back_numbering`` afterwards.
    """

    def __init__(self, model: type[Model], columns: str) -> None:
        self.model = model
        self._numbered = isinstance(model._meta.pk, AutoField)
        names = columns.split()
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self._names = [*(["id"] if self._numbered else []), *names]
        self._defaults: tuple[Any, ...] = ()
        for name, field in fields.items():
            if name not in self._names and name != "id":
                self._names.append(name)
                default = field.get_default()
                self._defaults += (default.value if isinstance(default, Enum) else default,)
        self._columns = [fields[name].column or name for name in self._names]
        self._documents = [
            place for place, name in enumerate(self._names) if isinstance(fields[name], JSONField)
        ]
        self._rows: list[tuple[Any, ...]] = []
        self._next = 0
        self.written = 0

    def begin(self) -> None:
        """Number on from the last row that is there."""
        if self._numbered:
            last = self.model._base_manager.aggregate(last=Max("pk"))["last"]
            self._next = (last or 0) + 1

    def add(self, *values: Any) -> int:
        """Keep a row for the next ``flush``; returns its id where the database would give one."""
        if not self._numbered:
            self._rows.append((*values, *self._defaults))
            return 0
        number = self._next
        self._next = number + 1
        self._rows.append((number, *values, *self._defaults))
        return number

    @property
    def waiting(self) -> int:
        """How many rows wait to be written."""
        return len(self._rows)

    def flush(self) -> None:
        """Write what waits, inside the caller's transaction."""
        rows, self._rows = self._rows, []
        self.written += len(rows)
        if not rows:
            return
        if connection.vendor == "postgresql":
            _copy(self.model._meta.db_table, self._columns, self._as_text(rows))
            return
        self.model._base_manager.bulk_create(
            (self.model(**dict(zip(self._names, row, strict=True))) for row in rows),
            batch_size=BATCH,
        )

    def _as_text(self, rows: list[tuple[Any, ...]]) -> Iterable[Sequence[Any]]:
        """The rows with their JSON written out, as COPY takes it."""
        if not self._documents:
            return rows
        return map(self._row_as_text, rows)

    def _row_as_text(self, row: tuple[Any, ...]) -> list[Any]:
        whole = list(row)
        for place in self._documents:
            if whole[place] is not None:
                whole[place] = json.dumps(whole[place])
        return whole


def _copy(table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    from psycopg import sql

    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def check_references() -> None:
    """Check now what PostgreSQL would check at the commit, looking each reference up by index.

    Left to itself it reads all of a small table, as that of the hundred indicators, once for
    each of ten million values. Other statements are planned as ever.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


@contextmanager
def references_checked_at_the_end(models: Sequence[type[Model]]) -> Iterator[None]:
    """Have PostgreSQL check the references of these tables in one go when all is written.

    Row by row that took two fifths of the time of a whole country. Only for tables that nobody
    else writes to, outside a transaction. Cut off in the middle, the tables stay without until
    ``restore_references``.
    """
    if connection.vendor != "postgresql":
        yield
        return
    for model in models:
        for field in _references(model):
            if _is_kept(model, field):
                _alter(model, field, _unchecked(field))
    try:
        yield
    finally:
        restore_references(models)


def restore_references(models: Iterable[type[Model]]) -> None:
    """Put references back that PostgreSQL does not check; raises ``IntegrityError`` for a row that
    points nowhere."""
    if connection.vendor != "postgresql":
        return
    for model in models:
        for field in _references(model):
            if not _is_kept(model, field):
                _alter(model, _unchecked(field), field)


def _references(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    foreign = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return [field for field in foreign if field.db_constraint]  # type: ignore[attr-defined]  # unknown to the stubs


def _is_kept(model: type[Model], field: ForeignKey[Any, Any]) -> bool:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return any(one["foreign_key"] and one["columns"] == [field.column] for one in found.values())


def _unchecked(field: ForeignKey[Any, Any]) -> ForeignKey[Any, Any]:
    same = copy(field)
    same.db_constraint = False  # type: ignore[attr-defined]  # unknown to the stubs
    return same


def _alter(model: type[Model], before: Any, after: Any) -> None:
    with connection.schema_editor() as editor:
        editor.alter_field(model, before, after)


def tell_planner(tables: Iterable[Table]) -> None:
    """Have PostgreSQL count anew the tables that have grown by half since it last counted.

    What this transaction has written is unknown to the planner until then: it would join a
    thousand versions and their values row by row. SQLite plans without counting.
    """
    if connection.vendor != "postgresql":
        return
    from psycopg import sql

    with connection.cursor() as cursor:
        for table in tables:
            name = table.model._meta.db_table
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [name])
            (counted,) = cursor.fetchone()
            if table.written > max(counted, 0) / 2:
                cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))


def give_back_numbering(models: Iterable[type[Model]]) -> None:
    """Have the database number on after the ids that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
