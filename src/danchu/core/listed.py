"""Rows named by a list of ids that goes to the database as one value.

``id__in`` binds every id by itself: of some thousands, writing the statement and reading it takes
longer than finding the rows, and SQLite refuses more than 32,766 of them. The planners see the
same list in both cases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Value


def as_list(ids: Iterable[int]) -> str:
    """The ids as one value, as this database takes them, for statements of ``core.prepared``."""
    told = json.dumps(list(ids))
    return f"{{{told[1:-1]}}}" if connection.vendor == "postgresql" else told


class Listed(Func):
    """A condition for ``filter``: the column ``name`` holds one of these ids.

    ``ids`` may be what :func:`as_list` made of them.
    """

    # SQLite unfolds the list from JSON, PostgreSQL takes it as an array.
    template = "%(expressions)s))"
    arg_joiner = " IN (SELECT value FROM json_each("
    output_field = BooleanField()

    def __init__(self, name: str, ids: Iterable[int] | str) -> None:
        super().__init__(F(name), Value(ids if isinstance(ids, str) else as_list(ids)))

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """``column = ANY('{1,2,3}'::bigint[])``."""
        return self.as_sql(
            compiler,
            connection,
            template="%(expressions)s::bigint[])",
            arg_joiner=" = ANY(",
            **more,
        )
