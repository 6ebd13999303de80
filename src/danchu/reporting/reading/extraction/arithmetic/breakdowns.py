""" "W, gồm A và B": the parts that a sentence names against the whole it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..model import Check
from .amounts import Amount, same_kind
from .lists import Listing, may_overlap, parts_from
from .passages import Passage
from .saying import sum_check, total


@dataclass(frozen=True, slots=True)
class _Opening:
    """Words that open a list of parts. A list whose sum lies outside the two shares of its whole
    was not meant to make it: others were left out, or one thing counts in several parts.
    """

    words: re.Pattern[str]
    least: Fraction
    most: Fraction


# In order: the first that is found decides.
_OPENINGS = (
    _Opening(
        re.compile(
            r"(?<!\w)(?:gồm|bao gồm|chia ra|(?:chia|phân) (?:theo|thành)|cụ thể(?: là)?)(?!\w)"
        ),
        Fraction(2, 5),
        Fraction(5, 2),
    ),
    _Opening(
        re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)"), Fraction(9, 10), Fraction(5, 4)
    ),
    _Opening(re.compile(r":"), Fraction(9, 10), Fraction(5, 4)),
)
_WHOLLY, _TOLD = _OPENINGS[0], _OPENINGS[-1]
# "tổ gồm W người: a, b và c"
_CONSISTS = re.compile(r"(?<!\w)(?:gồm|gồm có) ?$")
_BRACKET = _Opening(re.compile(r"\("), Fraction(2, 3), Fraction(3, 2))
# "Trong W, a …, b … và c …"
_OF = _Opening(
    re.compile(r"(?:^|[\s,;:(])trong(?: tổng)?(?: số)? $"), Fraction(9, 10), Fraction(11, 10)
)
_DATED = (Fraction(2, 3), Fraction(3, 2))
_EXCLUSIVE = re.compile(r"(?<!\w)(?:khác|chưa|không|còn lại)(?!\w)")
_APART = re.compile(r"[;)]|[.](?!\d)")
# Words before a list that chooses, compares or belongs to another time.
_NO_LIST = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|chỉ tiêu|tiêu biểu|điển hình|nổi bật|như|mỗi|bình quân|trung bình"
    r"|còn lại|lũy kế|trị giá|tăng|giảm)(?!\w)"
)
_FAR = 220


def breakdowns(passage: Passage) -> Iterator[Check]:
    """A check for each whole that is followed by two parts and more."""
    for place, whole in enumerate(passage.amounts[:-2]):
        if not whole.is_plain:
            continue
        first = _first_part(passage, place)
        if first is None:
            continue
        opening = _opening(passage, place, first)
        if opening is None:
            continue
        listing = parts_from(passage, first, whole)
        if len(listing.parts) >= 2 and _is_meant(passage, opening, whole, listing):
            yield sum_check(whole, listing.parts)
            if listing.again is not None:
                yield sum_check(listing.again, listing.parts)


def _first_part(passage: Passage, place: int) -> int | None:
    """The next amount of the whole's kind; others between them belong to the whole."""
    whole = passage.amounts[place]
    for later, amount in enumerate(passage.amounts[place + 1 :], place + 1):
        if amount.start - whole.end > _FAR:
            return None
        if amount.is_plain and same_kind(whole, amount):
            return later
        if not amount.is_plain:
            return None
    return None


def _opening(passage: Passage, place: int, first: int) -> _Opening | None:
    whole, part = passage.amounts[place], passage.amounts[first]
    before = passage.amounts[first - 1]
    words = passage.plain[before.after : part.start]
    inside = passage.depth(part.start) - passage.depth(whole.start)
    if inside < 0:
        return None
    if inside:
        return _in_brackets(passage, place, first, words)
    _, mark, tail = words.rpartition(";")
    if mark and not re.match(r" ?(?:trong đó|gồm|bao gồm|chia|phân|cụ thể)(?!\w)", tail):
        return None
    if _APART.search(tail) or _NO_LIST.search(tail):
        return None
    found = next((o for o in _OPENINGS if o.words.search(tail)), None)
    if found is None and _OF.words.search(passage.before(whole)):
        return _OF
    if found is _TOLD and _CONSISTS.search(passage.before(whole)):
        return _WHOLLY
    return found


def _in_brackets(passage: Passage, place: int, first: int, words: str) -> _Opening | None:
    """A list in brackets belongs to the number straight before them."""
    if first != place + 1 or _NO_LIST.search(words):
        return None
    name, _, _ = words.partition("(")
    if re.search(r"[,;:.]", name):
        return None
    return next((o for o in _OPENINGS if o.words.search(words)), _BRACKET)


def _is_meant(passage: Passage, opening: _Opening, whole: Amount, listing: Listing) -> bool:
    """Whether the parts can be all parts of the whole, each of them once."""
    added = total(listing.parts)
    if added == whole.value:
        return True
    if listing.open_ended or may_overlap(passage, listing):
        return False
    least, most = opening.least, opening.most
    if listing.dated:
        # Years of a comparison are no parts; three in a row seldom are one.
        least, most = _DATED if len(listing.parts) > 2 else (_OF.least, _OF.most)
    if opening is _OF:
        words = passage.plain[listing.parts[0].after : listing.end]
        if len(listing.parts) < 3 and not _EXCLUSIVE.search(words):
            return False
    return least * whole.value <= added <= most * whole.value
