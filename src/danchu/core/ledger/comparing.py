"""Holding what is kept against the ledger: rows and files that were changed beside it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db.models import F

from danchu.core import clock
from danchu.core.contracts import declared_attestations
from danchu.core.contracts.attested import (
    FILES,
    OLDER,
    PUBLISHED,
    ROWS,
    UNREADABLE,
    AttestedEntry,
)

from . import chain
from .models import Entry, EntrySalt

log = logging.getLogger(__name__)
PIECE = 200  # entries held in memory at once
DAYS = 30  # within which the daily duty has compared every entry once
MOST_TOLD = 20

WORDS: dict[str, tuple[str, str]] = {
    ROWS: ("dữ liệu đã bị sửa", "its rows were changed"),
    FILES: ("tệp đã mất hoặc bị sửa", "a file is missing or was changed"),
    PUBLISHED: (
        "số liệu công khai khác bản ban hành",
        "what is public is not what was issued",
    ),
}


@dataclass(slots=True)
class Attested:
    """The outcome: how many entries were compared, which do not agree, which could not be.

    ``faults``: number of the entry -> a key of ``WORDS``, the first ones; ``failed``: how many.
    ``older``: entries that hold no hash of what they stand for, or whose salt was erased.
    """

    compared: int = 0
    older: int = 0
    failed: int = 0
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether everything that could be compared agrees."""
        return not self.failed

    def sentences(self, language: str) -> list[str]:
        """The outcome in words, "vi" or "en"."""
        english = language.startswith("en")
        told = []
        for number, reason in self.faults.items():
            why = WORDS[reason][1 if english else 0]
            told.append(f"Entry {number}: {why}." if english else f"Mục số {number}: {why}.")
        if self.failed > len(self.faults):
            more = self.failed - len(self.faults)
            told.append(f"And {more} more." if english else f"Và {more} mục khác.")
        told.append(
            f"Reports and figures handed in: {self.compared} entries compared with what is kept, "
            f"{self.failed} do not agree."
            if english
            else f"Báo cáo và số liệu đã nộp: đã đối chiếu {self.compared} mục với dữ liệu đang "
            f"lưu, {self.failed} mục không khớp."
        )
        if self.older:
            told.append(
                f"{self.older} older entries hold no hash of their values; they cannot be compared."
                if english
                else f"{self.older} mục cũ không có mã băm của số liệu nên không đối chiếu được."
            )
        return told


def compare_attested(*, part: int | None = None) -> Attested:
    """Hold reports and figures handed in against their entries, some hundred at a time.

    ``part``: only every thirtieth entry, beginning with this one (0 to 29). Nothing is changed.
    """
    checks = {one.code: one.check for one in declared_attestations()}
    found = Attested()
    for entries in _pieces(set(checks), part):
        salts = dict(
            EntrySalt.objects.filter(number__in=[one.number for one in entries]).values_list(
                "number", "salt"
            )
        )
        for code, check in checks.items():
            known = [one for one in entries if one.code == code]
            readable = [one for one in known if one.number in salts]
            outcome = dict.fromkeys({one.number for one in known} - salts.keys(), UNREADABLE)
            outcome |= check([_entry(one, salts[one.number]) for one in readable])
            _count(found, len(known), outcome)
    return found


def compare_daily() -> Attested:
    """A part of them each day, each entry once in thirty; what does not agree is logged."""
    found = compare_attested(part=clock.today().toordinal() % DAYS)
    for number, reason in found.faults.items():
        log.error("ledger: entry %d does not agree with what is kept (%s)", number, reason)
    return found


def _pieces(codes: set[str], part: int | None) -> Iterator[list[Entry]]:
    rows = Entry.objects.filter(code__in=codes)
    if part is not None:
        rows = rows.annotate(part=F("number") % DAYS).filter(part=part)
    number = 0
    while piece := list(rows.filter(number__gt=number).order_by("number")[:PIECE]):
        yield piece
        number = piece[-1].number


def _entry(entry: Entry, salt: str) -> AttestedEntry:
    return AttestedEntry(entry.number, entry.record_id, partial(_says, salt, entry.digest))


def _says(salt: str, digest: str, data: Mapping[str, object]) -> bool:
    return chain.digest_of(salt, data) == digest


def _count(found: Attested, known: int, outcome: Mapping[int, str]) -> None:
    for number, reason in sorted(outcome.items()):
        if reason in (OLDER, UNREADABLE):
            found.older += 1
            continue
        found.failed += 1
        if len(found.faults) < MOST_TOLD:
            found.faults[number] = reason
    found.compared += known - sum(one in (OLDER, UNREADABLE) for one in outcome.values())
