"""The times that the figures of a sentence belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .amounts import Amount, same_kind
from .passages import Passage

YEAR = re.compile(r"(?<!\w)(?:năm |\()(20\d\d)(?!\w)")
"""A year, in words or at the beginning of brackets."""
_QUARTER = re.compile(r"(?<!\w)quý (i{1,3}|iv|[1-4])(?![\w/])")
_MONTH = re.compile(r"(?<!\w)tháng (\d{1,2})(?![\w/])")
_NOW = re.compile(r"(?<!\w)(?:(?:năm|kỳ|tháng|quý) (?:nay|này))(?!\w)")
_THEN = re.compile(r"(?<!\w)(?:(?:năm|kỳ|tháng|quý) (?:ngoái|trước)|cùng kỳ)(?!\w)")
_STRAIGHT_BEHIND = re.compile(r"^ ?(?:trong |của |ở |vào )?(?:năm|quý|tháng) [\divx]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMED_YEAR = re.compile(r"^[^,;]{0,40}so với (?:[^,;\d]{0,20})năm (20\d\d)")


def dated_before(passage: Passage, before: Sequence[Amount]) -> list[tuple[int, Amount]]:
    """The figures of one kind that stand under times of one sort, each with a number that grows
    with its time. Empty where the last two of ``before`` are not among them.
    """
    times = [(_time_of(passage, amount), amount) for amount in before]
    if len(times) < 2 or times[-1][0] is None or times[-2][0] is None:
        return []
    sort = times[-1][0][0]
    return [
        (time[1], amount)
        for time, amount in times
        if time is not None and time[0] == sort and same_kind(amount, before[-1])
    ]


def named_year(passage: Passage, size: Amount) -> int | None:
    """The year that a rise or fall is said to be measured from."""
    named = _NAMED_YEAR.match(passage.plain[size.after : min(passage.end, size.after + 80)])
    return int(named[1]) if named else None


def _time_of(passage: Passage, amount: Amount) -> tuple[str, int] | None:
    """The sort and number of the time that stands with an amount in its own clause."""
    lead = re.split(r"[;:(]", passage.before(amount))[-1]
    behind = re.split(r"[,;:()]", passage.behind(amount))[0]
    if _STRAIGHT_BEHIND.match(behind):
        # "60 ý kiến năm 2024 và 80 ý kiến năm 2025": the time before it is that of another.
        lead, behind = behind, ""
    for words in (lead, behind):
        if years := YEAR.findall(words):
            return "year", int(years[-1])
    for words in (lead, behind):
        if quarter := _QUARTER.search(words):
            return "quarter", _ROMAN.get(quarter[1]) or int(quarter[1])
        if month := _MONTH.search(words):
            return "month", int(month[1])
        if _NOW.search(words):
            return "now", 1
        if _THEN.search(words):
            return "now", 0
    return None
