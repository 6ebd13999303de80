"""Line breaks that only fold a paragraph, as in texts taken from PDF or typed at a fixed width."""

from __future__ import annotations

import re
from itertools import pairwise

from .matching import LOWER, UPPER

# A line that is folded reaches about this far; headings and items of lists are shorter.
_LEAST, _WIDEST = 30, 130
# So many lines that go on in small letters make a text folded throughout.
_FOLDED = 4
_NEAR_THE_EDGE = 0.72
_GOES_ON = re.compile(rf"[ \t]*[{LOWER}(]")
_ITEM = re.compile(
    rf"[ \t]*(?:[-–•+*●▪]|\(?(?:[IVX]{{1,5}}|[A-Ha-hđĐ]|\d{{1,2}}(?:\.\d{{1,2}})*)\)?[.)/:–-](?!\d)"
    rf"|(?:Phần|Mục|Điều|PHẦN|MỤC)\s)|[ \t]*[{UPPER}][{UPPER} ]+$"
)
_CLOSED = (".", ":", ";", "!", "?", "…", "|", "/")


def unfolded(text: str) -> str:
    """``text`` with a blank for every line break that only folds a paragraph; as long as before."""
    lines = text.split("\n")
    if len(lines) < 2:
        return text
    folds = [_folds(above, below) for above, below in pairwise(lines)]
    width = _width(lines, folds)
    if width:
        folds = [
            fold or _reaches_edge(above, below, width)
            for fold, above, below in zip(folds, lines, lines[1:], strict=False)
        ]
    if not any(folds):
        return text
    parts = [lines[0]]
    for fold, line in zip(folds, lines[1:], strict=True):
        parts += [" " if fold else "\n", line]
    return "".join(parts)


def _open(above: str, below: str) -> bool:
    above = above.rstrip()
    return bool(
        below.strip()
        and len(above.lstrip()) >= _LEAST
        and not above.endswith(_CLOSED)
        and not above.isupper()
        and "|" not in above
        and "|" not in below
        and "   " not in above.strip()
        and not _ITEM.match(below)
    )


def _folds(above: str, below: str) -> bool:
    """Whether ``below`` goes on in the sentence of ``above``."""
    return bool(_GOES_ON.match(below)) and _open(above, below)


def _width(lines: list[str], folds: list[bool]) -> int:
    """The width at which a text is folded throughout; 0 where it is not."""
    if sum(folds) < _FOLDED:
        return 0
    folded = sorted(len(line.rstrip()) for line, fold in zip(lines, folds, strict=False) if fold)
    width = folded[-1 - len(folded) // 10]
    long = [line for line in lines if len(line.rstrip()) > width + 8]
    return width if width <= _WIDEST and len(long) * 5 <= len(lines) else 0


def _reaches_edge(above: str, below: str, width: int) -> bool:
    """Whether ``above`` is full, so that ``below`` goes on whatever it begins with."""
    indent = len(below) - len(below.lstrip())
    deeper = indent > len(above) - len(above.lstrip())
    return len(above.rstrip()) >= _NEAR_THE_EDGE * width and not deeper and _open(above, below)
