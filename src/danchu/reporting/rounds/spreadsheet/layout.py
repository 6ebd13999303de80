"""Where things stand in the spreadsheet of a form, for writing it and for reading it back."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from danchu.reporting.figures.dictionary import Definition

SHEET = "Biểu số liệu"
CODES = "danchu"  # the sheet that no program shows
FORMAT = 1  # of the codes; a file of another number was written by another release

# The columns of the table, counted from 1.
NUMBER, NAME, UNIT, RECORDED, VALUE, REASON, KEY = range(1, 8)
HEADINGS = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Số theo hồ sơ",
    "Số nộp",
    "Lý do nếu khác hồ sơ",
    "Mã chỉ tiêu",
)
WIDTHS = (6.0, 52.0, 13.0, 17.0, 19.0, 42.0, 24.0)
UNIT_LINE, PERIOD_LINE = 2, 3  # rows that name the unit and the period

NOUGHT = "KPS"  # không phát sinh: a confirmed nought
DOES_NOT_APPLY = "KAD"  # không áp dụng
COMPUTED = "tự tính"  # in place of a number that nobody fills in
NOTHING_RECORDED = "–"  # among the codes: the records gave nothing
_DIGITS = Context(prec=20)


def in_display_units(meaning: Definition, amount: int) -> int | Decimal:
    """An amount as the number of its cell, in the unit the indicator is shown in; exact."""
    shown = Fraction(amount, meaning.scale)
    if shown.denominator == 1:
        return shown.numerator
    return _DIGITS.divide(Decimal(shown.numerator), Decimal(shown.denominator))
