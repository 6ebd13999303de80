"""When a page was published: the stamp of a portal or paper, not the day of what it tells of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import chain

from .days import day_of
from .openings import matches_at
from .sought import Sought

_DATE = r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?!\d)"
_TIME = r"\d{1,2}(?::|h|g)\d{2}(?::\d{2})?(?: ?(?:am|pm|sa|ch))?"
_APART = r"[\s,|()\[\]-]*"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
# What may follow on the line of a stamp.
_ENDS = r"(?=[ \t]*(?:$|[|\-)\]]| {2}|gmt|lượt))"
_LABEL = (
    r"(?:ngày (?:đăng|cập nhật|xuất bản|tạo|gửi|đưa tin)(?: tin| bài)?|đăng (?:lúc|ngày|tải)"
    r"|(?:cập nhật|xuất bản|phát hành|gửi)(?: lần cuối)?(?: lúc| ngày|:)"
    r"|thời gian (?:đăng|cập nhật))"
)
_LABELLED = Sought(
    rf"(?<!\w){_LABEL}[: ]*(?:{_WEEKDAY}{_APART})?(?:{_TIME}{_APART})?(?:ngày )?{_DATE}"
    rf"(?:{_APART}{_TIME})?"
)
# These open a line, and are tried there only.
_OPENING = tuple(
    re.compile(rf"(?m){source}")
    for source in (
        rf"^[^\w\n]*(?:{_WEEKDAY}{_APART})?(?:ngày )?{_DATE}{_APART}{_TIME}",
        rf"^[^\w\n]*{_WEEKDAY}{_APART}(?:ngày )?{_DATE}{_ENDS}",
        rf"^[^\w\n]*(?:{_WEEKDAY}{_APART})?{_TIME}{_APART}(?:ngày )?{_DATE}{_ENDS}",
    )
)
_BREAK = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of publication and where it stands."""

    day: dt.date
    start: int
    end: int


def stamps_of(plain: str) -> list[Stamp]:
    """Every stamp of publication, in the order of the text."""
    found: dict[int, Stamp] = {}
    lines = [0, *(match.end() for match in _BREAK.finditer(plain))]
    opening = (matches_at(pattern, lines, plain, 0, len(plain)) for pattern in _OPENING)
    for match in chain(_LABELLED.finditer(plain), *opening):
        day = day_of(match["d"], match["m"], match["y"])
        if day is not None:
            found.setdefault(match.start("d"), Stamp(day, match.start(), match.end()))
    return [found[place] for place in sorted(found)]
