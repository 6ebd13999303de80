"""Reading the ledger: is the chain whole, what is in it, and the proof of one entry.

The chain holds ids and hashes only; whoever may read it is decided by the caller. Entries
themselves are shown through the records they belong to.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from danchu.core import clock
from danchu.core.errors import NotFound
from danchu.core.outfile import written_whole

from . import chain
from .models import DailyRoot, Entry, EntrySalt, Head
from .services import entries_of_day, root_of

CHUNK = 2000  # entries held in memory at once

REASONS: dict[str, tuple[str, str]] = {
    "gap": ("thiếu mục có số này", "the entry of this number is missing"),
    "link": ("mục này không nối vào mục trước nó", "the entry does not follow the one before"),
    "changed": ("nội dung mục này đã bị sửa", "the entry was changed"),
    "time": ("mục này ghi giờ sớm hơn mục trước nó", "the entry is earlier than the one before"),
    "head": (
        "chuỗi không kết thúc ở mục cuối đã ghi",
        "the chain does not end at the last entry that was written",
    ),
    "root": (
        "gốc đã lưu của ngày không khớp với các mục của ngày đó",
        "the root kept for the day does not match the entries of that day",
    ),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of checking the whole chain. ``reason`` is a key of ``REASONS`` or empty."""

    ok: bool
    entries: int  # found whole, from the first
    first_broken: int | None
    reason: str

    def sentence(self, language: str) -> str:
        """The outcome in words, "vi" or "en"."""
        english = language.startswith("en")
        if self.ok:
            if english:
                return f"The ledger is whole: {self.entries} entries."
            return f"Sổ nhật ký nguyên vẹn: {self.entries} mục."
        why = REASONS[self.reason][1 if english else 0]
        if english:
            return f"The ledger is broken at entry {self.first_broken}: {why}."
        return f"Sổ nhật ký hỏng từ mục số {self.first_broken}: {why}."


def verify() -> Verification:
    """Check every entry, every link, the head and every root kept; reads in small pieces.

    Finds any change, deletion, insertion or reordering that does not rewrite the whole chain
    after it; that last one is what roots published elsewhere are for. May run while others
    write: what is added meanwhile is checked too.
    """
    previous, at, number = chain.GENESIS, None, 0
    roots = {root.day: root for root in DailyRoot.objects.all()}
    days = _Days(roots)
    while True:
        piece = list(Entry.objects.filter(number__gt=number).order_by("number")[:CHUNK])
        if not piece:
            head = Head.objects.first() or Head()
            if head.number == number and head.hash == previous:
                break
            if Entry.objects.filter(number__gt=number).exists():
                continue  # written since; a chain that goes on is no broken one
            return Verification(False, number, min(number, head.number) + 1, "head")
        end = Head.objects.first() or Head()
        for entry in piece:
            reason = _fault(entry, number + 1, previous, at)
            if not reason and entry.number > end.number:
                reason = "head"
            if reason:
                return Verification(False, number, number + 1, reason)
            broken = days.take(entry)
            if broken is not None:
                return Verification(False, number, broken.first_number, "root")
            previous, at, number = entry.hash, entry.at, entry.number
    broken = days.finish()
    if broken is not None:
        return Verification(False, number, broken.first_number, "root")
    return Verification(True, number, None, "")


def _fault(entry: Entry, number: int, previous: str, at: dt.datetime | None) -> str:
    if entry.number != number:
        return "gap"
    if entry.previous != previous:
        return "link"
    try:
        made = chain.entry_hash(
            entry.number,
            entry.at,
            entry.code,
            entry.account_id,
            entry.record_id,
            entry.digest,
            entry.previous,
        )
    except (TypeError, ValueError, AttributeError, OverflowError):
        return "changed"  # a column holds what no entry ever held
    if entry.hash != made:
        return "changed"
    if at is not None and entry.at < at:
        return "time"
    return ""


