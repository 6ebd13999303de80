"""What the cells of a table count: by the headings of its columns, or row by row.

What a column or a row counts is read by the same rules as running text, from a sentence made of
its heading; the figures then come from the cells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .figures import Reader
from .model import Indicator, PeriodRead
from .segments import Document, segment
from .table_cells import (
    COMPARED,
    NUMBERING,
    SPECIMEN,
    Meaning,
    indicator_of,
    label_cell,
    label_of,
    unit_of,
    with_money,
    without_year,
    year_of,
    year_told,
)
from .table_early import told_apart, with_early
from .table_periods import (
    are_parts_of_no_year,
    names_a_part,
    part_of_year,
    parts_of_columns,
)
from .table_rows import by_rows
from .tables import Cell, Table, value_of

# "Trước hạn và đúng hạn" counts the early ones itself.
_EARLY = re.compile(r"(?<!\w)(?:trước|sớm)(?!\w)")
_TOTAL = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|huyện|xã|phường|thành phố))\b")


def read_table(document: Document, table: Table, year: int | None = None) -> list[Indicator] | None:
    """The indicators of one table; None where its headings say nothing known.

    ``year`` is the one in which the period of the text ends, where it is known. Of columns of
    several quarters in a year that is not known nothing is told.
    """
    first = next((i for i, row in enumerate(table.rows) if _is_data(row)), None)
    if not first:
        return None
    headings = _headings(table.rows[:first])
    if are_parts_of_no_year(headings, year):
        return []
    headings = with_money(headings, table.rows[first:])
    context = document.plain[max(0, table.start - 300) : table.start].strip()
    columns = _meanings(context, headings)
    body = table.rows[first:]
    if sum(meaning is not None for meaning in columns) >= 2:
        periods = _periods_of(headings, columns, year)
        earlier = {} if periods else _earlier_columns(headings, columns, year)
        read = _by_columns(document, body, headings, columns, earlier, periods, year)
    else:
        read = by_rows(document, body, headings, context, year)
    return read or None


def _is_data(row: tuple[Cell, ...]) -> bool:
    numbers = [cell.words for cell in row[1:] if value_of(cell.words, "") is not None]
    # "Nội dung | 2023 | 2024" and "6 tháng đầu năm | 9 tháng" head columns.
    return any(
        (year_of(words) is None or len(words) > len("2024")) and not names_a_part(words)
        for words in numbers
    )


def _headings(rows: tuple[tuple[Cell, ...], ...]) -> list[str]:
    width = max(len(row) for row in rows)
    joined = [""] * width
    for number, row in enumerate(rows):
        carried = ""
        for column in range(width):
            words = row[column].words if column < len(row) else ""
            # A heading over several columns stands in the first of them.
            if words:
                carried = words
            elif number < len(rows) - 1:
                words = carried
            joined[column] = f"{joined[column]} {words}".strip()
    return joined


def _meanings(context: str, headings: list[str]) -> list[Meaning | None]:
    """What each column counts, from one sentence made of all headings."""
    pieces: list[str] = []
    places: list[int] = []
    length = len(context) + 1
    for heading in headings:
        clean = re.sub(r"[;:()%\d]", " ", heading)
        unit = unit_of(heading)
        if unit in ("%", "tỷ lệ"):
            unit = "%"
        piece = f"{clean}: "
        places.append(length + len(piece))
        piece += f"{SPECIMEN}{' ' if unit and unit != '%' else ''}{unit}; "
        pieces.append(piece)
        length += len(piece)
    made = segment(f"{context}\n{''.join(pieces)}")
    by_place = {i.number[0]: i for i in Reader(made).indicators()}
    meanings: list[Meaning | None] = []
    for heading, place in zip(headings, places, strict=True):
        indicator = by_place.get(place)
        if indicator is None or not heading or COMPARED.search(heading):
            meanings.append(None)
        else:
            meanings.append(Meaning(indicator.key, indicator.unit, indicator.signs))
    return meanings


def _earlier_columns(
    headings: list[str], columns: list[Meaning | None], year: int | None
) -> dict[int, int]:
    """The column of the year before beside each of this year's; those of other years lose their
    meaning in ``columns``.
    """
    told = year_told([h for h, meaning in zip(headings, columns, strict=True) if meaning], year)
    if told is None:
        return {}
    years = [year_of(heading) for heading in headings]
    alike: dict[str, list[tuple[int, int]]] = {}
    for column, heading in enumerate(headings):
        found = years[column]
        if found is not None and found < told:
            alike.setdefault(without_year(heading), []).append((found, column))
    for column, found in enumerate(years):
        if found not in (None, told):
            columns[column] = None
    return {
        column: max(alike[words])[1]
        for column, found in enumerate(years)
        if found == told and (words := without_year(headings[column])) in alike
    }


def _periods_of(
    headings: list[str], columns: list[Meaning | None], year: int | None
) -> dict[int, PeriodRead]:
    """The part of a year that each column tells of, where they tell of several; those of the same
    part of the year before lose their meaning in ``columns``.
    """
    known = [column for column, meaning in enumerate(columns) if meaning]
    parts = parts_of_columns(headings, known, year)
    kept = {part.place: part.period for part in parts}
    for column in known if parts else ():
        if column not in kept:
            columns[column] = None
    return {column: period for column, period in kept.items() if period is not None}


def _by_columns(
    document: Document,
    rows: tuple[tuple[Cell, ...], ...],
    headings: list[str],
    columns: list[Meaning | None],
    earlier: dict[int, int],
    periods: dict[int, PeriodRead],
    year: int | None,
) -> list[Indicator]:
    out: list[Indicator] = []
    apart = told_apart(document, rows[0][0].start, rows[-1][-1].end)
    numbered = any(row[0].words and NUMBERING.match(row[0].words) for row in rows)
    spans = [part_of_year(label_of(row), year) for row in rows]
    if len({span for span in spans if span}) < 2:
        spans = [None] * len(rows)
    for row, span in zip(rows, spans, strict=True):
        label = label_of(row)
        # The row without a number below numbered ones sums them up, whatever it is called.
        total = bool(_TOTAL.match(label)) or not label or (numbered and not row[0].words)
        for column, cell in enumerate(row[: len(columns)]):
            meaning = columns[column]
            value = value_of(cell.words, unit_of(headings[column])) if meaning else None
            if meaning is None or value is None:
                continue
            indicator = indicator_of(document, cell, meaning, value)
            before = row[earlier[column]].words if earlier.get(column, len(row)) < len(row) else ""
            previous = value_of(before, unit_of(headings[column]))
            if previous is not None:
                indicator = replace(indicator, previous=previous[0])
            if meaning.key == "dossiers_on_time" and not _EARLY.search(headings[column]):
                beside = [
                    other if periods.get(place) == periods.get(column) else None
                    for place, other in enumerate(columns)
                ]
                indicator = with_early(document, indicator, row, beside, apart=apart)
            period = span or periods.get(column)
            if period is not None:
                indicator = replace(indicator, period=period)
            out.append(
                indicator
                if total or span
                else replace(
                    indicator,
                    scope=document.text[row_label.start : row_label.end]
                    if (row_label := label_cell(row))
                    else None,
                    part_of=meaning.key if not meaning.key.endswith("_pct") else None,
                )
            )
    return out
