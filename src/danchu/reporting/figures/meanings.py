"""The dictionary as it was in each of its versions: what a figure of then meant then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from .dictionary import COLUMNS
from .dictionary import Definition as Meaning
from .models import Definition, DictionaryVersion


@dataclass(frozen=True, slots=True)
class VersionView:
    """One state of the dictionary. ``sha256`` is that of the file it came from."""

    number: int
    sha256: str
    note: str
    created_on: dt.datetime


@dataclass(frozen=True, slots=True)
class MeaningOfVersion:
    """What an indicator means, from which version of the dictionary on."""

    since: int
    retired: bool
    meaning: Meaning


def dictionary_versions() -> list[VersionView]:
    """Every version of the dictionary, the newest first."""
    rows = DictionaryVersion.objects.order_by("-number")
    return [VersionView(row.number, row.source_hash, row.note, row.created_at) for row in rows]


def meanings_at(number: int | None = None) -> dict[str, MeaningOfVersion]:
    """The dictionary as version ``number`` had it, retired indicators too, in report order.

    The newest version without a number. Empty for a version that does not exist.
    """
    newest = DictionaryVersion.objects.aggregate(n=Max("number"))["n"] or 0
    if number is not None and not 0 < number <= newest:
        return {}
    rows = Definition.objects.select_related("indicator", "version").filter(
        version__number__lte=number or newest
    )
    found = {row.indicator.key: _view(row) for row in rows.order_by("version__number")}
    return dict(sorted(found.items(), key=lambda item: (item[1].meaning.order, item[0])))


def meanings_of(key: str) -> list[MeaningOfVersion]:
    """Everything an indicator meant, the newest first; none for an unknown key."""
    rows = Definition.objects.select_related("indicator", "version").filter(indicator__key=key)
    return [_view(row) for row in rows.order_by("-version__number")]


def _view(row: Definition) -> MeaningOfVersion:
    values = {name: getattr(row, name) for name in COLUMNS}
    return MeaningOfVersion(
        row.version.number, row.retired, Meaning(key=row.indicator.key, **values)
    )
