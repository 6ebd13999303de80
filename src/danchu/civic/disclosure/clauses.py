"""A clause of the law as a paper names it: "khoản 2 Điều 11"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from danchu.core.calendar.words import Phrase
from danchu.core.law.catalog import Rule, cited

# "11.2; 12.3; 13": the content itself stands first, then how it is disclosed.
_FIRST = re.compile(r"(\d+)\.(\d+)(?:\.([a-zđ]+))?(?=;|$)")


def clause_words(rule: Rule) -> Phrase:
    """Point, clause and article of a content, without the number of the instrument."""
    found = _FIRST.match(rule.article)
    if found is None:
        return cited(rule)
    article, clause, point = found.groups()
    vi, en = f"khoản {clause} Điều {article}", f"article {article}, clause {clause}"
    return Phrase(f"điểm {point} {vi}", f"{en}, point {point}") if point else Phrase(vi, en)


def clauses_words(rules: Sequence[Rule]) -> str:
    """Several in Vietnamese, those of one article together: "các khoản 4, 5 và 8 Điều 11"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        found = _FIRST.match(rule.article)
        if found is not None and found[3] is None:
            alike[found[1]].append(found[2])
        else:
            alike[clause_words(rule).vi] = []
    said = []
    for article, numbers in alike.items():
        if not numbers:
            said.append(article)
        elif len(numbers) == 1:
            said.append(f"khoản {numbers[0]} Điều {article}")
        else:
            said.append(f"các khoản {', '.join(numbers[:-1])} và {numbers[-1]} Điều {article}")
    return "; ".join(said)
