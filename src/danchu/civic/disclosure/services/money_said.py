"""The unit of money that a sheet states near its head: "Đơn vị tính: triệu đồng".

Nothing is guessed: without such words, or with two that differ, the sheet states none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from danchu.core.documents.sheets_in import CellIn
from danchu.core.text import fold

_STATED = re.compile(
    r"(?<!\w)(?:don vi(?: tinh| tien)?|dvt)\s*[:.]?\s*"
    r"(?P<times>1[., ]?000[., ]?000|1[., ]?000|nghin|ngan|trieu|tr\.?|ty|ti)?\s*"
    r"(?:dong|d|vnd)(?:\s*viet nam)?\s*(?:[).;,]|$)"
)
_IN_HEAD = re.compile(r"\w[^()]*[(\[]\s*(?:don vi|dvt)")
TIMES = {  # the word before "đồng", folded -> the key of its unit
    None: "dong",
    "1000": "nghin",
    "nghin": "nghin",
    "ngan": "nghin",
    "1000000": "trieu",
    "trieu": "trieu",
    "tr": "trieu",
    "1000000000": "ty",
    "ty": "ty",
    "ti": "ty",
}


def unit_stated(rows: Sequence[Sequence[CellIn]]) -> str:
    """The key of the one unit of money that these rows state, "" for none or for several."""
    found = {unit for row in rows for cell in row if (unit := _unit_in(cell))}
    return found.pop() if len(found) == 1 else ""


def states_a_unit(row: Sequence[CellIn]) -> bool:
    """Whether a row tells the unit of money: it stands over a table and is none of its rows."""
    return any(_unit_in(cell) for cell in row)


def is_head(row: Sequence[CellIn], below: Sequence[CellIn]) -> bool:
    """Whether a row that tells a unit is the heads all the same: "Dự toán (ĐVT: triệu đồng)"
    with numbers under it."""
    in_head = any(isinstance(cell, str) and _IN_HEAD.search(fold(cell)) for cell in row)
    return in_head and any(isinstance(cell, int | Decimal) for cell in below)


def _unit_in(cell: CellIn) -> str:
    found = _STATED.search(fold(cell)) if isinstance(cell, str) else None
    if found is None:
        return ""
    times = found["times"]
    return TIMES[re.sub(r"[., ]", "", times) if times else None]
