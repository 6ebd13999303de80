"""Numbers that date, time or name something: recognised by their shape and the word before."""

from __future__ import annotations

import re
from collections.abc import Callable

from danchu.core.text.numbers import lexicon as lx
from danchu.core.text.numbers.model import Exact, Kind, PartialDate

Special = tuple[Exact, Kind, int, PartialDate | None]

_RUN = re.compile(r"[0-9]+")
_SIGNS = "/-.–"
_PHONE = re.compile(
    r"0[0-9]{2,4}[ .-]?[0-9]{3}[ .-]?[0-9]{3,4}(?![0-9]|[.,][0-9])|1[89]00[ .-]?[0-9]{4,6}(?![0-9])"
    r"|0[0-9]{11}(?![0-9])"
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_DMY = re.compile(
    r"([0-9]{1,2})(\s?[/.-]\s?)([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9]|[.,/-][0-9])"
)
_DAY_OF_MONTH = re.compile(
    r"([0-9]{1,2})\s+tháng\s+([0-9]{1,2})(?:(?:\s*[/-]\s*|\s+năm\s+)([0-9]{4}))?(?![0-9])"
)
_LUNAR = re.compile(r"([0-9]{1,2})\s+tháng\s+(?:giêng|chạp)(?!\w)")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})(?:\s?[/.-]\s?|\s+năm\s+)([0-9]{4})(?![0-9]|[/-]\w)")
_DM = re.compile(r"([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})(?![0-9]|[.,/-][0-9])")
_CLOCK = re.compile(
    r"([0-9]{1,2})(?:h([0-9]{2})?(?![\w])|g([0-9]{2})(?!\w)|:([0-9]{2})(?::[0-9]{2})?(?![0-9])|\s+giờ\s+([0-9]{1,2})(?:\s+phút)?(?!\s*[\w/%]))"
)
_HOUR = re.compile(r"([0-9]{1,2})\s+giờ(?!\w)")
_ROUND_THE_CLOCK = re.compile(r"24\s?/\s?(24|7)(?![0-9]|/)(?:\s?(?:giờ|h)(?!\w))?")
# 34/2007/PL-UBTVQH11, 41-BC/BCĐ, 143/QĐ-LĐTBXH; "(?-i:" is not needed: matched on the original.
_SYMBOL = re.compile(
    r"([0-9]{1,6})(?:"
    r"\s?/\s?[0-9]{4}\s?/\s?[A-ZĐƯ][\wĐđ]*(?:\s?[-/.]\s?[A-ZĐƯ][\wĐđ.]*)*"
    r"|\s?[-/]\s?[A-ZĐƯ][A-Za-zĐđƯư]*(?:\s?[-/]\s?[A-ZĐƯ][\wĐđƯư.]*)+"
    r"|\s?[-/]\s?(?:QĐ|NQ|NĐ|CT|CTr|TT|TTr|KL|BC|KH|HD|CV|TB|QC|PL|BB|ĐA|QyĐ|CĐ|TTLT|UBND)(?!\w)"
    r"|/[0-9]{4}(?=\s*[,;.)]|\s|$)"
    r")"
)
_YEAR = re.compile(r"(19[3-9][0-9]|20[0-9]{2})(?![0-9.,]*[0-9])")
_MEASURED = re.compile(
    r"\s*(?:m2|m²|m|km|ha|đồng|triệu|t[ỷỉ](?!\s+lệ)|nghìn|ngàn|ngày|tấn|kg|giờ|%|năm|tháng)(?!\w)"
)
_YEAR_RANGE = re.compile(
    r"(?:\s*[-–—]\s*|\s+(?:đến|tới)\s+(?:năm\s+|hết\s+năm\s+)?)(19[3-9][0-9]|20[0-9]{2})(?![0-9.,]*[0-9]|\s*[/-]\s*[A-Z])"
)
_TWO_DIGITS = re.compile(r"[0-9]{1,2}(?![0-9]|[.,/][0-9])")
_DAYS = re.compile(r"\s+(?:ngày|tuần)(?!\w)")
_DAYS_TO = re.compile(
    r"\s*(?:[-–—]|,|và|đến)\s*[0-9]{1,2}(?:\s?[/.-]\s?[0-9]{1,2}(?![0-9])|\s+tháng\s+[0-9])"
)
_CHAPTER = re.compile(r"([0-9]{1,2})(?:\.[0-9]{1,2}){1,3}(?=[.)]?\s)")


