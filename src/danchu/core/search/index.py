"""Whether the index over the words is whole, and making it anew.

Django knows nothing of it. On SQLite a migration that changes ``search_indexedrecord`` may build
the table anew, and the triggers that keep the index go with the old one: from then on what is
published is not found, and nobody is told. So it is looked after here: by a system check, by
``/readyz``, and by ``danchu init``, which makes it anew.
"""

from __future__ import annotations

from importlib import import_module

from django.db import connection, transaction

_MIGRATION = import_module("danchu.core.search.migrations.0002_index_of_words")
TABLE = "search_indexedrecord"
PARTS = {
    "postgresql": ("search_indexedrecord_words",),
    "sqlite": ("search_words", "search_words_added", "search_words_changed", "search_words_gone"),
}


def missing_parts() -> list[str]:
    """The names of what is missing of the index; none where the table itself is not there yet."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return []
        if on_postgresql:
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
                " AND tablename = %s",
                [TABLE],
            )
        else:
            # A trigger counts only where it stands on the table of today.
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE name = 'search_words'"
                " OR (type = 'trigger' AND tbl_name = %s)",
                [TABLE],
            )
        there = {name for (name,) in cursor.fetchall()}
    return [part for part in PARTS[connection.vendor] if part not in there]


def mend_index() -> list[str]:
    """Make what is missing, and the index over all rows anew; what was missing, none if nothing."""
    missing = missing_parts()
    if not missing:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in _MIGRATION.POSTGRESQL:
                cursor.execute(statement)
            return missing
        cursor.execute("DROP TRIGGER IF EXISTS search_words_added")
        cursor.execute("DROP TRIGGER IF EXISTS search_words_changed")
        cursor.execute("DROP TRIGGER IF EXISTS search_words_gone")
        cursor.execute("DROP TABLE IF EXISTS search_words")
        for statement in _MIGRATION.SQLITE:
            cursor.execute(statement)
        # What was published while the triggers were away.
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('rebuild')")
    return missing
