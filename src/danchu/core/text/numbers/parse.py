"""A number that a person typed into a field, or that stands alone in a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from danchu.core.errors import BadInput
from danchu.core.text.numbers.lexicon import COUNTABLE
from danchu.core.text.numbers.model import Number, bare_unit, exact
from danchu.core.text.numbers.reading import number_at

_LONGEST = 200
_APPROX = re.compile(
    r"(?:hơn|trên dưới|trên|gần|ước (?:đạt|tính|khoảng)|ước|khoảng|chừng|ngót|xấp xỉ|dưới|quá"
    r"|[~≈])\s*"
)
_FROM = re.compile(r"từ\s+")
_MINUS = re.compile(r"[-−–]\s?|âm\s+")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}")


def parse_number(text: str) -> Number:
    """The number that ``text`` is, whole: "4.984", "2,5 tỷ đồng", "183/191", "hơn 10-15 %".

    ``value`` has words of size applied, units of measure are left as written (see
    :func:`danchu.core.text.in_base`). A minus or "âm" makes it negative. Raises BadInput, with
    what to write instead, when the text is empty, no number, a date, or written against the
    rules of grouping ("12.34"): nothing is guessed.
    """
    written = " ".join(unicodedata.normalize("NFC", text[: _LONGEST + 1]).split())
    if not written:
        raise BadInput("Chưa nhập số.", "No number was given.", code="number_empty")
    if len(text) > _LONGEST:
        raise BadInput(
            "Nội dung quá dài, không phải một số. Hãy chỉ ghi số, ví dụ 1.234,5.",
            "This is too long to be a number. Write the number only, for example 1.234,5.",
            code="number_too_long",
        )
    low = written.lower()
    number = None if _DATE.fullmatch(low) else _whole(low)
    if number is None:
        raise BadInput(
            f"“{_short(written)}” không phải là số. Hãy ghi như 1.234,5 hoặc 2,5 tỷ đồng.",
            f"“{_short(written)}” is not a number. Write it like 1.234,5 or 2,5 tỷ đồng.",
            code="number_unreadable",
        )
    if number.doubtful:
        raise BadInput(
            f"Không chắc “{_short(written)}” là số nào. Dấu chấm ngăn từng nhóm ba chữ số, "
            "dấu phẩy đứng trước phần thập phân: 1.234 hoặc 12,34; bằng chữ thì ghi đủ các hàng.",
            f"It is not certain which number “{_short(written)}” is. A point separates groups of "
            "three digits and a comma the decimals: 1.234 or 12,34; in words, name every place.",
            code="number_doubtful",
        )
    return number


def _whole(low: str) -> Number | None:
    at, approx = 0, False
    m = _APPROX.match(low)
    if m:
        at, approx = m.end(), True
    if m := _FROM.match(low, at):
        at = m.end()
    negative = False
    if m := _MINUS.match(low, at):
        at, negative = m.end(), True
    if low.startswith("một nửa", at):
        at += len("một ")
    read = number_at(low, at, spaced=True)
    if read is None:
        return None
    number, end, _ = read
    rest = low[end:].strip()
    if rest:
        if bare_unit(number.unit) or rest not in COUNTABLE:
            return None
        number = replace(number, unit=f"{number.unit} {rest}".strip())
    if negative:
        if number.low is not None or number.denominator is not None:
            return None
        number = replace(number, value=exact(-number.value))
    return replace(number, approx=approx) if approx else number


def _short(written: str) -> str:
    return written if len(written) <= 40 else written[:39] + "…"
