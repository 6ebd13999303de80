"""The typeface of documents: which letters it has and how wide they are.

Tinos is shipped with the package (``fonts/``, SIL Open Font License). Its letters are as wide as
those of Times New Roman, so a length measured here is right in Word too: rules of the head are
as long as the text above them, which Word can only be told in numbers.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Tinos"
REPLACEMENT = "\u25a1"  # a white square, for letters the typeface does not have

_FILES = {
    (False, False): "Tinos-Regular.ttf",
    (True, False): "Tinos-Bold.ttf",
    (False, True): "Tinos-Italic.ttf",
    (True, True): "Tinos-BoldItalic.ttf",
}


@dataclass(frozen=True, slots=True)
class Typeface:
    """One style: ``glyphs`` maps a code point to a glyph, ``advances`` a glyph to its width."""

    units_per_em: int
    glyphs: dict[int, int]
    advances: tuple[int, ...]

    def width(self, text: str, size: float) -> float:
        """Width of one line of ``text`` in points at ``size`` points, without kerning."""
        total = sum(self._advance(ord(letter)) for letter in text)
        return total * size / self.units_per_em

    def _advance(self, code: int) -> int:
        glyph = self.glyphs.get(code, 0)
        return self.advances[min(glyph, len(self.advances) - 1)]


# How much a break inside a phrase costs beside lines of uneven length.
_INSIDE_PHRASE = 0.12


def balanced(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """``text`` on as few lines of ``width`` points as it needs, even and broken after commas
    where that can be had.

    A name in the head broken wherever the column ends would leave one word on its last line.
    """
    face = typeface(bold=bold)
    words = [(word, face.width(word, size)) for word in text.split()]
    space = face.width(" ", size)
    greedy = _greedy(words, space, width)
    if len(greedy) < 2 or len(words) > 60:
        return greedy
    ideal = (sum(wide for _, wide in words) + space * (len(words) - 1)) / len(greedy)
    # best[n][i]: least cost of the first i words on n lines, and where the last of them begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in greedy:
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            length = -space
            for end in range(start, len(words)):
                length += space + words[end][1]
                if length > width and end > start:
                    break
                phrase = end + 1 == len(words) or words[end][0][-1] in ",;:"
                line = ((ideal - length) / width) ** 2 + (0 if phrase else _INSIDE_PHRASE)
                if end + 1 not in row or cost + line < row[end + 1][0]:
                    row[end + 1] = (cost + line, start)
        best.append(row)
    lines: list[str] = []
    end = len(words)
    for row in reversed(best[1:]):
        start = row[end][1]
        lines.insert(0, " ".join(word for word, _ in words[start:end]))
        end = start
    return lines


def _greedy(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    lines: list[str] = []
    used = width + 1
    for word, wide in words:
        if used + space + wide > width:
            lines.append(word)
            used = wide
        else:
            lines[-1] += f" {word}"
            used += space + wide
    return lines


@cache
def typeface(*, bold: bool = False, italic: bool = False) -> Typeface:
    """The given style, read once from its file."""
    return _read((FONTS / _FILES[bold, italic]).read_bytes())


@cache
def letters() -> frozenset[int]:
    """Code points that all four styles can print."""
    sets = [set(typeface(bold=b, italic=i).glyphs) for b, i in _FILES]
    return frozenset(set.intersection(*sets))


def _read(data: bytes) -> Typeface:
    tables: dict[bytes, int] = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        tables[tag] = offset
    (units_per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = struct.unpack_from(">" + "Hh" * metrics, data, tables[b"hmtx"])[::2]
    return Typeface(units_per_em, _characters(data, tables[b"cmap"]), advances)


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """The Unicode character map (OpenType "cmap", segments of format 4)."""
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            return _format_4(data, cmap + offset)
    raise ValueError("the typeface has no Unicode character map")


def _format_4(data: bytes, start: int) -> dict[int, int]:
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = start + 14
    starts = ends + 2 * segments + 2
    deltas = starts + 2 * segments
    ranges = deltas + 2 * segments
    found: dict[int, int] = {}
    for i in range(segments):
        (last,) = struct.unpack_from(">H", data, ends + 2 * i)
        (first,) = struct.unpack_from(">H", data, starts + 2 * i)
        (delta,) = struct.unpack_from(">H", data, deltas + 2 * i)
        (offset,) = struct.unpack_from(">H", data, ranges + 2 * i)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(
                    ">H", data, ranges + 2 * i + offset + 2 * (code - first)
                )
                if glyph == 0:
                    continue
            glyph = (glyph + delta) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found
