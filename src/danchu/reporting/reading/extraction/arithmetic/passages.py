"""The sentences of a text with their amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..segments import Document, Sentence
from .amounts import Amount, amounts_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in the form to match against, with its amounts in order.

    ``previous`` is the sentence with amounts before it in the same paragraph.
    """

    plain: str
    start: int
    end: int
    amounts: tuple[Amount, ...]
    previous: Passage | None

    def between(self, one: Amount | None, other: Amount | None) -> str:
        """The words from behind the noun of ``one`` to the number of ``other``."""
        left = one.after if one else self.start
        return self.plain[left : other.start if other else self.end]

    def before(self, amount: Amount, reach: int = 60) -> str:
        """The words straight before a number, back to the number before it."""
        left = max(self.start, amount.start - reach)
        for other in reversed(self.amounts):
            if other.end <= amount.start:
                left = max(left, other.end)
                break
        return self.plain[left : amount.start]

    def behind(self, amount: Amount, reach: int = 60) -> str:
        """The words straight behind a number and its noun, up to the next number."""
        right = min(self.end, amount.after + reach)
        for other in self.amounts:
            if other.start >= amount.end:
                right = min(right, other.start)
                break
        return self.plain[amount.after : right]

    def depth(self, position: int) -> int:
        """How many brackets of the sentence are open at a place."""
        return self.plain.count("(", self.start, position) - self.plain.count(
            ")", self.start, position
        )

    def bracketed(self, amount: Amount) -> bool:
        """Whether a number stands within brackets."""
        return self.depth(amount.start) > 0


def passages(document: Document, besides: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The sentences of one amount and more, outside the tables."""
    amounts: list[Amount] = []
    sentence: Sentence | None = None
    last: tuple[Sentence, Passage] | None = None
    for amount, here in amounts_of(document, besides):
        if sentence is not None and here is not sentence:
            last = sentence, _passage(document, sentence, amounts, last)
            yield last[1]
            amounts = []
        sentence = here
        amounts.append(amount)
    if sentence is not None:
        yield _passage(document, sentence, amounts, last)


def _passage(
    document: Document,
    sentence: Sentence,
    amounts: list[Amount],
    last: tuple[Sentence, Passage] | None,
) -> Passage:
    previous = last[1] if last is not None and last[0].line == sentence.line else None
    if previous is not None and previous.previous is not None:
        previous = Passage(previous.plain, previous.start, previous.end, previous.amounts, None)
    return Passage(document.plain, sentence.start, sentence.end, tuple(amounts), previous)
