""" "5 đơn (3 xã Bến Mẫu, 2 phường Cầu Mẫu)": parts of a whole with the place they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..matching import UPPER
from ..model import Check
from .amounts import Amount
from .passages import Passage
from .saying import sum_check, total

_BRACKET = re.compile(r"[^,;:.()\d]{0,40}\((?P<inside>[^()]{6,240})\)")
# A place or level by its name; "3 xã đã họp" counts communes.
_ITEM = re.compile(
    rf"\s*(?P<count>\d{{1,4}}) (?:(?:ở|của|tại|thuộc) )?(?:"
    rf"(?:xã|phường|thị trấn|đặc khu|huyện|quận|tỉnh|thôn|bản|ấp|khóm|xóm|khu|khu phố|tổ|chi bộ"
    rf"|trường|công ty|hội|sở|phòng|ban) [{UPPER}][^\d,;]{{0,40}}"
    rf"|cấp (?:tỉnh|huyện|xã|thôn|cơ sở|trung ương))\s*"
)
_BETWEEN = re.compile(r"[,;]| và ")
_LEAST, _MOST = Fraction(2, 3), Fraction(3, 2)


def labelled(passage: Passage) -> Iterator[Check]:
    """A check for each whole whose parts stand in brackets behind it, every one with its place."""
    for whole in passage.amounts:
        if not whole.is_plain or whole.unit:
            continue
        bracket = _BRACKET.match(passage.written, whole.end, passage.end)
        if bracket is None:
            continue
        parts = _parts(passage, whole, *bracket.span("inside"))
        if len(parts) < 2:
            continue
        if _LEAST * whole.value <= total(parts) <= _MOST * whole.value:
            yield sum_check(whole, parts)


def _parts(passage: Passage, whole: Amount, start: int, end: int) -> list[Amount]:
    """The parts, none where an item is no number of a place."""
    parts, begin = [], start
    stops = [match.span() for match in _BETWEEN.finditer(passage.written, start, end)]
    for stop, following in [*stops, (end, end)]:
        item = _ITEM.fullmatch(passage.written, begin, stop)
        if item is None:
            return []
        first, last = item.span("count")
        value = int(item["count"])
        parts.append(replace(whole, value=value, approx=False, start=first, end=last, after=last))
        begin = following
    return parts
