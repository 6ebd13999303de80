"""Statements that the ORM puts together once and keeps.

Putting a nested statement together takes the ORM up to fifteen milliseconds each time, and the
database a tenth of one to answer it. A :class:`Prepared` has the ORM compile it once, with a
stand-in for every value, and then only binds the values of the moment. A :class:`PreparedInsert`
does the same for new rows. The text is Django's own and every value is a bound parameter; no SQL
is written by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

Scalar = dt.date | int | str
Value = Scalar | Sequence[int] | Sequence[str]
Shape = tuple[tuple[type, int | None], ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]  # which value stands at each parameter; None: the parameter
    converters: Any


class Prepared:
    """A query whose values change from time to time and whose form does not.

    ``build`` gets the values in order and returns a queryset of ``values_list`` that is
    filtered by every one of them: days, numbers, texts, or sequences of these for ``__in``.
    Its form may depend on how many there are, never on what they are.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._kept: dict[tuple[str, Shape], _Statement] = {}

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows for these values; none when a sequence is empty."""
        whole = [value if isinstance(value, Scalar) else _padded(value) for value in values]
        if any(value == () for value in whole):
            return []
        shape = tuple(
            (type(v), None) if isinstance(v, Scalar) else (type(v[0]), len(v)) for v in whole
        )
        statement = self._kept.get((connection.vendor, shape))
        if statement is None:
            statement = self._kept[connection.vendor, shape] = self._compiled(shape)
        flat = [one for v in whole for one in ([v] if isinstance(v, Scalar) else v)]
        bound = [
            parameter if place is None else _adapted(flat[place], parameter)
            for parameter, place in zip(statement.parameters, statement.places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement.text, bound)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return _converted(rows, statement.converters) if statement.converters else rows

    def _compiled(self, shape: Shape) -> _Statement:
        values: list[Any] = []
        places: dict[Any, int] = {}
        for kind, length in shape:
            stand_ins = [_stand_in(kind, len(places) + n) for n in range(length or 1)]
            values.append(stand_ins[0] if length is None else stand_ins)
            places |= {_adapted(one, one): len(places) + n for n, one in enumerate(stand_ins)}
        queryset = self._build(*values)
        compiler = queryset.query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql()
        found = tuple(places.get(p) if isinstance(p, Scalar) else None for p in parameters)
        if set(found) - {None} != set(places.values()):
            raise RuntimeError("a value of a prepared statement is not among its parameters")
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        return _Statement(text, tuple(parameters), found, compiler.get_converters(columns))


_PLAIN = (int, str)


class PreparedInsert:
    """New rows of one table, whose statement does not change.

    ``columns``: the names of the model's columns, separated by spaces, in the order in which the
    values are given; what is left out takes the model's default, and an ``auto_now`` must not be
    left out. ``unless_there``: a row that a unique constraint forbids is passed over.
    ``once``: the names of the columns of a unique constraint, separated by spaces; a row that is
    there with the same of them takes the other values that are given.
    """

    def __init__(
        self, model: type[Model], columns: str, *, unless_there: bool = False, once: str = ""
    ) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        names = columns.split()
        pk = model._meta.pk
        numbered = isinstance(pk, AutoField)
        others = [
            field
            for name, field in fields.items()
            if name not in names and not (numbered and field is pk)
        ]
        self._model = model
        self._fields = [*(fields[name] for name in names), *others]
        self._defaults = [field.get_default for field in others]
        self._returning = [pk] if numbered else []
        self._conflict: dict[str, Any] = {
            "on_conflict": OnConflict.IGNORE if unless_there else None
        }
        if once:
            of_row = once.split()
            self._conflict = {
                "on_conflict": OnConflict.UPDATE,
                "unique_fields": [fields[name] for name in of_row],
                "update_fields": [fields[name] for name in names if name not in of_row],
            }
        self._kept: dict[tuple[str, bool], tuple[str, int]] = {}

    def write(self, *values: Any) -> int | None:
        """Write one row; the id the database gave it, None where it gives none or passed over."""
        text, _count = self._statement(one=True)
        with connection.cursor() as cursor:
            cursor.execute(text, self._bound(values))
            row = cursor.fetchone() if self._returning else None
        return row[0] if row else None

    def write_all(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write many rows, on PostgreSQL in one statement."""
        bound = [self._bound(row) for row in rows]
        if not bound:
            return
        text, parameters = self._statement(one=False)
        with connection.cursor() as cursor:
            if parameters == len(self._fields):  # a list for each column, however many rows
                cursor.execute(text, [list(column) for column in zip(*bound, strict=True)])
            else:
                cursor.executemany(text, bound)

    def _bound(self, values: Sequence[Any]) -> list[Any]:
        whole = [*values, *(default() for default in self._defaults)]
        return [
            # Nothing, numbers and texts are the same for the field and for both engines.
            value
            if value is None or type(value) in _PLAIN
            else field.get_db_prep_save(
                value.value if isinstance(value, Enum) else value, connection=connection
            )
            for field, value in zip(self._fields, whole, strict=True)
        ]

    def _statement(self, *, one: bool) -> tuple[str, int]:
        key = (connection.vendor, one)
        if key not in self._kept:
            if one:
                self._kept[key] = self._compiled(1, self._returning)
            else:
                several = self._compiled(2, [])
                single = self._compiled(1, [])
                in_lists = several[1] == len(self._fields)
                self._kept[key] = several if in_lists else (single[0], 0)
        return self._kept[key]

    def _compiled(self, rows: int, returning: Sequence[Any]) -> tuple[str, int]:
        query = InsertQuery(self._model, **self._conflict)
        query.insert_values(self._fields, [self._model() for _ in range(rows)])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = returning
        ((text, parameters),) = compiler.as_sql()
        return text, len(parameters)


def _padded(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values, the last repeated up to a power of two: few lengths, few statements."""
    length = 1
    while length < len(values):
        length *= 2
    return (*values, *[values[-1]] * (length - len(values))) if values else ()


def _stand_in(kind: type, number: int) -> Scalar:
    if kind is dt.date:
        return dt.date(1, 1, 1) + dt.timedelta(days=number)
    return 7_000_000_000_000 + number if kind is int else f"\ue000{number}\ue000"


def _adapted(value: Any, like: Any) -> Any:
    """The value as the engine takes it, where ``like`` is a parameter the ORM adapted."""
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return type(like)(value) if isinstance(value, int) else value


def _converted(rows: list[tuple[Any, ...]], converters: Any) -> list[tuple[Any, ...]]:
    made = []
    for row in rows:
        cells = list(row)
        for position, (functions, expression) in converters.items():
            for function in functions:
                cells[position] = function(cells[position], expression, connection)
        made.append(tuple(cells))
    return made
