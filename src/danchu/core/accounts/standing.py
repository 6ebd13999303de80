"""Where units stand and who answers for those that ended, as plain SQL.

These questions stand before every page of the office. Putting the nested ones together takes
the ORM six milliseconds each time, the database a tenth of one. What they mean is told in
``policy``; tests on random structures compare the answers with those worked out upward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

Place = tuple[str, str]  # (tree, path)

_IN_FORCE = (
    "({0}.valid_from IS NULL OR {0}.valid_from <= %(day)s) "
    "AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
)
_GRANTS = f"""
SELECT g.role, g.unit_id, g.tree, p.path, u.level, g.valid_from, g.valid_to
FROM accounts_rolegrant g
JOIN units_unit u ON u.id = g.unit_id
JOIN units_placement p ON p.unit_id = g.unit_id AND p.tree = g.tree AND {_IN_FORCE.format("p")}
WHERE g.account_id = %(account)s
ORDER BY g.id
"""  # noqa: S608 - constants of this module alone, here and below

# Lineage that hands on the answering: in force, to another unit of the same level.
_HANDED_ON = """
SELECT l.predecessor_id FROM units_lineage l
JOIN units_unit before ON before.id = l.predecessor_id
JOIN units_unit after ON after.id = l.successor_id
WHERE l."on" <= %(day)s AND before.level = after.level AND l.predecessor_id <> l.successor_id
"""
# Placements that ended, and after which the unit stood nowhere else in that tree.
_LAST_PLACES = """
SELECT p.unit_id FROM units_placement p
WHERE p.valid_to < %(day)s AND NOT EXISTS (
  SELECT 1 FROM units_placement later WHERE later.unit_id = p.unit_id AND later.tree = p.tree
  AND later.valid_to > p.valid_to AND later.valid_to < %(day)s)
"""
_ANSWERED_BY = f"""
SELECT u.id FROM units_unit u
WHERE u.id IN (
  {_HANDED_ON} AND l.successor_id IN ({{units}})
  UNION
  {_LAST_PLACES} AND p.parent_id IN ({{units}})
  AND NOT EXISTS ({_HANDED_ON} AND l.predecessor_id = p.unit_id)
)
AND NOT EXISTS (
  SELECT 1 FROM units_placement s WHERE s.unit_id = u.id AND {_IN_FORCE.format("s")})
ORDER BY u.id
"""  # noqa: S608
_UNDER = "SELECT t.unit_id FROM units_placement t WHERE {force} AND ({ranges})"


def grants_and_places(account_id: int, day: dt.date) -> list[tuple[Any, ...]]:
    """Each role grant of an account whose unit stands in the grant's tree that day.

    Role, unit, tree, path, level of the unit, first and last day of the role; in the order given.
    """
    return _rows(_GRANTS, {"account": account_id, "day": _date(day)})


def answered_under(places: Collection[Place], day: dt.date) -> set[int]:
    """The ended units for which a unit that stands under one of ``places`` answers directly."""
    named: dict[str, Any] = {"day": _date(day)}
    ranges = []
    for number, (tree, path) in enumerate(sorted(places)):
        # "0" follows "/": the range holds the path itself and whatever begins with it.
        named |= {f"t{number}": tree, f"f{number}": path, f"e{number}": path[:-1] + "0"}
        ranges.append(
            f"(t.tree = %(t{number})s AND t.path >= %(f{number})s AND t.path < %(e{number})s)"
        )
    under = _UNDER.format(force=_IN_FORCE.format("t"), ranges=" OR ".join(ranges))
    return {row[0] for row in _rows(_ANSWERED_BY.format(units=under), named)}


def answered_by(units: Sequence[int], day: dt.date) -> set[int]:
    """The ended units for which one of ``units`` answers directly."""
    named: dict[str, Any] = {f"u{number}": unit for number, unit in enumerate(units)}
    listed = ", ".join(f"%({name})s" for name in named)
    return {row[0] for row in _rows(_ANSWERED_BY.format(units=listed), named | {"day": _date(day)})}


def _date(day: dt.date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _rows(statement: str, named: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, named)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
