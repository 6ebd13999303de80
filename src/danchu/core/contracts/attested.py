"""What an entry of the ledger stands for: rooms declare how their rows are held against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

OLDER = "older"  # an entry made before what it stands for entered its digest
UNREADABLE = "unreadable"  # its salt was erased
ROWS = "rows"  # the rows say something else
FILES = "files"  # a file is missing or holds other bytes
PUBLISHED = "published"  # what is public is not what was issued


@dataclass(frozen=True, slots=True)
class AttestedEntry:
    """An entry to be held against what is kept: ``says`` tells whether its digest is of data."""

    number: int
    record_id: int | None
    says: Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True, slots=True)
class Attestation:
    """How entries with this code are held against what is kept.

    ``check(entries)`` returns number -> :data:`ROWS`, :data:`FILES`, :data:`PUBLISHED` or
    :data:`OLDER` for those that do not agree or cannot be compared, and nothing for the others.
    """

    code: str
    check: Callable[[Sequence[AttestedEntry]], Mapping[int, str]]
