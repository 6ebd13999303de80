"""All rules, by the sections of the vocabulary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..rule import Rule
from . import (
    administration,
    contributions,
    contributions_otherwise,
    dialogue,
    dialogue_otherwise,
    forms,
    movement,
    oversight,
    oversight_otherwise,
    petitions,
    petitions_otherwise,
    reception,
    reception_otherwise,
    service,
    supervision,
    told_boards,
    told_freely,
    told_in_news,
    told_shortly,
    told_shortly_otherwise,
    wider_meetings,
    wider_oversight,
    wider_works,
    workplace,
    workplace_otherwise,
)


def _named(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules with their names; the order within a key is that of its section."""
    count: Counter[str] = Counter()
    named = []
    for rule in rules:
        count[rule.key] += 1
        named.append(replace(rule, name=f"{rule.key}.{count[rule.key]}"))
    return tuple(named)


RULES: tuple[Rule, ...] = _named(
    (
        *dialogue.RULES,
        *dialogue_otherwise.RULES,
        *reception.RULES,
        *reception_otherwise.RULES,
        *petitions.RULES,
        *petitions_otherwise.RULES,
        *oversight.RULES,
        *oversight_otherwise.RULES,
        *supervision.RULES,
        *administration.RULES,
        *service.RULES,
        *movement.RULES,
        *contributions.RULES,
        *contributions_otherwise.RULES,
        *workplace.RULES,
        *workplace_otherwise.RULES,
        *wider_meetings.RULES,
        *wider_oversight.RULES,
        *wider_works.RULES,
        *forms.RULES,
        *told_freely.RULES,
        *told_boards.RULES,
        *told_shortly.RULES,
        *told_shortly_otherwise.RULES,
        *told_in_news.RULES,
    )
)

RULES_BY_CLASS: dict[str, tuple[Rule, ...]] = {
    kind: tuple(rule for rule in RULES if kind in rule.classes)
    for kind in sorted({kind for rule in RULES for kind in rule.classes})
}
