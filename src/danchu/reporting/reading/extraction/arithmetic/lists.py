"""The parts that follow one another in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .amounts import Amount, same_kind
from .passages import Passage

_TOTAL = re.compile(r"(?<!\w)(?:cộng|tổng cộng|cộng chung|tổng số|tổng)(?!\w)")
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số đó|số này)(?!\w)")
_BESIDES = re.compile(r"(?<!\w)(?:ngoài ra|đồng thời|bên cạnh đó|riêng|nâng tổng số|đưa)(?!\w)")
# The parts of another time or of a plan are no parts; a list with these words is not whole.
_OTHER = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|(?<!theo )kế hoạch|chỉ tiêu|tăng|giảm|năm trước"
    r"|tiêu biểu|điển hình|nổi bật|như|mỗi|bình quân|trung bình|từ|đến|còn lại|lũy kế|trị giá"
    r"|kinh phí|với)(?!\w)|[.][.][.]|…|v[.]v"
)
_OPEN_END = re.compile(r"[.][.][.]|…|v[.]v|(?<!\w)(?:còn lại|vân vân)(?!\w)")
# A slice of time may head every part, or none.
_SLICE = re.compile(r"(?<!\w)(?:năm 20\d\d|quý [ivx\d]+|tháng \d+|đợt|giai đoạn|nhiệm kỳ)(?!\w)")
_AGES = re.compile(r"(?<!\w)(?:từ )?\d+ ?(?:đến|-) ?(?:dưới )?\d+ tuổi")
# An amount of another kind behind these words only describes the part before it.
_DETAIL = re.compile(r"(?<!\w)(?:với|tại|ở|thuộc|của|cho|qua|trên|trong|có)(?: [^\W\d_]+)? ?$")
# Numbers in words that the reader of numbers left out: the list is not wholly read.
_UNREAD = re.compile(
    r"(?:^|, | và |; |: )(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?! (?:số|20)) [^\W\d_]"
)
# One person may count in parts of different sorts; parts of one sort exclude each other.
_SORTS = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for words in (
        r"nữ|(?<!việt )(?<!phía )(?<!miền )nam",
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
    depth = passage.depth(passage.amounts[first].start)
    parts: list[Amount] = []
    leads = [re.split(r"[;:,(]", passage.before(passage.amounts[first]))[-1]]
    again: Amount | None = None
    semicolons = open_ended = False
    last = passage.amounts[first]
    for amount in passage.amounts[first:]:
        here = passage.depth(amount.start)
        if here < depth:
            break
        if here > depth:
            continue
        words = passage.between(last, amount) if parts else ""
        if parts and _TOTAL.search(words):
            again = amount if same_kind(whole, amount) else None
            break
        if _BESIDES.search(words):
            break
        if ";" in words:
            if len(parts) > 1 and not semicolons:
                break
            semicolons = True
        elif semicolons and amount.is_plain and same_kind(whole, amount):
            return Listing()
        if _AMONG.search(words):
            open_ended = True
            break
        if amount.is_percent:
            continue
        bare = _SLICE.sub("", _AGES.sub("", words))
        if _OTHER.search(bare):
            return Listing()
        if not amount.is_plain or not same_kind(whole, amount):
            if parts and amount.unit != whole.unit and _DETAIL.search(words):
                continue
            return Listing()
        if parts:
            leads.append(words)
        parts.append(amount)
        last = amount
    end = _end(passage, last, again)
    dated = [bool(_SLICE.search(words)) for words in leads]
    if any(dated) and not all(dated):
        return Listing()
    text = passage.plain[parts[0].start - 2 if parts else passage.start : end]
    if _OPEN_END.search(text) or _unread(text, parts):
        open_ended = True
    return Listing(tuple(parts), again, all(dated), open_ended, end)


def _end(passage: Passage, last: Amount, again: Amount | None) -> int:
    """Where the words that belong to the last part end."""
    if again is not None:
        return again.start
    stop = re.compile(r"[;)]").search(passage.plain, last.after, passage.end)
    return stop.start() if stop else passage.end


def _unread(text: str, parts: list[Amount]) -> bool:
    begin = parts[0].start - 2 if parts else 0
    read = {part.start - begin for part in parts}
    return any(
        not any(match.start() <= start < match.end() for start in read)
        for match in _UNREAD.finditer(text)
    )


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
