"""Figures that the nearest rule takes for its own but that count something else, or nothing.

Some the dictionary keeps under keys which no rule reads.

"Trong 14 lượt công khai có thời hạn, 12 lượt đúng thời hạn" counts neither the postings of the
period; what was carried over was not received in it. The nearest rule would take them for its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from .model import Exact, Indicator
from .segments import Document

_REACH = 60
_POSTED_OTHERWISE = re.compile(
    r" *lượt (?:(?:công khai|niêm yết) )?(?:có|đúng|quá|không đúng) thời hạn(?!\w)"
)
_BY_FORM = re.compile(r"(?<!\w)hình thức (?:công khai|niêm yết)(?: [^\W\d_]+){0,4} *$")
_OPINIONS = r" *(?:ý kiến|kiến nghị)(?:, (?:ý kiến|kiến nghị))*"
_CARRIED = re.compile(rf"{_OPINIONS} (?:từ )?kỳ trước chuyển sang(?!\w)")
_WITH_CARRIED = re.compile(
    rf"{_OPINIONS} ?\(\d[\d.]*{_OPINIONS} (?:từ )?kỳ trước chuyển sang(?!\w)"
)
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số đó)(?: có)? *$")
_ANSWERED_SO = re.compile(
    rf"{_OPINIONS} (?:đã )?(?:chuyển (?:cơ quan|cấp)"
    rf"|thuộc thẩm quyền (?:của )?(?:cấp|cơ quan) (?:trên|khác)"
    r"|trả lời (?:chậm|muộn)|quá hạn)(?!\w)"
)
_OPINION_KEYS = frozenset(("opinions_received", "opinions_resolved", "opinions_pending"))
# Written "02/03" they are counts, and of communes or villages there may well be three.
_FRACTION = re.compile(r"1 ?/ ?[2345]|2 ?/ ?[35]|3 ?/ ?[45]|4 ?/ ?5")
_MANY = frozenset(("opinion", "petition", "dossier", "case", "turn", "person", "household"))
_COMPETENT = "theo thẩm quyền"
_ANSWERED = re.compile(r"(?<!\w)(?:đã )?trả lời,? (?:và )?xử lý(?!\w)")


def without_neighbours(document: Document, indicators: Sequence[Indicator]) -> list[Indicator]:
    """``indicators`` without those that count what another key of the dictionary counts."""
    by_competence = any(
        i.key == "opinions_resolved" and _COMPETENT in _words(document, i) for i in indicators
    )
    counts = {i.value for i in indicators if i.unit in _MANY}
    return [
        i
        for i in indicators
        if not _is_another(document, i, by_competence=by_competence) and not _is_fraction(i, counts)
    ]


def _is_fraction(figure: Indicator, counts: Set[Exact]) -> bool:
    """ "Trả lời 2/3 ý kiến" without three opinions anywhere: two thirds of a number not told."""
    if figure.unit not in _MANY or not _FRACTION.fullmatch(figure.digits):
        return False
    return figure.denominator not in counts


def _is_another(document: Document, figure: Indicator, *, by_competence: bool) -> bool:
    start, end = figure.number
    before = document.plain[max(0, start - _REACH) : start]
    if figure.key == "public_postings":
        return bool(_POSTED_OTHERWISE.match(document.plain, end) or _BY_FORM.search(before))
    if figure.key not in _OPINION_KEYS:
        return False
    if _CARRIED.match(document.plain, end) or _WITH_CARRIED.match(document.plain, end):
        return True
    if _AMONG.search(before) and _ANSWERED_SO.match(document.plain, end):
        return True
    # A report that tells both what was settled and what was answered means two things.
    words = _words(document, figure)
    answered = figure.key == "opinions_resolved" and _COMPETENT not in words
    return by_competence and answered and bool(_ANSWERED.search(words))


def _words(document: Document, figure: Indicator) -> str:
    start = min(figure.char_start, max(0, figure.number[0] - _REACH))
    words = document.plain[start : max(figure.char_end, figure.number[1])]
    return re.split(r"[.;]\s", words)[-1]
