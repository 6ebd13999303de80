"""Tables in a text: rows of cells parted by bars, tabs, semicolons or wide gaps under headings.

A table that lost its marks is known by its rows, a name and the same number of figures in each,
and by the capitals that begin its headings.

What a column (or a row) counts is read by the same rules as running text, from a sentence made of
the headings; the figures then come from the cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from danchu.core.text.numbers import Exact, find_numbers, in_base

from .figures import Reader
from .matching import UPPER
from .model import Indicator
from .segments import Document, segment

_RULE_LINE = re.compile(r"^[\s|+:=\-–—_]*$")
_TOTAL = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|huyện|xã|phường|thành phố))\b")
_UNIT = re.compile(r"(?<!\w)((?:nghìn |triệu |tỷ )?đồng|trđ|m2|m²|ha|km|m|%|tỷ lệ|điểm)(?!\w)|(%)")
_EARLIER = re.compile(r"(?<!\w)(?:kỳ trước|cùng kỳ|năm trước|kỳ báo cáo trước)(?!\w)")
_COMPARED = re.compile(
    r"(?<!\w)(?:so sánh|so với|tăng|giảm|\+/-|chênh lệch|kế hoạch|chỉ tiêu)(?!\w)"
)
_NOW = re.compile(
    r"(?<!\w)(?:kỳ này|kỳ báo cáo|thực hiện|kết quả|số lượng|số liệu|trong kỳ|ghi chú)(?!\w)"
)
_MEASURE = re.compile(r"(?<!\w)(?:đơn vị tính|đvt|đv tính)(?!\w)")
_NUMBERING = re.compile(r"^\W*(?:stt|tt|số tt)\W*$|^\W*(?:\d{1,3}|[ivx]{1,5}|[a-zđ])\W*$")
_NOTHING = re.compile(r"^(?:không có|không)$")
_BETWEEN_GAPS = re.compile(r"[^\s|]+(?: [^\s|]+)*")
# What is wider is a dump of data; a form of the State has some thirty columns.
_MOST_COLUMNS = 80
# A sentence made for a heading needs some number in it.
_SPECIMEN = "7"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the text; ``words`` is its text in the form to match against."""

    start: int
    end: int
    words: str
    gapped: bool = False
    """Whether only wide gaps part it from its neighbours."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``start`` and ``end`` are the place of the table in the text."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Meaning:
    key: str
    unit: str
    signs: tuple[float, ...]


def tables_of(document: Document) -> list[Table]:
    """The tables of ``document`` that have at least three columns and two rows."""
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    for line in [*document.lines, None]:
        cells = _cells(document, line.start, line.end) if line else ()
        if line and rows and _RULE_LINE.match(document.text[line.start : line.end]):
            continue
        if cells and (not rows or abs(len(cells) - len(rows[0])) <= 2):
            rows.append(cells)
            continue
        if len(rows) >= 2:
            found.append(Table(rows[0][0].start, rows[-1][-1].end, _aligned(rows)))
        rows = [cells] if cells else []
    return found or _unmarked(document)


def _aligned(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows that wide gaps part lose their empty first cells; their figures end together."""
    width = len(rows[0])
    out = []
    for row in rows:
        missing = width - len(row)
        # A first cell left empty has no width of its own: "   Cộng  120  118".
        if 0 < missing <= 2 and row[0].gapped and _value(row[-1].words, "") is not None:
            empty = Cell(row[0].start, row[0].start, "")
            row = (empty,) * missing + row
        out.append(row)
    return tuple(out)


_FIGURES = re.compile(
    r"\s*(?P<number>(?:\d{1,2}|[IVX]{1,4})[.)]? +)?(?P<label>[^\W\d_][^\d\n;:|]{1,70}?)"
    r" +(?P<figures>(?:\d[\d.,]*%?|không|-)(?: +(?:\d[\d.,]*%?|không|-)){1,14})\s*$"
)


def _unmarked(document: Document) -> list[Table]:
    """Tables that lost every mark: rows of a name and figures under a line of headings."""
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    head: tuple[Cell, ...] = ()
    for place, line in enumerate([*document.lines, None]):
        cells = _figure_row(document, line.start, line.end) if line else ()
        if cells and not rows:
            above = document.lines[place - 1] if place else None
            head = _headings_of(document, above.start, above.end, len(cells)) if above else ()
            if not head:
                continue
        if cells and (not rows or len(cells) == len(rows[0])):
            rows.append(cells)
            continue
        if len(rows) >= 2:
            found.append(Table(head[0].start, rows[-1][-1].end, (head, *rows)))
        rows = []
    return found


