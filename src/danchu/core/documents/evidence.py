"""The annex that says where each figure of a text can be looked up (DESIGN decision 18).

The text itself stays clean: no links, no small numbers. The annex lists the figures in the order
in which they are read, with the section, the words around them and the short address of the page
of the figure, never a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .layouts import LAYOUTS
from .model import (
    Annex,
    Block,
    BulletList,
    Column,
    Heading,
    Layout,
    Paragraph,
    Run,
    Table,
    runs_of,
)
from .wording import heading_text

EVIDENCE_TITLE = "Nơi tra cứu số liệu"
_CLAUSE_END = re.compile(r"[.;:](?=\s|$)")
_AROUND = 45  # letters shown on each side of a figure


def figure_references(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """References of the figures of a text, in reading order, each once."""
    return tuple(dict.fromkeys(ref for ref, _, _, _ in _figures(blocks)))


def evidence_annex(
    layout: Layout, blocks: tuple[Block, ...], addresses: Mapping[str, str]
) -> Annex | None:
    """The annex for the figures of ``blocks``; None when the text has no figure with a reference.

    ``addresses`` maps a reference to the short address of its figure; a figure without one is
    listed as "chưa có địa chỉ", because leaving it out would hide that it cannot be looked up.
    """
    spec = LAYOUTS[layout]
    rows = []
    for reference, run, heading, words in _figures(blocks):
        section = heading_text(spec, heading) if heading else ""
        address = addresses.get(reference) or "chưa có địa chỉ"
        rows.append((reference, section, run.text.strip(), words, address))
    if not rows:
        return None
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 1.9),
            Column("right", 1.0),
            Column("left", 3.2),
            Column("left", 2.3),
        ),
        header=(("Số", "Mục", "Số liệu", "Trong câu", "Địa chỉ tra cứu"),),
        rows=tuple(rows),
        font_size=11,
    )
    return Annex(EVIDENCE_TITLE, (table,))


def _figures(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Run, Heading | None, str]]:
    """(reference, run, heading above, words around) of each figure."""
    heading: Heading | None = None
    for block in blocks:
        match block:
            case Heading():
                heading = block
            case Paragraph():
                yield from _in_runs(block.runs, heading)
            case BulletList():
                for item in block.items:
                    yield from _in_runs(item, heading)
            case Table():
                for row in (*block.rows, *(() if block.total is None else (block.total,))):
                    for cell in map(runs_of, row):
                        if cell.figure_ref:
                            label = next(
                                (t for t in (runs_of(c).text for c in row[:2]) if _wordy(t)), ""
                            )
                            words = f"{block.caption}: {label}" if block.caption else label
                            yield cell.figure_ref, cell, heading, words


def _in_runs(
    runs: tuple[Run, ...], heading: Heading | None
) -> Iterator[tuple[str, Run, Heading | None, str]]:
    text = "".join(run.text for run in runs)
    start = 0
    for run in runs:
        if run.figure_ref:
            yield run.figure_ref, run, heading, _words(text, start, start + len(run.text))
        start += len(run.text)


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


def _wordy(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
