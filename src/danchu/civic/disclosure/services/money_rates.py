"""Which columns and rows of a table of money are shares or counts, told by their names.

"Các khoản thu 100%" and "Các khoản thu phân chia theo tỷ lệ phần trăm (%)" are rows of money in
every budget of a commune (Thông tư 344/2016/TT-BTC): the percent sign is part of their name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from danchu.core.documents.sheets_in import CellIn
from danchu.core.text import fold

# Shares that belong to the name of an amount: "hưởng 100%", "phân chia theo tỷ lệ (%)".
_NAMED_SHARE = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:%|phan tram)"
    r"|(?:theo|phan chia|huong|dieu tiet) (?:theo )?(?:cac )?"
    r"(?:ty le(?: phan tram)?|phan tram)(?:\s*\(?\s*%\s*\)?)?"
    r"|(?<=phan chia)\s*\(\s*%\s*\)|(?<=huong)\s*\(\s*%\s*\)|(?<=dieu tiet)\s*\(\s*%\s*\)"
)
_COUNT = r"so (?:ho|nguoi|luong|luot)\b|khoi luong\b"
_RATE = r"ty le\b|ty trong\b|so voi\b|phan tram\b"
_COUNTED = re.compile(rf"{_COUNT}|{_RATE}")
_COMPARED = re.compile(r"\bso sanh\b")
# "So sánh tuyệt đối" is a difference of amounts.
_DIFFERENCE = re.compile(r"tuyet doi|chenh lech|so tien|\btang\b|\bgiam\b")
_RATE_WORD = re.compile(r"\b(?:ty le|ty trong|so voi|so sanh|phan tram|dat|tang|giam)\b")
_MONEY_WORD = re.compile(
    r"\b(?:thu|chi|khoan|nguon|bo sung|ngan sach|tien|phi|le phi|thue|quy|huong|dong gop|ho tro"
    r"|ket du|chuyen nguon|du phong|kinh phi|von)\b"
)
_SHARE = re.compile(r"-?[0-9.,]+\s*%")  # a number as a sheet shows it in percent
_ORDINAL = re.compile(r"(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-z])\s*[.)/]\s*|[-+–•*]\s*)+")


def column_is_no_money(heading: str) -> bool:
    """Whether the numbers under a heading are shares or counts, in a table of money too."""
    name = _bare(heading)
    if "%" in name or _COUNTED.search(name):
        return True
    return bool(_COMPARED.search(name)) and not _DIFFERENCE.search(name)


def row_is_no_money(row: Sequence[CellIn]) -> bool:
    """Whether a row counts people or tells a share: "Số hộ", "Tỷ lệ thực hiện (%)".

    A percent sign alone makes no share of it: its name begins with the word for a share or a
    count, or ends with the sign and names a comparison, or ends with it and names no money.
    """
    name = _bare(_name(row))
    if _COUNTED.match(name) or name.startswith("%"):
        return True
    if not name.rstrip(" ).:").endswith("%"):
        return False
    return bool(_RATE_WORD.search(name)) or not _MONEY_WORD.search(name)


def _bare(name: str) -> str:
    """A name without its ordinal and without the shares that are part of it."""
    plain = " ".join(fold(name).split())
    ordinal = _ORDINAL.match(plain)
    plain = plain[ordinal.end() :] if ordinal else plain
    return _NAMED_SHARE.sub(" ", plain).strip()


def _name(row: Sequence[CellIn]) -> str:
    """The longest text before the first number of a row, else after it; never a note beside one."""
    before: list[str] = []
    after: list[str] = []
    numbered = False
    for n, cell in enumerate(row):
        if isinstance(cell, str) and not _SHARE.fullmatch(cell):
            (after if numbered else before).append(cell)
        elif cell is not None and n:  # a number in the first column may be the running number
            numbered = True
    return max(before or after, key=len, default="")
