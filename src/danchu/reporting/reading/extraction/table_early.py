"""Columns "Trước hạn | Đúng hạn | Trễ hạn": on time, as the dictionary counts it, includes early.

The dictionary: "Nguồn tách riêng trước hạn thì số đúng hạn ở đây là tổng của hai số."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from danchu.core.text.numbers import Exact

from .confidence import in_doubt
from .model import EARLY_INCLUDED, Indicator
from .segments import Document
from .table_cells import Meaning
from .tables import Cell, value_of

_APART = re.compile(r"(?<!\w)(?:không|chưa) (?:cộng )?gộp(?!\w)")
_NOTE_REACH = 200


def told_apart(document: Document, start: int, end: int) -> bool:
    """Whether a note beside the table from ``start`` to ``end`` forbids adding its columns."""
    begin = max(0, start - _NOTE_REACH)
    return bool(_APART.search(document.plain, begin, end + _NOTE_REACH))


def with_early(
    document: Document,
    on_time: Indicator,
    row: Sequence[Cell],
    columns: Sequence[Meaning | None],
    *,
    apart: bool,
) -> Indicator:
    """``on_time`` with the early ones of its ``row`` added to it.

    As it stands where on time and overdue already make up all that was settled; as it stands but
    in doubt where the table says that the two are not to be added (``apart``).
    """
    amounts: dict[str, tuple[Exact, Cell]] = {}
    for cell, meaning in zip(row, columns, strict=False):
        read = value_of(cell.words, "") if meaning is not None else None
        if meaning is not None and read is not None:
            amounts.setdefault(meaning.key, (read[0], cell))
    if "dossiers_early" not in amounts or on_time.denominator is not None:
        return on_time
    early, cell = amounts["dossiers_early"]
    overdue = amounts["dossiers_overdue"][0] if "dossiers_overdue" in amounts else 0
    if "dossiers_resolved" in amounts:
        settled = amounts["dossiers_resolved"][0]
        if early and on_time.value + overdue == settled:
            return on_time
    if not early:
        return on_time
    if apart:
        return replace(on_time, signs=in_doubt(on_time.signs))
    start, end = min(cell.start, on_time.char_start), max(cell.end, on_time.char_end)
    return replace(
        on_time,
        value=on_time.value + early,
        surface=document.text[start:end],
        char_start=start,
        char_end=end,
        digits=f"{cell.words} + {on_time.digits}",
        rule=EARLY_INCLUDED,
    )
