"""How complete a unit's report is: what is computed, what waits for a word."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.asked import IMPLIED, states_of_asked
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState, ConfirmedState, Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.rounds.form import keys_in_the_form

from .compose import Report
from .layers import ABOVE, chosen_values


@dataclass(frozen=True, slots=True)
class Readiness:
    """Core counts of the report by state. ``open`` still need a word of this unit.

    ``below``: without a value, in a report made of what the units below handed in; a word of
    this unit would not change it. ``implied``: answered by the state of another. ``typed``: in the
    form of a running round, where they wait to be handed in.
    """

    computed: int
    zero: int
    not_applicable: tuple[tuple[Definition, str], ...]
    open: tuple[Definition, ...]
    said: tuple[Definition, ...]
    below: int = 0
    implied: int = 0
    typed: int = 0

    @property
    def total(self) -> int:
        """How many core counts the report asks for."""
        known = self.computed + self.zero + len(self.not_applicable) + self.implied
        return known + self.waiting

    @property
    def waiting(self) -> int:
        """How many have no state yet."""
        return len(self.open) + self.below + self.typed

    @property
    def settled(self) -> int:
        """How many of them have a state."""
        return self.total - self.waiting


def readiness(viewer: Actor, report: Report) -> Readiness:
    """Which of the core counts have a state in this report, and which wait for one."""
    said = ConfirmedState.objects.filter(unit_id=report.unit.id, period=report.period)
    words = (
        {row.indicator.key: row.reason for row in said.select_related("indicator")}
        if viewer.may("reports.read", report.unit.id)
        else {}
    )
    states = {figure.key: figure.state for figure in report.figures}
    from_below = report.ground.rests_on == "versions"
    typed = keys_in_the_form(viewer, report.unit.id, report.period)
    return _sorted_out(states, words, from_below=from_below, typed=typed)


def readiness_at_a_glance(viewer: Actor, unit_id: int, level: str, period: Period) -> Readiness:
    """The same for a first page, without composing the report or telling reasons."""
    values = chosen_values(viewer, unit_id, level, period)
    states = {key: value.state for key, value in values.items()}
    from_below = level in ABOVE and any(v.layer == Layer.REPORTED for v in values.values())
    return _sorted_out(states, {}, from_below=from_below)


def _sorted_out(
    states: dict[str, str],
    words: dict[str, str],
    *,
    from_below: bool,
    typed: Set[str] = frozenset(),
) -> Readiness:
    computed, zero, below, implied, waiting = 0, 0, 0, 0, 0
    not_applicable: list[tuple[Definition, str]] = []
    still_open: list[Definition] = []
    for key, state in states_of_asked(states).items():
        meaning = definitions()[key]
        if state == IMPLIED:
            implied += 1
        elif state == CellState.MISSING and from_below:
            below += 1
        elif state == CellState.MISSING and key in typed:
            waiting += 1
        elif state == CellState.MISSING:
            still_open.append(meaning)
        elif state == CellState.NOT_APPLICABLE:
            not_applicable.append((meaning, words.get(key, "")))
        elif state == CellState.ZERO:
            zero += 1
        else:
            computed += 1
    return Readiness(
        computed,
        zero,
        tuple(not_applicable),
        tuple(still_open),
        tuple(definitions()[key] for key in words if key in definitions()),
        below,
        implied,
        waiting,
    )
