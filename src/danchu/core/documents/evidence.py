"""The annex that says where each figure of a text can be looked up (DESIGN decision 18).

The text itself stays clean: no links, no small numbers. The annex lists the figures in the order
in which they are read, with the section, the words around them and the short address of the page
of the figure, never a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .model import (
    Annex,
    Block,
    BulletList,
    Column,
    Heading,
    Paragraph,
    Run,
    Table,
    runs_of,
)
from .wording import one_line

EVIDENCE_TITLE = "Nơi tra cứu số liệu"
_CLAUSE_END = re.compile(r"[.;:](?=\s|$)")
_AROUND = 45  # letters shown on each side of a figure


def figure_references(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """References of the figures of a text, in reading order, each once."""
    return tuple(dict.fromkeys(ref for ref, _, _, _ in _figures(blocks)))


def evidence_annex(blocks: tuple[Block, ...], addresses: Mapping[str, str]) -> Annex | None:
    """The annex for the figures of ``blocks``; None when the text has no figure with a reference.

    ``addresses`` maps a reference to the short address of its figure; a figure without one is
    listed as "chưa có địa chỉ", because leaving it out would hide that it cannot be looked up.
    """
    rows = []
    for reference, run, section, words in _figures(blocks):
        address = addresses.get(reference) or "chưa có địa chỉ"
        rows.append((reference, section, run.text.strip(), words, address))
    if not rows:
        return None
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 0.9),
            Column("right", 1.0),
            Column("left", 3.6),
            Column("left", 2.6),
        ),
        header=(("Số", "Mục", "Số liệu", "Trong câu", "Địa chỉ tra cứu"),),
        rows=tuple(rows),
        font_size=11,
    )
    return Annex(EVIDENCE_TITLE, (table,))


def _figures(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Run, str, str]]:
    """(reference, run, section such as "II.1.a", words around) of each figure."""
    section = _Section()
    for block in blocks:
        match block:
            case Heading():
                section.enter(block)
            case Paragraph():
                yield from _in_runs(block.runs, str(section))
            case BulletList():
                for item in block.items:
                    yield from _in_runs(item, str(section))
            case Table():
                yield from _in_table(block, str(section))


class _Section:
    """Where the reading stands: the numbers of the headings above."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []

    def enter(self, heading: Heading) -> None:
        self._path = [step for step in self._path if step[0] < heading.level]
        self._path.append((heading.level, one_line(heading.number).rstrip(".)-")))

    def __str__(self) -> str:
        return ".".join(number for _, number in self._path if number)


def _in_runs(runs: tuple[Run, ...], section: str) -> Iterator[tuple[str, Run, str, str]]:
    text = "".join(run.text for run in runs)
    start = 0
    for run in runs:
        if run.figure_ref:
            yield run.figure_ref, run, section, _words(text, start, start + len(run.text))
        start += len(run.text)


def _in_table(table: Table, section: str) -> Iterator[tuple[str, Run, str, str]]:
    rows = table.rows if table.total is None else (*table.rows, table.total)
    for row in rows:
        cells = [runs_of(cell) for cell in row]
        # The name of a row is its first cell with letters: the one before is a running number.
        name = next((cell.text for cell in cells if any(map(str.isalpha, cell.text))), "")
        words = f"{table.caption}: {name}" if table.caption and name else table.caption or name
        for cell in cells:
            if cell.figure_ref:
                yield cell.figure_ref, cell, section, words


def _words(text: str, start: int, end: int) -> str:
    """The clause around a figure, cut at words where it is long."""
    before = [match.end() for match in _CLAUSE_END.finditer(text, 0, start)]
    left = before[-1] if before else 0
    match = _CLAUSE_END.search(text, end)
    right = match.start() if match else len(text)
    head, tail = text[left:start], text[end:right]
    if len(head) > _AROUND:
        head = "…" + head[-_AROUND:].partition(" ")[2]
    if len(tail) > _AROUND:
        tail = tail[:_AROUND].rpartition(" ")[0] + "…"
    return (head + text[start:end] + tail).strip()
