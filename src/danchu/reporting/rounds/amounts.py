"""The number that a person types into a cell of a form."""

from __future__ import annotations

import re
from fractions import Fraction

from danchu.core.errors import BadInput
from danchu.core.text import bare_unit, in_base, parse_number
from danchu.reporting.figures.dictionary import Definition

# What parts the cells of a sheet that was pasted into one field. A form sends it as it is.
_CELLS_APART = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# "2,000" and "12,345": a thousand as others write it, or three decimals. "0,125" is only one thing.
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2}),(\d{3})(?![\d.,])")
MOST = 10**15  # smallest units; the largest amount that is a number and no slip of the hand


def read_amount(meaning: Definition, text: str) -> int:
    """The number typed into a cell, in the indicator's smallest unit.

    Read in the unit the indicator is shown in; words of size ("2,5 tỷ") and units of the same
    kind ("5 ha" where m² is asked) are understood. Raises ``BadInput`` for anything that is not
    one exact number from 0 to ``MOST``; several cells of a sheet are never read as one number,
    and "1,000" is neither a thousand nor one.
    """
    if _CELLS_APART.search(text.strip()):
        raise BadInput(
            "Nội dung dán gồm nhiều ô; mỗi ô của biểu ghi một số.",
            "What was pasted has several cells; a cell of the form takes one number.",
            code="several_cells",
            field="amount",
        )
    counts = meaning.scale == 1 and meaning.unit != "VND"
    if counts and "," in text:
        raise _whole_number()
    if found := _THOUSANDS.search(text):
        raise _either(*found.groups())
    try:
        number = parse_number(text)
    except BadInput as refusal:
        if counts and refusal.code != "number_empty":
            raise _whole_number() from None
        raise BadInput(refusal.vi, refusal.en, code=refusal.code, field="amount") from None
    written = bare_unit(number.unit)
    if written and written != meaning.unit_vi.casefold():
        if counts:
            raise _whole_number()
        number = in_base(number)
        if number.unit != meaning.unit:
            raise BadInput(
                f"Ghi số theo đơn vị “{meaning.unit_vi}”.",
                f"Write the number in “{meaning.unit_en}”.",
                field="amount",
            )
    if number.approx or number.percent or number.denominator is not None or number.high is not None:
        raise BadInput(
            "Ghi đúng một số, không ghi khoảng, tỷ lệ hay ước chừng.",
            "Write one exact number: no range, no share, no estimate.",
            field="amount",
        )
    amount = Fraction(number.value) * meaning.scale
    if amount.denominator != 1:
        if meaning.scale == 1:
            raise _whole_number()
        raise BadInput(
            f"Số lẻ quá nhỏ: ghi đến 1/{meaning.scale} {meaning.unit_vi}.",
            f"Too many decimals: write down to 1/{meaning.scale} {meaning.unit_en}.",
            field="amount",
        )
    return amount.numerator


def _either(whole: str, decimals: str) -> BadInput:
    rest = decimals.rstrip("0") or "0"
    return BadInput(
        f"“{whole},{decimals}” có thể là hai số khác nhau: ghi {whole}.{decimals} hoặc "
        f"{whole},{rest}{'0' if rest == decimals else ''}.",
        f"“{whole},{decimals}” may be two numbers: write {whole}.{decimals} or "
        f"{whole},{rest}{'0' if rest == decimals else ''}.",
        code="number_doubtful",
        field="amount",
    )


def _whole_number() -> BadInput:
    return BadInput(
        "Ghi số nguyên, ví dụ 12.",
        "Write a whole number, for example 12.",
        code="whole_number",
        field="amount",
    )
