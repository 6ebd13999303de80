"""Of which quarter a content on the budget tells the execution (Law 10/2022 article 11.2).

The article has the execution of the budget disclosed by quarter, six months and year. The quarter
is told by what the officer chose, for older contents by their name: a paper of half a year closes
its second quarter, one of nine months the third, one of the year the fourth.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from danchu.core.calendar.words import Phrase
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


_LONGER = {"h1": "6 tháng đầu", "m9": "9 tháng đầu", "year": "cả"}  # "... năm 2026"


def execution_title(unit_name: str, period: str) -> str:
    """The title offered for the execution of a period, told in Vietnamese."""
    return f"Thực hiện dự toán ngân sách {unit_name} {period}"


def titles_offered(unit_name: str, on: dt.date) -> dict[str, str]:
    """The title for each period that may be chosen: of the newest one that is over."""
    found: dict[str, str] = {}
    for chosen, number in PERIODS.items():
        if number is not None:
            year = on.year if Quarter(on.year, number).end < on else on.year - 1
            words = Quarter(year, number).name.vi
            if chosen in _LONGER:
                words = f"{_LONGER[chosen]} năm {year}"
            found[chosen] = execution_title(unit_name, words)
    return found


# --- what a title names, held against what was chosen -----------------------------------------

PERIOD_NAMES: dict[str, Phrase] = {
    "est": Phrase("dự toán năm", "the estimate of the year"),
    "q1": Phrase("thực hiện quý I", "the execution of quarter 1"),
    "q2": Phrase("thực hiện quý II", "the execution of quarter 2"),
    "q3": Phrase("thực hiện quý III", "the execution of quarter 3"),
    "q4": Phrase("thực hiện quý IV", "the execution of quarter 4"),
    "h1": Phrase("thực hiện 6 tháng", "the execution of six months"),
    "m9": Phrase("thực hiện 9 tháng", "the execution of nine months"),
    "year": Phrase("thực hiện cả năm", "the execution of the year"),
    "final": Phrase("quyết toán", "the final accounts"),
}
_EXECUTES = re.compile(r"\b(?:thuc hien|chap hanh)\b")
_LISTED = re.compile(
    r"\bquy ((?:iv|i{1,3}|[1-4]|mot|nhat|hai|ba|bon|tu)"
    r"(?:(?: va |, ?| ?- ?| ?– ?)(?:iv|i{1,3}|[1-4])\b)*)(?!\w)"
)
_UP_TO = re.compile(r"\b(?:luy ke|den het|het|den) quy\b|\bluy ke\b")
_TWELVE = re.compile(r"\b(?:12|muoi hai) thang\b|\bca nam\b")
# What a summary holds its figures against is not what it tells of.
_BESIDE = re.compile(r"\b(?:so voi|so cung ky|cung ky|ke hoach|nhiem vu|phan dau|du kien)\b[^.;]*")
_FUND = re.compile(r"(?<!\w)quỹ(?!\w)")  # "quỹ 2" without its marks is "quy 2"


def _folded(words: str) -> str:
    return fold(_FUND.sub(" ", unicodedata.normalize("NFC", words).lower()))


def _named(said: str) -> Iterator[str]:
    """All periods of the execution that folded words name; "năm 2026" alone names the budget."""
    for found in _LISTED.finditer(said):
        for word in re.split(r"[^a-z0-9]+(?:va )?", found[1]):
            if word in _NUMBERS:
                yield f"q{_NUMBERS[word]}"
    if _NINE.search(said):
        yield "m9"
    if _HALF.search(said):
        yield "h1"
    if _THREE.search(said):
        yield "q1"
    if _SECOND_HALF.search(said):
        yield from ("q4", "year")
    if _TWELVE.search(said):
        yield "year"


def other_period(words: str, chosen: str) -> str:
    """The period that ``words`` name where they name another than was chosen; "" where they agree,
    name none or nothing of the kind was chosen ("" and "other").

    A title may name more than its own period ("quý III và 9 tháng"): one of them is enough. Where
    quarters are listed or summed up ("đến hết quý III") the period that ends with one of them is.
    """
    if chosen not in PERIOD_NAMES:
        return ""
    said = _folded(words)
    named = frozenset(_named(said))
    if not named or chosen in named:
        return ""
    if PERIODS[chosen] is None:
        # An estimate may be shared out to a quarter; what was executed in one is none.
        if _ACCOUNTS.search(said) or not _EXECUTES.search(said):
            return ""
    elif (len(named) > 1 or _UP_TO.search(said)) and PERIODS[chosen] in map(PERIODS.get, named):
        return ""
    return min(named, key=list(PERIODS).index)


def field_of_another(title: str, text: str, chosen: str) -> tuple[str, str]:
    """("title" or "text", the other period it names), or two empty words.

    The summary is asked only where the title names no period; what its figures are held against
    ("so với quý II") is not what it tells of.
    """
    other = other_period(title, chosen)
    if other or any(_named(_folded(title))):
        return ("title", other) if other else ("", "")
    other = other_period(_BESIDE.sub(" ", _folded(text)), chosen)
    return ("text", other) if other else ("", "")
