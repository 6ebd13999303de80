"""What a form looks like without its figures, and what its headers suggest for a cell."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from danchu.core.documents.forms.xlsx import Form, FormSheet
from danchu.core.text import fold
from danchu.reporting.figures.dictionary import Definition

HEAD_ROWS, HEAD_COLUMNS = 60, 60  # where a form says what it asks for
MOST_SUGGESTED = 5
_LEAST = 0.5  # share of the words of a name that its headers must hold

# What changes from one period to the next and leaves the form the same.
_PERIOD = re.compile(
    r"[0-9]+|\b(?:dau|cuoi) nam\b|\bca nam\b|\bquy (?:iv|i{1,3})\b|[.…_]{2,}", re.ASCII
)
_WORD = re.compile(r"[a-z0-9]+")
# Words that stand in nearly every header and tell nothing apart.
_COMMON = frozenset(
    {
        "cac",
        "tai",
        "co",
        "va",
        "ve",
        "tren",
        "do",
        "cho",
        "theo",
        "da",
        "duoc",
        "bang",
        "la",
        "cua",
        "trong",
        "tong",
        "so",
        "o",
    }
)


def fingerprint(form: Form) -> str:
    """A hash of the names of the sheets and of the words in their first rows and columns.

    Numbers and the words of a period are left out: the form of the second half-year is the form
    of the first.
    """
    content = []
    for sheet in form.sheets.values():
        words = [
            (cell.address, _lasting(cell.text))
            for row in sheet.window(1, 1, HEAD_ROWS, HEAD_COLUMNS)
            for cell in row
            if cell.is_text and not cell.has_formula
        ]
        content.append([_lasting(sheet.name), [word for word in words if word[1]]])
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _lasting(text: str) -> str:
    return " ".join(re.findall(r"\w+", _PERIOD.sub(" ", fold(text))))


@dataclass(frozen=True, slots=True)
class Headers:
    """The words that speak of a cell: of its column from above, of its row from the left."""

    column: tuple[str, ...]
    row: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of them on one line."""
        return " / ".join((*self.column, *self.row))


def headers_of(sheet: FormSheet, row: int, column: int) -> Headers:
    """The header texts of a cell, the nearest last; a merged header speaks for all it covers."""
    above = sheet.window(max(1, row - HEAD_ROWS), column, row - max(1, row - HEAD_ROWS), 1)
    left = sheet.window(row, 1, 1, min(column - 1, HEAD_COLUMNS)) if column > 1 else [[]]
    return Headers(
        _texts(sheet, (line[0].address for line in above)),
        _texts(sheet, (cell.address for cell in (left[0] if left else []))),
    )


def _texts(sheet: FormSheet, addresses: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for address in addresses:
        cell = sheet.cell(address)
        if cell.covered_by:
            cell = sheet.cell(cell.covered_by)
        if cell.is_text and cell.columns < sheet.columns:  # a title over everything tells nothing
            found[cell.address] = cell.text
    return tuple(found.values())


def suggestions(headers: Headers, meanings: Mapping[str, Definition]) -> list[str]:
    """Keys of the indicators whose names the headers hold best, the best first; often none."""
    said = _telling(headers.words)
    scores = []
    for key, meaning in meanings.items():
        name = _telling(meaning.name_vi)
        both = name & said
        if not both:
            continue
        share = len(both) / len(name)
        if share >= _LEAST:
            scores.append((-share, len(said - name), meaning.order, key))
    return [key for *_rest, key in sorted(scores)[:MOST_SUGGESTED]]


def _telling(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text))) - _COMMON


def found_indicators(
    meanings: Mapping[str, Definition], asked: str, *, limit: int = 30
) -> list[Definition]:
    """The indicators whose name or key holds every word asked for, accents or not."""
    words = fold(asked).split()
    if not words:
        return []
    found = [
        meaning
        for key, meaning in meanings.items()
        if all(word in f"{fold(meaning.name_vi)} {fold(meaning.name_en)} {key}" for word in words)
    ]
    return sorted(found, key=lambda meaning: meaning.order)[:limit]
