"""A text column whose order is the order of its characters, on both engines.

Ranges of paths and stored sort keys mean what they say only under that order. SQLite has it
by nature; PostgreSQL would use the collation of the database, where a slash may count for
nothing, unless the column says otherwise.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class ByteOrderedCharField(models.CharField):  # type: ignore[type-arg]
    """A ``CharField`` that sorts and compares by code point (COLLATE "C" on PostgreSQL)."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
