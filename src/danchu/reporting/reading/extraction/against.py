"""The figures of a text against figures known from elsewhere.

Whoever asks brings them: what is held of the same unit and period, and what its earlier reports
stated. Only figures of the whole unit in the whole period are held against them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .claims import Claim, claims_of
from .matching import UPPER
from .model import Check, Exact, Indicator, Reading, Verdict
from .printing import decimals_of, printed, rounded
from .segments import Document, segment

_LIMITS = re.compile(
    r"(?<!\w)(?:riêng|trong (?:đó|số)|lĩnh vực|quý|tháng \d|ngày \d|tuần|lũy kế|từ đầu năm|cùng kỳ"
    r"|năm trước|kỳ trước|mỗi|bình quân|kế hoạch|chỉ tiêu|phấn đấu|tiêu biểu|điển hình|khối"
    r"|đợt|lần thứ)(?!\w)"
)
_PLACE = re.compile(
    r"(?:xã|phường|thị trấn|đặc khu|thôn|bản|ấp|khóm|xóm|huyện|quận)"
    rf" [{UPPER}]\w*(?: [{UPPER}]\w*)*"
)
_REACH = 200
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class Held:
    """A figure known from elsewhere, in the unit the text states it in; ``source`` names where
    it stands, to follow the words "theo" and "by".
    """

    value: Exact
    source_vi: str
    source_en: str


def against_held(text: str, reading: Reading, held: Mapping[str, Sequence[Held]]) -> list[Check]:
    """The figures read from ``text`` against those held of the same unit and period, by key.

    A key that the text states with several values is right when one of them is; else nothing
    tells which was meant, and it is not checkable. What is only about right is not called wrong.
    """
    by_key: dict[str, list[Indicator]] = defaultdict(list)
    for figure in _of_the_whole(segment(text), reading):
        by_key[figure.key].append(figure)
    checks = [
        _held(by_key[key], other) for key in by_key for other in held.get(key, ()) if by_key[key]
    ]
    return sorted(checks, key=lambda check: check.spans[0])


def against_earlier(
    text: str,
    reading: Reading,
    last_year: Mapping[str, Held],
    before: Mapping[str, Held],
) -> list[Check]:
    """What ``text`` says of earlier figures against what earlier reports stated, by key.

    ``last_year``: the same period of the year before ("cùng kỳ"); ``before``: the period just
    before. A claim of which the earlier report says nothing is left out.
    """
    document = segment(text)
    found = []
    for claim in claims_of(document, _of_the_whole(document, reading)):
        known = (before if claim.of_last_period else last_year).get(claim.figure.key)
        if known is not None:
            found.append(_claimed(claim, known))
    return sorted(found, key=lambda check: check.spans[0])


def _of_the_whole(document: Document, reading: Reading) -> list[Indicator]:
    """The figures that nothing limits to a place, a field or a stretch of time."""
    own = (reading.unit.name or "").casefold()
    return [
        figure
        for figure in reading.indicators
        if figure.period is None
        and figure.part_of != figure.key
        and (figure.scope is None or figure.scope.casefold() in own)
        and not _limited(document, figure, own)
    ]


def _limited(document: Document, figure: Indicator, own: str) -> bool:
    sentence = document.sentence_at(figure.number[0])
    start = max(sentence.start, figure.number[0] - _REACH)
    clause = document.plain[start : figure.number[0]].rpartition(";")[2]
    if _LIMITS.search(clause):
        return True
    names = _PLACE.findall(document.text[figure.number[0] - len(clause) : figure.number[0]])
    return any(name.casefold() not in own for name in names)


def agrees(figure: Indicator, known: Exact) -> bool:
    """Whether ``known``, rounded as the figure is printed, is the figure."""
    grain = _grain(figure)
    return rounded(Fraction(known) / grain, 0) == rounded(Fraction(figure.value) / grain, 0)


def _grain(figure: Indicator) -> Fraction:
    """The smallest step the printed number can tell: 10 million for "20,48 tỷ"."""
    numbers = _NUMBER.findall(figure.digits)
    if len(numbers) != 1:
        return Fraction(1)
    number = numbers[0].rstrip(".")
    decimals = decimals_of(number)
    shown = Fraction(number.replace(".", "").replace(",", "."))
    times = Fraction(figure.value) / shown if shown else Fraction(1)
    return abs(times) / 10**decimals or Fraction(1)


def _held(figures: Sequence[Indicator], other: Held) -> Check:
    fitting = next((figure for figure in figures if agrees(figure, other.value)), None)
    figure = fitting or figures[0]
    verdict: Verdict = "ok" if fitting else "fail"
    if not fitting and (figure.approx or len({f.value for f in figures}) > 1):
        verdict = "not_checkable"
    stated, known = _shown(figure, figure.value), _shown(figure, other.value)
    if fitting:
        vi = f"Số {stated} khớp với số theo {other.source_vi}."
        en = f"The figure {stated} agrees with the one by {other.source_en}."
    elif verdict == "fail":
        vi = f"Văn bản nêu {stated}, theo {other.source_vi} là {known}."
        en = f"The text states {stated}; by {other.source_en} it is {known}."
    else:
        vi = (
            f"Văn bản nêu {stated} (khoảng chừng hoặc nhiều số), theo {other.source_vi} là {known}."
        )
        en = f"The text states {stated}, only about or beside others; by {other.source_en} {known}."
    return _check("database", verdict, (vi, en), figure, figure.value, other.value, figure.number)


def _claimed(claim: Claim, known: Held) -> Check:
    figure, earlier = claim.figure, Fraction(known.value)
    stated: Exact
    computed: Exact
    if claim.kind == "value":
        stated, computed = claim.size, earlier
        fits = rounded(earlier, claim.decimals) == claim.size
        said_vi = f"số kỳ trước {printed(claim.size)}"
        said_en = f"the earlier figure {printed(claim.size)}"
        real_vi = real_en = printed(earlier)
    else:
        change = Fraction(figure.value) - earlier
        if claim.kind == "percent":
            if not earlier:
                return _no_base(claim, known)
            change = 100 * change / earlier
        exact = rounded(change, claim.decimals if claim.kind == "percent" else 4)
        stated, computed = claim.size, rounded(change, max(claim.decimals + 1, 2))
        fits = exact == claim.size
        sign = "%" if claim.kind == "percent" else ""
        way, way_en = ("giảm", "a fall of") if claim.size < 0 else ("tăng", "a rise of")
        real_way, real_way_en = ("giảm", "a fall of") if change < 0 else ("tăng", "a rise of")
        said_vi = f"mức {way} {printed(abs(Fraction(claim.size)))}{sign}"
        said_en = f"{way_en} {printed(abs(Fraction(claim.size)))}{sign}"
        shown = f"{printed(abs(computed))}{sign}"
        real_vi = f"{printed(earlier)}, tức {real_way} {shown}"
        real_en = f"{printed(earlier)}, that is {real_way_en} {shown}"
    verdict: Verdict = "ok" if fits else "not_checkable" if claim.approx else "fail"
    fits_vi, fits_en = ("khớp", "agrees") if fits else ("không khớp", "does not agree")
    words = (
        f"Văn bản nêu {said_vi}: {fits_vi} với {known.source_vi} ({real_vi}).",
        f"The text states {said_en}: it {fits_en} with {known.source_en} ({real_en}).",
    )
    return _check("previous_report", verdict, words, figure, stated, computed, claim.span)


def _no_base(claim: Claim, known: Held) -> Check:
    words = (
        f"Không tính được tỷ lệ tăng, giảm: theo {known.source_vi}, số kỳ trước là 0.",
        f"No rate of change can be computed: by {known.source_en} the earlier figure is 0.",
    )
    return _check(
        "previous_report", "not_checkable", words, claim.figure, claim.size, None, claim.span
    )


def _shown(figure: Indicator, value: Exact) -> str:
    return f"{printed(value)}%" if figure.unit == "percent" else printed(value)


def _check(
    rule: str,
    verdict: Verdict,
    words: tuple[str, str],
    figure: Indicator,
    stated: Exact,
    computed: Exact | None,
    span: tuple[int, int],
) -> Check:
    spans = (span,) if span == figure.number else (span, figure.number)
    return Check(rule, words[0], words[1], verdict, stated, computed, spans, (figure.key,))
