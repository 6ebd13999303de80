"""The official code of a unit by its name, from the map of the release."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .model import Level


@dataclass(frozen=True, slots=True)
class _State:
    code: str
    province: str
    first: str
    last: str


@cache
def _states() -> dict[tuple[str, str], list[_State]]:
    """The states of all units, by level and name in lower case; from the map of the release."""
    names: dict[tuple[str, str], list[_State]] = defaultdict(list)
    source = resources.files("danchu").joinpath("core/units/data/units.csv")
    parents: dict[str, tuple[str, str]] = {}
    rows: list[dict[str, str]] = []
    for row in csv.DictReader(io.StringIO(source.read_text("utf-8"))):
        rows.append(row)
        parents.setdefault(row["key"], (row["parent"], row["name"].lower()))
    for row in rows:
        key, province = row["key"], ""
        for _ in range(4):
            parent, name = parents.get(key, ("", ""))
            if not parent or parent.startswith("VN"):
                province = name
                break
            key = parent
        names[(row["level"], row["name"].lower())].append(
            _State(row["code"], province, row["valid_from"], row["valid_to"])
        )
    return names


def code_of(
    kind: str, name: str, level: Level, province: str | None, day: dt.date | None
) -> str | None:
    """The official code of a unit on ``day``, where kind and name leave exactly one."""
    if day is None:
        return None
    kind = {"tp": "thành phố", "tp.": "thành phố"}.get(kind, kind)
    full = f"{kind} {' '.join(name.split())}".lower()
    on = day.isoformat()
    found = {
        state.code
        for state in _states().get((level, full), ())
        if (not state.first or state.first <= on)
        and (not state.last or on <= state.last)
        and (province is None or province.lower() in state.province)
    }
    return found.pop() if len(found) == 1 else None
