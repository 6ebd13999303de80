"""What a point of a series says: its value as printed, and why it is what it is."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from danchu.core.text import english_date, format_number
from danchu.core.units.selectors import Warning
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.restating import (
    Given,
    Point,
    Reason,
    Share,
    Standing,
)


def point_text(meaning: Definition, point: Point) -> str:
    """The value as printed: "191", "0–191", "≈ 96,4", "95,8%"; "" without one."""
    if point.numerator is not None and point.denominator is not None:
        return rate_text(meaning, point.numerator, point.denominator)
    if point.low is None or point.high is None:
        return ""
    if point.standing == Standing.RANGE:
        return f"{_number(meaning, point.low)}–{_number(meaning, point.high)}"
    if point.standing == Standing.ESTIMATED:
        exact = point.low / meaning.scale
        if exact.denominator == 1:
            return f"≈ {_number(meaning, point.low)}"
        return f"≈ {_number(meaning, point.low)} ({exact.numerator}/{exact.denominator})"
    return _number(meaning, point.low)


def _number(meaning: Definition, value: Fraction) -> str:
    if value.denominator == 1:
        return amount_text(meaning, value.numerator)
    return format_number(value / meaning.scale, decimals=max(meaning.decimals, 1))


def given_text(meaning: Definition, given: Given | None) -> str:
    """A value of one unit as printed: "12", "3/4"; "" without one."""
    if given is None:
        return ""
    if given.numerator is not None and given.denominator:
        return f"{given.numerator}/{given.denominator}"
    return amount_text(meaning, given.amount) if given.amount is not None else ""


def share_words(share: Share) -> tuple[str, str]:
    """How much of a unit counts, in Vietnamese and English; "" for a unit that counts whole."""
    if share.whole:
        return "", ""
    if share.known:
        return f"{share.low} đơn vị", f"{share.low} of the unit"
    if share == Share(Fraction(0), Fraction(1)):
        return "một phần, không rõ tỷ lệ", "part, share unknown"
    return f"từ {share.low} đến {share.high} đơn vị", f"{share.low} to {share.high} of the unit"


ESTIMATED = Warning(
    "Ước tính: nhân đúng với phần đã biết của đơn vị cũ.",
    "Estimated: multiplied exactly by the known share of the former unit.",
)
RANGE = Warning(
    "Khoảng: không rõ phần của đơn vị cũ, nên chỉ biết ít nhất và nhiều nhất.",
    "A range: the share of a former unit is unknown, so only the least and the most are known.",
)
INCOMPLETE = Warning(
    "Chưa đủ đơn vị có số liệu, số thật có thể lớn hơn.",
    "Not every unit gave a value; the true number may be larger.",
)
INCOMPLETE_RATE = Warning(
    "Chưa đủ đơn vị có số liệu, tỷ lệ chỉ của các đơn vị đã có.",
    "Not every unit gave a value; the rate is that of those that did.",
)
CHANGED = Warning("Địa giới thay đổi ngay trong kỳ.", "The map changed within the period.")
REASONS = {
    Reason.TERRITORY: Warning("Khác địa giới.", "Another territory."),
    Reason.ORIGIN: Warning(
        "Không rõ đơn vị khi đó hình thành từ đâu.", "What the unit was made of then is unknown."
    ),
    Reason.MOVED: Warning(
        "Có xã chuyển sang hoặc chuyển đi từ kỳ đó.", "Communes moved in or out since then."
    ),
    Reason.KIND: Warning(
        "Chỉ tiêu này không cộng, không chia theo đơn vị.",
        "Values of this indicator are neither added over units nor divided.",
    ),
    Reason.NUMBERS: Warning(
        "Tỷ lệ không có đủ tử số và mẫu số.", "A rate without its two numbers."
    ),
    Reason.OVER: Warning(
        "Tử số lớn hơn mẫu số, không thành tỷ lệ.",
        "The numerator is larger than the denominator: the two do not make a share.",
    ),
    Reason.INSIDE: Warning(
        "Địa giới thay đổi trong kỳ và chỉ tiêu này không cộng được.",
        "The map changed within the period and this indicator cannot be added.",
    ),
}


def left_out_of_view(n: int) -> Warning:
    """What is said of ``n`` units whose figures the viewer may not read."""
    return Warning(
        f"{n} đơn vị ngoài phạm vi được xem.", f"{n} units outside what this account may see."
    )


def known_from(known_from: dt.date) -> Warning:
    """What is said of a period before the oldest map known."""
    day = f"{known_from:%d/%m/%Y}"
    return Warning(
        f"Bản đồ cũ nhất được biết là của ngày {day}; đơn vị của kỳ này lấy theo bản đồ đó.",
        f"The oldest map known is that of {english_date(known_from)}; the units are taken from it.",
    )
