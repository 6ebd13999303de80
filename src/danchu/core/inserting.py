"""New rows that the database takes from a query, without a way through Python.

The ORM cannot say ``INSERT … SELECT``. The query is the ORM's own and every value in it a bound
parameter; what is added are the names of the table and of its columns, quoted by the driver.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models import AutoField, Model, QuerySet


def insert_from(model: type[Model], columns: str, rows: QuerySet[Any, Any]) -> int:
    """Write the rows of the query as new rows of the table; returns how many.

    ``columns``: the names of the model's columns, separated by spaces, in the order of the
    query's ``values_list``. Raises ``ValueError`` when a column of the table is left out: the
    database knows no default of the model.
    """
    names = columns.split()
    fields = {field.attname: field for field in model._meta.concrete_fields}
    missing = {n for n, f in fields.items() if not isinstance(f, AutoField)} - set(names)
    if missing:
        raise ValueError(f"columns without a value: {', '.join(sorted(missing))}")
    table, quote = model._meta.db_table, connection.ops.quote_name
    try:
        query, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # a query of which the ORM knows that it finds nothing
        return 0
    statement = Statement(
        "INSERT INTO %(table)s (%(columns)s) %(query)s",
        table=Table(table, quote),
        columns=Columns(table, [fields[name].column or name for name in names], quote),
        query=query,
    )
    with connection.cursor() as cursor:
        cursor.execute(str(statement), parameters)
        return int(cursor.rowcount)
