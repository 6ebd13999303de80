"""Of which quarter a content on the budget tells the execution (Law 10/2022 article 11.2).

The article has the execution of the budget disclosed by quarter, six months and year. The quarter
is told by what the officer chose, for older contents by their name: a paper of half a year closes
its second quarter, one of nine months the third, one of the year the fourth.
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
_THREE = re.compile(r"\b(?:0?3|ba) thang dau\b")
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
    elif _THREE.search(said):
        number = 1
    elif _SECOND_HALF.search(said) or (_WHOLE.search(said) and "thuc hien" in said):
        number = 4
    else:
        return None
    return _in_year(number, said, decided_on)


def _in_year(number: int, said: str, decided_on: dt.date) -> Quarter:
    """The quarter of the year that a folded title names, else the newest that had begun."""
    years = [int(year) for year in _YEAR.findall(said)]
    if years:
        return Quarter(max(years), number)
    this = Quarter(decided_on.year, number)
    return this if this.start <= decided_on else Quarter(decided_on.year - 1, number)


# What a content on the budget is of, as its officer says; a value -> the quarter it closes.
PERIODS: dict[str, int | None] = {
    "est": None, "q1": 1, "q2": 2, "q3": 3, "q4": 4, "h1": 2, "m9": 3, "year": 4, "final": None,
    "other": None,
}  # fmt: skip


def quarter_of(period: str, title: str, decided_on: dt.date) -> Quarter | None:
    """The quarter that a content closes by what was chosen for it, the year by its title; by the
    title alone where nothing was chosen ("")."""
    if not period:
        return quarter_told(title, decided_on)
    number = PERIODS[period]
    return None if number is None else _in_year(number, fold(title), decided_on)


def period_told(title: str) -> str:
    """What the words of a title say it is of, to begin the choice with; "" for none."""
    said = fold(title)
    if _ACCOUNTS.search(said):
        return "final"
    found = _QUARTER.search(said)
    if found is not None:
        return f"q{_NUMBERS[found[1]]}"
    for words, period in ((_NINE, "m9"), (_HALF, "h1"), (_THREE, "q1"), (_SECOND_HALF, "year")):
        if words.search(said):
            return period
    if _WHOLE.search(said) and "thuc hien" in said:
        return "year"
    return "est" if "du toan" in said else ""
