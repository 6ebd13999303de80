"""What a form looks like without its figures, and what its headers suggest for a cell."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from danchu.core.documents.forms.docx import WordForm
from danchu.core.documents.forms.opening import Form
from danchu.core.documents.forms.word_blocks import (
    RUNNING_TEXT,
    Block,
    WordCell,
    WordParagraph,
    WordPlace,
)
from danchu.core.documents.forms.xlsx import FormSheet
from danchu.core.text import fold
from danchu.reporting.figures.dictionary import Definition

from .models import OfPeriod

HEAD_ROWS, HEAD_COLUMNS = 60, 60  # where a form says what it asks for
MOST_SUGGESTED = 5
_LEAST = 0.5  # share of the words of a name that its headers must hold

# What changes from one period to the next and leaves the form the same.
_PERIOD = re.compile(
    r"[0-9]+|\b(?:dau|cuoi) nam\b|\bca nam\b|\bquy (?:iv|i{1,3})\b|[.…_]{2,}", re.ASCII
)
_ROOM = " chotrong "  # stands for a place between words
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
    """A hash of the names of the sheets and of the words in their first rows and columns, or of
    the words of a document with the places between them.

    Numbers and the words of a period are left out: the form of the second half-year is the form
    of the first.
    """
    content: list[object] = []
    if isinstance(form, WordForm):
        content = ["docx", *_words_of(form.blocks, 0)]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    for sheet in form.sheets.values():
        words = [
            (cell.address, _lasting(cell.text))
            for row in sheet.window(1, 1, HEAD_ROWS, HEAD_COLUMNS)
            for cell in row
            if cell.is_text and not cell.has_formula
        ]
        content.append([_lasting(sheet.name), [word for word in words if word[1]]])
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _words_of(blocks: list[Block], table: int) -> list[object]:
    """What a document says and where it leaves room; what lies in a table with its address."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, WordParagraph):
            said = _lasting(" ".join(_ROOM if place else text for text, place in block.pieces))
            if said:
                found.append(said)
            continue
        for row in block.rows:
            for cell in row:
                inside = _words_of(cell.blocks, block.number)
                if inside:
                    found.append([block.number, cell.address, inside])
    return found


def _lasting(text: str) -> str:
    return " ".join(re.findall(r"\w+", _PERIOD.sub(" ", fold(text))))


@dataclass(frozen=True, slots=True)
class Headers:
    """The words that speak of a cell: of its column from above, of its row from the left."""

    column: tuple[str, ...]
    row: tuple[str, ...]
    notes: tuple[str, ...] = ()  # over the whole form: "Đơn vị tính: triệu đồng"

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
        tuple(
            cell.text
            for line in sheet.window(1, 1, max(1, row - 1), HEAD_COLUMNS)
            for cell in line
            if cell.is_text and _OF_ALL.search(cell.text)
        ),
    )


_OF_ALL = re.compile(r"đơn vị tính|đvt", re.IGNORECASE)
# What one unit of the form is, in units of the indicator; the larger before what it holds.
_MONEY = (
    (re.compile(r"\b(?:nghìn|ngàn|1[. ]?000)\s*(?:đồng|đ\b|vnđ)", re.IGNORECASE), 1_000),
    (re.compile(r"\b(?:triệu|trđ|tr\.\s*đ|tr\.?đồng)", re.IGNORECASE), 1_000_000),
    (re.compile(r"\bt[ỷỉ]\s*(?:đồng|đ\b|vnđ)|\(\s*t[ỷỉ]\s*\)", re.IGNORECASE), 1_000_000_000),
    (
        re.compile(
            r"(?:đơn vị(?: tính)?|đvt)\s*:?\s*\(?\s*(?:đồng|vnđ|vnd)|\(\s*(?:đồng|vnđ|vnd)\s*\)",
            re.IGNORECASE,
        ),
        1,
    ),
)
_AREA = (
    (re.compile(r"\b(?:ha|hecta|héc ta|héc-ta)\b", re.IGNORECASE), 10_000),
    (re.compile(r"\b(?:m2|m²|mét vuông)(?!\w)", re.IGNORECASE), 1),
)
_COUNT = ((re.compile(r"\b(?:nghìn|ngàn)\s+(?!đồng)\w", re.IGNORECASE), 1_000),)
MONEY, AREA = "VND", "m2"


def said_factor(headers: Headers, unit: str) -> int | None:
    """How many units of the indicator make one unit of the form, by the words that speak of the
    cell, the nearest first; None where nothing is said. ``unit``: that of the indicator.
    """
    rules = {MONEY: _MONEY, AREA: _AREA}.get(unit, _COUNT)
    for text in (*headers.row[::-1], *headers.column[::-1], *headers.notes[::-1]):
        for words, factor in rules:
            if words.search(text):
                return factor
    return None


