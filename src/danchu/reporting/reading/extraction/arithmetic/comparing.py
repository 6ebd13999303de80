"""Which two figures a rise or fall lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .amounts import MOVES, TIMES, Amount, same_kind
from .dating import YEAR, dated_before, named_year
from .passages import Passage

_EARLIER = re.compile(
    r"(?<!\w)(?:cùng kỳ|(?:năm|kỳ|tháng|quý|nhiệm kỳ|đợt) trước|trước đó|trước đây|năm ngoái"
    r"|năm 20\d\d|đầu (?:năm|kỳ|nhiệm kỳ))(?!\w)"
)
_EARLIER_THEN = re.compile(
    r"^[^();]{0,60}[,(] ?(?:so với |còn )?[^,;()]{0,20}" + _EARLIER.pattern + r"[^,;()]{0,30}\(?$"
)
_FROM = re.compile(r"(?<!\w)từ(?: mức| con số)? ?$")
_TO = re.compile(r"(?<!\w)(?:lên|xuống|còn|đến|tới|sang)(?: còn| đến| tới| là| mức| thành)* ?$")
_LATER = re.compile(r"(?<!\w)(?:(?:đến|tới|sang) (?:năm 20\d\d|cuối)|nay|hiện)(?!\w)")
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
_NO_RESULT = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|dự kiến|mục tiêu|mỗi|bình quân)(?!\w)")
_PLANNED = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|dự toán|(?:được )?giao)(?!\w)")
_EXCEEDS = re.compile(r"(?<!\w)(?:vượt|hụt)(?: (?:là|hơn))? ?$")
_OPENED = re.compile(r"^ ?[^;)(]{0,40}\( ?(?:[^\W\d_]+ ){0,3}$")
_SET_AGAINST = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?so với (?:[^\W\d_]+ ){0,3}?$")
_EARLIER_BRACKET = re.compile(r"^ ?\( ?(?:so với )?" + _EARLIER.pattern + r" ?(?:là |có )?$")
_LESS = frozenset(("giảm", "kém", "hụt"))
# "tăng X (P%)": the same rise told once more
_APPOSED = re.compile(r"^ ?\( ?(?:tương đương|tương ứng|tức|hay|bằng|tăng|giảm)?(?: là)? ?$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure of now and the earlier one it is compared with. ``certain``: the words say so."""

    now: Amount
    earlier: Amount
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Around:
    """A rise or fall among the figures of its sentence, other rises and falls left out.

    ``told`` is the last number that tells it: "tăng X (P%)" has two.
    """

    passage: Passage
    size: Amount
    told: Amount
    before: Sequence[Amount]
    after: Sequence[Amount]


def apposed(passage: Passage, place: int) -> bool:
    """Whether the number at ``place`` tells in brackets the rise or fall before it once more."""
    if not place:
        return False
    size, share = passage.amounts[place - 1 : place + 1]
    return (
        share.is_percent
        and bool(_APPOSED.match(passage.between(size, share)))
        and bool(MOVES.search(passage.before(size)))
    )


def comparisons(passage: Passage, place: int) -> list[Comparison]:
    """What the rise or fall at ``place`` may compare, the likeliest first."""
    amounts = passage.amounts
    last = place + 1 if place + 1 < len(amounts) and apposed(passage, place + 1) else place
    before = [
        amount
        for index, amount in enumerate(amounts[:place])
        if amount.unit != TIMES
        and not (MOVES.search(passage.before(amount)) or apposed(passage, index))
    ]
    around = _Around(passage, amounts[place], amounts[last], before, amounts[last + 1 :])
    for way in _WAYS:
        found = [pair for pair in way(around) if same_kind(pair.now, pair.earlier)]
        if found:
            return found
    return []


def _from_to(around: _Around) -> Iterator[Comparison]:
    """ "giảm từ E xuống còn C, giảm X"; "từ E, đến nay có C, tăng X"."""
    passage = around.passage
    if len(around.before) < 2:
        return
    earlier, now = around.before[-2:]
    if ";" in passage.between(now, around.size) or not _FROM.search(passage.before(earlier)):
        return
    link = passage.between(earlier, now)
    if _TO.search(link) or _LATER.search(link):
        yield Comparison(now, earlier)


def _from_to_behind(around: _Around) -> Iterator[Comparison]:
    """ "giảm X (từ E xuống C)"."""
    passage = around.passage
    if len(around.after) < 2:
        return
    earlier, now = around.after[:2]
    link = passage.between(around.told, earlier)
    if ";" in link or not _FROM.search(link):
        return
    if _TO.search(passage.between(earlier, now)):
        yield Comparison(now, earlier)


