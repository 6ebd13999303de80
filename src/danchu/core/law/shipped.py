"""The catalogue of the release: a YAML file read and checked without Django.

Its ``meta`` block explains every field; dates are text of the form YYYY-MM-DD.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args

import yaml

from danchu.core.calendar.days import MOST_DAYS
from danchu.core.errors import BadInput

from .catalog import Catalogue, DeadlineUnit, Instrument, Mode, Rule, TextBasis, UnitKind

FOLDER = Path(__file__).parent / "data"
FILE_NAME = "catalog.yaml"

_KNOWN: dict[str, tuple[Any, ...]] = {
    "unit_kind": get_args(UnitKind),
    "mode": get_args(Mode),
    "deadline_unit": (None, *get_args(DeadlineUnit)),
    "text_basis": get_args(TextBasis),
    "date_confidence": (None, "recalled"),
}
_CONDITIONS = {"complex", "remote", "complex_remote"}


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue of the release, as the first version every installation starts from."""
    return read_catalogue(FOLDER / FILE_NAME)


@cache
def source_names() -> Mapping[str, str]:
    """Where the rules of the release were seen, in Vietnamese, by the key in ``Rule.source``."""
    tree = yaml.load((FOLDER / FILE_NAME).read_bytes(), Loader=yaml.CSafeLoader)
    return MappingProxyType({str(key): str(name) for key, name in tree["sources"].items()})


def digest(path: Path) -> str:
    """A short, stable name of what a file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a file, as version 1.

    Raises ``BadInput`` naming the entry for a missing or unknown value, an id given twice and
    a reference to a rule or an instrument that is not there.
    """
    try:
        return _parsed(path.read_bytes())
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            f"Không đọc được danh mục {path.name}: {error}.",
            f"The catalogue {path.name} cannot be read: {error}.",
        ) from None


@lru_cache(maxsize=4)
def _parsed(content: bytes) -> Catalogue:
    # The C loader reads the quarter megabyte several times faster than the plain one.
    tree = yaml.load(content, Loader=yaml.CSafeLoader)
    instruments = _by_key(tree["instruments"], _instrument)
    rules = _by_key(tree["obligations"], lambda entry: _rule(entry, instruments))
    for rule in rules.values():
        for key in (*rule.supersedes, *rule.superseded_by, *filter(None, [rule.variant_of])):
            if key not in rules:
                raise _wrong(rule.key, f"→ {key}")
    return Catalogue(1, _date(tree["meta"].get("as_of")), instruments, rules)


_Made = TypeVar("_Made")


def _by_key(entries: list[Any], build: Callable[[Mapping[str, Any]], _Made]) -> dict[str, _Made]:
    made: dict[str, _Made] = {}
    for entry in entries:
        key = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(key, str) or not key or key in made:
            raise _wrong(str(key), "id")
        try:
            made[key] = build(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _wrong(key, f"{type(error).__name__}: {error}") from None
    return made


def _instrument(entry: Mapping[str, Any]) -> Instrument:
    return Instrument(
        key=entry["id"],
        number=entry["number"] or "",
        title_vi=entry["title_vi"],
        issued=_date(entry["issued"]),
        effective_from=_date(entry["effective_from"]),
        effective_to=_date(entry["effective_to"]),
        replaces=tuple(entry["replaces"] or ()),
        status=entry["status"],
        confidence=entry["confidence"],
        source=entry["source"] or "",
        notes=entry.get("notes") or "",
    )


def _rule(entry: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Rule:
    for name, known in _KNOWN.items():
        if entry.get(name) not in known:
            raise ValueError(f"{name}={entry.get(name)!r}")
    days_if = {str(k): _days(v) for k, v in (entry.get("days_if") or {}).items()}
    if not days_if.keys() <= _CONDITIONS:
        raise ValueError(f"days_if={sorted(days_if)}")
    days, unit = entry["deadline_days"], entry["deadline_unit"]
    if (days is None) != (unit is None):
        raise ValueError("deadline_days, deadline_unit")
    extend = entry.get("extend") or {}
    posting = entry["posting_days"]
    return Rule(
        key=entry["id"],
        instrument=instruments[entry["instrument"]],
        unit_kind=entry["unit_kind"],
        mode=entry["mode"],
        title_vi=entry["title_vi"],
        title_en=entry["title_en"],
        article=entry["article"] or "",
        deadline_days=None if days is None else _days(days),
        deadline_unit=unit,
        days_if=MappingProxyType(days_if),
        variant_of=entry.get("variant_of") or "",
        extend_max=_days(extend["max_days"]) if extend else None,
        extend_times=_days(extend["times"]) if extend else None,
        posting_days=None if posting is None else _days(posting),
        period=entry["period"] or "",
        threshold=_fraction(entry["threshold_pct"]),
        threshold_basis=entry["threshold_basis"] or "",
        text_basis=entry["text_basis"],
        confidence=entry["confidence"],
        date_confidence=entry.get("date_confidence") or "",
        applies_from=_date(entry["applies_from"]),
        applies_to=_date(entry["applies_to"]),
        group=entry.get("group") or "",
        supersedes=tuple(entry.get("supersedes") or ()),
        superseded_by=tuple(entry.get("superseded_by") or ()),
        source=entry["source"] or "",
        notes=entry.get("notes") or "",
    )


def _date(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))


def _days(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
        raise ValueError(f"days={value!r}")
    return value


def _fraction(percent: float | None) -> Fraction | None:
    """The exact share a rounded percentage stands for: 66.67 is 2/3, 33.33 is 1/3.

    The thresholds of these laws are tenths or simpler (meta: threshold_pct).
    """
    return None if percent is None else (Fraction(str(percent)) / 100).limit_denominator(10)


def _wrong(key: str, what: str) -> BadInput:
    return BadInput(
        f"Danh mục pháp luật, mục “{key}”: giá trị không hợp lệ ({what}).",
        f"Law catalogue, entry “{key}”: invalid value ({what}).",
    )
