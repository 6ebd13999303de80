"""The amounts of a text, each with what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danchu.core.text.numbers import Exact

POINTS = "điểm %"
"""The unit of a difference between two percentages."""
TIMES = "lần"
"""The unit of "gấp n lần"."""
PERSON = "person"
"""The class of nouns for people."""
MOVES = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|hơn|kém|hụt)(?: (?:thêm|bớt|là|hơn|khoảng|gần|được))* ?$"
)
"""Words straight before a number that is a rise or fall, no figure."""
DIGIT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""One to ten in words."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that counts or measures something, in its basic unit (VND, m2, m, kg, %).

    ``unit`` is empty where things are counted; then ``noun`` is the first word of their name and
    ``kind`` its class, either empty where the text names nothing. ``whole`` is b of "a/b".
    """

    value: Exact
    whole: Exact | None
    unit: str
    noun: str
    kind: str
    approx: bool
    decimals: int
    start: int
    end: int
    after: int
    """Where the noun ends."""

    @property
    def span(self) -> tuple[int, int]:
        """Where the number stands."""
        return self.start, self.end

    @property
    def is_percent(self) -> bool:
        """A share, a rise or a fall."""
        return self.unit == "%"

    @property
    def is_plain(self) -> bool:
        """A single amount of things, neither "a/b" nor a share, a difference or a multiple."""
        return self.whole is None and self.unit not in ("%", POINTS, TIMES)


def same_kind(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be added and held against each other."""
    if one.unit or other.unit:
        return one.unit == other.unit
    if one.noun == other.noun:
        return True
    if one.kind and one.kind == other.kind:
        return True
    return not one.noun or not other.noun
