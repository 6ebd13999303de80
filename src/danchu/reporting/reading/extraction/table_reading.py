"""What the cells of a table count: by the headings of its columns, or row by row.

What a column or a row counts is read by the same rules as running text, from a sentence made of
its heading; the figures then come from the cells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .figures import Reader
from .model import Indicator
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
    without_year,
    year_of,
    year_told,
)
from .table_early import told_apart, with_early
from .table_rows import by_rows
from .tables import Cell, Table, value_of

# "Trước hạn và đúng hạn" counts the early ones itself.
_EARLY = re.compile(r"(?<!\w)(?:trước|sớm)(?!\w)")
_TOTAL = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|huyện|xã|phường|thành phố))\b")


def read_table(document: Document, table: Table, year: int | None = None) -> list[Indicator]:
    """The indicators of one table; an empty list where its headings say nothing known.

    ``year`` is the one in which the period of the text ends, where it is known.
    """
    first = next((i for i, row in enumerate(table.rows) if _is_data(row)), None)
    if not first:
        return []
    headings = _headings(table.rows[:first])
    context = document.plain[max(0, table.start - 300) : table.start].strip()
    columns = _meanings(context, headings)
    body = table.rows[first:]
    if sum(meaning is not None for meaning in columns) >= 2:
        earlier = _earlier_columns(headings, columns, year)
        return _by_columns(document, body, headings, columns, earlier)
    return by_rows(document, body, headings, context, year)


def _is_data(row: tuple[Cell, ...]) -> bool:
    numbers = [cell.words for cell in row[1:] if value_of(cell.words, "") is not None]
    # "Nội dung | 2023 | 2024" heads columns.
    return any(year_of(words) is None or len(words) > len("2024") for words in numbers)


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
        clean = re.sub(r"[;:()\d]", " ", heading)
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


def _by_columns(
    document: Document,
    rows: tuple[tuple[Cell, ...], ...],
    headings: list[str],
    columns: list[Meaning | None],
    earlier: dict[int, int],
) -> list[Indicator]:
    out: list[Indicator] = []
    apart = told_apart(document, rows[0][0].start, rows[-1][-1].end)
    numbered = any(row[0].words and NUMBERING.match(row[0].words) for row in rows)
    for row in rows:
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
                indicator = with_early(document, indicator, row, columns, apart=apart)
            out.append(
                indicator
                if total
                else replace(
                    indicator,
                    scope=document.text[row_label.start : row_label.end]
                    if (row_label := label_cell(row))
                    else None,
                    part_of=meaning.key if not meaning.key.endswith("_pct") else None,
                )
            )
    return out
