"""How the units of a round are called: by the map the round was opened on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from danchu.core.units.models import UnitState


def named_on(units: Collection[int], day: dt.date) -> dict[int, tuple[str, str, str]]:
    """Code, name and kind of each unit that day; of one that began later or ended, the nearest.

    Where two of them have one code, the one that ended is told by its last day.
    """
    columns = ("unit_id", "code", "name", "kind", "valid_from", "valid_to")
    rows = UnitState.objects.filter(unit_id__in=units).values_list(*columns)
    nearest: dict[int, tuple[str, str, str, dt.date | None]] = {}
    for unit, code, name, kind, first, last in sorted(rows, key=lambda row: row[4] or dt.date.min):
        begun = first is None or first <= day
        if begun or unit not in nearest:
            nearest[unit] = code, name, kind, last
    codes = Counter(code for code, _name, _kind, _last in nearest.values())
    return {
        unit: (f"{code}@{last.isoformat()}" if last and codes[code] > 1 else code, name, kind)
        for unit, (code, name, kind, last) in nearest.items()
    }