# A column beside that of the period: of the year before, of the period before, or made of two.
_COMPARED = re.compile(
    r"so sánh|\bso với\b|chênh lệch|\btăng\s*(?:[,/(+]|giảm)|\+\s*/\s*-", re.IGNORECASE
)
_LAST_YEAR = re.compile(r"cùng kỳ|cùng kì|năm trước|năm ngoái", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:kỳ|kì|tháng|quý)\s+(?:trước|liền kề)", re.IGNORECASE)
_THIS = re.compile(r"\b(?:kỳ|kì|tháng|quý)\s+(?:này|báo cáo)|trong kỳ", re.IGNORECASE)


def said_period(headers: Headers) -> str | None:
    """Of which period a cell tells (``OfPeriod``), by the nearest words that speak of one.

    "" where they speak of a comparison of two; None where nothing is said.
    """
    for text in (*headers.column[::-1], *headers.row[::-1]):
        if _COMPARED.search(text):
            return ""
        for words, of_period in (
            (_THIS, OfPeriod.THIS),
            (_LAST_YEAR, OfPeriod.LAST_YEAR),
            (_BEFORE, OfPeriod.BEFORE),
        ):
            if words.search(text):
                return of_period
    return None


def word_headers(form: WordForm, place: WordPlace) -> Headers:
    """The words that speak of a place: around a cell as in a sheet, around a blank its sentence."""
    if place.sheet != RUNNING_TEXT:
        cell = form.cell(place.sheet, place.address)
        found = _around(form, place.sheet, cell) if cell else Headers((), ())
        return replace(found, notes=_notes(form))
    before, after = _beside(place)
    around = form.cell_around(place)
    outer = _around(form, *around) if around else Headers((), ())
    said = tuple(text for text in (*outer.row, before, after) if text)
    return Headers(outer.column, said, _notes(form))


def _notes(form: WordForm) -> tuple[str, ...]:
    """The lines of a document that tell the unit of all its tables."""
    lines = (
        "".join(text for text, place in block.pieces if not place)
        for block in form.blocks
        if isinstance(block, WordParagraph)
    )
    return tuple(line for line in lines if _OF_ALL.search(line))


def _around(form: WordForm, sheet: int, cell: WordCell) -> Headers:
    rows = form.tables[sheet - 2].rows
    wide = form.tables[sheet - 2].columns

    def texts(addresses: Iterable[str]) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for address in addresses:
            near = form.cell(sheet, address)
            if near is not None and near.columns < wide and any(map(str.isalpha, near.text)):
                found[near.address] = " ".join(near.text.split())
        return tuple(found.values())

    above = [
        each.address
        for row in rows[: cell.row - 1][-HEAD_ROWS:]
        for each in row
        if each.column <= cell.column < each.column + each.columns
    ]
    left = [each.address for each in rows[cell.row - 1] if each.column < cell.column]
    return Headers(texts(above), texts(left[-HEAD_COLUMNS:]))


def _beside(place: WordPlace) -> tuple[str, str]:
    """What is said right before a blank, and behind it up to the next comma or stop."""
    span = place.span
    if span is None:
        return "", ""
    others = [other for other in place.said.spans if other is not span]
    start = max([0, *(other.end for other in others if other.end <= span.start)])
    end = min([len(place.said.text), *(o.start for o in others if o.start >= span.end)])
    behind = re.split(r"[,;.:]", place.said.text[span.end : end])[0]
    return " ".join(place.said.text[start : span.start].split()), " ".join(behind.split())


def _texts(sheet: FormSheet, addresses: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for address in addresses:
        cell = sheet.cell(address)
        if cell.covered_by:
            cell = sheet.cell(cell.covered_by)
        over_everything = cell.columns > 1 and cell.columns >= sheet.columns
        if cell.is_text and not over_everything:  # a title tells nothing of a single cell
            found[cell.address] = cell.text
    return tuple(found.values())


_ORDINAL = frozenset({"stt", "tt", "so tt", "so thu tu", "thu tu"})


def ordinal_header(headers: Headers) -> str:
    """What heads the column of ordinal numbers, where a cell stands in it; else ""."""
    return next((text for text in headers.column if _lasting(text) in _ORDINAL), "")


def suggestions(headers: Headers, meanings: Mapping[str, Definition]) -> list[str]:
    """Keys of the indicators whose names the headers hold best, the best first; often none."""
    if ordinal_header(headers):
        return []
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
