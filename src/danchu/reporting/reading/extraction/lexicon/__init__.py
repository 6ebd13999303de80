"""What the figures of reports look like: nouns, cues and relations, as data.

A new wording is a new row in one of the modules here; the engine in ``figures.py`` knows no
wording. Patterns are matched against :func:`~..matching.plain` text: lower case, the tone on the
first vowel (hòa, ủy), plain quotes and dashes.
"""

from .nouns import CLASS_OF_UNIT, LABEL_NOUN, NOUN
from .relations import (
    CHANGE_OF,
    IDENTITIES,
    SHARE_OF,
    UNITS,
    WHOLE_OF,
)
from .rule import TOPICS, Rule
from .rules import RULES, RULES_BY_CLASS

__all__ = [
    "CHANGE_OF",
    "CLASS_OF_UNIT",
    "IDENTITIES",
    "LABEL_NOUN",
    "NOUN",
    "RULES",
    "RULES_BY_CLASS",
    "SHARE_OF",
    "TOPICS",
    "UNITS",
    "WHOLE_OF",
    "Rule",
]
