"""What a rest is a rest of: a whole, and what was done of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .amounts import Amount, same_kind
from .passages import Passage
from .saying import total

_THE_REST = re.compile(r"(?<!\w)còn lại(?!\w)")
_HAS_WHOLE = re.compile(r"(?<!\w)(?:trong|tổng|toàn|tất cả|có|nhận|giao|phát ra|mời)(?!\w)")
_SAYS_WHOLE = re.compile(r"(?<!\w)(?:trong|tổng|với|toàn|tất cả)(?!\w)")
_NO_REST = re.compile(
    r"(?<!\w)(?:xuống|giảm|tăng|lên|so với|cùng kỳ|mỗi(?! khẩu| hộ| người)|bình quân|hằng|năm trước"
    r"|kỳ trước|riêng|từ 20\d\d)(?!\w)"
)
_DONE = re.compile(
    r"(?<!\w)(?:đã|mới|hoàn thành|giải quyết|thực hiện|trả lời|xử lý|bàn giao|thu|xong"
    r"|chi(?! bộ| hội| đoàn| cục)|có mặt|được|nộp|là|có|dự|đạt|tiếp|bầu|gửi|trong đó|gồm)(?!\w)"
)
_OF = re.compile(r"(?<!\w)(?:trên|trong)(?: tổng)?(?: số)?(?: [^\W\d_]+){0,2} ?$")
# What was done already is hardly the whole of what was done and what is left.
_ALREADY = re.compile(
    r"(?<!\w)(?:giải quyết|trả lời|hoàn thành|xử lý|bàn giao|chi(?! bộ| hội| đoàn| cục)|nộp)"
    r"(?!\w)"
)
_TO_DO = re.compile(
    r"(?<!\w)(?:phải|cần|kế hoạch|chỉ tiêu|dự kiến|dự toán|giao|nhận|tổng|trong|số)(?!\w)"
)
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số đó)(?!\w)")
# What a whole consists of says nothing of the rest: "22 ý kiến (01 kỳ trước chuyển sang, …)".
_BRACKETS = re.compile(r"\([^()]*\)")
# A new sentence speaks on of the one before it only with these words.
_SPEAKS_ON = re.compile(r"^[^\w]*(?:như vậy|số|phần)?,? ?(?:hiện |vẫn |nay )?(?:còn|chưa)(?!\w)")


@dataclass(frozen=True, slots=True)
class Leaving:
    """One way to understand a rest: the whole without what was done of it."""

    whole: Amount
    done: tuple[Amount, ...]
    certain: bool = True

    @property
    def left(self) -> Fraction:
        """What should be left."""
        if self.whole.whole is not None:
            return Fraction(self.whole.whole) - Fraction(self.whole.value)
        return Fraction(self.whole.value) - total(self.done)


def leavings_of(passage: Passage, before: Sequence[Amount], rest: Amount) -> list[Leaving]:
    """The ways to understand what is left, the likeliest first."""
    if not before:
        return []
    if before[-1].whole is not None:
        words = passage.between(before[-1], rest)
        return [] if _NO_REST.search(words) else [Leaving(before[-1], ())]
    plain = [amount for amount in before if amount.is_plain]
    if len(plain) < 2 or len(plain) < len(before):
        return []
    link = passage.between(plain[-2], plain[-1])
    if _OF.search(link) and "," not in link:
        if _NO_REST.search(passage.plain[plain[-2].after : rest.start]):
            return []
        return [Leaving(plain[-1], (plain[-2],))]
    says_rest = bool(_THE_REST.search(passage.before(rest) + passage.behind(rest)))
    readings = []
    for place, whole in enumerate(plain[:-1]):
        done = plain[place + 1 :]
        if _NO_REST.search(_BRACKETS.sub(" ", passage.plain[whole.after : rest.start])):
            continue
        about = passage.between(whole, done[0]) + " " + passage.behind(done[0])
        if not says_rest and not _DONE.search(about):
            continue
        among = next(
            (
                n
                for n in range(1, len(done))
                if _AMONG.search(passage.between(done[n - 1], done[n]))
            ),
            len(done),
        )
        certain = _is_certain(passage, plain, place, len(done) == 1 or among == 1, says_rest)
        readings.append(Leaving(whole, tuple(done[:among]), certain))
    return readings


def _is_certain(
    passage: Passage, plain: Sequence[Amount], place: int, alone: bool, says_rest: bool
) -> bool:
    """Whether the words say that ``plain[place]`` is the whole of what follows; ``alone``: only
    one amount was taken from it.
    """
    whole, lead = plain[place], passage.before(plain[place])
    if place and ";" not in passage.between(plain[place - 1], whole):
        return False
    if alone:
        among = _AMONG.search(passage.between(whole, plain[place + 1]))
        if place and among and _ALREADY.search(lead) and not _TO_DO.search(lead):
            return False  # "W; đã trả lời D, trong đó T chuyển …; còn R" leaves of W
        return bool(among) or not _ALREADY.search(lead) or bool(_TO_DO.search(lead))
    return says_rest or bool(_SAYS_WHOLE.search(lead))


def leavings_of_previous(passage: Passage, before: Sequence[Amount], rest: Amount) -> list[Leaving]:
    """ "A trên tổng số W. Như vậy còn R"; "Toàn phường có W. Đến nay D đã …, còn R"."""
    earlier = passage.previous
    if earlier is None:
        return []
    alike = [a for a in earlier.amounts if not a.is_percent and same_kind(a, rest)]
    if not alike or (alike[-1].noun, alike[-1].unit) != (rest.noun, rest.unit):
        return []
    if not before and _SPEAKS_ON.match(passage.before(rest)):
        return leavings_of(earlier, alike, _end_of(earlier, rest))
    if len(before) != 1 or len(earlier.amounts) != 1 or not before[0].is_plain:
        return []
    words = passage.plain[passage.start : rest.start]
    if not _HAS_WHOLE.search(earlier.before(alike[0])) or _NO_REST.search(words):
        return []
    reading = Leaving(alike[0], (before[0],))
    # Of a whole in another sentence a rest far off is the rest of something else.
    off = abs(reading.left - rest.value)
    near = off <= rest.value or 8 * off <= alike[0].value
    return [reading] if near else []


def _end_of(before: Passage, rest: Amount) -> Amount:
    """``rest`` as if it stood at the end of the sentence before its own."""
    return Amount(
        value=rest.value,
        whole=None,
        unit=rest.unit,
        noun=rest.noun,
        kind=rest.kind,
        approx=rest.approx,
        decimals=rest.decimals,
        start=before.end,
        end=before.end,
        after=before.end,
    )
