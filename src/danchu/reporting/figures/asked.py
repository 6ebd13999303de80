"""Which indicators a report asks for, and how many of them have an answer: one count everywhere.

N is every core count of the dictionary, the same for each unit and period. n is how many of them
have a state: a value, a confirmed nought or "not applicable". One that can only follow from what
is confirmed as nought is answered by it, and a whole of which a part has a value cannot be nought
and asks for no word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .dictionary import Definition
from .models import CellState
from .selectors import definitions

_OF_WRONGS = ("complaints_received", "denunciations_received")
_OF_VIOLATIONS = ("violations_found",)
# What can only follow from something: not asked when all of that is confirmed as nought.
_FOLLOWS = {
    **dict.fromkeys(
        (
            "rights_restored_vnd",
            "rights_restored_land_m2",
            "rights_restored_persons",
            "decisions_annulled",
        ),
        _OF_WRONGS,
    ),
    **dict.fromkeys(
        (
            "violations_amount_vnd",
            "violations_land_m2",
            "recovery_proposed_vnd",
            "land_recovery_proposed_m2",
        ),
        _OF_VIOLATIONS,
    ),
}


class Answered(NamedTuple):
    """``n`` of the ``of`` indicators that a report asks for have a state, and ``beside`` others.

    The parts of the whole: ``of`` is reported, zero, not applicable, implied and missing.
    """

    n: int
    of: int
    beside: int
    reported: int = 0
    zero: int = 0
    not_applicable: int = 0
    implied: int = 0  # answered by the state of another

    @property
    def missing(self) -> int:
        """How many still wait for a state."""
        return self.of - self.n


IMPLIED = "implied"


def is_asked(meaning: Definition) -> bool:
    """Whether every report asks for the indicator: a core count of the period."""
    return meaning.tier == "core" and meaning.time_operator == "sum" and not meaning.is_rate


def answered(states: Mapping[str, str]) -> Answered:
    """How complete these states of a unit's indicators are. ``states``: key -> state of a value."""
    asked = states_of_asked(states)
    counts = Counter(asked.values())
    given = {key for key, state in states.items() if state != CellState.MISSING}
    return Answered(
        n=len(asked) - counts[CellState.MISSING],
        of=len(asked),
        beside=len(given - set(asked)),
        reported=counts[CellState.REPORTED],
        zero=counts[CellState.ZERO],
        not_applicable=counts[CellState.NOT_APPLICABLE],
        implied=counts[IMPLIED],
    )


def states_of_asked(states: Mapping[str, str]) -> dict[str, str]:
    """Each indicator that a report asks for, in the order of the dictionary, with its state.

    ``IMPLIED`` for one without a state of its own that another one's state answers.
    """
    otherwise = answered_by_others(states)
    return {
        key: IMPLIED if key in otherwise else states.get(key, CellState.MISSING)
        for key, meaning in definitions().items()
        if is_asked(meaning)
    }


def answered_by_others(states: Mapping[str, str]) -> set[str]:
    """The indicators without a state of their own of which another one's state is the answer."""
    partly = wholes_of(key for key, state in states.items() if state == CellState.REPORTED)
    follow = {
        key
        for key, causes in _FOLLOWS.items()
        if all(states.get(cause) == CellState.ZERO for cause in causes)
    }
    return {
        key for key in partly | follow if states.get(key, CellState.MISSING) == CellState.MISSING
    }


def wholes_of(keys: Iterable[str]) -> set[str]:
    """The indicators of which these are parts, or parts of parts."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        meaning = definitions().get(waiting.pop())
        if meaning and meaning.part_of and meaning.part_of not in found:
            found.add(meaning.part_of)
            waiting.append(meaning.part_of)
    return found
