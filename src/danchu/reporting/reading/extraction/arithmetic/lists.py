"""The parts that follow one another in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .amounts import PERSON, Amount, same_kind
from .items import in_words, taken_for_names
from .passages import Passage

_TOTAL = re.compile(r"(?<!\w)(?:cộng|tổng cộng|cộng chung|tổng số|tổng)(?!\w)")
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)")
_BESIDES = re.compile(r"(?<!\w)(?:ngoài ra|đồng thời|bên cạnh đó|riêng|nâng tổng số|đưa)(?!\w)")
# The parts of another time or of a plan are no parts; a list with these words is not whole.
_OTHER = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|(?<!theo )kế hoạch|chỉ tiêu|tăng|giảm|năm trước"
    r"|tiêu biểu|điển hình|nổi bật|như|mỗi|bình quân|trung bình (?:mỗi|là|đạt|hằng)|từ|đến"
    r"|còn lại|lũy kế|trị giá|kinh phí|với)(?!\w)|[.][.][.]|…|v[.]v"
)
# "nhà 300 m2, sân 500 m2 và cây xanh": the last item has no number.
_UNCOUNTED = re.compile(r" (?:và|cùng) [^\W\d_]")
_OPEN_END = re.compile(r"[.][.][.]|…|v[.]v|(?<!\w)(?:còn lại|vân vân)(?!\w)")
# A slice of time may head every part, or none.
_SLICE = re.compile(r"(?<!\w)(?:năm 20\d\d|quý [ivx\d]+|tháng \d+|đợt|giai đoạn|nhiệm kỳ)(?!\w)")
_AGES = re.compile(r"(?<!\w)(?:từ )?\d+ ?(?:đến|-) ?(?:dưới )?\d+ tuổi")
# An amount of another kind behind these words only describes the part before it.
_DETAIL = re.compile(r"(?<!\w)(?:với|tại|ở|thuộc|của|cho|qua|trên|trong|có)(?: [^\W\d_]+)? ?$")
# One person may count in parts of different sorts; parts of one sort exclude each other.
_SORTS = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for words in (
        r"nữ|(?<!việt )(?<!phía )(?<!miền )(?<!thôn )(?<!xóm )(?<!ấp )(?<!bản )(?<!khu )nam",
        r"đảng viên|quần chúng|ngoài đảng|đoàn viên",
        r"dân tộc|người kinh",
        r"tôn giáo|công giáo|phật giáo",
        r"tuổi|trẻ",
        r"đại học|cao đẳng|trung cấp|trình độ|thạc sỹ",
        r"tái cử|lần đầu",
    )
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Parts in a row. ``again`` is their sum where the sentence states it behind them ("…; cộng
    58 ý kiến"); ``dated`` says that each stands under a year, quarter or stage of its own;
    ``open_ended`` that the sentence may name more; ``end`` is where the list ends.
    """

    parts: tuple[Amount, ...] = ()
    again: Amount | None = None
    dated: bool = False
    open_ended: bool = False
    end: int = 0


def parts_from(passage: Passage, first: int, whole: Amount) -> Listing:
    """The parts of ``whole`` from an amount on, none where something else stands among them."""
    row = _Row(whole)
    depth = passage.depth(passage.amounts[first].start)
    for amount in passage.amounts[first:]:
        here = passage.depth(amount.start)
        if here < depth:
            break
        if here == depth and not row.takes(passage, amount):
            break
    parts = row.parts
    if row.spoilt or not parts:
        return Listing()
    end = _end(passage, parts[-1], row.again)
    dated = [bool(_SLICE.search(words)) for words in row.leads]
    if any(dated) and not all(dated):
        return Listing()
    open_ended = row.open_ended or bool(
        _OPEN_END.search(passage.plain, parts[0].start, end)
        or (parts[-1].unit and _UNCOUNTED.match(passage.plain, parts[-1].after, end))
    )
    for unread, readable in (
        (in_words(passage, whole, end), whole.kind == PERSON),
        (taken_for_names(passage, parts[0], end), not any(p.unit or p.noun for p in parts)),
    ):
        if readable:
            parts = sorted([*parts, *unread], key=lambda part: part.start)
        open_ended = open_ended or (bool(unread) and not readable)
    return Listing(tuple(parts), row.again, all(dated), open_ended, end)


@dataclass(slots=True)
class _Row:
    """The parts taken so far. ``leads`` are the words before each; ``spoilt`` says that the row
    holds something that is no part.
    """

    whole: Amount
    parts: list[Amount] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    again: Amount | None = None
    semicolons: bool = False
    open_ended: bool = False
    spoilt: bool = False

    def takes(self, passage: Passage, amount: Amount) -> bool:
        """Take an amount into the row or pass over it; False where the row ends before it."""
        alike = amount.is_plain and same_kind(self.whole, amount)
        if not self.parts:
            lead, words = re.split(r"[;:,(]", passage.before(amount))[-1], ""
        else:
            lead = words = passage.between(self.parts[-1], amount)
        if self.parts and _TOTAL.search(words):
            self.again = amount if alike else None
            return False
        if _BESIDES.search(words) or (";" in words and len(self.parts) > 1 and not self.semicolons):
            return False
        if self.semicolons and ";" not in words and alike:
            self.spoilt = True
            return False
        self.semicolons = self.semicolons or ";" in words
        if _AMONG.search(words):
            self.open_ended = True
            return False
        if amount.is_percent:
            return True
        detail = self.parts and amount.unit != self.whole.unit and _DETAIL.search(words)
        if _OTHER.search(_SLICE.sub("", _AGES.sub("", words))) or not (alike or detail):
            self.spoilt = True
            return False
        if alike:
            self.parts.append(amount)
            self.leads.append(lead)
        return True


def _end(passage: Passage, last: Amount, again: Amount | None) -> int:
    """Where the words that belong to the last part end."""
    if again is not None:
        return again.start
    stop = re.compile(r"[;)]").search(passage.plain, last.after, passage.end)
    return stop.start() if stop else passage.end


def may_overlap(passage: Passage, listing: Listing) -> bool:
    """Whether one person may count in several of the parts ("8 nữ, 7 đảng viên")."""
    begin = listing.parts[0].start
    described = []
    for part, following in zip(
        listing.parts, [*(p.start for p in listing.parts[1:]), listing.end], strict=True
    ):
        lead = re.split(r"[,;:(]", passage.before(part))[-1]
        tail = re.split(r"[,;]| và ", passage.plain[part.end : following])[0]
        described.append(lead + " " + tail)
    if begin >= listing.end:
        return True
    sorts = [sort for sort in _SORTS if any(sort.search(words) for words in described)]
    if not sorts:
        return False
    return len(sorts) > 1 or not all(sorts[0].search(words) for words in described)
