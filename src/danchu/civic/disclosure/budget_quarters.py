"""Of which quarter a content on the budget tells the execution (Law 10/2022 article 11.2).

The article has the execution of the budget disclosed by quarter, six months and year. The quarter
is told by the name of the content: a paper of half a year closes its second quarter, one of nine
months the third, one of the year the fourth.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from danchu.core.text import fold

from .quarters import Quarter

BUDGET_RULE = "xa_ck_02"
_EXECUTION = re.compile(r"\b(?:thuc hien|chap hanh|tinh hinh|ket qua|bao cao|so lieu)\b")
_ACCOUNTS = re.compile(r"\bquyet toan\b")
_QUARTER = re.compile(r"\bquy (iv|i{1,3}|[1-4]|mot|nhat|hai|ba|bon|tu)\b")
_NEWEST = re.compile(r"\bquy (?:gan nhat|truoc|vua qua)\b")
_HALF = re.compile(r"\b(?:0?6|sau) thang\b(?! cuoi)")
_NINE = re.compile(r"\b(?:0?9|chin) thang\b")
_SECOND_HALF = re.compile(r"\b(?:0?6|sau) thang cuoi\b")
_WHOLE = re.compile(r"\b(?:ca nam|nam)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_NUMBERS = {
    "i": 1, "1": 1, "mot": 1, "nhat": 1, "ii": 2, "2": 2, "hai": 2, "iii": 3, "3": 3, "ba": 3,
    "iv": 4, "4": 4, "bon": 4, "tu": 4,
}  # fmt: skip


@lru_cache(maxsize=8192)  # the papers of a province, read for each of its pages
def quarter_told(title: str, decided_on: dt.date) -> Quarter | None:
    """The quarter whose execution a content under clause 2 closes; None for an estimate, for final
    accounts and for what names no period.

    A title without a year means the newest such quarter that had begun on ``decided_on``.
    """
    said = fold(title)
    if not _EXECUTION.search(said) or _ACCOUNTS.search(said):
        return None
    if _NEWEST.search(said):
        return Quarter.of(decided_on).before
    found = _QUARTER.search(said)
    if found is not None:
        number = _NUMBERS[found[1]]
    elif _NINE.search(said):
        number = 3
    elif _HALF.search(said):
        number = 2
    elif _SECOND_HALF.search(said) or (_WHOLE.search(said) and "thuc hien" in said):
        number = 4
    else:
        return None
    years = [int(year) for year in _YEAR.findall(said)]
    if years:
        return Quarter(max(years), number)
    this = Quarter(decided_on.year, number)
    return this if this.start <= decided_on else Quarter(decided_on.year - 1, number)
