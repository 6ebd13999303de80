"""The number that tells whether a kept public page is still the unit's page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def public_versions(unit_ids: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """(unit, its public version) of each unit, 0 where nothing public was ever written.

    Plain SQL, constant and without a word from outside: this is all that a kept page costs,
    and putting the statement together anew takes the ORM four times as long as running it.
    """
    found = []
    with connection.cursor() as cursor:
        for unit_id in sorted(unit_ids):
            cursor.execute("SELECT number FROM units_publicversion WHERE unit_id = %s", [unit_id])
            row = cursor.fetchone()
            found.append((unit_id, row[0] if row else 0))
    return tuple(found)
