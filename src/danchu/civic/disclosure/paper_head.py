"""Number and symbol of a paper as they were typed, put where a layout prints them."""

from __future__ import annotations

import re
from dataclasses import replace

from danchu.core.documents import OfficialDocument

_NUMBER = re.compile(r"([0-9]{1,6}[A-Za-zĐđ]?) ?[/-] ?(.+)")


def numbered(paper: OfficialDocument, number: str) -> OfficialDocument:
    """The paper with "15/TB-UBND" as its number and symbol; with none it waits for văn thư, who
    gives number and day."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return replace(paper, number=None, day_open=True)
    return replace(paper, number=found[1], symbol=found[2], day_open=False)
