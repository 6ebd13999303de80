"""Tables that state one figure a row: what the row is called, and the column of this period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .confidence import signs_of
from .figures import Reader
from .lexicon import UNITS
from .lexicon.dictionary_names import KEY_OF_NAME
from .model import Indicator
from .segments import Document, segment
from .table_cells import (
    COMPARED,
    SPECIMEN,
    Meaning,
    indicator_of,
    label_of,
    unit_of,
    without_year,
    year_of,
    year_told,
)
from .table_periods import Column, parts_of_columns
from .tables import Cell, value_of

_EARLIER = re.compile(r"(?<!\w)(?:kỳ trước|cùng kỳ|năm trước|kỳ báo cáo trước)(?!\w)")
_NOW = re.compile(
    r"(?<!\w)(?:kỳ này|kỳ báo cáo|thực hiện|kết quả|số lượng|số liệu|trong kỳ|ghi chú)(?!\w)"
)
_MEASURE = re.compile(r"(?<!\w)(?:đơn vị tính|đvt|đv tính)(?!\w)")
_IN_BRACKETS = re.compile(r" *\([^()]*\)[ .:]*$")
# How near the name of the dictionary itself is to its indicator.
_SAME = 90
_Rows = Sequence[tuple[Cell, ...]]


def by_rows(
    document: Document, rows: _Rows, headings: list[str], context: str, year: int | None
) -> list[Indicator]:
    """Indicators of each row: the figure of this period, and beside it that of the one before;
    where the columns are parts of a year, the figure of each part.
    """
    columns = _columns(rows, headings, year)
    if not columns:
        return []
    measure = next((i for i, h in enumerate(headings) if _MEASURE.search(h)), None)
    units = [
        row[measure].words if measure is not None and measure < len(row) else "" for row in rows
    ]
    out: list[Indicator] = []
    meanings = _meanings(rows, units, columns[0].place, context)
    for row, unit, meaning in zip(rows, units, meanings, strict=True):
        if meaning is None:
            continue
        for column in columns:
            indicator = _cell(document, row, unit, meaning, column, headings[column.place])
            if indicator is not None:
                out.append(indicator)
    return out


def _cell(
    document: Document,
    row: tuple[Cell, ...],
    unit: str,
    meaning: Meaning,
    column: Column,
    heading: str,
) -> Indicator | None:
    """The figure of ``row`` in ``column``; None where the cell holds none of its kind."""
    if column.place >= len(row):
        return None
    cell = row[column.place]
    value = value_of(cell.words, unit_of(unit) or unit_of(f"{heading} {label_of(row)}"))
    if value is None:
        return None
    percent = meaning.unit == "percent"
    # A share is no count, and "19/21" beside the name of a share is not the share.
    if percent != ("%" in cell.words) and ("%" in cell.words or value[1] is not None):
        return None
    indicator = indicator_of(document, cell, meaning, value)
    if column.period is not None:
        indicator = replace(indicator, period=column.period)
    if column.earlier is not None and column.earlier < len(row):
        before = value_of(row[column.earlier].words, unit_of(unit))
        if before is not None:
            indicator = replace(indicator, previous=before[0])
    return indicator


def _meanings(rows: _Rows, units: Sequence[str], now: int, context: str) -> list[Meaning | None]:
    """What each row counts: by the name of the dictionary, else by a sentence made of its label.

    Each sentence is closed, for one that runs on would give its number to the row below.
    """
    made_lines: list[str] = []
    places: list[int] = []
    length = len(context) + 1
    for row, unit in zip(rows, units, strict=True):
        clean = re.sub(r"[;:\d|]", " ", label_of(row)).rstrip(" .")
        in_cell = now < len(row) and row[now].words.endswith("%")
        share = "%" if in_cell or clean.lstrip().startswith("tỷ lệ") else ""
        line = f"{clean}: {SPECIMEN}{share} {unit}".rstrip() + ".\n"
        places.append(length + len(clean) + 2)
        made_lines.append(line)
        length += len(line)
    made = segment(f"{context}\n{''.join(made_lines)}")
    by_place = {i.number[0]: i for i in Reader(made).indicators()}
    out: list[Meaning | None] = []
    for row, place in zip(rows, places, strict=True):
        name = _IN_BRACKETS.sub("", " ".join(label_of(row).split()))
        key = KEY_OF_NAME.get(name)
        if key is not None:
            # What the dictionary names and no rule reads is known to be nothing else.
            known = UNITS.get(key)
            out.append(Meaning(key, known, signs_of(_SAME, 0)) if known else None)
            continue
        read = by_place.get(place)
        out.append(Meaning(read.key, read.unit, read.signs) if read else None)
    return out


def _columns(rows: _Rows, headings: list[str], year: int | None) -> list[Column]:
    """The columns of figures that are read: one for each part of a year, or that of the period."""
    numeric = [
        column
        for column in range(1, len(headings))
        if sum(column < len(row) and value_of(row[column].words, "") is not None for row in rows)
        * 2
        >= len(rows)
    ]
    parts = parts_of_columns(headings, numeric, year)
    if parts:
        return parts
    now, earlier = _period_columns(numeric, headings, year)
    return [] if now is None else [Column(now, None, earlier)]


def _period_columns(
    numeric: Sequence[int], headings: list[str], year: int | None
) -> tuple[int | None, int | None]:
    """The column of this period's figures and that of the earlier ones."""
    plain_columns = [c for c in numeric if not COMPARED.search(headings[c])]
    told = year_told([headings[c] for c in plain_columns], year)
    if told is not None:
        return _column_of_year(plain_columns, headings, told)
    earlier = next((c for c in plain_columns if _EARLIER.search(headings[c])), None)
    rest = [c for c in plain_columns if c != earlier]
    named = [c for c in rest if _NOW.search(headings[c])]
    if named:
        return named[0], earlier
    return (rest[0], earlier) if len(rest) == 1 else (None, None)


def _column_of_year(
    columns: Sequence[int], headings: list[str], told: int
) -> tuple[int | None, int | None]:
    """The column of the year ``told``, and that of the last one before it headed alike."""
    of_year = [c for c in columns if year_of(headings[c]) == told]
    if len(of_year) != 1:
        return None, None
    now = of_year[0]
    before = [
        (year, c)
        for c in columns
        if (year := year_of(headings[c])) is not None
        and year < told
        and without_year(headings[c]) == without_year(headings[now])
    ]
    return now, max(before)[1] if before else None
