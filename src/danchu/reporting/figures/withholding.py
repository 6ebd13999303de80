"""Which numbers of a published table are held back (DESIGN decision 18).

A count under 5 in a sensitive matter is not told. Nor is any other number from which it could
be had by subtraction: the share made of it, a whole of which every other part is told, the sum
of units or of periods of which all but this one are told, also where that one published nothing
itself. What is held back only for that is
marked apart: it may be any number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from .dictionary import Definition
from .display import SMALL

HIDDEN_SMALL = "small"  # a count of 1 to 4 in a sensitive matter
HIDDEN_BESIDE = "protects"  # held back because a small count could be had from it

NOT_OPEN = frozenset({"party_candidates_introduced", "union_members_new"})
"""Totals of the inner work of organisations: in no open data at all (FEATURES M8)."""


def is_small(meaning: Definition, amount: int | None) -> bool:
    """Whether an amount of this indicator is not told outside the unit."""
    return meaning.sensitive and amount is not None and 0 < amount < SMALL * meaning.scale


def gives_away(
    total: int, parts: Sequence[tuple[int, str]], scale: int = 1, *, sensitive: bool = False
) -> bool:
    """Whether a total that is told gives away a small count among its parts.

    ``parts``: the amount of each part and why it is held back, "" for one that is told.
    ``sensitive``: what the parts leave of the total is one more part that nobody was told, and a
    small count when it is under 5. Without it, parts that do not make up the total leave
    something unknown, and nothing can be subtracted.
    """
    hidden = [(amount, reason) for amount, reason in parts if reason]
    rest = total - sum(amount for amount, _reason in parts)
    if rest and not sensitive:
        return False
    if rest < 0:  # the parts are of another day or layer; what is read from them may still be right
        left = rest + sum(amount for amount, _reason in hidden)
        return len(hidden) <= 1 and 0 < left < SMALL * scale
    if rest:
        hidden.append((rest, HIDDEN_SMALL if rest < SMALL * scale else HIDDEN_BESIDE))
    if len(hidden) == 1:
        return not rest or hidden[0][1] == HIDDEN_SMALL
    if not hidden or any(reason == HIDDEN_BESIDE for _amount, reason in hidden):
        return False
    # Several small counts are known all the same when each must be the least or the most.
    together = sum(amount for amount, _reason in hidden)
    return together in (len(hidden) * scale, len(hidden) * (SMALL - 1) * scale)


def withheld(
    meanings: Mapping[str, Definition],
    amounts: Mapping[str, int],
    already: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Indicator -> why its number is held back, for the figures of one unit and period.

    ``amounts``: every figure that has an amount; ``already``: what is held back for a reason
    outside this table. Rates are judged by the two numbers they are made of.
    """
    found = {
        key: HIDDEN_SMALL for key, amount in amounts.items() if is_small(meanings[key], amount)
    }
    for key, reason in (already or {}).items():
        found.setdefault(key, reason)
    while True:
        more = next(_beside(meanings, amounts, found), None)
        if more is None:
            break
        found[more] = HIDDEN_BESIDE
    for key, meaning in meanings.items():
        if {meaning.numerator, meaning.denominator} & found.keys() and key not in found:
            found[key] = HIDDEN_BESIDE
    return found


def _beside(
    meanings: Mapping[str, Definition], amounts: Mapping[str, int], found: Mapping[str, str]
) -> Iterator[str]:
    """Indicators to be held back as well, as long as a whole and its parts give one away."""
    for whole, parts in _cuts(meanings, amounts):
        told = [(amounts[key], found.get(key, "")) for key in parts]
        if whole in found:
            given_away = not any(reason for _amount, reason in told)
        else:
            given_away = gives_away(amounts[whole], told, meanings[whole].scale)
        if given_away:
            others = [key for key in parts if key not in found and amounts[key]]
            yield min(others, key=lambda key: (amounts[key], key)) if others else whole


def _cuts(
    meanings: Mapping[str, Definition], amounts: Mapping[str, int]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every way in which known parts of a whole make it up; the dictionary names them flat."""
    parts: dict[str, list[str]] = {}
    for key in amounts:
        if meanings[key].part_of in amounts:
            parts.setdefault(meanings[key].part_of, []).append(key)
    for whole, known in parts.items():
        for size in range(1, len(known) + 1):
            for chosen in combinations(sorted(known), size):
                if sum(amounts[key] for key in chosen) == amounts[whole] != 0:
                    yield whole, chosen
