"""The number that tells whether a kept public page is still the unit's page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared

from ..models import PublicVersion


def public_versions(unit_ids: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """(unit, its public version) of each unit, 0 where nothing public was ever written.

    Of one unit plain SQL, constant and without a word from outside: this is all that most kept
    pages cost, and putting the statement together anew takes the ORM four times as long as
    running it. Of several it is one statement too.
    """
    asked = sorted(set(unit_ids))
    if len(asked) > 1:
        numbers = dict(_NUMBERS.rows(as_list(asked)))
        return tuple((unit_id, numbers.get(unit_id, 0)) for unit_id in asked)
    found = []
    with connection.cursor() as cursor:
        for unit_id in asked:
            cursor.execute("SELECT number FROM units_publicversion WHERE unit_id = %s", [unit_id])
            row = cursor.fetchone()
            found.append((unit_id, row[0] if row else 0))
    return tuple(found)


_NUMBERS = Prepared(
    lambda unit_ids: PublicVersion.objects.filter(Listed("unit_id", unit_ids)).values_list(
        "unit_id", "number"
    )
)
