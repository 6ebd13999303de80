"""The official code of a unit by its name, from the map of the release."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from operator import itemgetter

from .model import Level

# Key, code, first and last day of a state of a unit.
_State = tuple[str, str, str, str]


@dataclass(slots=True)
class _Map:
    """The units of the release by level and name in lower case, and the parent of each key."""

    states: defaultdict[tuple[str, str], list[_State]] = field(
        default_factory=lambda: defaultdict(list)
    )
    parents: dict[str, tuple[str, str]] = field(default_factory=dict)

    def province_of(self, key: str) -> str:
        """The province above a unit in lower case; empty where there is none."""
        for _ in range(4):
            parent, name = self.parents.get(key, ("", ""))
            if not parent or parent.startswith("VN"):
                return name
            key = parent
        return ""


@cache
def _map() -> _Map:
    """The map of the release; fourteen thousand states are no more than looked at once."""
    source = resources.files("danchu").joinpath("core/units/data/units.csv")
    rows = csv.reader(io.StringIO(source.read_text("utf-8")))
    header = next(rows)
    wanted = itemgetter(
        *map(header.index, ("key", "level", "code", "name", "parent", "valid_from", "valid_to"))
    )
    found = _Map()
    for key, level, code, name, parent, first, last in map(wanted, rows):
        lowered = name.lower()
        found.parents.setdefault(key, (parent, lowered))
        found.states[level, lowered].append((key, code, first, last))
    return found


def code_of(
    kind: str, name: str, level: Level, province: str | None, day: dt.date | None
) -> str | None:
    """The official code of a unit on ``day``, where kind and name leave exactly one."""
    if day is None:
        return None
    kind = {"tp": "thành phố", "tp.": "thành phố"}.get(kind, kind)
    full = f"{kind} {' '.join(name.split())}".lower()
    on = day.isoformat()
    units = _map()
    found = {
        code
        for key, code, first, last in units.states.get((level, full), ())
        if (not first or first <= on)
        and (not last or on <= last)
        and (province is None or province.lower() in units.province_of(key))
    }
    return found.pop() if len(found) == 1 else None
