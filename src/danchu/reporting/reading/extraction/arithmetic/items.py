"""Items of a list whose number the reader of numbers left out."""

from __future__ import annotations

import re

from .amounts import DIGIT_WORDS, Amount
from .passages import Passage

_NUMBER_ENDS = re.compile(r"(?<![\d./,\-])(?P<count>\d{1,4})(?= ?(?:[,;)]|[.](?!\d)|và |$))")
_NAMES = re.compile(
    r"(?<!\w)(?:số|thôn|tổ|tổ dân phố|khu|khu phố|khóm|ấp|bản|xóm|phường|quận|đoạn|tuyến|đợt|lần"
    r"|vòng|quý|tháng|năm|ngày|điều|khoản|lớp|khóa|nhóm|loại|cấp|hạng|giai đoạn|và|từ|đến) ?$"
)
# Numbers in words that the reader of numbers left out: the list is not wholly read.
_UNREAD = re.compile(
    rf"(?:, | và |; |: |gồm )(?P<count>{'|'.join(DIGIT_WORDS)})"
    r"(?! (?:số|vài|phần|là|bên|chiều|cấp|mặt|trong|trên|lần|ngày|buổi|tháng|năm)(?!\w)) [^\W\d_]"
)


def in_words(passage: Passage, whole: Amount, end: int) -> list[Amount]:
    """Items of the list whose number in words the reader of numbers took for an article."""
    return [
        _item(match, DIGIT_WORDS.index(match["count"]) + 1, whole.kind)
        for match in _UNREAD.finditer(passage.plain, whole.after, end)
        if not _is_read(passage, match.start("count"))
    ]


def taken_for_names(passage: Passage, first: Amount, end: int) -> list[Amount]:
    """Items that end with their number ("môi trường 14"), which was taken for a name."""
    return [
        _item(match, int(match["count"]), "")
        for match in _NUMBER_ENDS.finditer(passage.plain, first.start, end)
        if not _is_read(passage, match.start("count"))
        and not _NAMES.search(passage.plain, first.start, match.start("count"))
    ]


def _is_read(passage: Passage, position: int) -> bool:
    return any(amount.start <= position < amount.end for amount in passage.amounts)


def _item(match: re.Match[str], value: int, kind: str) -> Amount:
    start, end = match.span("count")
    return Amount(
        value=value,
        whole=None,
        unit="",
        noun="",
        kind=kind,
        approx=False,
        decimals=0,
        start=start,
        end=end,
        after=end,
    )
