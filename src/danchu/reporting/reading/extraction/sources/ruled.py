"""The ruled lines of a scanned page: where they part cells, and the page without them.

Recognition of letters takes rules for letters and reads across the cells of a table. So they are
found first, as runs of dark pixels longer than any letter is tall, and taken out of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from PIL import Image

# In inches. No letter of a report is as long; a rule beneath a heading is.
_LONG = 0.3
# Rules of a table meet within this; those of one scanned line lie as far apart.
_MEET = 0.05
_DARK = 150
_WHITE = 255
_SPREAD = 2  # pixels beside a rule that are grey from it


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: ``at`` is its y (or x) and [start, end) its extent along the other axis."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell between four rules, in pixels from the top left."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Rules:
    """The rules of a page, across and down, and its resolution in dots per inch."""

    dpi: float
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> Box | None:
        """The cell that holds a point; None outside of tables."""
        slack = int(self.dpi * _MEET)
        top = max((r.at for r in self.across if _covers(r, x, slack) and r.at <= y), default=None)
        bottom = min((r.at for r in self.across if _covers(r, x, slack) and r.at > y), default=None)
        left = max((r.at for r in self.down if _covers(r, y, slack) and r.at <= x), default=None)
        right = min((r.at for r in self.down if _covers(r, y, slack) and r.at > x), default=None)
        if top is None or bottom is None or left is None or right is None:
            return None
        return Box(top, bottom, left, right)

    def row_of(self, cell: Box) -> list[Box]:
        """All cells of the row of a table that this cell stands in, empty ones too."""
        middle = (cell.top + cell.bottom) / 2
        slack = int(self.dpi * _MEET)
        edges = sorted({r.at for r in self.down if _covers(r, middle, slack)})
        found = (self.cell_at((a + b) / 2, middle) for a, b in pairwise(edges) if b - a > slack)
        return [box for box in found if box and (box.top, box.bottom) == (cell.top, cell.bottom)]


def _covers(rule: Rule, place: float, slack: int) -> bool:
    return rule.start - slack <= place <= rule.end + slack


def rules_of(picture: Image.Image, dpi: float) -> Rules:
    """The rules of a page in grey (mode "L")."""
    dark = picture.point(lambda value: 0 if value < _DARK else _WHITE)
    least = max(int(dpi * _LONG), 8)
    slack = max(int(dpi * _MEET), 2)
    turned = dark.transpose(Image.Transpose.TRANSPOSE)
    return Rules(
        dpi,
        _merged(_runs(dark, least), slack),
        _merged(_runs(turned, least), slack),
    )


def without_rules(picture: Image.Image, rules: Rules) -> Image.Image:
    """A copy in which the rules are white."""
    out = picture.copy()
    width = max(_SPREAD, int(rules.dpi * _MEET / 4))
    for rule in rules.across:
        out.paste(_WHITE, (rule.start, max(rule.at - width, 0), rule.end, rule.at + width + 1))
    for rule in rules.down:
        out.paste(_WHITE, (max(rule.at - width, 0), rule.start, rule.at + width + 1, rule.end))
    return out


def _runs(dark: Image.Image, least: int) -> Iterator[Rule]:
    width, height = dark.size
    data = dark.tobytes()
    pattern = re.compile(rb"\x00{%d,}" % least)
    for y in range(height):
        for run in pattern.finditer(data, y * width, (y + 1) * width):
            yield Rule(y, run.start() - y * width, run.end() - y * width)


def _merged(runs: Iterator[Rule], slack: int) -> list[Rule]:
    """Runs of neighbouring lines as one rule; a scan tilts and breaks them."""
    open_rules: list[list[int]] = []  # first y, last y, start, end
    done: list[list[int]] = []
    for run in runs:
        still: list[list[int]] = []
        for rule in open_rules:
            (still if run.at - rule[1] <= slack else done).append(rule)
        open_rules = still
        for rule in open_rules:
            if run.start <= rule[3] + slack and run.end >= rule[2] - slack:
                rule[1] = run.at
                rule[2], rule[3] = min(rule[2], run.start), max(rule[3], run.end)
                break
        else:
            open_rules.append([run.at, run.at, run.start, run.end])
    return [Rule((a + b) // 2, start, end) for a, b, start, end in done + open_rules]
