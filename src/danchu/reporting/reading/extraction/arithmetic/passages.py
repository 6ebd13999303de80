"""The sentences of a text with their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from danchu.core.text.numbers import Found

from ..segments import Document, Sentence
from .amounts import Amount
from .counting import amount_of, counts, told_in_words

_MULTIPLE = re.compile(r"gấp (?:(?:hơn|gần|khoảng) )?(?:đôi|rưỡi)(?!\w)")
_IN_WORDS = re.compile(r"gấp | nửa(?!\w)| phần (?:ba|tư|năm|mười)(?!\w)")
# A sentence of one number says something of it only with one of these.
_SAYS = re.compile(r"%|phần (?:trăm|ba|tư|năm|mười)|tăng|giảm|gấp|hơn|còn|chưa|tổng|cộng")


class Passage:
    """A sentence in the form to match against, with its amounts in order.

    ``written`` is the text as it stands, of the same length. ``previous`` is the sentence with
    numbers before it in the same paragraph. Numbers become
    amounts, and the words before them are looked up, only when a rule asks for them.
    """

    __slots__ = ("_amounts", "_before", "_found", "end", "plain", "previous", "start", "written")

    def __init__(
        self,
        document: Document,
        sentence: Sentence,
        found: Sequence[Found],
        previous: Passage | None,
    ) -> None:
        self.plain, self.written = document.plain, document.text
        self.start, self.end = sentence.start, sentence.end
        self.previous = previous
        self._found = found
        self._amounts: tuple[Amount, ...] | None = None
        self._before: dict[int, str] = {}

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the sentence in order."""
        if self._amounts is None:
            read = (amount_of(self.plain, f, self.start, self.end) for f in self._found)
            amounts = [amount for amount in read if amount is not None]
            if _IN_WORDS.search(self.plain, self.start, self.end):
                spoken = told_in_words(self.plain, self.start, self.end)
                amounts = [
                    a
                    for a in amounts
                    if not any(s.start < a.end and a.start < s.end for s in spoken)
                ]
                amounts = sorted([*amounts, *spoken], key=lambda amount: amount.start)
            self._amounts = tuple(amounts)
        return self._amounts

    @property
    def text(self) -> str:
        """The words of the whole sentence."""
        return self.plain[self.start : self.end]

    def between(self, one: Amount | None, other: Amount | None) -> str:
        """The words from behind the noun of ``one`` to the number of ``other``."""
        left = one.after if one else self.start
        return self.plain[left : other.start if other else self.end]

    def before(self, amount: Amount, reach: int = 60) -> str:
        """The words straight before a number, back to the number before it."""
        words = self._before.get(amount.start)
        if words is None:
            left = max(self.start, amount.start - reach)
            for other in self.amounts:
                if other.end > amount.start:
                    break
                left = max(left, other.end)
            words = self._before[amount.start] = self.plain[left : amount.start]
        return words

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
    """The sentences whose numbers may say something of each other, outside the tables."""
    last: tuple[int, Passage] | None = None
    for sentence, found in _sentences(document, besides):
        previous = last[1] if last is not None and last[0] == sentence.line else None
        passage = Passage(document, sentence, found, previous)
        last = sentence.line, passage
        if len(found) > 1 or _SAYS.search(document.plain, sentence.start, sentence.end):
            yield passage


def _sentences(
    document: Document, besides: Sequence[tuple[int, int]]
) -> Iterator[tuple[Sentence, list[Found]]]:
    """The sentences with numbers, each with its numbers; and those of a "gấp đôi" alone."""
    numbers = (
        found
        for found in document.numbers
        if counts(document.plain, found) and not any(a <= found.start < b for a, b in besides)
    )
    rows = [
        (sentence, list(found))
        for sentence, found in groupby(numbers, lambda found: document.sentence_at(found.start))
    ]
    if "gấp " in document.plain:
        known = {sentence.start for sentence, _ in rows}
        for match in _MULTIPLE.finditer(document.plain):
            sentence = document.sentence_at(match.start())
            if sentence.start not in known:
                known.add(sentence.start)
                rows.append((sentence, []))
        rows.sort(key=lambda row: row[0].start)
    yield from rows
