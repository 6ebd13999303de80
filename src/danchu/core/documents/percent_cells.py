"""Cells that a spreadsheet shows otherwise than they hold: in percent, in thousands or millions.

The reader gives the number and nothing of its format, so that a rate of 95% would be published as
0,95. Before reading, such a cell is made the text that is shown in it. A format that ends in commas
("#,##0,,") shows 1.235 of 1234567000 and says nowhere that it does: what was meant is not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from danchu.core.package_parts import parser_of_parts
from danchu.core.text import format_number

# The formats that every spreadsheet knows by number (ECMA-376, 18.8.30): decimals shown.
_BUILT_IN = {"9": 0, "10": 2}
# What stands in a format without being one: quoted words, escaped letters, colours, fill.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DECIMALS = re.compile(r"\.([0#?]+)")
# Commas behind the last place of the whole part: each divides what is shown by a thousand.
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_LARGEST = 10**15

_CELL = re.compile(
    rb"""<((?:[\w.-]+:)?)c(\s(?:[^<>"']|"[^<"]*"|'[^<']*')*)>"""
    rb"""((?:\s*<\1f\b[^<>]*(?:/>|>[^<]*</\1f\s*>))?\s*<\1v[^<>]*>)\s*([0-9.eE+-]+)\s*(?=</\1v\s*>)"""
)
_STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3}[0-9]{1,7})["']""")
_TYPE = re.compile(rb"""\st=["']([A-Za-z]*)["']""")


def percent_styles(parts: Iterable[bytes]) -> dict[str, int]:
    """Number of each style of cells that shows percent -> the decimals it shows."""
    found: dict[str, int] = {}
    for part in parts:
        if b"cellXfs" in part:
            found |= {
                style: decimals
                for style, (key, code) in _styles_of(part).items()
                if (decimals := _BUILT_IN.get(key) if code is None else _decimals(code)) is not None
            }
    return found


def scaled_styles(parts: Iterable[bytes]) -> frozenset[str]:
    """Number of each style of cells that shows thousands or millions of what they hold."""
    return frozenset(
        style
        for part in parts
        if b"cellXfs" in part
        for style, (_key, code) in _styles_of(part).items()
        if code is not None and _SCALED.search(_NOT_FORMAT.sub("", code))
    )


def first_shown_scaled(part: bytes, styles: Collection[str]) -> str | None:
    """The address of the first number of these styles in a part, "" where none is written;
    None where the part holds no such number."""
    if not styles or b"sheetData" not in part:
        return None
    for cell in _CELL.finditer(part):
        style, kind = _STYLE.search(cell[2]), _TYPE.search(cell[2])
        if (style[1].decode() if style else "0") not in styles:
            continue
        if kind is None or kind[1] == b"n":
            address = _REFERENCE.search(cell[2])
            return address[1].decode() if address else ""
    return None


def shown_in_percent(part: bytes, styles: Mapping[str, int]) -> bytes:
    """A part with each number of these styles as the text that is shown: 0.951 is "95,1%".

    Rounded as the cell shows it, half away from zero, zeros at the end dropped.
    """
    if not styles or b"sheetData" not in part:
        return part

    def shown(cell: re.Match[bytes]) -> bytes:
        prefix, attributes, before, number = cell.groups()
        style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
        decimals = styles.get(style[1].decode() if style else "0")
        if decimals is None or (kind is not None and kind[1] != b"n"):
            return cell[0]
        text = _percent(number, decimals)
        if text is None:
            return cell[0]
        plain = _TYPE.sub(b"", attributes)
        return b'<%bc%b t="str">%b%b' % (prefix, plain, before, text.encode())

    return _CELL.sub(shown, part)


def _percent(number: bytes, decimals: int) -> str | None:
    try:
        value = float(number)
    except ValueError:
        return None
    if not abs(value) < _LARGEST:
        return None
    # Of the seventeen digits that are stored the shortest that mean the same: 0.07, not 0.070…01.
    return format_number(Fraction(Decimal(repr(value))) * 100, decimals) + "%"


def _styles_of(part: bytes) -> dict[str, tuple[str, str | None]]:
    """The styles of one part: the number of each one's format, and its code where it is told."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    within = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            formats.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal within
        if name.rpartition(":")[2] == "cellXfs":
            within = False

    parser = parser_of_parts()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(part, True)
    return {str(n): (key, codes.get(key)) for n, key in enumerate(formats)}


def _decimals(code: str) -> int | None:
    """How many decimals a format shows; None for one that does not show percent."""
    plain = _NOT_FORMAT.sub("", code).partition(";")[0]
    if "%" not in plain:
        return None
    found = _DECIMALS.search(plain)
    return len(found[1]) if found else 0
