""" "W, đã D, còn R": what is done and what is left against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..model import Check
from .amounts import Amount, same_kind
from .flows import balance
from .passages import Passage
from .saying import check, shown, total, verdict_of

_HINT = re.compile(r"còn|chưa|không|vắng|khuyết|cuối|chuyển")
# How a number is said to be what is left, before it or behind its noun.
_LEFT = re.compile(
    r"(?<!\w)(?:còn(?: (?:lại|phải|nợ|vướng|khuyết|thiếu|tồn|dư|chưa|đọng|trống|đang)"
    r"(?: (?!trên(?!\w)|dưới(?!\w)|khoảng(?!\w))[^\W\d_]+){0,5})?|(?:vắng|khuyết)(?: [^\W\d_]+)?"
    r"|(?:tồn|dư)(?: quỹ)? (?:cuối [^\W\d_]+|chuyển [^\W\d_]+(?: [^\W\d_]+)?))"
    r"(?: \d{1,2}/\d{1,2}/\d{4})? ?(?:là )?:? ?$"
)
_ADDS = re.compile(
    r"(?<!\w)(?:ngoài ra|không (?:chỉ|những)|bên cạnh|mà)(?: [^\W\d_]+){0,3} còn(?!\w)"
)
_NOT_DONE_BEFORE = re.compile(r"(?:^|[,;] ?|(?<!\w)và )(?:số )?chưa(?: [^\W\d_]+){1,4} ?(?:là )?$")
_THE_REST = re.compile(r"(?<!\w)còn lại(?!\w)")
_HAS_WHOLE = re.compile(r"(?<!\w)(?:trong|tổng|toàn|tất cả|có|nhận|giao|phát ra|mời)(?!\w)")
_SAYS_WHOLE = re.compile(r"(?<!\w)(?:trong|tổng|với|toàn|tất cả)(?!\w)")
_BEHIND = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?còn lại(?!\w)")
_NOT_DONE = re.compile(r"^ ?(?:[^\W\d_]+ ){0,3}?(?:chưa|không)(?!\w)")
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
# A new sentence speaks on of the one before it only with these words.
_SPEAKS_ON = re.compile(r"^[^\w]*(?:như vậy|số|phần)?,? ?(?:hiện |vẫn |nay )?(?:còn|chưa)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand a rest: the whole without what was done of it."""

    whole: Amount
    done: tuple[Amount, ...]
    certain: bool = True

    @property
    def left(self) -> Fraction:
        if self.whole.whole is not None:
            return Fraction(self.whole.whole) - Fraction(self.whole.value)
        return Fraction(self.whole.value) - total(self.done)


def remainders(passage: Passage) -> Iterator[Check]:
    """A check for each rest that follows what it is a rest of."""
    if not _HINT.search(passage.text):
        return
    for place, rest in enumerate(passage.amounts):
        if not rest.is_plain or not _is_rest(passage, place):
            continue
        before = _before(passage, place, rest)
        flow = balance(passage, before, rest)
        if flow is not None:
            yield flow
            continue
        readings = _readings(passage, before, rest)
        if not readings:
            readings = _readings_of_previous(passage, before, rest)
        readings = [reading for reading in readings if reading.left >= 0]
        if readings:
            fitting = next((r for r in readings if r.left == rest.value), None)
            chosen = fitting or next((r for r in readings if r.certain), None)
            if chosen is not None:
                yield _judged(chosen, rest)


def _is_rest(passage: Passage, place: int) -> bool:
    rest = passage.amounts[place]
    lead, behind = passage.before(rest), passage.behind(rest)
    if _ADDS.search(lead):
        return False
    if _LEFT.search(lead) or _BEHIND.match(behind):
        return True
    if any(a.is_plain and same_kind(a, rest) for a in passage.amounts[place + 1 :]):
        return False  # "… không đồng ý" is then one answer of several
    if _NOT_DONE_BEFORE.search(lead):
        return True
    return bool(_NOT_DONE.match(behind)) and lead.rstrip().endswith((",", ";", "và"))


def _before(passage: Passage, place: int, rest: Amount) -> list[Amount]:
    """The amounts that the rest may be a rest of; details in brackets are none of them."""
    return [
        amount
        for amount in passage.amounts[:place]
        if not amount.is_percent
        and same_kind(amount, rest)
        and passage.depth(amount.start) <= passage.depth(rest.start)
    ]


def _readings(passage: Passage, before: Sequence[Amount], rest: Amount) -> list[_Reading]:
    """The ways to understand what is left, the likeliest first."""
    if not before:
        return []
    if before[-1].whole is not None:
        words = passage.between(before[-1], rest)
        return [] if _NO_REST.search(words) else [_Reading(before[-1], ())]
    plain = [amount for amount in before if amount.is_plain]
    if len(plain) < 2 or len(plain) < len(before):
        return []
    link = passage.between(plain[-2], plain[-1])
    if _OF.search(link) and "," not in link:
        if _NO_REST.search(passage.plain[plain[-2].after : rest.start]):
            return []
        return [_Reading(plain[-1], (plain[-2],))]
    says_rest = bool(_THE_REST.search(passage.before(rest) + passage.behind(rest)))
    readings = []
    for place, whole in enumerate(plain[:-1]):
        done = plain[place + 1 :]
        if _NO_REST.search(passage.plain[whole.after : rest.start]):
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
        readings.append(_Reading(whole, tuple(done[:among]), certain))
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
        return bool(among) or not _ALREADY.search(lead) or bool(_TO_DO.search(lead))
    return says_rest or bool(_SAYS_WHOLE.search(lead))


def _readings_of_previous(
    passage: Passage, before: Sequence[Amount], rest: Amount
) -> list[_Reading]:
    """ "A trên tổng số W. Như vậy còn R"; "Toàn phường có W. Đến nay D đã …, còn R"."""
    earlier = passage.previous
    if earlier is None:
        return []
    alike = [a for a in earlier.amounts if not a.is_percent and same_kind(a, rest)]
    if not alike or (alike[-1].noun, alike[-1].unit) != (rest.noun, rest.unit):
        return []
    if not before and _SPEAKS_ON.match(passage.before(rest)):
        return _readings(earlier, alike, _end_of(earlier, rest))
    if len(before) != 1 or len(earlier.amounts) != 1 or not before[0].is_plain:
        return []
    words = passage.plain[passage.start : rest.start]
    if not _HAS_WHOLE.search(earlier.before(alike[0])) or _NO_REST.search(words):
        return []
    reading = _Reading(alike[0], (before[0],))
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


def _judged(reading: _Reading, rest: Amount) -> Check:
    whole, left = reading.whole, reading.left
    fits = left == rest.value
    base = whole.value if whole.whole is None else whole.whole
    taken = [part.value for part in reading.done] or [whole.value]

    def words(language: str) -> tuple[str, str]:
        numbers = " - ".join(shown(value, whole.unit, language) for value in (base, *taken))
        return (
            f"{numbers} = {shown(left, whole.unit, language)}",
            shown(rest.value, rest.unit, language),
        )

    (real_vi, stated_vi), (real_en, stated_en) = words("vi"), words("en")
    said = (
        (
            f"Số còn lại {stated_vi} khớp: {real_vi}.",
            f"The remainder {stated_en} agrees: {real_en}.",
        )
        if fits
        else (
            f"Số còn lại nêu {stated_vi} không khớp: {real_vi}.",
            f"The stated remainder {stated_en} does not agree: {real_en}.",
        )
    )
    involved = [rest, whole, *reading.done]
    return check("remainder", verdict_of(fits, involved), said, involved, rest.value, left)