class _Days:
    """Rebuilds the tree of each day beside the walk and holds it against the root kept."""

    def __init__(self, roots: dict[dt.date, DailyRoot]) -> None:
        self._roots = dict(roots)
        self._day: dt.date | None = None
        self._tree = chain.Tree()
        self._first = self._last = 0

    def take(self, entry: Entry) -> DailyRoot | None:
        day = clock.day_of(entry.at)
        broken = None
        if day != self._day:
            broken = self._close()
            self._day, self._tree, self._first = day, chain.Tree(), entry.number
        self._tree.add(entry.hash)
        self._last = entry.number
        return broken

    def finish(self) -> DailyRoot | None:
        """The first root kept that does not hold, of the last day or of a day without entries."""
        broken = self._close()
        if broken is not None:
            return broken
        return min(self._roots.values(), key=lambda root: root.day, default=None)

    def _close(self) -> DailyRoot | None:
        kept = self._roots.pop(self._day, None) if self._day else None
        if kept is None:
            return None
        found = (self._tree.root(), self._first, self._last)
        return None if found == (kept.root, kept.first_number, kept.last_number) else kept


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the tree of its day, checkable with the published root alone."""

    number: int
    hash: str
    day: dt.date
    index: int  # of the entry among those of the day, from 0
    size: int  # entries of the day
    path: list[str]  # siblings from the leaf to the root
    root: str

    def holds(self) -> bool:
        """Whether the path leads from the entry to the root."""
        return chain.root_by_path(self.hash, self.index, self.size, self.path) == self.root


def inclusion_proof(number: int) -> Proof:
    """The proof that entry ``number`` is in the root of its day.

    Raises ``NotFound`` when there is no such entry and ``BadInput`` while its day is not over.
    """
    entry = Entry.objects.filter(number=number).first()
    if entry is None:
        raise NotFound(f"Không có mục số {number}.", f"There is no entry {number}.")
    day = clock.day_of(entry.at)
    root = root_of(day)
    hashes = list(entries_of_day(day).values_list("hash", flat=True))
    index = number - root.first_number
    path = chain.path_to(index, [chain.leaf(value) for value in hashes])
    return Proof(number, entry.hash, day, index, len(hashes), path, root.root)


def newest_entry_of(record_ids: Iterable[int]) -> Entry | None:
    """The newest entry that concerns any of these records, or None."""
    return Entry.objects.filter(record_id__in=list(record_ids)).order_by("-number").first()


@dataclass(frozen=True, slots=True)
class EntryTold:
    """An entry for outsiders, the salt of its digest, and whether its day's root is kept."""

    number: int
    hash: str
    plain: dict[str, Any]
    salt: str | None
    is_rooted: bool


def entry_of_record(record_id: int, code: str) -> EntryTold | None:
    """The first entry of a record with this code; None when it has none."""
    entry = Entry.objects.filter(record_id=record_id, code=code).order_by("number").first()
    if entry is None:
        return None
    salt = EntrySalt.objects.filter(number=entry.number).first()
    rooted = DailyRoot.objects.filter(day=clock.day_of(entry.at)).exists()
    return EntryTold(
        entry.number, entry.hash, plain_entry(entry), salt.salt if salt else None, rooted
    )


def first_done_at(record_id: int, code: str) -> dt.datetime | None:
    """When the first entry of a record with this code was made; None when it has none.

    All that the transaction of that entry wrote was written by then: an entry comes last in it.
    """
    entries = Entry.objects.filter(record_id=record_id, code=code).order_by("number")
    return entries.values_list("at", flat=True).first()


def export(path: Path) -> int:
    """Write the chain as JSON lines for ``scripts/verify_ledger.py``; the number of entries.

    The first line names the layout and the head, then come the entries, then the roots kept.
    Written as :func:`danchu.core.outfile.written_whole` does and refuses, so that ``path`` never
    holds half a chain.
    """
    # The roots first and the head next: what is written later is in neither.
    roots = list(DailyRoot.objects.order_by("day"))
    head = Head.objects.first() or Head()
    with written_whole(path) as out:
        _line(out, {"format": chain.LAYOUT, "entries": head.number, "head": head.hash})
        for entry in _entries(head.number):
            _line(out, plain_entry(entry))
        for root in roots:
            _line(
                out,
                {
                    "day": root.day.isoformat(),
                    "root": root.root,
                    "first": root.first_number,
                    "last": root.last_number,
                },
            )
    return head.number


def proof_document(proof: Proof) -> dict[str, object]:
    """The proof as JSON, the form in which receipts and reports carry it."""
    return {**asdict(proof), "day": proof.day.isoformat()}


def _entries(until: int) -> Iterator[Entry]:
    number = 0
    while True:
        piece = Entry.objects.filter(number__gt=number, number__lte=until).order_by("number")
        found = list(piece[:CHUNK])
        if not found:
            return
        yield from found
        number = found[-1].number


def _line(out: BinaryIO, document: dict[str, object]) -> None:
    line = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    out.write(line.encode() + b"\n")


def plain_entry(entry: Entry) -> dict[str, Any]:
    """An entry as outsiders get it: plain values, the instant in microseconds since 1970."""
    return {
        "number": entry.number,
        "at": chain.microseconds(entry.at),
        "code": entry.code,
        "account": entry.account_id,
        "record": entry.record_id,
        "digest": entry.digest,
        "previous": entry.previous,
        "hash": entry.hash,
    }
