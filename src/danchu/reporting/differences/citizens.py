"""What citizens answered to the question behind each indicator, where anybody asked them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from danchu.core.contracts import CitizensQuestion, declared_questions
from danchu.core.text import format_percent
from danchu.reporting.figures.display import SMALL


@dataclass(frozen=True, slots=True)
class Answer:
    """The answers to one question, added up over the units asked about.

    ``few``: fewer answered than may be told. ``share`` is then "", as it is where nobody answered.
    """

    question: CitizensQuestion
    asked: int
    answered: int
    agreeing: int

    @property
    def few(self) -> bool:
        """Whether so few answered that one person's answer could be guessed."""
        return 0 < self.answered < SMALL

    @property
    def share(self) -> str:
        """Those who said yes among those who answered, as printed."""
        if not self.answered or self.few:
            return ""
        return format_percent(self.agreeing, self.answered, 1)


def answers(unit_ids: Collection[int], start: dt.date, end: dt.date) -> dict[str, Answer]:
    """indicator -> what citizens answered about these units; nothing where nobody was asked.

    Of several questions on one indicator the first declared one stands.
    """
    found: dict[str, Answer] = {}
    for question in declared_questions():
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in question.rows(unit_ids, start, end):
            for place, number in enumerate((row.asked, row.answered, row.agreeing)):
                sums[row.indicator][place] += number
        for indicator, (asked, answered, agreeing) in sums.items():
            if asked:
                found.setdefault(indicator, Answer(question, asked, answered, agreeing))
    return found
