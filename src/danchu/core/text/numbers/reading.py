"""From an amount to a Number: its unit, its ratio or range, at one place of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from danchu.core.text.numbers.amount import Amount, amount_at
from danchu.core.text.numbers.model import Exact, Number, bare_unit, exact

_UNIT = re.compile(
    r"""\s*(%|‰|phần\ trăm(?!\w)|
    (?:
      ha|hecta|héc[- ]ta|km2|km²|km|ki-lô-mét|m2|m²|m3|m³|mét(?:\ (?:vuông|khối))?|cm|mm|m
      |tấn|tạ(?!\s+ơn)|yến|kg|lít|sào|mẫu(?!\s+(?:biểu|đơn|phiếu|số|giáo|mã))
      |đồng(?!\s+(?:chí|bào|thời|đội|hương|thuận|ruộng|ý|tình|loạt|nghiệp|hồ|hành|bộ|phục
        |tiền(?!\s+(?:mặt|làm|lương|công|thưởng|phạt|quỹ|thuế|đất|điện|nước|thuê|bảo|hỗ|sửa|xây|đóng|góp
        |phí|dịch|nợ|trợ|bồi|đền|học|ăn|vốn|của|cho|từ|ủng|thu|chi|["'“]))))
      |vnđ|vnd|usd|đ
      |giờ|tiếng(?:\ đồng\ hồ|(?!\s+(?:nói|anh|việt|dân|dao|bahnar|jrai|dân\ tộc)))|phút|giây
      |ngày\ công|ngày(?!\s+[0-9])|tuần
      |tháng(?!\s+[0-9]+(?!\s+(?:ngày|tuần)|[0-9]))|năm(?!\s+[0-9])|quý(?!\s+[0-9ivx])
    )(?!\w))""",
    re.VERBOSE,
)
_HALF = re.compile(r"\s+rưỡi(?!\w)")
_SLASH = re.compile(r"\s?/\s?(?=[0-9])")
_DASH = re.compile(r"\s*[-–—]\s*(?=[0-9])")
_TO = re.compile(r"\s+(?:đến|tới)\s+(?=\w)")
_OVER = re.compile(r"\s+trên\s+(?=[0-9])")
_DATE_GOES_ON = re.compile(r"\s?[/.-][0-9]|\s+tháng\s+[0-9]|\s+năm\s+[0-9]{4}")
_MORE_DIGITS = re.compile(r"[/-][0-9]")


def unit_at(text: str, at: int) -> tuple[str, int]:
    """The unit of measure that follows, as written in lower case, and where it ends."""
    m = _UNIT.match(text, at)
    return (" ".join(m[1].split()), m.end()) if m else ("", at)


def number_at(
    text: str, at: int, *, spaced: bool = False, ranges: bool = True
) -> tuple[Number, int, Amount] | None:
    """The whole number at ``at`` of a lower-case text: amount, unit, "a/b" or range.

    Also gives where it ends and the amount it begins with; None when there is none.
    """
    amount = amount_at(text, at, spaced=spaced)
    if amount is None:
        return None
    unit, end = unit_at(text, amount.end)
    if unit and not amount.sizes and (half := _HALF.match(text, end)):
        # "hai tuần rưỡi"
        amount.value, amount.decimals = exact(amount.value + Fraction(1, 2)), 1
        end = half.end()
    number = _plain(text, amount, unit)
    combined = _ratio(text, amount, number, end) or (
        _range(text, amount, number, end) if ranges else None
    )
    if combined:
        return (*combined, amount)
    return number, end, amount


def _plain(text: str, amount: Amount, unit: str) -> Number:
    size = ""
    # "nghìn tỷ" are two words of size in one place; other pairs are two groups.
    together = amount.sizes == 2 and amount.multiplier >= 10**9
    if amount.size_start >= 0 and (amount.sizes == 1 or together):
        size = " ".join(text[amount.size_start : amount.size_end].split())
    return Number(
        amount.value,
        percent=unit in ("%", "phần trăm"),
        unit=f"{size} {unit}".strip(),
        multiplier=amount.multiplier,
        decimals=amount.decimals,
        spelled=amount.spelled,
        doubtful=amount.doubtful,
    )


def _second(text: str, at: int) -> tuple[Amount, str, int] | None:
    amount = amount_at(text, at)
    if amount is None:
        return None
    unit, end = unit_at(text, amount.end)
    return amount, unit, end


def _shared(first: Number, amount: Amount, unit: str, second: Number) -> tuple[Exact, str]:
    """The first value once a size or unit written only at the second is applied to both."""
    if first.unit or first.multiplier > 1:
        return first.value, first.unit
    if second.multiplier > 1 and amount.sizes == 1:
        return exact(first.value * second.multiplier), second.unit
    return first.value, second.unit


def _ratio(text: str, amount: Amount, first: Number, end: int) -> tuple[Number, int] | None:
    m = _SLASH.match(text, end)
    over = None if m else _OVER.match(text, end)
    if over and amount.spelled:
        return None
    if not (m or over) or first.percent:
        return None
    found = _second(text, (m or over).end())  # type: ignore[union-attr]
    if found is None:
        return None
    other, unit, stop = found
    if not other.value or (over and (other.value < first.value or other.sizes or first.unit)):
        return None
    if _MORE_DIGITS.match(text, stop):
        return None
    second = _plain(text, other, unit)
    value, written = _shared(first, other, unit, second)
    denominator = second.value
    if first.multiplier > 1 and second.multiplier == 1:
        return None
    return (
        replace(
            first,
            value=value,
            denominator=denominator,
            unit=written,
            percent=second.percent,
            multiplier=max(first.multiplier, second.multiplier),
            doubtful=first.doubtful or second.doubtful,
        ),
        stop,
    )


def _range(text: str, amount: Amount, first: Number, end: int) -> tuple[Number, int] | None:
    m = _DASH.match(text, end) or _TO.match(text, end)
    if not m:
        return None
    found = _second(text, m.end())
    if found is None:
        return None
    other, unit, stop = found
    if other.spelled != amount.spelled or _DATE_GOES_ON.match(text, stop):
        return None
    if other.words == 1 and not other.sizes and not unit and other.value == 1:
        return None
    second = _plain(text, other, unit)
    value, written = _shared(first, other, unit, second)
    if first.unit and bare_unit(first.unit) not in ("", bare_unit(second.unit)):
        return None
    if not value < second.value:
        return None
    return (
        replace(
            first,
            value=value,
            low=value,
            high=second.value,
            unit=second.unit or written,
            percent=first.percent or second.percent,
            multiplier=max(first.multiplier, second.multiplier),
            decimals=max(first.decimals, second.decimals),
            doubtful=first.doubtful or second.doubtful,
        ),
        stop,
    )
