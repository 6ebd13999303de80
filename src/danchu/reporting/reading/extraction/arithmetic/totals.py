""" "a, b và c, tổng cộng T": parts that come before the total they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from .amounts import Amount, same_kind
from .passages import Passage
from .saying import sum_check, total

_HINT = re.compile(r"cộng|tổng|tất cả|cả thảy")
_TOTAL = re.compile(
    r"(?:^|[,;.:(] ?|(?<!\w)(?:và|là|thành) )(?:như vậy,? )?"
    r"(?P<word>tổng cộng|cộng chung|cộng lại|cộng dồn|cộng|tính chung|cả thảy|tất cả|tổng)"
    r"(?: (?:là|có|được|lại|bằng|thành|cả))*(?: [^\W\d_]+){0,4} ?(?:là |: ?)?$"
)
_NO_LIST = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|kế hoạch|chỉ tiêu|mỗi|bình quân|trung bình|còn|tăng|giảm|trên|từ"
    r"|gồm|trong đó|trong số|đến)(?!\w)"
)
_NO_LEAD = re.compile(r"(?<!\w)(?:cùng kỳ|so với|kế hoạch|chỉ tiêu|mỗi|còn|tăng|giảm|từ)(?!\w)")
# "300 ngày công trị giá 60 triệu đồng": the first number only explains the second.
_WORTH = re.compile(r"(?<!\w)(?:trị giá|tương đương|quy (?:ra|thành)|với)(?!\w)")
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?: là| có| đạt| được)?[: ]*$")
_NEAR = (Fraction(1, 2), Fraction(3, 2))


def totals(passage: Passage) -> Iterator[Check]:
    """A check for each total that is stated behind two parts and more."""
    if not _HINT.search(passage.text):
        return
    for place, whole in enumerate(passage.amounts):
        said = _TOTAL.search(_lead(passage, whole)) if whole.is_plain else None
        if said is None:
            continue
        parts = _parts(passage.amounts[:place], passage, whole)
        if len(parts) < 2 and not place and passage.previous is not None:
            parts = _parts(passage.previous.amounts, passage.previous, whole)
        if len(parts) < 2:
            continue
        added = total(parts)
        least, most = _NEAR
        if added != whole.value and said["word"] == "tổng":
            continue  # "tổng vốn" may be that of more than the sentence names
        if least * added <= whole.value <= most * added:
            yield sum_check(whole, parts)


def _lead(passage: Passage, whole: Amount) -> str:
    earlier = [amount for amount in passage.amounts if amount.end <= whole.start]
    return passage.between(earlier[-1], whole) if earlier else passage.between(None, whole)


def _parts(amounts: tuple[Amount, ...], passage: Passage, whole: Amount) -> list[Amount]:
    """The row of amounts of one kind that ends the sentence so far; empty where other numbers
    or words of comparison stand in it.
    """
    row: list[Amount] = []
    for amount in reversed(amounts):
        if passage.bracketed(amount) and not passage.bracketed(whole):
            continue
        words = passage.between(amount, row[-1]) if row else ""
        if row and amount.unit != whole.unit and _WORTH.search(words):
            continue
        if row and _NO_LIST.search(words):
            return []
        if amount.unit != whole.unit and (amount.unit or amount.is_percent):
            return []
        if not amount.is_plain or not same_kind(amount, whole):
            # What stands before the row belongs to its introduction.
            break
        row.append(amount)
        if _IN_TURN.search(passage.before(amount)):
            break
    row.reverse()
    if row and _NO_LEAD.search(passage.before(row[0])):
        return []
    return row