def _figure_row(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    match = _FIGURES.match(document.text, start, end)
    if match is None:
        return ()
    spans = [match.span("label")]
    spans += [
        (match.start("figures") + one.start(), match.start("figures") + one.end())
        for one in re.finditer(r"\S+", match["figures"])
    ]
    return tuple(Cell(a, b, document.plain[a:b].rstrip()) for a, b in spans)


def _headings_of(document: Document, start: int, end: int, width: int) -> tuple[Cell, ...]:
    """The headings of ``width`` columns, each beginning with a capital; () where they are not."""
    text = document.text[start:end]
    if any(c.isdigit() for c in text) or text.rstrip().endswith((".", ":", ",")):
        return ()
    begins = [m.start() for m in re.finditer(rf"(?:(?<=\s)|^)[{UPPER}](?=\w)", text)]
    # "TT", and the heading over the names.
    for names in (0, 1):
        if len(begins) == width + names:
            begins = begins[names:]
            stops = [*begins[1:], len(text)]
            return tuple(
                Cell(
                    start + a,
                    start + a + len(text[a:b].rstrip()),
                    document.plain[start + a : start + b].strip(),
                )
                for a, b in zip(begins, stops, strict=True)
            )
    return ()


def _cells(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    text = document.text[start:end]
    for mark, least in (("|", 2), ("\t", 2), (";", 3)):
        if text.count(mark) >= least:
            break
    else:
        return _gapped(document, start, end)
    cells: list[Cell] = []
    offset = start
    for piece in text.split(mark):
        stripped = piece.strip()
        begin = offset + len(piece) - len(piece.lstrip()) if stripped else offset
        cells.append(
            Cell(begin, begin + len(stripped), document.plain[begin : begin + len(stripped)])
        )
        offset += len(piece) + 1
    if mark == ";" and (max(len(c.words) for c in cells) > 60 or text.rstrip().endswith(".")):
        return ()
    if mark == "|" and text.lstrip().startswith("|") and text.rstrip().endswith("|"):
        # Drawn borders, as antiword prints them; an empty first cell has no bar before it.
        cells = cells[1:]
    while len(cells) > 1 and not cells[-1].words:
        cells.pop()
    return tuple(cells) if 3 <= len(cells) <= _MOST_COLUMNS else ()


def _gapped(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a line that wide gaps part."""
    pieces = list(_BETWEEN_GAPS.finditer(document.text, start, end))
    if not 3 <= len(pieces) <= _MOST_COLUMNS:
        return ()
    return tuple(
        Cell(piece.start(), piece.end(), document.plain[piece.start() : piece.end()], True)
        for piece in pieces
    )


def read_table(document: Document, table: Table) -> list[Indicator]:
    """The indicators of one table; an empty list where its headings say nothing known."""
    first = next((i for i, row in enumerate(table.rows) if _is_data(row)), None)
    if not first:
        return []
    headings = _headings(table.rows[:first])
    context = document.plain[max(0, table.start - 300) : table.start].strip()
    columns = _meanings(context, headings)
    body = table.rows[first:]
    if sum(meaning is not None for meaning in columns) >= 2:
        return _by_columns(document, body, headings, columns)
    return _by_rows(document, body, headings, context)


def _is_data(row: tuple[Cell, ...]) -> bool:
    return any(_value(cell.words, "") is not None for cell in row[1:])


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


def _meanings(context: str, headings: list[str]) -> list[_Meaning | None]:
    """What each column counts, from one sentence made of all headings."""
    pieces: list[str] = []
    places: list[int] = []
    length = len(context) + 1
    for heading in headings:
        clean = re.sub(r"[;:()\d]", " ", heading)
        unit = _unit(heading)
        if unit in ("%", "tỷ lệ"):
            unit = "%"
        piece = f"{clean}: "
        places.append(length + len(piece))
        piece += f"{_SPECIMEN}{' ' if unit and unit != '%' else ''}{unit}; "
        pieces.append(piece)
        length += len(piece)
    made = segment(f"{context}\n{''.join(pieces)}")
    by_place = {i.number[0]: i for i in Reader(made).indicators()}
    meanings: list[_Meaning | None] = []
    for heading, place in zip(headings, places, strict=True):
        indicator = by_place.get(place)
        if indicator is None or not heading or _COMPARED.search(heading):
            meanings.append(None)
        else:
            meanings.append(_Meaning(indicator.key, indicator.unit, indicator.signs))
    return meanings


def _unit(words: str) -> str:
    match = _UNIT.search(words)
    return (match[1] or match[2]) if match else ""


def _value(words: str, unit: str) -> tuple[Exact, Exact | None, bool] | None:
    """Value, denominator and approximation of a cell that holds nothing but a number."""
    if _NOTHING.match(words):
        return 0, None, False
    if not any(c.isdigit() for c in words):
        return None
    suffix = unit if unit not in ("", "%", "tỷ lệ", "điểm") else "người"
    bare = words.rstrip("% ").strip()
    found = [f for f in find_numbers(f"có {bare} {suffix}") if f.kind == "quantity"]
    if len(found) != 1 or found[0].lead > 3 or found[0].end < 3 + len(bare):
        return None
    number = in_base(found[0].number)
    return number.value, number.denominator, number.approx


def _by_columns(
    document: Document,
    rows: tuple[tuple[Cell, ...], ...],
    headings: list[str],
    columns: list[_Meaning | None],
) -> list[Indicator]:
    out: list[Indicator] = []
    numbered = any(row[0].words and _NUMBERING.match(row[0].words) for row in rows)
    for row in rows:
        label = _label(row)
        # The row without a number below numbered ones sums them up, whatever it is called.
        total = bool(_TOTAL.match(label)) or not label or (numbered and not row[0].words)
        for column, cell in enumerate(row[: len(columns)]):
            meaning = columns[column]
            value = _value(cell.words, _unit(headings[column])) if meaning else None
            if meaning is None or value is None:
                continue
            indicator = _indicator(document, cell, meaning, value)
            out.append(
                indicator
                if total
                else replace(
                    indicator,
                    scope=document.text[row_label.start : row_label.end]
                    if (row_label := _label_cell(row))
                    else None,
                    part_of=meaning.key if not meaning.key.endswith("_pct") else None,
                )
            )
    return out


def _by_rows(
    document: Document, rows: tuple[tuple[Cell, ...], ...], headings: list[str], context: str
) -> list[Indicator]:
    """Indicators one a row: the figure of this period, and beside it that of the one before."""
    now, earlier = _period_columns(rows, headings)
    if now is None:
        return []
    measure = next((i for i, h in enumerate(headings) if _MEASURE.search(h)), None)
    made_lines: list[str] = []
    places: list[int] = []
    length = len(context) + 1
    for row in rows:
        unit = row[measure].words if measure is not None and measure < len(row) else ""
        clean = re.sub(r"[;:\d|]", " ", _label(row))
        line = f"{clean}: {_SPECIMEN} {unit}".rstrip() + "\n"
        places.append(length + len(clean) + 2)
        made_lines.append(line)
        length += len(line)
    made = segment(f"{context}\n{''.join(made_lines)}")
    by_place = {i.number[0]: i for i in Reader(made).indicators()}
    out: list[Indicator] = []
    for row, place in zip(rows, places, strict=True):
        read = by_place.get(place)
        if read is None or now >= len(row):
            continue
        unit = row[measure].words if measure is not None and measure < len(row) else ""
        value = _value(row[now].words, _unit(unit) or _unit(headings[now]) or _unit(_label(row)))
        if value is None:
            continue
        meaning = _Meaning(read.key, read.unit, read.signs)
        indicator = _indicator(document, row[now], meaning, value)
        if earlier is not None and earlier < len(row):
            before = _value(row[earlier].words, _unit(unit))
            if before is not None:
                indicator = replace(indicator, previous=before[0])
        out.append(indicator)
    return out


def _period_columns(
    rows: tuple[tuple[Cell, ...], ...], headings: list[str]
) -> tuple[int | None, int | None]:
    """The column of this period's figures and that of the earlier ones."""
    numeric = [
        column
        for column in range(1, len(headings))
        if sum(column < len(row) and _value(row[column].words, "") is not None for row in rows) * 2
        >= len(rows)
    ]
    plain_columns = [c for c in numeric if not _COMPARED.search(headings[c])]
    earlier = next((c for c in plain_columns if _EARLIER.search(headings[c])), None)
    rest = [c for c in plain_columns if c != earlier]
    named = [c for c in rest if _NOW.search(headings[c])]
    if named:
        return named[0], earlier
    return (rest[0], earlier) if len(rest) == 1 else (None, None)


def _label_cell(row: tuple[Cell, ...]) -> Cell | None:
    words = [
        cell
        for cell in row
        if cell.words and not _NUMBERING.match(cell.words) and _value(cell.words, "") is None
    ]
    return words[0] if words else None


def _label(row: tuple[Cell, ...]) -> str:
    cell = _label_cell(row)
    return cell.words if cell else ""


def _indicator(
    document: Document, cell: Cell, meaning: _Meaning, value: tuple[Exact, Exact | None, bool]
) -> Indicator:
    surface = document.text[cell.start : cell.end]
    return Indicator(
        key=meaning.key,
        value=value[0],
        unit=meaning.unit,
        surface=surface,
        char_start=cell.start,
        char_end=cell.end,
        approx=value[2],
        denominator=value[1],
        signs=meaning.signs,
        digits=surface,
        number=(cell.start, cell.end),
        rule="table",
    )
