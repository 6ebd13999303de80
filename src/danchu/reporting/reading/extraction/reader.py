"""From the text of a report to its figures, persons, law and findings."""

from __future__ import annotations

from .figures import Reader
from .legal import read_legal_refs
from .model import Indicator, Reading
from .people import read_persons
from .segments import Document, segment
from .tables import read_table, tables_of


def read_text(text: str, name: str = "") -> Reading:
    """Everything ``text`` states; ``name`` becomes ``Reading.file``."""
    document = segment(text)
    return Reading(
        file=name,
        indicators=tuple(_indicators(document)),
        legal_refs=read_legal_refs(document, None),
        persons=read_persons(document),
    )


def _indicators(document: Document) -> list[Indicator]:
    tabled: list[tuple[int, int]] = []
    found: list[Indicator] = []
    for table in tables_of(document):
        read = read_table(document, table)
        if read:
            tabled.append((table.start, table.end))
            found.extend(read)
    found.extend(Reader(document, tabled).indicators())
    return sorted(found, key=lambda indicator: indicator.number)
