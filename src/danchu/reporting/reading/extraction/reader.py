"""From the text of a report to its figures, persons, law and findings."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from danchu.core.errors import current_language

from .arithmetic import arithmetic_of
from .checking import check_reading
from .dates import read_days
from .figures import Reader
from .findings import read_findings
from .kinds import read_kind
from .legal import read_legal_refs
from .model import Inconsistency, Indicator, Reading
from .people import read_persons
from .relating import relate
from .repeats import repeats
from .segments import Document, segment
from .tables import read_table, tables_of
from .units import read_unit

# Fewer figures than this are those of one event.
_SUMMING_UP = 10


def read_text(text: str, name: str = "") -> Reading:
    """Everything ``text`` states; ``name`` becomes ``Reading.file``.

    Offsets count code points of ``text``. A text in decomposed Unicode is composed first, and
    offsets count the composed one; a warning says so.
    """
    warnings: list[str] = []
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        warnings.append(
            "The text was composed to NFC; offsets count the composed text."
            if current_language().startswith("en")
            else "Văn bản được đưa về Unicode dựng sẵn; vị trí tính theo văn bản đó."
        )
    document = segment(text)
    indicators, tables = _indicators(document)
    days = read_days(document)
    day = days.event or (days.period.end if days.period else None)
    kind = read_kind(document, len(indicators))
    period = days.period
    # A dialogue is an event: the year beside its name is no period, unless it sums up the year.
    one_event = kind == "dialogue" and len(indicators) < _SUMMING_UP
    if one_event and period is not None and period.kind == "year":
        period = None
    related = tuple(relate(document, indicators, period))
    reading = Reading(
        file=name,
        doc_kind=kind,
        unit=read_unit(document, day),
        period=period,
        event_date=days.event,
        persons=read_persons(document),
        legal_refs=read_legal_refs(document, day),
        indicators=related,
        findings=read_findings(document),
        warnings=tuple(warnings),
        arithmetic=(*arithmetic_of(document, tables), *repeats(document, related, tables)),
    )
    return replace(reading, inconsistencies=_inconsistencies(reading))


def _inconsistencies(reading: Reading) -> tuple[Inconsistency, ...]:
    return tuple(
        Inconsistency(
            message_vi=check.message_vi,
            message_en=check.message_en,
            indicators=check.indicators,
            stated=check.stated,
            computed=check.computed,
        )
        for check in check_reading(reading)
        if check.verdict == "fail"
    )


def _indicators(document: Document) -> tuple[list[Indicator], list[tuple[int, int]]]:
    tabled: list[tuple[int, int]] = []
    found: list[Indicator] = []
    for table in tables_of(document):
        read = read_table(document, table)
        if read:
            tabled.append((table.start, table.end))
            found.extend(read)
    found.extend(Reader(document, tabled).indicators())
    return sorted(found, key=lambda indicator: indicator.number), tabled
