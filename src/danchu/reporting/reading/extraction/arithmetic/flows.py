""" "đầu kỳ S, thu I, chi O, còn R": a stock, what came in, what went out, what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ..model import Check
from .amounts import Amount
from .passages import Passage
from .saying import check, shown, verdict_of

# What was there before the period.
_STOCK = re.compile(
    r"(?<!\w)(?:đầu (?:kỳ|năm|quý|tháng|nhiệm kỳ)|số dư|dư|tồn(?: đọng)?|kết dư|sẵn có"
    r"|(?:kỳ|năm|quý|tháng) trước (?:chuyển|còn|để lại)|chuyển (?:sang|qua)|cũ)(?!\w)"
)
_IN = re.compile(
    r"(?<!\w)(?:thu(?: thêm| vào| được| mới)?|nhận(?: thêm| mới)?|tiếp nhận(?: thêm| mới)?"
    r"|phát sinh|nhập|bổ sung|huy động(?: thêm)?|ủng hộ(?: thêm)?|thêm|cấp thêm|đến|kết nạp)"
    r"(?: [^\W\d_]+){0,5} ?(?:là )?$"
)
_OUT = re.compile(
    r"(?<!\w)(?:chi(?! bộ| hội| đoàn| cục)(?: ra| trả| hết)?|xuất|giải quyết(?: xong)?|trả|sử dụng"
    r"|xử lý|đã dùng|dùng|rút|nộp|chuyển đi|cho vay|hoàn thành)(?: [^\W\d_]+){0,6} ?(?:là )?$"
)


def balance(passage: Passage, before: Sequence[Amount], rest: Amount) -> Check | None:
    """The check of a rest that is left of a stock after what came in and what went out.

    ``before``: the amounts of its kind that stand before it. None where one of them is said to be
    neither, and where no stock comes first and the numbers do not agree.
    """
    if len(before) < 3 or not all(amount.is_plain for amount in before):
        return None
    stock, *moves = before
    signed: list[tuple[int, Amount]] = []
    last = stock
    for amount in moves:
        sign = _sign(passage.between(last, amount))
        if not sign:
            return None
        signed.append((sign, amount))
        last = amount
    if len({sign for sign, _ in signed}) < 2:
        return None
    left = sum((sign * Fraction(amount.value) for sign, amount in signed), Fraction(stock.value))
    around = passage.between(None, stock)[-60:] + " " + passage.behind(stock)
    if left != rest.value and not _STOCK.search(around):
        return None  # the first amount need not be a stock
    return _judged(stock, signed, rest, left)


def _sign(words: str) -> int:
    """1 for what came in, -1 for what went out, 0 where the words say neither."""
    came, went = _IN.search(words), _OUT.search(words)
    if came and went:
        return 1 if came.start() > went.start() else -1
    return 1 if came else -1 if went else 0


def _judged(stock: Amount, moves: list[tuple[int, Amount]], rest: Amount, left: Fraction) -> Check:
    fits = left == rest.value

    def words(language: str) -> tuple[str, str]:
        sum_ = shown(stock.value, stock.unit, language)
        for sign, amount in moves:
            sum_ += f" {'+' if sign > 0 else '-'} {shown(amount.value, amount.unit, language)}"
        return f"{sum_} = {shown(left, rest.unit, language)}", shown(
            rest.value, rest.unit, language
        )

    (real_vi, stated_vi), (real_en, stated_en) = words("vi"), words("en")
    said = (
        f"Số còn lại {'' if fits else 'nêu '}{stated_vi} {'khớp' if fits else 'không khớp'}:"
        f" {real_vi}.",
        f"The {'' if fits else 'stated '}remainder {stated_en}"
        f" {'agrees' if fits else 'does not agree'}: {real_en}.",
    )
    involved = [rest, stock, *(amount for _, amount in moves)]
    return check("remainder", verdict_of(fits, involved), said, involved, rest.value, left)
