"""Whether words could tell a number that is held back (DESIGN decision 18).

What a person wrote is not known by its digits alone: a count may stand there as "2" or "ba", and
the name of a small count's matter beside any number is enough. Every face asks here: the reading
copy of a signed report, the words of reports published elsewhere, their titles and sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from danchu.core.text.normal import limited

from .dictionary import Definition
from .withholding import HIDDEN_SMALL

_DIGITS = re.compile(r"\d[\d.,]*%?")
_COUNTED = (
    "đơn|vụ|việc|người|lượt|trường hợp|cuộc|cá nhân|tập thể|hộ|ý kiến|kiến nghị|đoàn|hội nghị|"
    "biên bản|cán bộ|công chức|thôn|tổ"
)
_IN_WORDS = re.compile(
    r"(?<!\w)(?:(?:[Hh]ai|[Bb]a|[Bb]ốn|[Ss]áu|[Bb]ảy|[Bb]ẩy|[Tt]ám|[Cc]hín|[Mm]ười|mươi)(?!\w)"
    r"(?!\s+[A-ZĐ])|(?:[Mm]ột|(?<!hằng )(?<!hàng )(?<!trong )(?<!qua )[Nn]ăm|tư|lăm)"
    rf"\s+(?:{_COUNTED})(?!\w))"
)
# Days, years, addresses and the numbers of papers say nothing of what was counted.
_NO_COUNT = re.compile(
    r"https?://\S+"
    r"|\d+(?:/\d{4})?/[A-ZĐ][\w-]*|ngày \d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{1,2}/\d{4}"
    r"|ngày \d{1,2} tháng \d{1,2}|[Gg]iai đoạn \d{4}\s*[-–]\s*\d{4}|[Nn]ăm \d{4}"
    r"|tháng \d{1,2}(?:/\d{4})?|[Qq]uý \d|\d+ tháng|(?:[Đđ]iều|[Kk]hoản|[Mm]ục|Phụ lục) \d+"
)
# What names no matter by itself.
_COMMON_WORDS = (
    "đơn vụ việc số lượt người tập thể cá nhân trường hợp biên bản hộ bị được đã xử lý chuyển cơ "
    "quan tại nơi tiếp công dân giới thiệu cho xem xét"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_ALSO = {"collectives_disciplined": ("kỷ luật",), "individuals_disciplined": ("kỷ luật",)}


def matters_of(meanings: Iterable[Definition]) -> tuple[str, ...]:
    """The words, two and two, by which a text names the matters of these indicators."""
    found: set[str] = set()
    for meaning in meanings:
        words = re.findall(r"\w+", meaning.name_vi.casefold())
        pairs = pairwise(words)
        found |= {f"{one} {two}" for one, two in pairs if not {one, two} & _COMMON}
        found |= set(_ALSO.get(meaning.key, ()))
    return tuple(sorted(found))


def matters_held(meanings: Mapping[str, Definition], held: Mapping[str, str]) -> tuple[str, ...]:
    """The same of the small counts among ``held``: indicator -> why it is held back."""
    return matters_of(meanings[key] for key, why in held.items() if why == HIDDEN_SMALL)


def names_matter(text: str, matters: Collection[str]) -> bool:
    """Whether a text names any of these matters."""
    said = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", limited(text)).casefold()))
    return any(matter in said for matter in matters)


def has_count(text: str) -> bool:
    """Whether a text states a number that may be a count, in digits or in words."""
    return counts_in(text) > 0


def counts_in(text: str) -> int:
    """How many numbers of a text may be counts, in digits or in words."""
    plain = _NO_COUNT.sub(" ", unicodedata.normalize("NFKC", limited(text)))
    return len(_DIGITS.findall(plain)) + len(_IN_WORDS.findall(plain))


def quoted(words: str, held: Mapping[str, str], *, own: int = 0) -> str:
    """Words as they may be quoted beside figures of which ``held`` are not told, "" where not.

    ``own``: how many numbers of the words are the told figure's own.
    """
    return "" if held and counts_in(words) > own else words
