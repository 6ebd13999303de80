"""All rules, by the sections of the vocabulary."""

from __future__ import annotations

from ..rule import Rule
from . import administration, dialogue, movement, oversight, reception, workplace

RULES: tuple[Rule, ...] = (
    *dialogue.RULES,
    *reception.RULES,
    *oversight.RULES,
    *administration.RULES,
    *movement.RULES,
    *workplace.RULES,
)

RULES_BY_CLASS: dict[str, tuple[Rule, ...]] = {
    kind: tuple(rule for rule in RULES if kind in rule.classes)
    for kind in sorted({kind for rule in RULES for kind in rule.classes})
}