def special_at(
    text: str, low: str, at: int, words: list[str], countable: Callable[[int], bool]
) -> Special | None:
    """The date, year, time, document symbol or identifier at ``at``; None for amounts."""
    prev = words[0] if words else ""
    first = low[at]
    if first in "01" and (m := _PHONE.match(low, at)):
        return int(re.sub(r"\D", "", m[0])), "ordinal", m.end(), None
    if first in "12" and low[at - 1 : at] in _SIGNS and at and (m := _YEAR.match(low, at)):
        # "quý I/2025"
        return int(m[1]), "year", m.end(), PartialDate(int(m[1]))
    stop = _RUN.match(low, at).end()  # type: ignore[union-attr]
    follow = low[stop : stop + 8].lstrip()
    sign = follow[:1]
    found: Special | None = None
    if sign and sign in _SIGNS:
        found = (
            _round_the_clock(low, at, prev, countable)
            or _date(low, at, prev, countable)
            or _paper(text, low, at, words)
        )
        found = found or _chapter(low, at, prev)
    elif follow.startswith(("tháng", "giờ", "h", "g", ":")):
        found = _date(low, at, prev, countable) or _clock(low, at, prev)
    if found or stop - at == 3 or stop - at > 4:
        return found
    if stop - at == 4:
        return _year(low, at, prev, countable)
    return _day(low, at, prev, countable) or _month(low, at, prev, countable)


