"""What people type, checked once for every kind of record.

Each function returns the cleaned value or raises ``BadInput`` naming the field; a form shows
the sentence beside it and keeps everything else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from danchu.core.clock import today
from danchu.core.errors import BadInput
from danchu.core.text import at_the_door, format_date
from danchu.core.text.secrecy import secret_mark

EARLIEST = dt.date(1998, 2, 18)  # Directive 30-CT/TW: nothing of this kind is older


def clean_line(
    value: str, field: str, name_vi: str, name_en: str, *, limit: int, required: bool = True
) -> str:
    """One line of text, at most ``limit`` characters; line breaks become spaces."""
    text = " ".join(_said(value, field, name_vi, name_en).split())
    return _sized(text, field, name_vi, name_en, limit, required)


# The number, then signs parted by "/" or "-": 12/UBND-VP, 15/2020/NĐ-CP, 05-CV/TU. Who wrote by
# NĐ 30/2020 (Phụ lục I, mục II), HD 36-HD/VPTW or a rule of their own is not told by it.
_DOCUMENT_NUMBER = re.compile(r"[0-9]{1,6}[A-Za-zĐđ]?(?: ?[/-] ?[^\W_]+(?:[.&][^\W_]+)*)+")


def clean_document_number(
    value: str, field: str, name_vi: str, name_en: str, *, limit: int = 60, required: bool = False
) -> str:
    """Number and symbol of an official paper as they were typed, without "Số:" in front of them.

    "" where there is none. Raises ``BadInput`` for what has no number in front or no letter in
    its symbol.
    """
    text = clean_line(value, field, name_vi, name_en, limit=limit, required=required)
    text = re.sub(r"^số\s*:?\s*(?=[0-9])", "", text, flags=re.IGNORECASE)
    is_one = _DOCUMENT_NUMBER.fullmatch(text) and re.search(r"[/-].*[^\W\d_]", text)
    if text and not is_one:
        raise BadInput(
            f"“{text}” chưa đúng dạng số, ký hiệu văn bản. Ghi số rồi đến ký hiệu, ví dụ "
            "123/SNV-XDCQ hoặc 05-CV/TU.",
            f"“{text}” is not a number and symbol. Write the number, then the symbol, such as "
            "123/SNV-XDCQ or 05-CV/TU.",
            field=field,
        )
    return text


def clean_text(
    value: str,
    field: str,
    name_vi: str,
    name_en: str,
    *,
    limit: int = 10_000,
    required: bool = False,
) -> str:
    """Text of several lines, at most ``limit`` characters."""
    text = _said(value, field, name_vi, name_en).strip()
    return _sized(text, field, name_vi, name_en, limit, required)


def _said(value: object, field: str, name_vi: str, name_en: str) -> str:
    """What was typed, through the door; forms always send text, other callers may not."""
    if not isinstance(value, str):
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} phải là chữ.",
            f"The {name_en} must be text.",
            field=field,
        )
    return at_the_door(value)


def _sized(text: str, field: str, name_vi: str, name_en: str, limit: int, required: bool) -> str:
    mark = secret_mark(text)
    if mark is not None:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} mang dấu {mark}. Hệ thống không nhận bí mật nhà "
            "nước; chỉ vào sổ số, ký hiệu, ngày của văn bản. Nội dung chưa được lưu.",
            f"The {name_en} is marked {mark}. State secrets are not taken in; enter only number, "
            "symbol and date of the document. Nothing was saved.",
            code="secret",
            field=field,
        )
    if required and not text:
        raise BadInput(f"Nhập {name_vi}.", f"Enter the {name_en}.", field=field)
    if len(text) > limit:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} dài {len(text)} ký tự; nhiều nhất {limit} ký tự.",
            f"The {name_en} has {len(text)} characters; at most {limit} are kept.",
            field=field,
        )
    return text


def clean_count(
    value: int | None,
    field: str,
    name_vi: str,
    name_en: str,
    *,
    required: bool = False,
    limit: int = 10_000_000,
) -> int | None:
    """A count of things: a whole number from 0 to ``limit``, or None when not counted."""
    if value is None:
        if required:
            raise BadInput(f"Nhập {name_vi}.", f"Enter the {name_en}.", field=field)
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0 or value > limit:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} phải là số nguyên từ 0 đến {limit}.",
            f"The {name_en} must be a whole number from 0 to {limit}.",
            field=field,
        )
    return value


def clean_day(
    value: dt.date | None, field: str, name_vi: str, name_en: str, *, not_before: dt.date = EARLIEST
) -> dt.date:
    """A legal day that has come: facts are written down, plans are not."""
    if value is None:
        raise BadInput(f"Nhập {name_vi}.", f"Enter the {name_en}.", field=field)
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} phải là một ngày.",
            f"The {name_en} must be a date.",
            field=field,
        )
    if value > today():
        raise BadInput(
            f"{format_date(value)} chưa đến. Chỉ ghi việc đã diễn ra.",
            f"{format_date(value)} has not come yet. Write down only what has happened.",
            field=field,
        )
    if value < not_before:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} không thể trước ngày {format_date(not_before)}.",
            f"The {name_en} cannot be before {format_date(not_before)}.",
            field=field,
        )
    return value


def clean_choice(
    value: str, choices: Collection[str], field: str, name_vi: str, name_en: str
) -> str:
    """One of the listed values."""
    if value not in choices:
        raise BadInput(f"Chọn {name_vi}.", f"Choose the {name_en}.", field=field)
    return value
