""" "hai phần ba (140/240 hộ)", "20 kiến nghị …, 3/4 …, tức 15": a fraction against its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from ..printing import printed, rounded
from .amounts import Amount, same_kind
from .passages import Passage
from .saying import check, shown, verdict_of

_WORDS = re.compile(
    r"(?<!\w)(?P<about>(?:(?:hơn|gần|quá|khoảng|trên|già|non) )?)"
    r"(?P<part>một|hai|ba|bốn|[1-4]) phần (?P<of>ba|tư|năm|mười)(?!\w)[^()\d,;.:]{0,40}\( ?$"
)
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "mười": 10}
# A fraction in words is a round one: two points off are still said so.
_NEAR = 2
_FURTHER = 12
_THAT_IS = re.compile(r"(?<!\w)(?:tức(?: là)?|tương đương(?: với)?|nghĩa là) ?$")
_LARGEST = 10
_NO_WHOLE = re.compile(r"(?<!\w)(?:cùng kỳ|so với|kế hoạch|chỉ tiêu|còn lại|tăng|giảm)(?!\w)|;")


def fractions(passage: Passage) -> Iterator[Check]:
    """A check for each fraction of the sentence whose numbers stand beside it."""
    for place, amount in enumerate(passage.amounts):
        if amount.whole:
            if "phần " in passage.text:
                yield from _in_words(passage, amount)
            yield from _of_whole(passage, place)


def _in_words(passage: Passage, ratio: Amount) -> Iterator[Check]:
    said = _WORDS.search(passage.plain, max(passage.start, ratio.start - 80), ratio.start)
    if said is None:
        return
    part = int(said["part"]) if said["part"].isdigit() else _NUMBERS[said["part"]]
    named = 100 * Fraction(part, _NUMBERS[said["of"]])
    real = 100 * Fraction(ratio.value) / Fraction(ratio.whole or 1)
    off = real - named
    about = said["about"].strip()
    fits = abs(off) <= _NEAR
    if about in ("hơn", "quá", "trên", "già"):
        fits = 0 <= off <= _FURTHER
    elif about in ("gần", "non"):
        fits = -_FURTHER <= off <= 0
    elif about:
        fits = abs(off) <= _FURTHER
    words = passage.written[said.start("part") : said.end("of")].lower()
    numbers = f"{printed(ratio.value)}/{printed(ratio.whole or 1)} = {printed(rounded(real, 2))}%"
    agrees, agrees_en = ("khớp", "agrees") if fits else ("không khớp", "does not agree")
    yield check(
        "share",
        "ok" if fits else "fail",
        (f"Mức “{words}” {agrees}: {numbers}.", f"“{words}” {agrees_en}: {numbers}."),
        [ratio],
        rounded(named, 2),
        rounded(real, 2),
    )


def _of_whole(passage: Passage, place: int) -> Iterator[Check]:
    ratio = passage.amounts[place]
    if not place or place + 1 == len(passage.amounts) or not 0 < (ratio.whole or 0) <= _LARGEST:
        return
    whole, result = passage.amounts[place - 1], passage.amounts[place + 1]
    if not (whole.is_plain and result.is_plain and same_kind(whole, result)) or result.unit:
        return
    if ratio.value >= (ratio.whole or 0) or whole.value <= (ratio.whole or 0):
        return
    if not _THAT_IS.search(passage.before(result)):
        return
    if _NO_WHOLE.search(passage.plain[whole.after : result.start]):
        return
    if ratio.noun and whole.noun and ratio.noun != whole.noun:
        # "3/4 thôn, tức 16 hộ": the fraction of another thing
        return
    exact = Fraction(whole.value) * Fraction(ratio.value) / Fraction(ratio.whole or 1)
    fits = abs(exact - Fraction(result.value)) < 1
    text = f"{printed(ratio.value)}/{printed(ratio.whole or 1)}"
    real = f"{text} × {printed(whole.value)} = {printed(rounded(exact, 2))}"
    stated = shown(result.value, "")
    involved = [result, ratio, whole]
    agrees, agrees_en = ("khớp", "agrees") if fits else ("không khớp", "does not agree")
    yield check(
        "share",
        verdict_of(fits, involved),
        (f"Số nêu {stated} {agrees}: {real}.", f"The stated {stated} {agrees_en}: {real}."),
        involved,
        result.value,
        rounded(exact, 2),
    )