def _valid(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _date(low: str, at: int, prev: str, countable: Callable[[int], bool]) -> Special | None:
    m = _DMY.match(low, at)
    if m and _valid(int(m[1]), int(m[3])):
        year = int(m[4]) + (0 if len(m[4]) == 4 else 2000 if int(m[4]) < 70 else 1900)
        return int(m[1]), "date", m.end(), PartialDate(year, int(m[3]), int(m[1]))
    m = _ISO.match(low, at)
    if m and _valid(int(m[3]), int(m[2])):
        return int(m[3]), "date", m.end(), PartialDate(int(m[1]), int(m[2]), int(m[3]))
    m = _DAY_OF_MONTH.match(low, at)
    if m and _valid(int(m[1]), int(m[2])) and (prev in lx.DAY_BEFORE or m[3]):
        year_or_none = int(m[3]) if m[3] else None
        return int(m[1]), "date", m.end(), PartialDate(year_or_none, int(m[2]), int(m[1]))
    m = _LUNAR.match(low, at)
    if m:
        return int(m[1]), "date", m.end(1), PartialDate(day=int(m[1]))
    return _day_month(low, at, prev, countable)


def _day_month(low: str, at: int, prev: str, countable: Callable[[int], bool]) -> Special | None:
    m = _DM.match(low, at)
    if not m or not _valid(int(m[1]), int(m[3])):
        return None
    day, month = int(m[1]), int(m[3])
    strong = prev in lx.DAY_BEFORE
    if m[2] == "/":
        counted = countable(m.end()) or low[m.end() : m.end() + 1] == "%"
        is_date = strong or (
            not counted
            # "có 6/11 xã đã xong" is no day, "6/11 xã đã họp" may be one
            and prev != "có"
            and (
                prev in lx.MAYBE_DAY_BEFORE
                or day > month
                or len(m[3]) > len(m[1])
                or m[3][0] == "0"
            )
        )
    else:
        is_date = strong or (
            m[2] == "-"
            and day > month
            and not countable(m.end())
            and " " not in m[0]
            and prev not in lx.APPROX_BEFORE
        )
    if is_date:
        return day, "date", m.end(), PartialDate(month=month, day=day)
    return None


def _day(low: str, at: int, prev: str, countable: Callable[[int], bool]) -> Special | None:
    """ "ngày 12", and the first day of "ngày 12 và 13/6", "từ 10-12/5"."""
    if prev not in ("ngày", "mùng", "mồng", "từ", "tối", "sáng", "chiều"):
        return None
    m = _TWO_DIGITS.match(low, at)
    if not m or not 1 <= int(m[0]) <= 31:
        return None
    goes_on = _DAYS_TO.match(low, m.end())
    sure = (
        prev in ("ngày", "mùng", "mồng") and not low[m.end() : m.end() + 2].lstrip(".,").isdigit()
    )
    if goes_on or (sure and not countable(m.end())):
        return int(m[0]), "date", m.end(), PartialDate(day=int(m[0]))
    return None


def _month(low: str, at: int, prev: str, countable: Callable[[int], bool]) -> Special | None:
    m = _MONTH_YEAR.match(low, at)
    named = prev in ("tháng", "quý")
    if m and 1 <= int(m[1]) <= 12 and 1930 <= int(m[2]) <= 2100 and (named or "năm" not in m[0]):
        month = None if prev == "quý" else int(m[1])
        return int(m[1]), "date", m.end(), PartialDate(int(m[2]), month)
    if named:
        m = _TWO_DIGITS.match(low, at)
        if m and 1 <= int(m[0]) <= 12 and not (countable(m.end()) or _DAYS.match(low, m.end())):
            month = None if prev == "quý" else int(m[0])
            return int(m[0]), "date", m.end(), PartialDate(month=month)
    return None


def _paper(text: str, low: str, at: int, words: list[str]) -> Special | None:
    m = _SYMBOL.match(text, at)
    if not m:
        return None
    if m.end() - m.end(1) == 5 and m[0][-4:].isdigit():
        # "59/2023" alone: a paper when it is called one, else a month or a share.
        pair = f"{words[1]} {words[0]}" if len(words) > 1 else ""
        named = words and (
            words[0] in lx.DOCUMENT_BEFORE or pair in lx.DOCUMENT_BEFORE or words[0] == "số"
        )
        if not named:
            return None
    return int(m[1]), "document", m.end(), None


def _year(low: str, at: int, prev: str, countable: Callable[[int], bool]) -> Special | None:
    m = _YEAR.match(low, at)
    if not m:
        return None
    end = m.end()
    follow = _YEAR_RANGE.match(low, end)
    if follow:
        return int(m[1]), "year", follow.end(), PartialDate(int(m[1]))
    if low[end : end + 1].isalnum() or low[end : end + 1] in ("%", "/"):
        return None
    year: Special = int(m[1]), "year", end, PartialDate(int(m[1]))
    if prev in ("năm", "tết", "xuân"):
        return year
    quoted = at > 0 and low[at - 1] in '"”’)'
    if prev in lx.APPROX_BEFORE or prev == "số" or not (prev or quoted):
        return None
    return None if countable(end) or _MEASURED.match(low, end) else year


def _round_the_clock(
    low: str, at: int, prev: str, countable: Callable[[int], bool]
) -> Special | None:
    m = _ROUND_THE_CLOCK.match(low, at)
    if (
        not m
        or countable(m.end())
        or (m[1] == "7" and (prev in lx.DAY_BEFORE or prev in lx.MAYBE_DAY_BEFORE))
    ):
        return None
    return 24, "time", m.end(), None


def _clock(low: str, at: int, prev: str) -> Special | None:
    m = _CLOCK.match(low, at)
    if m and m[5] and prev not in lx.CLOCK_BEFORE:
        # "3 giờ 30 phút" lasts; "lúc 3 giờ 30" is on the clock.
        return None
    if m and int(m[1]) < 25 and int(m[2] or m[3] or m[4] or m[5] or 0) < 60:
        return int(m[1]), "time", m.end(), None
    if prev in ("lúc", "hồi"):
        m = _HOUR.match(low, at)
        if m and int(m[1]) < 25:
            return int(m[1]), "time", m.end(), None
    return None


def _chapter(low: str, at: int, prev: str) -> Special | None:
    """ "2.1." that opens a line, "mục 3.2"."""
    m = _CHAPTER.match(low, at)
    if not m:
        return None
    opens = not low[low.rfind("\n", 0, at) + 1 : at].strip(" \t*#")
    if opens or prev in ("mục", "phần", "điểm", "khoản", "tiết"):
        return int(m[1]), "ordinal", m.end(), None
    return None
