"""From the text of a report to its figures, persons, law and findings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from danchu.core.errors import current_language
from danchu.core.text.normal import nfc

from .arithmetic import arithmetic_of
from .beside_the_key import without_neighbours
from .checking import check_reading
from .confidence import weighed
from .dates import Days, read_days
from .doubts import doubts, in_its_term
from .early_told import with_early_told
from .figures import Reader
from .findings import read_findings
from .inspected import up_to_the_visit
from .kinds import read_kind
from .legal import read_legal_refs
from .model import Inconsistency, Indicator, PeriodRead, Reading
from .people import read_persons
from .relating import relate
from .repeats import repeats
from .segments import MOST_NUMBERS, Document, segment
from .semesters import without_its_days
from .table_reading import read_table
from .tables import Table, tables_of
from .units import read_unit
from .years import LEAD_REACH, head_end


def read_text(text: str, name: str = "") -> Reading:
    """Everything ``text`` states; ``name`` becomes ``Reading.file``.

    Offsets count code points of ``text``. A text in decomposed Unicode is composed first, and
    offsets count the composed one; a warning says so.
    """
    warnings: list[str] = []
    composed = nfc(text)
    if composed != text:
        text = composed
        warnings.append(
            "The text was composed to NFC; offsets count the composed text."
            if current_language().startswith("en")
            else "Văn bản được đưa về Unicode dựng sẵn; vị trí tính theo văn bản đó."
        )
    document = segment(text)
    days = read_days(document)
    every = tables_of(document)
    indicators, tables = _indicators(document, every, days)
    day = days.event or (days.period.end if days.period else None)
    kind = read_kind(document, len(indicators))
    period = days.period
    # A dialogue is an event: the year beside its name is no period, unless it sums up the year.
    one_event = kind == "dialogue"
    if kind == "inspection":
        period = up_to_the_visit(document.plain[:LEAD_REACH], period, days.event)
    if one_event and period is not None and _by_the_way(document, period, days.event):
        period = None
    if document.numbers_left_out:
        warnings.append(
            f"Only the first {MOST_NUMBERS} numbers of the text were read."
            if current_language().startswith("en")
            else f"Chỉ đọc {MOST_NUMBERS} số đầu tiên của văn bản."
        )
    if document.crowded:
        warnings.append(
            f"{document.crowded} passages hold hundreds of numbers without an end of a sentence "
            "and were passed over: they are data, not text."
            if current_language().startswith("en")
            else f"{document.crowded} đoạn có hàng trăm số liền nhau, không ngắt câu, nên không "
            "đọc: đó là dữ liệu, không phải câu văn."
        )
    unit = read_unit(document, day, kind)
    related = tuple(relate(document, weighed(indicators, kind, tables), period, unit.level))
    warnings += doubts(document, related)
    if period is None:
        warnings += without_its_days(text, document.plain)
    reading = Reading(
        file=name,
        doc_kind=kind,
        unit=unit,
        period=period,
        event_date=days.event,
        persons=read_persons(document),
        legal_refs=read_legal_refs(document, day),
        indicators=related,
        findings=read_findings(document),
        warnings=tuple(warnings),
        arithmetic=(*arithmetic_of(document, tables, every), *repeats(document, related, tables)),
    )
    return replace(reading, inconsistencies=_inconsistencies(reading))


def _by_the_way(document: Document, period: PeriodRead, event: dt.date | None) -> bool:
    """Whether a text on one event names ``period`` only in passing."""
    if period.kind == "range" or (period.kind == "year" and period.start.month > 1):
        # A school year is told of as a whole.
        return False
    head = document.plain[: head_end(document.plain)]
    lines = head.split("\n")
    titled = "\n".join(line for line in lines if len(line) <= 160)
    if period.kind == "year":
        # "hội nghị đối thoại năm 2022" of 20/10/2022 is one of that year, no sum of it.
        summed = event is None and f"năm {period.start.year}" in titled
        return not summed and (event is None or period.start.year == event.year)
    return not any(word in titled for word in ("tháng đầu", "quý", "6 tháng", "9 tháng"))


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


def _first_year(days: Days) -> int | None:
    """The first year that a text reports on."""
    if days.period is not None:
        return days.period.start.year
    return days.event.year if days.event else None


def _of_last_year(days: Days) -> bool:
    """Whether a text tells of the whole year before the one it was told in."""
    if days.period is None or days.told is None:
        return False
    return days.period.kind == "year" and days.period.end.year == days.told.year - 1


def _indicators(
    document: Document, tables: list[Table], days: Days
) -> tuple[list[Indicator], list[tuple[int, int]]]:
    tabled: list[tuple[int, int]] = []
    found: list[Indicator] = []
    last = days.period.end if days.period is not None else days.event
    for table in tables:
        read = read_table(document, table, last.year if last else None)
        if read is not None:
            tabled.append((table.start, table.end))
            found.extend(read)
    told = Reader(
        document, tabled, _first_year(days), of_last_year=_of_last_year(days)
    ).indicators()
    told = in_its_term(document, without_neighbours(document, told))
    found.extend(with_early_told(document, told))
    return sorted(found, key=lambda indicator: indicator.number), tabled
