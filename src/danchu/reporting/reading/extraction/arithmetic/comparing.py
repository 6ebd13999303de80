"""Which two figures a rise or fall lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .amounts import TIMES, Amount, same_kind
from .passages import Passage

_EARLIER = re.compile(
    r"(?<!\w)(?:cùng kỳ|(?:năm|kỳ|tháng|quý|nhiệm kỳ|đợt) trước|trước đó|trước đây|năm ngoái"
    r"|năm 20\d\d|đầu (?:năm|kỳ|nhiệm kỳ))(?!\w)"
)
_EARLIER_THEN = re.compile(
    r"^[^();]{0,60}[,(] ?(?:so với |còn )?[^,;()]{0,20}" + _EARLIER.pattern + r"[^,;()]{0,30}$"
)
_FROM = re.compile(r"(?<!\w)từ(?: mức| con số)? ?$")
_TO = re.compile(r"(?<!\w)(?:lên|xuống|còn|đến|tới|sang)(?: còn| đến| tới| là| mức| thành)* ?$")
_LATER = re.compile(r"(?<!\w)(?:đến|tới|sang)(?: nay| năm 20\d\d| cuối [^\W\d_]+)")
_RESULT = re.compile(
    r"^(?: [^\W\d_]+){0,4},? ?(?:và )?(?:nâng [^,;.\d]{0,40}lên|lên|xuống|còn|đạt|thành)"
    r"(?: còn| đến| thành| mức| tổng số| là)* ?$"
)
_AGAINST = re.compile(
    r"^ ?(?:[^\W\d_]+ ){0,5}?so với (?:con số |mức |số )?$"
    r"|^ ?[^;)(]{0,70}\((?:[^;)(\d]|20\d\d|\d{1,2}/20\d\d){0,40}$"
)
_TIMES_BRACKET = re.compile(r"^ ?[^;)(,]{0,70}\((?:[^;)(\d]|20\d\d){0,40}$")
_TIMES_OF = re.compile(r"^ ?(?:so với )?(?:con số |mức |số )?$")
_YEAR = re.compile(r"(?<!\w)(?:năm |\()(20\d\d)(?!\w)")
_PERIOD = re.compile(r"(?<!\w)(?:quý ([ivx]+|[1-4])|tháng (\d{1,2}))(?![\w/])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMED_YEAR = re.compile(r"^[^,;]{0,40}so với (?:[^,;\d]{0,20})năm (20\d\d)")
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|dự kiến|mục tiêu|mỗi|bình quân)(?!\w)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure of now and the earlier one it is compared with. ``certain``: the words say so."""

    now: Amount
    earlier: Amount
    certain: bool = True


def comparisons(passage: Passage, place: int) -> list[Comparison]:
    """What the rise or fall at ``place`` may compare, the likeliest first."""
    for way in (_from_to, _from_to_behind, _beside_earlier, _against, _dated, _result):
        found = [pair for pair in way(passage, place) if same_kind(pair.now, pair.earlier)]
        if found:
            return found
    return []


def _from_to(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "giảm từ E xuống còn C, giảm X"; "từ E, đến nay có C, tăng X"."""
    if place < 2:
        return
    earlier, now = passage.amounts[place - 2 : place]
    size = passage.amounts[place]
    if ";" in passage.between(now, size) or not _FROM.search(passage.before(earlier)):
        return
    link = passage.between(earlier, now)
    if _TO.search(link) or _LATER.search(link):
        yield Comparison(now, earlier)


def _from_to_behind(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "giảm X (từ E xuống C)"."""
    if place + 2 >= len(passage.amounts):
        return
    size, earlier, now = passage.amounts[place : place + 3]
    link = passage.between(size, earlier)
    if ";" in link or not _FROM.search(link):
        return
    if _TO.search(passage.between(earlier, now)):
        yield Comparison(now, earlier)


def _beside_earlier(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "C (cùng kỳ E), tăng X"; "C, cùng kỳ là E, tăng X"."""
    if place < 2:
        return
    now, earlier = passage.amounts[place - 2 : place]
    link, size = passage.between(now, earlier), passage.amounts[place]
    if ";" in link or ";" in passage.between(earlier, size) or _PLAN.search(link):
        return
    if not _EARLIER_THEN.match(link):
        return
    if not _YEAR.search(link) or ("(" in link and ")" in passage.between(earlier, size)):
        yield Comparison(now, earlier)


def _against(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "C, tăng X so với cùng kỳ (E)"; "C, tăng X so với E của cùng kỳ"; "C, gấp n lần E"."""
    if not place or place + 1 == len(passage.amounts):
        return
    now, size, earlier = passage.amounts[place - 1 : place + 2]
    link = passage.between(size, earlier)
    if not now.is_plain and now.unit != "%":
        return
    if ";" in passage.between(now, size) and not passage.bracketed(size):
        return
    if size.unit == TIMES:
        compared = _TIMES_BRACKET.match(link) or _TIMES_OF.match(link)
    else:
        compared = _AGAINST.match(link) if "so với" in link else None
    if compared:
        yield Comparison(now, earlier)


def _dated(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "năm 2024 là E, năm 2025 là C, tăng X": the later figure is the one of now."""
    size = passage.amounts[place]
    dated: list[tuple[int, Amount]] = []
    for amount in passage.amounts[:place]:
        date = _date_of(passage, amount)
        if date is not None and amount.unit != TIMES:
            dated.append((date, amount))
    if len(dated) < 2 or passage.amounts[place - 1] is not dated[-1][1]:
        return
    if any(_PLAN.search(passage.before(amount)) for _, amount in dated):
        return
    (_, one), (_, other) = dated[-2:]
    if passage.amounts[place - 2] is not one:
        return
    dated = [(date, amount) for date, amount in dated if same_kind(amount, other)]
    now_date, now = max(dated, key=lambda row: row[0])
    named = _NAMED_YEAR.match(passage.plain[size.after : min(passage.end, size.after + 80)])
    earlier = [(date, amount) for date, amount in dated if date < now_date]
    if named and now_date > 1000:
        earlier = [(date, amount) for date, amount in earlier if date == int(named[1])]
    earlier.sort(key=lambda row: -row[0])
    for _, amount in earlier:
        yield Comparison(now, amount, len(earlier) == 1)


def _date_of(passage: Passage, amount: Amount) -> int | None:
    """The year, or the quarter or month, that stands with an amount in its own clause."""
    lead = re.split(r"[;:(]", passage.before(amount))[-1]
    behind = re.split(r"[,;:()]", passage.behind(amount))[0]
    for words in (lead, behind):
        years = _YEAR.findall(words)
        if years:
            return int(years[-1])
    for words in (lead, behind):
        if period := _PERIOD.search(words):
            return _ROMAN.get(period[1]) or int(period[1] or 0) if period[1] else int(period[2])
    return None


def _result(passage: Passage, place: int) -> Iterator[Comparison]:
    """ "E; năm sau tăng X, lên C"."""
    if not place or place + 1 == len(passage.amounts):
        return
    earlier, size, now = passage.amounts[place - 1 : place + 2]
    if earlier.is_plain and now.is_plain and _RESULT.match(passage.between(size, now)):
        yield Comparison(now, earlier)


def change(pair: Comparison, multiple: bool, relative: bool) -> Fraction:
    """From the earlier figure to the one of now: as a multiple, in percent, or the difference."""
    now, earlier = Fraction(pair.now.value), Fraction(pair.earlier.value)
    if multiple:
        return now / earlier
    return 100 * (now - earlier) / earlier if relative else now - earlier
