"""What stands in a unit's form: the computed cells, and what was typed over them.

Read by the form, by entering, by the checks and by handing in, so that they never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from danchu.core.calendar.models import Period
from danchu.core.prepared import Prepared
from danchu.reporting.figures.asked import is_asked as is_asked
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids

from .accepted_halves import FromHalves, halves_of
from .models import FormValue

_COUNTS = (CellState.REPORTED, CellState.ZERO)


class Computed(NamedTuple):
    """What the unit's records and its words come to; amounts in the smallest unit."""

    state: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    sources: int  # records behind it; none behind a word


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a form: the computed cell, what the accepted half-years give for a year, and
    the row of what was typed over them.
    """

    key: str
    cell: Computed | None
    row: FormValue | None
    halves: FromHalves | None = None

    @property
    def typed(self) -> FormValue | None:
        """The row when a value was typed; a row that was cleared says nothing."""
        return self.row if self.row is not None and self.row.state else None

    @property
    def taken_over(self) -> FromHalves | None:
        """What the accepted half-years give, where it is what would be handed in."""
        found = self.halves
        return found if self.typed is None and found is not None and found.stands else None

    @property
    def state(self) -> str:
        """The state of what would be handed in."""
        found = self.typed or self.taken_over or self.cell
        return found.state if found else CellState.MISSING

    @property
    def amount(self) -> int | None:
        """The amount of what would be handed in, in the smallest unit."""
        found = self.typed or self.taken_over or self.cell
        return found.amount if found else None

    @property
    def reason(self) -> str:
        """What was written on the value."""
        return self.row.reason if self.row else ""

    @property
    def as_accepted(self) -> FromHalves | None:
        """What the accepted half-years give, where what would be handed in says the same."""
        found = self.halves
        if found is None or not found.stands:
            return None
        return found if (self.state, self.amount) == (found.state, found.amount) else None

    @property
    def word(self) -> str:
        """What is handed in with the value: what was written, else how the year was made where
        its records say something else, or why it does not apply.
        """
        accepted = self.as_accepted
        if self.reason or accepted is None:
            return self.reason
        unlike = accepted.state == CellState.NOT_APPLICABLE or self.halves_differ
        return accepted.reason if unlike else ""

    @property
    def recorded(self) -> int | None:
        """What records give; an earlier word of the unit itself (nought) is no record."""
        return self.cell.amount if self.cell is not None and self.cell.sources else None

    @property
    def checked_against(self) -> int | None:
        """What the checks hold the value against: the records, but for what was accepted in the
        half-years, which was held against them half by half.
        """
        return None if self.as_accepted else self.recorded

    @property
    def differs(self) -> bool:
        """Whether what was typed says something else than would stand here without it."""
        return self.typed is not None and differs(self.state, self.amount, self.cell, self.halves)

    @property
    def halves_differ(self) -> bool:
        """Whether the accepted half-years and the records of the year both say something, and
        not the same."""
        found = self.halves
        if found is None or not found.stands:
            return False
        return differs(found.state, found.amount, self.cell)


def standing(round_id: int, unit_id: int, period: Period) -> list[Standing]:
    """The lines of the unit's form as they stand, in the order of the dictionary."""
    return lines_of(
        computed_cells(unit_id, period.pk),
        typed_values(round_id, unit_id),
        halves_of(unit_id, period),
    )


def lines_of(
    cells: Mapping[str, Computed],
    typed: Mapping[str, FormValue],
    halves: Mapping[str, FromHalves],
) -> list[Standing]:
    """The lines of a form in the order of the dictionary: the indicators that every form asks
    for, and those that have a value here all the same.
    """
    return [
        Standing(key, cells.get(key), typed.get(key), halves.get(key))
        for key, meaning in definitions().items()
        if is_asked(meaning) or key in cells or key in halves or (key in typed and typed[key].state)
    ]


def is_entered(meaning: Definition) -> bool:
    """Whether a person may type its value; a rate is made from its two numbers."""
    return not meaning.is_rate and meaning.time_operator != "none"


def computed_cells(unit_id: int, period_id: int) -> dict[str, Computed]:
    """key -> what the unit's records and its words come to in the period, without dimensions."""
    keys = {number: key for key, number in indicator_ids().items()}
    rows = _COMPUTED.rows(unit_id, period_id)
    return {keys[number]: Computed(*columns) for number, *columns in rows}


def _computed(unit_id: int, period_id: int) -> QuerySet[Cell, Any]:
    return Cell.objects.filter(
        unit_id=unit_id,
        period_id=period_id,
        layer=Layer.RECORDED,
        reach=Cell.Reach.ALL,
        dimension="",
    ).values_list("indicator_id", *Computed._fields)


_COMPUTED = Prepared(_computed)


def typed_values(round_id: int, unit_id: int) -> dict[str, FormValue]:
    """key -> the row of what was typed; rows that were cleared too, with a blank state."""
    keys = {number: key for key, number in indicator_ids().items()}
    found = FormValue.objects.filter(round_id=round_id, unit_id=unit_id, dimension="")
    return {keys[row.indicator_id]: row for row in found.select_related("changed_by")}


def stands(halves: FromHalves | None) -> bool:
    """Whether the accepted half-years give a value."""
    return halves is not None and halves.stands


def differs(
    state: str, amount: int | None, cell: Computed | None, halves: FromHalves | None = None
) -> bool:
    """Whether a typed value says something else than would stand there: what was accepted in the
    half-years, else the records, where they do give a value.

    An earlier word of the unit itself (nought, not applicable) is no record.
    """
    if halves is not None and halves.stands:
        return (state, amount or 0) != (halves.state, halves.amount or 0)
    if cell is None or not cell.sources or cell.state not in _COUNTS:
        return False
    return state not in _COUNTS or (amount or 0) != (cell.amount or 0)
