"""All rules, by the sections of the vocabulary."""

from __future__ import annotations

from ..rule import Rule
from . import (
    administration,
    contributions,
    dialogue,
    movement,
    oversight,
    petitions,
    reception,
    service,
    supervision,
    workplace,
)

RULES: tuple[Rule, ...] = (
    *dialogue.RULES,
    *reception.RULES,
    *petitions.RULES,
    *oversight.RULES,
    *supervision.RULES,
    *administration.RULES,
    *service.RULES,
    *movement.RULES,
    *contributions.RULES,
    *workplace.RULES,
)

RULES_BY_CLASS: dict[str, tuple[Rule, ...]] = {
    kind: tuple(rule for rule in RULES if kind in rule.classes)
    for kind in sorted({kind for rule in RULES for kind in rule.classes})
}
