"""The unit of money that the head of a column names: "Dự toán (triệu đồng)", "Thu, tr.đ".

A head says of its own column what a line over the table says of all. What is kept is đồng, so the
unit read leaves the head: "Dự toán (triệu đồng)" over 150.000.000 would be read as 150 trillion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from danchu.core.text import fold

from .money_said import TIMES

DOUBTFUL = "?"  # a unit of money that is none of those which are read: "trăm triệu đồng", "USD"

_NUMBERED = r"1[., ]?000[., ]?000[., ]?000|1[., ]?000[., ]?000|1[., ]?000"
_WORD = r"ngh[iì]n|ng[aà]n|tri[eệ]u|t[yỷiỉ]"
_DONG = r"đồng|dong|vn[đd]|đ"
_TIMED = rf"(?:{_NUMBERED}|{_WORD}|tr\.?)\s*(?:{_DONG}|d)(?!\w)"
_UNIT = rf"(?P<unit>{_TIMED}|(?:{_DONG})(?!\w)|(?:{_WORD})(?!\w))"
_SAID = r"(?:(?:đơn vị(?: tính| tiền)?|đvt|tính bằng|bằng)\s*[:.]?\s*)?"
_PER = r"(?P<per>\s*/[^()\[\]]+)?"
_ASIDE = r"[^()\[\]]*[,;:–-]\s*"
_IN_BRACKETS = re.compile(
    rf"\s*[(\[]\s*(?P<before>{_ASIDE})?{_SAID}{_UNIT}{_PER}(?P<after>\s*[,;][^()\[\]]*)?\s*[)\]]",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    rf"(?:^|(?<=[,;:–-])|(?<=[,;:–-]\s)){_SAID}{_UNIT}{_PER}\s*\.?$", re.IGNORECASE
)
_WITHIN = re.compile(
    rf"(?<!\w)(?P<unit>(?:{_NUMBERED}|{_WORD}|tr\.?)\s*(?:{_DONG}|d))(?!\w)(?P<per>\s*/[^()\[\]]+)?",
    re.IGNORECASE,
)
# "Số tiền đồng", but no "hợp đồng" and no "5 triệu đồng".
_LAST_WORD = re.compile(r"(?P<before>\w+)\s+(?P<unit>đồng)\.?$", re.IGNORECASE)
_NO_MONEY = frozenset(
    (
        *("hợp", "hội", "cộng", "cánh", "ruộng", "đại", "tương", "bất", "trống", "ngoài", "ra"),
        *("nội", "hiệp", "nghìn", "ngàn", "triệu", "tỷ", "tỉ"),
    )
)
_NUMBER_BEFORE = re.compile(r"(\d[\d.,]*)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOUBTFUL = re.compile(
    rf"(?<!\w)(?:trăm|chục|mười)\s+(?:{_WORD})(?!\w)|(?<!\w)(?:usd|eur|đô la)(?!\w)", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"[(\[]?\s*{_SAID}(?P<unit>{_TIMED}|(?:đồng|vn[dđ])(?!\w)){_PER}\s*[)\]]?", re.IGNORECASE
)
_COUNTED = re.compile(
    r"[(\[]\s*(?:m2|m²|m3|m³|m|km|ha|kg|tấn|tạ|lít|hộ|người|lượt|lượt người|cái|chiếc|bộ|công"
    r"|ngày công|công trình|dự án|suất|ngày|tháng|thôn|con|cây)\s*[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadUnit:
    """The unit in a head. ``key``: one of the units of money, or :data:`DOUBTFUL`.

    ``in_dong``: the head when its amounts are in đồng. ``per``: it is of money per something
    ("nghìn đồng/hộ").
    """

    key: str
    in_dong: str
    per: bool = False


def unit_of_head(heading: str) -> HeadUnit | None:
    """The unit of money that a head names, None for none; two that differ are doubtful."""
    found, text, per = set(), heading, False
    if _DOUBTFUL.search(heading):
        return HeadUnit(DOUBTFUL, heading)
    while (match := _next(text)) is not None:
        key = _key(match["unit"])
        found.add(key)
        per = per or bool(match.groupdict().get("per"))
        text = f"{text[: match.start('unit')]}\0{text[match.end('unit') :]}"
    if not found:
        return None
    key = found.pop()
    if found:
        return HeadUnit(DOUBTFUL, heading)
    return HeadUnit(key, heading if key == "dong" else _in_dong(text), per)


def unit_of_cell(text: str) -> HeadUnit | None:
    """The unit of money that a cell of the body is, and nothing else: "(triệu đồng)"."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    key = _key(found["unit"])
    around = text[: found.start("unit")], text[found.end("unit") :]
    return HeadUnit(key, text if key == "dong" else "đồng".join(around), bool(found["per"]))


def is_counted(heading: str) -> bool:
    """Whether a head names a unit that is no money: "Diện tích (m2)", "Hỗ trợ (hộ)"."""
    return _COUNTED.search(heading) is not None


def heads_units(heading: str) -> bool:
    """Whether the column tells the unit of each row."""
    return fold(heading).strip(" .:") in ("dvt", "don vi tinh", "dv tinh")


def _next(text: str) -> re.Match[str] | None:
    for pattern in (_IN_BRACKETS, _AT_THE_END):
        found = pattern.search(text)
        if found is not None:
            return found
    for found in _WITHIN.finditer(text):
        number = _NUMBER_BEFORE.search(text[: found.start()])
        if number is None or _YEAR.fullmatch(number[1]):
            return found
    found = _LAST_WORD.search(text)
    if found is None or found["before"].lower() in _NO_MONEY or found["before"].isdigit():
        return None
    return found


def _key(unit: str) -> str:
    plain = re.sub(r"[\s.,]", "", fold(unit))
    times = re.sub(r"(?:dong|vnd|d)$", "", plain)
    return TIMES[times or None]


def _in_dong(text: str) -> str:
    """The head without its unit where that stands in brackets alone, else with "đồng"."""
    plain = re.sub(r"\s*[(\[]\s*(?:(?:đơn vị(?: tính| tiền)?|đvt|tính bằng|bằng)\s*[:.]?\s*)?"
                   r"\0\s*[)\]]", "", text, flags=re.IGNORECASE).strip()  # fmt: skip
    said = plain or text.strip()
    return said.replace("\0", "Đồng" if said.startswith("\0") else "đồng")
