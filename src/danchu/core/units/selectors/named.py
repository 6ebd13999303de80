"""Units as they are on one day with their parents, in one statement.

Nearly every page asks for a unit or two. As plain SQL the question costs a tenth of what it
takes the ORM to put it together in three statements.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection

_IN_FORCE = (
    "({0}.valid_from IS NULL OR {0}.valid_from <= %s) "
    "AND ({0}.valid_to IS NULL OR {0}.valid_to >= %s)"
)
_STATEMENT = f"""
SELECT s.id, s.unit_id, u.public_id, u.level, s.code, s.name, s.kind,
       p.parent_id, a.name, a.code, s.valid_from, s.valid_to, s.known_from, s.basis,
       u.is_demo
FROM units_unitstate s
JOIN units_unit u ON u.id = s.unit_id
LEFT JOIN units_placement p
  ON p.unit_id = s.unit_id AND p.tree = 'state' AND {_IN_FORCE.format("p")}
LEFT JOIN units_unitstate a ON a.unit_id = p.parent_id AND {_IN_FORCE.format("a")}
WHERE {_IN_FORCE.format("s")} AND
"""  # noqa: S608 - put together from the constants of this module alone
_ASKED = {
    "unit_id": "s.unit_id IN ({places})",
    "code": "s.code IN ({places})",
    "parent_id": (
        "s.unit_id IN (SELECT c.unit_id FROM units_placement c WHERE c.tree = 'state' "  # noqa: S608
        f"AND {_IN_FORCE.format('c')} AND c.parent_id IN ({{places}})) ORDER BY s.sort_key, s.code"
    ),
}


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A row of the statement: a state that holds the day, its unit and its parent's names.

    ``parent_name`` None with a ``parent_id``: the parent ended and the unit was not moved yet.
    """

    state_id: int
    unit_id: int
    public_id: uuid.UUID
    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None
    parent_name: str | None
    parent_code: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str
    is_demo: bool


def named_units(
    by: Literal["unit_id", "code", "parent_id"], values: Sequence[Any], day: dt.date
) -> list[NamedUnit]:
    """The units in force on ``day`` with these ids, these codes, or directly below these.

    Those below a unit come in the order of their names. One statement; nothing asked, none.
    """
    if not values:
        return []
    on = connection.ops.adapt_datefield_value(day)
    days = 8 if by == "parent_id" else 6
    asked = _ASKED[by].format(places=", ".join(["%s"] * len(values)))
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT + asked, [*[on] * days, *values])
        rows = cursor.fetchall()
    return [
        NamedUnit(state_id, unit_id, _uuid(public_id), *rest)
        for state_id, unit_id, public_id, *rest in rows
    ]


def _uuid(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
