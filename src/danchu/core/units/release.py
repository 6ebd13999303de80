"""The map of the country as a release brings it: three CSV files read without the database.

``units.csv`` has a line for each state of each unit; its ``key`` is the identity, so that all
installations give a unit the same public id. ``lineage.csv`` says which unit became which,
``bases.csv`` holds the sentences that both refer to. The NOTICE beside them says where they
come from.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from danchu.core.errors import BadInput

from .spans import Span

FOLDER = Path(__file__).parent / "data"
FILES = ("units.csv", "lineage.csv", "bases.csv")
LEVELS = ("nation", "province", "district", "commune")
_NAMESPACE = uuid.UUID("6f1c2a52-8f0f-5c0e-9a55-0d1f4b7f8b11")


@dataclass(frozen=True, slots=True)
class ReleasedState:
    """What a unit was called, what it was and under which unit, from one day to another."""

    code: str
    name: str
    kind: str
    parent: str  # key of the parent; empty for the nation
    span: Span
    known_from: dt.date | None
    basis: str


@dataclass(slots=True)
class ReleasedUnit:
    """A unit of the map with its states in order."""

    key: str
    level: str
    states: list[ReleasedState] = field(default_factory=list)

    @property
    def public_id(self) -> uuid.UUID:
        """The same on every installation: made of level, code and first validity."""
        return public_id(self.level, self.key)


@dataclass(frozen=True, slots=True)
class ReleasedLineage:
    """Which unit became which, by keys."""

    predecessor: str
    successor: str
    part: str
    share: Fraction | None
    on: dt.date
    basis: str


@dataclass(frozen=True, slots=True)
class Release:
    """A whole map: units by key, parents before children, and their lineage."""

    units: dict[str, ReleasedUnit]
    lineage: list[ReleasedLineage]


def public_id(level: str, key: str) -> uuid.UUID:
    """The public id of a unit of the map: ``key`` is "<code>@<first day, empty if unknown>"."""
    return uuid.uuid5(_NAMESPACE, f"{level}:{key}")


def digest(folder: Path) -> str:
    """A short, stable name of what a folder holds."""
    whole = hashlib.sha256()
    for name in FILES:
        try:
            whole.update(hashlib.sha256((folder / name).read_bytes()).digest())
        except OSError as error:
            raise _unreadable(name, str(error)) from None
    return whole.hexdigest()[:16]


def read_release(folder: Path) -> Release:
    """The map in ``folder``.

    Raises ``BadInput`` naming file and line for a missing column, a date that does not exist,
    an unknown key, level or basis, states of one unit that overlap, or a unit that stands
    under one not in force.
    """
    bases = {row["key"]: row["text"] for _where, row in _rows(folder, "bases.csv", "key text")}
    bases[""] = ""
    found: dict[str, ReleasedUnit] = {}
    columns = "key level code name kind parent valid_from valid_to known_from basis"
    for where, row in _rows(folder, "units.csv", columns):
        unit = found.setdefault(row["key"], ReleasedUnit(row["key"], row["level"]))
        if row["level"] not in LEVELS or row["level"] != unit.level:
            raise _unreadable(where, f"level {row['level']!r}")
        if not row["name"] or not row["code"]:
            raise _unreadable(where, "name, code")
        if row["basis"] not in bases:
            raise _unreadable(where, f"basis {row['basis']!r}")
        span = Span(_day(where, row["valid_from"]), _day(where, row["valid_to"]))
        if span.first and span.last and span.last < span.first:
            raise _unreadable(where, f"{span.first} > {span.last}")
        unit.states.append(
            ReleasedState(
                row["code"],
                row["name"],
                row["kind"],
                row["parent"],
                span,
                _day(where, row["known_from"]),
                bases[row["basis"]],
            )
        )
    units = dict(sorted(found.items(), key=lambda item: LEVELS.index(item[1].level)))
    _check(units)
    lineage = list(_lineage(folder, units, bases))
    return Release(units, lineage)


def codes_on(day: dt.date, folder: Path = FOLDER) -> frozenset[str]:
    """The codes that units of the map in ``folder`` hold on a day; read without the database."""
    return frozenset(
        state.code
        for unit in read_release(folder).units.values()
        for state in unit.states
        if (state.span.first is None or state.span.first <= day)
        and (state.span.last is None or day <= state.span.last)
    )


def _lineage(
    folder: Path, units: dict[str, ReleasedUnit], bases: dict[str, str]
) -> Iterator[ReleasedLineage]:
    for where, row in _rows(folder, "lineage.csv", "predecessor successor part share on basis"):
        on = _day(where, row["on"])
        known = row["predecessor"] in units and row["successor"] in units
        if on is None or not known or row["part"] not in ("whole", "part"):
            raise _unreadable(where, ",".join(row.values()))
        try:
            share = Fraction(row["share"]) if row["share"] else None
        except (ValueError, ZeroDivisionError):
            raise _unreadable(where, f"share {row['share']!r}") from None
        if row["basis"] not in bases:
            raise _unreadable(where, f"basis {row['basis']!r}")
        yield ReleasedLineage(
            row["predecessor"], row["successor"], row["part"], share, on, bases[row["basis"]]
        )


def _check(units: dict[str, ReleasedUnit]) -> None:
    covered: dict[str, list[Span]] = defaultdict(list)
    for key, unit in units.items():
        unit.states.sort(key=lambda state: state.span.order)
        for state in unit.states:
            if any(span.meets(state.span) for span in covered[key]):
                raise _unreadable("units.csv", f"{key}: {state.span.first} … {state.span.last}")
            covered[key].append(state.span)
            above = units.get(state.parent)
            if (above is None) != (unit.level == "nation"):
                raise _unreadable("units.csv", f"{key}: parent {state.parent!r}")
            if above and LEVELS.index(above.level) >= LEVELS.index(unit.level):
                raise _unreadable("units.csv", f"{key}: {above.level} < {unit.level}")


def _rows(folder: Path, name: str, columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = set(columns.split()) - set(reader.fieldnames or ())
            if missing:
                raise _unreadable(name, ", ".join(sorted(missing)))
            for row in reader:
                if None in row or None in row.values():
                    raise _unreadable(f"{name}:{reader.line_num}", "…")
                yield f"{name}:{reader.line_num}", row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(name, str(error)) from None


def _day(where: str, text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _unreadable(where, text) from None


def _unreadable(where: str, what: str) -> BadInput:
    return BadInput(
        f"Dữ liệu đơn vị hành chính không đọc được ở {where}: {what}.",
        f"The map of administrative units cannot be read at {where}: {what}.",
    )
