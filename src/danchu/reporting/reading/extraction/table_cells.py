"""What a row is called, what its cells are measured in, and of which year a column tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.text.numbers import Exact

from .commas import has_three, is_measured
from .confidence import in_doubt
from .model import Indicator
from .segments import Document
from .tables import Cell, value_of

NUMBERING = re.compile(r"^\W*(?:stt|tt|số tt)\W*$|^\W*(?:\d{1,3}|[ivx]{1,5}|[a-zđ])\W*$")
COMPARED = re.compile(
    r"(?<!\w)(?:so sánh|so với|tăng|giảm|\+/-|chênh lệch|kế hoạch|chỉ tiêu)(?!\w)"
)
# A sentence made for a heading needs some number in it.
SPECIMEN = "7"
_UNIT = re.compile(
    r"(?<!\w)((?:nghìn |triệu |tỷ )?đồng(?! (?:ý|thuận|chí|bào|tình))"
    r"|trđ|m2|m²|ha|km|m|%|tỷ lệ|điểm)(?!\w)|(%)"
)
_MONEY = re.compile(r"\d ?(?:nghìn|triệu|tỷ|tr)(?: đồng)?$")
_YEAR = re.compile(r"(?<!\w)20\d\d(?!\w)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the cells of a column or a row count, with the signs of how that was read."""

    key: str
    unit: str
    signs: tuple[float, ...]


def unit_of(words: str) -> str:
    """The unit of measure that a heading or a label names; "" for none."""
    match = _UNIT.search(words)
    return (match[1] or match[2]) if match else ""


def with_money(headings: list[str], rows: Sequence[tuple[Cell, ...]]) -> list[str]:
    """The headings, with "đồng" where it is the cells that tell it: "90 triệu"."""
    out = []
    for column, heading in enumerate(headings):
        cells = [row[column].words for row in rows if column < len(row) and row[column].words]
        told = [words for words in cells if any(c.isdigit() for c in words)]
        money = bool(told) and all(_MONEY.search(words) for words in told)
        out.append(f"{heading} (đồng)" if money and not unit_of(heading) else heading)
    return out


def year_of(heading: str) -> int | None:
    """The year a heading names; None for none or for several."""
    years = {int(year) for year in _YEAR.findall(heading)}
    return years.pop() if len(years) == 1 else None


def without_year(heading: str) -> str:
    """A heading without its year: alike where two columns differ in nothing else."""
    return " ".join(_YEAR.sub(" ", heading).split())


def year_told(headings: Sequence[str], year: int | None) -> int | None:
    """The year that a table with columns of several years tells of; None where it has no such.

    ``year`` is the one in which the period of the text ends; where no column is headed by it, the
    last year is told.
    """
    years = {found for heading in headings if (found := year_of(heading)) is not None}
    if len(years) < 2:
        return None
    return year if year in years else max(years)


def label_cell(row: tuple[Cell, ...]) -> Cell | None:
    words = [
        cell
        for cell in row
        if cell.words and not NUMBERING.match(cell.words) and value_of(cell.words, "") is None
    ]
    return words[0] if words else None


def label_of(row: tuple[Cell, ...]) -> str:
    cell = label_cell(row)
    return cell.words if cell else ""


def indicator_of(
    document: Document, cell: Cell, meaning: Meaning, value: tuple[Exact, Exact | None, bool]
) -> Indicator:
    surface = document.text[cell.start : cell.end]
    signs = meaning.signs
    # A count is read in thousands, a measure with its decimals; either may be meant otherwise.
    three = meaning.unit != "percent" and has_three(cell.words)
    if three and (is_measured(meaning.unit) or document.decimal_commas):
        signs = in_doubt(signs)
    return Indicator(
        key=meaning.key,
        value=value[0],
        unit=meaning.unit,
        surface=surface,
        char_start=cell.start,
        char_end=cell.end,
        approx=value[2],
        denominator=value[1],
        signs=signs,
        digits=surface,
        number=(cell.start, cell.end),
        rule="table",
    )
