"""A table of a disclosure as both faces print it: which column names the rows, what is a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from .templatetags.danchu import vnumber, written

Kind = Literal["head", "n", ""]
# "12.500,5", "-3", "25 %": what stands as words because it is no whole number.
_NUMBER = re.compile(r"[-−–]?\d[\d.]*(?:,\d+)?\s*%?")
# Of these what can only be meant the Vietnamese way: "12.5" is left as somebody typed it.
_GROUPED = re.compile(r"([-−–]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)(\s*%?)")


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell; "head" names its row, "n" is a number. ``label``: the heading of its column."""

    text: str
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """``header``: titles, each with whether its column is of numbers. ``left_out``: rows that are
    in the files only."""

    header: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[CellShown, ...], ...]
    left_out: int
    money: bool


def table_shown(table: dict[str, Any], most_rows: int | None = None) -> TableShown:
    """The rows of a table, or the first ``most_rows`` of them."""
    header: list[str] = table["header"]
    rows: list[list[int | str]] = table["rows"]
    numeric = [_is_of_numbers([row[n] for row in rows]) for n in range(len(header))]
    letters = [
        0 if is_number else sum(len(word) for row in rows if isinstance(word := row[n], str))
        for n, is_number in enumerate(numeric)
    ]
    head = letters.index(max(letters)) if any(letters) else -1

    def cell(value: int | str, n: int) -> CellShown:
        if isinstance(value, int):
            return CellShown(vnumber(value), "n", header[n])
        text = value
        if numeric[n] and _NUMBER.fullmatch(text.strip()):
            return CellShown(_in_the_language(text), "n", header[n])
        return CellShown(text, "head" if n == head and text else "", header[n])

    shown = rows if most_rows is None else rows[:most_rows]
    return TableShown(
        header=tuple(zip(header, numeric, strict=True)),
        rows=tuple(tuple(cell(value, n) for n, value in enumerate(row)) for row in shown),
        left_out=len(rows) - len(shown),
        money=bool(table["money"]),
    )


def _in_the_language(text: str) -> str:
    """A number kept as words with the signs of the page's language, as whole numbers have them."""
    found = _GROUPED.fullmatch(text.strip())
    return written(found[1]) + found[2] if found else text


def _is_of_numbers(cells: list[int | str]) -> bool:
    """Whether a column holds amounts. Ordinals beside Roman or lettered ones are none."""
    told = [cell for cell in cells if cell != ""]
    if any(isinstance(cell, int) for cell in told):
        return True
    return bool(told) and all(_NUMBER.fullmatch(str(cell).strip()) for cell in told)