def _beside_earlier(around: _Around) -> Iterator[Comparison]:
    """ "C (cùng kỳ E), tăng X"; "C, cùng kỳ là E, tăng X"."""
    passage = around.passage
    if len(around.before) < 2:
        return
    now, earlier = around.before[-2:]
    link, behind = passage.between(now, earlier), passage.between(earlier, around.size)
    if ";" in link or ";" in behind or _NO_RESULT.search(link) or not _EARLIER_THEN.match(link):
        return
    if not YEAR.search(link) or ("(" in link and ")" in behind):
        yield Comparison(now, earlier)


def _planned(around: _Around) -> Iterator[Comparison]:
    """ "kế hoạch E, thực hiện C, vượt P%"."""
    passage = around.passage
    if len(around.before) < 2 or not _EXCEEDS.search(passage.before(around.size)):
        return
    one, other = around.before[-2:]
    plans = [bool(_PLANNED.search(passage.before(amount))) for amount in (one, other)]
    if ";" in passage.between(one, around.size) or plans[0] == plans[1]:
        return
    yield Comparison(other, one) if plans[0] else Comparison(one, other)


def _against(around: _Around) -> Iterator[Comparison]:
    """ "C, tăng X so với cùng kỳ (E)"; "C, tăng X so với E của cùng kỳ"; "C, gấp n lần E"."""
    passage, size = around.passage, around.size
    if not around.before or not around.after:
        return
    now, earlier = around.before[-1], around.after[0]
    link = passage.between(around.told, earlier).lstrip(")")
    if not now.is_plain and not now.is_percent:
        return
    if ";" in passage.between(now, size) and not passage.bracketed(size):
        return
    if size.unit == TIMES:
        compared = _TIMES_BRACKET.match(link) or _TIMES_OF.match(link)
    else:
        named = "so với" in link or ("(" in link and _EARLIER.search(link))
        compared = _AGAINST.match(link) if named else None
    if compared:
        yield Comparison(now, earlier)


def _dated(around: _Around) -> Iterator[Comparison]:
    """ "năm 2024 là E, năm 2025 là C, tăng X": the later figure is the one of now."""
    passage = around.passage
    dated = dated_before(passage, around.before)
    if len(dated) < 2:
        return
    if any(_NO_RESULT.search(passage.before(amount)) for _, amount in dated):
        return
    now_date, now = max(dated, key=lambda row: row[0])
    named = named_year(passage, around.size)
    earlier = [
        (date, amount)
        for date, amount in dated
        if date < now_date and (named is None or named == date)
    ]
    for _, amount in sorted(earlier, key=lambda row: row[0], reverse=True):
        yield Comparison(now, amount, len(earlier) == 1)


def _result(around: _Around) -> Iterator[Comparison]:
    """ "E; năm sau tăng X, lên C"."""
    if not around.before or not around.after:
        return
    earlier, now = around.before[-1], around.after[0]
    link = around.passage.between(around.told, now).lstrip(")")
    if earlier.is_plain and now.is_plain and _RESULT.match(link):
        yield Comparison(now, earlier)


def _both_behind(around: _Around) -> Iterator[Comparison]:
    """ "giảm X (C so với E)"."""
    passage = around.passage
    if len(around.after) < 2:
        return
    now, earlier = around.after[:2]
    opened = _OPENED.match(passage.between(around.told, now))
    if opened and _SET_AGAINST.match(passage.between(now, earlier)):
        yield Comparison(now, earlier)


def _told_twice(around: _Around) -> Iterator[Comparison]:
    """ "giảm X (cùng kỳ E), giảm P%": the figure of now follows from X and E."""
    passage, size = around.passage, around.size
    place = passage.amounts.index(size)
    if place < 2 or not size.is_percent:
        return
    moved, earlier = passage.amounts[place - 2 : place]
    if not (moved.is_plain and earlier.is_plain and same_kind(moved, earlier)):
        return
    way, again = MOVES.search(passage.before(moved)), MOVES.search(passage.before(size))
    if not way or not again or way[0].split()[0] != again[0].split()[0]:
        return
    if not _EARLIER_BRACKET.match(passage.between(moved, earlier)):
        return
    fell = way[0].split()[0] in _LESS
    value = earlier.value - moved.value if fell else earlier.value + moved.value
    if value >= 0:
        yield Comparison(
            replace(moved, value=value, approx=moved.approx or earlier.approx), earlier
        )


_WAYS = (
    _from_to,
    _from_to_behind,
    _beside_earlier,
    _planned,
    _both_behind,
    _against,
    _dated,
    _result,
    _told_twice,
)


def change(pair: Comparison, multiple: bool, relative: bool) -> Fraction:
    """From the earlier figure to the one of now: as a multiple, in percent, or the difference."""
    now, earlier = Fraction(pair.now.value), Fraction(pair.earlier.value)
    if multiple:
        return now / earlier
    return 100 * (now - earlier) / earlier if relative else now - earlier
