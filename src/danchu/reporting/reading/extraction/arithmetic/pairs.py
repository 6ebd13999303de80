"""A share's two numbers, and the words that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .amounts import Amount
from .passages import Passage

WHOLE_NAME = (
    r"(?:tổng|số|toàn bộ|tất cả|kế hoạch|vốn|dự toán|chỉ tiêu|mục tiêu|nhu cầu|khối lượng"
    r"|diện tích|chiều dài|danh sách|định mức|kinh phí|nguồn|mức|lượng|quỹ)"
)
"""How a whole is named before its number."""
OF = re.compile(
    rf"^(?: [^\W\d_]+)*? ?(?:trên|trong|so với)(?: {WHOLE_NAME}(?: (?:20)?[^\W_]+){{0,5}})? ?$"
)
"""Between part and whole: "A trên B", "A trong tổng số B", "A trên kế hoạch vốn B"."""
NAMED_WHOLE = re.compile(r" ?(?:(?:so với|trên|trong|của) )?(?:tổng )?số ([^,;.()\d]{4,40})")
"""Behind a share: "P% so với số phiếu hợp lệ", the name of its whole."""
TRONG = re.compile(r"(?:^|[\s,;:(])(?:trong|với)(?: tổng)?(?: số)? $")
"""Straight before a whole: "trong W", "với W"."""
SAYS_WHOLE = re.compile(r"(?:^|[\s,;:(])(?:tổng|toàn|cả)(?!\w)")
"""Before a whole that is said to be all there is."""
OTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|năm ngoái|năm nay|năm 20\d\d|tăng|giảm)(?!\w)"
)
"""Words that bring in figures of another time."""
EARLIER = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|năm ngoái|năm 20\d\d|tháng trước)(?!\w)"
)
"""Words of an earlier figure."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Part and whole; "a/b" is both. ``certain``: the words say that the share is theirs."""

    part: Amount
    whole: Amount
    certain: bool = True

    @property
    def base(self) -> Fraction:
        """What the part is a share of."""
        ratio = self.part is self.whole and self.whole.whole is not None
        return Fraction(self.whole.whole or 0) if ratio else Fraction(self.whole.value)

    @property
    def percent(self) -> Fraction:
        """The exact share."""
        return 100 * Fraction(self.part.value) / self.base


def part_before(passage: Passage, place: int) -> Amount | None:
    """The amount straight before a share, not one in other brackets."""
    share = passage.amounts[place]
    depth = passage.depth(share.start)
    part = next(
        (a for a in reversed(passage.amounts[:place]) if passage.depth(a.start) <= depth), None
    )
    if part is None or not part.is_plain or ";" in passage.between(part, share):
        return None
    return part
