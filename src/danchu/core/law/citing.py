"""How an article of the catalogue is cited: in the words of officers, never with its dots."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from danchu.core.calendar.words import Phrase

if TYPE_CHECKING:
    from .catalog import Rule

_ARTICLE = re.compile(r"(\d+[a-zđ]?)(?:\.(\d+[a-zđ]?))?(?:\.([a-zđ]))?")
# In "10 (sửa 16.1 NĐ 124/2020)": the article itself, and one among words with its clause.
_AMONG_WORDS = re.compile(r"^\d+[a-zđ]?(?= \()|(?<![\w.])\d+\.\d+(?![\w.])")
_ARTICLES = re.compile(r"\d+-\d+")
# How the number of an instrument tells what it is.
_INSTRUMENTS = (
    ("/QH", "Luật", "Law"),
    ("PL-UBTVQH", "Pháp lệnh", "Ordinance"),
    ("/NĐ-CP", "Nghị định", "Decree"),
    ("/TT-", "Thông tư", "Circular"),
    ("/QĐ-", "Quyết định", "Decision"),
    ("/NQLT-", "Nghị quyết liên tịch", "Joint Resolution"),
    ("/NQ-", "Nghị quyết", "Resolution"),
    ("-KL/TW", "Kết luận", "Conclusion"),
    ("-QĐi/TW", "Quy định", "Regulation"),
    ("-HD/VPTW", "Hướng dẫn", "Guidance"),
)


def said_article(article: str) -> Phrase:
    """An article as officers say it: "11.2; 13" is "khoản 2 Điều 11; Điều 13".

    The catalogue writes article, clause and point with dots; what is not written so stays as it
    is.
    """
    parts = [part.strip() for part in article.split(";")]
    vi, en = zip(*(_one_article(part) for part in parts), strict=True)
    return Phrase("; ".join(vi), "; ".join(en))


def _one_article(part: str) -> tuple[str, str]:
    if _ARTICLE.fullmatch(part):
        return _named(part)
    if _ARTICLES.fullmatch(part):
        return f"Điều {part}", f"Articles {part}"
    return (
        _AMONG_WORDS.sub(lambda found: _named(found[0])[0], part),
        _AMONG_WORDS.sub(lambda found: _named(found[0])[1], part),
    )


def _named(dotted: str) -> tuple[str, str]:
    found = _ARTICLE.fullmatch(dotted)
    assert found is not None
    number, clause, point = found.groups()
    point_vi = f"điểm {point} " if point else ""
    clause_vi = f"khoản {clause} " if clause else ""
    clause_en = f", clause {clause}" if clause else ""
    return (
        f"{point_vi}{clause_vi}Điều {number}",
        f"Article {number}{clause_en}" + (f", point {point}" if point else ""),
    )


def clause_of(rule: Rule) -> Phrase:
    """The clause by which people call a rule: "khoản 2 Điều 11" of "11.2; 12.3; 13"."""
    return said_article(rule.article.partition(";")[0]) if rule.article else cited(rule)


def clauses_of(rules: Sequence[Rule]) -> str:
    """Several in Vietnamese, those of one article together: "các khoản 4, 5 và 8 Điều 11"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        found = _ARTICLE.fullmatch(rule.article.partition(";")[0])
        if found and found[2] and not found[3]:
            alike[found[1]].append(found[2])
        else:
            alike[clause_of(rule).vi] = []
    said = []
    for article, numbers in alike.items():
        if not numbers:
            said.append(article)
        elif len(numbers) == 1:
            said.append(f"khoản {numbers[0]} Điều {article}")
        else:
            said.append(f"các khoản {', '.join(numbers[:-1])} và {numbers[-1]} Điều {article}")
    return "; ".join(said)


def cited(rule: Rule) -> Phrase:
    """What a rule rests on: "khoản 2 Điều 11; Điều 13 Luật số 10/2022/QH15"."""
    instrument = rule.instrument
    vi = en = instrument.number or instrument.title_vi
    for mark, kind_vi, kind_en in _INSTRUMENTS:
        if mark in instrument.number:
            vi, en = f"{kind_vi} số {instrument.number}", f"{kind_en} {instrument.number}"
    if not rule.article:
        return Phrase(vi, en)
    article = said_article(rule.article)
    return Phrase(f"{article.vi} {vi}", f"{article.en}, {en}")
