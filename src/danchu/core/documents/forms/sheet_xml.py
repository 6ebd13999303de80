"""The XML of one sheet as bytes: found row by row, and changed by cutting out single cells.

A sheet is never parsed and written anew: whoever sent it may rely on anything that stands in it.
What is not a filled cell keeps its bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.parsers import expat
from xml.sax.saxutils import escape

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format itself

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^<>]*>")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class RowSpan:
    """Where a row stands in the bytes of its sheet: its tag, its cells, its end."""

    number: int
    start: int
    body: int
    body_end: int
    end: int
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell as written. ``start`` and ``end`` are places in the bytes of the sheet."""

    column: int
    start: int
    end: int
    attributes: dict[str, str]
    value: str  # what is stored; an index for shared text
    has_formula: bool


def place_of(address: str) -> tuple[int, int]:
    """Row and column, from 1, of "B7". Raises ``ValueError`` for what is no address."""
    match = _PLACE.fullmatch(address)
    if match is None:
        raise ValueError(f"not the address of a cell: {address!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"outside of any sheet: {address!r}")
    return row, column


def letters_of(column: int) -> str:
    """The letters of a column counted from 1: 1 is "A", 28 is "AB"."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address_of(row: int, column: int) -> str:
    """The address of the cell of a row and a column, both from 1."""
    return f"{letters_of(column)}{row}"


def require_whole(content: bytes) -> None:
    """Raise ``ValueError`` unless these are the bytes of one whole XML without a document type."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _refuse(*_: object) -> None:
    raise ValueError("a document type has no business in a sheet")


def attributes_of(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag that holds only names, numbers and references."""
    return {
        match[1].decode(): (match[2] if match[2] is not None else match[3]).decode()
        for match in _ATTRIBUTE.finditer(tag)
    }


_RESULT = re.compile(
    rb"<((?:[\w.-]+:)?)c(\s[^<>]*)>(<\1f(?:\s[^<>]*)?(?:/>|>([^<]*)</\1f>))\s*<\1v[^<>]*>[^<]*</\1v>"
)
_OTHER_FILE = re.compile(rb"\[[0-9]+\]")


def without_results(content: bytes) -> bytes:
    """The sheet with its formulas but without the results stored beside them.

    Those of formulas that look into another file stay: that file may not be at hand.
    """

    def emptied(match: re.Match[bytes]) -> bytes:
        if match[4] is not None and _OTHER_FILE.search(match[4]):
            return match[0]
        kind = re.sub(rb"""\st=(?:"[^"]*"|'[^']*')""", b"", match[2])
        return b"<%sc%s>%s" % (match[1], kind, match[3])

    return _RESULT.sub(emptied, content)


class SheetXml:
    """The rows of a sheet by number, each parsed only when it is asked for.

    ``content`` is UTF-8 without comments or CDATA, and well-formed (:func:`require_whole`).
    Raises ``ValueError`` for anything that cannot be a sheet.
    """

    def __init__(self, content: bytes) -> None:
        opening = _DATA.search(content)
        if opening is None:
            raise ValueError("no sheetData")
        self.content = content
        self.prefix = opening[1]
        self.head = content[: opening.start()]
        self._opening = opening
        self.is_bare = opening[0].endswith(b"/>")
        closing = b"</" + self.prefix + b"sheetData"
        self._data_end = opening.end() if self.is_bare else content.find(closing, opening.end())
        if self._data_end < 0:
            raise ValueError("sheetData does not end")
        self.tail = content[self._data_end :]
        self.rows = {} if self.is_bare else self._found_rows()
        self._numbers = sorted(self.rows)

    def _found_rows(self) -> dict[int, RowSpan]:
        tag = re.compile(rb"<" + re.escape(self.prefix) + rb"row(?=[\s/>])[^<>]*>")
        closing = b"</" + self.prefix + b"row"
        found: dict[int, RowSpan] = {}
        at, last = self._opening.end(), 0
        while (match := tag.search(self.content, at, self._data_end)) is not None:
            attributes = attributes_of(match[0])
            number = int(attributes.get("r", last + 1))
            if number <= last or number > LAST_ROW:
                raise ValueError("rows out of order")
            body = body_end = end = match.end()
            if not match[0].endswith(b"/>"):
                body_end = self.content.find(closing, body, self._data_end)
                end = self.content.find(b">", body_end) + 1
                if body_end < 0:
                    raise ValueError("a row does not end")
            found[number] = RowSpan(number, match.start(), body, body_end, end, attributes)
            at, last = end, number
        return found

    @property
    def last_row(self) -> int:
        """The number of the last row that is written, 0 for an empty sheet."""
        return self._numbers[-1] if self._numbers else 0

    def last_column(self) -> int:
        """The last column in which any cell is written."""
        opening, last = b"<" + self.prefix + b"c", 0
        for row in self.rows.values():
            at = self.content.rfind(opening + b" ", row.body, row.body_end)
            place = None
            if at >= 0:
                tag = self.content[at : self.content.find(b">", at)]
                place = attributes_of(tag).get("r")
            if place is not None:
                last = max(last, place_of(place)[1])
            elif row.body_end > row.body:
                last = max([last, *(cell.column for cell in self.cells(row.number))])
        return last

    def cells(self, number: int) -> list[CellSpan]:
        """The cells of a row as written, in the order of their columns."""
        row = self.rows.get(number)
        if row is None or row.body == row.body_end:
            return []
        return _RowWalk(self.content, row, self.prefix.decode()).cells

    def with_cells(
        self,
        filled: Mapping[tuple[int, int], Decimal | str],
        styles: Mapping[tuple[int, int], str],
    ) -> bytes:
        """The sheet with these values by (row, column), and nothing else changed.

        ``styles``: the style of cells that are not written yet; the others keep their own.
        """
        by_row: dict[int, dict[int, Decimal | str]] = {}
        for (row, column), value in filled.items():
            by_row.setdefault(row, {})[column] = value
        cuts: list[tuple[int, int, bytes]] = []
        for number in sorted(by_row):
            cuts += self._cuts(number, by_row[number], styles)
        pieces, at = [], 0
        for start, end, new in cuts:
            pieces += [self.content[at:start], new]
            at = end
        pieces.append(self.content[at:])
        return b"".join(pieces)

    def _cuts(
        self,
        number: int,
        columns: Mapping[int, Decimal | str],
        styles: Mapping[tuple[int, int], str],
    ) -> list[tuple[int, int, bytes]]:
        def fresh(column: int) -> bytes:
            style = styles.get((number, column), "")
            return self._cell(number, column, {"s": style} if style else {}, columns[column])

        name = self.prefix + b"row"
        row = self.rows.get(number)
        if row is None:
            cells = b"".join(fresh(column) for column in sorted(columns))
            new = b'<%s r="%d">%s</%s>' % (name, number, cells, name)
            after = bisect_left(self._numbers, number)
            at = self.rows[self._numbers[after]].start if after < len(self._numbers) else None
            return [(at, at, new)] if at is not None else [self._at_the_end(new)]
        if row.body == row.end:  # <row/> without a cell
            cells = b"".join(fresh(column) for column in sorted(columns))
            tag = self.content[row.start : row.end].rstrip(b"/>").rstrip()
            return [(row.start, row.end, b"%s>%s</%s>" % (tag, cells, name))]
        written = {cell.column: cell for cell in self.cells(number)}
        order = sorted(written)
        cuts: list[tuple[int, int, bytes]] = []
        for column in sorted(columns):
            cell = written.get(column)
            if cell is not None:
                new = self._cell(number, column, cell.attributes, columns[column])
                cuts.append((cell.start, cell.end, new))
                continue
            after = bisect_left(order, column)
            at = written[order[after]].start if after < len(order) else row.body_end
            cuts.append((at, at, fresh(column)))
        return cuts

    def _at_the_end(self, rows: bytes) -> tuple[int, int, bytes]:
        if not self.is_bare:
            return self._data_end, self._data_end, rows
        name = self.prefix + b"sheetData"
        return (
            self._opening.start(),
            self._opening.end(),
            b"<%s>%s</%s>" % (name, rows, name),
        )

    def _cell(self, row: int, column: int, kept: Mapping[str, str], value: Decimal | str) -> bytes:
        # What Excel keeps beside a value (cm, vm) speaks of the old value.
        style = f' s="{kept["s"]}"' if kept.get("s", "").isdigit() else ""
        p = self.prefix.decode()
        if isinstance(value, Decimal):
            kind, inside = "", f"<{p}v>{value:f}</{p}v>"
        else:
            kind = ' t="inlineStr"'
            # The format reads _x0041_ as a letter; the line that says so is itself written so.
            text = escape(_CODED.sub("_x005F_", value))
            inside = f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'
        return f'<{p}c r="{address_of(row, column)}"{style}{kind}>{inside}</{p}c>'.encode()


class _RowWalk:
    """One walk over the cells of a row."""

    def __init__(self, content: bytes, row: RowSpan, prefix: str) -> None:
        self.cells: list[CellSpan] = []
        self._row, self._content, self._prefix = row, content, prefix
        self._column = 0
        self._start = 0
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._formula = self._reading = self._phonetic = False
        # The names are read as they stand: the prefixes are declared far above the row.
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text
        self._parser = parser
        try:
            parser.Parse(content[row.start : row.end], True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error

    def _local(self, name: str) -> str:
        return name.removeprefix(self._prefix)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._local(name)
        if tag == "c":
            place = attributes.get("r")
            row, column = place_of(place) if place else (self._row.number, self._column + 1)
            if row != self._row.number or column <= self._column:
                raise ValueError("cells out of order")
            self._column, self._attributes = column, attributes
            self._start = self._row.start + self._parser.CurrentByteIndex
            self._value, self._formula = [], False
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag in ("v", "t"):
            self._reading = not self._phonetic

    def _text(self, text: str) -> None:
        if self._reading:
            self._value.append(text)

    def _close(self, name: str) -> None:
        tag = self._local(name)
        if tag in ("v", "t"):
            self._reading = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            end = self._content.index(b">", self._start) + 1
            if self._content[end - 2 : end] != b"/>":  # it has an end tag
                at = self._row.start + self._parser.CurrentByteIndex
                end = self._content.index(b">", at) + 1
            self.cells.append(
                CellSpan(
                    self._column,
                    self._start,
                    end,
                    self._attributes,
                    "".join(self._value),
                    self._formula,
                )
            )
