"""The arithmetic of a sentence, whatever its numbers count.

The figures that rules know are tried by ``checking``; here a sentence is tried by its own words:
"W, gồm A và B", "A trên tổng số B, đạt P%", "W, đã D, còn R", "C, tăng P% so với cùng kỳ (E)". So
an error is found too where no rule knows what is counted. A verdict is given only where the words
say which numbers belong together; elsewhere nothing is said.

``passages`` holds the sentences and ``counting`` reads their ``amounts``. The rules are ``changes``
(``comparing``, ``dating``), ``shares`` (``pairing``, ``beside``, ``pairs``), ``remainders``
(``leavings``, ``flows``), ``labels``, ``breakdowns`` (``lists``, ``items``), ``exclusive``,
``totals``, ``percents``, ``fractions``, ``averages``, ``measured``, and of tables ``columns``;
``saying`` puts a verdict in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Check
from ..segments import Document, segment
from ..tables import Table
from .amounts import Amount
from .averages import averages
from .breakdowns import breakdowns
from .changes import changes
from .columns import bases, columns
from .counting import amount_of, counts
from .exclusive import exclusive
from .fractions import fractions
from .labels import labelled
from .measured import measured_twice
from .passages import passages
from .percents import percents
from .remainders import remainders
from .shares import shares
from .totals import totals

__all__ = ["amounts_in", "arithmetic_of"]

# In order: the first rule that judges a number decides.
_RULES = (
    changes,
    percents,
    measured_twice,
    fractions,
    averages,
    shares,
    remainders,
    labelled,
    breakdowns,
    exclusive,
    totals,
)


def arithmetic_of(
    document: Document,
    besides: Sequence[tuple[int, int]] = (),
    tables: Sequence[Table] = (),
) -> list[Check]:
    """The checks that the sentences of ``document`` and its ``tables`` allow, in their order.

    ``besides``: the spans of tables whose figures are known, whose rows are no sentences. The
    spans of a check begin with the number that is judged.
    """
    checks = [*_checks(document, besides), *bases(document), *columns(tables)]
    return sorted(checks, key=lambda check: check.spans[0])


def amounts_in(text: str) -> list[Amount]:
    """What a short text counts or measures; years, periods and numbers of papers are none."""
    document = segment(text)
    read = (
        amount_of(document.plain, found, 0, len(document.plain))
        for found in document.numbers
        if counts(document.plain, found)
    )
    return [amount for amount in read if amount is not None]


def _checks(document: Document, besides: Sequence[tuple[int, int]]) -> Iterator[Check]:
    for passage in passages(document, besides):
        judged: set[tuple[tuple[int, int], bool]] = set()
        for rule in _RULES:
            for check in rule(passage):
                # A number may be judged as itself and once more as a whole of its parts.
                number = check.spans[0], check.rule == "parts"
                if number not in judged:
                    judged.add(number)
                    yield check
