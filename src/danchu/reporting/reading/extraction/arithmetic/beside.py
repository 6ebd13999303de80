"""A share whose own words name its numbers: brackets, a whole behind it, a whole by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .amounts import MOVES, Amount, same_kind
from .pairs import (
    EARLIER,
    NAMED_WHOLE,
    OF,
    OTHER_TIME,
    SAYS_WHOLE,
    TRONG,
    WHOLE_NAME,
    Pair,
    part_before,
)
from .passages import Passage

# "đạt P% (trong) tổng số B": the whole behind the share
_WHOLE_BEHIND = re.compile(
    rf"^ ?(?:(?:trong|trên|của|so với)(?: {WHOLE_NAME})?|{WHOLE_NAME})(?: [^\W\d_]+){{0,5}} ?\(?$"
)
_BRACKET_BEHIND = re.compile(r"^[^,;:.()]{0,60}\( ?(?:[^\W\d_]+ ){0,2}$")
# "P% với a/b phiếu"
_WITH_BEHIND = re.compile(r"^ ?(?:(?:tương )?ứng )?với(?: [^\W\d_]+){0,2} ?$")
_AMONG = re.compile(r"(?<!\w)(?:trong đó|trong số đó|gồm|bao gồm|chia ra|có)(?!\w)")


def behind(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "P% … (a/b …)", "A, bằng P% tổng số B", "A, đạt P% dự toán (B)"."""
    if place + 1 == len(passage.amounts):
        return
    share, following = passage.amounts[place : place + 2]
    link = passage.between(share, following)
    if following.whole is not None and not following.is_percent:
        if _BRACKET_BEHIND.match(link) or _WITH_BEHIND.match(link):
            yield Pair(following, following)
        return
    if not following.is_plain or EARLIER.search(link + passage.behind(following)):
        return
    if _BRACKET_BEHIND.match(link) and place + 2 < len(passage.amounts):
        whole = passage.amounts[place + 2]
        inside = passage.between(following, whole)
        if OF.match(inside) and same_kind(following, whole) and whole.is_plain:
            yield Pair(following, whole)
            return
    part = part_before(passage, place)
    if part is None or not same_kind(part, following) or not _WHOLE_BEHIND.match(link):
        return
    if part is not since:
        yield Pair(part, following)


def named(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "số phiếu hợp lệ là W; …, A …, đạt P% so với số phiếu hợp lệ"."""
    share, part = passage.amounts[place], part_before(passage, place)
    words = NAMED_WHOLE.match(passage.plain, share.end, passage.end)
    if part is None or not words:
        return
    name = words[1].strip()
    for whole in passage.amounts[: place - 1]:
        lead = re.sub(r" ?(?:là|có|:|gồm)? ?$", "", passage.before(whole))
        if whole.is_plain and lead.endswith(name) and same_kind(part, whole):
            yield Pair(part, whole)


def in_brackets(passage: Passage, place: int, since: Amount | None) -> Iterator[Pair]:
    """ "W …, trong đó A … (P%), B … (Q%)": all are shares of the whole before the brackets."""
    share = passage.amounts[place]
    if not place or not passage.bracketed(share):
        return
    part = passage.amounts[place - 1]
    if part.is_percent or passage.depth(part.start) >= passage.depth(share.start):
        return
    if MOVES.search(passage.before(part)):
        return  # "giảm 12 hộ (20%)"
    link = passage.between(part, share)
    if part.whole is not None:
        if ";" not in link:
            yield Pair(part, part)
        return
    if re.search(r"[;.:]", link):
        return
    wholes = [
        (index, amount)
        for index, amount in enumerate(passage.amounts[: place - 1])
        if amount.is_plain
        and same_kind(amount, part)
        and amount.value >= part.value
        and not passage.bracketed(amount)
        and not _has_share(passage, index)
    ]
    for index, whole in reversed(wholes):
        following = passage.amounts[index + 1]
        opening = passage.between(whole, following)
        certain = len(wholes) == 1 and not OTHER_TIME.search(
            passage.plain[whole.after : share.start]
        )
        lead = passage.before(whole)
        said = TRONG.search(lead) or SAYS_WHOLE.search(lead) or _AMONG.search(opening)
        yield Pair(part, whole, certain and bool(said or re.search(r"[;:]", opening)))


def _has_share(passage: Passage, index: int) -> bool:
    """Whether an amount has a share of its own in brackets behind it."""
    following = passage.amounts[index + 1]
    return following.is_percent and passage.depth(following.start) > passage.depth(
        passage.amounts[index].start
    )
