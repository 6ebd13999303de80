"""The arithmetic of a sentence, whatever its numbers count.

The figures that rules know are tried by ``checking``; here a sentence is tried by its own words:
"W, gồm A và B", "A trên tổng số B, đạt P%", "W, đã D, còn R", "C, tăng P% so với cùng kỳ (E)". So
an error is found too where no rule knows what is counted. A verdict is given only where the words
say which numbers belong together; elsewhere nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Check
from ..segments import Document
from .amounts import Amount, Passage, passages
from .breakdowns import breakdowns
from .changes import changes
from .remainders import remainders
from .shares import shares

__all__ = ["Amount", "Passage", "arithmetic_of"]


def arithmetic_of(document: Document, besides: Sequence[tuple[int, int]] = ()) -> list[Check]:
    """The checks that the sentences of ``document`` allow, in the order of the text.

    ``besides``: the spans of tables, whose rows are no sentences. The spans of a check begin with
    the number that is judged.
    """
    return sorted(_checks(document, besides), key=lambda check: check.spans[0])


def _checks(document: Document, besides: Sequence[tuple[int, int]]) -> Iterator[Check]:
    for passage in passages(document, besides):
        judged: set[tuple[int, int]] = set()
        for rule in (changes, shares, remainders, breakdowns):
            for check in rule(passage):
                if check.spans[0] not in judged:
                    judged.add(check.spans[0])
                    yield check
