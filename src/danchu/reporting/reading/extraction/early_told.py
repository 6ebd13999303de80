"""Dossiers settled early and on time, told apart in running text: on time includes the early ones.

The dictionary: "Nguồn tách riêng trước hạn thì số đúng hạn ở đây là tổng của hai số."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .confidence import in_doubt
from .model import EARLY_INCLUDED, Indicator
from .segments import Document
from .table_early import told_apart

_ON_TIME, _EARLY, _OVERDUE = "dossiers_on_time", "dossiers_early", "dossiers_overdue"
_SETTLED = "dossiers_resolved"
# Told further off than this the two are not of one list.
_REACH = 160
_BEFORE = 40
# "đúng và trước hạn 900", "không quá hạn": the number itself says that it holds them.
_BOTH = re.compile(
    r"(?<!\w)(?:trước|sớm)(?: hạn)?(?:,| và|/| hoặc|,? hay)? ?đúng(?!\w)"
    r"|(?<!\w)đúng(?: hạn)?(?:,| và|/| hoặc|,? hay)? ?(?:trước|sớm)(?!\w)"
)
# "đúng hạn 900 hồ sơ, trong đó trước hạn 300": the early ones are among them.
_AMONG = re.compile(r"(?<!\w)(?:trong (?:đó|số đó|số này)|gồm|riêng)(?!\w)|\(")


def with_early_told(document: Document, indicators: Sequence[Indicator]) -> list[Indicator]:
    """``indicators`` with the early ones added to those on time that are told beside them.

    As it stands where the text says that the number holds them already, or where both together
    would be more than was settled.
    """
    if not any(indicator.key == _EARLY for indicator in indicators):
        return list(indicators)
    return [
        _summed(document, indicators, place) if indicator.key == _ON_TIME else indicator
        for place, indicator in enumerate(indicators)
    ]


def _summed(document: Document, indicators: Sequence[Indicator], place: int) -> Indicator:
    on_time = indicators[place]
    near = [
        other
        for other in indicators[max(0, place - 4) : place + 4]
        if abs(other.number[0] - on_time.number[0]) <= _REACH
        and document.sentence_at(other.number[0]).line
        == document.sentence_at(on_time.number[0]).line
    ]
    early = [other for other in near if other.key == _EARLY]
    if len(early) != 1 or sum(other.key == _ON_TIME for other in near) != 1:
        return on_time
    if not early[0].value or early[0].denominator != on_time.denominator:
        return on_time
    if _holds_it(document, on_time, early[0]):
        return on_time
    total = on_time.value + early[0].value
    settled = next((i.value for i in reversed(near) if i.key == _SETTLED), None)
    overdue = next((i.value for i in near if i.key == _OVERDUE), 0)
    if settled is not None and (on_time.value + overdue == settled or total > settled):
        return on_time
    if told_apart(document, on_time.char_start, on_time.char_end):
        return replace(on_time, signs=in_doubt(on_time.signs))
    start = min(early[0].char_start, on_time.char_start)
    end = max(early[0].char_end, on_time.char_end)
    return replace(
        on_time,
        value=total,
        approx=on_time.approx or early[0].approx,
        surface=document.text[start:end],
        char_start=start,
        char_end=end,
        digits=f"{early[0].digits} + {on_time.digits}",
        rule=EARLY_INCLUDED,
    )


def _holds_it(document: Document, on_time: Indicator, early: Indicator) -> bool:
    plain = document.plain
    start = max(
        document.sentence_at(on_time.number[0]).start, min(on_time.char_start, on_time.number[0])
    )
    before = plain[max(start - _BEFORE, 0) : on_time.number[0]]
    if _BOTH.search(before[_after_a_number(before) :]):
        return True
    if _BOTH.search(plain, on_time.number[1], on_time.char_end):
        return True
    between = plain[on_time.number[1] : early.number[0]]
    return early.number[0] > on_time.number[0] and bool(_AMONG.search(between))


def _after_a_number(words: str) -> int:
    digits = [place for place, sign in enumerate(words) if sign.isdigit()]
    return digits[-1] + 1 if digits else 0
