"""Which sentences of a signed report are left out of its reading copy.

A sentence that danchu composed is left out where it prints a number that is not told, or names a
small count's matter beside any number. What a person wrote is not known by its numbers alone: a
count may stand there as "2" or "ba". In a report that holds something back, each of their
sentences with a number that is no told figure is left out, and each that names such a matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from danchu.core.documents import Run
from danchu.core.text.normal import limited
from danchu.reporting.figures.dictionary import Definition

_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")
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
# Days, years and the numbers of papers say nothing of what was counted.
_NO_COUNT = re.compile(
    r"\d+(?:/\d{4})?/[A-ZĐ][\w-]*|ngày \d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{1,2}/\d{4}"
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


@dataclass(frozen=True, slots=True)
class Held:
    """What a report does not tell: references and amounts of its hidden figures, and how the
    matters of its small counts are named."""

    refs: frozenset[str]
    amounts: frozenset[int]
    matters: tuple[str, ...]


def matters_of(meanings: Iterable[Definition]) -> tuple[str, ...]:
    """The words, two and two, by which a text names the matters of these indicators."""
    found: set[str] = set()
    for meaning in meanings:
        words = re.findall(r"\w+", meaning.name_vi.casefold())
        pairs = pairwise(words)
        found |= {f"{one} {two}" for one, two in pairs if not {one, two} & _COMMON}
        found |= set(_ALSO.get(meaning.key, ()))
    return tuple(sorted(found))


def held_of(
    data: Mapping[str, Any], withheld: Collection[str], small: Iterable[Definition]
) -> Held:
    """What the kept data of a report do not tell: ``withheld`` indicators, ``small`` counts."""
    hidden = [one for one in data["report"]["figures"] if one["key"] in withheld]
    return Held(
        frozenset(str(one["ref"]) for one in hidden),
        frozenset(one["amount"] // one["scale"] for one in hidden if one["amount"]),
        matters_of(small),
    )


def texts_of_people(data: Mapping[str, Any]) -> frozenset[str]:
    """The paragraphs and items of a kept report that a person worded or that were read."""
    sections = data["report"]["sections"]
    found = [one["text"] for row in sections for one in row["paragraphs"] if one.get("edited")]
    found += [
        one["text"] for row in sections for one in row["items"] if one["origin"] != "computed"
    ]
    return frozenset([*found, *data["report"].get("worded", ())])


def told_part(runs: Sequence[Run], held: Held, *, by_person: bool) -> tuple[str, bool]:
    """The sentences that are told, and whether any was left out."""
    sentences = list(_sentences(runs))
    touched = any(run.figure_ref in held.refs for run in runs if run.figure_ref)
    told = [
        one
        for one in sentences
        if not (_person_tells(one, held) if by_person else _composed_tells(one, held, touched))
    ]
    text = " ".join("".join(run.text for run in one).strip() for one in told)
    if len(told) == len(sentences):
        text = "".join(run.text for run in runs)
    return text, len(told) < len(sentences)


def tells_in_words(text: str, held: Held) -> bool:
    """Whether a text that a person wrote, outside the report's paragraphs, could tell."""
    return any(_person_tells(one, held) for one in _sentences((Run(text),)))


def _composed_tells(sentence: Sequence[Run], held: Held, touched: bool) -> bool:
    """``touched``: its paragraph prints a number that is not told."""
    if any(run.figure_ref in held.refs for run in sentence if run.figure_ref):
        return True
    printed = any(run.figure_ref for run in sentence)
    counted = _has_number("".join(run.text for run in sentence if not run.figure_ref))
    return (touched and counted) or ((printed or counted) and _names(sentence, held))


def _person_tells(sentence: Sequence[Run], held: Held) -> bool:
    if any(run.figure_ref in held.refs for run in sentence if run.figure_ref):
        return True
    if _names(sentence, held):
        return True
    if any(_amount(run.text) in held.amounts for run in sentence if run.figure_ref):
        return True
    # Told figures stand apart, so that the words beside them do not run together.
    return _has_number(" … ".join(run.text for run in sentence if not run.figure_ref))


def _names(sentence: Sequence[Run], held: Held) -> bool:
    text = "".join(run.text for run in sentence)
    said = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", limited(text)).casefold()))
    return any(matter in said for matter in held.matters)


def _has_number(text: str) -> bool:
    plain = _NO_COUNT.sub(" ", unicodedata.normalize("NFKC", limited(text)))
    return bool(_DIGITS.search(plain) or _IN_WORDS.search(plain))


def _amount(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _sentences(runs: Sequence[Run]) -> Iterable[list[Run]]:
    """The runs cut where a sentence ends."""
    whole = "".join(run.text for run in runs)
    ends = [one.end() for one in _END.finditer(whole) if not whole[one.end()].islower()]
    ends.append(len(whole))
    start = 0
    for end in ends:
        yield _cut(runs, start, end)
        start = end


def _cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    found, at = [], 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(Run(text, figure_ref=run.figure_ref))
        at += len(run.text)
    return found
