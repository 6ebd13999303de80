""" "W, đã D, còn R": what is done and what is left against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Check
from .amounts import Amount, same_kind
from .flows import balance
from .leavings import Leaving, leavings_of, leavings_of_previous
from .passages import Passage
from .saying import check, shown, verdict_of

_HINT = re.compile(r"còn|chưa|không|vắng|khuyết|cuối|chuyển")
# How a number is said to be what is left, before it or behind its noun.
_LEFT = re.compile(
    r"(?<!\w)(?:còn(?: (?:lại|phải|nợ|vướng|khuyết|thiếu|tồn|dư|chưa|đọng|trống|đang)"
    r"(?: (?!trên(?!\w)|dưới(?!\w)|khoảng(?!\w))[^\W\d_]+){0,5})?|(?:vắng|khuyết)(?: [^\W\d_]+)?"
    r"|(?:tồn|dư)(?: quỹ)? (?:cuối [^\W\d_]+|chuyển [^\W\d_]+(?: [^\W\d_]+)?))"
    r"(?: \d{1,2}/\d{1,2}/\d{4})? ?(?:là )?:? ?$"
)
_ADDS = re.compile(
    r"(?<!\w)(?:ngoài ra|không (?:chỉ|những)|bên cạnh|mà)(?: [^\W\d_]+){0,3} còn(?!\w)"
)
_NOT_DONE_BEFORE = re.compile(r"(?:^|[,;] ?|(?<!\w)và )(?:số )?chưa(?: [^\W\d_]+){1,4} ?(?:là )?$")
_BEHIND = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?còn lại(?!\w)")
_NOT_DONE = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?(?:chưa|không)(?!\w)")


def remainders(passage: Passage) -> Iterator[Check]:
    """A check for each rest that follows what it is a rest of."""
    if not _HINT.search(passage.text):
        return
    for place, rest in enumerate(passage.amounts):
        if not rest.is_plain or not _is_rest(passage, place):
            continue
        before = _before(passage, place, rest)
        flow = balance(passage, before, rest)
        if flow is not None:
            yield flow
            continue
        readings = leavings_of(passage, before, rest)
        if not readings:
            readings = leavings_of_previous(passage, before, rest)
        readings = [reading for reading in readings if reading.left >= 0]
        if readings:
            fitting = next((r for r in readings if r.left == rest.value), None)
            chosen = fitting or next((r for r in readings if r.certain), None)
            if chosen is not None:
                yield _judged(chosen, rest)


def _is_rest(passage: Passage, place: int) -> bool:
    rest = passage.amounts[place]
    lead, behind = passage.before(rest), passage.behind(rest)
    if _ADDS.search(lead):
        return False
    if _LEFT.search(lead) or _BEHIND.match(behind):
        return True
    if any(a.is_plain and same_kind(a, rest) for a in passage.amounts[place + 1 :]):
        return False  # "… không đồng ý" is then one answer of several
    if _NOT_DONE_BEFORE.search(lead):
        return True
    return bool(_NOT_DONE.match(behind)) and lead.rstrip().endswith((",", ";", "và"))


def _before(passage: Passage, place: int, rest: Amount) -> list[Amount]:
    """The amounts that the rest may be a rest of; details in brackets are none of them."""
    return [
        amount
        for amount in passage.amounts[:place]
        if not amount.is_percent
        and same_kind(amount, rest)
        and passage.depth(amount.start) <= passage.depth(rest.start)
    ]


def _judged(reading: Leaving, rest: Amount) -> Check:
    whole, left = reading.whole, reading.left
    fits = left == rest.value
    base = whole.value if whole.whole is None else whole.whole
    taken = [part.value for part in reading.done] or [whole.value]

    def words(language: str) -> tuple[str, str]:
        numbers = " - ".join(shown(value, whole.unit, language) for value in (base, *taken))
        return (
            f"{numbers} = {shown(left, whole.unit, language)}",
            shown(rest.value, rest.unit, language),
        )

    (real_vi, stated_vi), (real_en, stated_en) = words("vi"), words("en")
    said = (
        (
            f"Số còn lại {stated_vi} khớp: {real_vi}.",
            f"The remainder {stated_en} agrees: {real_en}.",
        )
        if fits
        else (
            f"Số còn lại nêu {stated_vi} không khớp: {real_vi}.",
            f"The stated remainder {stated_en} does not agree: {real_en}.",
        )
    )
    involved = [rest, whole, *reading.done]
    return check("remainder", verdict_of(fits, involved), said, involved, rest.value, left)
