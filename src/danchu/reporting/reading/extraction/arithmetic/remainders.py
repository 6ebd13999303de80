""" "W, đã D, còn R": what is done and what is left against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Check
from .amounts import Amount, Passage, same_kind
from .saying import check, shown, verdict_of

_LEFT = re.compile(r"(?<!\w)còn(?: lại)?(?: (?!khoảng)[^\W\d_]+){0,3} ?(?:là )?$")
_NOT_DONE = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?(?:chưa|không)(?!\w)")
_NO_REST = re.compile(r"(?<!\w)(?:xuống|giảm|tăng|lên|so với|cùng kỳ|mỗi|bình quân)(?!\w)")
_DONE = re.compile(
    r"(?<!\w)(?:đã|hoàn thành|giải quyết|thực hiện|trả lời|xử lý|bàn giao|chi|thu|xong)(?!\w)"
)


def remainders(passage: Passage) -> Iterator[Check]:
    """A check for each rest that follows what it is a rest of."""
    for place, rest in enumerate(passage.amounts):
        if place < 2 or rest.is_percent or rest.whole or not _is_rest(passage, rest):
            continue
        like = [
            a
            for a in passage.amounts[:place]
            if not a.is_percent and not a.whole and same_kind(a, rest)
        ]
        if len(like) < 2 or passage.amounts[place - 1] is not like[-1]:
            continue
        wholes, done = like[:-1], like[-1]
        if not _DONE.search(passage.between(wholes[-1], done)):
            continue
        if _NO_REST.search(passage.plain[wholes[-1].after : rest.start]):
            continue
        fitting = next((w for w in wholes if w.value == done.value + rest.value), None)
        if (
            fitting is None
            and len(wholes) > 1
            and sum((a.value for a in like[1:]), rest.value) == like[0].value
        ):
            continue
        whole = fitting or wholes[-1]
        yield _judged(whole, done, rest)


def _is_rest(passage: Passage, rest: Amount) -> bool:
    lead = passage.before(rest)
    if _LEFT.search(lead):
        return True
    following = passage.plain[rest.end : min(passage.end, rest.end + 40)]
    return bool(_NOT_DONE.match(following)) and lead.rstrip().endswith((",", ";", "và"))


def _judged(whole: Amount, done: Amount, rest: Amount) -> Check:
    left = whole.value - done.value
    fits = left == rest.value
    difference = (
        f"{shown(whole.value, whole.unit)} - {shown(done.value, done.unit)}"
        f" = {shown(left, whole.unit)}"
    )
    stated = shown(rest.value, rest.unit)
    words = (
        (
            f"Số còn lại {stated} khớp: {difference}.",
            f"The remainder {stated} agrees: {difference}.",
        )
        if fits
        else (
            f"Số còn lại nêu {stated} không khớp: {difference}.",
            f"The stated remainder {stated} does not agree: {difference}.",
        )
    )
    involved = [rest, whole, done]
    return check("remainder", verdict_of(fits, involved), words, involved, rest.value, left)
