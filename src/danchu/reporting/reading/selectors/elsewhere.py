"""The same report taken in for another unit: told to those who may read it there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from danchu.core.contracts import Actor
from danchu.core.files.models import StoredFile
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.units.selectors import unit_names

from ..models import ReadDocument

_MOST = 10  # of one report; a circular of a province lies in every commune


_MOST = 10  # of one report; a circular of a province lies in every commune


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A report of the same file or words that was taken in for another unit.

    ``unit_name`` is that unit's name, ``own_name`` that of the unit of the report asked for.
    """

    public_id: UUID
    title: str
    unit_name: str
    own_name: str


Mark = tuple[str, str]  # what two reports have in common: "file", "text" or "words", and its hash


class _Row(NamedTuple):
    pk: int
    public_id: UUID
    title: str
    unit_id: int
    day: dt.date


def elsewhere(viewer: Actor, document_ids: Collection[int]) -> dict[int, tuple[Elsewhere, ...]]:
    """For each of these reports that has some, those of the same file or words of another unit.

    Only what the viewer may see of both: of a report that is hidden not even its existence is
    told. Three statements where there is none, else five, and one for each further day.
    """
    standing = ReadDocument.objects.filter(
        record__in=visible_records(viewer, kinds=["reading"]), record__state=Record.State.RECORDED
    )
    marks = _marks(standing.filter(pk__in=list(document_ids)))
    holders = _holders({mark for held in marks.values() for mark in held})
    asked = {pk for found in holders.values() if len(found) > 1 for pk in found}
    if not asked:
        return {}
    rows = {
        row[0]: _Row(*row)
        for row in standing.filter(pk__in=asked).values_list(
            "pk", "record__public_id", "title", "record__unit_id", "record__occurred_on"
        )
    }
    told = {
        pk: [
            rows[other]
            for other in sorted({one for mark in held for one in holders[mark]} & rows.keys())
            if pk in rows and rows[other].unit_id != rows[pk].unit_id
        ][:_MOST]
        for pk, held in marks.items()
    }
    names = _names(row for pk, found in told.items() if found for row in (*found, rows[pk]))
    return {
        pk: tuple(Elsewhere(row.public_id, row.title, names[row.pk], names[pk]) for row in found)
        for pk, found in told.items()
        if found
    }


def _marks(reports: QuerySet[ReadDocument]) -> dict[int, set[Mark]]:
    """What each report can be known again by."""
    found: dict[int, set[Mark]] = defaultdict(set)
    columns = ("pk", "text_hash", "likeness", "record__files__sha256_given")
    for pk, text, words, file in reports.values_list(*columns):
        found[pk] |= {("text", text), ("words", words), ("file", file or "")}
    return {pk: {mark for mark in held if mark[1]} for pk, held in found.items()}


def _holders(marks: Collection[Mark]) -> dict[Mark, set[int]]:
    """Which reports, seen or not, bear each of these marks."""
    of_kind: dict[str, list[str]] = defaultdict(list)
    for kind, value in marks:
        of_kind[kind].append(value)
    found: dict[Mark, set[int]] = defaultdict(set)
    rows = ReadDocument.objects.filter(
        Q(text_hash__in=of_kind["text"]) | Q(likeness__in=of_kind["words"])
    )
    for pk, text, words in rows.values_list("pk", "text_hash", "likeness"):
        found["text", text].add(pk)
        found["words", words].add(pk)
    files = StoredFile.objects.filter(
        sha256_given__in=of_kind["file"], record__read_document__isnull=False
    )
    for pk, digest in files.values_list("record_id", "sha256_given"):
        found["file", digest].add(pk)
    return found


def _names(reports: Iterable[_Row]) -> dict[int, str]:
    """By report: what its unit was called on its day."""
    by_day: dict[dt.date, list[_Row]] = defaultdict(list)
    for row in reports:
        by_day[row.day].append(row)
    out: dict[int, str] = {}
    for day, rows in by_day.items():
        names = unit_names([row.unit_id for row in rows], day)
        out |= {row.pk: names[row.unit_id][1] if row.unit_id in names else "" for row in rows}
    return out
