"""What a text says of its figures' earlier values: "cùng kỳ 75", "tăng 12 so với cùng kỳ"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from danchu.core.text.numbers import Exact, Found, in_base

from .model import Indicator
from .segments import Document, Sentence

_RISE = re.compile(
    r"^(?: [^\W\d_]+){0,8}? ?[,(] ?(?:đã )?(?P<way>tăng|giảm)"
    r"(?: (?:thêm|bớt|là|hơn|khoảng|gần))* ?$"
)
_COMPARED = re.compile(r"^[^,;.()\d]{0,40}?so (?:với|cùng) (?P<when>[^,;.)]{0,50})")
_COMPARED_BEFORE = re.compile(r"so (?:với|cùng) (?P<when>cùng kỳ|kỳ trước|năm trước|quý trước)")
_LAST_YEAR = re.compile(r"(?<!\w)(?:cùng kỳ|năm trước|năm ngoái|năm 20\d\d)(?!\w)")
_LAST_PERIOD = re.compile(
    r"(?<!\w)(?:(?:kỳ|quý|tháng|đợt) trước|6 tháng (?:cuối|đầu)|kỳ báo cáo trước)(?!\w)"
)
# The earlier figure in brackets or behind a comma.
_EARLIER_LEAD = re.compile(
    r"^(?: [^\W\d_]+){0,8}? ?[,(] ?(?P<when>cùng kỳ|kỳ trước|năm trước|quý trước|năm ngoái)"
    r"(?: (?:năm )?20\d\d| năm (?:trước|ngoái))?(?: (?:là|có|đạt))?:? ?$"
)
_REACH = 90


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says of the earlier value of ``figure``.

    ``kind``: the value itself, the difference to it, or the change in percent; ``size`` is signed.
    ``of_last_period``: compared with the period just before, not with the year before.
    """

    figure: Indicator
    kind: Literal["value", "difference", "percent"]
    size: Exact
    decimals: int
    of_last_period: bool
    approx: bool
    span: tuple[int, int]


def claims_of(document: Document, figures: Sequence[Indicator]) -> list[Claim]:
    """The claims of a text on the earlier values of its figures, in order."""
    return [claim for figure in figures for claim in _claims(document, figure)]


def _claims(document: Document, figure: Indicator) -> Iterator[Claim]:
    if figure.unit == "percent" or figure.number == (0, 0):
        return
    sentence = document.sentence_at(figure.number[0])
    following = [
        found
        for found in document.numbers
        if found.kind == "quantity"
        and figure.number[1] <= found.start < min(sentence.end, figure.number[1] + _REACH)
    ]
    if not following:
        return
    first = following[0]
    link = document.plain[figure.number[1] : first.lead]
    earlier = _EARLIER_LEAD.match(link)
    if earlier and first.number.denominator is None and not first.number.percent:
        yield _claim(document, figure, first, "value", 1, bool(_LAST_PERIOD.search(link)))
        return
    rise = _RISE.match(link)
    if rise is None:
        return
    when = _when(document, sentence, first, link)
    if when is None:
        return
    sign = -1 if rise["way"] == "giảm" else 1
    kind: Literal["difference", "percent"] = "percent" if first.number.percent else "difference"
    yield _claim(document, figure, first, kind, sign, when)


def _when(document: Document, sentence: Sentence, size: Found, link: str) -> bool | None:
    """Whether a rise is told against the period just before; None where nothing says."""
    behind = document.plain[size.end : min(sentence.end, size.end + _REACH)]
    compared = _COMPARED.match(behind) or _COMPARED_BEFORE.search(link)
    if compared is None:
        return None
    words = compared["when"]
    if _LAST_YEAR.search(words):
        return False
    return True if _LAST_PERIOD.search(words) else None


def _claim(
    document: Document,
    figure: Indicator,
    found: Found,
    kind: Literal["value", "difference", "percent"],
    sign: int,
    of_last_period: bool,
) -> Claim:
    number = found.number if found.number.percent else in_base(found.number)
    return Claim(
        figure=figure,
        kind=kind,
        size=sign * number.value,
        decimals=found.number.decimals if kind == "percent" else 0,
        of_last_period=of_last_period,
        approx=number.approx or figure.approx,
        span=(found.start, found.end),
    )
