"""The text of a scanned page: its words with their places, in paragraphs and rows of tables."""

from __future__ import annotations

import io
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageOps

from danchu.core.errors import BadInput

from .flow import Piece, page_flow
from .refusals import damaged
from .ruled import Box, Rules, rules_of, without_rules
from .skew import straightened
from .tools import ocr_program, run_tool

PAGE_SECONDS = 60
PIXELS_LIMIT = 60_000_000
# A picture of a page is taken for a sheet of A4 of this many inches across, in this resolution.
_SHEET = 8.27
_DPI = 200
_ENLARGED = 1.1
_COARSE = 600  # pixels across a sheet; below it letters have fewer than eight
# One block of text, read line by line: what stands beside what is told by the places of the words.
_LAYOUT = "6"
# What tesseract makes of small bold "tiếp nhận"; Vietnamese has no such words.
_MISREAD = re.compile(r"\b([Tt])iếp diện\b")
_COLUMNS = 12  # of a line that tesseract writes about a word
_POINTS = 72
# Of recognition in percent, the mean of a page's words. Those of a page the right way up lie far
# above, those of one on its side or head far below; only then it is asked how it lies.
_SURE = 75
# Of tesseract's detection of orientation; below it the page stays as it is.
_CERTAIN = 1.0
_LIES = re.compile(rb"Rotate: (?P<degrees>90|180|270)\nOrientation confidence: (?P<certain>[\d.]+)")
# What a speck or the rest of a rule is taken for: alone, or behind the number of a cell.
_SPECK = re.compile(r"[_|.,:;'\"`~^*\-–—=\[\]()\\/]+")
_SQUARE = re.compile(r"m[?2*°]")
_NUMERAL = re.compile(r"^(?P<numeral>[IHl1]{1,3}[IHl]|H)(?=\. ?[A-ZĐÀ-Ỹ])")
# In heights of the letters; words of a justified line stand closer.
_GAP = 1.6
_SPOILT = re.compile(r"(?P<number>\d[\d.,]*%?)[_.,:;'`|]+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in its box, in points from the bottom left, and the line that it stands in."""

    box: Piece
    line: str


def page_text(program: str, picture: Image.Image, dpi: float, name: str) -> str:
    """The text of one page, given as a picture in grey; rows of ruled tables as cells and bars.

    A tilted page is levelled first; one that lies on its side or head is turned where tesseract
    has its data for orientation (``osd``), else it is read as it lies.
    """
    picture = straightened(picture, dpi)
    rules = rules_of(picture, dpi)
    words, sure = _words(program, without_rules(picture, rules), dpi, name)
    turn = _lies(program, picture, dpi, name) if sure < _SURE else 0
    if turn:
        picture = picture.rotate(-turn, expand=True)
        rules = rules_of(picture, dpi)
        words, _ = _words(program, without_rules(picture, rules), dpi, name)
    return _MISREAD.sub(r"\1iếp nhận", _laid_out(picture, rules, words, dpi))


def _laid_out(picture: Image.Image, rules: Rules, words: list[_Word], dpi: float) -> str:
    cells: dict[Box, list[Piece]] = defaultdict(list)
    free: list[_Word] = []
    scale = _POINTS / dpi
    for word in words:
        middle_x = (word.box.left + word.box.right) / 2 / scale
        middle_y = picture.height - (word.box.top + word.box.bottom) / 2 / scale
        cell = rules.cell_at(middle_x, middle_y)
        if cell is None:
            free.append(word)
        else:
            cells[cell].append(word.box)
    for cell in list(cells):
        for beside in rules.row_of(cell):
            cells[beside]  # an empty cell keeps its place
    rows = _rows(cells)
    out: list[str] = []
    above = picture.height * scale
    for top, row in rows:
        edge = (picture.height - top) * scale
        out += [_flow(free, edge, above), row]
        above = edge
    out.append(_flow(free, 0, above))
    return "\n".join(part for part in out if part)


def picture_text(data: bytes, name: str) -> str:
    """The text of a page in a picture file (JPEG, PNG), turned as the camera says.

    Raises ``BadInput`` for a picture that is damaged, larger than ``PIXELS_LIMIT`` or too coarse
    for letters, ``Missing`` without the program that recognises them.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            width, height = opened.size
            if width * height > PIXELS_LIMIT:
                raise BadInput(
                    f"{name}: ảnh quá lớn ({width} × {height} điểm). Chụp hoặc quét lại nhỏ hơn.",
                    f"{name}: the picture is too large ({width} × {height} pixels). Take or scan "
                    "it smaller.",
                    code="too_large",
                )
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise damaged(name, "JPEG/PNG") from None
    side = min(picture.size)
    if side < _COARSE:
        raise BadInput(
            f"{name}: ảnh quá nhỏ để nhận dạng chữ (cạnh ngắn {side} điểm, cần ít nhất "
            f"{_COARSE}). Chụp gần hơn hoặc quét lại.",
            f"{name}: the picture is too small to recognise letters (shorter side {side} pixels, "
            f"at least {_COARSE} are needed). Take it closer or scan it.",
            code="unreadable",
        )
    program = ocr_program(name)
    picture = ImageOps.autocontrast(picture, cutoff=1)
    scale = _SHEET * _DPI / side
    if scale < 1 or scale > _ENLARGED:
        wide, high = (round(length * scale) for length in picture.size)
        picture = picture.resize((wide, high), Image.Resampling.LANCZOS)
    return page_text(program, picture, min(picture.size) / _SHEET, name)


def _flow(words: list[_Word], bottom: float, top: float) -> str:
    between = [word for word in words if bottom <= (word.box.bottom + word.box.top) / 2 < top]
    return page_flow(_runs(between))


def _rows(cells: dict[Box, list[Piece]]) -> list[tuple[int, str]]:
    """The rows of the tables from the top, each with its upper edge in pixels."""
    tops: dict[int, list[Box]] = defaultdict(list)
    for box in cells:
        tops[box.top].append(box)
    return [
        (top, " | ".join(_cell(cells[box]) for box in sorted(boxes, key=_left)))
        for top, boxes in sorted(tops.items())
    ]


def _left(box: Box) -> int:
    return box.left


def _cell(words: list[Piece]) -> str:
    """The words of a cell; of a lone number only what is the number."""
    texts = [word.text for word in words if not _SPECK.fullmatch(word.text)]
    if not texts:
        return "".join(word.text for word in words if word.text == "-")
    spoilt = _SPOILT.fullmatch(texts[0]) if len(texts) == 1 else None
    return spoilt["number"] if spoilt else " ".join(texts)


def _tesseract(
    arguments: list[str], picture: Image.Image, dpi: float, name: str
) -> tuple[int, bytes]:
    """Status and output of tesseract; ``arguments``: the program, then how it is to look."""
    page = io.BytesIO()
    picture.save(page, "PNG", dpi=(dpi, dpi))
    program, *options = arguments
    with tempfile.TemporaryDirectory(prefix="danchu-ocr-") as place:
        folder = Path(place)
        (folder / "page.png").write_bytes(page.getvalue())
        return run_tool(
            [program, "page.png", "stdout", *options],
            seconds=PAGE_SECONDS,
            folder=folder,
            name=name,
        )


def _lies(program: str, picture: Image.Image, dpi: float, name: str) -> int:
    """Degrees clockwise by which the page must be turned; 0 where that cannot be told."""
    _, output = _tesseract([program, "--psm", "0"], picture, dpi, name)
    found = _LIES.search(output)
    return int(found["degrees"]) if found and float(found["certain"]) >= _CERTAIN else 0


def _words(program: str, picture: Image.Image, dpi: float, name: str) -> tuple[list[_Word], float]:
    """What tesseract recognises, in its own order, and how sure it is of it (percent)."""
    options = ["-l", "vie", "--psm", _LAYOUT, "tsv"]
    status, output = _tesseract([program, *options], picture, dpi, name)
    if status != 0:
        return [], _SURE
    words: list[_Word] = []
    sure: list[float] = []
    scale = _POINTS / dpi
    for row in output.decode("utf-8", "replace").splitlines()[1:]:
        columns = row.split("\t")
        if len(columns) < _COLUMNS or not columns[11].strip() or float(columns[10]) < 0:
            continue
        sure.append(float(columns[10]))
        x, y, width, height = (int(value) for value in columns[6:10])
        box = Piece(
            _mended(columns[11].strip()),
            x * scale,
            (picture.height - y - height) * scale,
            (x + width) * scale,
            (picture.height - y) * scale,
        )
        words.append(_Word(box, "/".join(columns[2:5])))
    return words, sum(sure) / len(sure) if sure else 0.0


def _mended(word: str) -> str:
    return "m²" if _SQUARE.fullmatch(word) else word


def _runs(words: list[_Word]) -> list[Piece]:
    """Words of one line as one piece, unless a gap parts them that set text does not have."""
    out: list[Piece] = []
    line = ""
    for word in words:
        box, last = word.box, out[-1] if out else None
        gap = box.left - last.right if last else 0.0
        if last is None or word.line != line or gap > max(last.height, box.height) * _GAP:
            out.append(box)
        else:
            out[-1] = Piece(
                f"{last.text} {box.text}",
                last.left,
                min(last.bottom, box.bottom),
                box.right,
                max(last.top, box.top),
            )
        line = word.line
    return [replace(piece, text=_NUMERAL.sub(_as_numeral, piece.text)) for piece in out]


def _as_numeral(match: re.Match[str]) -> str:
    return match["numeral"].replace("H", "II").replace("l", "I").replace("1", "I")
