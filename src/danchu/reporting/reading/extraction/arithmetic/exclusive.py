"""Parts that exclude each other and together are more than their whole: men and women, levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..model import Check
from .amounts import PERSON, Amount
from .passages import Passage
from .saying import sum_check, total

_AMONG = re.compile(r"(?<!\w)(?:trong (?:đó|số đó)|gồm|bao gồm)(?!\w)|\(")
_WOMEN = re.compile(r"(?<!\w)(?:phụ nữ|nữ giới|nữ)(?!\w)")
_MEN = re.compile(r"(?<!\w)(?:nam giới|(?<!việt )(?<!phía )(?<!miền )nam)(?!\w)")
_LEVEL = re.compile(r"(?<!\w)(?:xã|phường|huyện|tỉnh|thành phố|trung ương|cơ sở)(?!\w)")
_ONE_OF = {"phường": "xã", "cơ sở": "xã", "thành phố": "tỉnh"}
_WHOSE = re.compile(r"(?<!\w)(?:thẩm quyền|trách nhiệm|giải quyết|chuyển|cấp)(?!\w)")
# More than twice the whole are hardly its parts at all.
_MOST = Fraction(2)


def exclusive(passage: Passage) -> Iterator[Check]:
    """A check where such parts make the whole they follow, or more than it.

    Less than the whole is no error: others may be left out, and one person may come often.
    """
    for place, whole in enumerate(passage.amounts[:-2]):
        if not whole.is_plain or whole.unit:
            continue
        parts = _sexes(passage, place) or _levels(passage, place)
        if parts and whole.value <= total(parts) <= _MOST * whole.value:
            yield sum_check(whole, parts)


def _sexes(passage: Passage, place: int) -> list[Amount]:
    """ "W lượt người, trong đó nữ A người, nam B người": visits are never fewer than persons."""
    whole, *parts = passage.amounts[place : place + 3]
    if whole.kind != PERSON and not passage.plain.startswith(" lượt người", whole.end):
        return []
    if not all(part.is_plain and not part.unit for part in parts):
        return []
    if not _AMONG.search(passage.between(whole, parts[0])):
        return []
    about = [_about(passage, part) for part in parts]
    women = [bool(_WOMEN.search(words)) for words in about]
    men = [bool(_MEN.search(words)) for words in about]
    one_of_each = any(women) and any(men) and not any(map(all, zip(women, men, strict=True)))
    return parts if one_of_each and not all(women) and not all(men) else []


def _about(passage: Passage, part: Amount) -> str:
    """The words of a part in its own piece of the sentence."""
    before = re.split(r"[,;:(]| và ", passage.before(part))[-1]
    behind = re.split(r"[,;:)]| và ", passage.plain[part.end : part.end + 40])[0]
    return f"{before} {behind}"


def _levels(passage: Passage, place: int) -> list[Amount]:
    """ "W ý kiến; A thuộc thẩm quyền xã, B huyện, C tỉnh": one matter is with one level."""
    whole, parts = passage.amounts[place], passage.amounts[place + 1 :]
    if not all(part.is_plain and not part.unit for part in parts) or not whole.noun:
        return []
    if not _WHOSE.search(passage.plain, whole.after, passage.end):
        return []
    named = []
    for part in parts:
        if part.noun not in ("", whole.noun) and not _LEVEL.match(part.noun):
            return []
        found = {_ONE_OF.get(m[0], m[0]) for m in _LEVEL.finditer(_about(passage, part))}
        if len(found) != 1:
            return []
        named.append(found.pop())
    return list(parts) if len(set(named)) == len(named) >= 2 else []
