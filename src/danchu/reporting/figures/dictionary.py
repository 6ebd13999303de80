"""The dictionary of indicators as it ships with the release: one YAML file, read once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"
FILE = "dictionary.yaml"


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator means. ``scale`` smallest units make one printed unit."""

    key: str
    order: int
    section: str
    tier: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    unit: str
    unit_vi: str
    unit_en: str
    scale: int
    decimals: int
    nature: str
    time_operator: str
    unit_operator: str
    numerator: str
    denominator: str
    part_of: str
    sensitive: bool
    work_kind: bool
    people_key: str
    computed_from: str
    basis: str

    @property
    def is_rate(self) -> bool:
        """Whether the value is a percentage, printed with its sign."""
        return self.unit == "percent"


COLUMNS = tuple(f.name for f in fields(Definition) if f.name != "key")
_TEXT = {f.name for f in fields(Definition) if f.type == "str"}


@cache
def shipped(folder: Path = FOLDER) -> dict[str, Definition]:
    """Every indicator of the file, by key, in the order of the report."""
    import yaml  # only here: reading a report in JSON needs no names of indicators

    document: dict[str, Any] = yaml.load(
        (folder / FILE).read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    found: dict[str, Definition] = {}
    for order, row in enumerate(document["indicators"], start=1):
        values = {name: row.get(name) for name in COLUMNS}
        values["order"] = order
        for name, value in values.items():
            if value is None:
                values[name] = "" if name in _TEXT else 0
        found[row["key"]] = Definition(key=row["key"], **values)
    return found


def content_hash(folder: Path = FOLDER) -> str:
    """SHA-256 of the file: the version of the dictionary as shipped."""
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
