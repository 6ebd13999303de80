"""Reference data that comes with a release: units, law, calendar, dictionary.

Each room that owns some declares ``REFERENCES`` in its ``reference.py``; ``danchu init`` and
``danchu reference`` bring them into the database as new versions. Running clocks and signed
figures keep the version they were made with, rows added or confirmed locally stay, and a
conflict is listed, never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class ReferenceChange:
    """One thing an update would do. ``conflict`` is listed and left alone.

    ``kept``: entered here, and the release does not tell it yet; it stays.
    """

    what: Literal["add", "change", "end", "conflict", "kept"]
    key: str
    detail_vi: str
    detail_en: str


class ReferenceSet(Protocol):
    """One set of reference data. ``source`` is a folder with the files named in ``files``."""

    name: str  # "units", "calendar", "law", "dictionary"
    files: tuple[str, ...]  # file names inside the folder
    folder: Path  # the folder of the release

    def version(self, source: Path) -> str:
        """A short, stable name of what the source holds (a hash or a number)."""

    def installed(self) -> str | None:
        """The version the database holds, or None when it holds none."""

    def plan(self, source: Path) -> list[ReferenceChange]:
        """What ``apply`` would do, without doing it."""

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Bring the database up to the source in one transaction; a second time does nothing."""
